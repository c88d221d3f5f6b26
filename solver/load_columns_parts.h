/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of loading by columns share.
 *
 * Sections of one course and time that nothing tells apart form a SEAT CLASS. Rows say what binds
 * students together: seats and minimums of classes and stacks, contacts, purity, `limit`, `apart`.
 * Students whom no row can describe keep their seats: they are not movable.
 */
#ifndef SOLVER_LOAD_COLUMNS_PARTS_H
#define SOLVER_LOAD_COLUMNS_PARTS_H

#include "solver/state.h"
#include <glpk.h>

struct seat_class {
        int course, start, cohort;
        int n, *sections;
        int row; /* of its seats, 0: none binds */
};

struct hit { /* a seat in a row */
        int row;
        double value;
};

struct seat_choice { /* a request met in a class, or class -1 */
        int request, class;
};

struct load_column {
        int student, n, next;      /* next: the student's one before */
        struct seat_choice *seats; /* the met ones */
        int cost[N_STUDENT_TIERS];
};

struct option { /* a class that a request may use */
        int class;
        cellset cells, block;
        int breaks, moved;
        double price;
};

struct desk {
        const struct frame *f;
        const struct problem *pb;
        struct meter *meter;
        struct arena *arena;
        const struct schedule *sc; /* the incumbent, not owned */
        struct state *st;          /* the same, for questions */
        bool *movable;             /* [n_students] */
        int n_classes, *class_of;  /* [n_sections], -1: not placed */
        struct seat_class *classes;
        int *option_at; /* [n_requests + 1] into options */
        struct option *options;

        int n_rows;
        double *low, *high; /* [n_rows + 1], infinite where there is none; frozen seats taken off */
        int *unit_row, *purity_row, *contact_row, *limit_row, *apart_row, *student_row;
        int tier_row[N_STUDENT_TIERS]; /* caps of tiers that are done, 0: none */
        bool zero[N_STUDENT_TIERS];    /* tiers that are done at zero: no column may cost any */

        int n_columns, cap_columns;
        struct load_column *columns; /* from 1, as GLPK counts */
        int *last;                   /* [n_students] his last column */
        int *chosen;                 /* [n_students] the incumbent's column, 0 where not movable */
        double weight[N_STUDENT_TIERS], *dual; /* [n_rows + 1] of the last relaxation */
        bool exact; /* so far every search was finished and every student is movable */
        glp_prob *lp;
        struct pricer *pricer;
};

enum { MOST_HITS = 64 };

/* load_columns_rows.c: classes, options and rows of a state's placement. */
void desk_rows(struct desk *d);
/* The rows that a seat of the student in the class takes part in; their number. */
int desk_hits(const struct desk *d, int student, int class, struct hit hits[MOST_HITS]);

/* load_columns_price.c */
struct pricer *pricer_new(const struct problem *pb);
void pricer_free(struct pricer *p);
/* The column of the student's seats as the state has them. */
struct load_column desk_present(struct desk *d, int student);
/*
 * His cheapest column at the present weights and duals, if it improves the relaxation: *reduced is
 * then its reduced cost, else 0. False if the search was given up before it knew.
 */
bool desk_price(struct desk *d, int student, struct load_column *out, double *reduced);

/* Add all of his columns whose reduced cost is below slack. False if they were too many. */
bool desk_enumerate(struct desk *d, int student, double slack);

/* load_columns_master.c: columns go to d->columns and, where there is a program, into it; false: it
 * was there. */
bool desk_add(struct desk *d, const struct load_column *c);
/* Build the program of rows and columns; tier n is the objective. */
void desk_program(struct desk *d);
void desk_objective(struct desk *d, int n);
/* Cap tier n at value from now on. */
void desk_cap(struct desk *d, int n, int64_t value);
/* Relaxation by primal simplex: true when solved; weights and duals are then set for tier n. */
bool desk_relax(struct desk *d, int n, double *value);
enum chosen {               /* what came of choosing among the columns */
        CHOSEN_NOTHING,     /* given up */
        CHOSEN_NONE_BETTER, /* there is none */
        CHOSEN_BETTER,
        CHOSEN_BEST
};
/*
 * A choice whose tier n is below `below`, among the columns; least: value of the relaxation that
 * was solved last. d->chosen is new where one is found.
 */
enum chosen desk_choose(struct desk *d, int n, int64_t below, double least);

#endif
