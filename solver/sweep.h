/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Proof by placements: goes through the starts of all groups, one group after the other, and turns
 * back where even the best that each student could get by himself breaks a cap. What is left at
 * the end, a start for every group, is for the integer program.
 */
#ifndef SOLVER_SWEEP_H
#define SOLVER_SWEEP_H

#include "solver/formulation.h"
#include "solver/meter.h"

enum swept { SWEPT_NONE, SWEPT_FOUND, SWEPT_OPEN };

enum { SWEEP_UNPLACED = -1, SWEEP_UNDECIDED = -2 };

struct sweep_job {
        enum tier tier;    /* the last tier whose cap counts */
        struct score caps; /* looked for: each tier from the top down to it at most so */
        int64_t nodes;     /* give up after so many; fewer where the meter ends */
        /* slot: of each group or SWEEP_UNPLACED. Has a schedule within the caps these starts? */
        enum swept (*decide)(void *context, const int *slot);
        void *context;
};

/* Does the tier add up over students, so that a sweep can bound it? */
bool sweep_bounds(enum tier t);

/* SWEPT_NONE: nothing meets the caps. SWEPT_FOUND: a leaf said so. SWEPT_OPEN: given up. */
enum swept sweep(const struct formulation *f, struct meter *m, const struct sweep_job *job);

#endif
