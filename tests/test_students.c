/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What problem_finish() derives of students and requests. */
#include "tests/support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct problem *plain(void)
{
        struct problem *pb = build_school(2, "1A:A 2A:A* 3A:A 1B:B 2B:B");

        add_teacher(pb, "kim", "english");
        return pb;
}

static const struct course *course(const struct problem *pb, const char *id)
{
        return &pb->courses[id_of(pb->course_ids, id)];
}

static void students(struct problem *pb, int n, const char *wish)
{
        for (int i = 0; i < n; i++) {
                const char *id = arena_printf(pb->arena, "S%d", pb->n_students + 1);

                add_student(pb, id, 9);
                add_request(pb, id, wish, ELECTIVE);
        }
}

static struct problem *cohorts(void)
{
        struct problem *pb = plain();

        add_course(pb, "BIO");
        add_course(pb, "HLTH")->pathway = 0;
        add_pathway(pb, "health");
        add_cohort(pb, "h9", 9, "BIO HLTH");
        add_cohort(pb, "h10", 10, "BIO");
        add_cohort(pb, "h10b", 10, "BIO");
        add_pathway(pb, "auto");
        add_cohort(pb, "a9", 9, "BIO");
        return pb;
}

static void students_fall_into_their_grades_first_cohort(void **state)
{
        struct problem *pb = cohorts();

        (void)state;
        add_student(pb, "default", 10)->pathway_stated = 0;
        add_student(pb, "none", 11)->pathway_stated = 0;
        add_student(pb, "brings", 12)->cohort_stated = 3;
        add_student(pb, "dash", 10);
        pb->students[3].pathway_stated = 0;
        pb->students[3].cohort_stated = COHORT_DASH;
        add_student(pb, "free", 10);
        build_done(pb);
        assert_int_equal(pb->students[0].cohort, 1);
        assert_int_equal(pb->students[1].cohort, NONE);
        assert_int_equal(pb->students[2].cohort, 3);
        assert_int_equal(pb->students[2].pathway, 1);
        assert_int_equal(pb->students[3].cohort, NONE);
        assert_int_equal(pb->students[3].pathway, 0);
        assert_int_equal(pb->students[4].cohort, NONE);
        assert_int_equal(pb->cohorts[1].members.n, 1);
        assert_int_equal(pb->cohorts[3].members.v[0], 2);
        assert_int_equal(course(pb, "BIO")->in_cohorts.n, 4);
        problem_free(pb);
}

static void a_cohort_of_another_pathway_is_refused(void **state)
{
        struct problem *pb = cohorts();
        struct student *st = add_student(pb, "S1", 9);

        (void)state;
        st->pathway_stated = 0;
        st->cohort_stated = 3;
        st->at.line = 5;
        build_refused(pb, ERROR_INPUT, 5, "cohort a9");
}

static void cte_requests_are_of_the_pathway_or_the_cohorts_list(void **state)
{
        struct problem *pb = cohorts();
        const bool cte[] = {true, true, false, false, false, true, true, false};

        (void)state;
        add_course(pb, "ART");
        add_student(pb, "member", 9)->pathway_stated = 0;
        add_student(pb, "other", 9)->pathway_stated = 1;
        pb->students[1].cohort_stated = COHORT_DASH;
        add_student(pb, "none", 9);
        add_student(pb, "auto", 9)->pathway_stated = 1;
        add_request(pb, "member", "BIO", ELECTIVE);
        add_request(pb, "member", "HLTH", ELECTIVE);
        add_request(pb, "member", "ART", REQUIRED);
        add_request(pb, "other", "HLTH", ELECTIVE);
        add_request(pb, "other", "BIO", ELECTIVE);
        add_request(pb, "none", "HLTH", REQUIRED);
        add_request(pb, "auto", "BIO", ELECTIVE);
        add_request(pb, "auto", "HLTH", ALTERNATE);
        build_done(pb);
        for (int r = 0; r < pb->n_requests; r++)
                assert_int_equal(pb->requests[r].cte, cte[r]);
        problem_free(pb);
}

static void requests_are_grouped_by_student_and_renumbered(void **state)
{
        struct problem *pb = plain();

        (void)state;
        for (int i = 0; i < 4; i++)
                add_course(pb, (const char *const[]){"A", "B", "C", "D"}[i]);
        add_student(pb, "S1", 9);
        add_student(pb, "S2", 9);
        add_request(pb, "S2", "A", ELECTIVE);
        add_request(pb, "S1", "A", ELECTIVE);
        add_request(pb, "S2", "B", ALTERNATE)->stands_for = 0;
        add_request(pb, "S1", "C", ALTERNATE)->rank_stated = 5;
        add_request(pb, "S1", "D", ALTERNATE)->stands_for = 1;
        build_done(pb);
        assert_int_equal(pb->students[0].n_requests, 3);
        assert_int_equal(pb->students[1].first_request, 3);
        assert_int_equal(pb->requests[2].stands_for, 0);
        assert_int_equal(pb->requests[4].stands_for, 3);
        assert_int_equal(pb->requests[1].rank, 5);
        assert_int_equal(pb->requests[2].rank, 2);
        assert_int_equal(pb->requests[4].rank, 1);
        assert_int_equal(pb->requests[0].rank, 0);
        assert_int_equal(problem_request_of(pb, 1, 1), 4);
        assert_int_equal(problem_request_of(pb, 1, 2), -1);
        problem_free(pb);
}

static void grades_only_and_availability_admit(void **state)
{
        struct problem *pb = plain();
        static int nine = 9;
        const bool admitted[] = {true, false, true, false, true, false};

        (void)state;
        ids_of(pb, pb->flags, "el");
        add_course(pb, "NINE")->grades = (struct ints){1, true, &nine};
        add_course(pb, "EL")->only.flag = 0;
        add_course(pb, "DOUBLE")->periods = 2;
        add_student(pb, "S1", 9)->flags = ids_of(pb, pb->flags, "el");
        add_student(pb, "S2", 10)->periods = periods_of(pb, "2A 3A 1B");
        for (int i = 0; i < 6; i++)
                add_request(pb, i % 2 ? "S2" : "S1",
                        (const char *const[]){"NINE", "EL", "DOUBLE"}[i / 2], ELECTIVE);
        build_done(pb);
        for (int i = 0; i < 6; i++)
                assert_int_equal(pb->requests[i].admitted, admitted[i / 3 ? i % 3 * 2 + 1 : i * 2]);
        problem_free(pb);
}

static void support_opens_only_the_first_sections(void **state)
{
        struct problem *pb = plain();
        struct course *c = add_course(pb, "ENG");

        (void)state;
        c->support = (struct support){true, 0, ids_of(pb, pb->credentials, "english"), 2};
        set_sections(pb, "ENG", 3, 3);
        add_student(pb, "S1", 9)->flags = ids_of(pb, pb->flags, "iep");
        add_student(pb, "S2", 9);
        add_request(pb, "S1", "ENG", ELECTIVE);
        add_request(pb, "S2", "ENG", ELECTIVE);
        build_done(pb);
        assert_int_equal(pb->requests[0].max_section, 2);
        assert_int_equal(pb->requests[1].max_section, 3);
        problem_free(pb);
}

static void the_previous_seat_of_a_request_is_found(void **state)
{
        struct problem *pb = plain();

        (void)state;
        add_course(pb, "A");
        add_course(pb, "B");
        students(pb, 2, "B");
        pb->past = arena_array(pb->arena, 2, sizeof *pb->past);
        pb->n_past = 2;
        pb->past[0] = (struct past_seat){.student = 1, .course = 0};
        pb->past[1] = (struct past_seat){.student = 1, .course = 1};
        build_done(pb);
        assert_int_equal(pb->request_past[0], NONE);
        assert_int_equal(pb->request_past[1], 1);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(students_fall_into_their_grades_first_cohort),
                cmocka_unit_test(a_cohort_of_another_pathway_is_refused),
                cmocka_unit_test(cte_requests_are_of_the_pathway_or_the_cohorts_list),
                cmocka_unit_test(requests_are_grouped_by_student_and_renumbered),
                cmocka_unit_test(grades_only_and_availability_admit),
                cmocka_unit_test(support_opens_only_the_first_sections),
                cmocka_unit_test(the_previous_seat_of_a_request_is_found),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
