/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much is to spare: class sizes and loads, and the figures that say so. */
#ifndef SCHOOL_SLACK_H
#define SCHOOL_SLACK_H

#include "benchmarks/school/school.h"

/* Class sizes and loads of a natural school: a few percent beyond the demand, less wish.tight
 * percent. */
void slack_natural(struct school *s);
/* Those of a planted one: what the plan uses and no more. Sections without students are gone
 * before. */
void slack_planted(struct school *s);

struct figures {
        int students, sections, small; /* small: sections of courses with one or two */
        int requests, seats;           /* primary requests; seats by size max, a stack's once */
        int load, taught;              /* cells */
        int lab_cells, lab_used;
        int in_cohorts, career_staff, part_time;
};

struct figures figures_of(const struct problem *pb);
/* The names of the figures that miss what a bench school must have, or "" */
const char *figures_missed(const struct figures *f);

#endif
