/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of students and requests as CSV (RFC 4180), beside the school's YAML at path. */
#ifndef IO_TABLE_WRITE_H
#define IO_TABLE_WRITE_H

#include "model/problem.h"

bool students_write(const struct problem *pb, const char *path, struct report *rp);
bool requests_write(const struct problem *pb, const char *path, struct report *rp);
/* The name of the column years_X, kept in the arena of pb. */
const char *years_column(const struct problem *pb, const struct years_before *y);

#endif
