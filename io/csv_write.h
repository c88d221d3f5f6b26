/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV to a stream, cell by cell (RFC 4180, but lines end with LF). Errors of the stream stay in it
 * (ferror).
 *
 * Files for people are guarded: a text that a spreadsheet would take for a formula (it starts with
 * = + - @ tab or CR, perhaps behind apostrophes) gets an apostrophe in front, which csv_unguarded()
 * takes away again.
 */
#ifndef IO_CSV_WRITE_H
#define IO_CSV_WRITE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct csv_out {
        FILE *to;
        bool guard;
        bool filled; /* the row at hand has a cell */
};

void csv_text(struct csv_out *o, const char *text); /* NULL: an empty cell */
void csv_int(struct csv_out *o, int64_t value);
void csv_real(struct csv_out *o, double value); /* as json_real() */
void csv_end(struct csv_out *o);                /* of the row */
/* A whole row of texts, separated by commas in `names` (which hold none): the header. */
void csv_header(struct csv_out *o, const char *names);

/* Would a spreadsheet take the text for a formula? */
bool csv_is_formula(const char *text);
/* The text as it was before csv_text() guarded it: a part of it. */
const char *csv_unguarded(const char *text);

#endif
