/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which schedules differ in names only: the classes behind C32, C33 and C34 of FORMULATION.md. */
#ifndef SOLVER_SYMMETRY_H
#define SOLVER_SYMMETRY_H

#include "solver/formulation.h"

/* The next group of g's class, or NONE. */
int symmetry_next(const struct formulation *f, int g);
/* All groups, class by class, those of few sections and many requests first. */
struct ints symmetry_sequence(const struct formulation *f, struct arena *a);
/* The alike period before q, or NONE. */
int symmetry_period(const struct formulation *f, int q);
/* The first group of the sequence that runs for one of two alike terms, or NONE. */
int symmetry_first_half(const struct formulation *f, const struct ints *sequence);

#endif
