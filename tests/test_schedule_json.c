/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/file.h"
#include "io/result_write.h"
#include "io/schedule_json.h"
#include "io/schedule_text.h"
#include "model/verify.h"
#include "tests/support_text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char yaml[] =
        "msched: 1\n"
        "bell: {terms: [S1, S2], periods: [{id: 1A}, {id: 2A}, {id: 3A}]}\n"
        "teachers: [{id: kim, name: Kim}, {id: lopez}]\n"
        "rooms: [{id: R1, types: [lab]}]\n"
        "courses:\n"
        "  - {id: ENG9, title: \"English \\\"9\\\"\", subject: English, sections: 1}\n"
        "  - {id: BIO, room: lab, periods: 2, sections: 2}\n"
        "  - {id: GOV, terms: 1, sections: 1}\n"
        "students: [{id: S1, grade: 9}, {id: \"S\\u00e92\", grade: 9}]\n"
        "requests:\n"
        "  - {student: S1, course: ENG9, kind: required}\n"
        "  - {student: S1, course: BIO}\n"
        "  - {student: \"S\\u00e92\", course: BIO}\n"
        "  - {student: \"S\\u00e92\", course: GOV}\n";

static char path[] = "/tmp/test_schedule_json.XXXXXX";
static struct problem *pb;
static char *text; /* of the answer that most tests start from */
static size_t size;

static struct answer *sample(void)
{
        struct schedule *sc = text_schedule(pb,
                "ENG9 1 1A/S1 kim - - -: S1; BIO 1 2A/S1 lopez - R1 -: S1 S\xc3\xa9"
                "2;");
        struct answer *an = schedule_answer(sc);

        an->input_file = "school.yaml";
        memcpy(an->input_sha256, pb->sha256, sizeof an->input_sha256);
        an->version = "1";
        an->status = STATUS_FEASIBLE;
        an->score_given[REQUEST_LOSS] = an->bound_given[CTE_UNMET] = true;
        an->score[REQUEST_LOSS] = 4;
        an->score[REQUIREMENT_SHORTFALL] = 1.0 / 3;
        an->score_given[REQUIREMENT_SHORTFALL] = true;
        schedule_free(sc);
        return an;
}

static int set_up(void **state)
{
        (void)state;
        pb = text_school(yaml);
        struct answer *an = sample();
        FILE *to = open_memstream(&text, &size);
        answer_print(pb, an, to);
        fclose(to);
        answer_free(an);
        return mkdtemp(path) && !chdir(path) ? 0 : -1;
}

static int tear_down(void **state)
{
        (void)state;
        free(text);
        problem_free(pb);
        unlink("s.json");
        return chdir("/") || rmdir(path) ? -1 : 0;
}

static struct answer *read_bytes(const char *bytes, size_t n, struct report *rp)
{
        unlink("s.json"); /* to cut a file to nothing and close it again makes some disks wait */
        FILE *f = fopen("s.json", "w");

        fwrite(bytes, 1, n, f);
        fclose(f);
        return answer_read(pb, "s.json", rp);
}

static void what_is_written_reads_back(void **state)
{
        struct report *rp = report_new();
        struct answer *an = read_bytes(text, size, rp), *wanted = sample();
        char *again = NULL;
        size_t n;

        (void)state;
        assert_non_null(an);
        assert_int_equal(report_count(rp), 0);
        assert_true(an->format_ok);
        assert_int_equal(an->n_sections, wanted->n_sections);
        assert_int_equal(an->n_unplaced, 2);
        assert_int_equal(an->n_unmet, 1);
        assert_string_equal(an->unmet[0].course_id, "GOV");
        assert_int_equal(an->sections[1].course, 1);
        assert_int_equal(an->sections[1].room, 0);
        assert_int_equal(an->sections[0].room, NONE);
        assert_int_equal(an->sections[1].students.n, 2);
        assert_int_equal(an->sections[1].students.v[1], 1);
        assert_false(an->score_given[CTE_UNMET]);
        FILE *to = open_memstream(&again, &n);
        answer_print(pb, an, to);
        fclose(to);
        assert_string_equal(again, text);
        free(again);
        answer_free(an);
        answer_free(wanted);
        report_free(rp);
}

/* Every beginning of a schedule is no schedule, and says so at a place in it. */
static void a_cut_file_is_refused_wherever_it_is_cut(void **state)
{
        (void)state;
        for (size_t n = 0; n < size - 2; n += getenv("MSCHED_FULL") ? 1 : 7) {
                struct report *rp = report_new();
                assert_null(read_bytes(text, n, rp));
                assert_int_equal(report_errors(rp), 1);
                assert_true(report_message(rp, 0)->at.line > 0);
                report_free(rp);
        }
}

/* Whatever a byte turns into, reading and verifying end well. */
static void a_changed_byte_never_harms(void **state)
{
        static const char bytes[] = "{}[]\",:0-9ne\\ \xff";
        char *copy = mem_copy(text, size + 1);
        int taken = 0;

        (void)state;
        for (size_t i = 0; i < size; i += getenv("MSCHED_FULL") ? 1 : 17) {
                for (const char *b = bytes; *b; b++) {
                        struct report *rp = report_new();
                        copy[i] = *b;
                        struct answer *an = read_bytes(copy, size, rp);
                        assert_int_equal(an != NULL, report_errors(rp) == 0);
                        if (an) {
                                verdict_free(verify(pb, an, true));
                                schedule_free(answer_schedule(pb, an, rp));
                                taken++;
                        }
                        answer_free(an);
                        report_free(rp);
                }
                copy[i] = text[i];
        }
        assert_true(taken > 20);
        mem_free(copy);
}

static void says(const char *from, const char *to, int line, const char *expected)
{
        struct report *rp = report_new();
        char *edited = text_edit(text, from, to);
        struct answer *an = read_bytes(edited, strlen(edited), rp);

        assert_null(an);
        assert_int_equal(report_errors(rp), 1);
        const struct message *m = report_message(rp, 0);
        assert_non_null(strstr(m->text, expected));
        if (line)
                assert_int_equal(m->at.line, line);
        mem_free(edited);
        report_free(rp);
}

static void wrong_types_are_named_where_they_stand(void **state)
{
        (void)state;
        says("\"section\": 1", "\"section\": \"1\"", 44, "found a text; expected a number");
        says("\"section\": 1", "\"section\": 1.5", 44, "expected a whole number");
        says("[\"S1\"]", "\"S1\"", 44, "found a text; expected a list");
        says("[\"S1\"]", "[1]", 44, "found a number; expected a text");
        says("\"teacher\": \"kim\"", "\"teacher\": {}", 44, "found an object; expected a text");
        says("\"course\": \"ENG9\", ", "", 44, "found no 'course' here");
        says("\"section\": 1", "\"section\": 1, \"section\": 2", 44, "the key 'section' twice");
        says("\"sections\"", "\"classes\"", 0, "found no 'sections'");
        says("\"request_loss\": 4", "\"request_loss\": \"4\"", 18, "found a text");
}

static void reads(const char *from, const char *to, int sections)
{
        struct report *rp = report_new();
        char *edited = text_edit(text, from, to);
        struct answer *an = read_bytes(edited, strlen(edited), rp);

        assert_non_null(an);
        assert_int_equal(an->n_sections, sections);
        answer_free(an);
        mem_free(edited);
        report_free(rp);
}

static void what_others_add_is_passed_over(void **state)
{
        (void)state;
        reads("\"section\": 1", "\"section\": 1, \"note\": [{\"x\": null}]", 2);
        reads("\"score\":", "\"extra\": {\"deep\": [[[]]]}, \"score\":", 2);
        reads("\"options\": {}", "\"options\": {\"a\": [1], \"b\": null, \"c\": 1e9}", 2);
        reads("\"seed\": 0", "\"seed\": 123456789012345678901234567890", 2);
}

static void unknown_ids_are_kept_as_written(void **state)
{
        struct report *rp = report_new();
        char *edited = text_edit(text, "\"kim\"", "\"nobody\"");
        struct answer *an = read_bytes(edited, strlen(edited), rp);

        (void)state;
        assert_int_equal(an->sections[0].teacher, UNKNOWN);
        assert_string_equal(an->sections[0].teacher_id, "nobody");
        answer_free(an);
        mem_free(edited);
        report_free(rp);
}

static void previous_seats_have_cells_and_teacher(void **state)
{
        struct report *rp = report_new();
        struct problem *today = text_school(yaml);
        char *edited = text_edit(text, "\"periods\": [\"1A\"]", "\"periods\": [\"9Z\"]");

        (void)state;
        answer_free(read_bytes(edited, strlen(edited), rp));
        assert_true(previous_read(today, "s.json", (struct place){0}, rp));
        assert_true(today->has_previous);
        assert_int_equal(today->n_past, 3);
        assert_int_equal(today->past[0].course, 0);
        assert_int_equal(today->past[0].cells, 0);
        assert_int_equal(today->past[0].teacher, 0);
        assert_int_equal(today->past[1].cells, 066); /* periods 2A and 3A of both terms */
        assert_int_equal(today->past[1].teacher, 1);
        assert_false(previous_read(today, "missing.json", (struct place){0}, rp));
        mem_free(edited);
        problem_free(today);
        report_free(rp);
}

static void the_timetable_has_a_line_for_each_section_in_both_orders(void **state)
{
        struct answer *an = sample();
        char *page = NULL;
        size_t n;
        int lines = 0;

        (void)state;
        an->unmet[0].reason = "because";
        FILE *to = open_memstream(&page, &n);
        schedule_text(pb, an, "0123abc", to);
        fclose(to);
        assert_non_null(strstr(page, "sha256 0123abc\n"));
        assert_non_null(strstr(page, "UNPLACED SECTIONS: 2\n"));
        assert_non_null(strstr(page, "S\xc3\xa9"
                                     "2 GOV (elective): because\n"));
        for (const char *p = page; (p = strstr(p, "BIO")); p++)
                lines += strncmp(p, "BIO section", 11) != 0;
        assert_int_equal(lines, 2);
        assert_null(strstr(page, " \n"));
        free(page);
        answer_free(an);
}

static void a_result_names_its_schedule(void **state)
{
        struct report *rp = report_new();
        struct answer *an = sample();
        char hex[65];

        (void)state;
        assert_true(result_prepare("out/deep", rp));
        assert_int_not_equal(access("out/deep/schedule.json", F_OK), 0);
        assert_true(result_write(pb, an, "out/deep", NULL, rp));
        struct sha256 *h = sha256_new();
        sha256_add(h, text, size);
        sha256_end(h, hex);
        static const char *const files[] = {
                "out/deep/schedule.txt", "out/deep/input.json", "out/deep/schedule.json"};
        for (int i = 0; i < 3; i++) {
                size_t n;
                char *bytes = file_read(files[i], 100000, &n, (struct place){0}, rp);
                assert_non_null(bytes);
                if (i < 2)
                        assert_non_null(strstr(bytes, hex));
                else
                        assert_string_equal(bytes, text);
                mem_free(bytes);
                unlink(files[i]);
        }
        assert_int_equal(unlink("out/deep/report.html"), 0);
        assert_int_equal(rmdir("out/deep"), 0);
        rmdir("out");
        answer_free(an);
        report_free(rp);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_written_reads_back),
                cmocka_unit_test(a_cut_file_is_refused_wherever_it_is_cut),
                cmocka_unit_test(a_changed_byte_never_harms),
                cmocka_unit_test(wrong_types_are_named_where_they_stand),
                cmocka_unit_test(what_others_add_is_passed_over),
                cmocka_unit_test(unknown_ids_are_kept_as_written),
                cmocka_unit_test(previous_seats_have_cells_and_teacher),
                cmocka_unit_test(the_timetable_has_a_line_for_each_section_in_both_orders),
                cmocka_unit_test(a_result_names_its_schedule),
        };
        return cmocka_run_group_tests(tests, set_up, tear_down);
}
