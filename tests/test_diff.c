/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/diff_text.h"
#include "io/summary.h"
#include "tests/support_text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char yaml[] =
        "msched: 1\n"
        "bell: {terms: [S1, S2], periods: [{id: 1A}, {id: 2A}]}\n"
        "teachers: [{id: kim}, {id: lopez}]\n"
        "rooms: [{id: R1, types: [lab]}, {id: R2, types: [lab]}]\n"
        "courses: [{id: ENG9, sections: 2, room: lab}, {id: ART, sections: 1}]\n"
        "students: [{id: K1, grade: 9, name: Xenia}, {id: K2, grade: 9}, {id: K3, grade: 9}]\n"
        "requests:\n"
        "  - {student: K1, course: ENG9}\n"
        "  - {student: K1, course: ART}\n"
        "  - {student: K2, course: ENG9}\n"
        "  - {student: K2, course: ART}\n"
        "  - {student: K3, course: ENG9}\n";

static const char pathway_yaml[] =
        "msched: 1\nbell: {periods: 2}\nteachers: [{id: lee}]\n"
        "courses: [{id: WELD, pathway: metal}, {id: ART}, {id: BAND}, {id: CHOIR}]\n"
        "pathways: [{id: metal}]\n"
        "students: [{id: K1, grade: 9, pathway: metal}, {id: K2, grade: 9}]\n"
        "requests:\n"
        "  - {student: K1, course: WELD}\n"
        "  - {student: K1, course: ART}\n"
        "  - {student: K2, course: BAND}\n"
        "  - {student: K2, course: CHOIR, kind: alternate}\n";

static const char swapped_yaml[] =
        "msched: 1\nbell: {periods: 2}\nteachers: [{id: lee}]\n"
        "courses: [{id: WELD, pathway: metal}, {id: ART}, {id: BAND}, {id: CHOIR}]\n"
        "pathways: [{id: metal}]\n"
        "students: [{id: K1, grade: 9, pathway: metal}, {id: K2, grade: 9}]\n"
        "requests:\n"
        "  - {student: K1, course: BAND}\n"
        "  - {student: K1, course: ART}\n"
        "  - {student: K2, course: BAND}\n"
        "  - {student: K2, course: CHOIR, kind: alternate}\n";

static const char before[] = "ENG9 1 1A/S1 kim - R1 -: K1 K2; ART 1 2A/S1 lopez - - -: K1;";

/* The text of the change from `before` to `after`, which free() frees. */
static char *change(const char *after, bool json)
{
        struct problem *pb = text_school(yaml);
        struct schedule *a = text_schedule(pb, before), *b = text_schedule(pb, after);
        struct difference d;
        char *text = NULL;
        size_t size;
        FILE *to = open_memstream(&text, &size);
        struct json_out o = {.to = to};

        difference_init(&d, a, b);
        if (json) {
                json_begin(&o, NULL, '{');
                diff_json(&d, true, &o);
                json_end(&o, '}');
        } else {
                diff_text(&d, true, to);
        }
        fclose(to);
        difference_release(&d);
        schedule_free(a);
        schedule_free(b);
        problem_free(pb);
        return text;
}

static void tells(const char *after, const char *expected)
{
        char *text = change(after, false);

        assert_string_equal(text, expected);
        free(text);
}

static void nothing_changed_between_equals(void **state)
{
        (void)state;
        tells(before, "the score is the same\n\n0 sections changed\n\n0 students won\n"
                      "\n0 students lost\n\n0 students neither won nor lost (other sections, or a "
                      "course for "
                      "another)\n");
}

static void changes_are_told_in_sentences(void **state)
{
        (void)state;
        tells("ENG9 1 2A/S1 lopez - R2 -: K1; ENG9 2 1A/S1 lopez - R1 -: K2 K3;",
                "the score is the same\n"
                "\n3 sections changed\n"
                "  ENG9 section 1 moves from period 1A to period 2A; teacher: lopez, "
                "was kim; room: R2, was R1; 1 student leaves.\n"
                "  ENG9 section 2 runs now, in period 1A; 2 students join.\n"
                "  ART section 1 no longer runs; it was in period 2A; 1 student leaves.\n"
                "\n1 student won\n"
                "  K3 gets ENG9 section 2.\n"
                "\n1 student lost\n"
                "  K1 loses ART.\n"
                "\n1 student neither won nor lost (other sections, or a course for another)\n"
                "  K2 goes to ENG9 section 2, not 1.\n");
        tells("ENG9 1 1A/S1 kim lopez R1 -: K1 K2; ART 1 2A/S1 lopez - - -: K1 K2;",
                "the score is better\n"
                "  request_loss: 4, was 8\n"
                "\n1 section changed\n"
                "  ENG9 section 1 stays in period 1A; co-teacher: lopez, was none.\n"
                "\n1 section with other students alone\n"
                "  ART section 1 stays in period 2A; 1 student joins.\n"
                "\n1 student won\n"
                "  K2 gets ART section 1.\n"
                "\n0 students lost\n\n0 students neither won nor lost (other sections, or a "
                "course for another)\n");
}

static void changes_are_data_too(void **state)
{
        char *text = change("ENG9 1 1A/S1 kim - R1 -: K1 K2;", true);

        (void)state;
        assert_non_null(strstr(text, "{\"tier\": \"request_loss\", \"before\": 8, \"after\": 12}"));
        assert_non_null(strstr(text,
                "\"sections\": [\n    {\"course\": \"ART\", \"section\": 1, \"before\": "
                "{\"term\": \"S1\", \"period\": \"2A\", \"teacher\": \"lopez\", \"co_teacher\": "
                "null, \"room\": null, \"cohort\": null}, \"after\": null, \"joined\": 0, "
                "\"left\": 1}\n  ],\n  \"won\": 0,\n  \"lost\": 1,\n  \"moved\": 0,\n  \"people\": "
                "[\n    {\"student\": \"K1\", \"outcome\": \"lost\", \"gained\": 0, \"lost\": 1, "
                "\"moved\": 0}\n  ],\n  \"requests\": [],\n  \"students\": [\n    "
                "{\"student\": \"K1\", \"course\": "
                "\"ART\", \"before\": 1, \"after\": null}\n  ]\n}\n"));
        free(text);
}

/* What counts first decides: a CTE course won outweighs an elective lost. */
static void fortunes_follow_what_comes_first(void **state)
{
        struct problem *pb = text_school(pathway_yaml);
        struct schedule *a =
                text_schedule(pb, "ART 1 1/Y lee - - -: K1; BAND 1 2/Y lee - - -: K2;");
        struct schedule *b =
                text_schedule(pb, "WELD 1 1/Y lee - - -: K1; CHOIR 1 2/Y lee - - -: K2;");
        struct difference d;

        (void)state;
        difference_init(&d, a, b);
        assert_int_equal(d.n_students, 2);
        assert_int_equal(d.students[0].fortune, FORTUNE_WON);
        assert_int_equal(d.students[1].fortune, FORTUNE_LOST); /* an alternate for a request */
        assert_int_equal(d.fortunes[FORTUNE_WON], 1);
        assert_int_equal(d.fortunes[FORTUNE_MOVED], 0);
        difference_release(&d);
        schedule_free(a);
        schedule_free(b);
        problem_free(pb);
}

/* K1 asks for BAND instead of WELD: what he no longer asks for counts as unmet in neither. */
static void a_request_dropped_is_told_beside_the_score(void **state)
{
        struct problem *old = text_school(pathway_yaml), *pb = text_school(swapped_yaml);
        struct schedule *a = text_schedule(old, "ART 1 1/Y lee - - -: K1;");
        struct schedule *b =
                text_schedule(pb, "ART 1 1/Y lee - - -: K1; BAND 1 2/Y lee - - -: K1 K2;");
        struct schedule *fits = text_schedule(pb, "ART 1 1/Y lee - - -: K1;");
        struct answer *was = schedule_answer(a), *is = schedule_answer(b);
        struct difference d;
        char *text = NULL;
        size_t size;
        FILE *to = open_memstream(&text, &size);

        (void)state;
        difference_init(&d, fits, b);
        difference_requests(&d, was, is);
        assert_int_equal(d.n_dropped, 1);
        assert_int_equal(d.n_asked, 2);
        assert_true(d.asked[0].dropped && d.asked[0].cte && !d.asked[0].had);
        diff_text(&d, true, to);
        fclose(to);
        assert_non_null(strstr(text, "the score is better, but 1 request was dropped between the "
                                     "two and counts in neither (1 for CTE)\n"));
        assert_non_null(strstr(text, "\n1 request dropped\n  K1 no longer asks for WELD, a course "
                                     "of the student's CTE pathway, which was not met.\n"
                                     "\n1 request added\n  K1 asks for BAND, and did not "
                                     "before.\n"));
        free(text);
        difference_release(&d);
        answer_free(was);
        answer_free(is);
        schedule_free(a);
        schedule_free(b);
        schedule_free(fits);
        problem_free(old);
        problem_free(pb);
}

static void students_can_be_left_out(void **state)
{
        struct problem *pb = text_school(yaml);
        struct schedule *a = text_schedule(pb, before), *b = text_schedule(pb, "");
        struct difference d;
        char *text = NULL;
        size_t size;
        FILE *to = open_memstream(&text, &size);
        struct json_out o = {.to = to};

        (void)state;
        difference_init(&d, a, b);
        diff_text(&d, false, to);
        json_begin(&o, NULL, '{');
        diff_json(&d, false, &o);
        json_end(&o, '}');
        diff_page(&d, false, to);
        fclose(to);
        assert_null(strstr(text, "K1"));
        assert_non_null(strstr(text, "2 students lost"));
        free(text);
        difference_release(&d);
        schedule_free(a);
        schedule_free(b);
        problem_free(pb);
}

/* 100% is said of all alone, whatever rounding would say. */
static void shares_are_cut_not_rounded(void **state)
{
        struct problem *pb = text_school(yaml);
        struct measures m = {.primary = 10000, .primary_met = 9999, .cte_requests = 0};
        struct answer *an = answer_new();
        char *text = NULL;
        size_t size;
        FILE *to = open_memstream(&text, &size);

        (void)state;
        an->bound_given[CTE_UNMET] = true;
        summary_text(pb, an, &m, to);
        fclose(to);
        assert_non_null(strstr(text, "9999 of   10000   99.9%"));
        assert_non_null(strstr(text,
                "CTE requests met                                             0 of       0\n"));
        assert_non_null(strstr(text, "cte_unmet                         0            0\n"));
        assert_non_null(strstr(text, "cte_unplaced                      0            -\n"));
        free(text);
        answer_free(an);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(nothing_changed_between_equals),
                cmocka_unit_test(changes_are_told_in_sentences),
                cmocka_unit_test(changes_are_data_too),
                cmocka_unit_test(fortunes_follow_what_comes_first),
                cmocka_unit_test(a_request_dropped_is_told_beside_the_score),
                cmocka_unit_test(students_can_be_left_out),
                cmocka_unit_test(shares_are_cut_not_rounded),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
