/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a comparison, as texts: made once, for the page and for the terminal. */
#ifndef IO_COMPARE_GRID_H
#define IO_COMPARE_GRID_H

#include "io/compare.h"

struct grid {
        const char *title, *about;
        int n_columns, n_rows, cap;
        const char **head;
        const char ***rows; /* [n_rows][n_columns] */
};

/* Across schools: how each scenario stands in each of them. */
struct grid *grid_network(struct arena *a, const struct compared *c);
struct grid *grid_network_met(struct arena *a, const struct compared *c);
/* Of one school. */
struct grid *grid_standing(
        struct arena *a, const struct compared_school *s, struct compare_style style);
struct grid *grid_score(struct arena *a, const struct compared_school *s);
struct grid *grid_measures(
        struct arena *a, const struct compared_school *s, struct compare_style style);
struct grid *grid_usage(struct arena *a, const struct compared_school *s);
struct grid *grid_groups(
        struct arena *a, const struct compared_school *s, struct compare_style style);

/* "proven better", "found better in each of 2 x 2 runs" ... */
const char *standing_text(
        struct arena *a, const struct compared_school *s, const struct compared_scenario *x);
const char *standing_code(const struct comparison *c); /* "proven_better", ... */

/* A group of students to look at apart: of a grade, a pathway, a flag. */
struct student_group {
        const char *kind, *id; /* "grade", "9" */
        int students;          /* of the base */
        bool hidden; /* it, or all others together, are fewer than may be shown in some scenario, or
                        what is left of a total would tell of a group that is hidden */
};
/* Those of the base school. */
struct student_group *student_groups(
        struct arena *a, const struct compared_school *s, struct compare_style style, int *n);
/* May a count of students out of so many be shown? Neither it nor the rest may be a few. */
bool count_shows(int count, int of, struct compare_style style);
/* The measures of a group in a scenario's best run. */
void group_measures(
        const struct compared_scenario *x, const struct student_group *g, struct measures *m);

#endif
