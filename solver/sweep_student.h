/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that one student can add to the tiers, by himself, given where courses may be. */
#ifndef SOLVER_SWEEP_STUDENT_H
#define SOLVER_SWEEP_STUDENT_H

#include "solver/formulation.h"

/*
 * Tiers are added up with weights: any weights of at least 0 give a bound, since a schedule within
 * all caps is within their weighted sum. Several weightings, because none is best everywhere: the
 * tiers above the last count 0, 1, 4, ... times.
 */
enum { WEIGHTINGS = 5 };

struct seating;
/* caps_out: the caps under each weighting. */
struct seating *seating_new(const struct formulation *f, struct arena *a, enum tier last,
        const struct score *caps, int64_t caps_out[WEIGHTINGS]);
void seating_free(struct seating *st);
/* The least sum for student k under each weighting; starts: by course, where it may start. */
void seating_least(struct seating *st, int k, const cellset *starts, int64_t out[WEIGHTINGS]);
/* Were the students asked so far quick to go through? */
bool seating_fits(const struct seating *st);

#endif
