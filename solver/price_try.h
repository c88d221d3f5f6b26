/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a change brings at once: sections put and students seated where it lets them, no search. */
#ifndef SOLVER_PRICE_TRY_H
#define SOLVER_PRICE_TRY_H

#include "solver/whatif.h"

/* Is the change about the course: a section more of it, a teacher or a room that it could use? */
bool price_concerns(const struct problem *pb, const struct edit *e, int course);

/*
 * Improve what the bench holds, while it can be done by placing a section of these courses that
 * does not run, by seating somebody in one of them, or by moving one of its sections. Each step
 * makes the score better and breaks nothing. moves: sections that may be tried elsewhere.
 */
void price_climb(
        struct bench *b, const bool *courses, int moves, const volatile sig_atomic_t *stop);

#endif
