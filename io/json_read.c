/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json_read.h"
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const char *const kind_names[] = {
        "an object", "a list", "a text", "a number", "true", "false", "null", "no value"};

void json_in_init(struct json_in *in, const char *file, const char *text, size_t size,
        struct arena *a, struct report *rp)
{
        *in = (struct json_in){.file = file,
                .p = text,
                .end = text + size,
                .arena = a,
                .report = rp,
                .line = 1,
                .column = 1};
        if (size >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
                in->p += 3;
        in->marked = in->p;
}

/* Move the count of lines and columns on to p; columns count characters, not bytes. */
static void mark(struct json_in *in)
{
        for (; in->marked < in->p; in->marked++) {
                if (*in->marked == '\n') {
                        in->line++;
                        in->column = 1;
                } else if (((unsigned char)*in->marked & 0xc0) != 0x80) {
                        in->column++;
                }
        }
        in->at = (struct place){in->file, in->line, in->column};
}

bool json_fail(struct json_in *in, const char *fmt, ...)
{
        char text[300];
        va_list args;

        if (in->failed)
                return false;
        va_start(args, fmt);
        vsnprintf(text, sizeof text, fmt, args);
        va_end(args);
        in->failed = true;
        return report_error(in->report, ERROR_INPUT, in->at, "%s", text);
}

static void blanks(struct json_in *in)
{
        while (in->p < in->end && strchr(" \t\r\n", *in->p) && *in->p)
                in->p++;
        mark(in);
}

/* Found and expected, for something that is not even JSON. */
static bool syntax(struct json_in *in, const char *expected)
{
        unsigned char c = (unsigned char)*in->p;

        mark(in);
        if (in->p >= in->end)
                return json_fail(in, "not JSON: the file ends; expected %s", expected);
        if (c < 0x20 || c >= 0x7f)
                return json_fail(in, "not JSON: found byte 0x%02x; expected %s", c, expected);
        return json_fail(in, "not JSON: found '%c'; expected %s", c, expected);
}

static bool word(const struct json_in *in, const char *w)
{
        size_t n = strlen(w);

        return (size_t)(in->end - in->p) >= n && !memcmp(in->p, w, n);
}

enum json_kind json_kind(struct json_in *in)
{
        if (in->failed)
                return JSON_NOTHING;
        blanks(in);
        if (in->p >= in->end)
                return JSON_NOTHING;
        switch (*in->p) {
        case '{':
                return JSON_OBJECT;
        case '[':
                return JSON_LIST;
        case '"':
                return JSON_TEXT;
        case 't':
                return word(in, "true") ? JSON_TRUE : JSON_NOTHING;
        case 'f':
                return word(in, "false") ? JSON_FALSE : JSON_NOTHING;
        case 'n':
                return word(in, "null") ? JSON_NULL : JSON_NOTHING;
        default:
                return *in->p == '-' || (*in->p >= '0' && *in->p <= '9') ? JSON_NUMBER
                                                                         : JSON_NOTHING;
        }
}

/* Is the next value of this kind? If not, the report says so. */
static bool expect(struct json_in *in, enum json_kind kind)
{
        enum json_kind found = json_kind(in);

        if (in->failed)
                return false;
        if (found == JSON_NOTHING)
                return syntax(in, kind_names[kind]);
        if (found != kind)
                return json_fail(in, "found %s; expected %s", kind_names[found], kind_names[kind]);
        return true;
}

static bool open_bracket(struct json_in *in, enum json_kind kind)
{
        if (!expect(in, kind))
                return false;
        in->p++;
        in->fresh = true;
        return true;
}

bool json_open_object(struct json_in *in)
{
        return open_bracket(in, JSON_OBJECT);
}

bool json_open_list(struct json_in *in)
{
        return open_bracket(in, JSON_LIST);
}

/* Past a comma, where one is due; false at the closing bracket, which is passed too. */
static bool more(struct json_in *in, char closing)
{
        if (in->failed)
                return false;
        blanks(in);
        bool fresh = in->fresh;
        in->fresh = false;
        if (*in->p == closing) {
                in->p++;
                return false;
        }
        if (fresh)
                return true;
        if (*in->p != ',')
                return syntax(in, closing == '}' ? "',' or '}'" : "',' or ']'");
        in->p++;
        blanks(in);
        return true;
}

bool json_more(struct json_in *in)
{
        return more(in, ']');
}

/* ---- texts ---- */

static int hex4(const char *p, const char *end)
{
        int value = 0;

        for (int i = 0; i < 4; i++) {
                if (p + i >= end)
                        return -1;
                const char *digits = "0123456789abcdef0123456789ABCDEF";
                const char *d = p[i] ? strchr(digits, p[i]) : NULL;
                if (!d)
                        return -1;
                value = value * 16 + (int)((d - digits) % 16);
        }
        return value;
}

/* The character of \uXXXX at p (behind the u), with its second half; its length in the text or 0.
 */
static int escaped_code(struct json_in *in, const char *p, int32_t *code)
{
        int high = hex4(p, in->end);

        *code = high;
        if (high <= 0 || (high >= 0xdc00 && high <= 0xdfff))
                return 0;
        if (high < 0xd800 || high > 0xdbff)
                return 4;
        if (in->end - p < 10 || p[4] != '\\' || p[5] != 'u')
                return 0;
        int low = hex4(p + 6, in->end);
        if (low < 0xdc00 || low > 0xdfff)
                return 0;
        *code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        return 10;
}

/* One escape at p, behind the backslash; moves both on. */
static bool escape(struct json_in *in, char **to)
{
        static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
        const char *name = *in->p ? strchr(names, *in->p) : NULL;

        if (name) {
                *(*to)++ = values[name - names];
                in->p++;
                return true;
        }
        if (*in->p != 'u')
                return syntax(in, "an escape like \\n or \\u00e9");
        int32_t code;
        int length = escaped_code(in, in->p + 1, &code);
        if (!length)
                return syntax(in, "a character in \\uXXXX");
        in->p += 1 + length;
        *to += utf8proc_encode_char(code, (utf8proc_uint8_t *)*to);
        return true;
}

static bool plain(struct json_in *in, char **to)
{
        int32_t code;
        ptrdiff_t n = utf8proc_iterate(
                (const utf8proc_uint8_t *)in->p, (utf8proc_ssize_t)(in->end - in->p), &code);

        if (n <= 0)
                return syntax(in, "UTF-8");
        if (code < 0x20)
                return syntax(in, "'\"' at the end of the text");
        memcpy(*to, in->p, (size_t)n);
        *to += n;
        in->p += n;
        return true;
}

/* Behind the opening quote. What a text decodes to is never longer than what was written. */
static const char *text_body(struct json_in *in)
{
        const char *begin = in->p, *scan = in->p;

        while (scan < in->end && *scan != '"')
                scan += scan[0] == '\\' && scan + 1 < in->end ? 2 : 1;
        char *text = arena_alloc(in->arena, (size_t)(scan - begin) + 1), *to = text;
        struct place at = in->at;
        for (;;) {
                if (in->p >= in->end) {
                        syntax(in, "'\"' at the end of the text");
                        return "";
                }
                if (*in->p == '"')
                        break;
                bool escapes = *in->p == '\\';
                in->p += escapes;
                if (!(escapes ? escape(in, &to) : plain(in, &to)))
                        return "";
        }
        in->p++;
        in->at = at;
        return text;
}

const char *json_get_text(struct json_in *in)
{
        if (!expect(in, JSON_TEXT))
                return "";
        in->p++;
        return text_body(in);
}

const char *json_get_text_or_null(struct json_in *in)
{
        if (json_kind(in) != JSON_NULL)
                return json_get_text(in);
        in->p += strlen("null");
        return NULL;
}

bool json_more_keys(struct json_in *in, const char **key)
{
        *key = "";
        if (!more(in, '}'))
                return false;
        if (*in->p != '"')
                return syntax(in, "a key in quotes");
        in->p++;
        *key = text_body(in);
        if (in->failed)
                return false;
        const struct place at = in->at;
        blanks(in);
        if (*in->p != ':')
                return syntax(in, "':'");
        in->p++;
        in->at = at;
        return true;
}

/* ---- numbers ---- */

static const char *digits(const char *p)
{
        while (*p >= '0' && *p <= '9')
                p++;
        return p;
}

/* The end of the number at p by JSON's grammar, or NULL. The text ends with a NUL. */
static const char *number_end(const char *p)
{
        p += *p == '-';
        if (*p == '0')
                p++;
        else if (digits(p) > p)
                p = digits(p);
        else
                return NULL;
        if (*p == '.') {
                if (digits(p + 1) == p + 1)
                        return NULL;
                p = digits(p + 1);
        }
        if (*p == 'e' || *p == 'E') {
                p += p[1] == '+' || p[1] == '-' ? 2 : 1;
                if (digits(p) == p)
                        return NULL;
                p = digits(p);
        }
        return p;
}

static bool pass_number(struct json_in *in)
{
        const char *end = number_end(in->p);

        if (!end)
                return syntax(in, "a number");
        in->p = end;
        return true;
}

double json_get_number(struct json_in *in)
{
        if (!expect(in, JSON_NUMBER))
                return 0;
        const char *from = in->p;
        if (!pass_number(in))
                return 0;
        double value = strtod(from, NULL);
        if (isfinite(value))
                return value;
        json_fail(in, "found a number that is too large");
        return 0;
}

int json_get_int(struct json_in *in)
{
        double value = json_get_number(in);

        if (value >= INT_MIN && value <= INT_MAX && floor(value) == value)
                return (int)value;
        json_fail(in, "found %.10g; expected a whole number", value);
        return 0;
}

/* ---- anything ---- */

static bool pass_scalar(struct json_in *in, enum json_kind kind)
{
        if (kind == JSON_NUMBER)
                return pass_number(in);
        in->p += kind == JSON_FALSE ? 5 : 4;
        return true;
}

const char *json_get_scalar(struct json_in *in)
{
        enum json_kind kind = json_kind(in);

        if (kind == JSON_TEXT || kind == JSON_NOTHING)
                return json_get_text(in);
        if (kind == JSON_OBJECT || kind == JSON_LIST) {
                json_fail(in, "found %s; expected a text or a number", kind_names[kind]);
                return "";
        }
        const char *from = in->p;
        if (!pass_scalar(in, kind))
                return "";
        return arena_strndup(in->arena, from, (size_t)(in->p - from));
}

/* A text that nobody wants: checked like any other, kept nowhere. */
static void skip_text(struct json_in *in)
{
        char scratch[8];

        in->p++;
        while (!in->failed && *in->p != '"') {
                char *to = scratch;
                if (in->p >= in->end)
                        syntax(in, "'\"' at the end of the text");
                else if (*in->p == '\\') {
                        in->p++;
                        escape(in, &to);
                } else
                        plain(in, &to);
        }
        in->p += !in->failed;
}

static bool skip_key(struct json_in *in)
{
        if (*in->p != '"')
                return syntax(in, "a key in quotes");
        skip_text(in);
        if (in->failed)
                return false;
        blanks(in);
        if (*in->p != ':')
                return syntax(in, "':'");
        in->p++;
        return true;
}

/* Bit i of `objects`: the container at depth i is an object. No recursion: the text may be
 * anybody's. */
void json_skip(struct json_in *in)
{
        uint64_t objects = 0;
        int depth = 0;

        do {
                enum json_kind kind = json_kind(in);
                if (in->failed)
                        return;
                if (kind == JSON_NOTHING)
                        syntax(in, "a value");
                else if (kind == JSON_TEXT)
                        skip_text(in);
                else if (kind != JSON_OBJECT && kind != JSON_LIST)
                        pass_scalar(in, kind);
                else if (depth == JSON_MAX_DEPTH)
                        json_fail(in, "found values nested deeper than %d", JSON_MAX_DEPTH);
                else {
                        objects &= ~(UINT64_C(1) << depth);
                        objects |= (uint64_t)(kind == JSON_OBJECT) << depth;
                        depth++;
                        open_bracket(in, kind);
                }
                while (depth && !in->failed) {
                        bool object = objects >> (depth - 1) & 1;
                        if (more(in, object ? '}' : ']')) {
                                if (object)
                                        skip_key(in);
                                break;
                        }
                        depth--;
                }
        } while (depth && !in->failed);
}

bool json_finish(struct json_in *in)
{
        if (in->failed)
                return false;
        blanks(in);
        return in->p >= in->end || syntax(in, "the end of the file");
}
