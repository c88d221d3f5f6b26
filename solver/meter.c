/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/meter.h"
#include <time.h>

enum { CALLS_PER_LOOK = 32 };      /* a look at the clock costs about 25 ns */
static const double FOREVER = 1e9; /* seconds */

double clock_now(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void meter_init(struct meter *m, double begin, double seconds, int64_t steps,
        const volatile sig_atomic_t *stop)
{
        *m = (struct meter){.begin = begin,
                .deadline = seconds > 0 ? begin + seconds : 0,
                .limit = steps,
                .stop = stop};
}

/*
 * Under a step limit the part keeps the whole deadline: were it to end by a share of the clock, the
 * result would depend on the machine.
 */
struct meter meter_part(const struct meter *m, double share)
{
        struct meter part = {.begin = clock_now(), .deadline = m->deadline, .stop = m->stop};

        part.over = m->over;
        if (m->limit > 0) {
                part.limit = (int64_t)((double)meter_steps_left(m) * share);
                if (part.limit <= 0) {
                        part.limit = 1;
                        part.over = true;
                }
        } else if (m->deadline > 0) {
                part.deadline = part.begin + meter_seconds_left(m) * share;
        }
        return part;
}

void meter_join(struct meter *m, const struct meter *part)
{
        m->steps += part->steps;
        meter_over(m);
}

bool meter_spend(struct meter *m, int64_t steps)
{
        m->steps += steps;
        if (m->over)
                return false;
        if (m->limit > 0 && m->steps >= m->limit)
                m->over = true;
        else if (m->stop && *m->stop)
                m->over = true;
        else if (++m->checks % CALLS_PER_LOOK == 0)
                meter_over(m);
        m->checks %= CALLS_PER_LOOK;
        return !m->over;
}

bool meter_over(struct meter *m)
{
        if (m->limit > 0 && m->steps >= m->limit)
                m->over = true;
        if (m->stop && *m->stop)
                m->over = true;
        if (m->deadline > 0 && clock_now() >= m->deadline)
                m->over = true;
        return m->over;
}

double meter_fraction(const struct meter *m)
{
        double used = 0;

        if (m->limit > 0)
                used = (double)m->steps / (double)m->limit;
        else if (m->deadline > m->begin)
                used = (clock_now() - m->begin) / (m->deadline - m->begin);
        else if (m->deadline > 0)
                used = 1;
        return used < 1 ? used : 1;
}

double meter_seconds_left(const struct meter *m)
{
        if (m->deadline <= 0)
                return FOREVER;
        double left = m->deadline - clock_now();
        return left > 0 ? left : 0;
}

int64_t meter_steps_left(const struct meter *m)
{
        if (m->limit <= 0)
                return INT64_MAX;
        return m->steps < m->limit ? m->limit - m->steps : 0;
}
