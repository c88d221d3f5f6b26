/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When to stop: a clock, a count of elementary steps and a flag that a signal sets.
 *
 * Under a work limit only the steps decide how far the search has come (meter_fraction), so that
 * the result does not depend on the machine; the clock and the flag then only end the run. Each
 * stream owns a meter of its own.
 */
#ifndef SOLVER_METER_H
#define SOLVER_METER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct meter {
        double begin, deadline;         /* seconds on the monotonic clock; deadline 0: none */
        int64_t steps, limit;           /* limit 0: none */
        const volatile sig_atomic_t *stop;      /* NULL: no signals */
        int checks;
        bool over;
};

double clock_now(void);
void meter_init(struct meter *m, double begin, double seconds, int64_t steps,
        const volatile sig_atomic_t *stop);
/* A meter with a share of what m has left, for one stage; m is told by meter_join(). */
struct meter meter_part(const struct meter *m, double share);
void meter_join(struct meter *m, const struct meter *part);

/* Count steps; true while there is something left. Looks at the clock once in a while. */
bool meter_spend(struct meter *m, int64_t steps);
bool meter_over(struct meter *m);               /* looks at the clock now */
double meter_fraction(const struct meter *m);   /* 0..1: how much is used up, by steps if limited, else by time */
double meter_seconds_left(const struct meter *m);       /* large where there is no deadline */
int64_t meter_steps_left(const struct meter *m);        /* INT64_MAX where there is no limit */

#endif
