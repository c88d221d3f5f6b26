/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One student's seats, chosen anew by an exact search over his requests, all else as it is. */
#ifndef SOLVER_RESEAT_H
#define SOLVER_RESEAT_H

#include "solver/state.h"

struct reseat;
struct reseat *reseat_new(const struct problem *pb);
void reseat_free(struct reseat *rs);

/*
 * Seat the student as well as can be and settle him. keep: a request that stays where it sits (-1:
 * none); ban: a section that he is not to enter (-1: none). ceiling: the state's energy above which
 * the caller has no use for the result; nothing is changed then (INT64_MAX: any will do).
 * Depth-first branch and bound on the energy of his part of the score, cut off after `nodes` nodes;
 * his present seats are the first incumbent, so it never makes him worse.
 */
void reseat(struct state *st, int student, int keep, int ban, int nodes, int64_t ceiling);

/* Take away what of the student's seats is in the way of request r in section s, alternates too;
 * false if a lock holds one that is. */
bool make_way(struct state *st, int r, int s);

#endif
