/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/analyze_write.h"
#include "io/plain_page.h"

static void put_table(const struct sheet *s, int rows, FILE *to)
{
        plain_table(to, s->name);
        for (int c = 0; c < s->n_columns; c++)
                plain_head(to, s->columns[c].heading, s->columns[c].number);
        plain_rows(to);
        for (int i = 0; i < rows * s->n_columns; i++) {
                int c = i % s->n_columns;
                if (c == 0)
                        plain_row(to, true);
                plain_cell(to, s->cells[i], s->columns[c].number);
                if (c == s->n_columns - 1)
                        plain_row(to, false);
        }
        plain_table_end(to);
}

static void put_list(const struct sheet *s, FILE *to)
{
        plain_list(to, true);
        for (int r = 0; r < s->n_rows; r++)
                plain_item(to, s->cells[r]);
        plain_list(to, false);
}

static void put_sheet(const struct sheet *s, FILE *to)
{
        int rows = s->show && s->show < s->n_rows ? s->show : s->n_rows;

        plain_section(to, s->name, s->title, s->about);
        if (!s->n_rows)
                fputs("<p>None.</p>\n", to);
        else if (s->sentences)
                put_list(s, to);
        else
                put_table(s, rows, to);
        if (rows < s->n_rows)
                fprintf(to, "<p>And %d more in %s.csv.</p>\n", s->n_rows - rows, s->name);
        plain_end(to);
}

void analyze_page(const struct sheets *all, FILE *to)
{
        const struct problem *pb = all->tally->pb;

        plain_open(to, pb->name, pb->year, "before solving");
        plain_nav(to, true);
        for (int i = 0; i < all->n; i++)
                if (!all->v[i]->students)
                        plain_link(to, all->v[i]->name, all->v[i]->title);
        plain_nav(to, false);
        for (int i = 0; i < all->n; i++)
                if (!all->v[i]->students)
                        put_sheet(all->v[i], to);
        plain_close(to);
}
