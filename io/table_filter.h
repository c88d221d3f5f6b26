/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a table that a school takes: `where` and `except` beside the `file` of a table. */
#ifndef IO_TABLE_FILTER_H
#define IO_TABLE_FILTER_H

#include "io/csv_table.h"
#include "io/problem_read_fields.h"

/*
 * Both name columns with a value or a list of values, `where: {grade: [9, 10]}`; a cell that is a
 * list (`iep;el`) has a value if it lists it. Rows stay that have one of the values in every column
 * of `where`, and are not like that in `except`. The ids of students who go are added to gone.
 */
void filter_rows(
        struct reader *r, struct csv_table *csv, const struct node *table, struct index *gone);
/* Drop the rows whose column `student` names one of those. */
void filter_gone(struct csv_table *csv, const struct index *gone);

#endif
