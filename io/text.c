/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/text.h"

#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum { SHOWN_CHARACTERS = 60, MAX_DIGITS = 9 };

size_t text_bom(const char *bytes, size_t size)
{
        return size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* The code point at s and its length; length 0 where the bytes are no UTF-8. */
static int code_point(const char *s, size_t n, size_t *length)
{
        unsigned char c = (unsigned char)*s;
        if (c < 0x80) {
                *length = 1;
                return c;
        }
        utf8proc_int32_t code = -1;
        utf8proc_ssize_t room = n > 4 ? 4 : (utf8proc_ssize_t)n;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)s, room, &code);
        *length = used > 0 && code >= 0 ? (size_t)used : 0;
        return code;
}

static bool is_control(int code)
{
        return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

static bool is_blank(int code)
{
        return code == ' ' || (code >= 0x09 && code <= 0x0d) || code == 0x85 || code == 0xa0 ||
               code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 ||
               code == 0x2029 || code == 0x202f || code == 0x205f || code == 0x3000;
}

static bool say_bad(const char *s, struct place at, size_t length, struct report *rp)
{
        unsigned byte = (unsigned char)*s;
        if (!length && at.line == 1 && at.column == 1 && byte >= 0xfe)
                return report_error(rp, ERROR_INPUT, at,
                        "found UTF-16 text; expected UTF-8 (from a spreadsheet: CSV UTF-8)");
        if (!length)
                return report_error(rp, ERROR_INPUT, at,
                        "found byte 0x%02X, which is no UTF-8; expected UTF-8 text", byte);
        if (!byte)
                return report_error(rp, ERROR_INPUT, at, "found a NUL byte; expected UTF-8 text");
        return report_error(rp, ERROR_INPUT, at,
                "found control character 0x%02X; expected text without control characters",
                byte == 0xc2 ? (unsigned char)s[1] : byte);
}

bool text_check(const char *bytes, size_t size, const char *file, struct report *rp)
{
        struct place at = {file, 1, 1};
        for (size_t i = 0, length; i < size; i += length) {
                length = 1;
                if (bytes[i] >= ' ' && bytes[i] <= '~') {
                        at.column++;
                        continue;
                }
                int code = code_point(bytes + i, size - i, &length);
                bool line_end =
                        code == '\n' || (code == '\r' && !(i + 1 < size && bytes[i + 1] == '\n'));
                if (!length || (is_control(code) && code != '\t' && code != '\r' && !line_end &&
                                       code != 0x85))
                        return say_bad(bytes + i, at, length, rp);
                at.column = line_end ? 1 : at.column + 1;
                at.line += line_end;
        }
        return true;
}

/* Bytes of the blank that s begins with; 0: none. */
static size_t leading_blank(const char *s, size_t n)
{
        size_t length = 0;
        int code = n ? code_point(s, n, &length) : 'x';
        return is_blank(code) ? length : 0;
}

static size_t trailing_blank(const char *s, size_t n)
{
        for (size_t back = 1; back <= 3 && back <= n; back++)
                if (leading_blank(s + n - back, back) == back)
                        return back;
        return 0;
}

char *text_trim(struct arena *a, const char *s, size_t n)
{
        for (size_t k; (k = leading_blank(s, n)) > 0; n -= k)
                s += k;
        for (size_t k; (k = trailing_blank(s, n)) > 0;)
                n -= k;
        return arena_strndup(a, s, n);
}

/* Every byte of a control character (a C1 one has two) becomes the sign. */
static char *without_controls(char *text, char sign)
{
        for (unsigned char *c = (unsigned char *)text; *c; c++) {
                bool long_one = c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0;
                if (!long_one && *c >= 0x20 && *c != 0x7f)
                        continue;
                *c = (unsigned char)sign;
                if (long_one)
                        *++c = (unsigned char)sign;
        }
        return text;
}

char *text_line(struct arena *a, const char *s)
{
        return without_controls(arena_strdup(a, s), ' ');
}

int text_width(const char *s)
{
        int width = 0;
        utf8proc_int32_t code;

        for (const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s; *p;) {
                utf8proc_ssize_t n = utf8proc_iterate(p, -1, &code);
                if (n <= 0)
                        break;
                width += utf8proc_charwidth(code);
                p += n;
        }
        return width;
}

int text_characters(const char *s, size_t n)
{
        int count = 0;
        for (size_t i = 0; i < n; i++)
                count += ((unsigned char)s[i] & 0xc0) != 0x80;
        return count;
}

bool text_is_id(const char *s)
{
        size_t n = strlen(s);
        for (size_t i = 0, length; i < n; i += length) {
                int code = code_point(s + i, n - i, &length);
                if (!length || is_control(code) || code == ';')
                        return false;
        }
        return n > 0;
}

bool text_whole(const char *s, int low, int high, int *out)
{
        bool minus = *s == '-';
        s += minus;
        int64_t value = 0;
        if (!*s)
                return false;
        for (; *s; s++) {
                if (*s < '0' || *s > '9')
                        return false;
                value = value > INT32_MAX ? value : value * 10 + (*s - '0');
        }
        value = minus ? -value : value;
        if (value < low || value > high)
                return false;
        *out = (int)value;
        return true;
}

/* Digits at *s as a number, times 10^count added to *value; false where there are more than
 * MAX_DIGITS. */
static bool take_digits(const char **s, int64_t *value, int64_t *scale, int *count)
{
        *count = 0;
        for (; **s >= '0' && **s <= '9'; ++*s, ++*count) {
                *value = *value * 10 + (**s - '0');
                *scale *= 10;
                if (*count >= MAX_DIGITS)
                        return false;
        }
        return true;
}

bool text_decimal(const char *s, struct ratio *out)
{
        int64_t value = 0, den = 1, unused = 1;
        int whole, digits = 0;
        while (*s == '0' && s[1] == '0')
                s++;
        if (!take_digits(&s, &value, &unused, &whole))
                return false;
        if (*s == '.') {
                s++;
                if (!take_digits(&s, &value, &den, &digits))
                        return false;
        }
        if (*s || whole + digits == 0)
                return false;
        for (; den > 1 && value % 10 == 0; den /= 10)
                value /= 10;
        *out = (struct ratio){value, den};
        return true;
}

bool text_boolean(const char *s, bool *out)
{
        static const char *const words[] = {"false", "true", "no", "yes", "off", "on"};
        for (int i = 0; i < 6; i++)
                if (strcasecmp(s, words[i]) == 0) {
                        *out = i % 2;
                        return true;
                }
        return false;
}

static bool two_digits(const char *s, size_t n, int high, int *out)
{
        char copy[3] = {0};
        if (n < 1 || n > 2)
                return false;
        memcpy(copy, s, n);
        return text_whole(copy, 0, high, out);
}

bool text_clock(const char *s, int *minutes)
{
        const char *colon = strchr(s, ':');
        int hour, minute;
        if (!colon || strlen(colon + 1) != 2 || !two_digits(s, (size_t)(colon - s), 23, &hour) ||
                !two_digits(colon + 1, 2, 59, &minute))
                return false;
        *minutes = hour * 60 + minute;
        return true;
}

bool text_date(const char *s)
{
        static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        int century, year, month, day;

        if (strlen(s) != 10 || s[4] != '-' || s[7] != '-' || !two_digits(s, 2, 99, &century) ||
                !two_digits(s + 2, 2, 99, &year) || !two_digits(s + 5, 2, 12, &month) ||
                !two_digits(s + 8, 2, 31, &day) || month < 1 || day < 1)
                return false;
        bool leap = year % 4 == 0 && (year != 0 || century % 4 == 0);
        return day <= days[month - 1] && (month != 2 || day < 29 || leap);
}

const char *text_quoted(struct arena *a, const char *s)
{
        size_t n = strlen(s), cut = 0;
        for (int seen = 0; cut < n; cut++) {
                bool first = ((unsigned char)s[cut] & 0xc0) != 0x80;
                if (first && seen++ == SHOWN_CHARACTERS)
                        break;
        }
        char *text = arena_printf(a, "'%.*s%s'", (int)cut, s, cut < n ? "..." : "");
        return without_controls(text, '?');
}

const char *text_shell(struct arena *a, const char *s)
{
        static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                    "-_./=+:@,%";
        const char *out = "'";

        if (*s && !s[strspn(s, plain)])
                return arena_strdup(a, s);
        for (; *s; s++) {
                char c = (unsigned char)*s < ' ' || *s == 127 ? '?' : *s;
                out = arena_printf(a, *s == '\'' ? "%s'\\''" : "%s%c", out, c);
        }
        return arena_printf(a, "%s'", out);
}
