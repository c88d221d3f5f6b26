/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Errors and warnings of one run, collected in reading order: the one way anything says no.
 * Texts live in the report's own arena. Nothing below cli prints.
 */
#ifndef MODEL_REPORT_H
#define MODEL_REPORT_H

#include <stdbool.h>

/* Where the user wrote it. line 0: nowhere in particular. file lives as long as the problem. */
struct place {
        const char *file;
        int line, column; /* from 1, columns in characters, as editors count */
};

enum error_kind {
        ERROR_INPUT,    /* bad input or usage: exit 1 */
        ERROR_CLASH,    /* contradictory locks or rules: exit 3 */
        ERROR_SYSTEM,   /* disk, memory, a library: exit 4 */
};

struct message {
        bool warning;
        enum error_kind kind;
        struct place at;
        const char *text;       /* "found ...; expected ..." */
};

struct report;
enum { REPORT_MAX_ERRORS = 50 }; /* more are counted, not kept */

struct report *report_new(void);
void report_free(struct report *rp);

/* Add an error. Always false, so that callers can write: return report_error(rp, ...); */
bool report_error(struct report *rp, enum error_kind kind, struct place at, const char *fmt, ...)
        __attribute__((format(printf, 4, 5)));
void report_warn(struct report *rp, struct place at, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));

int report_errors(const struct report *rp);   /* all of them, kept or not */
int report_warnings(const struct report *rp);
int report_count(const struct report *rp);    /* messages kept */
/* Message i, sorted by file (in order of first appearance), line and column. Owned by the report. */
const struct message *report_message(struct report *rp, int i);
/* The gravest kind among the errors: ERROR_SYSTEM, then ERROR_CLASH, then ERROR_INPUT. */
enum error_kind report_worst(const struct report *rp);

#endif
