/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.json, which the page shows beside the schedule, and the same in sentences. */
#ifndef IO_EXPLAIN_WRITE_H
#define IO_EXPLAIN_WRITE_H

#include "model/explained.h"
#include <stdio.h>

/* sha256: of the schedule's file. Errors stay in the stream. */
void explain_json(const struct explained *ex, const char *sha256, FILE *to);
/* grids: before it each student's requests by periods. */
void explain_text(const struct explained *ex, bool grids, FILE *to);
/* The options of 'solve --from' that make a fix have what it says; text in the arena. */
const char *explain_solving(struct arena *a, const struct fix *x);
/* explain_json() to path (temporary file, rename; mode 0600). */
bool explain_write(
        const struct explained *ex, const char *sha256, const char *path, struct report *rp);

#endif
