/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of an analysis: analyze.txt, analyze.html and a CSV for each table. */
#ifndef IO_ANALYZE_WRITE_H
#define IO_ANALYZE_WRITE_H

#include "io/analyze_sheet.h"
#include "io/json_write.h"

/*
 * Write them all to dir (made if need be); each file whole or not at all. Text and page name no
 * student; the two tables that do are CSV alone. All are private (0600).
 */
bool analyze_write(const struct sheets *all, const char *dir, struct report *rp);

/* The parts; errors stay in the stream. */
void analyze_text(const struct sheets *all, FILE *to);
void analyze_page(const struct sheets *all, FILE *to);
void analyze_csv(const struct sheet *s, FILE *to);
/* The sentences of what to look at first: of the object's member "first". */
void analyze_json(const struct sheets *all, struct json_out *o);

#endif
