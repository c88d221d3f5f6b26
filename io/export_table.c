/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/export_table.h"
#include "io/export_row.h"
#include "io/sheet.h"
#include "io/text.h"
#include "io/yaml_node.h"
#include <string.h>

enum { MAX_FILES = 10, MAX_COLUMNS = 200 };

struct table_column {
        const char *name;
        const struct row_field *field; /* or NULL */
        const char *text;              /* the same in every row, or NULL */
        const struct node *codes;      /* of the field's values, or NULL */
        int period;                    /* of a period's column, or -1 */
};

struct table {
        const char *file;
        int rows;
        int n;
        struct table_column *columns;
};

struct mapping_reader {
        const struct problem *pb;
        struct arena *arena;
        struct report *rp;
};

/* ---- the mapping ---- */

static bool refuse(struct mapping_reader *m, const struct node *node, const char *what)
{
        const char *found = node->kind == NODE_LIST  ? "a list"
                            : node->kind == NODE_MAP ? "a map"
                            : node->text             ? text_quoted(m->arena, node->text)
                                                     : "nothing";
        return report_error(m->rp, ERROR_INPUT, node->at, "found %s; expected %s", found, what);
}

static const struct row_field *find_field(
        struct mapping_reader *m, const struct node *node, int rows)
{
        struct index *known = index_new();
        const struct row_field *found = NULL;

        for (int i = 0; i < n_row_fields; i++) {
                if (row_fields[i].rows >> rows & 1)
                        index_add(known, row_fields[i].name);
                if (node->text && !strcmp(row_fields[i].name, node->text) &&
                        row_fields[i].rows >> rows & 1)
                        found = &row_fields[i];
        }
        const char *near = node->text && !found ? index_nearest(known, node->text) : NULL;
        if (!found)
                refuse(m, node,
                        arena_printf(m->arena, "a field that '%s' have%s%s%s", rows_words[rows],
                                near ? " (did you mean '" : "", near ? near : "",
                                near ? "'?)" : ""));
        index_free(known);
        return found;
}

static bool read_column_map(
        struct mapping_reader *m, const struct node *map, int rows, struct table_column *c)
{
        for (int i = 0; i < map->n; i++) {
                const char *key = map->keys[i]->text;
                const struct node *value = map->items[i];
                if (!strcmp(key, "text") && value->kind == NODE_SCALAR)
                        c->text = value->text ? value->text : "";
                else if (!strcmp(key, "field") && value->kind == NODE_SCALAR)
                        c->field = find_field(m, value, rows);
                else if (!strcmp(key, "codes") && value->kind == NODE_MAP)
                        c->codes = value;
                else
                        return refuse(m, map->keys[i], "field, codes or text");
        }
        return c->field || c->text || refuse(m, map, "a 'field' or a 'text'");
}

static void add_periods(struct mapping_reader *m, struct table *t)
{
        for (int p = 0; p < m->pb->n_periods; p++)
                t->columns[t->n++] =
                        (struct table_column){.name = m->pb->periods[p].id, .period = p};
}

static bool read_column(struct mapping_reader *m, const struct node *name, const struct node *value,
        struct table *t)
{
        struct table_column c = {.name = name->text, .period = -1};
        bool grid = t->rows >= ROWS_STUDENT_TERMS;

        if (grid && !strcmp(c.name, "*")) {
                add_periods(m, t);
                return true;
        }
        if (value->kind == NODE_LIST)
                return refuse(m, value, "a field, or a map with 'field' or 'text'");
        if (value->kind == NODE_MAP) {
                if (!read_column_map(m, value, t->rows, &c))
                        return false;
        } else {
                c.field = find_field(m, value, t->rows);
                if (!c.field)
                        return false;
        }
        t->columns[t->n++] = c;
        return true;
}

/* A bare name ending in .csv or .txt: nothing that could lie elsewhere. */
static bool is_file_name(const char *name)
{
        size_t n = strlen(name);
        return n > 4 && n < 100 && name[0] != '.' && !strchr(name, '/') && !strchr(name, '\\') &&
               text_is_id(name) && (!strcmp(name + n - 4, ".csv") || !strcmp(name + n - 4, ".txt"));
}

static bool read_table(struct mapping_reader *m, const struct node *node, struct table *t)
{
        const struct node *file = node_get(node, "file"), *rows = node_get(node, "rows"),
                          *columns = node_get(node, "columns");
        bool ok = true;

        *t = (struct table){.rows = -1};
        if (node->kind != NODE_MAP || !file || !rows || !columns || node->n != 3)
                return refuse(m, node, "a map with 'file', 'rows' and 'columns'");
        if (file->kind != NODE_SCALAR || !is_file_name(file->text))
                return refuse(m, file, "the name of a file that ends in .csv or .txt");
        for (int i = 0; i < N_ROWS && rows->kind == NODE_SCALAR; i++)
                if (!strcmp(rows_words[i], rows->text))
                        t->rows = i;
        if (t->rows < 0)
                return refuse(m, rows,
                        "sections, enrollments, staff, students, teachers, rooms, courses, "
                        "student_terms, teacher_terms or room_terms");
        if (columns->kind != NODE_MAP || !columns->n || columns->n > MAX_COLUMNS)
                return refuse(m, columns, "a map of columns");
        t->file = file->text;
        t->columns =
                arena_array(m->arena, (size_t)(columns->n + m->pb->n_periods), sizeof *t->columns);
        for (int i = 0; i < columns->n; i++)
                ok &= read_column(m, columns->keys[i], columns->items[i], t);
        return ok;
}

static int read_tables(struct mapping_reader *m, const struct node *top, struct table *tables)
{
        const struct node *files = top->kind == NODE_MAP ? node_get(top, "files") : NULL;
        struct index *names = index_new();
        bool ok = true;

        if (!files || files->kind != NODE_LIST || !files->n || files->n > MAX_FILES || top->n != 1)
                ok = refuse(m, files ? files : top, "'files', a list of 1 to 10 tables");
        for (int i = 0; ok && i < files->n; i++) {
                ok = read_table(m, files->items[i], &tables[i]);
                if (ok && index_add(names, tables[i].file) < 0)
                        ok = refuse(m, files->items[i], "every file once");
        }
        index_free(names);
        return ok ? files->n : 0;
}

/* ---- writing ---- */

static const char *coded(const struct table_column *c, const char *text)
{
        for (int i = 0; text && c->codes && i < c->codes->n; i++)
                if (!strcmp(c->codes->keys[i]->text, text))
                        return c->codes->items[i]->kind == NODE_SCALAR ? c->codes->items[i]->text
                                                                       : text;
        return text;
}

static void put_row(
        struct sheet *s, const struct export *x, const struct table *t, const struct row *row)
{
        for (int i = 0; i < t->n; i++) {
                const struct table_column *c = &t->columns[i];
                if (c->period >= 0)
                        sheet_text(s, row_period(x, row, c->period));
                else
                        sheet_text(s, c->field ? coded(c, c->field->text(x, row)) : c->text);
        }
        sheet_row(s);
}

/* Of section i, by what the table lists. */
static void put_section(struct sheet *s, const struct export *x, const struct table *t, int i)
{
        const struct answer_section *in = &x->an->sections[i];
        struct row row = {in, in->course, -1, in->teacher, in->room, -1};

        if (t->rows == ROWS_SECTIONS)
                put_row(s, x, t, &row);
        for (int k = 0; t->rows == ROWS_ENROLLMENTS && k < in->students.n; k++) {
                row.student = in->students.v[k];
                put_row(s, x, t, &row);
        }
        if (t->rows == ROWS_STAFF && in->teacher >= 0)
                put_row(s, x, t, &row);
        row.teacher = in->co_teacher;
        if (t->rows == ROWS_STAFF && in->co_teacher >= 0)
                put_row(s, x, t, &row);
}

/* Student, teacher, room or course i, once or for each term. */
static void put_thing(struct sheet *s, const struct export *x, const struct table *t, int i)
{
        struct row row = {NULL, -1, -1, -1, -1, -1};

        if (t->rows == ROWS_STUDENTS || t->rows == ROWS_STUDENT_TERMS)
                row.student = i;
        else if (t->rows == ROWS_TEACHERS || t->rows == ROWS_TEACHER_TERMS)
                row.teacher = i;
        else if (t->rows == ROWS_ROOMS || t->rows == ROWS_ROOM_TERMS)
                row.room = i;
        else
                row.course = i;
        if (t->rows < ROWS_STUDENT_TERMS) {
                put_row(s, x, t, &row);
                return;
        }
        for (row.term = 0; row.term < x->pb->n_terms; row.term++)
                put_row(s, x, t, &row);
}

static int count_of(const struct export *x, int rows)
{
        const struct problem *pb = x->pb;
        const int counts[N_ROWS] = {[ROWS_SECTIONS] = x->an->n_sections,
                [ROWS_ENROLLMENTS] = x->an->n_sections,
                [ROWS_STAFF] = x->an->n_sections,
                [ROWS_STUDENTS] = pb->n_students,
                [ROWS_TEACHERS] = pb->n_teachers,
                [ROWS_ROOMS] = pb->n_rooms,
                [ROWS_COURSES] = pb->n_courses,
                [ROWS_STUDENT_TERMS] = pb->n_students,
                [ROWS_TEACHER_TERMS] = pb->n_teachers,
                [ROWS_ROOM_TERMS] = pb->n_rooms};
        return counts[rows];
}

static void write_table(const struct export *x, const struct table *t, bool guard, struct bundle *b,
        struct report *rp)
{
        const char **names = arena_array(x->arena, (size_t)t->n + 1, sizeof *names);
        struct sheet s;

        for (int i = 0; i < t->n; i++)
                names[i] = t->columns[i].name;
        sheet_begin(&s, bundle_file(b, t->file), t->file, names, guard);
        for (int i = 0; i < count_of(x, t->rows); i++) {
                if (t->rows <= ROWS_STAFF)
                        put_section(&s, x, t, i);
                else
                        put_thing(&s, x, t, i);
        }
        sheet_end(&s, rp);
}

bool export_tables(const struct problem *pb, const struct answer *an, const char *file,
        const char *mapping, size_t size, bool guard, struct bundle *b, struct report *rp)
{
        struct mapping_reader m = {pb, arena_new(), rp};
        struct table tables[MAX_FILES];
        const struct node *top = node_read(m.arena, file, mapping, size, rp);
        int n = top ? read_tables(&m, top, tables) : 0;

        if (n) {
                struct export x;
                export_init(&x, pb, an);
                for (int i = 0; i < n; i++)
                        write_table(&x, &tables[i], guard, b, rp);
                export_release(&x);
        }
        arena_free(m.arena);
        return n > 0;
}
