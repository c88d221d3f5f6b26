/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seats of a course that purity takes away from those who are no members. */
#ifndef SOLVER_BOUND_SEATS_H
#define SOLVER_BOUND_SEATS_H

#include "solver/bound_view.h"

/* With n sections placed, at least requests.n + lost - n * size of the requests are unmet. */
struct seats_left {
        struct ints requests; /* mem_*: primary, could be met */
        int size;             /* most students in one section */
        int lost;             /* seats that nobody of `requests` can have */
};

/*
 * For tier t. score: the one that is reported; where it meets every CTE request without a break
 * above t, members sit in reserved sections and are left out of `requests`. NULL: no condition.
 */
struct seats_left seats_left(
        const struct bound_view *v, int course, enum tier t, const struct score *score);

#endif
