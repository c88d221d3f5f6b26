/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as users write it: UTF-8, blanks, numbers, words. Shared by the YAML and the CSV reader. */
#ifndef IO_TEXT_H
#define IO_TEXT_H

#include "model/problem.h"
#include <stdbool.h>
#include <stddef.h>

/* Bytes of a byte-order mark at the start: 3 or 0. */
size_t text_bom(const char *bytes, size_t size);

/*
 * Are the bytes UTF-8 without NUL and control characters (tab and line ends apart)? If not, one
 * error with line and column of the first offence.
 */
bool text_check(const char *bytes, size_t size, const char *file, struct report *rp);

/* A copy without surrounding blanks (spaces, tabs, line ends, no-break spaces and their kin). */
char *text_trim(struct arena *a, const char *s, size_t n);
/* The same with every control character inside turned into a space: for titles and names. */
char *text_line(struct arena *a, const char *s);

int text_characters(const char *s, size_t n); /* code points */
int text_width(const char *s);                /* columns on a terminal or in print */

/* Non-empty, no control characters, no `;`. */
bool text_is_id(const char *s);
bool text_whole(const char *s, int low, int high, int *out);
/* An exact decimal with at most 9 digits before and 9 behind the point; never negative. */
bool text_decimal(const char *s, struct ratio *out);
/* true yes on, false no off, in any case. */
bool text_boolean(const char *s, bool *out);
/* "YYYY-MM-DD", a day that the calendar has. */
bool text_date(const char *s);
/* "HH:MM" as minutes after midnight. */
bool text_clock(const char *s, int *minutes);

/* One word of a command to be pasted: as it is where it can be, else in single quotes. */
const char *text_shell(struct arena *a, const char *s);
/* For messages: in quotes, at most 60 characters, control characters as '?'. */
const char *text_quoted(struct arena *a, const char *s);

#endif
