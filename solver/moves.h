/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The moves of the search. Each changes the state, tries to make the best of it, and either stands
 * (true: the energy is at most `limit`) or is taken back (false).
 */
#ifndef SOLVER_MOVES_H
#define SOLVER_MOVES_H

#include "solver/state.h"

bool move_request(
        struct state *st, int64_t temperature); /* force one request, re-seat who is displaced */
bool move_shift(struct state *st,
        int64_t temperature); /* one seated student to another section of the course */
bool move_crowd(
        struct state *st, int64_t temperature); /* somebody out of a section with too many */
bool move_unit(struct state *st,
        int64_t temperature); /* another start, for one in the way of a request or any */
bool move_swap(struct state *st, int64_t temperature); /* two units change places */
bool move_staff(
        struct state *st, int64_t temperature); /* another teacher or room, or an exchange */
bool move_cohort(struct state *st, int64_t temperature);  /* another reservation */
bool move_missing(struct state *st, int64_t temperature); /* place a unit that is not placed */
bool move_spare(struct state *st, int64_t temperature); /* give up a section that may be missing */
bool move_level(struct state *st,
        int64_t temperature); /* from the fullest section of a course to the emptiest */

bool move_chain(struct state *st, int64_t temperature); /* a chain of units between two starts */

/* A placed unit, half of the time one in the way of a request; -1: none. */
int unit_to_move(struct state *st);
/* The energy that a move may end at, drawn before it (Metropolis: accept d with probability exp(-d
 * / T)). */
int64_t move_limit(struct state *st, int64_t temperature);

#endif
