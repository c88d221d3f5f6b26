/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search as it goes, on standard error: one changing line on a terminal, with -v a line an
 * event. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/trace.h"
#include "solver/solve.h"
#include <stdio.h>

struct progress {
        const struct problem *pb;
        bool lines; /* -v: one line an event */
        bool line;  /* one changing line */
        int rows;
        struct trace *trace; /* told every event, or NULL */
        double shown; /* seconds, when the changing line was last drawn */
};

/* How much to show, by the settings and by what standard error is. */
struct progress progress_init(const struct problem *pb, bool quiet, bool verbose);
void progress_event(void *progress, const struct event *e); /* struct control.progress */
void progress_end(struct progress *p);                      /* wipe the changing line */

#endif
