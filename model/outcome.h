/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of the requests, as plain counts: by section, by course, by pair of courses. */
#ifndef MODEL_OUTCOME_H
#define MODEL_OUTCOME_H

#include "model/schedule.h"

struct section_outcome {
        int students, members; /* who sit there; of a reserved section: the cohort's among them */
        int seats;             /* the size's maximum or the room's capacity, whichever is less */
        uint32_t grades;       /* a bit for each grade that sits there */
        bool locked;           /* a lock without student names it */
};

struct course_outcome {
        int met, alternates; /* primary requests met; alternates used */
        int placed, seats;   /* sections, and the seats in them */
};

/* Students with primary requests for both a and b, a < b; those of them who miss at least one. */
struct pair_outcome {
        int a, b, both, lost;
};

struct outcome {
        const struct schedule *schedule; /* not owned */
        struct section_outcome *sections;
        struct course_outcome *courses;
        int n_pairs;
        struct pair_outcome *pairs; /* by a, then b; pairs that nobody asked for are left out */
};

/* outcome_release() it. */
void outcome_init(struct outcome *out, const struct schedule *sc);
void outcome_release(struct outcome *out);

/*
 * Why a request is unmet, in one word to group by: why_code(); of blocked requests
 * "blocked_full" and so on where one kind of obstacle stands before every section,
 * "blocked_full_overlap" or "blocked_purity_overlap" where both do, else "blocked_mixed".
 */
const char *outcome_cause(const struct reason *why);

#endif
