/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons as sentences. */
#include "tests/support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* French 3 with three sections (numbers 0 to 2), BAND (3, 4), WELD (5). */
static struct problem *school(void)
{
        struct problem *pb = build_school(2, "1 2");
        struct course *c;

        add_teacher(pb, "kim", "french weld");
        add_room(pb, "R1", "lab", 30);
        c = add_course(pb, "FR3");
        c->title = "French 3";
        add_course(pb, "BAND");
        c = add_course(pb, "WELD");
        c->only = (struct who){0, 0, 0};
        c->periods = 2;
        c->at_terms = ids_of(pb, pb->term_ids, "T1");
        ids_of(pb, pb->flags, "el");
        add_pathway(pb, "trades");
        add_cohort(pb, "t9", 9, "WELD");
        set_sections(pb, "FR3", 3, 3);
        set_sections(pb, "BAND", 2, 2);
        set_sections(pb, "WELD", 1, 1);
        add_student(pb, "S1", 9);
        add_request(pb, "S1", "FR3", ELECTIVE);
        add_request(pb, "S1", "WELD", ELECTIVE);
        add_rule(pb, RULE_BEFORE, "BAND FR3");
        add_lock(pb, "BAND", 1);
        return build_done(pb);
}

static struct obstacle block(enum obstacle_kind kind, int section)
{
        return (struct obstacle){.kind = kind,
                .section = section,
                .rule = NONE,
                .lock = NONE,
                .cohort = NONE,
                .teacher = NONE,
                .room = NONE};
}

static int band = 1;

static struct obstacle with_band(enum obstacle_kind kind, int section)
{
        struct obstacle o = block(kind, section);

        o.courses = (struct ints){1, true, &band};
        return o;
}

static void expect_request(
        const struct problem *pb, int request, const struct reason *r, const char *sentence)
{
        struct arena *a = arena_new();

        assert_string_equal(reason_of_request(a, pb, request, r), sentence);
        arena_free(a);
}

static void expect_section(
        const struct problem *pb, int section, const struct reason *r, const char *sentence)
{
        struct arena *a = arena_new();

        assert_string_equal(reason_of_section(a, pb, section, r), sentence);
        arena_free(a);
}

static void simple_reasons_of_requests(void **state)
{
        struct problem *pb = school();
        static const struct {
                int request;
                enum why why;
                const char *sentence;
        } cases[] = {
                {0, WHY_GRADE, "French 3 (FR3) is not open to grade 9."},
                {1, WHY_ONLY,
                        "WELD is kept for students of pathway trades, cohort t9 and flag el."},
                {0, WHY_AWAY,
                        "Student S1 is not available in any period where French 3 (FR3) may be."},
                {1, WHY_NOT_OFFERED, "WELD has no section."},
                {1, WHY_NOT_PLACED, "No section of WELD is placed."},
                {1, WHY_POSSIBLE,
                        "Nothing rules out a seat in WELD, but it would cost as much or "
                        "more elsewhere."},
                {1, WHY_UNKNOWN, "The search ended before it found why."},
        };

        (void)state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct reason r = {.why = cases[i].why, .room_type = NONE};

                expect_request(pb, cases[i].request, &r, cases[i].sentence);
        }
        problem_free(pb);
}

static void expect_blocked(
        const struct problem *pb, struct obstacle *o, int n, const char *sentence)
{
        const struct reason r = {
                .why = WHY_BLOCKED, .room_type = NONE, .n_obstacles = n, .obstacles = o};

        expect_request(pb, 0, &r, sentence);
}

static void obstacles_of_all_sections_are_told_together(void **state)
{
        struct problem *pb = school();
        struct obstacle o[3];

        (void)state;
        for (int s = 0; s < 3; s++)
                o[s] = block(BLOCK_FULL, s);
        expect_blocked(pb, o, 3, "All 3 sections of French 3 (FR3) are full.");
        expect_blocked(pb, o, 2, "Both placed sections of French 3 (FR3) are full.");
        expect_blocked(pb, o, 1, "The only placed section of French 3 (FR3) is full.");
        for (int s = 0; s < 3; s++)
                o[s] = with_band(BLOCK_OVERLAP, s);
        expect_blocked(pb, o, 3, "Each of the 3 sections of French 3 (FR3) overlaps with BAND.");
        o[1] = block(BLOCK_FULL, 1);
        expect_blocked(pb, o, 3, "Each of FR3-1 and FR3-3 overlaps with BAND; FR3-2 is full.");
        o[1] = block(BLOCK_FULL, 0);
        expect_blocked(pb, o, 2,
                "The only placed section of French 3 (FR3) overlaps with BAND and is full.");
        problem_free(pb);
}

static void one_hurdle_tells_of_a_section_with_many(void **state)
{
        struct problem *pb = school();
        struct obstacle o[6];

        (void)state;
        o[0] = block(BLOCK_FULL, 0);
        o[1] = block(BLOCK_FULL, 0); /* by the room, too: says no more */
        o[1].room = 0;
        o[2] = with_band(BLOCK_OVERLAP, 1);
        o[3] = block(BLOCK_FULL, 1);
        o[4] = block(BLOCK_AWAY, 2);
        o[5] = block(BLOCK_FULL, 2);
        expect_blocked(pb, o, 2, "The only placed section of French 3 (FR3) is full.");
        expect_blocked(pb, o, 6,
                "All 3 sections of French 3 (FR3) are full; 1 of them overlaps with the student's "
                "other classes, too.");
        o[4] = with_band(BLOCK_OVERLAP, 0);
        expect_blocked(pb, o, 6,
                "All 3 sections of French 3 (FR3) are full; 2 of them overlap with the student's "
                "other classes, too.");
        o[0] = block(BLOCK_OVERLAP, 2);
        o[1] = block(BLOCK_FULL, 0);
        expect_blocked(pb, o, 6,
                "All 3 sections of French 3 (FR3) are full; all of them overlap with the "
                "student's other classes, too.");
        o[4] = block(BLOCK_AWAY, 2);
        o[0] = block(BLOCK_FULL, 0);
        o[1] = with_band(BLOCK_ALTERNATE, 0);
        expect_blocked(pb, o, 2, "The only placed section of French 3 (FR3) is full.");
        o[0] = block(BLOCK_SUPPORT, 0);
        o[1] = block(BLOCK_PURITY, 0);
        o[1].cohort = 0;
        expect_blocked(pb, o, 6,
                "Each of FR3-2 and FR3-3 is full; FR3-1 is not co-taught, which the student "
                "needs.");
        for (int i = 0; i < 6; i++)
                o[i] = block(i % 2 ? BLOCK_AWAY : BLOCK_FULL, i / 2);
        expect_blocked(pb, o, 6,
                "Each of the 3 sections of French 3 (FR3) is full and meets when the student is "
                "not available.");
        problem_free(pb);
}

static void what_holds_for_most_sections_is_told_first(void **state)
{
        struct problem *pb = school();
        struct obstacle o[6];

        (void)state;
        for (int s = 0; s < 3; s++) {
                o[2 * s] = with_band(BLOCK_OVERLAP, s);
                o[2 * s + 1] = block(BLOCK_PURITY, s);
                o[2 * s + 1].cohort = 0;
        }
        expect_blocked(pb, o, 6,
                "Each of the 3 sections of French 3 (FR3) overlaps with BAND and is reserved for "
                "t9 and takes no more others.");
        expect_blocked(pb, o, 5, /* the last overlaps, and is not pure */
                "Each of the 3 sections of French 3 (FR3) overlaps with BAND; 2 of them are "
                "reserved for cohorts and take no more others, too.");
        o[0] = block(BLOCK_OVERLAP, 0);
        o[2] = block(BLOCK_FULL, 1);
        expect_blocked(pb, o, 6,
                "Each of the 3 sections of French 3 (FR3) is reserved for t9 and takes no more "
                "others; 2 of them overlap with the student's other classes, too.");
        o[1] = with_band(BLOCK_OVERLAP, 1);
        o[4] = block(BLOCK_FULL, 2);
        expect_blocked(pb, o, 6,
                "Each of FR3-2 and FR3-3 is full; FR3-1 overlaps with another class; 2 of them are "
                "reserved for cohorts and take no more others, too.");
        problem_free(pb);
}

static void every_obstacle_has_its_words(void **state)
{
        struct problem *pb = school();
        static const struct {
                enum obstacle_kind kind;
                bool courses;
                const char *words;
        } cases[] = {
                {BLOCK_FULL, false, "is full (room R1 holds 30)"},
                {BLOCK_FULL, true,
                        "is full together with BAND, stacked with it (room R1 holds 30)"},
                {BLOCK_OVERLAP, true, "overlaps with BAND"},
                {BLOCK_SUPPORT, false, "is not co-taught, which the student needs"},
                {BLOCK_PURITY, false, "is reserved for t9 and takes no more others"},
                {BLOCK_CONTACTS, false, "has no seat left within the contacts limit of kim"},
                {BLOCK_AWAY, false, "meets when the student is not available"},
                {BLOCK_RULE, false, "is ruled out by the rule before (school.yaml:101)"},
                {BLOCK_RULE, true,
                        "is ruled out by the rule before (school.yaml:101), because of BAND"},
                {BLOCK_LOCK, true,
                        "is ruled out by the lock at school.yaml:201, which holds the student in "
                        "BAND"},
                {BLOCK_STRANDS, false, "would split members of t9"},
                {BLOCK_ALTERNATE, true, "is replaced by the alternate BAND"},
                {BLOCK_ALTERNATE, false, "would stand in for a request that is met"},
        };

        (void)state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct arena *a = arena_new();
                struct obstacle o =
                        cases[i].courses ? with_band(cases[i].kind, 2) : block(cases[i].kind, 2);

                o.rule = o.lock = o.cohort = o.teacher = o.room = 0;
                expect_blocked(pb, &o, 1,
                        arena_printf(a, "The only placed section of French 3 (FR3) %s.",
                                cases[i].words));
                arena_free(a);
        }
        problem_free(pb);
}

static void every_reason_of_a_section_has_its_words(void **state)
{
        struct problem *pb = school();
        static int both[] = {0, 1}, zero;
        static const struct {
                enum why why;
                const char *sentence;
        } cases[] = {
                {WHY_NO_START, "WELD-1 finds no run of 2 periods in 2 of 2 terms where its `at` "
                               "lets it start."},
                {WHY_NO_CREDENTIAL, "No teacher holds the credential french or weld."},
                {WHY_NO_TEACHER, "No teacher with credential french or weld is free, within load "
                                 "and limits, in any period "
                                 "where WELD-1 may be."},
                {WHY_NO_CO_TEACHER,
                        "No co-teacher with credential french or weld is free, within load "
                        "and limits, when a teacher of WELD-1 is."},
                {WHY_NO_ROOM_TYPE, "No room has the type lab."},
                {WHY_NO_ROOM, "No room of type lab is free when a teacher is."},
                {WHY_TOO_FEW,
                        "WELD-1 needs 5 students, and of the 9 students without a seat in WELD at "
                        "most 1 could come at any one time that is left for it: the others have "
                        "other classes then, or rules and limits keep them out."},
                {WHY_RULE, "Every place that is left for WELD-1 is ruled out."},
                {WHY_NO_NEED, "Nobody who asked for WELD could sit in WELD-1."},
                {WHY_POSSIBLE, "WELD-1 could be placed, but the search left it out."},
                {WHY_UNKNOWN, "The search ended before it found why."},
        };
        struct reason r = {.room_type = 0, .could = 1, .need = 5, .asking = 9};

        (void)state;
        r.credentials = (struct ints){2, true, both};
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                r.why = cases[i].why;
                expect_section(pb, 5, &r, cases[i].sentence);
        }
        r.why = WHY_TOO_FEW;
        r.could = 0;
        expect_section(pb, 5, &r,
                "WELD-1 needs 5 students, and of the 9 students without a seat in WELD none could "
                "come at any time that is left for it: other classes are in the way then, or rules "
                "and limits.");
        r.asking = 0;
        expect_section(pb, 5, &r,
                "WELD-1 needs 5 students, and nobody who asks for WELD is without a seat in it.");
        r.why = WHY_RULE;
        r.rules = r.locks = (struct ints){1, true, &zero};
        expect_section(pb, 5, &r,
                "Every place that is left for WELD-1 is ruled out, by the rule "
                "before (school.yaml:101) and the lock at school.yaml:201.");
        r = (struct reason){.why = WHY_NO_CREDENTIAL, .room_type = NONE};
        expect_section(pb, 5, &r, "No teacher may take WELD-1.");
        problem_free(pb);
}

static void codes_are_all_different(void **state)
{
        (void)state;
        for (enum why a = 0; a < N_WHY; a++)
                for (enum why b = 0; b < a; b++)
                        assert_string_not_equal(why_code(a), why_code(b));
        for (enum obstacle_kind a = 0; a < N_BLOCKS; a++)
                for (enum obstacle_kind b = 0; b < a; b++)
                        assert_string_not_equal(obstacle_code(a), obstacle_code(b));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(simple_reasons_of_requests),
                cmocka_unit_test(obstacles_of_all_sections_are_told_together),
                cmocka_unit_test(one_hurdle_tells_of_a_section_with_many),
                cmocka_unit_test(what_holds_for_most_sections_is_told_first),
                cmocka_unit_test(every_obstacle_has_its_words),
                cmocka_unit_test(every_reason_of_a_section_has_its_words),
                cmocka_unit_test(codes_are_all_different),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
