/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of tally_new(), in the order in which it calls them. */
#ifndef MODEL_TALLY_PARTS_H
#define MODEL_TALLY_PARTS_H

#include "model/tally.h"

void tally_courses(struct tally *t);
void tally_students(struct tally *t);
void tally_requirements(struct tally *t);
void tally_cohorts(struct tally *t);
void tally_pairs(struct tally *t);
void tally_staff(struct tally *t); /* pools, shortages, teachers */
void tally_slots(struct tally *t);

/* Something placed as one: the sections of a course, or those of a stack. */
struct batch {
        int course;          /* the first of the stack */
        struct ints courses; /* all of it */
        struct ints able;    /* teachers who could take any of its sections */
        struct ints rooms;
        int sections, cells; /* sections asked for; cells of one */
        cellset covers;      /* cells that a section could be in */
        int largest;         /* students */
        bool support;        /* the co-teachers of the course, not its teachers; needs no room */
};
/* All of them that are asked for, in the order of courses. */
struct batch *tally_batches(const struct tally *t, int *n);

#endif
