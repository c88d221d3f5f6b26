/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small schools as integer programs, solved tier by tier by GLPK to proven optimality. */
#ifndef SOLVER_EXACT_H
#define SOLVER_EXACT_H

#include "model/schedule.h"
#include "solver/meter.h"

/* Is the whole formulation of pb small enough to try? */
bool exact_is_small(const struct problem *pb);

/*
 * Improve sc (valid, with the given score) to the lexicographic optimum and fill bound, tier by
 * tier in pb's order, as far as the meter allows: each tier's optimum becomes a constraint of the
 * next. A bound that is already known and met is not proven again. True if every tier was proven.
 * Never makes sc worse. Counts its work (simplex iterations, nodes) on the meter. GLPK failures go
 * to rp as ERROR_SYSTEM and return false, with sc still valid.
 */
bool exact_solve(const struct problem *pb, struct meter *m, struct schedule *sc,
        struct score *score, struct bound *bound, struct report *rp);

/*
 * Do locks and hard rules clash? False, with an ERROR_CLASH that names a minimal set of locks and
 * rules with their places, when no schedule at all satisfies them; true when one does (written to
 * sc if not NULL) or when the meter ran out before either was known.
 */
bool exact_locks_hold(
        const struct problem *pb, struct meter *m, struct schedule *sc, struct report *rp);

#endif
