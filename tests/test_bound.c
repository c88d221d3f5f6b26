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

static const char triangle[] = "msched: 1\n"
                               "bell: {periods: 2}\n"
                               "teachers:\n"
                               "  - {id: t1}\n"
                               "  - {id: t2}\n"
                               "  - {id: t3}\n"
                               "courses:\n"
                               "  - {id: A, sections: 1}\n"
                               "  - {id: B, sections: 1}\n"
                               "  - {id: C, sections: 1}\n"
                               "students:\n"
                               "  - {id: x, grade: 9}\n"
                               "  - {id: y, grade: 9}\n"
                               "  - {id: z, grade: 9}\n"
                               "requests:\n"
                               "  - {student: x, course: A, kind: required}\n"
                               "  - {student: x, course: B, kind: required}\n"
                               "  - {student: y, course: B, kind: required}\n"
                               "  - {student: y, course: C, kind: required}\n"
                               "  - {student: z, course: C, kind: required}\n"
                               "  - {student: z, course: A, kind: required}\n";

static void expect(const char *text, enum tier t, int64_t least)
{
        struct problem *pb = text_school(text);
        const struct bound b = bounds_of(pb, NULL);

        assert_int_equal(b.tier[t], least);
        problem_free(pb);
}

static void three_courses_that_meet_pairwise_do_not_fit_two_periods(void **state)
{
        char *roomy = text_edit(triangle, "periods: 2", "periods: 3");

        (void)state;
        expect(triangle, REQUIRED_UNMET, 1);
        expect(triangle, REQUEST_LOSS, 4);
        expect(roomy, REQUIRED_UNMET, 0);
        mem_free(roomy);
}

/* Each wants the third course as an alternate: who loses one of two takes it, unless it is lost,
 * too. */
static void alternates_stand_in_where_they_can_be_met(void **state)
{
        char *more = text_edit(triangle, "requests:\n",
                "requests:\n"
                "  - {student: x, course: C, kind: alternate}\n"
                "  - {student: y, course: A, kind: alternate}\n"
                "  - {student: z, course: B, kind: alternate}\n");
        char *full = text_edit(more, "teachers:\n", "contract: {full_day: {9: 2}}\nteachers:\n");
        char *stuck =
                text_edit(full, "{id: A, sections: 1}", "{id: A, sections: 1, at: {periods: [1]}}");
        char *shut = text_edit(
                stuck, "{id: C, sections: 1}", "{id: C, sections: 1, at: {periods: [1]}}");
        char *all =
                text_edit(shut, "{id: B, sections: 1}", "{id: B, sections: 1, at: {periods: [1]}}");
        const char *const texts[] = {more, full, stuck, shut, all};

        (void)state;
        for (int n = 0; n < 5; n++) {
                struct problem *pb = text_school(texts[n]);
                const struct bound b = bounds_of(pb, NULL);
                enum tier order[N_TIERS];

                memcpy(order, pb->order, sizeof order);
                for (int t = 0; t < N_TIERS; t++) {
                        memcpy(pb->order, order, sizeof order);
                        put_first(pb, (enum tier)t);
                        const struct brute one = brute_solve(pb, 100 * JUDGED);
                        assert_false(one.too_many);
                        hold((uint64_t)n, "unconditional", &b, &one.best, (enum tier)t);
                }
                problem_free(pb);
        }
        expect(full, REQUEST_LOSS, 1);
        expect(full, EMPTY_PERIODS, 0);
        expect(all, REQUEST_LOSS, 12);
        expect(all, EMPTY_PERIODS, 3);
        mem_free(more);
        mem_free(full);
        mem_free(stuck);
        mem_free(shut);
        mem_free(all);
}

static void one_teacher_runs_no_more_sections_than_he_has_periods(void **state)
{
        char *less = text_edit(triangle, "  - {id: t2}\n  - {id: t3}\n", "");

        (void)state;
        expect(less, UNPLACED, 2); /* his load leaves a period free */
        expect(less, REQUIRED_UNMET, 4);
        mem_free(less);
}

static void nobody_is_in_two_places(void **state)
{
        char *text = text_edit(
                triangle, "{id: B, sections: 1}", "{id: B, sections: 1, at: {periods: [1]}}");
        char *both =
                text_edit(text, "{id: A, sections: 1}", "{id: A, sections: 1, at: {periods: [1]}}");

        (void)state;
        expect(both, REQUIRED_UNMET, 1);
        mem_free(text);
        mem_free(both);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(three_courses_that_meet_pairwise_do_not_fit_two_periods),
                cmocka_unit_test(alternates_stand_in_where_they_can_be_met),
                cmocka_unit_test(one_teacher_runs_no_more_sections_than_he_has_periods),
                cmocka_unit_test(nobody_is_in_two_places),
                cmocka_unit_test(no_bound_is_ever_beaten),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
