/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/redact.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 200 };

static const char mark[] = "[student]";

static bool in_word(char c)
{
        return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* The length of the longest id that stands at p as a word, and its number; 0: none. */
static size_t id_at(const struct index *ids, const char *text, const char *p, int *number)
{
        char part[LONGEST + 1];
        size_t longest = 0;

        if (p > text && in_word(p[-1]) && in_word(*p))
                return 0;
        for (size_t n = 1; n <= LONGEST && p[n - 1]; n++) {
                part[n - 1] = p[n - 1];
                part[n] = 0;
                int found = in_word(p[n - 1]) && in_word(p[n]) ? -1 : index_find(ids, part);
                if (found < 0)
                        continue;
                longest = n;
                *number = found;
        }
        return longest;
}

/* The length of a quoted text that begins at p; 0: none does. */
static size_t quoted_at(const char *p)
{
        const char *end = *p == '\'' ? strchr(p + 1, '\'') : NULL;
        return end ? (size_t)(end - p) + 1 : 0;
}

static bool says_student(const char *text, const char *p)
{
        static const char *const words[] = {"student ", "students "};
        for (int i = 0; i < 2; i++) {
                size_t n = strlen(words[i]);
                if ((size_t)(p - text) >= n && !strncmp(p - n, words[i], n))
                        return true;
        }
        return false;
}

/* The length of a word that begins at p, dots and dashes within it too; 0: none does. */
static size_t word_at(const char *p)
{
        size_t n = 0;

        while (in_word(p[n]) || ((p[n] == '-' || p[n] == '.') && in_word(p[n + 1])))
                n++;
        return n;
}

static const char *all_quoted(struct arena *a, const char *text)
{
        char *to = arena_alloc(a, (sizeof mark + 1) * strlen(text) + 1), *q = to;

        for (const char *p = text; *p;) {
                size_t n = quoted_at(p);
                if (n < 3 && says_student(text, p) && (n = word_at(p)) > 0) {
                        q += sprintf(q, "%s", mark);
                        p += n;
                        continue;
                }
                if (n < 3) {
                        *q++ = *p++;
                        continue;
                }
                q += sprintf(q, "'...'");
                p += n;
        }
        *q = 0;
        return to;
}

const char *redact(struct arena *a, const struct index *ids, const char *text)
{
        if (!ids)
                return all_quoted(a, text);
        char *to = arena_alloc(a, (sizeof mark + 1) * strlen(text) + 1), *q = to;
        for (const char *p = text; *p;) {
                size_t n = says_student(text, p) ? quoted_at(p) : 0;
                int number;
                if (!n)
                        n = id_at(ids, text, p, &number);
                if (!n) {
                        *q++ = *p++;
                        continue;
                }
                q += sprintf(q, "%s", mark);
                p += n;
        }
        *q = 0;
        return to;
}

const char *words_replaced(
        struct arena *a, const struct index *ids, const char *const *to, const char *text)
{
        const char *done = "", *from = text;

        if (!text)
                return NULL;
        for (const char *p = text; *p;) {
                int number = 0;
                size_t n = id_at(ids, text, p, &number);
                if (!n) {
                        p++;
                        continue;
                }
                done = arena_printf(a, "%s%.*s%s", done, (int)(p - from), from, to[number]);
                p += n;
                from = p;
        }
        return arena_printf(a, "%s%s", done, from);
}
