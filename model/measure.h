/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results to show, as plain structs. Counts, not percentages, so that readers can divide. */
#ifndef MODEL_MEASURE_H
#define MODEL_MEASURE_H

#include "model/schedule.h"

struct measures {
        int cte_sections, cte_placed;           /* sections of CTE courses asked for (lo), placed */
        int sections, placed;                   /* the same for all courses */
        int cte_requests, cte_met;
        int reserved_seats, reserved_members;   /* cohort purity: enrolment of reserved sections, members among it */
        int cohort_requests, cohort_met_inside; /* by members for the cohort's list; met in a reserved section */
        int primary, primary_met;               /* the four measures */
        int alternates_used;                    /* with primary_met: the second */
        int required, required_met;             /* kind required, CTE requests among them too */
        int students, students_whole;           /* students with requests; with every primary request met */
        int empty_asked;                        /* periods that students sit empty although they asked for a class
                                                   (Education Code 51228.1): for every student the smaller of his
                                                   available cells without class and the cells (periods x terms)
                                                   of his unmet primary requests that are admitted, summed */
};

void measure(const struct schedule *sc, struct measures *m);
/* The same of some students alone: those x with in[x]. Sections are not counted. */
void measure_some(const struct schedule *sc, const bool *in, struct measures *m);
/* Does a reservation for the cohort count the student among its members? */
bool measure_is_member(const struct problem *pb, int student, int cohort);

#endif
