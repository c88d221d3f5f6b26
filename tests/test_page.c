/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/file.h"
#include "io/json_read.h"
#include "io/page.h"
#include "io/page_parts.h"
#include "model/outcome.h"
#include "tests/support_text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Texts that end scripts, open comments and carry a line separator. */
static const char yaml[] =
        "msched: 1\n"
        "school: {name: \"</title><script>alert(1)</script>\", year: \"a&b\"}\n"
        "bell: {terms: [S1, S2], periods: [{id: 1A}, {id: 2A}, {id: 3A}]}\n"
        "teachers: [{id: kim, name: \"</script><script>alert(2)</script>\"}, {id: \"<!--lopez\"}]\n"
        "rooms: [{id: R1, types: [lab]}]\n"
        "courses:\n"
        "  - {id: ENG9, title: \"line\\u2028and\\u2029paragraph\", sections: 1}\n"
        "  - {id: BIO, room: lab, periods: 2, sections: 2}\n"
        "  - {id: GOV, terms: 1, sections: 1}\n"
        "  - {id: ART, sections: 1, pathway: arts}\n"
        "pathways: [{id: arts, cohorts: [{id: arts-9, grade: 9, courses: [ENG9, ART]}]}]\n"
        "students:\n"
        "  - {id: STUDENT-ONE, name: Xylophia, grade: 9, flags: [rare-flag], pathway: arts}\n"
        "  - {id: STUDENT-TWO, name: Yggdra, grade: 9}\n"
        "requests:\n"
        "  - {student: STUDENT-ONE, course: ENG9, kind: required}\n"
        "  - {student: STUDENT-ONE, course: BIO}\n"
        "  - {student: STUDENT-ONE, course: ART}\n"
        "  - {student: STUDENT-TWO, course: BIO}\n"
        "  - {student: STUDENT-TWO, course: GOV}\n";

static char folder[] = "/tmp/test_page.XXXXXX";
static struct problem *pb;
static struct schedule *sc;
static struct answer *an;

static int set_up(void **state)
{
        (void)state;
        pb = text_school(yaml);
        sc = text_schedule(pb, "ENG9 1 1A/S1 kim - - arts-9: STUDENT-ONE; "
                               "BIO 1 2A/S1 <!--lopez - R1 -: STUDENT-ONE STUDENT-TWO;");
        an = schedule_answer(sc);
        an->version = "1";
        an->input_file = "school.yaml";
        an->status = STATUS_FEASIBLE;
        for (int i = 0; i < an->n_unmet; i++)
                an->unmet[i].reason = "Student STUDENT-ONE is not available.";
        return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
        (void)state;
        answer_free(an);
        schedule_free(sc);
        problem_free(pb);
        unlink("explain.json");
        unlink("page.html");
        return chdir("/") || rmdir(folder) ? -1 : 0;
}

static struct page sample(bool students)
{
        return (struct page){.schedule = sc, .answer = an, .students = students};
}

/* The page as a text, which free() frees; NULL after errors. */
static char *printed(const struct page *page, struct report *rp)
{
        char *text = NULL;
        size_t size;
        FILE *to = open_memstream(&text, &size);
        bool ok = page_print(page, to, rp);

        fclose(to);
        if (ok)
                return text;
        free(text);
        return NULL;
}

static int times(const char *text, const char *part)
{
        int n = 0;

        for (const char *p = text; (p = strstr(p, part)); p++)
                n++;
        return n;
}

/* The island's text, mem_free() it. */
static char *island(const char *html)
{
        const char *from = strstr(html, "id=\"data\">") + strlen("id=\"data\">");
        size_t n = (size_t)(strstr(from, "</script>") - from);
        char *text = mem_alloc(n + 1);

        memcpy(text, from, n);
        text[n] = 0;
        return text;
}

static void names_end_no_element(void **state)
{
        struct report *rp = report_new();
        struct page page = sample(true);
        char *html = printed(&page, rp);

        (void)state;
        assert_non_null(html);
        assert_int_equal(times(html, "</script>"), 2); /* of the island and of the script */
        assert_int_equal(times(html, "<script"), 2);
        assert_int_equal(times(html, "<title>"), 1);
        assert_int_equal(times(html, "</title>"), 1);
        assert_null(strstr(html, "alert(1)</script>"));
        assert_null(strstr(html, "<!--"));
        assert_null(strstr(html, "\xe2\x80\xa8"));
        assert_null(strstr(html, "\xe2\x80\xa9"));
        assert_non_null(strstr(html, "line\\u2028and\\u2029paragraph"));
        assert_non_null(strstr(html, "a&#38;b"));
        free(html);
        report_free(rp);
}

static void the_island_reads_back_as_json(void **state)
{
        struct report *rp = report_new();
        struct arena *a = arena_new();
        struct page page = sample(true);
        char *html = printed(&page, rp), *json = island(html);
        struct json_in in;
        const char *key;
        int n = 0;

        (void)state;
        json_in_init(&in, "island", json, strlen(json), a, rp);
        for (json_open_object(&in); json_more_keys(&in, &key);) {
                if (!strcmp(key, "school")) {
                        assert_string_equal(
                                json_get_text(&in), "</title><script>alert(1)</script>");
                        n++;
                } else {
                        json_skip(&in);
                }
        }
        assert_true(json_finish(&in));
        assert_int_equal(n, 1);
        mem_free(json);
        free(html);
        arena_free(a);
        report_free(rp);
}

static void without_students_nothing_tells_of_one(void **state)
{
        struct report *rp = report_new();
        struct page full = sample(true), bare = sample(false);
        char *with = printed(&full, rp), *without = printed(&bare, rp), *json = island(without);

        (void)state;
        assert_non_null(strstr(with, "STUDENT-ONE"));
        assert_non_null(strstr(with, "Xylophia"));
        assert_non_null(strstr(with, "rare-flag"));
        assert_null(strstr(without, "STUDENT-"));
        assert_null(strstr(without, "Xylophia"));
        assert_null(strstr(without, "Yggdra"));
        assert_null(strstr(json, "rare-flag"));
        assert_null(strstr(json, "\"students\":"));
        assert_non_null(strstr(json, "\"groups\": []"));
        assert_non_null(strstr(json, "\"pairs\": [0, 1, -1, -1")); /* one asked for both */
        mem_free(json);
        free(with);
        free(without);
        report_free(rp);
}

static void write_explain(const char *text)
{
        unlink("explain.json");
        FILE *f = fopen("explain.json", "w");

        assert_non_null(f);
        fputs(text, f);
        fclose(f);
}

static void explanations_of_this_schedule_are_shown(void **state)
{
        struct report *rp = report_new();
        struct page page = sample(true);

        (void)state;
        page.explain = "explain.json";
        page.sha256 = "abc";
        write_explain("{\"schedule_sha256\": \"abc\", \"requests\": [{\"student\": \"</script>\", "
                      "\"fixes\": [1.5, true, null]}]}");
        char *html = printed(&page, rp);
        assert_non_null(strstr(html, "\"explain\": {"));
        assert_non_null(strstr(html, "\"\\u003c/script\\u003e\", \"fixes\": [1.5, true, null]"));
        assert_int_equal(report_count(rp), 0);
        free(html);

        page.students = false;
        html = printed(&page, rp);
        assert_null(strstr(html, "\"explain\": {"));
        free(html);
        report_free(rp);
}

static void grids_are_carried_in_short(void **state)
{
        struct report *rp = report_new();
        struct page page = sample(true);

        (void)state;
        page.explain = "explain.json";
        page.sha256 = "abc";
        write_explain("{\"schedule_sha256\": \"abc\", \"grids\": [{\"student\": \"K1\", \"rows\": ["
                      "{\"course\": \"ART\", \"met\": false, \"sections\": [{\"section\": 2, "
                      "\"free\": 0, \"blocked_by\": [{\"courses\": [\"A\", \"B\"], \"code\": "
                      "\"overlap\"}, {\"code\": \"rule\", \"line\": 7}]}]}]}]}");
        char *html = printed(&page, rp);
        assert_non_null(
                strstr(html, "\"grids\": [[\"K1\", [\"ART\", [2, [\"A\", \"B\"], \"rule\"]]]]"));
        assert_int_equal(report_count(rp), 0);
        free(html);
        report_free(rp);
}

static void explanations_of_another_are_left_out_with_a_warning(void **state)
{
        struct report *rp = report_new();
        struct page page = sample(true);

        (void)state;
        page.explain = "explain.json";
        page.sha256 = "abc";
        write_explain("{\"requests\": [], \"schedule_sha256\": \"other\"}");
        char *html = printed(&page, rp);
        assert_null(strstr(html, "\"explain\": {"));
        assert_int_equal(report_warnings(rp), 1);
        assert_int_equal(report_errors(rp), 0);
        free(html);
        report_free(rp);
}

static void broken_explanations_are_left_out(void **state)
{
        static const char *const broken[] = {"", "{", "[1, 2", "{\"requests\": [}", "{} x"};

        (void)state;
        for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
                struct report *rp = report_new();
                struct page page = sample(true);
                page.explain = "explain.json";
                write_explain(broken[i]);
                assert_true(page_write(&page, "page.html", rp));
                assert_int_equal(report_errors(rp), 0);
                assert_int_equal(report_warnings(rp), 1);
                unlink("page.html");
                report_free(rp);
        }
}

static void a_page_with_students_is_private(void **state)
{
        struct report *rp = report_new();
        struct stat st;

        (void)state;
        umask(022);
        for (int students = 0; students < 2; students++) {
                struct page page = sample(students);
                assert_true(page_write(&page, "page.html", rp));
                assert_int_equal(stat("page.html", &st), 0);
                assert_int_equal(st.st_mode & 0777, students ? 0600 : 0644);
                unlink("page.html");
        }
        report_free(rp);
}

static void the_script_can_stand_in_a_page(void **state)
{
        char *js = mem_zero(page_js_size + 1, 1), *css = mem_zero(page_css_size + 1, 1);

        (void)state;
        memcpy(js, page_js, page_js_size);
        memcpy(css, page_css, page_css_size);
        assert_null(strstr(js, "</"));
        assert_null(strstr(js, "<!--"));
        assert_null(strstr(css, "</"));
        assert_null(strstr(js, "innerHTML"));
        assert_int_equal(times(js, "://"), 1); /* the name of SVG's elements */
        assert_int_equal(times(css, "url("), 0);
        mem_free(js);
        mem_free(css);
}

static void outcomes_are_counted(void **state)
{
        struct outcome out;

        (void)state;
        outcome_init(&out, sc);
        assert_int_equal(out.sections[0].students, 1);
        assert_int_equal(out.sections[0].members, 1);
        assert_int_equal(out.sections[1].students, 2);
        assert_int_equal(out.sections[1].members, 0);
        assert_int_equal(out.sections[1].grades, 1 << 9);
        assert_int_equal(out.courses[1].met, 2);
        assert_int_equal(out.courses[1].placed, 1);
        assert_int_equal(out.courses[2].met, 0);
        assert_int_equal(out.n_pairs, 4); /* ENG9 BIO, ENG9 ART, BIO ART, BIO GOV */
        assert_int_equal(out.pairs[0].b, 1);
        assert_int_equal(out.pairs[0].both, 1);
        assert_int_equal(out.pairs[0].lost, 0);
        assert_int_equal(out.pairs[3].lost, 1);
        outcome_release(&out);
}

static void a_cause_is_what_stands_before_every_section(void **state)
{
        struct obstacle both[] = {{.kind = BLOCK_FULL, .section = 4},
                {.kind = BLOCK_OVERLAP, .section = 4}, {.kind = BLOCK_OVERLAP, .section = 5}};
        struct obstacle mixed[] = {
                {.kind = BLOCK_FULL, .section = 4}, {.kind = BLOCK_OVERLAP, .section = 5}};
        struct reason r = {.why = WHY_BLOCKED, .n_obstacles = 3, .obstacles = both};

        (void)state;
        assert_string_equal(outcome_cause(&r), "blocked_overlap");
        r = (struct reason){.why = WHY_BLOCKED, .n_obstacles = 2, .obstacles = mixed};
        assert_string_equal(outcome_cause(&r), "blocked_mixed");
        r = (struct reason){.why = WHY_GRADE};
        assert_string_equal(outcome_cause(&r), "grade");

        struct obstacle pure[] = {{.kind = BLOCK_OVERLAP, .section = 4},
                {.kind = BLOCK_PURITY, .section = 4}, {.kind = BLOCK_PURITY, .section = 5},
                {.kind = BLOCK_OVERLAP, .section = 5}};
        r = (struct reason){.why = WHY_BLOCKED, .n_obstacles = 4, .obstacles = pure};
        assert_string_equal(outcome_cause(&r), "blocked_purity_overlap");
        r.n_obstacles = 3;
        assert_string_equal(outcome_cause(&r), "blocked_purity");
        pure[1].kind = pure[2].kind = BLOCK_FULL;
        r.n_obstacles = 4;
        assert_string_equal(outcome_cause(&r), "blocked_full_overlap");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(names_end_no_element),
                cmocka_unit_test(the_island_reads_back_as_json),
                cmocka_unit_test(without_students_nothing_tells_of_one),
                cmocka_unit_test(explanations_of_this_schedule_are_shown),
                cmocka_unit_test(grids_are_carried_in_short),
                cmocka_unit_test(explanations_of_another_are_left_out_with_a_warning),
                cmocka_unit_test(broken_explanations_are_left_out),
                cmocka_unit_test(a_page_with_students_is_private),
                cmocka_unit_test(the_script_can_stand_in_a_page),
                cmocka_unit_test(outcomes_are_counted),
                cmocka_unit_test(a_cause_is_what_stands_before_every_section),
        };

        return cmocka_run_group_tests(tests, set_up, tear_down);
}
