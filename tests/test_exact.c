/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/verify.h"
#include "solver/exact.h"
#include "solver/glpk_guard.h"
#include "tests/brute.h"
#include "tests/support_text.h"
#include "tests/tiny_school.h"

#include <glpk.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SAMPLE = 2 * N_TINY, FULL = 900, JUDGED = 40000, SECONDS = 60 };

static bool full(void)
{
        const char *all = getenv("MSCHED_FULL");

        return all && *all;
}

struct solved {
        bool holds, proven;
        struct score score;
        struct bound bound;
};

static struct score score_of(const struct schedule *sc)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);
        const struct score score = v->score;

        if (v->n_faults)
                fail_msg("not a valid schedule: %s", v->faults[0].text);
        verdict_free(v);
        answer_free(an);
        return score;
}

static struct solved solved(const struct problem *pb)
{
        struct meter m;
        struct report *rp = report_new();
        struct schedule *sc = schedule_new(pb);
        struct solved out = {0};

        meter_init(&m, clock_now(), SECONDS, 0, NULL);
        out.holds = exact_locks_hold(pb, &m, sc, rp);
        if (out.holds) {
                out.score = score_of(sc);
                out.proven = exact_solve(pb, &m, sc, &out.score, &out.bound, rp);
                assert_int_equal(report_errors(rp), 0);
                const struct score recounted = score_of(sc);
                assert_memory_equal(&out.score, &recounted, sizeof recounted);
        }
        schedule_free(sc);
        report_free(rp);
        return out;
}

static void show(const char *what, const struct score *s)
{
        print_message("%s", what);
        for (int t = 0; t < N_TIERS; t++)
                print_message(" %lld", (long long)s->tier[t]);
        print_message("\n");
}

/* One tiny school: true if it was small enough to try everything. */
static bool agrees(uint64_t seed)
{
        struct problem *pb = tiny_school(seed, tiny_features(seed));
        const struct brute all = brute_solve(pb, JUDGED);
        bool same = all.too_many;

        if (!all.too_many) {
                const struct solved one = solved(pb);

                same = one.holds == all.found &&
                       (!all.found ||
                               (one.proven && score_meets(&one.score, &one.bound) &&
                                       score_compare(pb->order, &one.score, &all.best) == 0));
                if (!same) {
                        show("everything:", &all.best);
                        show("exact:", &one.score);
                        fail_msg("seed %llu: found %d, holds %d, proven %d",
                                (unsigned long long)seed, all.found, one.holds, one.proven);
                }
        }
        problem_free(pb);
        return !all.too_many;
}

static void the_optimum_is_that_of_trying_everything(void **state)
{
        const uint64_t last = full() ? FULL : SAMPLE;
        int compared = 0, seen[N_TINY] = {0};

        (void)state;
        for (uint64_t seed = 0; seed < last; seed++) {
                if (!agrees(seed))
                        continue;
                compared++;
                for (int f = 0; f < N_TINY; f++)
                        seen[f] += (int)(tiny_features(seed) >> f & 1);
        }
        print_message("# %d schools compared\n", compared);
        assert_in_range(compared, full() ? 500 : 60, FULL);
        for (int f = 0; f < N_TINY; f++)
                if (!seen[f])
                        fail_msg("no school has the feature %s", tiny_name(f));
}

/* The school with and without a feature: does the optimum, or what clashes, change? */
static bool binds(uint64_t seed, enum tiny_feature f)
{
        const uint64_t set = tiny_features(seed);
        struct problem *a = tiny_school(seed, set);
        struct problem *b = tiny_school(seed, set & ~((uint64_t)1 << f));
        const struct solved one = solved(a), two = solved(b);
        const bool differ =
                one.holds != two.holds || memcmp(&one.score, &two.score, sizeof one.score) != 0;

        problem_free(a);
        problem_free(b);
        return differ;
}

static void every_feature_matters_in_some_school(void **state)
{
        (void)state;
        for (int f = 0; f < N_TINY; f++) {
                bool matters = false;

                for (uint64_t seed = 0; seed < 1000 && !matters; seed++)
                        matters = tiny_features(seed) >> f & 1 && binds(seed, f);
                if (!matters)
                        fail_msg("the feature %s never matters", tiny_name(f));
        }
}

static void another_teacher_never_makes_it_worse(void **state)
{
        (void)state;
        for (uint64_t seed = 0; seed < (full() ? 300 : 40); seed++) {
                char *text = tiny_text(seed, tiny_features(seed));
                char *more = text_edit(text, "teachers:\n",
                        "teachers:\n  - {id: t9, credentials: [c0, c1, el, sped]}\n");
                struct problem *a = text_school(text), *b = text_school(more);
                const struct solved one = solved(a), two = solved(b);

                if (one.holds) {
                        assert_true(two.holds);
                        assert_true(one.proven && two.proven);
                        assert_true(score_compare(a->order, &two.score, &one.score) <= 0);
                }
                problem_free(a);
                problem_free(b);
                mem_free(text);
                mem_free(more);
        }
}

static void a_stopped_run_keeps_the_schedule_valid(void **state)
{
        struct problem *pb =
                tiny_school(11, (uint64_t)1 << TINY_alternate | (uint64_t)1 << TINY_one_term);
        struct report *rp = report_new();

        (void)state;
        for (int64_t steps = 1; steps < 1 << 20; steps *= 4) {
                struct schedule *sc = schedule_new(pb);
                struct score score = score_of(sc);
                struct bound bound = {0};
                struct meter m;

                meter_init(&m, clock_now(), 0, steps, NULL);
                const bool all = exact_solve(pb, &m, sc, &score, &bound, rp);
                const struct score now = score_of(sc);
                assert_memory_equal(&now, &score, sizeof now);
                assert_true(all || steps < 1 << 19);
                for (int t = 0; t < N_TIERS; t++)
                        assert_true(!bound.known[t] || bound.tier[t] <= score.tier[t]);
                schedule_free(sc);
        }
        assert_int_equal(report_errors(rp), 0);
        report_free(rp);
        problem_free(pb);
}

static const char two_locks[] = "msched: 1\n"
                                "bell: {periods: 3}\n"
                                "teachers:\n"
                                "  - {id: kim, available: [1, 2]}\n"
                                "  - {id: lee}\n"
                                "rooms:\n"
                                "  - {id: R1, types: [lab]}\n"
                                "courses:\n"
                                "  - {id: A, sections: 2, teachers: [kim]}\n"
                                "  - {id: B, sections: 1, room: lab}\n"
                                "students:\n"
                                "  - {id: x, grade: 9}\n"
                                "requests:\n"
                                "  - {student: x, course: A}\n"
                                "rules:\n"
                                "  - separate: [A, B]\n"
                                "locks:\n";

/* What the clash says about the locks added at line 18 and after; "" where they hold. */
static const char *clash(const char *locks, char *buf, size_t size)
{
        char *text = mem_alloc(sizeof two_locks + strlen(locks));
        struct report *rp = report_new();
        struct meter m;

        strcpy(text, two_locks);
        strcat(text, locks);
        struct problem *pb = text_school(text);
        struct schedule *sc = schedule_new(pb);
        meter_init(&m, clock_now(), SECONDS, 0, NULL);
        const bool holds = exact_locks_hold(pb, &m, sc, rp);
        assert_int_equal(holds, report_errors(rp) == 0);
        if (holds)
                score_of(sc);
        else
                assert_int_equal(report_worst(rp), ERROR_CLASH);
        *buf = '\0';
        if (!holds)
                strncat(buf, report_message(rp, 0)->text, size - 1);
        schedule_free(sc);
        problem_free(pb);
        report_free(rp);
        mem_free(text);
        return buf;
}

static void expect_lines(const char *said, const char *lines)
{
        char found[200] = "";

        for (const char *c = strstr(said, ".yaml:"); c; c = strstr(c + 1, ".yaml:")) {
                const size_t n = strspn(c + 6, "0123456789");

                if (*found)
                        strcat(found, " ");
                strncat(found, c + 6, n);
        }
        if (strcmp(found, lines) != 0)
                fail_msg("expected lines %s, found %s in: %s", lines, found, said);
}

static void locks_that_can_hold_are_placed(void **state)
{
        char buf[1000];

        (void)state;
        assert_string_equal(clash("  - {course: A, section: 1, period: 1}\n"
                                  "  - {course: A, section: 2, period: 2}\n"
                                  "  - {course: B, section: 1, period: 3, room: R1}\n"
                                  "  - {student: x, course: A, section: 2}\n",
                                    buf, sizeof buf),
                "");
}

static void a_clash_names_a_minimal_set(void **state)
{
        char buf[1000];

        (void)state;
        expect_lines(clash("  - {course: B, section: 1, room: R1}\n"
                           "  - {course: A, section: 1, period: 3}\n",
                             buf, sizeof buf),
                "19 4 9");
        expect_lines(clash("  - {course: A, section: 1, period: 1}\n"
                           "  - {course: B, section: 1, period: 1}\n",
                             buf, sizeof buf),
                "18 19 16");
        expect_lines(clash("  - {course: B, section: 1, period: 1}\n"
                           "  - {course: B, section: 1, period: 2}\n",
                             buf, sizeof buf),
                "18 19");
        expect_lines(clash("  - {course: A, section: 1, period: 1}\n"
                           "  - {course: A, section: 2, period: 1}\n",
                             buf, sizeof buf),
                "18 19 9");
}

static void only_small_schools_are_small(void **state)
{
        struct problem *tiny = tiny_school(3, tiny_features(3));
        struct problem *large = text_school(two_locks);

        (void)state;
        assert_true(exact_is_small(tiny));
        assert_true(exact_is_small(large));
        large->courses[0].sections_max = 4000;
        assert_false(exact_is_small(large));
        problem_free(tiny);
        problem_free(large);
}

static void misuse_glpk(void *context)
{
        glp_prob *lp = glp_create_prob();

        *(bool *)context = true;
        glp_set_col_bnds(lp, 7, GLP_FR, 0, 0);
        *(bool *)context = false;
}

static void use_glpk(void *context)
{
        glp_prob *lp = glp_create_prob();

        *(bool *)context = glp_add_cols(lp, 3) == 1;
        glp_delete_prob(lp);
}

static void glpk_giving_up_is_an_error_and_no_end(void **state)
{
        struct report *rp = report_new();
        bool mark = false;

        (void)state;
        assert_false(glpk_guard(misuse_glpk, &mark, rp));
        assert_true(mark);
        assert_int_equal(report_errors(rp), 1);
        assert_int_equal(report_worst(rp), ERROR_SYSTEM);
        assert_non_null(strstr(report_message(rp, 0)->text, "glp_set_col_bnds"));
        assert_true(glpk_guard(use_glpk, &mark, rp));
        assert_true(mark);
        report_free(rp);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_optimum_is_that_of_trying_everything),
                cmocka_unit_test(every_feature_matters_in_some_school),
                cmocka_unit_test(another_teacher_never_makes_it_worse),
                cmocka_unit_test(a_stopped_run_keeps_the_schedule_valid),
                cmocka_unit_test(locks_that_can_hold_are_placed),
                cmocka_unit_test(a_clash_names_a_minimal_set),
                cmocka_unit_test(only_small_schools_are_small),
                cmocka_unit_test(glpk_giving_up_is_an_error_and_no_end),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
