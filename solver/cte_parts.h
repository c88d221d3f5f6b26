/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the CTE stage share: sets and columns of its program, (P1).. of FORMULATION.md.
 *
 * A SORT is a set of units of the scope that nothing but their number tells apart. A LANE is the
 * sections of one course in a sort: one lane, or one for each course of a stack. A CLASS is a set
 * of students whom their CTE requests do not tell apart. All numbers of sections and seats are
 * totals over a sort, a lane, a class.
 */
#ifndef SOLVER_CTE_PARTS_H
#define SOLVER_CTE_PARTS_H

#include "solver/cte.h"
#include "solver/formulation.h"
#include <string.h>

/* Room for one more element in the array a of the arena. */
#define ARENA_GROW(arena, a, n, cap)                                                               \
        do {                                                                                       \
                if ((n) >= (cap)) {                                                                \
                        const void *old_ = (a);                                                    \
                        (cap) = (cap) ? (cap)*2 : 16;                                              \
                        (a) = arena_array((arena), (size_t)(cap), sizeof *(a));                    \
                        if (n)                                                                     \
                                memcpy((a), old_, (size_t)(n) * sizeof *(a));                      \
                }                                                                                  \
        } while (0)

struct sort {
        const struct unit *unit; /* the first of them */
        int n, *units;
        bool tied;          /* a rule or a lock looks at its number */
        bool co_taught;     /* one section a unit, with a co-teacher */
        int least_required; /* of n that locks want placed */
        int n_slots;
        struct slot *slots;
        struct ints teachers, co_teachers;
        struct ints crews, co_crews;
        int n_rooms, *rooms; /* room sets */
        bool ample;          /* there is always one: no columns for rooms */
        int first_lane, n_lanes;
        int *Y;     /* [n_slots] */
        int *z, *o; /* [crews.n * n_slots], [co_crews.n * n_slots] */
        int *w;     /* [n_rooms * n_slots] */
};

struct crew { /* teachers who can do the same at the same times */
        struct ints teachers;
        cellset free;
};

struct lane {
        int sort, course, place; /* place in unit.sections */
        int n_cohorts, *cohorts; /* it may be reserved for, NONE among them */
        int *N;                  /* [n_cohorts * n_slots] sections */
        int *fill;               /* [n_cohorts] seats of others */
        struct ints *seats;      /* [n_cohorts * n_slots] into cte.seats */
};

struct room_set { /* rooms alike in type, capacity and availability */
        struct ints rooms;
        int capacity;
        cellset available;
};

struct wish { /* a CTE request of every student of a class */
        int course, max_section;
        int locked;   /* section or NONE */
        bool counted; /* met outside of a reservation it is a cohort break */
        int unmet;    /* column */
        struct ints seats;
};

struct pack { /* a class */
        int n, *students;
        int pathway, cohort;
        cellset free;
        int n_wishes;
        struct wish *wishes;
        uint64_t hash;
};

struct seat { /* students of a pack who sit in a lane's sections of one reservation and slot */
        int pack, wish, lane, cohort,
                slot; /* cohort, slot: places in the lane's and sort's lists */
        int column;
        bool breaks;
};

/* Everything is in the arena, so that nothing is lost when GLPK gives up inside; but these. */
struct made {
        int n;
        struct formulation *v[12];
};

struct row_hashes {
        int n;
        uint64_t v[2 * MAX_CELLS];
};

struct cte {
        const struct frame *frame;
        const struct problem *pb;
        struct arena *arena;
        struct made *made;
        struct meter *meter;
        bool plan;    /* with what stands around and wishes of its own; else a relaxation of all */
        bool breaks;  /* members may sit outside of reservations, and be left without a seat */
        bool by_name; /* every teacher is a crew */
        bool too_large;
        const struct schedule *around; /* strict: sections outside of the scope that stand */
        cellset *teacher_busy, *room_busy, *student_busy; /* by them */
        struct formulation *f;
        int n_sorts, n_lanes, n_crews, n_room_sets, n_packs, n_seats, cap_seats;
        struct sort *sorts;
        struct crew *crews;
        int *crew_of; /* [n_teachers] or NONE */
        struct lane *lanes;
        struct room_set *room_sets;
        struct pack *packs;
        struct seat *seats;
        struct ints *lanes_of; /* [n_courses] */
        int *others;           /* [n_courses] requests that are no CTE requests of a pack */
        int *missing;          /* [n_courses] column: sections below those asked for */
        int64_t never;         /* CTE requests that no seat can meet */
        double *value;         /* of the columns, in the solution found */
        int nobody;            /* sections that no teacher was found for */
        int left;              /* students without a pattern */
};

/* A new empty program to minimise, which the stage frees at its end. */
struct formulation *cte_program(struct cte *c);

/* cte_scope.c */
void cte_sorts(struct cte *c);
void cte_packs(struct cte *c);
bool cte_serves(const struct problem *pb, int cohort, int own);

/* cte_program.c, cte_staff.c: columns and rows of the relaxation */
void cte_columns(struct cte *c);
void cte_rows(struct cte *c);
void cte_staff_rows(struct cte *c);
void cte_rule_rows(struct cte *c);
void cte_add_busy(struct cte *c, int crew, cellset cells); /* to a row: at work in these cells */
/* Does the row that is being collected equal one since the last call with a new list of hashes? */
bool cte_row_seen(const struct cte *c, struct row_hashes *seen);

/* cte_wishes.c: what a good plan leaves to the rest of the school, as a soft objective */
void cte_soft(struct cte *c);

/*
 * cte_dive.c: a solution, integral in starts, reservations, crews and rooms, and no more than slack
 * above the relaxation if that can be found quickly. False: none.
 */
bool cte_dive(struct cte *c, double slack);

/* cte_bound.c: bounds of tiers 1-3, by relaxation */
void cte_bounds(struct cte *c, struct bound *b);

/* cte_assign.c: teachers by name for the sections that the plan places */
void cte_assign(struct cte *c, struct schedule *sc);

/* cte_seats.c: sections and students by name */
bool cte_realize(struct cte *c, struct schedule *sc);

#endif
