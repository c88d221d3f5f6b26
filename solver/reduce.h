/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can only be one way, or no way at all, before GLPK sees it. */
#ifndef SOLVER_REDUCE_H
#define SOLVER_REDUCE_H

#include "solver/formulation.h"

/*
 * Fill parts (starts, must, excused, barred), groups (slots, crew, rooms), seekers and bound_to;
 * columns are left to formulation_build(). Keeps every valid schedule of the scope.
 */
void reduce(struct formulation *f);

/* May t teach, or co-teach, section s in these cells: people, availability, locks, own limits. */
bool may_teach(const struct formulation *f, int s, int t, cellset cells);
bool may_co_teach(const struct formulation *f, int s, int t, cellset cells);
bool may_use(const struct formulation *f, int s, int room, cellset cells);
bool may_reserve(const struct formulation *f, int s, int cohort);
/* May request i sit in section s in these cells? */
bool may_sit(const struct formulation *f, int i, int s, cellset cells);

#endif
