/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small school that uses most of the format, and a schedule of it that breaks no rule. */
#ifndef TESTS_SUPPORT_TRADES_H
#define TESTS_SUPPORT_TRADES_H

extern const char trades_school[]; /* YAML, for text_school() */
extern const char trades_rows[];   /* for rows_answer() */

#endif
