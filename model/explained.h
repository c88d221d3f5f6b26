/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule explained: who misses what, where he could sit, why not, and what would help. */
#ifndef MODEL_EXPLAINED_H
#define MODEL_EXPLAINED_H

#include "model/edit.h"
#include "model/finding.h"

enum fix_kind {      /* in the order in which they are preferred */
        FIX_SEAT,    /* a seat more in a section, or one that is free; his other classes may move */
        FIX_MOVE,    /* a section at another time */
        FIX_SECTION, /* one more section */
        FIX_UNLOCK,  /* a lock less, and what it held elsewhere */
        FIX_TEACHER, /* one more section, and the teacher and room for it */
        FIX_CREDENTIAL, /* a teacher who holds what a rule of the student's asks for */
        FIX_RULE,       /* a rule or a section's minimum less */
        FIX_GIVE_UP,    /* another request of his own */
        FIX_SWAP,       /* another course instead */
        N_FIXES
};

struct fix {
        enum fix_kind kind;
        int n_edits;
        const struct edit *edits; /* of the schedule's problem */
        int own_lost;     /* primary requests of the student's own that it costs, as counted in the
                             smallest schedule that has it */
        int gained, lost; /* primary requests of others, met and no longer met */
        int moved;        /* students who change a section without that */
        int alternates;   /* of others, used no longer, though they get no primary request for it */
        int sections;     /* that then have another period, teacher or room */
        int cte_lost, cohort_breaks; /* how much worse tiers 1 and 2, and 3, come to be */
        int given_up;                /* his request that it costs or changes, or -1 */
        bool grave;   /* that is a CTE request, required, or of a course of his cohort */
        bool shorter; /* tier 4 is worse: a requirement for graduation or college is left shorter */
        int empty;    /* how much worse tier 6 is */
        double work;  /* solving again from the schedule, with this work limit, has it */
        unsigned frozen;  /* bits of enum freeze: what that keeps as it is */
        const char *text; /* a sentence */
};

/* It takes what the student cannot do without. */
static inline bool fix_is_last_resort(const struct fix *x)
{
        return x->grave || x->shorter;
}

struct explained_request {
        int request;
        struct reason reason;
        int n_fixes;
        struct fix *fixes; /* best first, each verified */
        bool late;         /* no time was left to look for them */
};

struct explained_section {
        int section;
        struct reason reason;
        const char *clash; /* of a CTE section: what cannot hold together with its running, a
                              minimal set; NULL: nothing that is known */
        int n_fixes;
        struct fix *fixes;
        bool late;
};

struct grid_spot {         /* a placed section of a request's course */
        int section, free; /* free: seats left; negative never */
        bool seated;       /* the student sits there */
        int n_obstacles;
        struct obstacle *obstacles;
};

struct grid_row {
        int request;
        int n_spots;
        struct grid_spot *spots;
};

struct explained_student {
        int student, n_rows;
        struct grid_row *rows; /* his requests, in order */
};

struct explained {
        struct arena *arena;       /* owns the rest */
        const struct schedule *sc; /* not owned */
        bool looked;               /* for fixes */
        int n_requests, n_sections, n_students;
        struct explained_request *requests;
        struct explained_section *sections;
        struct explained_student *students;
};

const char *fix_code(enum fix_kind kind); /* "seat", "move", ... */

#endif
