/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/yaml_out.h"
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

static bool looks_like_another_type(const char *s)
{
        static const char *const words[] = {"null", "~", "true", "false", "yes", "no", "on", "off",
                "y", "n", ".inf", ".nan", "-.inf", "+.inf", "=", "<<"};

        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
                if (!strcasecmp(s, words[i]))
                        return true;
        /* Anything that could be a number, a date, a sexagesimal or an exponent in some YAML. */
        return s[strspn(s, "0123456789+-._:xXoOeEabcdefABCDEF")] == '\0' &&
               s[strcspn(s, "0123456789")] != '\0';
}

static bool plain(const char *s)
{
        size_t n = strlen(s);

        if (n == 0 || looks_like_another_type(s) || s[n - 1] == ' ')
                return false;
        if (!isalnum((unsigned char)s[0]) && s[0] != '_')
                return false;
        for (size_t i = 0; i < n; i++)
                if (!isalnum((unsigned char)s[i]) && !strchr("_ ./+()-&;=@", s[i]))
                        return false;
        return true;
}

void put_text(FILE *f, const char *s)
{
        if (plain(s)) {
                fputs(s, f);
                return;
        }
        fputc('"', f);
        for (; *s; s++) {
                unsigned char c = (unsigned char)*s;
                if (c == '"' || c == '\\')
                        fprintf(f, "\\%c", c);
                else if (c < 0x20 || c == 0x7f)
                        fprintf(f, "\\x%02X", c);
                else
                        fputc(c, f);
        }
        fputc('"', f);
}

/* A decimal where it ends, else a fraction. */
void put_ratio(FILE *f, struct ratio r)
{
        int64_t num = r.num, den = r.den;
        int digits = 0;
        int64_t scale = 1;

        while (digits < 9 && scale % den != 0) {
                scale *= 10;
                digits++;
        }
        if (scale % den != 0) {
                fprintf(f, "%" PRId64 "/%" PRId64, num, den);
                return;
        }
        int64_t value = num * (scale / den), whole = value / scale, rest = value % scale;
        fprintf(f, "%s%" PRId64, value < 0 && whole == 0 ? "-" : "", whole);
        if (digits)
                fprintf(f, ".%0*" PRId64, digits, rest < 0 ? -rest : rest);
}

void key_name(struct map *m, const char *name)
{
        fprintf(m->f, "%s%s: ", m->more ? ", " : "", name);
        m->more = true;
}

void key_text(struct map *m, const char *name, const char *value)
{
        if (!value)
                return;
        key_name(m, name);
        put_text(m->f, value);
}

void key_int(struct map *m, const char *name, int value)
{
        key_name(m, name);
        fprintf(m->f, "%d", value);
}

/* For fields where -1 means omitted. */
void key_stated(struct map *m, const char *name, int value)
{
        if (value >= 0)
                key_int(m, name, value);
}

void key_size(struct map *m, int min, int target, int max)
{
        if (min < 0 && target < 0 && max < 0)
                return;
        key_name(m, "size");
        if (min < 0 && target < 0) {
                fprintf(m->f, "%d", max);
                return;
        }
        struct map size = {m->f, false};
        fputc('{', m->f);
        key_stated(&size, "min", min);
        key_stated(&size, "target", target);
        key_stated(&size, "max", max);
        fputc('}', m->f);
}

void key_false(struct map *m, const char *name, bool value)
{
        if (value)
                return;
        key_name(m, name);
        fputs("false", m->f);
}
