/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json_read.h"
#include "io/json_write.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Passing over the text gives this message, or none. */
static void gives(const char *text, int line, int column, const char *expected)
{
        struct arena *a = arena_new();
        struct report *rp = report_new();
        struct json_in in;

        json_in_init(&in, "f", text, strlen(text), a, rp);
        json_skip(&in);
        bool ok = json_finish(&in);
        assert_int_equal(ok, expected == NULL);
        assert_int_equal(report_count(rp), !ok);
        if (expected) {
                const struct message *m = report_message(rp, 0);
                assert_non_null(strstr(m->text, expected));
                assert_int_equal(m->at.line, line);
                assert_int_equal(m->at.column, column);
        }
        report_free(rp);
        arena_free(a);
}

static void json_is_taken(void **state)
{
        static const char *const good[] = {"{}", "[]", " [1, -2.5e+3, 0.1, \"a\\u00e9\\n\"]\n",
                "{\"a\": {\"b\": [true, false, null]}}", "\xef\xbb\xbf{}", "\"\\ud83d\\ude00\"",
                "0", "[[],[[]],{}]", "\"\xc3\xa9\""};

        (void)state;
        for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
                gives(good[i], 0, 0, NULL);
}

static void what_is_not_json_is_named_with_its_place(void **state)
{
        (void)state;
        gives("", 1, 1, "the file ends; expected a value");
        gives("{\n  \"a\" 1}", 2, 7, "found '1'; expected ':'");
        gives("{\"\xc3\xa9\": 1,}", 1, 9, "expected a key in quotes");
        gives("[1 2]", 1, 4, "expected ',' or ']'");
        gives("[1,]", 1, 4, "expected a value");
        gives("[1", 1, 3, "the file ends");
        gives("{} x", 1, 4, "expected the end of the file");
        gives("[01]", 1, 3, "expected ',' or ']'");
        gives("[1.]", 1, 2, "expected a number");
        gives("[-]", 1, 2, "expected a number");
        gives("[nul]", 1, 2, "expected a value");
        gives("'a'", 1, 1, "found '''");
        gives("\"a", 1, 3, "the file ends");
        gives("\"a\nb\"", 1, 3, "0x0a");
        gives("\"\\x\"", 1, 3, "expected an escape");
        gives("\"\\u0000\"", 1, 3, "expected a character");
        gives("\"\\ud83d\"", 1, 3, "expected a character");
        gives("\"\xff\"", 1, 2, "byte 0xff; expected UTF-8");
        gives("[NaN]", 1, 2, "expected a value");
        gives("[1]\n]", 2, 1, "expected the end");
        gives("{]", 1, 2, "expected a key");
        gives("[}", 1, 2, "expected a value");
}

static void depth_is_limited_and_length_is_not(void **state)
{
        enum { N = 2000000 };
        char *text = malloc(N + 1);

        (void)state;
        memset(text, '[', N);
        text[N] = 0;
        gives(text, 1, JSON_MAX_DEPTH + 1, "nested deeper");
        for (int i = 0; i < N; i += 2)
                memcpy(text + i, i ? ",1" : "[1", 2);
        text[N - 1] = ']';
        text[N - 2] = '1';
        text[N - 3] = ' ';
        text[N - 4] = ',';
        gives(text, 0, 0, NULL);
        free(text);
}

static void values_come_back_with_their_places(void **state)
{
        const char *text = "{\"a\":\n [1, \"x\\ty\", null],\n \"b\": 1e2}", *key;
        struct arena *a = arena_new();
        struct report *rp = report_new();
        struct json_in in;

        (void)state;
        json_in_init(&in, "f", text, strlen(text), a, rp);
        assert_true(json_open_object(&in));
        assert_true(json_more_keys(&in, &key));
        assert_string_equal(key, "a");
        assert_true(json_open_list(&in));
        assert_int_equal(in.at.line, 2);
        assert_int_equal(in.at.column, 2);
        assert_true(json_more(&in));
        assert_int_equal(json_get_int(&in), 1);
        assert_true(json_more(&in));
        assert_string_equal(json_get_text(&in), "x\ty");
        assert_int_equal(in.at.column, 6);
        assert_true(json_more(&in));
        assert_null(json_get_text_or_null(&in));
        assert_false(json_more(&in));
        assert_true(json_more_keys(&in, &key));
        assert_string_equal(json_get_scalar(&in), "1e2");
        assert_false(json_more_keys(&in, &key));
        assert_true(json_finish(&in));
        report_free(rp);
        arena_free(a);
}

static void a_wrong_type_is_named_and_stops_the_reading(void **state)
{
        const char *text = "[\"a\", 1.5]";
        struct arena *a = arena_new();
        struct report *rp = report_new();
        struct json_in in;

        (void)state;
        json_in_init(&in, "f", text, strlen(text), a, rp);
        json_open_list(&in);
        json_more(&in);
        json_get_text(&in);
        json_more(&in);
        json_get_int(&in);
        assert_false(json_more(&in));
        assert_false(json_open_object(&in));
        assert_false(json_finish(&in));
        assert_int_equal(report_errors(rp), 1);
        assert_string_equal(report_message(rp, 0)->text, "found 1.5; expected a whole number");
        assert_int_equal(report_message(rp, 0)->at.column, 7);
        report_free(rp);
        arena_free(a);
}

static void real_is(double value, const char *expected)
{
        char buf[REAL_TEXT];

        real_text(value, buf);
        assert_string_equal(buf, expected);
}

static void numbers_have_at_most_six_decimals(void **state)
{
        (void)state;
        real_is(0, "0");
        real_is(-0.0, "0");
        real_is(-1e-9, "0");
        real_is(100, "100");
        real_is(1.5, "1.5");
        real_is(2.0 / 3, "0.666667");
        real_is(1e9, "1000000000");
        real_is(-0.25, "-0.25");
}

static void what_is_written_reads_back(void **state)
{
        char *text = NULL;
        size_t size;
        FILE *to = open_memstream(&text, &size);
        struct json_out o = {.to = to};

        (void)state;
        json_begin(&o, NULL, '{');
        json_text(&o, "quote\"", "a\\b\n\x01\xc3\xa9");
        json_begin(&o, "empty", '[');
        json_end(&o, ']');
        json_begin_flat(&o, "flat", '[');
        json_int(&o, NULL, -5);
        json_begin(&o, NULL, '{');
        json_bool(&o, "x", true);
        json_end(&o, '}');
        json_null(&o, NULL);
        json_end(&o, ']');
        json_real(&o, "r", 0.5);
        json_end(&o, '}');
        fclose(to);
        assert_string_equal(text,
                "{\n  \"quote\\\"\": \"a\\\\b\\n\\u0001\xc3\xa9\",\n  \"empty\": [],\n"
                "  \"flat\": [-5, {\"x\": true}, null],\n  \"r\": 0.5\n}\n");
        gives(text, 0, 0, NULL);
        free(text);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(json_is_taken),
                cmocka_unit_test(what_is_not_json_is_named_with_its_place),
                cmocka_unit_test(depth_is_limited_and_length_is_not),
                cmocka_unit_test(values_come_back_with_their_places),
                cmocka_unit_test(a_wrong_type_is_named_and_stops_the_reading),
                cmocka_unit_test(numbers_have_at_most_six_decimals),
                cmocka_unit_test(what_is_written_reads_back),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
