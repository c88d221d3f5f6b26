/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The search's schedule under change: placement of units, seats of students, and the score of both,
 * kept up to date by a handful of primitives, each of which can be taken back.
 *
 * Every hard rule holds at all times but three, which are priced instead and are zero in any
 * schedule that leaves the search: minimum sizes (H9), purity (H7) and, while `soft`, seats (H4).
 * A unit changes place only while it is empty. One state belongs to one thread.
 */
#ifndef SOLVER_STATE_H
#define SOLVER_STATE_H

#include "model/schedule.h"
#include "solver/frame.h"
#include "solver/meter.h"
#include "solver/prices.h"

struct strand { /* members of a cohort in one reserved section who take another listed course */
        int section, count; /* all sit in this section of it */
};

struct undo {
        enum { UNDO_UNIT, UNDO_CO, UNDO_COHORT, UNDO_SEAT, UNDO_COST, UNDO_IMBALANCE } what;
        int a, b, c, d;
};

struct set {            /* of small integers, O(1) add, drop and draw */
        int n, *v, *at; /* at[x]: its place, or -1 */
};

struct state {
        const struct frame *f;
        const struct problem *pb;
        struct meter *meter;
        uint64_t rng;

        int *start, *teacher, *room; /* [n_units] start cell, -1: unplaced */
        int *co, *cohort;            /* [n_sections] */
        int *seat, *slot;            /* [n_requests] section; place in its list */
        int *list, *list_at;         /* requests seated in section s: list[list_at[s] ...] */
        int *enrol, *members, *unit_enrol;
        int *seats; /* [n_sections] of a placed section: its size max, the room's capacity if that
                       is less */
        bool has_contacts; /* some teacher has a limit on them */
        cellset *teacher_busy, *teacher_load, *room_busy, *student_busy, *student_block;
        int *student_cell; /* [n_students * n_cells] section, stale where the student is free */
        int *teacher_cell, *room_cell;      /* [person or room * n_cells] unit, -1 */
        int *contacts;                      /* [n_teachers * n_terms] */
        int *separate_total, *separate_own; /* [n_separate * n_cells], [.. * n_courses] */
        int *flag_count;                    /* [n_sections * n_flag_rules] */
        struct strand *strand;              /* [n_sections * strand_width] */
        int *placed;                        /* [n_courses] sections */
        int64_t *imbalance;                 /* [n_courses] */
        int64_t *planning;                  /* [n_pathways] missed */

        struct prices price;
        bool no_alternates; /* while hot: what an alternate gives back would hide what is missing */
        struct score score;
        int64_t least_missing, purity_missing;
        int64_t over;       /* students in sections beyond their seats */
        bool soft;          /* seats may be exceeded and purity broken by outsiders, at a price */
        struct set crowded; /* sections with more students than seats */
        int64_t locks_missing; /* locked units not placed, locked seats not taken */
        int64_t energy;
        struct student_cost *cost; /* [n_students], as of the last settling */
        int64_t *floor;            /* [n_students] energy of frame.floor at these prices */
        struct set unsatisfied;    /* students whose energy is above their floor */
        struct set
                urgent; /* students with a CTE request unmet or a cohort break, below their floor */
        struct set unplaced;      /* units below what is asked for */
        struct set dirty_courses; /* whose imbalance is stale */

        struct undo *trail;
        int n_trail, cap_trail;
        struct student_cost *saved_cost;
        int64_t *saved_imbalance;
        int n_saved_cost, cap_saved_cost, n_saved_imbalance, cap_saved_imbalance;

        int *course_request_at, *course_requests; /* requests by course */
        struct reseat *reseat;                    /* scratch of reseat.c */
        struct change *change;                    /* scratch of put.c */
};

struct state *state_new(
        const struct frame *f, uint64_t seed, struct meter *meter); /* empty schedule */
void state_free(struct state *st);
void state_load(
        struct state *st, const struct schedule *sc); /* sc: valid but for the two priced rules */
void state_save(const struct state *st, struct schedule *sc);

/* Other prices: energies are counted anew. Nothing before it can be taken back. */
void state_reprice(struct state *st, const struct prices *p);

/* Primitives. Each can be taken back by state_undo to an earlier mark. */
int state_mark(const struct state *st);
void state_undo(struct state *st, int mark);
void state_forget(struct state *st); /* accept: nothing before now is taken back */

void unit_set(struct state *st, int unit, int start, int teacher,
        int room); /* start -1: unplaced; students keep their seats only if start stays */
void co_set(struct state *st, int section,
        int co_teacher); /* of a placed or an unplaced unit; -1: none */
void cohort_set(struct state *st, int section, int cohort); /* of an empty section */
void seat_set(struct state *st, int request, int section);  /* -1: none */
void settle(struct state *st, int student); /* recount the student's part of the score */
void settle_courses(struct state *st);      /* recount imbalance where it is stale */

/* Questions. */
static inline int section_start(const struct state *st, int s)
{
        return st->f->unit_of[s] < 0 ? NONE : st->start[st->f->unit_of[s]];
}
static inline const struct course *section_course(const struct state *st, int s)
{
        return &st->pb->courses[st->pb->section_course[s]];
}
static inline cellset section_cells(const struct state *st, int s)
{
        int start = section_start(st, s);
        return start < 0 ? 0 : section_course(st, s)->start_cells[start];
}
bool seat_left(const struct state *st, int s);
/* What the student's sitting there adds to the price of seats, minimum and purity. */
int64_t seat_toll(const struct state *st, int request, int s);
int seat_excess(
        const struct state *st, int s, int more); /* students of s, and `more`, beyond its seats */
bool seat_pure(const struct state *st, int student, int s);
/* H7 stays so with him, members as they are */ /* H4 */
/* May the request's student sit in placed section s as far as s itself goes, time and seats apart?
 */
bool seat_open(const struct state *st, int request, int s);
/* The same with strands (H7) apart, and those for two seats of one student, who may think of
 * leaving what he has. */
bool seat_open_but_strands(const struct state *st, int request, int s);
bool in_strands(const struct state *st, int request,
        int s); /* s is reserved, with strands, for the student's cohort */
bool strand_pair_holds(const struct state *st, int request1, int s1, int request2, int s2);
/* Does it fit beside what the student has? */
bool seat_fits(const struct state *st, int request, int s);
/* Do before, same_students and free rules of the student hold if request r sat in s, others as they
 * are? */
bool seat_rules_hold(const struct state *st, int request, int s);

/* The two parts of it, for seats that are only thought of (section or -1 each; cells with class).
 */
bool seat_pair_holds(const struct state *st, const struct seat_pair *p, int first, int second);
bool student_free_holds(const struct state *st, int student, cellset busy);

/* Could the person take the unit's cells from start, beside what he has (H1, H2, H3, free;
 * credentials apart)? */
bool person_free(const struct state *st, int teacher, int unit, int start);
/* His `free` rules, if he teaches in these cells. */
bool teacher_free_holds(const struct state *st, int teacher, cellset busy);
/* What a teacher has beside the unit that is asked about. */
struct taught {
        cellset busy, load;
        const int *at; /* [n_cells] the unit there, where load has the cell */
};

/* Could the teacher have the unit in these cells, too, as far as his limits go? */
bool teacher_limits_hold(
        const struct state *st, int teacher, int unit, cellset cells, const struct taught *has);
bool person_limits_hold(const struct state *st, int teacher, int unit, int start);
/* Common planning periods that the pathway's team lacks, over the terms, who is busy when;
 * [n_teachers]. */
int64_t planning_lacks(const struct problem *pb, int pathway, const cellset *busy);
bool separate_holds(const struct state *st, int unit, int start);
bool teacher_suits(
        const struct state *st, int teacher, int unit); /* needs, avoid, contacts of those seated */

/* Would the request, met in section s, be a cohort break; a seat that moved since `previous`? */
bool breaks_cohort(const struct state *st, int request, int s);
bool seat_moved(const struct state *st, int request, int s);
/* Periods without class below what the student is owed, for these cells with class. */
int64_t empty_of(const struct problem *pb, int student, cellset busy);

uint64_t state_random(struct state *st);
static inline int draw(struct state *st, int n) /* 0 .. n - 1 */
{
        return (int)((state_random(st) >> 33) * (uint64_t)n >> 31);
}
void set_add(struct set *set, int x);
void set_drop(struct set *set, int x);
/* A student who lacks something, half of the time one who lacks it in the first tiers; -1: nobody
 * does. */
int draw_unsatisfied(struct state *st);

#endif
