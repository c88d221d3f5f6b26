/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed between two schedules of one problem, by section and by student. */
#ifndef MODEL_DIFFERENCE_H
#define MODEL_DIFFERENCE_H

#include "model/schedule.h"

enum change {               /* bits: what of a section differs */
        CHANGE_PLACED = 1,  /* only the second schedule runs it */
        CHANGE_DROPPED = 2, /* only the first runs it */
        CHANGE_TIME = 4,
        CHANGE_TEACHER = 8, /* or co-teacher */
        CHANGE_ROOM = 16,
        CHANGE_COHORT = 32,
};

struct section_change {
        int section;
        int what;         /* enum change, or 0: only its students */
        int joined, left; /* students who sit there in one schedule only */
};

struct seat_change {
        int request;
        int from, to; /* sections of the request's course, -1: not met */
};

/* What the change means to a student: the first that differs of CTE requests met, required ones,
 * all primary ones, alternates used. */
enum fortune { FORTUNE_WON, FORTUNE_LOST, FORTUNE_MOVED /* none differs */, N_FORTUNES };

struct student_change {
        int student;
        enum fortune fortune;
        int gained, lost, moved; /* courses, alternates too */
        int first_seat, n_seats; /* his part of seats */
};

/* A request that one of the schedules was asked for and the other was not. */
struct asked_change {
        int student, course;
        bool dropped; /* the second does not know it; else the first */
        bool had;     /* the one that knows it meets it */
        bool cte;     /* of the student's own pathway */
};

struct difference {
        const struct schedule *a, *b; /* not owned */
        int n_sections, n_seats;
        int n_shifted; /* of the sections: in another place; these come first */
        struct section_change *sections; /* by section */
        struct seat_change *seats;       /* by student, then request */
        int n_students;                  /* who have a change among seats */
        struct student_change *students; /* by student */
        int fortunes[N_FORTUNES];        /* students */
        struct score before, after;      /* recounted; of schedules that may break hard rules */
        int n_asked, n_dropped;          /* n_dropped: of these */
        struct asked_change *asked;      /* by student, then course */
};

/* Both schedules of one problem; difference_release() it. */
void difference_init(struct difference *d, const struct schedule *a, const struct schedule *b);
/*
 * Fill `asked`: the schedules as their files tell them, which may be of different states of the
 * school. Of a student whom one of them does not know at all nothing is told.
 */
void difference_requests(struct difference *d, const struct answer *a, const struct answer *b);
void difference_release(struct difference *d);

#endif
