/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/problem_read.h"
#include "model/verify.h"
#include "solver/bound.h"
#include "solver/cte.h"
#include "solver/load_checked.h"
#include "solver/state.h"
#include "tests/brute.h"
#include "tests/support_random.h"
#include "tests/support_text.h"
#include "tests/tiny_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SAMPLE = 100, FULL = 900, JUDGED = 20000, SCHEDULES = 10, SECONDS = 60 };
static const int64_t STEPS = 50000000;

static int sample(void)
{
        const char *all = getenv("MSCHED_FULL");

        return all && *all ? FULL : SAMPLE;
}

static struct bound bound_of(const struct frame *f)
{
        struct bound b = {0};
        struct meter m;

        meter_init(&m, clock_now(), SECONDS, STEPS, NULL);
        cte_bound(f, &m, &b);
        return b;
}

static void is_not_beaten(const struct bound *b, const struct score *s, uint64_t seed)
{
        for (int t = CTE_UNMET; t <= COHORT_BREAKS; t++)
                if (b->known[t] && b->tier[t] > s->tier[t])
                        fail_msg("seed %llu: %s has the bound %lld and a schedule with %lld",
                                (unsigned long long)seed, tier_name((enum tier)t),
                                (long long)b->tier[t], (long long)s->tier[t]);
}

/* Schools with cohorts and a pathway, whatever else they have. */
static struct problem *tiny(uint64_t seed)
{
        return tiny_school(seed,
                tiny_features(seed) | (uint64_t)1 << TINY_pathway | (uint64_t)1 << TINY_cohort);
}

static void no_schedule_of_a_tiny_school_beats_the_bounds(void **state)
{
        int positive = 0, compared = 0;

        (void)state;
        for (uint64_t seed = 0; seed < (uint64_t)sample(); seed++) {
                struct problem *pb = tiny(seed);
                const struct brute all = brute_solve(pb, JUDGED);
                struct frame *f = frame_new(pb);
                const struct bound b = bound_of(f);

                for (int t = CTE_UNMET; t <= COHORT_BREAKS; t++)
                        positive += b.known[t] && b.tier[t] > 0;
                if (all.found && !all.too_many) {
                        is_not_beaten(&b, &all.best, seed);
                        compared++;
                }
                frame_free(f);
                problem_free(pb);
        }
        print_message("# %d schools, %d bounds above 0\n", compared, positive);
        assert_in_range(compared, sample() / 4, FULL);
        assert_true(positive > 5);
}

static void random_schedules_do_not_beat_the_bounds(void **state)
{
        (void)state;
        for (int seed = 0; seed < sample(); seed++) {
                struct dice d = {(uint64_t)seed + 1};
                char *text = random_school(&d);
                struct problem *pb = text_school(text);
                struct frame *f = frame_new(pb);
                const struct bound b = bound_of(f);

                for (int i = 0; i < SCHEDULES; i++) {
                        struct schedule *sc = random_schedule(&d, pb);
                        struct answer *an = schedule_answer(sc);
                        struct verdict *v = verify(pb, an, false);
                        is_not_beaten(&b, &v->score, (uint64_t)seed);
                        verdict_free(v);
                        answer_free(an);
                        schedule_free(sc);
                }
                frame_free(f);
                problem_free(pb);
                mem_free(text);
        }
}

/* What a plan leaves open: sections that others are to fill (H9, H7), locks of others (H6). */
static bool is_left_open(const char *rule)
{
        return !strcmp(rule, "H9") || !strcmp(rule, "H7") || !strcmp(rule, "H6");
}

static struct score loaded(const struct frame *f, struct schedule *sc, bool locks, uint64_t seed)
{
        struct meter m;
        meter_init(&m, clock_now(), SECONDS, 0, NULL);
        struct state *st = state_new(f, 1, &m);

        load_checked(st, sc);
        state_save(st, sc);
        state_free(st);
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(f->pb, an, false);
        const struct score score = v->score;
        for (int i = 0; i < v->n_faults; i++)
                if (!is_left_open(v->faults[i].rule) ||
                        (!locks && !strcmp(v->faults[i].rule, "H6")))
                        fail_msg("seed %llu: %s %s", (unsigned long long)seed, v->faults[i].rule,
                                v->faults[i].text);
        verdict_free(v);
        answer_free(an);
        return score;
}

static void plans_of_tiny_schools_break_no_rule(void **state)
{
        int placed = 0;

        (void)state;
        for (uint64_t seed = 0; seed < (uint64_t)sample(); seed++) {
                struct problem *pb = tiny(seed);
                struct frame *f = frame_new(pb);
                struct schedule *sc = schedule_new(pb);
                struct meter m;
                struct bound b;

                bound_by_counting(pb, &b);
                meter_init(&m, clock_now(), SECONDS, STEPS, NULL);
                if (cte_place(f, &m, sc, &b).placed) {
                        placed++;
                        loaded(f, sc, pb->n_locks > 0, seed);
                }
                schedule_free(sc);
                frame_free(f);
                problem_free(pb);
        }
        print_message("# %d plans\n", placed);
        assert_true(placed > sample() / 2);
}

static void is_planned_whole(const char *path)
{
        struct report *rp = report_new();
        struct problem *pb = problem_read(path, NULL, rp);
        struct frame *f = frame_new(pb);
        struct schedule *sc = schedule_new(pb), *again = schedule_new(pb);
        struct bound b;

        for (int i = 0; i < 2; i++) {
                struct meter m;
                bound_by_counting(pb, &b);
                meter_init(&m, clock_now(), SECONDS, STEPS, NULL);
                const struct cte_result r = cte_place(f, &m, i ? again : sc, &b);
                assert_true(r.placed);
                assert_int_equal(r.unmet + r.unplaced + r.breaks, 0);
        }
        assert_memory_equal(sc->start, again->start, (size_t)pb->n_sections * sizeof(int));
        assert_memory_equal(sc->seat, again->seat, (size_t)pb->n_requests * sizeof(int));
        const struct score score = loaded(f, sc, true, 0);
        assert_int_equal(score.tier[CTE_UNMET], 0);
        assert_int_equal(score.tier[CTE_UNPLACED], 0);
        assert_int_equal(score.tier[COHORT_BREAKS], 0);
        assert_int_equal(score.tier[PLANNING_MISSED], 0);
        schedule_free(sc);
        schedule_free(again);
        frame_free(f);
        problem_free(pb);
        report_free(rp);
}

/* Four courses, four groups that stay together, one team that meets: examples/README.md. */
static void academies_get_their_groups_and_their_planning(void **state)
{
        (void)state;
        is_planned_whole("examples/academy-120/school.yaml");
        is_planned_whole("examples/academy-150/school.yaml");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(academies_get_their_groups_and_their_planning),
                cmocka_unit_test(plans_of_tiny_schools_break_no_rule),
                cmocka_unit_test(no_schedule_of_a_tiny_school_beats_the_bounds),
                cmocka_unit_test(random_schedules_do_not_beat_the_bounds),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
