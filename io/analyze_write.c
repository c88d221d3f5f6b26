/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/analyze_write.h"
#include "io/csv_write.h"
#include "io/file.h"
#include "io/text.h"
#include <ctype.h>
#include <string.h>

static int shown(const struct sheet *s)
{
        return s->show && s->show < s->n_rows ? s->show : s->n_rows;
}

/* ---- text ---- */

static void put_wrapped(const char *text, const char *first, const char *next, FILE *to)
{
        enum { WIDTH = 96 };
        int at = fprintf(to, "%s", first);
        const char *gap = "";

        while (*text) {
                size_t n = strcspn(text, " ");
                if (*gap && at + 1 + text_characters(text, n) > WIDTH) {
                        at = fprintf(to, "\n%s", next) - 1;
                        gap = "";
                }
                at += fprintf(to, "%s%.*s", gap, (int)n, text) > 0 ? text_characters(text, n) : 0;
                at += *gap != '\0';
                gap = " ";
                text += n + (text[n] == ' ');
        }
        putc('\n', to);
}

static void put_padded(const char *text, int width, bool right, bool last, FILE *to)
{
        int pad = width - text_width(text);

        if (right)
                fprintf(to, "%*s%s", pad, "", text);
        else
                fprintf(to, "%s%*s", text, last ? 0 : pad, "");
}

static void text_row(const struct sheet *s, const int *width, const char *const *cells, FILE *to)
{
        int last = s->n_columns - 1;

        while (last > 0 && !*cells[last])
                last--;
        for (int c = 0; c <= last; c++) {
                fputs("  ", to);
                put_padded(cells[c], width[c], s->columns[c].number, c == last, to);
        }
        putc('\n', to);
}

static void text_table(struct arena *a, const struct sheet *s, FILE *to)
{
        int *width = arena_array(a, (size_t)s->n_columns, sizeof *width);
        const char **heads = arena_array(a, (size_t)s->n_columns, sizeof *heads);

        for (int c = 0; c < s->n_columns; c++) {
                heads[c] = s->columns[c].heading;
                width[c] = text_width(heads[c]);
                for (int r = 0; r < shown(s); r++) {
                        int w = text_width(s->cells[r * s->n_columns + c]);
                        width[c] = w > width[c] ? w : width[c];
                }
        }
        text_row(s, width, heads, to);
        for (int r = 0; r < shown(s); r++)
                text_row(s, width, s->cells + r * s->n_columns, to);
}

void analyze_text(const struct sheets *all, FILE *to)
{
        const struct problem *pb = all->tally->pb;
        struct arena *a = arena_new();

        fprintf(to, "%s%s%s: before solving\n", pb->name ? pb->name : "School", pb->year ? " " : "",
                pb->year ? pb->year : "");
        for (int i = 0; i < all->n; i++) {
                const struct sheet *s = all->v[i];
                if (s->students)
                        continue;
                fputs("\n\n", to);
                for (const char *p = s->title; *p; p++)
                        putc(toupper((unsigned char)*p), to);
                fputs("\n\n", to);
                put_wrapped(s->about, "", "", to);
                putc('\n', to);
                for (int r = 0; s->sentences && r < s->n_rows; r++)
                        put_wrapped(s->cells[r], "  - ", "    ", to);
                if (!s->sentences && s->n_rows)
                        text_table(a, s, to);
                if (!s->n_rows)
                        fputs("  none\n", to);
                if (shown(s) < s->n_rows)
                        fprintf(to, "  ... and %d more in %s.csv\n", s->n_rows - shown(s), s->name);
        }
        arena_free(a);
}

/* ---- CSV ---- */

/* "Seats at most" as a column's name: seats_at_most. */
static void put_column(struct csv_out *o, const char *heading, struct arena *a)
{
        char *name = arena_strdup(a, heading);

        for (char *p = name; *p; p++)
                *p = *p == ' ' ? '_' : *p == '%' ? 'p' : (char)tolower((unsigned char)*p);
        csv_text(o, name);
}

void analyze_csv(const struct sheet *s, FILE *to)
{
        struct csv_out o = {.to = to, .guard = true};
        struct csv_out exact = {.to = to};
        struct arena *a = arena_new();

        for (int c = 0; c < s->n_columns; c++)
                put_column(&o, s->columns[c].heading, a);
        csv_end(&o);
        for (int i = 0; i < s->n_cells; i++) {
                bool number = s->columns[i % s->n_columns].number;
                exact.filled = o.filled;
                csv_text(number ? &exact : &o, s->cells[i]); /* -3 is a number, not a formula */
                o.filled = true;
                if (i % s->n_columns == s->n_columns - 1)
                        csv_end(&o);
        }
        arena_free(a);
}

/* ---- JSON ---- */

void analyze_json(const struct sheets *all, struct json_out *o)
{
        const struct sheet *s = all->v[0];

        json_begin(o, "first", '[');
        for (int r = 0; r < s->n_rows; r++)
                json_text(o, NULL, s->cells[r]);
        json_end(o, ']');
}

/* ---- files ---- */

static bool write_csv(const struct sheet *s, const char *path, struct report *rp)
{
        struct file_out *f = file_create(path, 0600, rp);

        if (!f)
                return false;
        analyze_csv(s, file_stream(f));
        return file_commit(f, rp);
}

static bool write_whole(const struct sheets *all, void (*print)(const struct sheets *, FILE *),
        const char *path, struct report *rp)
{
        struct file_out *f = file_create(path, 0600, rp);

        if (!f)
                return false;
        print(all, file_stream(f));
        return file_commit(f, rp);
}

bool analyze_write(const struct sheets *all, const char *dir, struct report *rp)
{
        /* Messages keep the paths: they live as long as the sheets. */
        struct arena *a = all->arena;
        bool ok = dir_make(dir, rp);

        for (int i = 0; i < all->n && ok; i++)
                if (!all->v[i]->sentences)
                        ok = write_csv(
                                all->v[i], arena_printf(a, "%s/%s.csv", dir, all->v[i]->name), rp);
        return ok && write_whole(all, analyze_text, arena_printf(a, "%s/analyze.txt", dir), rp) &&
               write_whole(all, analyze_page, arena_printf(a, "%s/analyze.html", dir), rp);
}
