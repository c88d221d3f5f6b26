/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small parts of files for other systems: years, names, dates, sourcedIds, sheets. */
#include "io/csv_table.h"
#include "io/oneroster.h"
#include "io/oneroster_ids.h"
#include "io/sheet.h"
#include "io/text.h"
#include "tests/support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void dates_are_days_of_the_calendar(void **state)
{
        static const char *const good[] = {"2027-08-16", "2028-02-29", "2000-02-29", "2027-12-31"};
        static const char *const bad[] = {"2027-02-29", "1900-02-29", "2027-04-31", "2027-13-01",
                "2027-00-10", "2027-01-00", "2027-1-01", "27-01-01", "2027/01/01", "2027-01-011",
                "", "2027-0a-01", "+027-01-01"};

        (void)state;
        for (size_t i = 0; i < sizeof good / sizeof *good; i++)
                if (!text_date(good[i]))
                        fail_msg("%s is a date", good[i]);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                if (text_date(bad[i]))
                        fail_msg("%s is no date", bad[i]);
}

static void a_school_year_is_named_by_its_end(void **state)
{
        static const struct {
                const char *text;
                int year;
        } cases[] = {{"2027-28", 2028}, {"2027-2028", 2028}, {"2027/28", 2028}, {"2028", 2028},
                {"1999-00", 2000}, {"2027-29", -1}, {"2027-27", -1}, {"27-28", -1}, {"", -1},
                {"2027-28x", -1}, {"2027_28", -1}, {"next", -1}};

        (void)state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct problem *pb = build_school(1, "1 2");
                pb->year = cases[i].text;
                if (oneroster_year(pb) != cases[i].year)
                        fail_msg("'%s' ends in %d", cases[i].text, oneroster_year(pb));
                problem_free(pb);
        }
        struct problem *pb = build_school(1, "1 2");
        struct dates d = {"2030-08-01", "2031-06-01"};
        pb->term_dates = &d;
        assert_int_equal(oneroster_year(pb), 2031);
        problem_free(pb);
}

static void names_are_taken_apart(void **state)
{
        static const struct {
                struct person person;
                const char *name, *given, *family;
                bool known;
        } cases[] = {
                {{NULL, NULL, NULL, NULL}, "Linh Nguyen", "Linh", "Nguyen", true},
                {{NULL, NULL, NULL, NULL}, "Ada B. Byron", "Ada B.", "Byron", true},
                {{NULL, NULL, NULL, NULL}, "Doe, Jane M.", "Jane M.", "Doe", true},
                {{NULL, NULL, NULL, NULL}, "Doe,", "Doe,", "Doe,", true},
                {{NULL, NULL, NULL, NULL}, "Cher", "Cher", "Cher", true},
                {{NULL, NULL, NULL, NULL}, NULL, "S1", "S1", false},
                {{"Jo", "Lee Ng", NULL, NULL}, "Someone Else", "Jo", "Lee Ng", true},
                {{"Jo", NULL, NULL, NULL}, "Joan Ng", "Jo", "Ng", true},
        };
        struct arena *a = arena_new();

        (void)state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                const char *given, *family;
                bool known =
                        oneroster_names(a, &cases[i].person, cases[i].name, "S1", &given, &family);
                assert_int_equal(known, cases[i].known);
                assert_string_equal(given, cases[i].given);
                assert_string_equal(family, cases[i].family);
        }
        arena_free(a);
}

/* A school of ids made to be mistaken for one another. */
static struct problem *odd_school(void)
{
        static const char *const ids[] = {"a b", "a_b", "a~20b", "a.b", "A B", "a-b", "é"};
        struct problem *pb = build_school(1, "1 2");

        for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
                add_student(pb, ids[i], 9);
                add_teacher(pb, ids[i], "");
                add_course(pb, ids[i]);
        }
        pb->name = "North High";
        return build_done(pb);
}

static void sourced_ids_are_never_the_same(void **state)
{
        struct problem *pb = odd_school();
        struct report *rp = report_new();
        struct index *seen = index_new();
        struct roster_ids ids;

        (void)state;
        assert_true(roster_ids_init(&ids, pb, 2028, rp));
        for (int i = 0; i < pb->n_courses; i++) {
                assert_true(index_add(seen, ids.course[i]) >= 0);
                assert_true(index_add(seen, ids.student[i]) >= 0);
                assert_true(index_add(seen, ids.teacher[i]) >= 0);
                for (int k = 1; k <= 11; k += 10) {
                        const char *in = roster_class_id(&ids, pb, i, k);
                        assert_true(index_add(seen, in) >= 0);
                        for (int s = 0; s < pb->n_students; s++) {
                                const char *id = pb->students[s].id;
                                assert_true(index_add(seen, roster_enrollment_id(
                                                                    &ids, in, "student", id)) >= 0);
                                assert_true(index_add(seen, roster_enrollment_id(
                                                                    &ids, in, "teacher", id)) >= 0);
                        }
                }
        }
        index_free(seen);
        roster_ids_release(&ids);
        report_free(rp);
        problem_free(pb);
}

static void long_sourced_ids_are_cut_and_differ(void **state)
{
        char first[600], second[600];
        struct problem *pb = build_school(1, "1 2");
        struct report *rp = report_new();
        struct roster_ids ids;

        (void)state;
        memset(first, '%', sizeof first);
        first[500] = 0;
        memcpy(second, first, sizeof first);
        second[499] = '!';
        add_student(pb, first, 9);
        add_student(pb, second, 9);
        build_done(pb);
        assert_true(roster_ids_init(&ids, pb, 2028, rp));
        assert_true(strlen(ids.student[0]) <= 255);
        assert_true(strcmp(ids.student[0], ids.student[1]) != 0);
        roster_ids_release(&ids);
        report_free(rp);
        problem_free(pb);
}

static void one_sis_id_of_two_people_is_an_error(void **state)
{
        struct problem *pb = odd_school();
        struct report *rp = report_new();
        struct roster_ids ids;

        (void)state;
        pb->students[1].person.sis_id = "77";
        pb->teachers[2].person.sis_id = "77";
        assert_false(roster_ids_init(&ids, pb, 2028, rp));
        assert_int_equal(report_errors(rp), 1);
        roster_ids_release(&ids);
        report_free(rp);
        problem_free(pb);
}

static void lists_in_a_cell_keep_their_commas(void **state)
{
        static const char *const columns[] = {"one", "two", NULL};
        static const char *const items[] = {"S1", "a,b", "say \"so\""};
        char *text = NULL;
        size_t size;
        FILE *to = open_memstream(&text, &size);
        struct sheet s;
        struct report *rp = report_new();
        struct arena *a = arena_new();

        (void)state;
        sheet_begin(&s, to, "x.csv", columns, false);
        sheet_list(&s, 3, items);
        sheet_list(&s, 0, NULL);
        sheet_row(&s);
        sheet_text(&s, "=1");
        sheet_text(&s, "+2");
        sheet_row(&s);
        sheet_end(&s, rp);
        fclose(to);
        struct csv_table *t = csv_read(a, "x.csv", text, size, rp);
        assert_non_null(t);
        assert_string_equal(t->rows[0].cells[0].text, "S1,\"a,b\",\"say \"\"so\"\"\"");
        assert_string_equal(t->rows[0].cells[1].text, "");
        assert_int_equal(report_count(rp), 1);
        assert_int_equal(report_message(rp, 0)->at.line, 3);
        assert_non_null(strstr(report_message(rp, 0)->text, "2 cells"));
        assert_non_null(strstr(report_message(rp, 0)->text, "column 'one'"));
        assert_null(strstr(report_message(rp, 0)->text, "=1"));
        free(text);
        arena_free(a);
        report_free(rp);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(dates_are_days_of_the_calendar),
                cmocka_unit_test(a_school_year_is_named_by_its_end),
                cmocka_unit_test(names_are_taken_apart),
                cmocka_unit_test(sourced_ids_are_never_the_same),
                cmocka_unit_test(long_sourced_ids_are_cut_and_differ),
                cmocka_unit_test(one_sis_id_of_two_people_is_an_error),
                cmocka_unit_test(lists_in_a_cell_keep_their_commas),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
