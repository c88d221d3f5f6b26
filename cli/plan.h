/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What batch and compare share: options of a plan checked, its cells run with progress. */
#ifndef CLI_PLAN_H
#define CLI_PLAN_H

#include "batch/batch.h"
#include "cli/cli.h"

enum { EXIT_CELLS = 5, EXIT_AGAIN = 75 };

/* The arguments for `solve` of each scenario, in the plan's arena; NULL with errors. */
const struct words *plan_words(const struct plan *p, struct report *rp);
/* What --threads will be for the first scenario: all of a plan have the same in practice. */
int plan_threads(const struct words *w);
/* Schools written, cells solved that are not; the exit code. Prints progress unless quiet. */
int plan_solve(const struct call *call, struct batch *b, int jobs);
/* These cells of it alone, schools being there. */
int plan_run(const struct call *call, struct batch *b, int jobs, const int *cells, int n);
/* "1 h 5 min", "12 s". */
enum { DURATION = 32 };
void duration_text(double seconds, char text[DURATION]);

#endif
