/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contradictions in one student's own requests, by an exact search over his seats. */
#ifndef SOLVER_BOUND_STUDENT_H
#define SOLVER_BOUND_STUDENT_H

#include "solver/bound_view.h"

/* Raise the bounds of the tiers that add up over students to the sum of what each must lose. */
void bound_by_students(const struct bound_view *v, struct meter *m, struct bound *b);

#endif
