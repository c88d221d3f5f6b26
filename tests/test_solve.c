/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conductor beside a search that breaks a rule: this file's search_run() stands in for it. */
#include "solver/meter.h"
#include "solver/search.h"
#include "solver/solve.h"
#include "tests/support_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int searched;

/* All at one time with one teacher, and a score that is too good. */
void search_run(const struct frame *f, const struct options *o, struct meter *m,
        const struct bound *lower, bool complete, struct schedule *sc, struct score *score,
        const struct search_watch *watch)
{
        (void)o, (void)m, (void)lower, (void)complete, (void)watch;
        searched++;
        for (int s = 0; s < f->pb->n_sections; s++)
                sc->start[s] = sc->teacher[s] = 0;
        *score = (struct score){{0}};
}

static const char school[] = "msched: 1\n"
                             "bell: {periods: 3}\n"
                             "teachers: [{id: t}]\n"
                             "courses: [{id: A}, {id: B}]\n"
                             "students: [{id: s, grade: 9}, {id: u, grade: 9}]\n"
                             "requests: [{student: s, course: A}, {student: u, course: B}]\n";

/* The schedule that is kept; one warning names the rule. */
static struct solution kept(const struct problem *pb, const struct schedule *from)
{
        struct options o;
        struct control control = {.begin = clock_now()};
        struct solution s;
        struct report *rp = report_new();

        options_default(&o);
        o.work_limit = 1;
        o.exact = false;
        searched = 0;
        if (!solve(pb, &o, &control, from, &s, rp))
                fail_msg("not solved: %s", report_message(rp, 0)->text);
        assert_true(searched > 0);
        assert_true(text_valid(s.schedule));
        assert_int_equal(report_warnings(rp), 1);
        assert_non_null(strstr(report_message(rp, 0)->text, "breaks a hard rule (H"));
        report_free(rp);
        return s;
}

static void the_schedule_that_keeps_the_locks_is_kept(void **state)
{
        char text[sizeof school + 64];

        (void)state;
        strcpy(text, school);
        strcat(text, "locks: [{course: A, section: 1, period: 2}]\n");
        struct problem *pb = text_school(text);
        struct solution s = kept(pb, NULL);
        assert_int_equal(s.schedule->start[text_section(pb, "A", 1)], 1);
        solution_release(&s);
        problem_free(pb);
}

static void the_schedule_to_start_from_is_kept(void **state)
{
        struct problem *pb = text_school(school);
        struct schedule *from = text_schedule(pb, "A 1 3/Y t - - -: s; B 1 2/Y t - - -: u");
        struct solution s = kept(pb, from);

        (void)state;
        assert_int_equal(s.schedule->seat[text_request(pb, "s", "A")], text_section(pb, "A", 1));
        assert_int_equal(s.schedule->start[text_section(pb, "A", 1)], 2);
        solution_release(&s);
        schedule_free(from);
        problem_free(pb);
}

static void with_neither_the_empty_one_is_kept(void **state)
{
        struct problem *pb = text_school(school);
        struct solution s = kept(pb, NULL);

        (void)state;
        assert_true(s.score.tier[REQUEST_LOSS] <= 8);
        solution_release(&s);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_schedule_that_keeps_the_locks_is_kept),
                cmocka_unit_test(the_schedule_to_start_from_is_kept),
                cmocka_unit_test(with_neither_the_empty_one_is_kept),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
