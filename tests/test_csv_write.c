/* SPDX-License-Identifier: GPL-3.0-or-later */
/* io/csv_write: what is written reads back the same, and no cell is a formula. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/csv_table.h"
#include "io/csv_write.h"
#include <stdlib.h>
#include <string.h>

static const char *const texts[] = {"ENG9", "=1+1", "+1", "-", "@sum", "'=1", "''-x", "'quoted'",
        "a,b", "say \"so\"", "\"", "two words", "'", "=\"a\",b", "élève", "-3"};
enum { N = sizeof texts / sizeof texts[0] };

/* One row of all texts, which free() frees. */
static char *row(bool guard)
{
        char *text = NULL;
        size_t size;
        struct csv_out o = {.to = open_memstream(&text, &size), .guard = guard};

        for (int i = 0; i < N; i++)
                csv_text(&o, texts[i]);
        csv_end(&o);
        fclose(o.to);
        return text;
}

static void texts_read_back_the_same(void **state)
{
        struct arena *a = arena_new();
        struct report *rp = report_new();

        (void)state;
        for (int guard = 0; guard < 2; guard++) {
                char *text = row(guard);
                struct csv_table *t = csv_read(a, "t.csv", text, strlen(text), rp);
                assert_non_null(t);
                assert_int_equal(t->header.n, N);
                for (int i = 0; i < N; i++) {
                        const char *cell = t->header.cells[i].text;
                        assert_string_equal(guard ? csv_unguarded(cell) : cell, texts[i]);
                }
                free(text);
        }
        report_free(rp);
        arena_free(a);
}

static void no_guarded_cell_is_a_formula(void **state)
{
        struct arena *a = arena_new();
        struct report *rp = report_new();
        char *text = row(true);
        struct csv_table *t = csv_read(a, "t.csv", text, strlen(text), rp);

        (void)state;
        for (int i = 0; i < N; i++)
                assert_false(csv_is_formula(t->header.cells[i].text));
        free(text);
        report_free(rp);
        arena_free(a);
}

static void numbers_and_empty_cells_stay_as_they_are(void **state)
{
        char *text = NULL;
        size_t size;
        struct csv_out o = {.to = open_memstream(&text, &size), .guard = true};

        (void)state;
        csv_header(&o, "a,b,c,d");
        csv_int(&o, -3);
        csv_text(&o, NULL);
        csv_real(&o, 2.5);
        csv_text(&o, " x");
        csv_end(&o);
        fclose(o.to);
        assert_string_equal(text, "a,b,c,d\n-3,,2.5,\" x\"\n");
        free(text);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(texts_read_back_the_same),
                cmocka_unit_test(no_guarded_cell_is_a_formula),
                cmocka_unit_test(numbers_and_empty_cells_stay_as_they_are),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
