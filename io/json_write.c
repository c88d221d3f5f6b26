/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json_write.h"
#include <math.h>
#include <string.h>

static void quoted(FILE *to, const char *text)
{
        putc('"', to);
        for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
                if (*p == '"' || *p == '\\')
                        fprintf(to, "\\%c", *p);
                else if (*p == '\n')
                        fputs("\\n", to);
                else if (*p < 0x20 || *p == 0x7f)
                        fprintf(to, "\\u%04x", *p);
                else
                        putc(*p, to);
        }
        putc('"', to);
}

static void line_break(struct json_out *o)
{
        putc('\n', o->to);
        for (int i = 0; i < o->depth; i++)
                fputs("  ", o->to);
}

/* What stands between two values, and the key. */
static void lead(struct json_out *o, const char *key)
{
        if (o->filled)
                fputs(o->flat ? ", " : ",", o->to);
        if (o->depth && !o->flat)
                line_break(o);
        o->filled = true;
        if (!key)
                return;
        quoted(o->to, key);
        fputs(": ", o->to);
}

void json_begin(struct json_out *o, const char *key, char bracket)
{
        lead(o, key);
        putc(bracket, o->to);
        o->depth++;
        o->filled = false;
}

void json_begin_flat(struct json_out *o, const char *key, char bracket)
{
        json_begin(o, key, bracket);
        if (!o->flat)
                o->flat = o->depth;
}

void json_end(struct json_out *o, char bracket)
{
        bool broken = o->filled && !o->flat;

        if (o->flat == o->depth)
                o->flat = 0;
        o->depth--;
        o->filled = true;
        if (broken)
                line_break(o);
        putc(bracket, o->to);
        if (!o->depth)
                putc('\n', o->to);
}

void json_text(struct json_out *o, const char *key, const char *text)
{
        lead(o, key);
        if (text)
                quoted(o->to, text);
        else
                fputs("null", o->to);
}

void json_int(struct json_out *o, const char *key, int64_t value)
{
        lead(o, key);
        fprintf(o->to, "%lld", (long long)value);
}

void real_text(double value, char buf[REAL_TEXT])
{
        if (fabs(value) < 1e30)
                snprintf(buf, REAL_TEXT, "%.6f", value);
        else
                snprintf(buf, REAL_TEXT, "%.17g", value);
        if (!strchr(buf, '.') || strchr(buf, 'e'))
                return;
        char *end = buf + strlen(buf);
        while (end[-1] == '0')
                *--end = 0;
        if (end[-1] == '.')
                *--end = 0;
        if (!strcmp(buf, "-0"))
                strcpy(buf, "0");
}

void json_real(struct json_out *o, const char *key, double value)
{
        char buf[REAL_TEXT];

        if (!isfinite(value)) {
                json_null(o, key);
                return;
        }
        real_text(value, buf);
        lead(o, key);
        fputs(buf, o->to);
}

void json_bool(struct json_out *o, const char *key, bool value)
{
        lead(o, key);
        fputs(value ? "true" : "false", o->to);
}

void json_null(struct json_out *o, const char *key)
{
        lead(o, key);
        fputs("null", o->to);
}
