/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Build, then load, as schools do by hand: sections first, students after, one round of repair.
 *
 * The desk holds a schedule that is valid at every moment but for minimum sizes, which
 * close_small() enforces. A hand is the set of sections that are placed as one: a section, or the
 * sections of one number of a stack.
 */
#ifndef LOADER_DESK_H
#define LOADER_DESK_H

#include "model/schedule.h"

struct desk {
        const struct problem *pb;
        struct schedule *sc;
        cellset *teacher_busy, *room_busy; /* cells in use */
        cellset *taken,
                *blocked; /* [student] cells of his sections; those and what they keep free */
        int *enrolled,
                *members; /* [section] students; of them members of its reservation's cohort */
        int *wanted;      /* [a * n_courses + b] students whose primary requests name both */
        int *target;      /* [course] sections to run */
        int *strand;      /* [student] group of his cohort with strands, -1: not yet */
        int *asked_first, *asked; /* [course] its requests are asked[asked_first[c]] .. */
        int *reserve, *group; /* [section] cohort it is meant for, -1; its how-manieth section */
        bool *pinned;         /* [request] by a lock */
};

struct desk *desk_new(const struct problem *pb);
void desk_free(struct desk *d); /* not the schedule */

/* The sections stacked with s, s first; how many. */
enum { MAX_HAND = 16 };
int desk_hand(const struct desk *d, int s, int out[MAX_HAND]);
cellset desk_cells(const struct desk *d, int s);       /* of a placed section */
bool desk_pinned_section(const struct desk *d, int s); /* a lock without student names it */
/* The lock of the section that fixes the field (teacher, room, period, term or cohort), or NULL. */
const struct lock *desk_lock(const struct desk *d, int s, int field);
enum { LOCK_TEACHER, LOCK_ROOM, LOCK_PERIOD, LOCK_TERM, LOCK_COHORT };

/* May the hand of s start there with these people? Everything but seats is checked. */
struct spot {
        int start, teacher, co_teacher, room;
};
bool desk_may_place(const struct desk *d, int s, const struct spot *at);
bool desk_may_teach(const struct desk *d, int s, int start, int teacher, bool beside);
bool desk_may_use(const struct desk *d, int s, int start, int room);
void desk_place(struct desk *d, int s, const struct spot *at);
void desk_unplace(struct desk *d, int s); /* its students lose their seats */

/* May request r be met in section s now? The student's own seats count. */
bool desk_may_sit(const struct desk *d, int r, int s);
/* Would anything but a lack of seats or his own seats forbid it? */
bool desk_could_sit(const struct desk *d, int r, int s);
bool desk_full(const struct desk *d, int s);
/* May the seat of r be given up as far as purity goes? */
bool desk_may_leave(const struct desk *d, int r);
void desk_sit(struct desk *d, int r, int s);
void desk_leave(struct desk *d, int r);
bool desk_seats_agree(const struct desk *d, int r, int s, int other_r, int other_s);

void build_sections(struct desk *d);
void load_students(struct desk *d);
void repair(struct desk *d);
void close_small(struct desk *d);
void use_alternates(struct desk *d);
/* Seat his unmet primary requests as well as a small search finds; what he has stays. */
void load_one(struct desk *d, int student);

#endif
