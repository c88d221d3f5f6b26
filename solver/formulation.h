/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The integer program of FORMULATION.md as a GLPK problem: columns, families of rows, goals.
 *
 * Built from a problem, or from the part of it that a scope names; tiers are added one by one as
 * they are reached. A column number 0 stands for a column that does not exist, because it could
 * never be 1; row_add drops it. The formulation owns its arena; its glp_prob lives in GLPK's
 * environment of the thread that made it, from build to close.
 */
#ifndef SOLVER_FORMULATION_H
#define SOLVER_FORMULATION_H

#include "model/schedule.h"
#include <glpk.h>

/* What a column is, in the order in which branching settles them. */
enum column_kind { COL_START, COL_COHORT, COL_TEACHER, COL_ROOM, COL_SEAT, COL_OTHER };

struct slot {
        int start; /* cell */
        cellset cells;
};

/* What is placed as one: the stacked sections of one number, else a single section. */
struct group {
        int n_sections, *sections;
        int n_slots;
        struct slot *slots;
        bool staffed, roomed;
        int *X;            /* [n_slots] */
        int n_crew, *crew; /* teachers and co-teachers who may work in it */
        int *z, *O;        /* [n_crew * n_slots] teaches, co-teaches */
        int *zc, *Oc;      /* the same, as far as it counts for load and preps */
        int n_rooms, *rooms;
        int *w; /* [n_rooms * n_slots] */
};

struct part {               /* one section */
        int group;          /* -1: out of scope */
        bool locked, must, excused; /* a lock names it; one that wants it to run; such a one without
                                       a student */
        bool barred;        /* no placement obeys its locks */
        cellset starts;     /* start cells that may be tried */
        int n_slots;        /* of its group */
        int *x;             /* [n_slots] */
        int n_co, *co, *o;  /* co-teachers, [n_co * n_slots] */
        int n_cohorts, *cohorts, *q;
        int *v; /* [seekers of the course * n_slots] */
};

struct sum { /* a sparse row being collected; coefficients of one column add up */
        int n, room;
        int *column;
        double *value; /* by column */
        bool *in;      /* by column */
};

struct goal {
        bool built;
        int n, *column; /* from 1, as GLPK wants */
        double *value;
        int64_t constant, step; /* the tier is constant + the sum, in steps of step */
};

/* What to build: NULL means everything. */
struct scope {
        const bool *section, *student;
};

struct formulation {
        const struct problem *pb;
        struct scope scope;
        struct arena *arena;
        glp_prob *lp;
        bool named; /* give rows and columns names */
        int n_groups;
        struct group *groups;
        struct part *parts;   /* [n_sections] */
        struct ints *seekers; /* [n_courses] requests that could be met, in scope */
        int *rank_in_course;  /* [n_requests] place among the seekers of its course, or -1 */
        int *bound_to;        /* [n_requests] section a lock names, or -1 */
        bool refuted;         /* a lock asks for what cannot be */
        int n_kinds;
        char *kind; /* [columns + 1] enum column_kind */
        struct sum row, aim;
        int *row_columns; /* the row that is being closed, from 1 */
        double *row_values;
        int64_t aim_constant, aim_step;
        struct goal goals[N_TIERS];
        int *family_rows; /* rows of each family */
};

/* What only counts, without building: about how many columns the whole program would have. */
int64_t formulation_size(const struct problem *pb);

/* new and free know no GLPK and belong outside of glpk_guard(); build, use and close go inside. */
struct formulation *formulation_new(const struct problem *pb, struct scope scope, bool named);
void formulation_build(struct formulation *f);
void formulation_close(struct formulation *f);
void formulation_free(struct formulation *f);
/* Add the columns and rows of a tier's goal; the objective is left alone. */
const struct goal *formulation_goal(struct formulation *f, enum tier t);
void formulation_aim(
        struct formulation *f, enum tier t); /* make it the objective, to be minimised */
/* goal <= value, as a new row; its number. */
int formulation_cap(struct formulation *f, enum tier t, int64_t value);
void formulation_recap(
        struct formulation *f, enum tier t, int row, int64_t value); /* another value */
/* The schedule that the columns' values (from glp_mip_col_val and its like) stand for. */
void formulation_read(
        const struct formulation *f, double (*value)(glp_prob *, int), struct schedule *sc);

struct family {
        const char *code, *name;
        void (*build)(struct formulation *f);
};
extern const struct family families[];
extern const int n_families;
struct goal_family {
        const char *code, *name;
        enum tier tier;
        void (*build)(struct formulation *f);
};
extern const struct goal_family goal_families[]; /* by tier */

/* Columns. */
void columns_build(struct formulation *f);
int column_new(struct formulation *f, enum column_kind kind, double low, double high,
        const char *fmt, ...) __attribute__((format(printf, 5, 6)));
int z_of(const struct formulation *f, int g, int t, int j); /* t by its number */
int o_of(const struct formulation *f, int s, int t, int j);
int q_of(const struct formulation *f, int s, int cohort);
int v_of(const struct formulation *f, int i, int s, int j);
int crew_find(const struct group *gr, int t); /* place of teacher t, or -1 */
static inline bool slot_takes(const struct slot *sl, int cell)
{
        return sl->cells >> cell & 1;
}

static inline bool in_scope(const struct formulation *f, int student)
{
        return !f->scope.student || f->scope.student[student];
}

/* Rows: collect with row_add*, then close with one of the others; one that cannot be broken is not
 * kept. */
void row_drop(struct formulation *f); /* forget what was collected */
void row_add(struct formulation *f, int column, double coefficient);
void row_add_y(struct formulation *f, int s, double coefficient);        /* y[s] */
void row_add_u(struct formulation *f, int i, int s, double coefficient); /* u[i,s] */
void row_add_m(struct formulation *f, int i, double coefficient);        /* m[i] */
void row_add_busy(struct formulation *f, int t, int cell, double coefficient);
void row_at_most(struct formulation *f, double bound, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
void row_at_least(struct formulation *f, double bound, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
void row_equal(struct formulation *f, double bound, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
void aim_add(struct formulation *f, int column, double coefficient);
void aim_add_m(struct formulation *f, int i, double coefficient);
/* The goal comes in multiples of the common divisor of all amounts named; 1 if none is. */
void aim_step(struct formulation *f, int64_t amount);
void aim_add_y(struct formulation *f, int s, double coefficient);

/* The families, by file. */
void start_once(struct formulation *f); /* con_section.c */
void stack_together(struct formulation *f);
void teacher_each(struct formulation *f);
void room_each(struct formulation *f);
void co_teacher_each(struct formulation *f);
void room_once(struct formulation *f);
void teacher_once(struct formulation *f); /* con_teacher.c */
void load(struct formulation *f);
void preps(struct formulation *f);
void consecutive(struct formulation *f);
void contacts(struct formulation *f);
void seat_start(struct formulation *f); /* con_student.c */
void seat_once(struct formulation *f);
void student_once(struct formulation *f);
void seats(struct formulation *f);
void size_min(struct formulation *f);
void alternates(struct formulation *f);
void reserve(struct formulation *f); /* con_cohort.c */
void purity(struct formulation *f);
void strands(struct formulation *f);
void separate(struct formulation *f); /* con_rule.c */
void same_period(struct formulation *f);
void adjacent(struct formulation *f);
void same_teacher(struct formulation *f);
void same_students(struct formulation *f); /* con_seat_rule.c */
void before(struct formulation *f);
void needs(struct formulation *f);
void limit(struct formulation *f);
void apart(struct formulation *f);
void avoid(struct formulation *f);
void free_periods(struct formulation *f);
void order(struct formulation *f); /* con_symmetry.c */
void period_order(struct formulation *f);
void term_order(struct formulation *f);

/* What requirement q still asks of student k this year, in 1 / year_unit; at most 0: nothing. */
int64_t requirement_need(const struct problem *pb, int k, int q);
bool requirement_counts(const struct problem *pb, int q, int course);

/* The goals, by tier. */
void goal_cte_unmet(struct formulation *f); /* tiers.c */
void goal_cte_unplaced(struct formulation *f);
void goal_cohort_breaks(struct formulation *f);
void goal_requirement_shortfall(struct formulation *f);
void goal_required_unmet(struct formulation *f);
void goal_empty_periods(struct formulation *f);
void goal_request_loss(struct formulation *f);
void goal_uneven(struct formulation *f);
void goal_unplaced(struct formulation *f);
void goal_planning_missed(struct formulation *f);
void goal_imbalance(struct formulation *f); /* tiers_lower.c */
void goal_extra_sections(struct formulation *f);
void goal_away(struct formulation *f);
void goal_moved(struct formulation *f);

#endif
