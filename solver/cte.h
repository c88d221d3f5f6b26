/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CTE first, exactly: the sections of CTE and cohort courses placed by integer programs. */
#ifndef SOLVER_CTE_H
#define SOLVER_CTE_H

#include "model/schedule.h"
#include "solver/frame.h"
#include "solver/meter.h"

struct cte_result {
        bool placed;                     /* sc has a placement of the scope */
        int64_t unmet, unplaced, breaks; /* of the plan: tiers 1, 2 and 3 */
};

/*
 * Place the units of CTE courses, of courses that cohorts list and of what rules tie to them, with
 * the seats of students who have CTE requests. sc may hold sections placed by locks: those outside
 * of the scope stay. What is put into sc keeps the hard rules but for the minimums that others are
 * to fill; without a plan sc is left alone. Raises the bounds of tiers 1-3 where relaxations prove
 * it. Counts its work on the meter.
 */
struct cte_result cte_place(
        const struct frame *f, struct meter *m, struct schedule *sc, struct bound *b);

/* Only the bounds of tiers 1-3 by the relaxation, whether a plan needs them or not. */
void cte_bound(const struct frame *f, struct meter *m, struct bound *b);

#endif
