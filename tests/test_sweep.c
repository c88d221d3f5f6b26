/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What proofs cost: students with endless ways give up soon; programs without rows are solved. */
#include "solver/formulation.h"
#include "solver/meter.h"
#include "solver/mip.h"
#include "solver/sweep_student.h"
#include "tests/support.h"
#include "tests/support_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

enum { COURSES = 14, SECONDS = 20 };

/* A student who asks for as many courses as the day has periods, each of which may be anywhere. */
static struct problem *free_day(int courses)
{
        struct problem *pb = build_school(1, "1 2 3 4 5 6 7 8 9 10 11 12 13 14");
        char id[16];

        add_student(pb, "s", 9);
        for (int c = 0; c < courses; c++) {
                snprintf(id, sizeof id, "C%d", c);
                add_course(pb, id)->staffed = false;
                add_request(pb, "s", id, ELECTIVE);
        }
        return build_done(pb);
}

/* Is the student quick to go through? What is found is what he can have: nothing is lost. */
static bool fits(int courses)
{
        struct problem *pb = free_day(courses);
        struct arena *a = arena_new();
        struct formulation *f = formulation_new(pb, (struct scope){NULL, NULL}, false);
        struct score caps = {{0}};
        int64_t out[WEIGHTINGS], top[WEIGHTINGS];
        cellset starts[COURSES];

        for (int c = 0; c < courses; c++)
                starts[c] = pb->courses[c].may_start;
        formulation_build(f);
        struct seating *st = seating_new(f, a, REQUEST_LOSS, &caps, top);
        alarm(SECONDS); /* to go through them all takes years */
        seating_least(st, 0, starts, out);
        alarm(0);
        const bool quick = seating_fits(st);
        assert_int_equal(out[0], 0);
        seating_free(st);
        formulation_close(f);
        formulation_free(f);
        arena_free(a);
        problem_free(pb);
        return quick;
}

static void a_student_with_endless_ways_is_given_up_soon(void **state)
{
        (void)state;
        assert_true(fits(3));
        assert_false(fits(COURSES));
}

/* Steps without end over one row too few were more than a number holds: the sanitizers tell. */
static void a_program_without_rows_is_solved_without_a_limit(void **state)
{
        struct problem *pb = build_done(build_school(1, "1 2"));
        struct formulation *f = formulation_new(pb, (struct scope){NULL, NULL}, false);
        struct meter m;

        (void)state;
        meter_init(&m, clock_now(), 0, 0, NULL);
        formulation_build(f);
        assert_int_equal(glp_get_num_rows(f->lp), 0);
        assert_int_equal(mip_relax(f, &m).status, MIP_OPTIMAL);
        formulation_close(f);
        formulation_free(f);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_student_with_endless_ways_is_given_up_soon),
                cmocka_unit_test(a_program_without_rows_is_solved_without_a_limit),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
