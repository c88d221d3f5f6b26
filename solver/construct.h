/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A first schedule, CTE first, fast. */
#ifndef SOLVER_CONSTRUCT_H
#define SOLVER_CONSTRUCT_H

#include "solver/state.h"

/* Reserve sections for cohorts: as many of each listed course as its members fill. */
void construct_reserve(struct state *st);
/*
 * Place every unit that is still unplaced and asked for: locked ones, CTE and cohorts, then the
 * hardest first, each where it conflicts least with what stands, by the conflict matrix.
 */
void construct_place(struct state *st);
/* Load students: CTE students first, then by grade from the highest, each by an exact search. */
void construct_load(struct state *st);

#endif
