/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many sections of each course can run at all, given teachers, rooms and cells. */
#ifndef SOLVER_BOUND_CAPACITY_H
#define SOLVER_BOUND_CAPACITY_H

#include "solver/bound_view.h"

/*
 * Raise bounds by an integer program over counts of sections by course and start. score: that of a
 * schedule, whose first tiers may be taken as a condition; NULL: the bounds hold for any schedule.
 */
void bound_by_capacity(
        const struct bound_view *v, struct meter *m, const struct score *score, struct bound *b);

#endif
