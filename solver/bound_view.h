/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the bounds look at: where each request could be met, and what it costs to leave it unmet.
 *
 * For the tiers that add up over students a LINEAR FORM holds in every schedule:
 *     tier >= base + sum over primary requests i of weight[i] (1 - m[i])
 * so that whatever forces requests to be unmet bounds the tier. Proofs are in FORMULATION.md.
 */
#ifndef SOLVER_BOUND_VIEW_H
#define SOLVER_BOUND_VIEW_H

#include "solver/formulation.h"
#include "solver/frame.h"
#include "solver/meter.h"

struct linear_form {
        int64_t base;
        int64_t *weight; /* [n_requests]; 0 for alternates and what cannot be met */
};

struct bound_view {
        const struct frame *f;
        const struct problem *pb;
        struct formulation *reduced; /* parts and groups only: no GLPK */
        struct arena *arena;
        cellset *starts; /* [n_requests] start cells where it could be met, or 0 */
        struct linear_form form[N_TIERS];
};

extern const enum tier form_tiers[]; /* those that have a form */
extern const int n_form_tiers;

struct bound_view *bound_view_new(const struct frame *f);
void bound_view_free(struct bound_view *v);

/* Raise the bound to what was proven, if that is more. */
void bound_raise(struct bound *b, enum tier t, int64_t least);

#endif
