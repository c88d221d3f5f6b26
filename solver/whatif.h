/* SPDX-License-Identifier: GPL-3.0-or-later */
/* (problem, incumbent, edits, work limit) -> schedule: what a change of the school would bring. */
#ifndef SOLVER_WHATIF_H
#define SOLVER_WHATIF_H

#include "model/edit.h"
#include "model/freeze.h"
#include "solver/solve.h"

struct whatif {
        struct problem *pb;     /* the edited school, with the locks of what is frozen */
        struct problem *edited; /* what pb shares texts with, or NULL */
        struct solution solution;
};

/*
 * Solve the edited school from the schedule of sc, as `solve --from --freeze --work-limit` does:
 * the same edits, seed and limit give the same schedule. frozen: bits of enum freeze, 0: nothing.
 * False where the edits do not make a school or what they ask for clashes. sc and its problem must
 * outlive it; whatif_release() in any case.
 */
bool whatif_solve(const struct schedule *sc, const struct edit *v, int n, unsigned frozen,
        double work, const volatile sig_atomic_t *stop, struct whatif *out);
/* The same with options of one's own, for a school that was edited already, which out owns from
 * then on, and a schedule of it. */
bool whatif_solve_from(struct problem *edited, const struct schedule *from, const struct options *o,
        const volatile sig_atomic_t *stop, struct whatif *out);
void whatif_release(struct whatif *w);

/* ---- trying a change by hand, without a search: the parts of explain and price ---- */

struct bench {
        struct problem *pb; /* the edited school */
        struct frame *frame;
        struct meter *meter;
        struct state *state;
        struct schedule *now; /* what the state was loaded with, its seats and places */
        struct score score;   /* of it */
        uint64_t rng;         /* the state's, when it was opened */
};

/* The edited school with the schedule loaded. False where the edits do not make a school. */
bool bench_open(struct bench *b, const struct schedule *sc, const struct edit *v, int n);
void bench_close(struct bench *b);
/* Draw lots as a bench just opened does, so that what is tried next depends on nothing before. */
void bench_restart(struct bench *b);
/* The section of the edited school that is number k of the course, or -1. */
int bench_section(const struct bench *b, int course, int k);

#endif
