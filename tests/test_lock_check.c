/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lock_check.h"
#include "tests/support_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char school[] =
        "msched: 1\n"
        "bell: {periods: 4}\n"
        "contract: {load: 2}\n"
        "teachers: [{id: ann, credentials: [a]}, {id: bob, available: [1, 2, 3]}]\n"
        "rooms: [{id: R, types: [lab]}, {id: Q, types: [hall], available: [2]}]\n"
        "courses:\n"
        "  - {id: A, credential: a, sections: 3}\n"
        "  - {id: B, room: lab, sections: 1, at: {periods: [1, 2]}}\n"
        "  - {id: C, room: hall, sections: 1, off_campus: end}\n"
        "  - {id: D, staffed: false, sections: 1, only: {flag: iep}}\n"
        "  - {id: E, at: {periods: [2]}}\n"
        "  - {id: F, at: {periods: [2]}}\n"
        "students: [{id: s, grade: 9}, {id: t, grade: 9, available: 1;2}]\n"
        "requests:\n"
        "  - {student: s, course: A}\n"
        "  - {student: s, course: C}\n"
        "  - {student: s, course: D}\n"
        "  - {student: t, course: A}\n"
        "  - {student: t, course: E}\n"
        "  - {student: t, course: F}\n"
        "locks:\n";

/* The school with these locks; says: a part of the one error at that line after `locks`; NULL:
 * nothing is said. board: the lock that comes from there; kept: that is frozen; -1: none. */
static void looks(const char *locks, int board, int kept, int line, const char *says)
{
        enum { FIRST = 22 };
        char text[sizeof school + 1000];
        struct report *rp = report_new();

        strcpy(text, school);
        strcat(text, locks);
        struct problem *pb = text_school(text);
        if (board >= 0)
                pb->locks[board].at.file = "board.csv";
        if (kept >= 0)
                pb->locks[kept].kept = true;
        const bool good = locks_check(pb, rp);
        if (report_count(rp) != (says != NULL))
                fail_msg("%d errors for\n%s%s", report_count(rp), locks,
                        report_count(rp) ? report_message(rp, 0)->text : "");
        assert_int_equal(good, !says);
        if (says && !strstr(report_message(rp, 0)->text, says))
                fail_msg("'%s', not '%s'", report_message(rp, 0)->text, says);
        if (says)
                assert_int_equal(report_message(rp, 0)->at.line, FIRST - 1 + line);
        report_free(rp);
        problem_free(pb);
}

static void locks_that_can_hold_pass(void **state)
{
        (void)state;
        looks("  - {course: A, section: 1, teacher: ann, period: 1}\n"
              "  - {course: A, section: 2, teacher: ann, period: 2}\n"
              "  - {course: B, section: 1, room: R, period: 2, teacher: bob}\n"
              "  - {course: C, section: 1, room: Q, period: 2}\n"
              "  - {course: A, section: 1, student: s}\n"
              "  - {course: A, section: 2, student: t}\n"
              "  - {course: C, section: 1, student: s}\n",
                -1, -1, 0, NULL);
}

static void a_single_lock_that_cannot_hold_is_told(void **state)
{
        (void)state;
        looks("  - {course: B, section: 1, period: 3}\n", -1, -1, 1, "B-1 cannot start then");
        looks("  - {course: A, section: 1, teacher: bob}\n", -1, -1, 1, "bob may not teach A");
        looks("  - {course: C, section: 1, teacher: bob, period: 4}\n", -1, -1, 1,
                "bob is not available when C-1 runs");
        looks("  - {course: D, section: 1, teacher: bob}\n", -1, -1, 1, "D-1 has no teacher");
        looks("  - {course: B, section: 1, room: Q}\n", -1, -1, 1, "room Q is not of type lab");
        looks("  - {course: C, section: 1, room: Q, period: 1}\n", -1, -1, 1,
                "room Q is not available when C-1 runs");
        looks("  - {course: A, section: 1, room: R}\n", -1, -1, 1, "A-1 needs no room");
}

static void a_student_who_cannot_sit_where_a_lock_wants_is_told(void **state)
{
        (void)state;
        looks("  - {course: B, section: 1, student: s}\n", -1, -1, 1, "student s did not request");
        looks("  - {course: D, section: 1, student: s}\n", -1, -1, 1, "student s may not sit");
        looks("  - {course: A, section: 1, period: 3}\n"
              "  - {course: A, section: 1, student: t}\n",
                -1, -1, 2, "student t is not available when A-1 runs");
        looks("  - {course: A, section: 1, period: 2}\n"
              "  - {course: C, section: 1, period: 2}\n"
              "  - {course: A, section: 1, student: s}\n"
              "  - {course: C, section: 1, student: s}\n",
                -1, -1, 2, "C-1 leaves no time for A-1");
        looks("  - {course: A, section: 1, period: 4}\n"
              "  - {course: C, section: 1, period: 2}\n"
              "  - {course: A, section: 1, student: s}\n"
              "  - {course: C, section: 1, student: s}\n",
                -1, -1, 2, "C-1 leaves no time for A-1");
        looks("  - {course: E, section: 1, student: t}\n"
              "  - {course: F, section: 1, student: t}\n",
                -1, -1, 2, "F-1 leaves no time for E-1");
}

static const char two[] = "  - {course: A, section: 1, period: 1, teacher: ann}\n"
                          "  - {course: A, section: 2, period: 1, teacher: ann}\n"
                          "  - {course: A, section: 1, student: s}\n"
                          "  - {course: A, section: 2, student: t}\n";

static void of_two_locks_that_of_the_board_is_told(void **state)
{
        (void)state;
        looks(two, -1, -1, 2, "ann teaches A-2 at the same time as A-1");
        looks(two, 0, -1, 1, "ann teaches A-1 at the same time as A-2");
        looks(two, 1, -1, 2, "ann teaches A-2 at the same time as A-1");
        looks(two, -1, 1, 1, "ann teaches A-1 at the same time as A-2");
}

static void what_is_frozen_counts_where_its_section_has_to_run(void **state)
{
        char text[sizeof two];

        (void)state;
        looks(two, 0, 1, 1, "ann teaches A-1 at the same time as A-2");
        strcpy(text, two);
        *strstr(text, "  - {course: A, section: 2, student: t}") = 0;
        looks(text, 0, 1, 0, NULL);
}

static void more_periods_than_a_load_are_told(void **state)
{
        (void)state;
        looks("  - {course: A, section: 1, period: 1, teacher: ann}\n"
              "  - {course: A, section: 2, period: 2, teacher: ann}\n"
              "  - {course: A, section: 3, period: 3, teacher: ann}\n",
                -1, -1, 3, "ann has 3 periods: A-1, A-2, A-3; expected at most 2");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(locks_that_can_hold_pass),
                cmocka_unit_test(a_single_lock_that_cannot_hold_is_told),
                cmocka_unit_test(a_student_who_cannot_sit_where_a_lock_wants_is_told),
                cmocka_unit_test(of_two_locks_that_of_the_board_is_told),
                cmocka_unit_test(what_is_frozen_counts_where_its_section_has_to_run),
                cmocka_unit_test(more_periods_than_a_load_are_told),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
