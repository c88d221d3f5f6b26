/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solving programs that grow by columns: parameters of GLPK for them. */
#ifndef SOLVER_MIP_COLUMNS_H
#define SOLVER_MIP_COLUMNS_H

#include "solver/mip.h"

/* The relaxation by primal simplex from the basis there is: for programs that grow by columns. */
struct mip_result mip_regrow(glp_prob *lp, struct meter *m);

/*
 * Minimise over columns that are 0 or 1, GLPK's presolver first, within so many simplex iterations
 * (which count on the meter). Solutions are in glp_mip_col_val.
 */
struct mip_result mip_pick(glp_prob *lp, struct meter *m, int iterations);

#endif
