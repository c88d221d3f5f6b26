/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/sheet.h"
#include "model/memory.h"
#include <string.h>

void sheet_begin(
        struct sheet *s, FILE *to, const char *file, const char *const *columns, bool guard)
{
        *s = (struct sheet){
                .out = {.to = to, .guard = guard}, .file = file, .columns = columns, .line = 1};
        for (int i = 0; columns[i]; i++)
                csv_text(&s->out, columns[i]);
        sheet_row(s);
}

void sheet_text(struct sheet *s, const char *text)
{
        if (text && !s->out.guard && csv_is_formula(text) && !s->formulas++) {
                s->first_line = s->line;
                s->first_column = s->column;
        }
        csv_text(&s->out, text);
        s->column++;
}

void sheet_int(struct sheet *s, int64_t value)
{
        csv_int(&s->out, value);
        s->column++;
}

/* An item with a comma or a quote is quoted as a cell would be. */
static const char *item(struct arena *a, const char *text)
{
        if (!text[strcspn(text, ",\"")])
                return text;
        char *to = arena_alloc(a, 2 * strlen(text) + 3), *p = to;
        *p++ = '"';
        for (; *text; text++) {
                if (*text == '"')
                        *p++ = '"';
                *p++ = *text;
        }
        *p = '"';
        return to;
}

void sheet_list(struct sheet *s, int n, const char *const *texts)
{
        struct arena *a = arena_new();
        const char *cell = n ? item(a, texts[0]) : NULL;

        for (int i = 1; i < n; i++)
                cell = arena_printf(a, "%s,%s", cell, item(a, texts[i]));
        sheet_text(s, cell);
        arena_free(a);
}

void sheet_blank(struct sheet *s, int n)
{
        for (int i = 0; i < n; i++)
                sheet_text(s, NULL);
}

void sheet_row(struct sheet *s)
{
        csv_end(&s->out);
        s->line++;
        s->column = 0;
}

void sheet_end(struct sheet *s, struct report *rp)
{
        if (s->formulas)
                report_warn(rp, (struct place){s->file, s->first_line, 1},
                        "a spreadsheet would take %d cell%s of this file for formulas, the first "
                        "in this line in column '%s'; do not open it in one, or write it with "
                        "--spreadsheet-safe yes",
                        s->formulas, s->formulas == 1 ? "" : "s", s->columns[s->first_column]);
}
