/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results to tell, as plain structs: why a request is unmet or a section unplaced. */
#ifndef MODEL_FINDING_H
#define MODEL_FINDING_H

#include "model/problem.h"

enum why {
        WHY_UNKNOWN,            /* nothing found: the search did not get there */
        /* of a request */
        WHY_GRADE,              /* the course is not open to the student's grade */
        WHY_ONLY,               /* the course is kept for a pathway, cohort or flag */
        WHY_AWAY,               /* the student is not available in any period where it may run */
        WHY_NOT_OFFERED,        /* the course has no section at all */
        WHY_NOT_PLACED,         /* no section of the course is placed */
        WHY_BLOCKED,            /* every section is blocked: see obstacles */
        WHY_POSSIBLE,           /* nothing blocks it alone: taking it would cost a higher or equal tier, or break a section's minimum;
                                   of a section: it could be placed with enough students, and the search left it */
        /* of a section */
        WHY_NO_START,           /* no run of periods is long enough, or `at` leaves none */
        WHY_NO_CREDENTIAL,      /* nobody holds the credential (or is among `teachers`) */
        WHY_NO_TEACHER,         /* those who hold it are never free in an allowed period */
        WHY_NO_CO_TEACHER,
        WHY_NO_ROOM_TYPE,       /* no room has the type */
        WHY_NO_ROOM,            /* none is free when a teacher is */
        WHY_TOO_FEW,            /* fewer students could be seated than the section's minimum */
        WHY_RULE,               /* rules or locks forbid each place that is left: see obstacles */
        WHY_NO_NEED,            /* nobody needs it: it could be placed, and nobody who asked for it could sit there */
        N_WHY
};

enum obstacle_kind {
        BLOCK_FULL,             /* no seat left: the course's maximum; or `room`'s capacity; `courses`: stacked with it, all together */
        BLOCK_OVERLAP,          /* overlaps with `courses` that the student sits in */
        BLOCK_SUPPORT,          /* not co-taught, and the student needs that */
        BLOCK_PURITY,           /* reserved for `cohort`, which another outsider would break */
        BLOCK_CONTACTS,         /* `teacher` has as many students as the contract allows */
        BLOCK_AWAY,             /* the student is not available then */
        BLOCK_RULE,             /* rule number `rule` */
        BLOCK_LOCK,             /* lock number `lock` */
        BLOCK_STRANDS,          /* members of `cohort` would be split */
        BLOCK_ALTERNATE,        /* the alternates that the student sits in (`courses`) stand in for it */
        N_BLOCKS
};

struct obstacle {
        enum obstacle_kind kind;
        int section;            /* global section number */
        struct ints courses;    /* also, of a rule or a lock: the student's other courses that matter to it */
        struct ints held;       /* BLOCK_OVERLAP: locks that keep the section, or what overlaps with it, at its time */
        int rule, lock, cohort, teacher, room;  /* -1 where it does not apply */
};

struct reason {
        enum why why;
        struct ints credentials;        /* WHY_NO_CREDENTIAL, WHY_NO_TEACHER ... */
        int room_type;                  /* WHY_NO_ROOM, ... or -1 */
        struct ints rules, locks;       /* WHY_RULE; `free` rules that keep teachers from it, WHY_NO_TEACHER ... */
        int could, need;                /* WHY_TOO_FEW: students who could sit there at best; who must */
        int asking;                     /* WHY_TOO_FEW: students who ask for the course and have no seat in it */
        int n_obstacles;
        struct obstacle *obstacles;     /* WHY_BLOCKED: at least one per placed section */
};

const char *why_code(enum why why);                     /* "grade", "no_teacher", ... */
const char *obstacle_code(enum obstacle_kind kind);     /* "full", "overlap", ... */

/* The sentence for a reason; text in the arena. Names students by id only. */
const char *reason_of_request(struct arena *a, const struct problem *pb, int request, const struct reason *r);
const char *reason_of_section(struct arena *a, const struct problem *pb, int section, const struct reason *r);

#endif
