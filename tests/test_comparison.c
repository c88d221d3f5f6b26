/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/comparison: what bounds prove, what runs find, what is noise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/comparison.h"
#include "tests/support.h"
#include <string.h>

static struct problem *pb;
static struct schedule *sc;

static int set_up(void **state)
{
        (void)state;
        pb = build_school(1, "1 2");
        add_teacher(pb, "kim", "");
        add_room(pb, "R1", "lab", 20);
        add_course(pb, "ART")->room_type = id_of(pb->room_types, "lab");
        add_student(pb, "S1", 9);
        add_student(pb, "S2", 9);
        add_request(pb, "S1", "ART", ELECTIVE);
        add_request(pb, "S2", "ART", ELECTIVE);
        pb->contract.limits.load = 2;
        build_done(pb);
        sc = schedule_new(pb);
        return 0;
}

static int tear_down(void **state)
{
        (void)state;
        schedule_free(sc);
        problem_free(pb);
        return 0;
}

/* Scores of the first two tiers with their bounds (-1: none); the others are 0 without bounds. */
static struct run scored(double first, double bound1, double second, double bound2)
{
        struct run r = {.status = STATUS_FEASIBLE, .pb = pb, .sc = sc};
        enum tier t1 = pb->order[0], t2 = pb->order[1];

        r.score[t1] = first;
        r.score[t2] = second;
        r.bound_given[t1] = bound1 >= 0;
        r.bound_given[t2] = bound2 >= 0;
        r.bound[t1] = bound1;
        r.bound[t2] = bound2;
        return r;
}

static struct comparison compared(struct run a, struct run b)
{
        struct runs base = {1, &a}, other = {1, &b};
        struct comparison c;

        compare_runs(&base, &other, &c);
        return c;
}

static void a_score_below_the_bound_is_proven_better(void **state)
{
        (void)state;
        struct comparison c = compared(scored(5, 4, 0, -1), scored(3, 0, 0, -1));
        assert_int_equal(c.standing, STANDS_BETTER);
        assert_true(c.proven);
        assert_int_equal(c.tier, pb->order[0]);
        c = compared(scored(3, 0, 0, -1), scored(5, 4, 0, -1));
        assert_int_equal(c.standing, STANDS_WORSE);
        assert_true(c.proven);
}

static void a_score_between_bound_and_score_is_only_found(void **state)
{
        (void)state;
        struct comparison c = compared(scored(5, 4, 0, -1), scored(4, 0, 0, -1));
        assert_int_equal(c.standing, STANDS_BETTER);
        assert_false(c.proven);
        assert_true(c.few);
}

/* The second bound holds for all schedules only where the first tier is at its own bound. */
static void a_lower_bound_counts_where_those_above_are_met(void **state)
{
        (void)state;
        struct comparison c = compared(scored(2, 2, 9, 7), scored(2, 0, 6, -1));
        assert_true(c.proven && c.standing == STANDS_BETTER);
        c = compared(scored(2, 1, 9, 7), scored(2, 0, 6, -1));
        assert_false(c.proven);
        assert_int_equal(c.standing, STANDS_BETTER);
        c = compared(scored(2, 2, 9, -1), scored(2, 0, 6, -1));
        assert_false(c.proven);
}

static void mixed_seeds_are_noise(void **state)
{
        (void)state;
        struct run a[] = {scored(3, -1, 0, -1), scored(5, -1, 0, -1)},
                   b[] = {scored(2, -1, 0, -1), scored(4, -1, 0, -1)};
        struct runs base = {2, a}, other = {2, b};
        struct comparison c;

        compare_runs(&base, &other, &c);
        assert_int_equal(c.standing, STANDS_NOISE);
        a[0].score[pb->order[0]] = 5;
        compare_runs(&base, &other, &c);
        assert_int_equal(c.standing, STANDS_BETTER);
        assert_false(c.few);
        assert_int_equal(runs_best(&other), 0);
}

static void equal_scores_are_proven_where_both_are_optimal(void **state)
{
        (void)state;
        struct run a = scored(3, 3, 1, 1);
        struct comparison c = compared(a, a);
        assert_int_equal(c.standing, STANDS_EQUAL);
        assert_false(c.proven);
        a.status = STATUS_OPTIMAL;
        assert_true(compared(a, a).proven);
}

static void another_order_cannot_be_compared(void **state)
{
        (void)state;
        struct run a = scored(3, 3, 1, 1), b = scored(0, 0, 0, 0);
        struct problem *other = mem_copy(pb, sizeof *pb);
        enum tier t = other->order[3];

        other->order[3] = other->order[4];
        other->order[4] = t;
        b.pb = other;
        assert_int_equal(compared(a, b).standing, STANDS_APART);
        mem_free(other);
}

/* One section more is asked for, and missing: what is asked for is no loss. */
static void what_a_scenario_asks_for_itself_does_not_make_it_worse(void **state)
{
        (void)state;
        struct run a = scored(0, 0, 0, 0), b = scored(0, 0, 0, 0);
        struct problem *other = mem_copy(pb, sizeof *pb);

        other->courses = mem_copy(pb->courses, (size_t)pb->n_courses * sizeof *pb->courses);
        other->courses[0].sections_min++;
        a.bound_given[UNPLACED] = b.bound_given[UNPLACED] = true;
        b.score[UNPLACED] = b.bound[UNPLACED] = 1;
        assert_int_equal(compared(a, b).standing, STANDS_WORSE);
        assert_int_equal(compared(a, b).tier, UNPLACED);
        b.pb = other;
        struct comparison c = compared(a, b);
        assert_true(c.passed[UNPLACED] && c.passed[EXTRA_SECTIONS]);
        assert_false(c.passed[CTE_UNPLACED] || c.passed[REQUEST_LOSS]);
        assert_int_equal(c.standing, STANDS_EQUAL);
        assert_false(c.proven);
        b.score[IMBALANCE] = 1;
        c = compared(a, b);
        assert_int_equal(c.standing, STANDS_WORSE);
        assert_int_equal(c.tier, IMBALANCE);
        mem_free(other->courses);
        mem_free(other);
}

/* Behind a tier that is passed over a bound is one of other schedules. */
static void nothing_is_proven_behind_a_tier_that_is_passed_over(void **state)
{
        (void)state;
        struct run a = scored(0, 0, 0, 0), b = scored(0, 0, 0, 0);
        struct problem *other = mem_copy(pb, sizeof *pb);

        for (int t = 0; t < N_TIERS; t++)
                a.bound_given[t] = b.bound_given[t] = true;
        b.score[IMBALANCE] = b.bound[IMBALANCE] = 2;
        assert_true(compared(a, b).proven);
        other->courses = mem_copy(pb->courses, (size_t)pb->n_courses * sizeof *pb->courses);
        other->courses[0].sections_min++;
        b.pb = other;
        assert_false(compared(a, b).proven);
        assert_int_equal(compared(a, b).standing, STANDS_WORSE);
        mem_free(other->courses);
        mem_free(other);
}

static void students_who_gain_and_lose_are_counted(void **state)
{
        (void)state;
        struct schedule *met = schedule_new(pb);
        struct run a = scored(0, -1, 8, -1), b = scored(0, -1, 4, -1);
        struct comparison c;

        met->seat[0] = 0;
        b.sc = met;
        c = compared(a, b);
        assert_int_equal(c.gain, 1);
        assert_int_equal(c.lose, 0);
        assert_int_equal(c.same, 1);
        assert_int_equal(compared(b, a).lose, 1);
        schedule_free(met);
}

static void usage_counts_periods_by_the_contract(void **state)
{
        (void)state;
        struct usage u;

        sc->start[0] = 0;
        sc->teacher[0] = 0;
        sc->room[0] = 0;
        measure_usage(sc, &u);
        assert_int_equal(u.sections, 1);
        assert_int_equal(u.teachers, 1);
        assert_int_equal(u.room_cells, 1);
        assert_int_equal(u.room_cells_open, 2);
        assert_true(u.fte > 0.49 && u.fte < 0.51);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        const struct CMUnitTest tests[] = {
                TEST(a_score_below_the_bound_is_proven_better),
                TEST(a_score_between_bound_and_score_is_only_found),
                TEST(a_lower_bound_counts_where_those_above_are_met),
                TEST(mixed_seeds_are_noise),
                TEST(equal_scores_are_proven_where_both_are_optimal),
                TEST(another_order_cannot_be_compared),
                TEST(what_a_scenario_asks_for_itself_does_not_make_it_worse),
                TEST(nothing_is_proven_behind_a_tier_that_is_passed_over),
                TEST(students_who_gain_and_lose_are_counted),
                TEST(usage_counts_periods_by_the_contract),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
