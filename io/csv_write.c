/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv_write.h"
#include "io/json_write.h"
#include <inttypes.h>
#include <string.h>

bool csv_is_formula(const char *text)
{
        return *text && strchr("=+-@\t\r", *text);
}

/* What is behind the apostrophes would be a formula. */
static bool is_risky(const char *text)
{
        return csv_is_formula(text + strspn(text, "'"));
}

const char *csv_unguarded(const char *text)
{
        return *text == '\'' && is_risky(text) ? text + 1 : text;
}

static void comma(struct csv_out *o)
{
        if (o->filled)
                putc(',', o->to);
        o->filled = true;
}

void csv_text(struct csv_out *o, const char *text)
{
        comma(o);
        if (!text || !*text)
                return;
        bool guard = o->guard && is_risky(text);
        bool quote =
                text[strcspn(text, ",\"\r\n")] || *text == ' ' || text[strlen(text) - 1] == ' ';
        fputs(quote ? "\"" : "", o->to);
        fputs(guard ? "'" : "", o->to);
        for (const char *p = text; *p; p++) {
                if (*p == '"')
                        putc('"', o->to);
                putc(*p, o->to);
        }
        fputs(quote ? "\"" : "", o->to);
}

void csv_int(struct csv_out *o, int64_t value)
{
        comma(o);
        fprintf(o->to, "%" PRId64, value);
}

void csv_real(struct csv_out *o, double value)
{
        char buf[REAL_TEXT];

        comma(o);
        real_text(value, buf);
        fputs(buf, o->to);
}

void csv_end(struct csv_out *o)
{
        putc('\n', o->to);
        o->filled = false;
}

void csv_header(struct csv_out *o, const char *names)
{
        comma(o);
        fputs(names, o->to);
        csv_end(o);
}
