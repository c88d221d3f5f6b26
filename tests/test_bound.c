/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/bound.h"
#include "tests/brute.h"
#include "tests/support_text.h"
#include "tests/tiny_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SAMPLE = 90, FULL = 900, JUDGED = 40000, SECONDS = 60 };

static bool full(void)
{
        const char *all = getenv("MSCHED_FULL");

        return all && *all;
}

static struct bound bounds_of(const struct problem *pb, const struct score *score)
{
        struct frame *f = frame_new(pb);
        struct bound b;
        struct meter m;

        meter_init(&m, clock_now(), SECONDS, 0, NULL);
        bound_by_counting(pb, &b);
        bound_improve(f, &m, NULL, &b);
        if (score)
                bound_improve(f, &m, score, &b);
        frame_free(f);
        return b;
}

static void put_first(struct problem *pb, enum tier t)
{
        int at = 0;

        while (pb->order[at] != t)
                at++;
        memmove(pb->order + 1, pb->order, (size_t)at * sizeof *pb->order);
        pb->order[0] = t;
}

static void hold(uint64_t seed, const char *what, const struct bound *b, const struct score *best,
        enum tier t)
{
        if (b->known[t] && b->tier[t] > best->tier[t])
                fail_msg("seed %llu: %s bound %lld of %s, but %lld exists",
                        (unsigned long long)seed, what, (long long)b->tier[t], tier_name(t),
                        (long long)best->tier[t]);
}

/* Every tier by itself, then all in order; how many bounds were not trivial. False: too large. */
static bool never_beaten(uint64_t seed, int *raised)
{
        struct problem *pb = tiny_school(seed, tiny_features(seed));
        const struct brute all = brute_solve(pb, JUDGED);

        if (!all.too_many && all.found) {
                const struct bound plain = bounds_of(pb, NULL), told = bounds_of(pb, &all.best);
                struct bound counted;

                bound_by_counting(pb, &counted);
                for (int t = 0; t < N_TIERS; t++) {
                        hold(seed, "conditional", &told, &all.best, (enum tier)t);
                        hold(seed, "unconditional", &plain, &all.best, (enum tier)t);
                        if (!plain.tier[t])
                                continue;
                        enum tier order[N_TIERS];
                        memcpy(order, pb->order, sizeof order);
                        put_first(pb, (enum tier)t);
                        const struct brute one = brute_solve(pb, JUDGED);
                        memcpy(pb->order, order, sizeof order);
                        hold(seed, "unconditional", &plain, &one.best, (enum tier)t);
                        *raised += told.tier[t] > counted.tier[t];
                }
        }
        problem_free(pb);
        return !all.too_many;
}

static void no_bound_is_ever_beaten(void **state)
{
        int compared = 0, raised = 0;

        (void)state;
        for (uint64_t seed = 0; seed < (full() ? FULL : SAMPLE); seed++)
                compared += never_beaten(seed, &raised);
        print_message("# %d schools compared, %d bounds above counting\n", compared, raised);
        assert_in_range(compared, full() ? 500 : 50, FULL);
        assert_in_range(raised, 1, 100000);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(no_bound_is_ever_beaten),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
