/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The master board as a table to edit in a spreadsheet: a row for each section, with the term and
 * period where it starts, its teacher and its room. It comes back as locks.
 */
#ifndef IO_BOARD_H
#define IO_BOARD_H

#include "model/edit.h"

/* Sections that do not run have their rows, too, with nothing filled in. Guarded (csv_write.h). */
bool board_write(const struct schedule *sc, const char *path, struct report *rp);

/*
 * A lock for each of start, teacher and room that a row fills in; at its cell. Columns other than
 * course, section, term, period, teacher and room are for the reader. False with errors in rp. path
 * must live as long as the edits.
 */
bool board_read(const struct problem *pb, const char *path, struct edits *out, struct report *rp);

#endif
