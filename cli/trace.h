/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search as a table: a row for each score found, for whoever draws or measures it. */
#ifndef CLI_TRACE_H
#define CLI_TRACE_H

#include "solver/solve.h"

/* Rows are kept until the end and then written. trace_free() it. */
struct trace;

/* Begins the file, so that a bad path is told before the search. NULL with an error. */
struct trace *trace_new(const struct problem *pb, const char *path, struct report *rp);
void trace_event(struct trace *t, const struct event *e);
/* A last row of what was delivered, then the file. False with an error. */
bool trace_write(struct trace *t, const struct solution *s, struct report *rp);
void trace_free(struct trace *t); /* what was not written leaves nothing; NULL is fine */

#endif
