/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What solve() found, as an answer: lists with reasons, score, bound, and how it came about. */
#ifndef SOLVER_SOLUTION_H
#define SOLVER_SOLUTION_H

#include "solver/solve.h"

/*
 * A complete answer, reasons in words as well; answer_free() it before the solution, whose reasons
 * it points at.
 */
struct answer *solution_answer(
        const struct problem *pb, const struct options *o, const struct solution *s);

#endif
