/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proven lower bounds per tier; the proofs are in FORMULATION.md. */
#ifndef SOLVER_BOUND_H
#define SOLVER_BOUND_H

#include "model/problem.h"

/* Bounds by counting: what no schedule can go below in each tier, whatever the others are. All
 * known. */
void bound_by_counting(const struct problem *pb, struct bound *b);

#endif
