/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/variant: ready-made changes of small schools. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/variant.h"
#include "tests/support.h"
#include <string.h>

static struct notes notes;

static const struct bell_kind *bell(const char *name)
{
        for (int i = 0; i < n_bell_kinds; i++) {
                if (!strcmp(bell_kinds[i].name, name))
                        return &bell_kinds[i];
        }
        fail_msg("no bell %s", name);
        return NULL;
}

static bool noted(const char *part)
{
        for (int i = 0; i < notes.n; i++) {
                if (strstr(notes.line[i], part))
                        return true;
        }
        return false;
}

/* Six periods, two terms; a course of a year, one of a term, a double one. */
static struct problem *six_periods(void)
{
        struct problem *pb = build_school(2, "1 2 3 4* 5 6");

        notes = (struct notes){0};
        pb->contract.limits = (struct limits){5, 3, 4, 150};
        add_teacher(pb, "kim", "english");
        add_teacher(pb, "lee", "math");
        add_room(pb, "R1", "lab", 20);
        add_room(pb, "R2", "lab", 30);
        add_course(pb, "ENG");
        struct course *half = add_course(pb, "HALF");
        half->terms = 1;
        half->terms_given = true;
        add_course(pb, "LAB")->periods = 2;
        return pb;
}

static void add_students(struct problem *pb, int n)
{
        static const char *const names[] = {"S1", "S2", "S3", "S4", "S5"};

        for (int i = 0; i < n; i++) {
                add_student(pb, names[i], 10);
                add_request(pb, names[i], "ENG", ELECTIVE);
        }
}

/* ---- sections ---- */

static void one_more_section_is_stated(void **state)
{
        (void)state;
        struct problem *pb = six_periods();
        add_students(pb, 2);
        build_done(pb);

        assert_int_equal(pb->courses[0].sections_min, 1);
        variant_sections(pb, 0, 1, &notes);
        assert_true(pb->courses[0].sections_given);
        assert_int_equal(pb->courses[0].sections_min_stated, 2);
        assert_int_equal(pb->courses[0].sections_max_stated, 2);
        assert_true(noted("ENG: 2 sections instead of 1"));
        variant_sections(pb, 0, -5, &notes);
        assert_int_equal(pb->courses[0].sections_max_stated, 0);
        problem_free(pb);
}

static void tied_courses_go_along(void **state)
{
        (void)state;
        struct problem *pb = six_periods();
        set_sections(pb, "ENG", 2, 2);
        set_sections(pb, "LAB", 2, 2);
        add_rule(pb, RULE_SAME_TEACHER, "ENG LAB");
        add_lock(pb, "LAB", 2);
        build_done(pb);

        variant_sections(pb, 0, -1, &notes);
        assert_int_equal(pb->courses[2].sections_max_stated, 1);
        assert_int_equal(pb->n_locks, 0);
        assert_true(noted("a lock of LAB-2 falls"));
        problem_free(pb);
}

/* ---- teachers, rooms, cohorts ---- */

static void a_teacher_who_goes_is_named_nowhere(void **state)
{
        (void)state;
        struct problem *pb = six_periods();
        pb->courses[0].teachers = ids_of(pb, pb->teacher_ids, "kim lee");
        struct rule *avoid = add_rule(pb, RULE_AVOID, "");
        add_students(pb, 1);
        avoid->teacher = 0;
        avoid->student = 0;
        add_lock(pb, "ENG", 1)->teacher = 1;
        build_done(pb);

        variant_remove_teacher(pb, 0, &notes);
        assert_int_equal(pb->n_teachers, 1);
        assert_string_equal(pb->teachers[0].id, "lee");
        assert_int_equal(pb->courses[0].teachers.n, 1);
        assert_int_equal(pb->courses[0].teachers.v[0], 0);
        assert_int_equal(pb->n_rules, 0);
        assert_int_equal(pb->locks[0].teacher, 0);
        assert_true(noted("a rule 'avoid'"));
        problem_free(pb);
}

static void a_new_teacher_teaches_what_the_other_does(void **state)
{
        (void)state;
        struct problem *pb = six_periods();
        pb->courses[0].teachers = ids_of(pb, pb->teacher_ids, "kim");
        build_done(pb);

        variant_add_teacher(pb, 0, &notes);
        assert_int_equal(pb->n_teachers, 3);
        assert_string_equal(pb->teachers[2].id, "kim-2");
        assert_int_equal(pb->courses[0].teachers.v[1], 2);
        variant_add_teacher(pb, 0, &notes);
        assert_string_equal(pb->teachers[3].id, "kim-3");
        problem_free(pb);
}

static void rooms_come_and_go(void **state)
{
        (void)state;
        struct problem *pb = six_periods();
        pb->teachers[0].home = 0;
        pb->teachers[1].home = 1;
        build_done(pb);

        variant_add_room(pb, 1, &notes);
        assert_string_equal(pb->rooms[2].id, "R2-2");
        assert_int_equal(pb->rooms[2].capacity, 30);
        variant_remove_room(pb, 0, &notes);
        assert_int_equal(pb->teachers[0].home, -1);
        assert_int_equal(pb->teachers[1].home, 0);
        assert_string_equal(pb->rooms[1].id, "R2-2");
        problem_free(pb);
}

static struct problem *with_cohorts(void)
{
        struct problem *pb = six_periods();

        add_pathway(pb, "health");
        add_cohort(pb, "h10", 10, "ENG");
        add_pathway(pb, "auto");
        add_cohort(pb, "a10", 10, "ENG");
        add_students(pb, 5);
        for (int s = 0; s < 4; s++)
                pb->students[s].pathway_stated = 0;
        pb->students[4].pathway_stated = 1;
        add_lock(pb, "ENG", 1)->cohort = 1;
        return build_done(pb);
}

static void a_cohort_is_split_in_two(void **state)
{
        (void)state;
        struct problem *pb = with_cohorts();

        variant_add_cohort(pb, 0, &notes);
        assert_int_equal(pb->n_cohorts, 3);
        assert_string_equal(pb->cohorts[1].id, "h10-2");
        assert_string_equal(pb->cohorts[2].id, "a10");
        assert_int_equal(pb->pathways[0].n_cohorts, 2);
        assert_int_equal(pb->pathways[1].first_cohort, 2);
        assert_int_equal(pb->students[1].cohort_stated, 1);
        assert_int_equal(pb->students[0].cohort_stated, COHORT_DEFAULT);
        assert_int_equal(pb->locks[0].cohort, 2);
        assert_true(noted("2 of its 4 members"));
        problem_free(pb);
}

static void a_cohort_that_goes_leaves_its_members_in_the_pathway(void **state)
{
        (void)state;
        struct problem *pb = with_cohorts();
        pb->students[0].cohort_stated = 0;
        pb->courses[2].only.cohort = 0;

        variant_remove_cohort(pb, 0, &notes);
        assert_int_equal(pb->n_cohorts, 1);
        assert_int_equal(pb->pathways[0].n_cohorts, 0);
        assert_int_equal(pb->pathways[1].first_cohort, 0);
        assert_int_equal(pb->students[0].cohort_stated, COHORT_DEFAULT);
        assert_int_equal(pb->students[0].pathway_stated, 0);
        assert_int_equal(pb->courses[2].only.cohort, -1);
        assert_int_equal(pb->courses[2].only.pathway, 0);
        assert_int_equal(pb->locks[0].cohort, 0);
        problem_free(pb);
}

/* ---- bells ---- */

static void lengths_are(const struct problem *pb, int course, int periods, int terms)
{
        assert_int_equal(pb->courses[course].periods, periods);
        assert_int_equal(pb->courses[course].terms, terms);
}

static void a_4x4_halves_the_terms_of_a_course(void **state)
{
        (void)state;
        struct problem *pb = build_done(six_periods());

        variant_bell(pb, bell("4x4"), &notes);
        assert_int_equal(pb->n_terms, 4);
        assert_int_equal(pb->n_periods, 4);
        lengths_are(pb, 0, 1, 2);
        lengths_are(pb, 1, 1, 1);
        lengths_are(pb, 2, 1, 4); /* a double period all year: a block all year */
        assert_int_equal(pb->courses[0].at_terms.n, 2);
        assert_int_equal(pb->courses[0].at_terms.v[1], 2);
        assert_true(pb->courses[0].credits_given);
        assert_int_equal(pb->courses[0].credits_stated.num, 10);
        assert_int_equal(pb->courses[1].credits_stated.num, 5);
        assert_int_equal(pb->contract.limits.load, 3);
        assert_int_equal(pb->contract.limits.contacts, 90);
        problem_free(pb);
}

static void alternate_days_keep_lengths(void **state)
{
        (void)state;
        struct problem *pb = build_done(six_periods());

        variant_bell(pb, bell("ab-8"), &notes);
        assert_int_equal(pb->n_terms, 2);
        assert_int_equal(pb->n_periods, 8);
        assert_string_equal(pb->periods[4].id, "1B");
        assert_true(pb->periods[1].break_after && pb->periods[5].break_after);
        lengths_are(pb, 0, 1, 2);
        lengths_are(pb, 1, 1, 1);
        lengths_are(pb, 2, 2, 2);
        assert_int_equal(pb->contract.limits.load, 6);
        assert_int_equal(pb->contract.limits.contacts, 180);
        problem_free(pb);
}

/* And back: a 4x4 of two terms becomes a year of six periods. */
static void a_4x4_becomes_a_traditional_day(void **state)
{
        (void)state;
        struct problem *pb = build_school(2, "1 2 3 4");
        notes = (struct notes){0};
        for (int i = 0; i < 3; i++) {
                static const char *const ids[] = {"A", "B", "C"};
                struct course *c = add_course(pb, ids[i]);
                c->terms = i < 2 ? 1 : 2;
                c->terms_given = true;
                c->credits_given = true;
                c->credits_stated = (struct ratio){i < 2 ? 10 : 20, 1};
        }
        build_done(pb);

        variant_bell(pb, bell("trad-6"), &notes);
        assert_int_equal(pb->n_terms, 1);
        lengths_are(pb, 0, 1, 1);
        lengths_are(pb, 2, 2, 1); /* a block all year was two periods' worth */
        problem_free(pb);
}

static void hours_follow_the_time_of_day(void **state)
{
        (void)state;
        struct problem *pb = six_periods();
        cellset morning = 7; /* periods 1 to 3, in both terms */
        pb->teachers[0].available = morning | morning << 6;
        build_done(pb);

        variant_bell(pb, bell("ab-8"), &notes);
        cellset blocks = 3 | 3 << 4; /* 1A 2A 1B 2B */
        assert_int_equal(pb->teachers[0].available, blocks | blocks << 8);
        assert_int_equal(pb->teachers[1].available, 0xffff);
        problem_free(pb);
}

/* Two of eight periods are one and a half of six: one would be too little for a double period. */
static void who_had_load_enough_for_a_course_still_has(void **state)
{
        (void)state;
        notes = (struct notes){0};
        struct problem *pb = build_school(2, "1A:A 2A:A 3A:A 4A:A 1B:B 2B:B 3B:B 4B:B");
        add_teacher(pb, "half", "cte")->stated.load = 2;
        add_teacher(pb, "most", "other")->stated.load = 6;
        struct course *c = add_course(pb, "LAB");
        c->periods = 2;
        c->credentials = ids_of(pb, pb->credentials, "cte");
        build_done(pb);

        variant_bell(pb, bell("trad-6"), &notes);
        assert_int_equal(pb->teachers[0].stated.load, 2);
        assert_int_equal(pb->teachers[1].stated.load, 4);
        assert_true(noted("own loads of teachers, before in brackets: most 4 (6)"));
        problem_free(pb);
}

static void locks_lose_their_time(void **state)
{
        (void)state;
        struct problem *pb = six_periods();
        set_sections(pb, "LAB", 1, 1);
        struct lock *l = add_lock(pb, "LAB", 1);
        l->period = 2;
        l->room = 1;
        build_done(pb);

        variant_bell(pb, bell("trad-7"), &notes);
        assert_int_equal(pb->locks[0].period, -1);
        assert_int_equal(pb->locks[0].room, 1);
        assert_true(noted("1 locks lose"));
        problem_free(pb);
}

static void the_bell_that_is_there_changes_nothing(void **state)
{
        (void)state;
        struct problem *pb = build_done(six_periods());

        variant_bell(pb, bell("trad-6"), &notes);
        assert_true(noted("as before"));
        assert_int_equal(notes.n, 1);
        assert_int_equal(pb->contract.limits.load, 5);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(one_more_section_is_stated),
                cmocka_unit_test(tied_courses_go_along),
                cmocka_unit_test(a_teacher_who_goes_is_named_nowhere),
                cmocka_unit_test(a_new_teacher_teaches_what_the_other_does),
                cmocka_unit_test(rooms_come_and_go),
                cmocka_unit_test(a_cohort_is_split_in_two),
                cmocka_unit_test(a_cohort_that_goes_leaves_its_members_in_the_pathway),
                cmocka_unit_test(a_4x4_halves_the_terms_of_a_course),
                cmocka_unit_test(alternate_days_keep_lengths),
                cmocka_unit_test(a_4x4_becomes_a_traditional_day),
                cmocka_unit_test(hours_follow_the_time_of_day),
                cmocka_unit_test(who_had_load_enough_for_a_course_still_has),
                cmocka_unit_test(locks_lose_their_time),
                cmocka_unit_test(the_bell_that_is_there_changes_nothing),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
