/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the search needs to know of a problem and never changes: read-only, shared by all streams.
 *
 * A UNIT is what is placed as one: a section, or the sections of equal number of a stack. A BUNDLE
 * is a set of units that same_period, adjacent or same_teacher rules tie together; most have one.
 */
#ifndef SOLVER_FRAME_H
#define SOLVER_FRAME_H

#include "model/problem.h"

struct unit {
        int n, *sections; /* members; those that could never run beside the first are left out */
        int course;       /* of the first member */
        cellset starts;   /* `at`, the bell and locks */
        bool staffed, roomed;
        struct ints teachers; /* able, after locks, availability apart */
        struct ints rooms;
        bool counts_load;
        int prep;    /* number of the course, or n_courses + number of the stack */
        bool must;   /* a lock wants it placed */
        bool exempt; /* from the minimum: a lock without student names it */
        int least;   /* largest size min of its members; 0 if exempt */
        int most;    /* of a stack: the sum of its enrolments stays within; else the size max */
        int bundle;
        int demand; /* requests for its courses, per section: how hard it is to do without */
};

struct link { /* a same_period, adjacent or same_teacher rule for one number */
        enum rule_kind kind;
        int n, *units;
};

struct bundle {
        int n, *units;
        int n_links, *links;
        bool cte; /* has a CTE course or one that a cohort lists */
};

struct seat_pair {         /* two requests of one student that `before` or `same_students` ties */
        int first, second; /* requests; before: first ends in an earlier term than second starts */
        bool before;       /* else same_students */
};

struct need {          /* a requirement of one student that still asks for something */
        int64_t years; /* asked for, in year_unit */
        int first, n;  /* into need_requests: his requests that count for it */
};

struct flag_rule { /* `needs` or `limit` */
        int rule;
        struct ints credentials; /* needs */
        bool limit;
};

enum { N_STUDENT_TIERS = 8 };
struct student_cost { /* tiers that are sums over students, in the order of student_tiers */
        int64_t v[N_STUDENT_TIERS];
        int64_t energy;
};
extern const enum tier student_tiers[N_STUDENT_TIERS];

struct frame {
        const struct problem *pb;
        struct arena *arena;

        int n_units, n_links, n_bundles;
        struct unit *units;
        int *unit_of; /* [n_sections], -1: never runs */
        struct link *links;
        struct bundle *bundles;

        /* Rules seen from a course, a student, a teacher. */
        int n_separate, *separate_rule; /* rules `separate` */
        struct ints *course_separate;   /* [n_courses] their numbers among n_separate */
        int n_flag_rules;
        struct flag_rule *flag_rules;
        struct ints *student_flag_rules; /* [n_students] */
        bool *flag_rule_applies;         /* [n_flag_rules * n_courses] */
        int *flag_rule_cap;              /* [n_flag_rules * n_courses] of a limit */
        bool *teacher_has; /* [n_flag_rules * n_teachers] holds the credential of a needs rule */
        struct ints *student_apart;    /* [n_students] rules `apart` */
        struct ints *student_avoid;    /* [n_students] teachers */
        struct ints *student_free;     /* [n_students] rules `free` */
        struct ints *teacher_free;     /* [n_teachers] rules `free` */
        struct ints *teacher_pathways; /* [n_teachers] pathways with planning whose team he is on */
        int *pair_first;               /* [n_students + 1] into pairs */
        struct seat_pair *pairs;
        int *need_first; /* [n_students + 1] into needs */
        struct need *needs;
        int *need_requests;
        int *locked_seat;    /* [n_requests] section, or -1 */
        int *locked_cohort;  /* [n_sections] cohort, -1 for none, COHORT_NOT_LOCKED */
        bool *counted_break; /* [n_requests] primary, and the course is in the list of the student's
                                cohort */
        bool *student_simple; /* [n_students] no rule, lock, flag, cohort with strands or absence of
                                 his own */
        bool *student_plain;  /* [n_students] no request of his has off_campus or travel */
        bool has_strands;
        int strand_width;  /* longest course list of a cohort with strands */
        int *course_place; /* [n_cohorts * n_courses] place in the cohort's list, -1 */

        struct student_cost *floor; /* [n_students] when all goes as well as it can */
};

/* Parts of frame_new: rules seen from courses, students, teachers; floors
 * (frame_rules.c). */
void frame_rules(struct frame *f);
void frame_floors(struct frame *f);

struct frame *frame_new(const struct problem *pb);
void frame_free(struct frame *f);

/* Do these starts (one per unit of the bundle, -1: unplaced) keep its same_period and adjacent
 * links? */
bool frame_links_hold(const struct frame *f, int bundle, const int *starts);
/* Is the student a member as purity counts them for a section reserved for the cohort? */
bool frame_is_member(const struct problem *pb, int student, int cohort);

#endif
