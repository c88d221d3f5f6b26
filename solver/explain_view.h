/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finished schedule as the explanations read it: who sits where, and what a seat would break. */
#ifndef SOLVER_EXPLAIN_VIEW_H
#define SOLVER_EXPLAIN_VIEW_H

#include "model/finding.h"
#include "model/schedule.h"

/* Seats by section: requests view.first[s], view.next[that], ... until -1. */
struct view {
        const struct schedule *sc;
        const struct problem *pb;
        int *enrolled, *first; /* [n_sections] */
        int *next;             /* [n_requests] */
};

void view_init(struct view *v, const struct schedule *sc);
void view_release(struct view *v);

/* Where a section is or might be; it need not be what the schedule says. */
struct spot {
        int section, start, teacher, co_teacher, room, cohort;
};

struct spot view_spot(const struct view *v, int section);
cellset view_cells(const struct view *v, int section); /* 0 where it is not placed */

/* The section of the same number of another course, or -1 where that has none or it is not placed.
 */
int view_sibling(const struct view *v, int section, int course);

/* Obstacles found; with no arena they are counted only. */
struct blocks {
        struct arena *arena;
        int n, cap;
        struct obstacle *v; /* mem_*; the lists inside are in the arena */
};

/* What keeps the student of request r from a seat at spot, his other seats and everybody else's
 * staying. */
void seat_blocks(const struct view *v, const struct spot *spot, int r, struct blocks *out);

/* What keeps anybody from it: seats, contacts. */
void room_blocks(const struct view *v, const struct spot *spot, struct blocks *out);

/* Students in the listed sections' number of a stack beside this one, this one not counted. */
int stack_others(const struct view *v, int section);
/* The most that stacked sections of this number may hold together, this one counted as placed. */
int stack_size_max(const struct view *v, int section);

/* Students that teacher t has in term. */
int view_contacts(const struct view *v, int t, int term);

/* Append x to a list in the arena that never holds more than most; nothing where a is NULL. */
void list_add(struct arena *a, struct ints *list, int most, int x);

#endif
