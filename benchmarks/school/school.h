/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A school in the making. The stages fill it in this order:
 *
 *   bell_find, offers_make      what may be taught, and how long it takes under this bell
 *   demand_draw                 pupils, pathways, cohorts and what everybody wants; courses too few
 * want are dropped staff_hire                  sections, their teachers and their labs plan_place,
 * plan_seat       planted schools only: a time for every section, a full day for every pupil
 *   problem_of                  the school as a problem; a planted one with the requests read off
 * the plan
 *
 * Everything is in the school's arena except what is freed within one function. Grades are 0 .. 3
 * for 9 .. 12.
 */
#ifndef SCHOOL_SCHOOL_H
#define SCHOOL_SCHOOL_H

#include "benchmarks/school/catalogue.h"
#include "benchmarks/school/rng.h"
#include "model/problem.h"

enum {
        MAX_PERIODS = 8,
        MAX_SCHOOL_CELLS = 16,
        MAX_WANTS = 20,
        MAX_ALTERNATES = 3,
        MAX_LISTED = 10,
        MAX_PATHS = 6
};

struct bell {
        const char *name;
        int n_terms, n_periods;
        const char *terms[3], *periods[MAX_PERIODS];
        int day[MAX_PERIODS]; /* periods of one day share it */
        bool break_after[MAX_PERIODS];
        int load;             /* periods that a full-time teacher teaches in a term */
        bool parts;           /* a year is taught as two one-term courses */
        int year, extra, all; /* terms of a YEAR, an EXTRA and a LONG course */
};

/* A course of this school; a PAIR is one offer here and two courses in the problem. */
struct offer {
        const struct row *row;
        const char *id, *title;
        enum role role;
        int periods, terms, cells; /* cells: periods * terms */
        bool pair;
        int partner;     /* whoever wants this wants that too; -1 */
        bool second;     /* part B: comes with its partner only */
        int path, level; /* -1; 0 .. 3 */
        bool anchor;     /* never dropped */
        bool offered;
        double appeal;
        int stack; /* offer that it is taught together with, -1 */

        int n_wants, wants_of[4];
        int n_units, first_unit;
        int size_max, size_min;
};

struct cohort_plan {
        int path, grade;
        int n_listed, listed[MAX_LISTED];
        int n_members, n_groups, first_group;
};

struct path {
        const struct career *career;
        int course[4], course_b[4]; /* offers; parts B or -1 */
        int planning;               /* period that the team keeps free, -1 */
        int n_team, team[8];        /* staff */
};

struct pupil {
        int grade, path, cohort, group; /* -1: none */
        bool dash;                      /* in the pathway, in no cohort */
        bool leaves_early;              /* has one period less */
        double ability;
        int n_wants, wants[MAX_WANTS];
        int n_alternates, alternates[MAX_ALTERNATES];
        int seat[MAX_SCHOOL_CELLS]; /* unit or -1 */
        cellset fixed;              /* seats in reserved sections */
        bool iep, el;
};

/* A section. */
struct unit {
        int offer, number; /* number from 1 */
        int size;          /* seats planned */
        int staff, lab;    /* lab -1: a room of a pooled type */
        int group, cohort; /* reserved for, or -1 */
        int leader;        /* stacked below that unit, -1 */
        cellset cells;
        int enrolled;
        int room; /* of the problem, once it is built */
};

struct staff {
        const char *id, *name;
        int n_credentials;
        const char *credentials[4];
        bool career, part_time;
        int cells; /* cells that his units take */
        int load;  /* periods in one term */
        cellset available;
        int path; /* team, -1 */
        bool el;
};

struct lab {
        const char *id;
        int n_types;
        const char *types[8];
        int cells;
        cellset available;
};

struct wish {
        bool planted, rules, homes, check;
        bool hard; /* more small courses and cohorts than the bench asks for */
        int n_students, tight;
        uint64_t seed;
        const char *bell, *kind;
};

struct school {
        struct wish wish;
        struct arena *arena;
        struct rng rng;
        struct bell bell;
        int n_cells, n_offers, n_paths, n_cohorts, n_groups, n_pupils, n_units, n_staff, n_labs;
        struct offer *offers;
        struct path paths[MAX_PATHS];
        struct cohort_plan *cohorts;
        struct pupil *pupils;
        struct unit *units;
        struct staff *staff;
        struct lab *labs;
        double *likes; /* [offer] of the pupil being drawn */
        int run_min;   /* a course that fewer want is dropped */
};

bool bell_find(struct bell *b, const char *name);
/* The cells of a section of this shape that starts in term t, period p; 0 where the bell does not
 * allow it. */
cellset bell_cells(const struct bell *b, int periods, int terms, int t, int p);
int bell_starts(
        const struct bell *b, int periods, int terms, cellset *out); /* all of them; how many */
cellset bell_period(const struct bell *b, int p);                    /* in all terms */

void offers_make(struct school *s);
int offer_find(const struct school *s, const char *id); /* -1 */

void demand_draw(struct school *s);
bool offer_admits(const struct school *s, const struct offer *o, const struct pupil *p);
/* The share of all sections that belong to courses with one or two, in percent. */
double small_share(const struct school *s);
int sections_for(const struct offer *o, int wants);

void staff_hire(struct school *s);
/* One more, for one section in these cells, or one more lab of the type; its number. */
int staff_add(struct school *s, const char *credential, cellset cells);
int staff_add_lab(struct school *s, const char *type);

void plan_place(struct school *s);
void plan_seat(struct school *s);

#endif
