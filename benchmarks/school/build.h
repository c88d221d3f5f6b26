/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The finished school as a problem, and the plan of a planted one as its schedule. */
#ifndef SCHOOL_BUILD_H
#define SCHOOL_BUILD_H

#include "benchmarks/school/school.h"
#include "model/schedule.h"

struct build {
        struct school *s;
        struct problem *pb;
        int *course_of;       /* [n_offers] course, of a PAIR its first; -1 */
        int n_labs, n_pooled; /* rooms: the labs, then those of pooled types */
        int *unit_of;         /* [n_courses * most sections]: see build_unit() */
        int specialist;       /* the co-teacher of all supported sections, -1 */
        int most;             /* sections of the largest course */
};

/* With a planted school the units' rooms are chosen too. The problem has its stated fields and is
 * not finished. */
struct build *build_problem(struct school *s);
void build_free(struct build *b); /* not the problem */

/* The plan as a schedule of the finished problem. */
struct schedule *build_schedule(const struct build *b);

/* Helpers for what is read off the plan. */
int build_unit(
        const struct build *b, int course, int number); /* of section `number` of the course */
cellset build_cells(const struct build *b, int course, int number);
bool build_first(const struct build *b, int course); /* false: the second course of a PAIR */
struct ints build_ints(struct problem *pb, const int *v, int n);
int build_term(const struct problem *pb, struct index *ix, const char *name); /* find or add */

#endif
