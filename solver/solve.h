/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conductor: stages in order, and why it stopped. The solver prints nothing; see struct event. */
#ifndef SOLVER_SOLVE_H
#define SOLVER_SOLVE_H

#include "model/finding.h"
#include "model/schedule.h"
#include "solver/options.h"
#include <signal.h>

struct event {
        const char *stage;              /* "reduce", "place", "search", "load", "prove", "polish" */
        double seconds;                 /* since `begin` */
        const struct score *best;       /* NULL while there is none */
        const struct bound *bound;      /* NULL while there is none */
        int64_t steps;
};

struct control {
        double begin;                   /* clock_now() when reading began */
        const volatile sig_atomic_t *stop;      /* set by a signal: end within a second or two */
        void (*progress)(void *context, const struct event *event);     /* may be NULL */
        void *context;
        bool hurry; /* give up where `from` keeps not all locks once it is taken over */
};

enum ended { ENDED_OPTIMAL, ENDED_TIME, ENDED_WORK, ENDED_STOPPED, ENDED_DONE };

struct solution {
        struct arena *arena;            /* of the reasons */
        struct schedule *schedule;
        struct score score;
        struct bound bound;
        enum status status;             /* interrupted: by a signal */
        enum ended ended;
        double seconds;
        struct reason *unmet;           /* [n_requests], set for primary requests not met */
        struct reason *unplaced;        /* [n_sections], set for those in the answer's unplaced list */
};

/*
 * Solve; start from `from` if not NULL. False only when locks and hard rules clash (ERROR_CLASH
 * with a minimal set) or the system fails. solution_release() what it filled.
 */
bool solve(const struct problem *pb, const struct options *o, const struct control *control,
        const struct schedule *from, struct solution *out, struct report *rp);
void solution_release(struct solution *s);

#endif
