/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why locks and rules cannot hold together: a quick search for a schedule, problems with less
 * asked.
 */
#ifndef SOLVER_CLASH_H
#define SOLVER_CLASH_H

#include "model/schedule.h"
#include "solver/formulation.h"
#include "solver/meter.h"

/* Something that a user wrote and that may be part of a clash: a lock, a rule, a part of a line. */
enum item_kind {
        ITEM_LOCK,
        ITEM_RULE,
        ITEM_STUDENT_AVAILABLE,
        ITEM_ROOM_AVAILABLE,
        ITEM_ROOM_CAPACITY,
        ITEM_TEACHER_AVAILABLE,
        ITEM_TEACHER_LOAD, /* a limit of his own; that of the contract: index NONE */
        ITEM_TEACHER_PREPS,
        ITEM_TEACHER_CONSECUTIVE,
        ITEM_TEACHER_CONTACTS,
        ITEM_COURSE_AT,
        ITEM_COURSE_LENGTH, /* periods, terms */
        ITEM_COURSE_CREDENTIAL,
        ITEM_COURSE_TEACHERS,
        ITEM_COURSE_STAFFED,
        ITEM_COURSE_ROOM,
        ITEM_COURSE_SIZE,
        ITEM_COURSE_GRADES,
        ITEM_COURSE_ONLY,
        ITEM_COURSE_SUPPORT,
        ITEM_COURSE_CAMPUS, /* off_campus, travel */
        ITEM_COHORT_COURSES,
        ITEM_COHORT_PURITY,
        ITEM_COHORT_STRANDS,
        N_ITEMS
};

struct item {
        enum item_kind kind;
        int index; /* into the problem's array of that kind */
};

struct items {
        int n, cap;
        struct item *v; /* in the arena of the caller */
};

/* ---- clash_items.c ---- */

/* Add the locks that were stated, and the rules. */
void items_of_locks(const struct problem *pb, struct arena *a, struct items *list);
void items_of_rules(const struct problem *pb, struct arena *a, struct items *list);
/* Add what the data restricts for sections and students of the locks that are kept. */
void items_of_data(
        const struct problem *pb, struct arena *a, const bool *lock_kept, struct items *list);
/* "teacher kim, available", and where it was written. */
const char *item_text(struct arena *a, const struct problem *pb, struct item it, struct place *at);

/* ---- clash_relax.c ---- */

/*
 * A school with only those locks whose item is kept, and without what the other items not kept
 * say; finished. NULL where that makes no school. problem_free() it before pb.
 */
struct problem *relaxed_problem(
        const struct problem *pb, const struct items *items, const bool *kept);

/* ---- clash.c ---- */

enum holds { HOLDS, CLASHES, OPEN };

/* Does a schedule exist? It is then in sc. OPEN: nobody knows, the meter ran out. */
enum holds locks_hold(
        const struct problem *pb, struct meter *m, struct schedule *sc, struct report *rp);

/*
 * Of a school that clashes: a minimal set that does, "lock of A-1 (school.yaml:9); ...", in the
 * arena. first: where the first of it was written. sure: false where time ran out, so that not all
 * of it may matter.
 */
const char *minimal_clash(struct arena *a, const struct problem *pb, struct meter *m,
        struct place *first, bool *sure, struct report *rp);

/* ---- clash_cte.c ---- */

/*
 * What keeps CTE section s, which sc does not place, from running beside the CTE sections that sc
 * places: the minimal set, in the arena; NULL where they could all run, or nobody knows.
 */
const char *cte_clash(struct arena *a, const struct schedule *sc, int s, struct meter *m);

/* ---- clash_place.c ---- */

/*
 * Place the sections that locks name, quickly, with their locked students and as many more as they
 * need. True if sc then breaks no hard rule; false says nothing.
 */
bool place_locked(const struct problem *pb, struct meter *m, struct schedule *sc);

/* The sections that locks name (all of a locked stack's number), and the students who matter to
 * them. */
struct scope locked_scope(const struct problem *pb, struct arena *a);

#endif
