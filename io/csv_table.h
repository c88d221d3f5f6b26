/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A CSV file as rows of cells that know where they were written.
 *
 * RFC 4180 quoting, a byte-order mark, LF, CRLF or CR, with or without an end of the last line;
 * lines that are blank or hold commas only are skipped. Cells are stripped of surrounding blanks.
 * Everything lives in the arena. Which columns must be there, and what they mean, is the caller's.
 */
#ifndef IO_CSV_TABLE_H
#define IO_CSV_TABLE_H

#include "model/memory.h"
#include "model/report.h"
#include <stddef.h>

struct csv_cell {
        const char *text; /* "" where the cell is empty */
        struct place at;  /* its first character, or its quote */
};

struct csv_row {
        int n;
        bool ragged;            /* fewer or more cells than the header */
        struct csv_cell *cells; /* [n] */
};

struct csv_table {
        const char *file;
        struct csv_row header;
        int n_rows;
        struct csv_row *rows; /* below the header */
};

enum { CSV_MAX_CELLS = 4000000, CSV_MAX_COLUMNS = 1000 };

/*
 * The table in the bytes, which a NUL follows. NULL, with one error, where it cannot be taken
 * apart: broken text or quoting, no header, too many columns or cells.
 */
struct csv_table *csv_read(
        struct arena *a, const char *file, const char *bytes, size_t size, struct report *rp);
/* Errors for ragged rows and for columns of one name. */
void csv_check(struct arena *a, const struct csv_table *table, struct report *rp);
/* The number of a column or -1. */
int csv_column(const struct csv_table *table, const char *name);

#endif
