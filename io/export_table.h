/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of a schedule with the columns that another system wants, by a mapping in YAML:
 *
 *     files:
 *       - file: sections.csv
 *         rows: sections
 *         columns:
 *           Course_Number: course                          # a field of the row
 *           SchoolID: {text: "42"}                         # the same in every row
 *           TermID: {field: term, codes: {S1: "3301"}}     # a field, its values renamed
 *
 * docs/files.md lists rows and fields.
 */
#ifndef IO_EXPORT_TABLE_H
#define IO_EXPORT_TABLE_H

#include "io/bundle.h"
#include "model/schedule.h"

/* The mapping that comes with the program for "csv", "powerschool", "aeries"; NULL: none does. */
const char *export_map(const char *format);

/*
 * The files that a mapping describes. file: where the mapping was read from, for messages. an
 * speaks of pb alone (no UNKNOWN).
 */
bool export_tables(const struct problem *pb, const struct answer *an, const char *file,
        const char *mapping, size_t size, bool guard, struct bundle *b, struct report *rp);

#endif
