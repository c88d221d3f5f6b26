/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of any kind, also nonsense, as rows of text. */
#ifndef TESTS_SUPPORT_ROWS_H
#define TESTS_SUPPORT_ROWS_H

#include "model/schedule.h"
#include "model/verify.h"

/*
 * An answer from lines "COURSE-NUMBER TEACHER CO_TEACHER ROOM TERMS PERIODS COHORT STUDENTS", lists
 * by commas, `-` for none; ids that pb does not know become UNKNOWN. answer_free() it.
 */
struct answer *rows_answer(const struct problem *pb, const char *rows);

/* The codes of the verdict's broken rules, each once: "H1 H5"; "" when it is valid. */
void rows_codes(const struct verdict *v, char *out, int size);

#endif
