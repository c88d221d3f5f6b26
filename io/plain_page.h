/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages of headings, tables and lists without any script: open from disk, ask nothing of the
 * network, follow the reader's choice of dark or light, print. All texts are escaped, and kept from
 * turning the text around them when they run from right to left.
 */
#ifndef IO_PLAIN_PAGE_H
#define IO_PLAIN_PAGE_H

#include <stdbool.h>
#include <stdio.h>

/* The head, up to the heading "NAME YEAR: WHAT"; name, year may be NULL. */
void plain_open(FILE *to, const char *name, const char *year, const char *what);
void plain_close(FILE *to);
void plain_text(FILE *to, const char *text); /* escaped */
void plain_name(FILE *to, const char *text); /* escaped and isolated */

/* Links to sections: begin, one each, end. */
void plain_nav(FILE *to, bool begin);
void plain_link(FILE *to, const char *id, const char *title);

/* A section with its heading and a paragraph about it (NULL: none); end it with plain_end(). */
void plain_section(FILE *to, const char *id, const char *title, const char *about);
void plain_end(FILE *to);
/* A list of texts; a table: heads, then rows cell by cell. */
void plain_list(FILE *to, bool begin);
void plain_item(FILE *to, const char *text);
void plain_table(FILE *to, const char *id); /* id of its section */
void plain_head(FILE *to, const char *text, bool number);
void plain_rows(FILE *to); /* the heads are done */
void plain_row(FILE *to, bool begin);
void plain_cell(FILE *to, const char *text, bool number);
void plain_table_end(FILE *to);

#endif
