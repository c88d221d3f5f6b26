/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which single sections can run at the same time, and what students lose by it. */
#ifndef SOLVER_BOUND_SLOTS_H
#define SOLVER_BOUND_SLOTS_H

#include "solver/bound_view.h"

/*
 * Raise bounds by the relaxation to courses of one section: by column generation, a column being a
 * set of them that starts in one period. score: as for bound_improve().
 */
void bound_by_slots(
        const struct bound_view *v, struct meter *m, const struct score *score, struct bound *b);

#endif
