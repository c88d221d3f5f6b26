/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same integer programs, written for other solvers. */
#ifndef SOLVER_EXPORT_H
#define SOLVER_EXPORT_H

#include "model/schedule.h"

/*
 * Write the program of tier (the objective) with the tiers above it, in pb's order, fixed to the
 * values of `from` (NULL: none fixed; allowed only for the first tier), to path: .lp or .mps by its
 * ending. A file path.map beside it lists what each index stands for.
 */
bool export_model(const struct problem *pb, enum tier tier, const struct schedule *from,
        const char *path, struct report *rp);

#endif
