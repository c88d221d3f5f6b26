/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a batch has come to: results are read, nothing is solved. */
#ifndef BATCH_COLLECT_H
#define BATCH_COLLECT_H

#include "batch/batch.h"

enum found { FOUND_MISSING, FOUND_FAILED, FOUND_DONE };

struct collected_cell {
        const char *school, *scenario;
        int seed;
        enum found found;
        const char *why;   /* FAILED: in a line */
        const char *dir;   /* of the result */
        const char *input; /* path of its school.yaml */
};

struct collected_scenario {
        const char *id, *title;
};

struct collected_school { /* a school with a scenario's changes */
        const char *id, *scenario;
        int n_notes;
        const char **notes;
};

struct collected {
        struct arena *arena; /* owns the rest */
        int n_scenarios, n_schools, n_cells;
        struct collected_scenario *scenarios;
        struct collected_school *schools;
        struct collected_cell *cells;
        int n_found[FOUND_DONE + 1];
};

/* Is there a batch in the folder? */
bool collect_is_batch(const char *dir);
/* False with errors; collected_release() it in any case. */
bool collect_read(struct collected *c, const char *dir, struct report *rp);
void collected_release(struct collected *c);

#endif
