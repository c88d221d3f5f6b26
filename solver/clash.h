/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of exact_locks_hold(): a quick search for a schedule, and problems with less asked. */
#ifndef SOLVER_CLASH_H
#define SOLVER_CLASH_H

#include "model/schedule.h"
#include "solver/formulation.h"
#include "solver/meter.h"

/* Something that a user wrote and that may be part of a clash. */
enum item_kind { ITEM_LOCK, ITEM_RULE, ITEM_TEACHER, ITEM_ROOM, ITEM_COURSE, ITEM_STUDENT };

struct item {
        enum item_kind kind;
        int index; /* into the problem's array of that kind */
};

/*
 * The problem with only those locks whose item is kept, and without what the other items name:
 * no such rule; a teacher, room or student always there and without limits; a course that starts
 * anywhere, is open to all, taught by anyone, of any size. Shares the rest with pb; in the arena a.
 */
struct problem *relaxed_problem(const struct problem *pb, struct arena *a, const struct item *items,
        int n, const bool *kept);

/*
 * Place the sections that locks name, quickly, with their locked students and as many more as they
 * need. True if sc then breaks no hard rule; false says nothing.
 */
bool place_locked(const struct problem *pb, struct meter *m, struct schedule *sc);

/* The sections that locks name (all of a locked stack's number), and the students who matter to
 * them. */
struct scope locked_scope(const struct problem *pb, struct arena *a);

#endif
