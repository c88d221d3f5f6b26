/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each reason for an unplaced section: it is given with its data, and lifting just what it names
 * gives the section a place, shown by one that keeps all hard rules.
 */
#include "solver/explain.h"
#include "tests/support_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct section_case {
        const char *school;
        const char *schedule; /* without ART-1 */
        const char *reason;
        const char *from, *to;  /* an edit of the school that lifts it */
        const char *place;      /* of ART-1, possible then */
        const char *was, *then; /* an edit of the schedule that lifts it */
        bool lacking;           /* a lock asks for ART-1, so the schedule without it is not valid */
};

#define SCHOOL(art, band, rest)                                                                    \
        "msched: 1\n"                                                                              \
        "bell: {terms: [S1, S2], periods: [{id: P1}, {id: P2}, {id: P3, break_after: true}, {id: " \
        "P4}]}\n"                                                                                  \
        "teachers:\n"                                                                              \
        "  - {id: kim, credentials: [art, el], available: [P1, P2]}\n"                             \
        "  - {id: lee, credentials: [music, aide]}\n"                                              \
        "  - {id: may, credentials: [music, art2]}\n"                                              \
        "rooms: [{id: R1, types: [lab], capacity: 9}, {id: R2, types: [gym]}, {id: R3, types: "    \
        "[hut], capacity: 1}]\n"                                                                   \
        "courses:\n"                                                                               \
        "  - {id: ART, sections: 2" art "}\n"                                                      \
        "  - {id: BAND, sections: 2" band "}\n"                                                    \
        "students: [{id: A, grade: 9}, {id: B, grade: 9, flags: [iep]}, {id: C, grade: 9, "        \
        "flags: [iep]}]\n" rest
#define ASKS                                                                                       \
        "requests: [{student: A, course: ART}, {student: B, course: ART}, {student: C, course: "   \
        "BAND}]\n"

static void check_place(const struct section_case *t, const char *school, bool expected)
{
        char *was = text_edit(t->schedule, expected ? t->was : NULL, t->then);
        size_t size = strlen(was) + strlen(t->place) + 1;
        char *all = mem_alloc(size);
        struct problem *pb = text_school(school);

        snprintf(all, size, "%s%s", was, t->place);
        struct schedule *sc = text_schedule(pb, all);
        assert_int_equal(text_valid(sc), expected);
        schedule_free(sc);
        problem_free(pb);
        mem_free(all);
        mem_free(was);
}

static void check_section(const struct section_case *t)
{
        struct problem *pb = text_school(t->school);
        struct schedule *sc = text_schedule(pb, t->schedule);
        struct arena *a = arena_new();
        int s = text_section(pb, "ART", 1);

        assert_int_equal(text_valid(sc), !t->lacking);
        struct reason reason = explain_section(a, sc, s);
        char *got = text_reason(pb, &reason);
        assert_string_equal(got, t->reason);
        assert_true(strlen(reason_of_section(a, pb, s, &reason)) > 10);
        bool possible = reason.why == WHY_POSSIBLE || reason.why == WHY_NO_NEED;
        mem_free(got);
        arena_free(a);
        schedule_free(sc);
        problem_free(pb);
        check_place(t, t->school, possible);
        if (possible)
                return;
        char *school = text_edit(t->school, t->from, t->to);
        check_place(t, school, true);
        mem_free(school);
}

#define SECTION(name, ...)                                                                         \
        static void name(void **state)                                                             \
        {                                                                                          \
                (void)state;                                                                       \
                check_section(&(const struct section_case){__VA_ARGS__});                          \
        }

#define BY_KIM "ART 1 P1/S1 kim - - -: A B;"
#define BY_KIM_2 "ART 1 P2/S1 kim - - -: A B;"

SECTION(a_bell_without_room_for_it_is_no_start,
        SCHOOL(", periods: 4", "", "contract: {load: 4}\n" ASKS), "", "no_start",
        ", break_after: true", "", .place = "ART 1 P1/S1 lee - - -: A B;")

SECTION(at_that_leaves_nothing_is_no_start, SCHOOL(", at: {periods: []}", "", ASKS), "", "no_start",
        "periods: []", "periods: [P1]", .place = BY_KIM)

SECTION(a_credential_that_nobody_has_is_named, SCHOOL(", credential: [law, wood]", "", ASKS), "",
        "no_credential law wood", "[art, el]", "[art, el, wood]", .place = BY_KIM)

SECTION(teachers_without_the_credential_are_nobody,
        SCHOOL(", credential: art, teachers: [lee]", "", ASKS), "", "no_credential art", "[lee]",
        "[lee, kim]", .place = BY_KIM)

SECTION(a_teacher_who_is_not_there_is_not_free,
        SCHOOL(", credential: art, at: {periods: [P3]}", "", ASKS), "", "no_teacher art",
        "available: [P1, P2]", "available: [P1, P3]", .place = "ART 1 P3/S1 kim - - -: A B;")

SECTION(a_teacher_who_teaches_is_not_free,
        SCHOOL(", credential: art, at: {periods: [P1]}", "", ASKS), "BAND 1 P1/S1 kim - - -: C;",
        "no_teacher art", NULL, NULL, .place = BY_KIM, "kim", "may")

SECTION(a_teacher_with_a_full_load_is_not_free,
        SCHOOL(", credential: art", "", "contract: {load: 1}\n" ASKS), "BAND 1 P1/S1 kim - - -: C;",
        "no_teacher art", "load: 1", "load: 2", .place = BY_KIM_2)

SECTION(a_teacher_with_all_preps_is_not_free,
        SCHOOL(", credential: art", "", "contract: {preps: 1}\n" ASKS),
        "BAND 1 P1/S1 kim - - -: C;", "no_teacher art", "preps: 1", "preps: 2", .place = BY_KIM_2)

SECTION(a_teacher_without_a_pause_is_not_free,
        SCHOOL(", credential: art", "", "contract: {consecutive: 1}\n" ASKS),
        "BAND 1 P1/S1 kim - - -: C;", "no_teacher art", "consecutive: 1", "consecutive: 2",
        .place = BY_KIM_2)

SECTION(a_teacher_with_contacts_for_fewer_is_not_free,
        SCHOOL(", credential: art, size: {min: 2}", "", "contract: {contacts: 2}\n" ASKS),
        "BAND 1 P1/S1 kim - - -: C;", "no_teacher art", "contacts: 2", "contacts: 3",
        .place = BY_KIM_2)

SECTION(a_free_period_of_the_teacher_is_a_rule,
        SCHOOL(", credential: art", "",
                ASKS "rules: [free: {of: [kim], periods: [P1, P2], count: 2}]\n"),
        "", "no_teacher art rule=0", "count: 2", "count: 1", .place = BY_KIM)

SECTION(the_co_teacher_may_be_missing,
        SCHOOL(", credential: art, support: {flag: iep, credential: aide, sections: 1}",
                ", size: {min: 0}", ASKS),
        "BAND 1 P1/S1 lee - - -: C; BAND 2 P2/S1 lee - - -:;", "no_co_teacher aide", NULL, NULL,
        .place = "ART 1 P2/S1 kim lee - -: A B;", " BAND 2 P2/S1 lee - - -:;", "")

SECTION(the_only_co_teacher_may_be_the_teacher,
        SCHOOL(", credential: aide, support: {flag: iep, credential: aide, sections: 1}", "", ASKS),
        "", "no_co_teacher aide", "[music, art2]", "[music, aide]",
        .place = "ART 1 P2/S1 lee may - -: A B;")

SECTION(a_room_type_that_no_room_has_is_named, SCHOOL(", room: pool", "", ASKS), "",
        "no_room_type pool", "[gym]", "[gym, pool]", .place = "ART 1 P2/S1 kim - R2 -: A B;")

SECTION(a_room_in_use_when_the_teacher_is_there_is_not_free,
        SCHOOL(", credential: art, room: lab", ", room: lab, size: {min: 0}", ASKS),
        "BAND 1 P1/S1 lee - R1 -: C; BAND 2 P2/S1 may - R1 -:;", "no_room lab", "[gym]",
        "[gym, lab]", .place = "ART 1 P2/S1 kim - R2 -: A B;")

SECTION(courses_to_be_separate_are_a_rule,
        SCHOOL(", at: {periods: [P1]}", "", ASKS "rules: [separate: [ART, BAND]]\n"),
        "BAND 1 P1/S1 lee - - -: C;", "rule rule=0", "rules: [separate: [ART, BAND]]\n", "",
        .place = BY_KIM)

SECTION(locks_that_leave_a_place_are_no_reason,
        SCHOOL(", room: lab", "",
                ASKS "locks: [{course: ART, section: 2}, {course: ART, section: 1, "
                     "period: P1}, {course: BAND, section: 1, period: P3}]\n"),
        "ART 2 P3/S1 lee - R1 -:; BAND 1 P3/S1 may - - -: C;", "possible", NULL, NULL,
        .place = "ART 1 P1/S1 kim - R1 -: A B;", .lacking = true)

SECTION(a_lock_outside_of_the_hours_of_its_teachers_is_named,
        SCHOOL(", credential: art", "", ASKS "locks: [{course: ART, section: 1, period: P4}]\n"),
        "", "rule lock=0", "locks: [{course: ART, section: 1, period: P4}]\n", "", .place = BY_KIM,
        .lacking = true)

#define ALIKE(kind) "rules: [" kind ": [ART, BAND]]\n"
#define ALIKE_CASE(kind, band)                                                                     \
        SCHOOL(", credential: art", "", ASKS ALIKE(kind)), band, "rule rule=0", ALIKE(kind), "",   \
                .place = BY_KIM

SECTION(one_period_for_both_is_a_rule, ALIKE_CASE("same_period", "BAND 1 P3/S1 lee - - -: C;"))
SECTION(one_teacher_for_both_is_a_rule, ALIKE_CASE("same_teacher", "BAND 1 P3/S1 lee - - -: C;"))
SECTION(one_stack_is_a_rule, ALIKE_CASE("stack", "BAND 1 P3/S1 lee - - -: C;"))
SECTION(one_run_is_a_rule_that_a_break_ends, ALIKE_CASE("adjacent", "BAND 1 P4/S1 lee - - -: C;"))

SECTION(the_period_beside_its_neighbour_is_open,
        SCHOOL(", credential: art", "", ASKS ALIKE("adjacent")), "BAND 1 P3/S1 lee - - -: C;",
        "possible", NULL, NULL, .place = BY_KIM_2)

SECTION(a_stack_is_joined_at_the_place_of_its_other_section,
        SCHOOL(", credential: art, room: lab", ", credential: art, room: lab",
                "contract: {load: 1, preps: 1}\n" ASKS ALIKE("stack")),
        "BAND 1 P2/S1 kim - R1 -: C;", "possible", NULL, NULL,
        .place = "ART 1 P2/S1 kim - R1 -: A B;")

SECTION(a_stack_must_reach_the_largest_minimum_together,
        SCHOOL(", credential: art, size: {min: 4}", ", size: {min: 0}", ASKS ALIKE("stack")),
        "BAND 1 P2/S1 kim - - -: C;", "too_few 2 of 2 asking, need 3", "min: 4", "min: 3",
        .place = BY_KIM_2)

SECTION(too_few_ask_for_it, SCHOOL(", size: {min: 3}", "", ASKS), "",
        "too_few 2 of 2 asking, need 3", "min: 3", "min: 2", .place = BY_KIM)

SECTION(too_few_of_those_who_ask_are_free_then,
        SCHOOL(", size: {min: 2}, at: {periods: [P1]}", "",
                "requests: [{student: A, course: ART}, {student: B, course: ART}, {student: B, "
                "course: BAND}, {student: C, course: BAND}]\n"),
        "BAND 1 P1/S1 lee - - -: B C;", "too_few 1 of 2 asking, need 2", NULL, NULL,
        .place = BY_KIM, ": B C;", ": C;")

SECTION(a_small_room_seats_too_few, SCHOOL(", room: hut, size: {min: 2}", "", ASKS), "",
        "too_few 1 of 2 asking, need 2", "capacity: 1", "capacity: 2",
        .place = "ART 1 P1/S1 kim - R3 -: A B;")

SECTION(two_to_be_kept_apart_are_a_rule,
        SCHOOL(", size: {min: 2}", "", ASKS "rules: [apart: [A, B]]\n"), "", "rule rule=0",
        "rules: [apart: [A, B]]\n", "", .place = BY_KIM)

SECTION(others_to_be_kept_apart_are_none,
        SCHOOL(", size: {min: 2}", "", ASKS "rules: [apart: [A, C]]\n"), "", "possible", NULL, NULL,
        .place = BY_KIM)

SECTION(contacts_of_another_term_are_none,
        SCHOOL(", credential: art, size: {min: 2}, terms: 1, at: {terms: [S1]}", ", terms: 1",
                "contract: {contacts: 2}\n" ASKS),
        "BAND 1 P1/S2 kim - - -: C;", "possible", NULL, NULL, .place = BY_KIM)

SECTION(a_limit_that_keeps_it_below_its_minimum_is_a_rule,
        SCHOOL(", size: {min: 2, max: 4}", "",
                "requests: [{student: B, course: ART}, {student: C, course: ART}]\n"
                "rules: [limit: {flag: iep, share: 0.25}]\n"),
        "", "rule rule=0", "0.25", "0.5", .place = "ART 1 P1/S1 kim - - -: B C;")

SECTION(a_section_with_place_and_students_is_possible, SCHOOL("", "", ASKS), "", "possible", NULL,
        NULL, .place = BY_KIM)

SECTION(an_alternate_counts_where_it_may_stand_in,
        SCHOOL("", "",
                "requests: [{student: A, course: ART, kind: alternate}, {student: A, course: "
                "BAND}]\n"),
        "", "possible", NULL, NULL, .place = "ART 1 P1/S1 kim - - -: A;")

SECTION(a_section_that_nobody_would_sit_in_is_not_needed,
        SCHOOL(", size: {min: 0}", "", "requests: [{student: C, course: BAND}]\n"), "", "no_need",
        NULL, NULL, .place = "ART 1 P1/S1 kim - - -:;")

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_bell_without_room_for_it_is_no_start),
                cmocka_unit_test(at_that_leaves_nothing_is_no_start),
                cmocka_unit_test(a_credential_that_nobody_has_is_named),
                cmocka_unit_test(teachers_without_the_credential_are_nobody),
                cmocka_unit_test(a_teacher_who_is_not_there_is_not_free),
                cmocka_unit_test(a_teacher_who_teaches_is_not_free),
                cmocka_unit_test(a_teacher_with_a_full_load_is_not_free),
                cmocka_unit_test(a_teacher_with_all_preps_is_not_free),
                cmocka_unit_test(a_teacher_without_a_pause_is_not_free),
                cmocka_unit_test(a_teacher_with_contacts_for_fewer_is_not_free),
                cmocka_unit_test(a_free_period_of_the_teacher_is_a_rule),
                cmocka_unit_test(the_co_teacher_may_be_missing),
                cmocka_unit_test(the_only_co_teacher_may_be_the_teacher),
                cmocka_unit_test(a_room_type_that_no_room_has_is_named),
                cmocka_unit_test(a_room_in_use_when_the_teacher_is_there_is_not_free),
                cmocka_unit_test(courses_to_be_separate_are_a_rule),
                cmocka_unit_test(locks_that_leave_a_place_are_no_reason),
                cmocka_unit_test(a_lock_outside_of_the_hours_of_its_teachers_is_named),
                cmocka_unit_test(one_period_for_both_is_a_rule),
                cmocka_unit_test(one_teacher_for_both_is_a_rule),
                cmocka_unit_test(one_stack_is_a_rule),
                cmocka_unit_test(one_run_is_a_rule_that_a_break_ends),
                cmocka_unit_test(the_period_beside_its_neighbour_is_open),
                cmocka_unit_test(a_stack_is_joined_at_the_place_of_its_other_section),
                cmocka_unit_test(a_stack_must_reach_the_largest_minimum_together),
                cmocka_unit_test(too_few_ask_for_it),
                cmocka_unit_test(too_few_of_those_who_ask_are_free_then),
                cmocka_unit_test(a_small_room_seats_too_few),
                cmocka_unit_test(two_to_be_kept_apart_are_a_rule),
                cmocka_unit_test(others_to_be_kept_apart_are_none),
                cmocka_unit_test(contacts_of_another_term_are_none),
                cmocka_unit_test(a_limit_that_keeps_it_below_its_minimum_is_a_rule),
                cmocka_unit_test(a_section_with_place_and_students_is_possible),
                cmocka_unit_test(an_alternate_counts_where_it_may_stand_in),
                cmocka_unit_test(a_section_that_nobody_would_sit_in_is_not_needed),
        };

        return cmocka_run_group_tests_name("reasons of sections", tests, NULL, NULL);
}
