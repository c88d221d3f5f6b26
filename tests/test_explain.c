/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each reason for an unmet request: it is given with its data, it is true (no seat is possible
 * while it stands), and lifting just what it names makes the seat possible.
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

struct request_case {
        const char *school;
        const char *schedule;
        const char *student, *course;
        const char *reason;
        /* what lifts it: an edit of the school, of the schedule, or both; then section `number`
         * takes him */
        const char *from, *to;
        const char *was, *then;
        int number;
};

#define SCHOOL(people, courses, rest) SCHOOL_UNDER("", people, courses, rest)
#define SCHOOL_UNDER(contract, people, courses, rest)                                              \
        "msched: 1\n"                                                                              \
        "bell: {terms: [S1, S2], periods: [{id: P1}, {id: P2}, {id: P3}, {id: P4}]}\n"             \
        "contract: {size: {min: 0, max: 9}" contract "}\n"                                         \
        "teachers:\n"                                                                              \
        "  - {id: kim, credentials: [el-auth]}\n"                                                  \
        "  - {id: lee}\n"                                                                          \
        "rooms: [{id: R1, types: [lab], capacity: 2}, {id: R2, types: [lab]}]\n"                   \
        "courses:\n" courses "students:\n" people rest
#define ART(more) "  - {id: ART, sections: 2" more "}\n"
#define BAND(more) "  - {id: BAND, sections: 2" more "}\n"
#define ASKS(...) "requests: [" __VA_ARGS__ "]\n"
#define ASK(x, c) "{student: " x ", course: " c "}, "
#define ALT(x, c, more) "{student: " x ", course: " c ", kind: alternate" more "}, "
#define A "  - {id: A, grade: 9}\n"
#define B "  - {id: B, grade: 9}\n"
#define COHORTS(more)                                                                              \
        "pathways: [{id: H, cohorts: [{id: K, courses: [ART, BAND], purity: 1" more "}]}]\n"

/* True if the seat in the section breaks no hard rule. */
static bool takes(struct schedule *sc, int r, int s)
{
        sc->seat[r] = s;
        bool valid = text_valid(sc);
        sc->seat[r] = -1;
        return valid;
}

static void no_section_takes(struct schedule *sc, int r)
{
        const struct course *c = &sc->pb->courses[sc->pb->requests[r].course];

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                if (sc->start[s] >= 0)
                        assert_false(takes(sc, r, s));
}

static void possible_once_lifted(const struct request_case *t)
{
        char *school = text_edit(t->school, t->from, t->to);
        char *schedule = text_edit(t->schedule, t->was, t->then);
        struct problem *pb = text_school(school);
        struct schedule *sc = text_schedule(pb, schedule);
        int r = text_request(pb, t->student, t->course);

        assert_true(takes(sc, r, text_section(pb, t->course, t->number)));
        schedule_free(sc);
        problem_free(pb);
        mem_free(school);
        mem_free(schedule);
}

static void check_request(const struct request_case *t)
{
        struct problem *pb = text_school(t->school);
        struct schedule *sc = text_schedule(pb, t->schedule);
        struct arena *a = arena_new();
        int r = text_request(pb, t->student, t->course);

        assert_true(text_valid(sc));
        struct reason reason = explain_request(a, sc, r);
        char *got = text_reason(pb, &reason);
        assert_string_equal(got, t->reason);
        if (reason.why == WHY_POSSIBLE)
                assert_true(takes(sc, r, text_section(pb, t->course, t->number)));
        else
                no_section_takes(sc, r);
        assert_true(strlen(reason_of_request(a, pb, r, &reason)) > 10);
        mem_free(got);
        arena_free(a);
        schedule_free(sc);
        problem_free(pb);
        if (reason.why != WHY_POSSIBLE)
                possible_once_lifted(t);
}

#define REQUEST(name, ...)                                                                         \
        static void name(void **state)                                                             \
        {                                                                                          \
                (void)state;                                                                       \
                check_request(&(const struct request_case){__VA_ARGS__});                          \
        }

REQUEST(a_closed_grade_is_named, SCHOOL(A B, ART(", grades: [8]"), ASKS(ASK("A", "ART"))),
        "ART 1 P1/S1 kim - - -:;", "A", "ART", "grade", "[8]", "[8, 9]", .number = 1)

REQUEST(a_course_kept_for_others_is_named,
        SCHOOL(A B, ART(", only: {flag: iep}"), ASKS(ASK("A", "ART"))), "ART 1 P1/S1 kim - - -:;",
        "A", "ART", "only", "id: A, grade: 9", "id: A, grade: 9, flags: [iep]", .number = 1)

REQUEST(absence_in_all_its_periods_is_named,
        SCHOOL("  - {id: A, grade: 9, available: [P2]}\n", ART(", at: {periods: [P1]}"),
                ASKS(ASK("A", "ART"))),
        "ART 1 P1/S1 kim - - -:;", "A", "ART", "away", "[P2]", "[P1, P2]", .number = 1)

REQUEST(a_course_without_sections_is_named,
        SCHOOL(A, "  - {id: ART, sections: 0}\n", ASKS(ASK("A", "ART"))), "", "A", "ART",
        "not_offered", "sections: 0", "sections: 1", "", "ART 1 P1/S1 kim - - -:;", .number = 1)

REQUEST(a_course_of_which_nothing_is_placed_is_named, SCHOOL(A, ART(""), ASKS(ASK("A", "ART"))), "",
        "A", "ART", "not_placed", NULL, NULL, "", "ART 2 P1/S1 kim - - -:;", .number = 2)

REQUEST(the_maximum_fills_a_section,
        SCHOOL(A B, ART(", size: 1"), ASKS(ASK("A", "ART") ASK("B", "ART"))),
        "ART 1 P1/S1 kim - - -: B;", "A", "ART", "blocked full@ART-1", "size: 1", "size: 2",
        .number = 1)

REQUEST(a_small_room_fills_a_section,
        SCHOOL(A B "  - {id: C, grade: 9}\n", ART(", room: lab"),
                ASKS(ASK("A", "ART") ASK("B", "ART") ASK("C", "ART"))),
        "ART 1 P1/S1 kim - R1 -: B C;", "A", "ART", "blocked full@ART-1(room=R1)", "capacity: 2",
        "capacity: 3", .number = 1)

REQUEST(a_stack_fills_together,
        SCHOOL(A B, ART(", size: 1") BAND(", size: 1"),
                ASKS(ASK("A", "ART") ASK("B", "BAND")) "rules: [stack: [ART, BAND]]\n"),
        "ART 1 P1/S1 kim - - -:; BAND 1 P1/S1 kim - - -: B;", "A", "ART",
        "blocked full@ART-1(BAND)", "ART, sections: 2, size: 1",
        "ART, sections: 2, size: {min: 0, max: 2}", .number = 1)

REQUEST(a_seat_at_the_same_time_is_named,
        SCHOOL(A B, ART("") BAND(""), ASKS(ASK("A", "ART") ASK("A", "BAND") ASK("B", "BAND"))),
        "ART 1 P1/S1 kim - - -:; BAND 1 P1/S1 lee - - -: A B;", "A", "ART",
        "blocked overlap@ART-1(BAND)", NULL, NULL, ": A B;", ": B;", .number = 1)

REQUEST(classes_after_an_internship_are_named,
        SCHOOL(A B, ART(", off_campus: end") BAND(""),
                ASKS(ASK("A", "ART") ASK("A", "BAND") ASK("B", "BAND"))),
        "ART 1 P1/S1 kim - - -:; BAND 1 P4/S1 lee - - -: A B;", "A", "ART",
        "blocked overlap@ART-1(BAND)", ", off_campus: end", "", .number = 1)

REQUEST(an_internship_before_is_named,
        SCHOOL(A B, ART("") BAND(", travel: 1"),
                ASKS(ASK("A", "ART") ASK("A", "BAND") ASK("B", "BAND"))),
        "ART 1 P3/S1 kim - - -:; BAND 1 P2/S1 lee - - -: A B;", "A", "ART",
        "blocked overlap@ART-1(BAND)", ", travel: 1", "", .number = 1)

REQUEST(a_locked_seat_is_named_beside_the_overlap,
        SCHOOL(A B, ART("") BAND(""),
                ASKS(ASK("A", "ART") ASK("A", "BAND") ASK(
                        "B", "BAND")) "locks: [{student: A, course: BAND, section: 1}]\n"),
        "ART 1 P1/S1 kim - - -:; BAND 1 P1/S1 lee - - -: A B;", "A", "ART",
        "blocked lock@ART-1(BAND)(lock=0) overlap@ART-1(BAND)",
        "locks: [{student: A, course: BAND, section: 1}]\n", "", ": A B;", ": B;", .number = 1)

REQUEST(a_section_without_co_teacher_is_named,
        SCHOOL("  - {id: A, grade: 9, flags: [iep]}\n",
                ART(", support: {flag: iep, credential: el-auth, sections: 1}"),
                ASKS(ASK("A", "ART"))),
        "ART 2 P1/S1 lee - - -:;", "A", "ART", "blocked support@ART-2", ", flags: [iep]", "",
        .number = 2)

REQUEST(purity_is_named_with_its_cohort,
        SCHOOL(A "  - {id: B, grade: 9, cohort: K}\n", ART("") BAND(""),
                COHORTS("") ASKS(ASK("A", "ART") ASK("B", "ART"))),
        "ART 1 P1/S1 kim - - K: B;", "A", "ART", "blocked purity@ART-1(cohort=K)", "purity: 1",
        "purity: 0.5", .number = 1)

REQUEST(split_strands_are_named_with_their_cohort,
        SCHOOL("  - {id: A, grade: 9, cohort: K}\n  - {id: B, grade: 9, cohort: K}\n",
                ART("") BAND(""),
                COHORTS(", strands: true")
                        ASKS(ASK("A", "ART") ASK("A", "BAND") ASK("B", "ART") ASK("B", "BAND"))),
        "ART 1 P1/S1 kim - - K: B; BAND 1 P2/S1 kim - - K: B; BAND 2 P3/S1 lee - - K: A;", "A",
        "ART", "blocked strands@ART-1(cohort=K)", ", strands: true", "", .number = 1)

REQUEST(a_teacher_with_all_contacts_is_named,
        SCHOOL_UNDER(
                ", contacts: 1", A B, ART("") BAND(""), ASKS(ASK("A", "ART") ASK("B", "BAND"))),
        "ART 1 P1/S1 kim - - -:; BAND 1 P2/S1 kim - - -: B;", "A", "ART",
        "blocked contacts@ART-1(teacher=kim)", ", contacts: 1", ", contacts: 2", .number = 1)

REQUEST(absence_from_one_section_is_named,
        SCHOOL("  - {id: A, grade: 9, available: [P2]}\n", ART(""), ASKS(ASK("A", "ART"))),
        "ART 1 P1/S1 kim - - -:; ART 2 P3/S1 lee - - -:;", "A", "ART",
        "blocked away@ART-1 away@ART-2", "[P2]", "[P2, P3]", .number = 2)

REQUEST(an_order_is_named,
        SCHOOL(A, ART(", terms: 1") BAND(", terms: 1"),
                ASKS(ASK("A", "ART") ASK("A", "BAND")) "rules: [before: [ART, BAND]]\n"),
        "ART 1 P1/S2 kim - - -:; BAND 1 P2/S1 lee - - -: A;", "A", "ART",
        "blocked rule@ART-1(BAND)(rule=0)", "rules: [before: [ART, BAND]]\n", "", .number = 1)

REQUEST(an_order_is_named_from_its_other_end,
        SCHOOL(A, ART(", terms: 1") BAND(", terms: 1"),
                ASKS(ASK("A", "ART") ASK("A", "BAND")) "rules: [before: [ART, BAND]]\n"),
        "ART 1 P1/S2 kim - - -: A; BAND 1 P2/S2 lee - - -:;", "A", "BAND",
        "blocked rule@BAND-1(ART)(rule=0)", "rules: [before: [ART, BAND]]\n", "", .number = 1)

REQUEST(a_pair_of_sections_is_named,
        SCHOOL(A, ART("") BAND(""),
                ASKS(ASK("A", "ART") ASK("A", "BAND")) "rules: [same_students: [ART, BAND]]\n"),
        "ART 1 P1/S1 kim - - -: A; BAND 2 P2/S1 lee - - -:;", "A", "BAND",
        "blocked rule@BAND-2(ART)(rule=0)", "rules: [same_students: [ART, BAND]]\n", "",
        .number = 2)

REQUEST(a_need_for_a_credential_is_named,
        SCHOOL("  - {id: A, grade: 9, flags: [el]}\n", ART(""),
                ASKS(ASK("A", "ART")) "rules: [needs: {flag: el, credential: el-auth}]\n"),
        "ART 1 P1/S1 lee - - -:;", "A", "ART", "blocked rule@ART-1(rule=0)",
        "rules: [needs: {flag: el, credential: el-auth}]\n", "", .number = 1)

REQUEST(a_limit_is_named,
        SCHOOL("  - {id: A, grade: 9, flags: [el]}\n  - {id: B, grade: 9, flags: [el]}\n",
                ART(", size: 3"),
                ASKS(ASK("A", "ART") ASK("B", "ART")) "rules: [limit: {flag: el, share: 0.5}]\n"),
        "ART 1 P1/S1 lee - - -: B;", "A", "ART", "blocked rule@ART-1(rule=0)", "share: 0.5",
        "share: 0.67", .number = 1)

REQUEST(one_to_be_kept_apart_in_the_stack_is_named,
        SCHOOL(A B, ART("") BAND(""),
                ASKS(ASK("A", "ART")
                                ASK("B", "BAND")) "rules: [stack: [ART, BAND], apart: [A, B]]\n"),
        "ART 1 P1/S1 lee - - -:; BAND 1 P1/S1 lee - - -: B;", "A", "ART",
        "blocked rule@ART-1(rule=1)", ", apart: [A, B]", "", .number = 1)

REQUEST(a_teacher_to_avoid_is_named,
        SCHOOL(A, ART(""), ASKS(ASK("A", "ART")) "rules: [avoid: {student: A, teacher: lee}]\n"),
        "ART 1 P1/S1 lee - - -:;", "A", "ART", "blocked rule@ART-1(rule=0)",
        "rules: [avoid: {student: A, teacher: lee}]\n", "", .number = 1)

REQUEST(a_period_to_be_kept_free_is_named,
        SCHOOL(A, ART(""),
                ASKS(ASK("A",
                        "ART")) "rules: [free: {of: students, periods: [P1, P2], count: 2}]\n"),
        "ART 1 P1/S1 lee - - -:;", "A", "ART", "blocked rule@ART-1(rule=0)", "count: 2", "count: 1",
        .number = 1)

REQUEST(an_alternate_in_its_stead_is_named,
        SCHOOL(A, ART("") BAND(""), ASKS(ASK("A", "ART") ALT("A", "BAND", ", for: ART"))),
        "ART 1 P1/S1 lee - - -:; BAND 1 P2/S1 kim - - -: A;", "A", "ART",
        "blocked alternate@ART-1(BAND)", NULL, NULL, "kim - - -: A;", "kim - - -:;", .number = 1)

REQUEST(an_alternate_for_anything_is_named_when_nothing_else_is_unmet,
        SCHOOL(A, ART("") BAND(""), ASKS(ASK("A", "ART") ALT("A", "BAND", ""))),
        "ART 1 P1/S1 lee - - -:; BAND 1 P2/S1 kim - - -: A;", "A", "ART",
        "blocked alternate@ART-1(BAND)", NULL, NULL, "kim - - -: A;", "kim - - -:;", .number = 1)

REQUEST(a_section_that_nothing_blocks_is_said_to_be_possible,
        SCHOOL(A B, ART(", size: 1") BAND(""),
                ASKS(ASK("A", "ART") ASK("A", "BAND") ASK("B", "ART"))),
        "ART 1 P1/S1 kim - - -: B; ART 2 P2/S1 kim - - -:; BAND 1 P1/S1 lee - - -: A;", "A", "ART",
        "possible", .number = 2)

REQUEST(every_section_has_its_own_obstacles,
        SCHOOL(A B, ART(", size: 1") BAND(", periods: 2"),
                ASKS(ASK("A", "ART") ASK("A", "BAND") ASK("B", "ART"))),
        "ART 1 P1/S1 kim - - -: B; ART 2 P2/S1 kim - - -:; BAND 1 P1/S1 lee - - -: A;", "A", "ART",
        "blocked full@ART-1 overlap@ART-1(BAND) overlap@ART-2(BAND)", NULL, NULL, "lee - - -: A;",
        "lee - - -:;", .number = 2)

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_closed_grade_is_named),
                cmocka_unit_test(a_course_kept_for_others_is_named),
                cmocka_unit_test(absence_in_all_its_periods_is_named),
                cmocka_unit_test(a_course_without_sections_is_named),
                cmocka_unit_test(a_course_of_which_nothing_is_placed_is_named),
                cmocka_unit_test(the_maximum_fills_a_section),
                cmocka_unit_test(a_small_room_fills_a_section),
                cmocka_unit_test(a_stack_fills_together),
                cmocka_unit_test(a_seat_at_the_same_time_is_named),
                cmocka_unit_test(classes_after_an_internship_are_named),
                cmocka_unit_test(an_internship_before_is_named),
                cmocka_unit_test(a_locked_seat_is_named_beside_the_overlap),
                cmocka_unit_test(a_section_without_co_teacher_is_named),
                cmocka_unit_test(purity_is_named_with_its_cohort),
                cmocka_unit_test(split_strands_are_named_with_their_cohort),
                cmocka_unit_test(a_teacher_with_all_contacts_is_named),
                cmocka_unit_test(absence_from_one_section_is_named),
                cmocka_unit_test(an_order_is_named),
                cmocka_unit_test(an_order_is_named_from_its_other_end),
                cmocka_unit_test(a_pair_of_sections_is_named),
                cmocka_unit_test(a_need_for_a_credential_is_named),
                cmocka_unit_test(a_limit_is_named),
                cmocka_unit_test(one_to_be_kept_apart_in_the_stack_is_named),
                cmocka_unit_test(a_teacher_to_avoid_is_named),
                cmocka_unit_test(a_period_to_be_kept_free_is_named),
                cmocka_unit_test(an_alternate_in_its_stead_is_named),
                cmocka_unit_test(an_alternate_for_anything_is_named_when_nothing_else_is_unmet),
                cmocka_unit_test(a_section_that_nothing_blocks_is_said_to_be_possible),
                cmocka_unit_test(every_section_has_its_own_obstacles),
        };

        return cmocka_run_group_tests_name("reasons of requests", tests, NULL, NULL);
}
