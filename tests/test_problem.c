/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What problem_finish() derives. */
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

static void periods_join_within_a_day_and_not_over_a_break(void **state)
{
        struct problem *pb = build_done(plain());
        const bool joins[] = {true, false, false, true, false};
        const int days[] = {0, 0, 0, 1, 1};

        (void)state;
        for (int p = 0; p < pb->n_periods; p++) {
                assert_int_equal(pb->periods[p].joins_next, joins[p]);
                assert_int_equal(pb->periods[p].day_index, days[p]);
        }
        assert_int_equal(pb->n_cells, 10);
        assert_true(pb->all_cells == 0x3ff && pb->term_cells[1] == 0x3e0);
        assert_int_equal(problem_longest_run(pb, 0x1f, 0), 2);
        assert_int_equal(problem_longest_run(pb, 0x1f, 1), 0);
        problem_free(pb);
}

static void limits_come_from_teacher_then_contract_then_default(void **state)
{
        struct problem *pb = plain();

        (void)state;
        pb->contract.limits.preps = 3;
        pb->contract.limits.contacts = 100;
        add_teacher(pb, "lee", NULL)->stated = (struct limits){2, -1, 4, 50};
        build_done(pb);
        assert_int_equal(pb->teachers[0].limits.load, 4);
        assert_int_equal(pb->teachers[0].limits.preps, 3);
        assert_int_equal(pb->teachers[0].limits.consecutive, NO_LIMIT);
        assert_int_equal(pb->teachers[0].limits.contacts, 100);
        assert_int_equal(pb->teachers[1].limits.load, 2);
        assert_int_equal(pb->teachers[1].limits.consecutive, 4);
        assert_int_equal(pb->teachers[1].limits.contacts, 50);
        problem_free(pb);
        pb = build_done(build_school(1, "only"));
        problem_free(pb);
}

static void a_single_period_leaves_a_load_of_one(void **state)
{
        struct problem *pb = build_school(1, "only");

        (void)state;
        add_teacher(pb, "kim", NULL);
        build_done(pb);
        assert_int_equal(pb->teachers[0].limits.load, 1);
        problem_free(pb);
}

static void sizes_follow_course_then_contract(void **state)
{
        struct problem *pb = plain();

        (void)state;
        pb->contract.size_min = 10;
        pb->contract.size_target = 28;
        add_course(pb, "PLAIN");
        add_course(pb, "MAX")->size_max_stated = 8;
        add_course(pb, "TARGET")->size_target_stated = 20;
        build_done(pb);
        assert_int_equal(course(pb, "PLAIN")->size_min, 10);
        assert_int_equal(course(pb, "PLAIN")->size_target, 28);
        assert_int_equal(course(pb, "PLAIN")->size_max, 36);
        assert_int_equal(course(pb, "MAX")->size_min, 8);
        assert_int_equal(course(pb, "MAX")->size_target, 8);
        assert_int_equal(course(pb, "TARGET")->size_target, 20);
        assert_int_equal(course(pb, "TARGET")->size_max, 36);
        problem_free(pb);
}

static void a_min_above_the_contracts_max_is_refused(void **state)
{
        struct problem *pb = plain();
        struct course *c = add_course(pb, "ART");

        (void)state;
        pb->contract.size_max = 20;
        c->size_min_stated = 21;
        c->at.line = 7;
        build_refused(pb, ERROR_INPUT, 7, "size min of 21");
}

static void omitted_sections_are_primary_requests_over_target(void **state)
{
        struct problem *pb = plain();

        (void)state;
        add_course(pb, "ART")->size_target_stated = 3;
        add_course(pb, "NOBODY");
        students(pb, 7, "ART");
        pb->requests[6].kind = ALTERNATE;
        pb->requests[5].kind = REQUIRED;
        build_done(pb);
        assert_int_equal(course(pb, "ART")->sections_min, 2);
        assert_int_equal(course(pb, "ART")->sections_max, 2);
        assert_int_equal(course(pb, "ART")->n_requests, 7);
        assert_int_equal(course(pb, "ART")->n_primary, 6);
        assert_int_equal(course(pb, "NOBODY")->sections_max, 0);
        problem_free(pb);
}

static struct problem *alike(void)
{
        struct problem *pb = plain();
        const char *const ids[] = {"A", "B", "C", "D", "E"};

        for (int i = 0; i < 5; i++) {
                struct course *c = add_course(pb, ids[i]);

                c->size_target_stated = 2;
                c->sections_at.line = 10 + i;
        }
        add_rule(pb, RULE_SAME_PERIOD, "A B");
        add_rule(pb, RULE_ADJACENT, "C D");
        add_rule(pb, RULE_SAME_STUDENTS, "B C");
        add_rule(pb, RULE_SEPARATE, "D E");
        students(pb, 3, "A");
        students(pb, 5, "D");
        students(pb, 1, "E");
        return pb;
}

static void alike_groups_that_share_a_course_are_one(void **state)
{
        struct problem *pb = build_done(alike());

        (void)state;
        for (int c = 0; c < 4; c++)
                assert_int_equal(pb->courses[c].sections_max, 3);
        assert_int_equal(course(pb, "E")->sections_max, 1);
        assert_int_equal(pb->n_sections, 13);
        assert_int_equal(pb->section_course[12], 4);
        assert_int_equal(pb->section_number[11], 3);
        assert_int_equal(course(pb, "B")->first_section, 3);
        problem_free(pb);
}

static void a_stated_number_goes_before_computed_ones(void **state)
{
        struct problem *pb = alike();

        (void)state;
        set_sections(pb, "B", 1, 2);
        build_done(pb);
        for (int c = 0; c < 4; c++) {
                assert_int_equal(pb->courses[c].sections_min, 1);
                assert_int_equal(pb->courses[c].sections_max, 2);
        }
        problem_free(pb);
}

static void stated_numbers_that_differ_are_refused(void **state)
{
        struct problem *pb = alike();

        (void)state;
        set_sections(pb, "A", 2, 2);
        set_sections(pb, "D", 3, 3);
        build_refused(pb, ERROR_INPUT, 13, "of D");
}

static void a_course_in_two_stacks_is_refused(void **state)
{
        struct problem *pb = plain();

        (void)state;
        add_course(pb, "A");
        add_course(pb, "B");
        add_course(pb, "C");
        add_rule(pb, RULE_STACK, "A B");
        add_rule(pb, RULE_STACK, "B C");
        build_refused(pb, ERROR_INPUT, 102, "second stack");
}

static void stacks_are_staffed_and_housed_alike(void **state)
{
        for (int i = 0; i < 3; i++) {
                struct problem *pb = plain();

                (void)state;
                add_room(pb, "R1", "lab", 30);
                add_course(pb, "A");
                add_course(pb, "B")->staffed = i == 0;
                pb->courses[1].room_type = i == 0 ? 0 : NONE;
                if (i == 2)
                        pb->courses[0].staffed = pb->courses[1].staffed;
                add_rule(pb, i == 1 ? RULE_SAME_TEACHER : RULE_STACK, "A B");
                if (i == 2) {
                        build_done(pb);
                        assert_int_equal(pb->courses[1].stack, 0);
                        problem_free(pb);
                } else {
                        build_refused(pb, ERROR_INPUT, 101, i ? "staffed" : "room type");
                }
        }
}

static void starts_fit_the_bell_and_at(void **state)
{
        struct problem *pb = plain();
        struct course *c = add_course(pb, "DOUBLE");

        (void)state;
        c->periods = 2;
        c->terms = 1;
        c = add_course(pb, "AT");
        c->terms = 1;
        c->at_periods = ids_of(pb, pb->period_ids, "2A 3A");
        c->at_terms = ids_of(pb, pb->term_ids, "T2");
        c = add_course(pb, "NOWHERE");
        c->at_periods = ids_of(pb, pb->period_ids, "");
        build_done(pb);
        /* 1A-2A and 1B-2B, in both terms */
        assert_true(course(pb, "DOUBLE")->may_start == (1u << 0 | 1u << 3 | 1u << 5 | 1u << 8));
        assert_true(course(pb, "DOUBLE")->start_cells[3] == (1u << 3 | 1u << 4));
        assert_true(course(pb, "AT")->may_start == (1u << 6 | 1u << 7));
        assert_true(course(pb, "NOWHERE")->may_start == 0);
        problem_free(pb);
}

static void off_campus_and_travel_block_that_day_only(void **state)
{
        struct problem *pb = build_school(2, "1:A 2:A 3:A 4:A 5:B");
        struct course *c = add_course(pb, "END");

        (void)state;
        c->off_campus = OFF_END;
        c->terms = 1;
        c = add_course(pb, "START");
        c->off_campus = OFF_START;
        add_course(pb, "TRAVEL")->travel = 1;
        build_done(pb);
        assert_true(course(pb, "END")->start_block[1] == 0x0e);
        assert_true(course(pb, "END")->start_block[6] == 0x0e << 5);
        assert_true(course(pb, "START")->start_block[2] == (0x07 | 0x07 << 5));
        assert_true(course(pb, "TRAVEL")->start_block[3] == (0x0c | 0x0c << 5));
        assert_true(course(pb, "TRAVEL")->start_block[4] == (0x10 | 0x10 << 5));
        problem_free(pb);
}

static void able_people_and_rooms_are_listed(void **state)
{
        struct problem *pb = plain();
        struct course *c;

        (void)state;
        add_teacher(pb, "lee", "french english");
        add_teacher(pb, "ono", "special");
        add_room(pb, "R1", "lab", 30);
        add_room(pb, "R2", "class lab", -1);
        add_course(pb, "ANY");
        c = add_course(pb, "ENG");
        c->credentials = ids_of(pb, pb->credentials, "english");
        c->teachers = ids_of(pb, pb->teacher_ids, "lee ono");
        c->room_type = index_find(pb->room_types, "class");
        c->support = (struct support){true, 0, ids_of(pb, pb->credentials, "special"), 1};
        add_course(pb, "WORK")->staffed = false;
        build_done(pb);
        assert_int_equal(course(pb, "ANY")->able_teachers.n, 3);
        assert_int_equal(course(pb, "ANY")->able_rooms.n, 0);
        assert_int_equal(course(pb, "ENG")->able_teachers.n, 1);
        assert_int_equal(course(pb, "ENG")->able_teachers.v[0], 1);
        assert_int_equal(course(pb, "ENG")->able_co_teachers.v[0], 2);
        assert_int_equal(course(pb, "ENG")->able_rooms.v[0], 1);
        assert_int_equal(course(pb, "WORK")->able_teachers.n, 0);
        problem_free(pb);
}

static void years_share_one_denominator(void **state)
{
        struct problem *pb = build_school(3, "1 2");
        struct course *c = add_course(pb, "THIRD");

        (void)state;
        c->terms = 1;
        c = add_course(pb, "CREDITS");
        c->credits_given = true;
        c->credits_stated = (struct ratio){25, 10};
        add_course(pb, "YEAR");
        add_requirement(pb, "ENGLISH", "YEAR");
        add_years(pb, 9, 150, 100);
        build_done(pb);
        assert_int_equal(pb->year_unit, 12);
        assert_int_equal(course(pb, "THIRD")->years, 4);
        assert_int_equal(course(pb, "CREDITS")->years, 3);
        assert_int_equal(course(pb, "YEAR")->years, 12);
        assert_int_equal(pb->requirements[0].by[0].years, 18);
        problem_free(pb);
}

static void years_too_fine_to_count_are_refused(void **state)
{
        struct problem *pb = plain();

        (void)state;
        add_course(pb, "A");
        add_requirement(pb, "R", "A");
        add_years(pb, 9, 1, 10000019);
        add_years(pb, 10, 1, 999983);
        build_refused(pb, ERROR_INPUT, 0, "too many different fractions");
}

static void priorities_reorder_tiers_below_the_second(void **state)
{
        struct problem *pb = plain();
        const enum tier first[] = {CTE_UNMET, CTE_UNPLACED, MOVED, UNEVEN, COHORT_BREAKS};

        (void)state;
        pb->n_priorities = 2;
        pb->priorities[0] = MOVED;
        pb->priorities[1] = UNEVEN;
        build_done(pb);
        assert_memory_equal(pb->order, first, sizeof first);
        assert_int_equal(pb->order[N_TIERS - 1], AWAY);
        problem_free(pb);
}

static void a_lock_beyond_the_sections_is_a_clash(void **state)
{
        struct problem *pb = plain();

        (void)state;
        add_course(pb, "A");
        set_sections(pb, "A", 1, 2);
        add_lock(pb, "A", 3);
        build_refused(pb, ERROR_CLASH, 201, "section 3 of A");
}

static void limits_of_the_format_are_kept(void **state)
{
        struct problem *pb;
        char bell[64 * 4 + 1] = "";

        (void)state;
        for (int i = 0; i < 33; i++)
                snprintf(bell + strlen(bell), sizeof bell - strlen(bell), "%d ", i);
        build_refused(build_school(2, bell), ERROR_INPUT, 0, "2 terms of 33 periods");
        pb = plain();
        add_course(pb, "A");
        set_sections(pb, "A", 0, 5001);
        build_refused(pb, ERROR_INPUT, 0, "5000 sections");
        pb = plain();
        add_course(pb, "A");
        set_sections(pb, "A", 0, 5000);
        build_done(pb);
        problem_free(pb);
        pb = plain();
        pb->students = arena_array(pb->arena, MAX_STUDENTS + 1, sizeof *pb->students);
        pb->n_students = MAX_STUDENTS + 1;
        build_refused(pb, ERROR_INPUT, 0, "10001 students");
}

static void all_64_cells_can_be_used(void **state)
{
        struct problem *pb;
        char bell[64 * 3 + 1] = "";

        (void)state;
        for (int i = 0; i < 64; i++)
                snprintf(bell + strlen(bell), sizeof bell - strlen(bell), "%d ", i);
        pb = build_school(1, bell);
        add_course(pb, "A")->periods = 64;
        add_student(pb, "S1", 9);
        build_done(pb);
        assert_true(pb->all_cells == ~(cellset)0);
        assert_true(pb->courses[0].start_cells[0] == ~(cellset)0);
        assert_true(pb->students[0].available == ~(cellset)0);
        problem_free(pb);
}

static void shares_are_floored_exactly(void **state)
{
        (void)state;
        assert_int_equal(ratio_floor_times((struct ratio){1, 5}, 36), 7);
        assert_int_equal(ratio_floor_times((struct ratio){29, 100}, 100), 29);
        assert_int_equal(ratio_floor_times((struct ratio){0, 1}, 36), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(periods_join_within_a_day_and_not_over_a_break),
                cmocka_unit_test(limits_come_from_teacher_then_contract_then_default),
                cmocka_unit_test(a_single_period_leaves_a_load_of_one),
                cmocka_unit_test(sizes_follow_course_then_contract),
                cmocka_unit_test(a_min_above_the_contracts_max_is_refused),
                cmocka_unit_test(omitted_sections_are_primary_requests_over_target),
                cmocka_unit_test(alike_groups_that_share_a_course_are_one),
                cmocka_unit_test(a_stated_number_goes_before_computed_ones),
                cmocka_unit_test(stated_numbers_that_differ_are_refused),
                cmocka_unit_test(a_course_in_two_stacks_is_refused),
                cmocka_unit_test(stacks_are_staffed_and_housed_alike),
                cmocka_unit_test(starts_fit_the_bell_and_at),
                cmocka_unit_test(off_campus_and_travel_block_that_day_only),
                cmocka_unit_test(able_people_and_rooms_are_listed),
                cmocka_unit_test(years_share_one_denominator),
                cmocka_unit_test(years_too_fine_to_count_are_refused),
                cmocka_unit_test(priorities_reorder_tiers_below_the_second),
                cmocka_unit_test(a_lock_beyond_the_sections_is_a_clash),
                cmocka_unit_test(limits_of_the_format_are_kept),
                cmocka_unit_test(all_64_cells_can_be_used),
                cmocka_unit_test(shares_are_floored_exactly),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
