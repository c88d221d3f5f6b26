/* SPDX-License-Identifier: GPL-3.0-or-later */
/* io/merge: RFC 7396 to the letter, and what goes beyond it for lists of things with ids. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/merge.h"
#include "support_read.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct node *tree(const char *file, const char *text)
{
        const struct node *node = node_read(arena, file, text, strlen(text), report);

        assert_non_null(node);
        return node;
}

static const struct node *merged(const char *below, const char *above)
{
        return node_merge(arena, tree("below", below), tree("above", above), report);
}

/* ---- trees as JSON, by keys in alphabetical order ---- */

static int by_text(const void *a, const void *b)
{
        return strcmp(
                (*(const struct node *const *)a)->text, (*(const struct node *const *)b)->text);
}

static void print(FILE *f, const struct node *node);

static void print_map(FILE *f, const struct node *node)
{
        struct node **keys = arena_array(arena, (size_t)node->n + 1, sizeof *keys);

        if (node->n)
                memcpy(keys, node->keys, (size_t)node->n * sizeof *keys);
        qsort(keys, (size_t)node->n, sizeof *keys, by_text);
        fputc('{', f);
        for (int i = 0; i < node->n; i++) {
                fprintf(f, "%s\"%s\":", i ? "," : "", keys[i]->text);
                for (int k = 0; k < node->n; k++)
                        if (node->keys[k] == keys[i])
                                print(f, node->items[k]);
        }
        fputc('}', f);
}

static void print(FILE *f, const struct node *node)
{
        if (node->kind == NODE_MAP) {
                print_map(f, node);
        } else if (node->kind == NODE_LIST) {
                fputc('[', f);
                for (int i = 0; i < node->n; i++) {
                        fputs(i ? "," : "", f);
                        print(f, node->items[i]);
                }
                fputc(']', f);
        } else if (!node->text) {
                fputs("null", f);
        } else {
                fprintf(f, node->plain ? "%s" : "\"%s\"", node->text);
        }
}

static char *text_of(const struct node *node)
{
        char *text = NULL;
        size_t size;
        FILE *f = open_memstream(&text, &size);

        print(f, node);
        fclose(f);
        char *copy = arena_strdup(arena, text);
        free(text);
        return copy;
}

static void gives(const char *below, const char *above, const char *result)
{
        assert_string_equal(text_of(merged(below, above)), text_of(tree("result", result)));
}

/* ---- RFC 7396, appendix A ---- */

static const char *const table[][3] = {
        {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\", \"b\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"a\":null}", "{}"},
        {"{\"a\":\"b\", \"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"},
        {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}"},
        {"{\"a\": {\"b\": \"c\"}}", "{\"a\": {\"b\": \"d\", \"c\": null}}",
                "{\"a\": {\"b\": \"d\"}}"},
        {"{\"a\": [{\"b\":\"c\"}]}", "{\"a\": [1]}", "{\"a\": [1]}"},
        {"[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]"},
        {"{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]"},
        {"{\"a\":\"foo\"}", "null", "null"},
        {"{\"a\":\"foo\"}", "\"bar\"", "\"bar\""},
        {"{\"e\":null}", "{\"a\":1}", "{\"e\":null, \"a\":1}"},
        {"[1,2]", "{\"a\":\"b\", \"c\":null}", "{\"a\":\"b\"}"},
        {"{}", "{\"a\": {\"bb\": {\"ccc\": null}}}", "{\"a\": {\"bb\": {}}}"},
};
enum { TABLE = sizeof table / sizeof table[0] };

static void every_line_of_the_standards_table_holds(void **state)
{
        (void)state;
        for (int i = 0; i < TABLE; i++)
                gives(table[i][0], table[i][1], table[i][2]);
        assert_int_equal(report_count(report), 0);
}

/* ---- a second implementation ---- */

/*
 * Lines of target, patch, result, by tabs: random texts and what cJSONUtils_MergePatchCaseSensitive
 * of cJSON 1.7.15 made of them. Kept as data, as Debian's package of cJSON leaves that part out.
 */
static void random_merges_agree_with_another_library(void **state)
{
        (void)state;
        FILE *f = fopen("tests/merge/cjson.txt", "r");
        char line[4096];
        int n = 0;

        assert_non_null(f);
        for (; fgets(line, sizeof line, f); n++) {
                char *below = strtok(line, "\t"), *above = strtok(NULL, "\t"),
                     *result = strtok(NULL, "\n");
                gives(below, above, result);
                arena_clear(arena);
        }
        fclose(f);
        assert_true(n >= 500);
}

/* ---- lists of things with ids ---- */

#define COURSES "courses: [{id: ART, size: 8, at: {periods: [1]}}, {id: BIO, size: 9}]\n"

static void a_list_is_merged_by_id(void **state)
{
        (void)state;
        gives(COURSES,
                "courses: [{id: BIO, size: null, room: lab}, {id: NEW, size: 3, room: null}]",
                "courses: [{id: ART, size: 8, at: {periods: [1]}}, {id: BIO, room: lab}, {id: NEW, "
                "size: 3}]");
}

static void a_map_changes_and_removes_by_id(void **state)
{
        (void)state;
        gives(COURSES, "courses: {ART: null, BIO: {size: 7}}", "courses: [{id: BIO, size: 7}]");
        gives(COURSES, "courses: {ART: {at: {periods: null, terms: [2]}}}",
                "courses: [{id: ART, size: 8, at: {terms: [2]}}, {id: BIO, size: 9}]");
}

static void what_has_no_ids_is_replaced(void **state)
{
        (void)state;
        gives("rules: [{separate: [A, B]}]", "rules: [{before: [A, B]}]",
                "rules: [{before: [A, B]}]");
        gives(COURSES, "courses: []", "courses: []");
        gives("students: [{id: S1, grade: 9}]", "students: {file: other.csv}",
                "students: {file: other.csv}");
}

static void refused(const char *above, int line, int column, const char *part)
{
        merged(COURSES, above);
        assert_int_equal(report_count(report), 1);
        const struct message *m = report_message(report, 0);
        assert_string_equal(m->at.file, "above");
        assert_int_equal(m->at.line, line);
        assert_int_equal(m->at.column, column);
        assert_non_null(strstr(m->text, part));
}

static void an_unknown_id_names_the_overlays_line(void **state)
{
        (void)state;
        refused("courses:\n  BIOL: {size: 3}", 2, 3, "did you mean 'BIO'?");
}

static void an_id_listed_twice_is_refused(void **state)
{
        (void)state;
        refused("courses:\n- {id: ART, size: 3}\n- {id: ART, size: 4}", 3, 8, "a second time");
}

static void values_keep_their_places(void **state)
{
        (void)state;
        const struct node *top = merged(COURSES, "courses:\n  BIO: {size: 7}");
        const struct node *bio = node_get(top, "courses")->items[1];

        assert_string_equal(node_get(bio, "size")->at.file, "above");
        assert_int_equal(node_get(bio, "size")->at.line, 2);
        assert_string_equal(node_get(bio, "id")->at.file, "below");
        assert_int_equal(top->height, tree("t", text_of(top))->height);
        assert_int_equal(top->weight, tree("t", text_of(top))->weight);
}

static void lists_go_one_behind_the_other(void **state)
{
        (void)state;
        const struct node *a = tree("a", "[1, 2]"), *b = tree("b", "[3]");

        assert_string_equal(text_of(node_append(arena, a, b, report)), "[1,2,3]");
        assert_string_equal(text_of(node_append(arena, NULL, b, report)), "[3]");
        assert_ptr_equal(node_append(arena, a, tree("c", "{x: 1}"), report), a);
        assert_int_equal(report_errors(report), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        const struct CMUnitTest tests[] = {
                TEST(every_line_of_the_standards_table_holds),
                TEST(random_merges_agree_with_another_library),
                TEST(a_list_is_merged_by_id),
                TEST(a_map_changes_and_removes_by_id),
                TEST(what_has_no_ids_is_replaced),
                TEST(an_unknown_id_names_the_overlays_line),
                TEST(an_id_listed_twice_is_refused),
                TEST(values_keep_their_places),
                TEST(lists_go_one_behind_the_other),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
