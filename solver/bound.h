/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proven lower bounds per tier; the proofs are in FORMULATION.md. */
#ifndef SOLVER_BOUND_H
#define SOLVER_BOUND_H

#include "solver/frame.h"
#include "solver/meter.h"

/* Bounds by counting: what no schedule can go below in each tier, whatever the others are. All
 * known. */
void bound_by_counting(const struct problem *pb, struct bound *b);

/*
 * Raise bounds by what each student must lose by himself, by what teachers, rooms and cells allow,
 * and by which sections can run at the same time, as far as the meter allows. score: that of the
 * schedule that is reported; a bound may then take its tiers above as a condition, as the format
 * says. NULL: the bounds hold for any schedule.
 */
void bound_improve(
        const struct frame *f, struct meter *m, const struct score *score, struct bound *b);

#endif
