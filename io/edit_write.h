/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of a school written back as YAML: the school with its tables, edited. */
#ifndef IO_EDIT_WRITE_H
#define IO_EDIT_WRITE_H

#include "model/edit.h"

/*
 * Write pb with the changes made to path and the tables beside it, as problem_write() does; the
 * head of the YAML tells each change in a sentence. False with errors in rp, also where the changes
 * do not make a school. Locks of a freeze become locks like any other.
 */
bool edits_write(
        const struct problem *pb, const struct edit *v, int n, const char *path, struct report *rp);

#endif
