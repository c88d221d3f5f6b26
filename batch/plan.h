/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plan: schools x scenarios x seeds, each combination a cell.
 *
 *     {schools: [...], scenarios: FILE, seeds: [...], options: {...}, limits: {seconds, memory}}
 *
 * A scenario file that names its base school is a plan as well, of that school and seed 1.
 */
#ifndef BATCH_PLAN_H
#define BATCH_PLAN_H

#include "io/scenario.h"

struct plan_school {
        const char *id, *path;
        struct place at;
};

struct cell {
        int school, scenario, seed;
        const char *name; /* "redwood/seven/seed-1", which is its folder too */
};

struct plan {
        struct arena *arena;
        struct problem *texts;
        const char *file;
        struct scenarios *scenarios; /* NULL: the schools as they are, as one scenario "base" */
        struct settings_list options;
        int n_schools, n_scenarios, n_seeds, n_cells;
        struct plan_school *schools;
        int *seeds;
        int seconds, memory; /* limits of a cell: seconds, MB; 0: none */
        struct cell *cells;  /* by school, scenario, seed */
};

/* root: what all its files must lie under, NULL: anywhere. NULL with errors; plan_free() it. */
struct plan *plan_read(const char *path, const char *root, struct report *rp);
void plan_free(struct plan *p);
const char *plan_scenario_id(const struct plan *p, int scenario);
const char *plan_scenario_title(const struct plan *p, int scenario);
struct settings_list plan_options(const struct plan *p, int scenario); /* later ones prevail */
int plan_find(const struct plan *p, const char *name);                 /* a cell's number or -1 */

#endif
