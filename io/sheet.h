/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table for another system or for people: named columns, rows cell by cell.
 *
 * A table for another system is exact; one that is guarded (see io/csv_write.h) may be opened in a
 * spreadsheet. Of an exact one sheet_end() warns which cells a spreadsheet would take for formulas,
 * by line and column, never by what they hold.
 */
#ifndef IO_SHEET_H
#define IO_SHEET_H

#include "io/csv_write.h"
#include "model/report.h"

struct sheet {
        struct csv_out out;
        const char *file;           /* its name, for warnings */
        const char *const *columns; /* ends with NULL */
        int line, column;
        int formulas, first_line, first_column;
};

/* Begins with the header. columns must outlive the sheet. */
void sheet_begin(
        struct sheet *s, FILE *to, const char *file, const char *const *columns, bool guard);
void sheet_text(struct sheet *s, const char *text); /* NULL: an empty cell */
void sheet_int(struct sheet *s, int64_t value);
/* A cell that is a list: texts separated by commas, as OneRoster has them. */
void sheet_list(struct sheet *s, int n, const char *const *texts);
void sheet_blank(struct sheet *s, int n);
void sheet_row(struct sheet *s); /* ends a row */
void sheet_end(struct sheet *s, struct report *rp);

#endif
