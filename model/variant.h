/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ready-made changes of a school: one more section, one teacher less, another bell schedule.
 *
 * They take a finished problem and change its stated fields; what was derived is stale from then
 * on, so the problem may only be changed further and written. Whatever had to be assumed, or had to
 * give way, is noted in a sentence. Students are never named.
 */
#ifndef MODEL_VARIANT_H
#define MODEL_VARIANT_H

#include "model/problem.h"

struct notes { /* lines in the problem's arena */
        int n;
        const char **line;
};

void notes_add(struct problem *pb, struct notes *notes, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

/* by: how many more, negative: fewer. Courses tied to it by number of sections go along. */
void variant_sections(struct problem *pb, int course, int by, struct notes *notes);

/* One more like that one: the same in all but the name, and outside of teams and rules. */
void variant_add_teacher(struct problem *pb, int like, struct notes *notes);
void variant_add_room(struct problem *pb, int like, struct notes *notes);
/* The cohort in two: every second member goes to the new one. */
void variant_add_cohort(struct problem *pb, int like, struct notes *notes);

void variant_remove_teacher(struct problem *pb, int teacher, struct notes *notes);
void variant_remove_room(struct problem *pb, int room, struct notes *notes);
void variant_remove_cohort(struct problem *pb, int cohort, struct notes *notes);

/* ---- bell schedules (variant_bell.c) ---- */

struct bell_kind {
        const char *name, *title;
        int days, periods; /* periods: of a day */
        int lunch;         /* after that many periods of the day */
        int pace;          /* 2: a year's course takes half of the year, at double pace */
};
extern const struct bell_kind bell_kinds[];
extern const int n_bell_kinds;

/* Lengths, starts, hours, loads and counts of periods follow the new bell. */
void variant_bell(struct problem *pb, const struct bell_kind *bell, struct notes *notes);
/*
 * A course whose credits no decimal tells, as a third of a year; -1: none. Where requirements count
 * them, such a school cannot be written.
 */
int variant_odd_credits(const struct problem *pb);

#endif
