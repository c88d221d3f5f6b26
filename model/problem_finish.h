/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of problem_finish(), in the order in which it calls them. */
#ifndef MODEL_PROBLEM_FINISH_H
#define MODEL_PROBLEM_FINISH_H

#include "model/problem.h"

/* A stated number, or the general one where it is omitted (-1). */
static inline int either(int own, int general)
{
        return own >= 0 ? own : general;
}

/* Request tallies, sizes, section counts, sections and stacks. */
void finish_sections(struct problem *pb, struct report *rp);
/* Years of courses, requirements and students over one denominator. */
void finish_years(struct problem *pb, struct report *rp);

#endif
