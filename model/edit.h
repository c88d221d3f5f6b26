/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Changes of a school as data: one more seat, a lock, a rule less. What could be, and what it would
 * cost, is asked by solving an edited copy; a change that helps can be told in a sentence and
 * written back as YAML (io/edit_write.h).
 *
 * An edit names things by their numbers in the problem it was made for. Several are applied at
 * once, so that dropping one thing does not renumber another.
 */
#ifndef MODEL_EDIT_H
#define MODEL_EDIT_H

#include "model/schedule.h"

enum edit_kind {            /* what: ... */
        EDIT_SEATS,         /* course: `by` more seats in each of its sections */
        EDIT_SECTIONS,      /* course: `by` more sections, also of the courses tied to it */
        EDIT_CAPACITY,      /* room: `by` more places */
        EDIT_LOAD,          /* teacher: `by` more periods of load */
        EDIT_TEACHER_FREE,  /* teacher: also available in `cells` */
        EDIT_ROOM_FREE,     /* room: also available in `cells` */
        EDIT_CREDENTIAL,    /* teacher: also holds credential `part` */
        EDIT_ADD_TEACHER,   /* credential: one more teacher, who holds it alone, with load `by` */
        EDIT_ADD_ROOM,      /* room type: one more room of it, without a limit of its own */
        EDIT_ADD_PERIOD,    /* one more period behind the last, for all who have the last one */
        EDIT_ADD_LOCK,      /* `lock` */
        EDIT_DROP_LOCK,     /* lock */
        EDIT_DROP_RULE,     /* rule */
        EDIT_DROP_LIMIT,    /* teacher, or NONE for the contract: without `part`, enum limit_part */
        EDIT_DROP_COHORT,   /* cohort: its list of courses is empty */
        EDIT_DROP_PURITY,   /* cohort */
        EDIT_DROP_PLANNING, /* pathway: no common planning */
        EDIT_DROP_COURSE,   /* course: without `part`, enum course_part */
        EDIT_DROP_REQUEST,  /* request */
        EDIT_SWAP_REQUEST,  /* request: for course `part` instead */
        N_EDITS
};

enum limit_part { LIMIT_LOAD, LIMIT_PREPS, LIMIT_CONSECUTIVE, LIMIT_CONTACTS };
enum course_part { PART_GRADES, PART_ONLY, PART_CREDENTIAL, PART_TEACHERS, PART_AT, PART_MINIMUM };

struct edit {
        enum edit_kind kind;
        int what, by, part;
        cellset cells;
        struct lock lock;
};

struct edits {
        int n, cap;
        struct edit *v;
};

void edits_push(struct edits *list, struct edit e);
void edits_release(struct edits *list);

/* A copy with arrays and indices of its own; texts and lists are those of pb, which must outlive
 * it. Not finished: stated fields may still be changed, then problem_finish() it. */
struct problem *problem_copy(const struct problem *pb);

/* A finished copy with the changes made; pb must outlive it. NULL with errors in rp where the
 * school would not hold together. */
struct problem *edits_apply(
        const struct problem *pb, const struct edit *v, int n, struct report *rp);

/* The schedule for the edited copy of its problem, as far as things are still there (what no longer
 * fits together is not looked at). schedule_free() it. */
struct schedule *edits_schedule(const struct schedule *sc, const struct problem *edited);

/* "one more seat in BAND", "without rule separate"; text in the arena. */
const char *edit_text(struct arena *a, const struct problem *pb, const struct edit *e);
/* Where the user wrote what it changes. */
struct place edit_at(const struct problem *pb, const struct edit *e);

#endif
