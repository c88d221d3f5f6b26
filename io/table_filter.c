/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/table_filter.h"
#include <string.h>

/* A map of columns and values, taken apart. */
struct filter {
        int n;
        int *column;
        const struct node **values; /* lists of scalars */
};

static int column_of(struct reader *r, const struct csv_table *csv, const struct node *key)
{
        int column = csv_column(csv, key->text);

        if (column >= 0)
                return column;
        struct index *known = index_new();
        for (int i = 0; i < csv->header.n; i++)
                index_add(known, csv->header.cells[i].text);
        input_error(r, key->at, "found column %s; expected a column of the table%s",
                quoted(r, key->text), did_you_mean(r, known, key->text));
        index_free(known);
        return -1;
}

static bool all_text(struct reader *r, const struct node *list)
{
        for (int i = 0; i < list->n; i++) {
                if (list->items[i]->kind != NODE_SCALAR || !list->items[i]->text)
                        return expected(r, list->items[i], "a value to look for");
        }
        return true;
}

static struct filter take_filter(
        struct reader *r, const struct csv_table *csv, const struct node *map)
{
        struct filter f = {0};

        if (!map || !expect_map(r, map, "columns with the values wanted"))
                return f;
        f.column = arena_array(r->scratch, (size_t)map->n + 1, sizeof *f.column);
        f.values = arena_array(r->scratch, (size_t)map->n + 1, sizeof *f.values);
        for (int i = 0; i < map->n; i++) {
                const struct node *list =
                        node_omitted(map->items[i])
                                ? NULL
                                : as_list(r, map->items[i], map->keys[i]->text, LIST_OR_ONE);
                int column = column_of(r, csv, map->keys[i]);
                if (!list)
                        expected(r, map->items[i], "a value, or a list of values");
                else if (column >= 0 && all_text(r, list)) {
                        f.column[f.n] = column;
                        f.values[f.n++] = list;
                }
        }
        return f;
}

/* Is value the cell, or one of those that `;` separates in it? */
static bool cell_has(const char *cell, const char *value)
{
        size_t n = strlen(value);

        for (;;) {
                cell += strspn(cell, " \t");
                size_t part = strcspn(cell, ";"), end = part;
                while (end && strchr(" \t", cell[end - 1]))
                        end--;
                if (end == n && !memcmp(cell, value, n))
                        return true;
                if (!cell[part])
                        return false;
                cell += part + 1;
        }
}

static bool fits(const struct filter *f, const struct csv_row *row)
{
        for (int i = 0; i < f->n; i++) {
                bool found = false;
                for (int k = 0; !found && k < f->values[i]->n; k++)
                        found = f->column[i] < row->n && cell_has(row->cells[f->column[i]].text,
                                                                 f->values[i]->items[k]->text);
                if (!found)
                        return false;
        }
        return true;
}

void filter_rows(
        struct reader *r, struct csv_table *csv, const struct node *table, struct index *gone)
{
        struct filter where = take_filter(r, csv, node_get(table, "where")),
                      except = take_filter(r, csv, node_get(table, "except"));
        int id = csv_column(csv, "id"), n = 0;

        for (int i = 0; i < csv->n_rows; i++) {
                const struct csv_row *row = &csv->rows[i];
                bool stays =
                        row->ragged || (fits(&where, row) && !(except.n && fits(&except, row)));
                if (stays)
                        csv->rows[n++] = *row;
                else if (gone && id >= 0)
                        index_add(gone, row->cells[id].text);
        }
        csv->n_rows = n;
}

void filter_gone(struct csv_table *csv, const struct index *gone)
{
        int student = csv_column(csv, "student"), n = 0;

        if (student < 0 || !index_size(gone))
                return;
        for (int i = 0; i < csv->n_rows; i++) {
                const struct csv_row *row = &csv->rows[i];
                if (student >= row->n || index_find(gone, row->cells[student].text) < 0)
                        csv->rows[n++] = *row;
        }
        csv->n_rows = n;
}
