/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the state share among themselves; the moves see state.h only. */
#ifndef SOLVER_STATE_PARTS_H
#define SOLVER_STATE_PARTS_H

#include "solver/state.h"

void state_trail(struct state *st, struct undo u);
void tier_add(struct state *st, enum tier t, int64_t delta);
void cost_set(struct state *st, int student, const struct student_cost *c);
void imbalance_set(struct state *st, int course, int64_t value);
void planning_init(struct state *st);
void planning_changed(struct state *st, int teacher);

#endif
