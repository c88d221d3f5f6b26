/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading scenarios and applying them share. */
#ifndef IO_SCENARIO_PARTS_H
#define IO_SCENARIO_PARTS_H

#include "io/problem_read_fields.h"
#include "io/scenario.h"

enum step_kind { STEP_SECTION, STEP_TEACHER, STEP_ROOM, STEP_COHORT, N_STEPS };

struct step_row {
        const char *key;
        enum noun noun;
};
extern const struct step_row step_rows[N_STEPS];

/* The tree of a YAML file in the arena, which must be a map and lie under root. NULL with errors.
 */
const struct node *tree_read(
        struct arena *a, const char *path, const char *root, struct place at, struct report *rp);

/* Options as a map of names and values, after those that are there. */
void read_settings(struct reader *r, const struct node *map, struct settings_list *list);
void settings_add(struct arena *a, struct settings_list *list, const struct settings_list *more);

#endif
