/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Schedules of changed schools against those of the school as it is: what is proven better, what is
 * only found better, and what is noise.
 *
 * A run is one schedule; several runs of one scenario differ in their seed alone. The bounds of a
 * run hold for any schedule down to and including the first tier whose score exceeds its bound: as
 * a vector of that length they are a floor of its scenario, and a score of another scenario that
 * lies below it, compared from the top, is proven better.
 *
 * A tier counts what is missing of what the school asks for. A scenario that asks for one section
 * more may miss one more and be no worse for it: where the schools ask for different numbers, the
 * tier is passed over, and nothing is proven by those behind it.
 */
#ifndef MODEL_COMPARISON_H
#define MODEL_COMPARISON_H

#include "model/measure.h"
#include "model/schedule.h"

struct run {
        int seed;
        double score[N_TIERS], bound[N_TIERS]; /* in years where the tier counts years */
        bool bound_given[N_TIERS];
        double seconds;
        int status;               /* enum status, or UNKNOWN */
        const struct problem *pb; /* not owned */
        const struct schedule *sc;
};

struct runs { /* of one scenario */
        int n;
        const struct run *v;
};

/* How much the school asks for of what the tier counts; 0 where nothing is asked for. */
double tier_asked(const struct problem *pb, enum tier t);

/* Negative, 0, positive as a is better than, equal to, worse than b, from the top of the order. */
int run_compare(const enum tier *order, const struct run *a, const struct run *b);
int runs_best(const struct runs *runs);

enum standing {
        STANDS_APART, /* not comparable: other students, requests or priorities */
        STANDS_EQUAL, /* the same score; proven the best of both if `proven` */
        STANDS_NOISE, /* seeds differ more than scenarios do */
        STANDS_BETTER,
        STANDS_WORSE,
};

struct comparison {
        enum standing standing;
        bool proven;
        bool few;             /* found with a single seed on one side: may be noise */
        bool passed[N_TIERS]; /* the schools ask for different numbers there */
        int tier;             /* the first of the others in which the best runs differ, or -1 */
        int gain, lose, same; /* students with more, fewer, as many primary requests met */
};

/* The scenario's runs against those of the base. */
void compare_runs(const struct runs *base, const struct runs *other, struct comparison *c);

/*
 * For each student of the base's best run by how many primary requests more (negative: fewer) the
 * other's best meets; 0 for one who is not there. [n_students], mem_free() it.
 */
int *compare_students(const struct run *base, const struct run *other);

/* What a schedule takes of staff and space. */
struct usage {
        int sections;
        int teachers;                    /* with a section */
        double fte;                      /* periods taught, by the contract's load in each term */
        int rooms;                       /* with a section */
        int room_cells, room_cells_open; /* used; available, of the rooms used */
        int planning, planning_asked;    /* common planning periods there are, of those asked for */
};
void measure_usage(const struct schedule *sc, struct usage *u);

#endif
