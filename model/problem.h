/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A school: bell, teachers, rooms, courses, pathways, students, requests, rules, locks.
 *
 * io fills the fields marked (stated), exactly as the user wrote them, then calls problem_finish(),
 * which fills those marked (derived); from then on the problem is const. model/verify.c reads
 * stated fields only. Things refer to one another by index into the problem's arrays; -1: none.
 * Everything lives in the problem's arena; problem_free() is the only free.
 *
 * A CELL is (term, period), numbered term * n_periods + period; a cellset has one bit per cell.
 */
#ifndef MODEL_PROBLEM_H
#define MODEL_PROBLEM_H

#include "model/index.h"
#include "model/memory.h"
#include "model/report.h"
#include "model/score.h"
#include <stdbool.h>
#include <stdint.h>

enum { MAX_CELLS = 64, MAX_STUDENTS = 10000, MAX_SECTIONS = 5000 };
enum { NONE = -1, NO_LIMIT = -1 };

typedef uint64_t cellset;

/* A list of indices. given: the key was there (an empty list differs from an omitted one). */
struct ints {
        int n;
        bool given;
        int *v;
};

/* An exact decimal or a fraction of whole numbers; den > 0. */
struct ratio {
        int64_t num, den;
};

struct period {
        const char *id, *day, *start, *end;     /* day, start, end: NULL where omitted */
        bool break_after;
        struct place at;
        int day_index;          /* (derived) periods of one day, or of none, share it */
        bool joins_next;        /* (derived) consecutive with the next one in the list */
};

struct limits {                 /* NO_LIMIT where none; of the contract: 0 < load unless omitted (-1) */
        int load, preps, consecutive, contacts;
};

/* What other systems want to know of a person; the school itself never needs it. NULL: omitted. */
struct person {
        const char *given, *family, *email, *sis_id;
};

/* "2027-08-16"; NULL: omitted. */
struct dates {
        const char *start, *end;
};

struct grade_count {
        int grade, count;
};

struct contract {
        struct limits limits;   /* (stated) -1: omitted */
        int size_min, size_target, size_max;    /* (stated) -1: omitted */
        int n_full_day;
        struct grade_count *full_day;
        struct place at;
};

struct teacher {
        const char *id, *name;
        struct person person;
        struct ints credentials;        /* into problem.credentials */
        struct limits stated;           /* -1: omitted */
        cellset available;              /* all cells unless stated */
        int home;                       /* room or -1 */
        struct place at;
        struct limits limits;           /* (derived) own, else the contract's, else the default */
};

struct room {
        const char *id;
        struct ints types;              /* into problem.room_types */
        int capacity;                   /* (stated) -1: no limit */
        cellset available;
        struct place at;
};

/* Whom a requirement or `only` is for: all that is named must hold; nothing named: everybody. */
struct who {
        int pathway, cohort, flag;      /* -1: not named */
};

enum level { LEVEL_NONE, LEVEL_INTRODUCTORY, LEVEL_CONCENTRATOR, LEVEL_CAPSTONE };
enum off_campus { OFF_NO, OFF_END, OFF_START };

struct support {
        bool given;
        int flag;
        struct ints credentials;
        int sections;
};

struct course {
        const char *id, *title, *subject;       /* title, subject: NULL where omitted */
        int area;                               /* into problem.areas, or -1 */
        bool credits_given;
        struct ratio credits_stated;
        struct ints grades;                     /* grade numbers */
        struct who only;
        struct ints credentials;                /* any one of them; not given: anyone */
        struct ints teachers;                   /* only these, if given */
        int room_type;                          /* -1: needs no room */
        int size_min_stated, size_target_stated, size_max_stated;       /* -1: omitted */
        bool sections_given;
        int sections_min_stated, sections_max_stated;
        int periods, terms;                     /* terms: all unless stated */
        bool terms_given;
        struct ints at_periods, at_terms;       /* where it may START, if given */
        bool staffed, counts_load;              /* `staffed`, `load` */
        enum off_campus off_campus;
        int travel;
        struct support support;
        int pathway;                            /* -1: not a CTE course */
        enum level level;
        struct place at, sections_at;           /* sections_at: its `sections` key, else at */

        /* (derived) */
        int size_min, size_target, size_max;
        int sections_min, sections_max;         /* lo and hi of the specification */
        int first_section;                      /* section k is number first_section + k - 1 */
        int stack;                              /* into problem.rules, or -1 */
        int64_t years;                          /* credits / 10 in problem.year_unit */
        cellset may_start;                      /* cells where it fits the bell, `at`; not locks, not people */
        cellset *start_cells;                   /* [n_cells]: the cells it takes from each start; 0: cannot */
        cellset *start_block;                   /* [n_cells]: those, and the cells its students owe to off_campus, travel */
        struct ints able_teachers;              /* have a credential and are among `teachers` */
        struct ints able_co_teachers;           /* have the support credential */
        struct ints able_rooms;                 /* of its type */
        struct ints in_cohorts;                 /* cohorts that list it */
        int n_requests, n_primary;              /* tally: all requests, primary ones */
};

struct cohort {
        const char *id;
        int pathway, grade;                     /* grade -1: omitted */
        struct ints courses;
        struct ratio purity;                    /* default 3/4 */
        bool purity_of_pathway, strands;
        struct place at;
        struct ints members;                    /* (derived) students */
};

struct pathway {
        const char *id, *title, *sector;
        struct ints team;
        int common_planning;
        int first_cohort, n_cohorts;            /* into problem.cohorts, in input order */
        struct place at;
};

struct grade_years {
        int grade;
        struct ratio stated;
        int64_t years;                          /* (derived) in problem.year_unit */
};

struct requirement {
        const char *id;
        int area;                               /* or -1 where courses are given */
        struct ints courses;
        int n_by;
        struct grade_years *by;
        struct who whom;
        struct place at;
};

struct years_before {                           /* a years_X column of one student */
        int requirement;                        /* X as a requirement's id, or -1 */
        int area;                               /* X as an area, or -1; an id goes first */
        struct ratio stated;
};

enum { COHORT_DEFAULT = -1, COHORT_DASH = -2 }; /* student.cohort_stated */

struct student {
        const char *id, *name;
        struct person person;
        int grade;
        int pathway_stated;                     /* -1: omitted */
        int cohort_stated;                      /* -1: omitted, COHORT_DASH: none */
        struct ints flags;                      /* into problem.flags */
        uint64_t periods;                       /* available, one bit per period */
        int n_years;
        struct years_before *years;
        struct place at;

        /* (derived) */
        int pathway, cohort;
        cellset available;
        int first_request, n_requests;
        int full_day;                           /* periods owed per term; 0: none */
};

enum kind { REQUIRED, ELECTIVE, ALTERNATE };

struct request {
        int student, course;
        enum kind kind;
        int rank_stated;                        /* -1: omitted */
        int stands_for;                         /* of an alternate: the request number it names in `for`, or -1 */
        struct place at;
        /* (derived) */
        int rank;                               /* of an alternate: from 1; else 0 */
        bool cte;                               /* a CTE request (specification, section 4) */
        bool admitted;                          /* the course's grades and only, and the student's available periods, let it be met */
        int max_section;                        /* sections 1..max_section are open to the student (support), maybe all */
};

enum rule_kind {
        RULE_SEPARATE, RULE_STACK, RULE_SAME_PERIOD, RULE_ADJACENT, RULE_SAME_TEACHER, RULE_SAME_STUDENTS,
        RULE_BEFORE, RULE_NEEDS, RULE_LIMIT, RULE_APART, RULE_AVOID, RULE_FREE, N_RULE_KINDS
};

struct rule {
        enum rule_kind kind;
        struct ints courses;            /* separate ... before; limit (not given: all courses) */
        int flag;                       /* needs, limit */
        struct ints credentials;        /* needs */
        struct ratio share;             /* limit */
        struct ints students;           /* apart; free */
        int student, teacher;           /* avoid */
        struct ints teachers;           /* free */
        uint64_t periods;               /* free: one bit per period */
        int count;                      /* free */
        struct place at;
};

enum { COHORT_NOT_LOCKED = -2 };        /* lock.cohort */

struct lock {
        int course, section;            /* section: its number k, from 1 */
        int student, teacher, room, period, term;       /* -1: not in this lock */
        int cohort;                     /* -1: reserved for none; COHORT_NOT_LOCKED: not in this lock */
        struct place at;
        bool kept; /* not of the school: where the section runs it runs so; it need not run, and its
                      minimum counts (model/freeze.h) */
};

/* Of section number k of the course, with nothing locked yet. */
static inline struct lock lock_of(int course, int k, struct place at)
{
        return (struct lock){.course = course,
                .section = k,
                .student = -1,
                .teacher = -1,
                .room = -1,
                .period = -1,
                .term = -1,
                .cohort = COHORT_NOT_LOCKED,
                .at = at};
}

/* Does it keep its section in a period or a term? */
static inline bool lock_holds_time(const struct lock *l)
{
        return l->student < 0 && (l->period >= 0 || l->term >= 0);
}

struct past_seat {                      /* a seat of the `previous` schedule */
        int student, course;            /* both exist today */
        cellset cells;                  /* 0 where its cells do not all exist today */
        int teacher;                    /* -1: had none; -2: one who does not exist today */
};

struct problem {
        struct arena *arena;
        const char *file;               /* path of the YAML as given */
        const char *name, *year;        /* of the school, NULL where omitted */
        const char *school_id, *district;       /* the same */
        char sha256[65];                /* of the YAML, then the students' and the requests' CSV bytes */

        int n_terms, n_periods, n_cells;
        const char **terms;
        struct dates *term_dates;       /* [n_terms], NULL where omitted for all */
        struct period *periods;
        struct contract contract;
        int n_teachers, n_rooms, n_courses, n_pathways, n_cohorts, n_requirements, n_students,
                n_requests, n_rules, n_locks, n_past;
        struct teacher *teachers;
        struct room *rooms;
        struct course *courses;
        struct pathway *pathways;
        struct cohort *cohorts;         /* grouped by pathway */
        struct requirement *requirements;
        struct student *students;
        struct request *requests;       /* (derived order) grouped by student, input order within one */
        struct rule *rules;
        struct lock *locks;
        struct past_seat *past;
        bool has_previous;
        int n_priorities;
        enum tier priorities[N_TIERS];  /* (stated) */

        /* Names seen in the input. */
        struct index *term_ids, *period_ids, *teacher_ids, *room_ids, *course_ids, *pathway_ids,
                *cohort_ids, *requirement_ids, *student_ids, *credentials, *room_types, *areas, *flags;

        /* (derived) */
        int n_sections;
        int *section_course, *section_number;   /* [n_sections] course, k from 1 */
        enum tier order[N_TIERS];               /* tiers from the top */
        int64_t year_unit;                      /* common denominator of all years */
        cellset all_cells;
        cellset *term_cells;                    /* [n_terms] */
        int *request_past;                      /* [n_requests] into past, or -1 */
};

/* An empty problem with its arena and indices. */
struct problem *problem_new(void);
void problem_free(struct problem *pb);

/*
 * Fill the derived fields and check what only the whole can show: numbers of sections that differ
 * within an alike rule, limits of the format (cells, sections), a cohort of another pathway.
 * Errors go to rp. False if there were any (then the problem may only be freed).
 */
bool problem_finish(struct problem *pb, struct report *rp);

bool problem_is_of(const struct problem *pb, int student, struct who who); /* derived pathway and cohort */
bool problem_has_flag(const struct problem *pb, int student, int flag);
/* Can a section of the course have a teacher, or a co-teacher, as a `needs` rule asks? True where it asks nothing, of
 * courses that are not staffed. */
bool problem_has_needed(const struct problem *pb, int course, const struct rule *rule);
/* Does a `needs` rule rule out the request, as nobody with the credential can ever teach the course? */
bool problem_is_ruled_out(const struct problem *pb, int request);
bool ints_has(const struct ints *list, int x);
/* Years, in year_unit, that the requirement still asks of the student this year; 0 where it asks nothing. */
int64_t problem_years_asked(const struct problem *pb, int student, int requirement);
bool problem_counts_for(const struct problem *pb, int requirement, int course);
/* Add to a list in the arena, which grows by doubling. */
void ints_push(struct arena *a, struct ints *list, int x);
/* The request of the student for the course, or -1. */
int problem_request_of(const struct problem *pb, int student, int course);
/* floor(count * share), exactly. */
int ratio_floor_times(struct ratio r, int64_t count);
const char *rule_kind_name(enum rule_kind kind);        /* "separate", ... */
/* Cells of these periods (bits) in every term. */
cellset problem_cells_of_periods(const struct problem *pb, uint64_t periods);
/* The longest run of taken periods without a free one in term t, given the cells taken. */
int problem_longest_run(const struct problem *pb, cellset taken, int term);

#endif
