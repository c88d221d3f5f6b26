/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/meter.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void steps_end_a_limited_meter(void **state)
{
        struct meter m;

        (void)state;
        meter_init(&m, clock_now(), 0, 100, NULL);
        assert_true(meter_spend(&m, 60));
        assert_int_equal(meter_steps_left(&m), 40);
        assert_true(meter_fraction(&m) > 0.59 && meter_fraction(&m) < 0.61);
        assert_false(meter_spend(&m, 40));
        assert_false(meter_spend(&m, 1));
        assert_true(meter_over(&m));
        assert_int_equal(meter_steps_left(&m), 0);
}

static void a_meter_without_limits_never_ends(void **state)
{
        struct meter m;

        (void)state;
        meter_init(&m, clock_now(), 0, 0, NULL);
        for (int i = 0; i < 1000; i++)
                assert_true(meter_spend(&m, INT64_MAX / 2000));
        assert_int_equal(meter_steps_left(&m), INT64_MAX);
        assert_true(meter_seconds_left(&m) > 1e6);
        assert_true(meter_fraction(&m) <= 0);
}

static void the_deadline_counts_from_begin(void **state)
{
        struct meter m;

        (void)state;
        meter_init(&m, clock_now() - 10, 9.9, 0, NULL);
        assert_true(meter_fraction(&m) >= 1);
        int calls = 0;
        while (meter_spend(&m, 1))
                assert_true(++calls < 1000);
        meter_init(&m, clock_now() - 5, 10, 0, NULL);
        assert_true(meter_fraction(&m) > 0.49 && meter_fraction(&m) < 0.6);
        assert_false(meter_over(&m));
}

static void a_signal_ends_it_at_once(void **state)
{
        volatile sig_atomic_t stop = 0;
        struct meter m;

        (void)state;
        meter_init(&m, clock_now(), 0, 1000, &stop);
        assert_true(meter_spend(&m, 1));
        stop = 1;
        assert_false(meter_spend(&m, 1));
}

/* Else results under a work limit would depend on the machine. */
static void a_part_under_a_work_limit_is_counted_in_steps_alone(void **state)
{
        struct meter m, part, rest;

        (void)state;
        meter_init(&m, clock_now(), 100, 1000, NULL);
        part = meter_part(&m, 0.25);
        assert_int_equal(part.limit, 250);
        assert_true(meter_seconds_left(&part) > 99);
        meter_spend(&part, 300);
        meter_join(&m, &part);
        assert_int_equal(meter_steps_left(&m), 700);
        meter_spend(&m, 700);
        rest = meter_part(&m, 1);
        assert_true(meter_over(&rest));
        assert_false(meter_spend(&rest, 1));
}

static void a_part_of_time_is_a_share_of_what_is_left(void **state)
{
        struct meter m, part;

        (void)state;
        meter_init(&m, clock_now() - 50, 100, 0, NULL);
        part = meter_part(&m, 0.5);
        assert_true(meter_seconds_left(&part) > 24 && meter_seconds_left(&part) < 26);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(steps_end_a_limited_meter),
                cmocka_unit_test(a_meter_without_limits_never_ends),
                cmocka_unit_test(the_deadline_counts_from_begin),
                cmocka_unit_test(a_signal_ends_it_at_once),
                cmocka_unit_test(a_part_under_a_work_limit_is_counted_in_steps_alone),
                cmocka_unit_test(a_part_of_time_is_a_share_of_what_is_left),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
