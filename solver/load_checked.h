/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule that may be of another year or another hand, taken over as far as the hard rules
 * allow. */
#ifndef SOLVER_LOAD_CHECKED_H
#define SOLVER_LOAD_CHECKED_H

#include "model/schedule.h"
#include "solver/frame.h"

struct state;

/* Into an empty state. What does not fit stays unplaced or unmet. */
void load_checked(struct state *st, const struct schedule *sc);
/* What such a state then holds: a schedule of the same school. It may lack what a lock asks for. */
void schedule_checked(const struct frame *f, const struct schedule *from, struct schedule *out);

#endif
