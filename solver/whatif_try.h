/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request forced into a schedule on a bench, by one small change, and what that costs. */
#ifndef SOLVER_WHATIF_TRY_H
#define SOLVER_WHATIF_TRY_H

#include "solver/whatif.h"

/* What became of the requests of the bench's schedule. */
struct toll {
        bool first;        /* a tier of the first three is worse */
        bool broken;       /* a minimum or a purity lacks students */
        bool grave;        /* his own that is lost should be the last: see request_is_grave() */
        int own, given_up; /* primary requests lost of his own; one of them, or -1 */
        int gained, lost;  /* of others */
        int moved;         /* others who only change sections */
        int64_t energy;    /* the smaller the better */
};

/* Students and requests keep their numbers on a bench unless requests were dropped. */
struct toll toll_of(const struct bench *b, int student, const int *seat);

/* Required, a CTE request, or of a course that the student's cohort takes together. */
bool request_is_grave(const struct problem *pb, int r);

/* Could r be seated in placed section s with nothing else changed? What that costs. b stays as it
 * is. */
bool try_join(struct bench *b, int r, int s, struct toll *out);

/*
 * Seat request r in placed section s; the student's other seats that are in the way go, and he is
 * seated anew around it. False: a rule, a lock or a full section forbids it.
 */
bool try_seat(struct bench *b, int r, int s);
/* The same in the section of the course where it costs least; its number, or -1. b stays as it is
 * but for that seat. */
int try_sections(struct bench *b, int r, struct toll *out);
/* Put the unit of section s at start, with all its links; nobody else's place changes. */
bool try_place(struct bench *b, int s, int start, int others);
/* Fill a new section from those who miss the course and, below its minimum, from its sisters. */
bool try_fill(struct bench *b, int s);

#endif
