/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks and rules in the search: what they leave open is found, what they forbid is not. */
#include "solver/frame.h"
#include "solver/meter.h"
#include "solver/reseat.h"
#include "solver/solve.h"
#include "solver/state.h"
#include "tests/support_text.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int unit_of(const struct frame *f, const char *course)
{
        return f->unit_of[text_section(f->pb, course, 1)];
}

static const char stack[] = "msched: 1\n"
                            "bell: {periods: 3}\n"
                            "teachers: [{id: ann}, {id: bob}]\n"
                            "courses:\n"
                            "  - {id: A, teachers: [ann, bob], at: {periods: [1]}}\n"
                            "  - {id: B, teachers: [bob]}\n"
                            "students: [{id: s, grade: 9}]\n"
                            "requests: [{student: s, course: B}]\n"
                            "rules: [{stack: [B, A]}]\n"
                            "locks:\n"
                            "  - {course: A, section: 1}\n"
                            "  - {course: B, section: 1}\n";

static void stacked_courses_that_may_start_in_different_periods_run_where_both_may(void **state)
{
        struct problem *pb = text_school(stack);
        struct frame *f = frame_new(pb);

        (void)state;
        assert_int_equal(unit_of(f, "A"), unit_of(f, "B"));
        assert_true(f->units[unit_of(f, "A")].starts == 1);
        assert_int_equal(f->units[unit_of(f, "A")].teachers.n, 1);
        frame_free(f);
        problem_free(pb);
}

/* The locked course runs alone rather than with one that could not be there. */
static void runs_alone(const char *locks)
{
        char *text = text_edit(stack,
                "  - {course: A, section: 1}\n"
                "  - {course: B, section: 1}\n",
                locks);
        struct problem *pb = text_school(text);
        struct frame *f = frame_new(pb);

        assert_int_equal(pb->n_locks, 1);
        const int locked = f->unit_of[pb->courses[pb->locks[0].course].first_section];
        assert_true(locked >= 0);
        assert_int_equal(f->units[locked].n, 1);
        assert_true(f->units[locked].starts && f->units[locked].teachers.n);
        frame_free(f);
        problem_free(pb);
        mem_free(text);
}

static void a_lock_keeps_out_the_stacked_course_that_cannot_be_there(void **state)
{
        (void)state;
        runs_alone("  - {course: B, section: 1, period: 2}\n");
        runs_alone("  - {course: A, section: 1, teacher: ann}\n");
}

/* solve() with so many millions of steps; the schedule is valid and nothing was said. */
static struct solution solved(const struct problem *pb, double work)
{
        struct options o;
        struct control control = {.begin = clock_now()};
        struct solution s;
        struct report *rp = report_new();

        options_default(&o);
        o.work_limit = work;
        o.time_limit = 0;
        if (!solve(pb, &o, &control, NULL, &s, rp))
                fail_msg("not solved: %s", report_message(rp, 0)->text);
        if (report_warnings(rp))
                fail_msg("%s", report_message(rp, 0)->text);
        assert_true(text_valid(s.schedule));
        report_free(rp);
        return s;
}

static void locks_are_kept_however_short_the_limit(void **state)
{
        struct problem *pb = text_school("msched: 1\n"
                                         "bell: {periods: 6}\n"
                                         "teachers: [{id: t}]\n"
                                         "courses: [{id: A}, {id: B}]\n"
                                         "students: [{id: s, grade: 9}]\n"
                                         "requests: [{student: s, course: A}]\n"
                                         "locks: [{course: A, section: 1, period: 3}]\n");

        (void)state;
        for (double work = 1e-6; work < 0.1; work *= 10) {
                struct solution s = solved(pb, work);
                assert_int_equal(s.schedule->start[text_section(pb, "A", 1)], 2);
                solution_release(&s);
        }
        problem_free(pb);
}

static void a_clash_is_told_however_short_the_limit(void **state)
{
        struct problem *pb = text_school("msched: 1\n"
                                         "bell: {periods: 6}\n"
                                         "teachers: [{id: t}]\n"
                                         "courses: [{id: A}, {id: B, sections: 1}]\n"
                                         "students: [{id: s, grade: 9}]\n"
                                         "requests: [{student: s, course: A}]\n"
                                         "locks:\n"
                                         "  - {course: A, section: 1, period: 3}\n"
                                         "  - {course: B, section: 1, period: 3}\n");
        struct options o;
        struct control control = {.begin = clock_now()};
        struct solution s;
        struct report *rp = report_new();

        (void)state;
        options_default(&o);
        o.work_limit = 1e-6;
        assert_false(solve(pb, &o, &control, NULL, &s, rp));
        assert_int_equal(report_worst(rp), ERROR_CLASH);
        report_free(rp);
        problem_free(pb);
}

static const char co_taught[] =
        "msched: 1\n"
        "bell: {periods: 2}\n"
        "teachers: [{id: ann, credentials: [a, c]}, {id: bob, credentials: [b, c]}]\n"
        "courses:\n"
        "  - {id: A, credential: b}\n"
        "  - {id: B, credential: b, support: {flag: iep, credential: c, sections: 1}}\n"
        "students: [{id: s, grade: 9}, {id: t, grade: 9}]\n"
        "requests: [{student: s, course: A}, {student: t, course: B}]\n"
        "rules: [{stack: [A, B]}]\n";

/* B stands idle beside A: nobody co-teaches it. */
static void nobody_sits_where_the_co_teacher_is_missing(void **state)
{
        struct problem *pb = text_school(co_taught);
        struct frame *f = frame_new(pb);
        struct meter m;
        struct schedule *sc = text_schedule(pb, "A 1 1/Y bob - - -: s");

        (void)state;
        meter_init(&m, clock_now(), 0, 0, NULL);
        struct state *st = state_new(f, 1, &m);
        state_load(st, sc);
        const int r = text_request(pb, "t", "B"), b = text_section(pb, "B", 1);
        assert_true(section_start(st, b) >= 0);
        assert_false(seat_open(st, r, b));
        co_set(st, b, index_find(pb->teacher_ids, "ann"));
        assert_true(seat_open(st, r, b));
        state_free(st);
        schedule_free(sc);
        frame_free(f);
        problem_free(pb);
}

/* The rule ties requests that stand behind alternates, which do not count while it is hot. */
static void seats_behind_alternates_are_none_before_they_are_thought_of(void **state)
{
        struct problem *pb = text_school("msched: 1\n"
                                         "bell: {terms: [S1, S2], periods: 2}\n"
                                         "teachers: [{id: t}]\n"
                                         "courses:\n"
                                         "  - {id: X, terms: 1}\n"
                                         "  - {id: Y, terms: 1}\n"
                                         "  - {id: A, terms: 1}\n"
                                         "  - {id: B, terms: 1}\n"
                                         "students: [{id: s, grade: 9}]\n"
                                         "requests:\n"
                                         "  - {student: s, course: X, kind: alternate}\n"
                                         "  - {student: s, course: Y, kind: alternate}\n"
                                         "  - {student: s, course: A}\n"
                                         "  - {student: s, course: B}\n"
                                         "rules: [{before: [A, B]}]\n");
        struct schedule *sc = text_schedule(pb, "A 1 1/S1 t - - -:; B 1 1/S2 t - - -:");
        struct frame *f = frame_new(pb);
        struct meter m;

        (void)state;
        meter_init(&m, clock_now(), 0, 0, NULL);
        mallopt(M_PERTURB, 0xaa); /* fresh memory holds large numbers */
        struct state *st = state_new(f, 1, &m);
        mallopt(M_PERTURB, 0);
        state_load(st, sc);
        st->no_alternates = true;
        reseat(st, 0, NONE, NONE, 1000, INT64_MAX);
        assert_int_equal(st->seat[text_request(pb, "s", "A")], text_section(pb, "A", 1));
        assert_int_equal(st->seat[text_request(pb, "s", "B")], text_section(pb, "B", 1));
        state_free(st);
        schedule_free(sc);
        frame_free(f);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(
                        stacked_courses_that_may_start_in_different_periods_run_where_both_may),
                cmocka_unit_test(a_lock_keeps_out_the_stacked_course_that_cannot_be_there),
                cmocka_unit_test(locks_are_kept_however_short_the_limit),
                cmocka_unit_test(a_clash_is_told_however_short_the_limit),
                cmocka_unit_test(nobody_sits_where_the_co_teacher_is_missing),
                cmocka_unit_test(seats_behind_alternates_are_none_before_they_are_thought_of),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
