/* SPDX-License-Identifier: GPL-3.0-or-later */
/* io/yaml_node: the tree, its places, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/yaml_node.h"
#include "model/memory.h"
#include "support_read.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct node *read_bytes(const char *bytes, size_t size)
{
        /* An exact copy, so that the sanitizer sees a step too far. */
        char *copy = mem_copy(bytes, size + 1);
        struct node *node = node_read(arena, "f.yaml", copy, size, report);
        mem_free(copy);
        return node;
}

static struct node *read_text(const char *text)
{
        return read_bytes(text, strlen(text));
}

static struct node *read_good(const char *text)
{
        struct node *node = read_text(text);
        if (report_count(report))
                print_message("%s\n", report_message(report, 0)->text);
        assert_non_null(node);
        assert_int_equal(report_count(report), 0);
        return node;
}

/* The text is refused with one error, at the place, that contains the words. */
static void refuse(const char *text, int line, int column, const char *words)
{
        assert_null(read_text(text));
        assert_int_equal(report_errors(report), 1);
        const struct message *m = report_message(report, 0);
        if (!strstr(m->text, words))
                fail_msg("'%s' has no '%s'", m->text, words);
        assert_int_equal(m->at.line, line);
        assert_int_equal(m->at.column, column);
        assert_string_equal(m->at.file, "f.yaml");
}

static void assert_place(const struct node *node, int line, int column)
{
        assert_int_equal(node->at.line, line);
        assert_int_equal(node->at.column, column);
}

static void a_map_keeps_the_order_of_its_keys(void **state)
{
        (void)state;
        const struct node *map = read_good("z: 1\na: 2\nm: 3\n");
        assert_int_equal(map->kind, NODE_MAP);
        assert_int_equal(map->n, 3);
        assert_string_equal(map->keys[0]->text, "z");
        assert_string_equal(map->keys[1]->text, "a");
        assert_string_equal(map->keys[2]->text, "m");
}

static void columns_count_characters_not_bytes(void **state)
{
        (void)state;
        const struct node *map = read_good("a: [\"é\", ñandú, x]\nb:\n  - y\n");
        const struct node *list = node_get(map, "a");
        assert_place(list->items[1], 1, 10);
        assert_place(list->items[2], 1, 17);
        assert_place(node_get(map, "b")->items[0], 3, 5);
}

static void plain_scalars_stay_as_written(void **state)
{
        (void)state;
        const char *const words[] = {
                "010", "1e3", "yes", "1A", "0x1F", "1_000", "12:30", ".5", "-"};
        char text[40];
        for (size_t i = 0; i < sizeof words / sizeof *words - 1; i++) {
                snprintf(text, sizeof text, "v: %s\n", words[i]);
                assert_string_equal(node_get(read_good(text), "v")->text, words[i]);
        }
}

static void null_and_empty_scalars_are_omitted(void **state)
{
        (void)state;
        const struct node *map =
                read_good("a: null\nb: ~\nc:\nd: ''\ne: \" \t \"\nf: NULL\ng: 'null'\n");
        for (int i = 0; i < 6; i++)
                assert_true(node_omitted(map->items[i]));
        assert_string_equal(node_get(map, "g")->text, "null");
        assert_null(node_get(map, "a"));
        assert_null(node_get(map, "absent"));
}

static void surrounding_blanks_are_dropped(void **state)
{
        (void)state;
        const struct node *map =
                read_good("a: '  x y  '\nb: |\n  text\nc: \"\xc2\xa0q\xe3\x80\x80\"\n");
        assert_string_equal(node_get(map, "a")->text, "x y");
        assert_string_equal(node_get(map, "b")->text, "text");
        assert_string_equal(node_get(map, "c")->text, "q");
}

static void aliases_share_their_anchor(void **state)
{
        (void)state;
        const struct node *map = read_good("a: &x [1, 2]\nb: *x\nc: &x 7\nd: *x\n");
        assert_ptr_equal(node_get(map, "b"), node_get(map, "a"));
        assert_string_equal(node_get(map, "d")->text, "7");
}

static void own_keys_win_over_merged_ones(void **state)
{
        (void)state;
        const struct node *map = read_good("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\n"
                                           "c: {<<: [*a, *b], x: 9}\nd: {x: 5, <<: *b}\n"
                                           "e: {'<<': 1}\n");
        const struct node *c = node_get(map, "c"), *d = node_get(map, "d");
        assert_int_equal(c->n, 3);
        assert_string_equal(node_get(c, "x")->text, "9");
        assert_string_equal(node_get(c, "y")->text, "2");
        assert_string_equal(node_get(c, "z")->text, "4");
        assert_int_equal(d->n, 3);
        assert_string_equal(node_get(node_get(map, "e"), "<<")->text, "1");
}

static void a_second_key_names_the_line_of_the_first(void **state)
{
        (void)state;
        refuse("a: 1\nb: 2\n'a': 3\n", 3, 1,
                "'a' a second time; expected it once (the first is in line 1)");
}

static void every_second_key_is_reported_also_in_long_maps(void **state)
{
        (void)state;
        char *text = NULL;
        size_t size = 0;
        FILE *to = open_memstream(&text, &size);
        assert_non_null(to);
        for (int i = 0; i < 100; i++)
                fprintf(to, "k%d: 1\n", i);
        fputs("k3: 2\nk99: 2\n", to);
        fclose(to);
        assert_null(read_text(text));
        free(text);
        assert_int_equal(report_errors(report), 2);
        assert_non_null(strstr(report_message(report, 0)->text, "line 4)"));
        assert_non_null(strstr(report_message(report, 1)->text, "line 100)"));
}

static void nul_bytes_are_refused(void **state)
{
        (void)state;
        assert_null(read_bytes("a: 1\nb: x\0y\n", 12));
        assert_int_equal(report_message(report, 0)->at.line, 2);
        assert_int_equal(report_message(report, 0)->at.column, 5);
}

static void text_that_is_no_utf8_is_refused(void **state)
{
        (void)state;
        refuse("a: caf\xe9\n", 1, 7, "byte 0xE9");
}

static void a_surrogate_is_no_utf8(void **state)
{
        (void)state;
        refuse("a: \xed\xa0\x80\n", 1, 4, "byte 0xED");
}

static void a_cut_character_at_the_end_is_no_utf8(void **state)
{
        (void)state;
        refuse("a: \xe2\x82", 1, 4, "byte 0xE2");
}

static void utf16_is_named(void **state)
{
        (void)state;
        refuse("\xff\xfe"
               "a",
                1, 1, "UTF-16");
}

static void a_byte_order_mark_is_skipped(void **state)
{
        (void)state;
        assert_place(node_get(read_good("\xef\xbb\xbf"
                                        "a: 1\n"),
                             "a"),
                1, 4);
}

static void crlf_counts_as_one_line_end(void **state)
{
        (void)state;
        assert_place(node_get(read_good("a: 1\r\nb: 2\r\n"), "b"), 2, 4);
}

static void tabs_do_not_indent(void **state)
{
        (void)state;
        refuse("a:\n\tb: 1\n", 2, 1, "found a tab");
}

static void an_empty_file_is_refused(void **state)
{
        (void)state;
        refuse("", 1, 1, "empty file");
}

static void a_second_document_is_refused(void **state)
{
        (void)state;
        refuse("a: 1\n---\nb: 2\n", 2, 1, "second document");
}

static void a_tag_is_refused(void **state)
{
        (void)state;
        refuse("a: !!binary x\n", 1, 4, "tag");
}

static void core_tags_are_allowed(void **state)
{
        (void)state;
        assert_string_equal(node_get(read_good("a: !!str 5\nb: !!int 6\n"), "b")->text, "6");
}

static void an_anchor_inside_itself_is_refused(void **state)
{
        (void)state;
        refuse("a: &x [1, *x]\n", 1, 11, "inside its own anchor");
}

static void an_unknown_alias_is_refused(void **state)
{
        (void)state;
        refuse("a: *x\n", 1, 4, "without an anchor");
}

static void nest(int depth, char *text)
{
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        text[2 * depth] = 0;
}

static void sixty_four_levels_are_allowed(void **state)
{
        (void)state;
        char text[140];
        nest(65, text); /* the outermost is level 0 */
        assert_int_equal(read_good(text)->height, 64);
}

static void sixty_five_levels_are_refused(void **state)
{
        (void)state;
        char text[140];
        nest(66, text);
        refuse(text, 1, 66, "nested deeper than 64");
}

static void depth_counts_through_aliases(void **state)
{
        (void)state;
        char inner[140], text[400];
        nest(40, inner);
        snprintf(text, sizeof text,
                "- &a %s\n- [[[[[[[[[[[[[[[[[[[[[[[[[*a]]]]]]]]]]]]]]]]]]]]]]]]]\n", inner);
        refuse(text, 2, 28, "nested deeper than 64");
}

static void a_bomb_of_aliases_is_refused_before_it_goes_off(void **state)
{
        (void)state;
        char text[2000] = "- &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 20; i++) {
                char line[80];
                snprintf(line, sizeof line, "- &a%d [*a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i - 1,
                        i - 1, i - 1, i - 1, i - 1);
                strcat(text, line);
        }
        assert_null(read_text(text));
        assert_non_null(strstr(report_message(report, 0)->text, "more than 1000000 values"));
}

static void broken_yaml_tells_where_it_began(void **state)
{
        (void)state;
        refuse("a: [1,\nb: 2\nc: 3\n", 3, 2, "begins in line 1");
}

static void a_list_is_no_key(void **state)
{
        (void)state;
        refuse("? [a]\n: b\n", 1, 3, "a list as a key");
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                CLAIM(a_map_keeps_the_order_of_its_keys),
                CLAIM(columns_count_characters_not_bytes),
                CLAIM(plain_scalars_stay_as_written),
                CLAIM(null_and_empty_scalars_are_omitted),
                CLAIM(surrounding_blanks_are_dropped),
                CLAIM(aliases_share_their_anchor),
                CLAIM(own_keys_win_over_merged_ones),
                CLAIM(a_second_key_names_the_line_of_the_first),
                CLAIM(every_second_key_is_reported_also_in_long_maps),
                CLAIM(nul_bytes_are_refused),
                CLAIM(text_that_is_no_utf8_is_refused),
                CLAIM(a_surrogate_is_no_utf8),
                CLAIM(a_cut_character_at_the_end_is_no_utf8),
                CLAIM(utf16_is_named),
                CLAIM(a_byte_order_mark_is_skipped),
                CLAIM(crlf_counts_as_one_line_end),
                CLAIM(tabs_do_not_indent),
                CLAIM(an_empty_file_is_refused),
                CLAIM(a_second_document_is_refused),
                CLAIM(a_tag_is_refused),
                CLAIM(core_tags_are_allowed),
                CLAIM(an_anchor_inside_itself_is_refused),
                CLAIM(an_unknown_alias_is_refused),
                CLAIM(sixty_four_levels_are_allowed),
                CLAIM(sixty_five_levels_are_refused),
                CLAIM(depth_counts_through_aliases),
                CLAIM(a_bomb_of_aliases_is_refused_before_it_goes_off),
                CLAIM(broken_yaml_tells_where_it_began),
                CLAIM(a_list_is_no_key),
        };
        return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
