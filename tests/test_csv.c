/* SPDX-License-Identifier: GPL-3.0-or-later */
/* io/csv_table and io/text: cells, their places, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/csv_table.h"
#include "io/text.h"
#include "support_read.h"
#include <stdlib.h>
#include <string.h>

static struct csv_table *read_text(const char *text)
{
        size_t size = strlen(text);
        char *copy = mem_copy(text, size + 1);
        struct csv_table *table = csv_read(arena, "t.csv", copy, size, report);
        mem_free(copy);
        if (table)
                csv_check(arena, table, report);
        return table;
}

static struct csv_table *read_good(const char *text)
{
        struct csv_table *table = read_text(text);
        if (report_count(report))
                print_message("%s\n", report_message(report, 0)->text);
        assert_non_null(table);
        assert_int_equal(report_count(report), 0);
        return table;
}

static void refuse(const char *text, int line, int column, const char *words)
{
        read_text(text);
        assert_int_equal(report_errors(report), 1);
        const struct message *m = report_message(report, 0);
        if (!strstr(m->text, words))
                fail_msg("'%s' has no '%s'", m->text, words);
        assert_int_equal(m->at.line, line);
        assert_int_equal(m->at.column, column);
}

static void assert_cell(
        const struct csv_table *table, int row, int column, const char *text, int line, int at)
{
        const struct csv_cell *cell = &table->rows[row].cells[column];
        assert_string_equal(cell->text, text);
        assert_int_equal(cell->at.line, line);
        assert_int_equal(cell->at.column, at);
}

static void cells_know_line_and_column(void **state)
{
        (void)state;
        const struct csv_table *t = read_good("id,name\nS1,Zoë\nS2, padded \n");
        assert_int_equal(t->n_rows, 2);
        assert_string_equal(t->header.cells[1].text, "name");
        assert_cell(t, 0, 0, "S1", 2, 1);
        assert_cell(t, 0, 1, "Zoë", 2, 4);
        assert_cell(t, 1, 1, "padded", 3, 5);
}

static void columns_count_characters_not_bytes(void **state)
{
        (void)state;
        assert_cell(read_good("a,b\nñandú,x\n"), 0, 1, "x", 2, 7);
}

static void quotes_hold_commas_quotes_and_line_ends(void **state)
{
        (void)state;
        const struct csv_table *t =
                read_good("a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n\"c\r\nd\",e\n");
        assert_cell(t, 0, 0, "x, \"y\"", 2, 1);
        assert_cell(t, 0, 1, "two\nlines", 2, 12);
        assert_cell(t, 1, 0, "c\r\nd", 4, 1);
        assert_cell(t, 1, 1, "e", 5, 4);
}

static void lines_may_end_in_cr_lf_or_nothing(void **state)
{
        (void)state;
        const char *const texts[] = {"a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4", "a,b\n1,2\n3,4",
                "\xef\xbb\xbf"
                "a,b\n1,2\n3,4\n"};
        for (size_t i = 0; i < 4; i++) {
                const struct csv_table *t = read_good(texts[i]);
                assert_int_equal(t->n_rows, 2);
                assert_cell(t, 1, 1, "4", 3, 3);
                assert_int_equal(csv_column(t, "a"), 0);
        }
}

static void blank_lines_and_lines_of_commas_are_skipped(void **state)
{
        (void)state;
        const struct csv_table *t = read_good("\n\na,b\n\n1,2\n,\n   \n,,,\n\r\n3,4\n\n");
        assert_int_equal(t->n_rows, 2);
        assert_cell(t, 0, 0, "1", 5, 1);
        assert_cell(t, 1, 1, "4", 10, 3);
}

static void empty_cells_are_empty_texts(void **state)
{
        (void)state;
        const struct csv_table *t = read_good("a,b,c\n,\"\",x\ny,,\n");
        assert_cell(t, 0, 0, "", 2, 1);
        assert_cell(t, 0, 1, "", 2, 2);
        assert_cell(t, 0, 2, "x", 2, 5);
        assert_cell(t, 1, 2, "", 3, 4);
}

static void a_missing_cell_is_an_error(void **state)
{
        (void)state;
        refuse("a,b,c\n1,2,3\n1,2\n", 3, 1, "found a row of 2 cells; expected 3");
}

static void an_extra_cell_is_an_error_at_its_place(void **state)
{
        (void)state;
        refuse("a,b\n1,2\n1, 2, 3\n", 3, 7, "found a row of 3 cells; expected 2");
}

static void a_second_column_of_one_name_is_an_error(void **state)
{
        (void)state;
        refuse("a,b,a\n1,2,3\n", 1, 5, "column 'a' a second time");
}

static void a_quote_that_never_ends_is_told_at_its_start(void **state)
{
        (void)state;
        refuse("a,b\n1,2\n3,\"4\n5,6\n", 3, 3, "never ends");
}

static void a_quote_inside_a_cell_is_an_error(void **state)
{
        (void)state;
        refuse("a,b\n1,2\n3,4\"5\n", 3, 4, "a quote in the middle");
}

static void text_behind_a_closing_quote_is_an_error(void **state)
{
        (void)state;
        refuse("a,b\n1,2\n3,\"4\"5\n", 3, 6, "closing quote");
}

static void an_empty_table_is_an_error(void **state)
{
        (void)state;
        refuse(" \n\n", 1, 1, "empty file");
}

static void a_flood_of_cells_is_refused(void **state)
{
        (void)state;
        size_t size = CSV_MAX_CELLS + 100;
        char *text = mem_alloc(size + 1);
        memset(text, ',', size);
        text[size] = 0;
        assert_null(csv_read(arena, "t.csv", text, size, report));
        assert_non_null(strstr(report_message(report, 0)->text, "more than 4000000 cells"));
        mem_free(text);
}

static void a_thousand_and_one_columns_are_refused(void **state)
{
        (void)state;
        char text[2 * CSV_MAX_COLUMNS + 3];
        for (int i = 0; i <= CSV_MAX_COLUMNS; i++)
                memcpy(text + 2 * i, "c,", 2);
        memcpy(text + 2 * CSV_MAX_COLUMNS + 1, "\n", 2);
        refuse(text, 1, 1, "found 1001 columns; expected at most 1000");
}

/* ---- io/text ---- */

static void decimals_are_exact(void **state)
{
        (void)state;
        static const struct {
                const char *text;
                int64_t num, den;
        } good[] = {{"0.75", 75, 100}, {"1", 1, 1}, {"2.50", 25, 10}, {"000000000012", 12, 1},
                {".5", 5, 10}, {"5.", 5, 1}, {"0", 0, 1}, {"00.0", 0, 1},
                {"999999999.999999999", 999999999999999999, 1000000000}};
        static const char *const bad[] = {"", ".", "-1", "+1", "1e3", "1,5", "0x1", " 1", "1 ",
                "1.2.3", "1234567890", "0.1234567890"};
        struct ratio r;
        for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
                assert_true(text_decimal(good[i].text, &r));
                assert_int_equal(r.num, good[i].num);
                assert_int_equal(r.den, good[i].den);
        }
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                if (text_decimal(bad[i], &r))
                        fail_msg("'%s' is no decimal", bad[i]);
}

static void whole_numbers_keep_their_range(void **state)
{
        (void)state;
        int x = 7;
        assert_true(text_whole("09", 0, 12, &x) && x == 9);
        assert_true(text_whole("-3", -5, 12, &x) && x == -3);
        assert_false(text_whole("13", 0, 12, &x));
        assert_false(text_whole("99999999999999999999999", 0, INT32_MAX, &x));
        assert_false(text_whole("", 0, 12, &x));
        assert_false(text_whole("-", -9, 12, &x));
        assert_false(text_whole("9.0", 0, 12, &x));
        assert_int_equal(x, -3);
}

static void booleans_are_words_in_any_case(void **state)
{
        (void)state;
        bool b = false;
        assert_true(text_boolean("Yes", &b) && b);
        assert_true(text_boolean("OFF", &b) && !b);
        assert_true(text_boolean("true", &b) && b);
        assert_false(text_boolean("1", &b));
        assert_false(text_boolean("y", &b));
}

static void ids_have_no_control_characters_and_no_semicolon(void **state)
{
        (void)state;
        assert_true(text_is_id("A-G B English") && text_is_id("é") && text_is_id("-"));
        assert_false(text_is_id("") || text_is_id("a;b") || text_is_id("a\nb") ||
                     text_is_id("a\x7f") || text_is_id("a\xc2\x85"));
}

static void long_texts_are_cut_between_characters(void **state)
{
        (void)state;
        char text[200] = "";
        for (int i = 0; i < 61; i++)
                strcat(text, "é");
        const char *shown = text_quoted(arena, text);
        assert_int_equal(text_characters(shown, strlen(shown)), 60 + 5);
        assert_string_equal(text_quoted(arena, "a\nb"), "'a?b'");
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                CLAIM(cells_know_line_and_column),
                CLAIM(columns_count_characters_not_bytes),
                CLAIM(quotes_hold_commas_quotes_and_line_ends),
                CLAIM(lines_may_end_in_cr_lf_or_nothing),
                CLAIM(blank_lines_and_lines_of_commas_are_skipped),
                CLAIM(empty_cells_are_empty_texts),
                CLAIM(a_missing_cell_is_an_error),
                CLAIM(an_extra_cell_is_an_error_at_its_place),
                CLAIM(a_second_column_of_one_name_is_an_error),
                CLAIM(a_quote_that_never_ends_is_told_at_its_start),
                CLAIM(a_quote_inside_a_cell_is_an_error),
                CLAIM(text_behind_a_closing_quote_is_an_error),
                CLAIM(an_empty_table_is_an_error),
                CLAIM(a_flood_of_cells_is_refused),
                CLAIM(a_thousand_and_one_columns_are_refused),
                CLAIM(decimals_are_exact),
                CLAIM(whole_numbers_keep_their_range),
                CLAIM(booleans_are_words_in_any_case),
                CLAIM(ids_have_no_control_characters_and_no_semicolon),
                CLAIM(long_texts_are_cut_between_characters),
        };
        return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
