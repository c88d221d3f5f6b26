/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/csv_table.h"

#include "io/text.h"
#include "model/index.h"
#include <csv.h>
#include <string.h>

struct reading {
        struct arena *arena;
        const char *file;
        struct report *rp;
        struct place here;      /* of the next byte to parse */
        struct place field;     /* where the field that is being parsed began */
        bool between;           /* no byte of the row seen yet */
        struct csv_cell *cells; /* of the row so far */
        int n, cap;
        struct csv_row *rows; /* the header is row 0 */
        int n_rows, cap_rows;
        int n_cells;
};

/* ---- libcsv's callbacks ---- */

static void end_cell(void *text, size_t n, void *context)
{
        struct reading *rd = context;
        MEM_GROW(rd->cells, rd->n, rd->cap);
        rd->cells[rd->n++] = (struct csv_cell){n ? text_trim(rd->arena, text, n) : "", rd->field};
        rd->n_cells++;
}

static bool all_empty(const struct reading *rd)
{
        for (int i = 0; i < rd->n; i++)
                if (*rd->cells[i].text)
                        return false;
        return true;
}

static void end_row(int character, void *context)
{
        struct reading *rd = context;
        (void)character;
        rd->between = true;
        if (!all_empty(rd)) {
                MEM_GROW(rd->rows, rd->n_rows, rd->cap_rows);
                struct csv_row *row = &rd->rows[rd->n_rows++];
                *row = (struct csv_row){.n = rd->n};
                row->cells = arena_array(rd->arena, (size_t)rd->n, sizeof *row->cells);
                memcpy(row->cells, rd->cells, (size_t)rd->n * sizeof *row->cells);
        }
        rd->n = 0;
}

/* ---- positions ---- */

static bool is_blank(char c)
{
        return c == ' ' || c == '\t';
}

static void step_over(struct reading *rd, const char *s, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                bool line_end = s[i] == '\n' || (s[i] == '\r' && s[i + 1] != '\n');
                rd->here.line += line_end;
                rd->here.column =
                        line_end ? 1 : rd->here.column + (((unsigned char)s[i] & 0xc0) != 0x80);
        }
}

/* Blanks before a field belong to none; libcsv drops them too. */
static size_t skip_blanks(struct reading *rd, const char *s, size_t n)
{
        size_t k = 0;
        while (k < n && is_blank(s[k]))
                k++;
        step_over(rd, s, k);
        rd->field = rd->here;
        return k;
}

/*
 * libcsv tells no positions, but it ends a cell at a comma or a line end only. So it is fed one
 * piece at a time, up to and including the next of these: a callback during a piece speaks of the
 * field that began at rd->field.
 */
static bool feed(struct reading *rd, struct csv_parser *parser, const char *s, size_t n)
{
        bool fresh = true;
        while (n > 0 && rd->n_cells <= CSV_MAX_CELLS) {
                if (fresh) {
                        size_t blanks = skip_blanks(rd, s, n);
                        s += blanks;
                        n -= blanks;
                }
                size_t piece = strcspn(s, ",\n\r");
                piece += piece < n;
                int cells = rd->n_cells;
                bool empty_line = rd->between && piece == 1 && *s != ',';
                rd->between = rd->between && empty_line;
                size_t done = csv_parse(parser, s, piece, end_cell, end_row, rd);
                step_over(rd, s, done);
                if (done < piece)
                        return false;
                fresh = empty_line || rd->n_cells > cells;
                s += piece;
                n -= piece;
        }
        return true;
}

/* ---- the whole ---- */

static bool refuse_quotes(struct reading *rd, bool inside)
{
        if (inside)
                return report_error(rd->rp, ERROR_INPUT, rd->field,
                        "found a quote that never ends; expected a second one");
        return report_error(rd->rp, ERROR_INPUT, rd->here,
                "found a quote in the middle of a cell, or text behind the closing quote; "
                "expected the whole cell in quotes, and quotes inside doubled");
}

static bool parse(struct reading *rd, const char *bytes, size_t size)
{
        struct csv_parser parser;
        if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI))
                mem_short();
        bool ok = feed(rd, &parser, bytes, size);
        if (!ok && csv_error(&parser) != CSV_EPARSE)
                mem_short();
        if (!ok)
                refuse_quotes(rd, false);
        else if (rd->n_cells > CSV_MAX_CELLS)
                ok = report_error(rd->rp, ERROR_INPUT, rd->here,
                        "found more than %d cells; expected fewer", CSV_MAX_CELLS);
        else if (csv_fini(&parser, end_cell, end_row, rd)) {
                if (csv_error(&parser) != CSV_EPARSE)
                        mem_short();
                ok = refuse_quotes(rd, true);
        }
        csv_free(&parser);
        return ok;
}

static struct csv_table *settle(struct reading *rd)
{
        struct csv_table *table = arena_alloc(rd->arena, sizeof *table);
        table->file = rd->file;
        table->header = rd->rows[0];
        table->n_rows = rd->n_rows - 1;
        table->rows = arena_array(rd->arena, (size_t)rd->n_rows, sizeof *table->rows);
        memcpy(table->rows, rd->rows + 1, (size_t)table->n_rows * sizeof *table->rows);
        for (int i = 0; i < table->n_rows; i++)
                table->rows[i].ragged = table->rows[i].n != table->header.n;
        return table;
}

static bool has_header(struct reading *rd)
{
        struct place start = {rd->file, 1, 1};
        if (!rd->n_rows)
                return report_error(rd->rp, ERROR_INPUT, start,
                        "found an empty file; expected a line with the names of the columns");
        if (rd->rows[0].n > CSV_MAX_COLUMNS)
                return report_error(rd->rp, ERROR_INPUT, rd->rows[0].cells[0].at,
                        "found %d columns; expected at most %d", rd->rows[0].n, CSV_MAX_COLUMNS);
        return true;
}

struct csv_table *csv_read(
        struct arena *a, const char *file, const char *bytes, size_t size, struct report *rp)
{
        struct place start = {file, 1, 1};
        struct reading rd = {
                .arena = a, .file = file, .rp = rp, .here = start, .field = start, .between = true};
        size_t bom = text_bom(bytes, size);
        if (!text_check(bytes + bom, size - bom, file, rp))
                return NULL;
        bool whole = parse(&rd, bytes + bom, size - bom) && has_header(&rd);
        struct csv_table *table = whole ? settle(&rd) : NULL;
        mem_free(rd.cells);
        mem_free(rd.rows);
        return table;
}

static void check_header(struct arena *a, const struct csv_row *header, struct report *rp)
{
        struct index *seen = index_new();
        for (int i = 0; i < header->n; i++) {
                const char *name = header->cells[i].text;
                if (*name && index_add(seen, name) < 0)
                        report_error(rp, ERROR_INPUT, header->cells[i].at,
                                "found column %s a second time; expected it once",
                                text_quoted(a, name));
        }
        index_free(seen);
}

void csv_check(struct arena *a, const struct csv_table *table, struct report *rp)
{
        int n = table->header.n;
        check_header(a, &table->header, rp);
        for (int i = 0; i < table->n_rows; i++) {
                const struct csv_row *row = &table->rows[i];
                if (row->ragged)
                        report_error(rp, ERROR_INPUT, row->cells[row->n > n ? n : 0].at,
                                "found a row of %d cell%s; expected %d, as in the header", row->n,
                                row->n == 1 ? "" : "s", n);
        }
}

int csv_column(const struct csv_table *table, const char *name)
{
        for (int i = 0; i < table->header.n; i++)
                if (!strcmp(table->header.cells[i].text, name))
                        return i;
        return -1;
}
