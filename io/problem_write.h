/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A school as YAML with its tables: the one writer, the inverse of problem_read() in all stated
 * fields. */
#ifndef IO_PROBLEM_WRITE_H
#define IO_PROBLEM_WRITE_H

#include "model/problem.h"
#include <stdio.h>

/*
 * Write the stated fields of pb to path and, beside it, to students.csv and requests.csv (0600),
 * each under a temporary name first; the YAML, which names the tables, is renamed last. previous:
 * what the file key of `previous` shall say, relative to path; NULL: no such key. pb needs its
 * stated fields only, with requests grouped or not. comment: lines without '#' for the head of the
 * YAML, or NULL.
 */
bool problem_write(const struct problem *pb, const char *path, const char *previous,
        const char *comment, struct report *rp);

/* The YAML alone. */
void problem_print(const struct problem *pb, const char *previous, const char *comment, FILE *f);

#endif
