/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one table of solver options: name, default, range, help. The struct, the parser, --help, the
 * README's table and the record in schedule.json grow from it.
 */
#ifndef SOLVER_OPTIONS_H
#define SOLVER_OPTIONS_H

#include "model/report.h"
#include <limits.h>
#include <stdbool.h>

/*       name        default low  high     help */
#define OPTIONS(REAL, INT, FLAG)                                                                   \
        REAL(time_limit, 60, 0, 1e9, "seconds from reading to writing; 0 means no limit")          \
        REAL(work_limit, 0, 0, 1e9, "millions of elementary steps; 0 means no limit")              \
        INT(seed, 1, 0, INT_MAX, "order of ties and random moves")                                 \
        INT(streams, 2, 1, 64, "independent searches that exchange their best")                    \
        INT(threads, 0, 0, 64, "threads that run them, never changes a result; 0: one a core")     \
        FLAG(exact, 1, "prove small schools by integer programs")                                  \
        FLAG(cte_last, 0, "search with tiers 1 and 2 last, to show what they buy")

struct options {
#define REAL(name, def, low, high, help) double name;
#define INT(name, def, low, high, help) int name;
#define FLAG(name, def, help) bool name;
        OPTIONS(REAL, INT, FLAG)
#undef REAL
#undef INT
#undef FLAG
};

struct option_row {
        const char *name; /* as in the struct, time_limit; on the command line --time-limit */
        char type;        /* 'r', 'i', 'f' */
        double def, low, high;
        const char *help;
};

extern const struct option_row option_rows[];
extern const int n_option_rows;

void options_default(struct options *o);
/* Set by name (with - or _) from text; a flag takes yes/no, also as --no-NAME. Errors to rp. */
bool options_set(struct options *o, const char *name, const char *text, struct place at,
        struct report *rp);
/* The value of row i as text into buf. */
void options_text(const struct options *o, int row, char *buf, int size);

#endif
