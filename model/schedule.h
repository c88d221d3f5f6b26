/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers, in two forms.
 *
 * struct schedule is what the solver works with: one entry per section number and per request, so
 * it cannot even express most nonsense. struct answer is what a schedule.json says, which may be
 * anybody's and say anything; verify reads that form only. schedule_answer() goes from the first
 * to the second; answer_schedule() goes back and drops, with a warning each, what does not fit.
 */
#ifndef MODEL_SCHEDULE_H
#define MODEL_SCHEDULE_H

#include "model/finding.h"
#include "model/problem.h"

struct schedule {
        const struct problem *pb;       /* not owned */
        int *start;                     /* [n_sections] start cell, -1: unplaced */
        int *teacher, *co_teacher, *room, *cohort;      /* [n_sections], -1: none */
        int *seat;                      /* [n_requests] section, -1: not met */
};

struct schedule *schedule_new(const struct problem *pb);        /* empty; schedule_free() it */
void schedule_free(struct schedule *sc);
void schedule_copy(struct schedule *to, const struct schedule *from);   /* of one problem */

enum { UNKNOWN = -2 };  /* an id that the problem does not have */

struct answer_section {
        int course, number;             /* course UNKNOWN: course_id names it */
        const char *course_id;
        int teacher, co_teacher, room, cohort;          /* -1: null; UNKNOWN: no such id */
        const char *teacher_id, *co_teacher_id, *room_id, *cohort_id;   /* as written, NULL for null */
        struct ints terms, periods, students;   /* indices or UNKNOWN, in the order written */
        struct place at;
};

struct answer_unplaced {
        int course, number;
        const char *course_id;
        const char *reason;
        struct reason why;
};

struct answer_unmet {
        int student, course;
        const char *student_id, *course_id;
        int kind;                       /* enum kind, -1: not said, UNKNOWN: none of them */
        const char *reason;
        struct reason why;
};

enum status { STATUS_OPTIMAL, STATUS_FEASIBLE, STATUS_INTERRUPTED };

struct answer {
        struct arena *arena;            /* owns the rest */
        bool format_ok;                 /* "msched-schedule/1" */
        const char *input_file;
        char input_sha256[65];
        const char *version;
        int n_options;
        struct option_value {
                const char *name, *value;
        } *options;
        int64_t seed;
        double seconds;
        int status;                     /* enum status, UNKNOWN: none of them */
        bool score_given[N_TIERS], bound_given[N_TIERS];
        double score[N_TIERS], bound[N_TIERS];  /* in years where the tier counts years */
        int n_sections, n_unplaced, n_unmet;
        struct answer_section *sections;
        struct answer_unplaced *unplaced;
        struct answer_unmet *unmet;
};

struct answer *answer_new(void);
void answer_free(struct answer *an);

/* The sections, unplaced and unmet lists of sc in the order of the format; reasons, score and solver left empty. */
struct answer *schedule_answer(const struct schedule *sc);
/*
 * The schedule that an answer states, as far as it fits today's problem; the rest is warned of. NULL never.
 * Each section, then each seat, must fit beside those before it (cells, people, rooms, sizes, overlaps); what
 * binds many of them together (limits, shares, most rules, locks, minimums) is not looked at.
 */
struct schedule *answer_schedule(const struct problem *pb, const struct answer *an, struct report *rp);

#endif
