/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solving a formulation with GLPK, within what a meter allows: the only file with its parameters.
 */
#ifndef SOLVER_MIP_H
#define SOLVER_MIP_H

#include "solver/formulation.h"
#include "solver/meter.h"

enum mip_status {
        MIP_OPTIMAL,    /* the columns hold an optimum */
        MIP_FEASIBLE,   /* stopped early; the columns hold a solution */
        MIP_INFEASIBLE, /* there is none */
        MIP_UNKNOWN     /* stopped early without one */
};

struct mip_result {
        enum mip_status status;
        double bound; /* nothing smaller exists; -DBL_MAX where nothing is known */
};

/* Solve the relaxation: its optimum as the bound. MIP_OPTIMAL, MIP_INFEASIBLE or MIP_UNKNOWN. */
struct mip_result mip_relax(struct formulation *f, struct meter *m);

/*
 * Minimise the objective over integral columns. enough: stop at a first solution whose value is at
 * most that (-DBL_MAX: never). Solutions are in glp_mip_col_val.
 */
struct mip_result mip_solve(struct formulation *f, struct meter *m, double enough);

/* The same where many columns are fixed: GLPK's own presolver first. */
struct mip_result mip_finish(struct formulation *f, struct meter *m);

#endif
