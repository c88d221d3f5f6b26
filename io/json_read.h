/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON from memory, value by value in the order of the text: no tree is built, so that size and
 * nesting cost nothing, and every value knows its line and column (which cJSON forgets).
 *
 *     for (json_open_object(in); json_more_keys(in, &key);) ... read or json_skip() the value ...
 *     for (json_open_list(in); json_more(in);) ... read or json_skip() the value ...
 *
 * The first thing wrong goes to the report; from then on nothing more is read, loops end and
 * values are empty. Texts live in the arena.
 */
#ifndef IO_JSON_READ_H
#define IO_JSON_READ_H

#include "model/memory.h"
#include "model/report.h"
#include <stddef.h>

enum { JSON_MAX_DEPTH = 64 };

enum json_kind {
        JSON_OBJECT,
        JSON_LIST,
        JSON_TEXT,
        JSON_NUMBER,
        JSON_TRUE,
        JSON_FALSE,
        JSON_NULL,
        JSON_NOTHING, /* no value starts here */
};

struct json_in {
        const char *file;
        const char *p, *end;
        struct arena *arena;
        struct report *report;
        struct place at;    /* of the value read last, or being read */
        const char *marked; /* where the count of lines and columns has come to */
        int line, column;
        bool fresh;  /* just inside a bracket: no comma expected */
        bool failed; /* the report says why */
};

/* text[size] must be 0. file must live as long as the places. */
void json_in_init(struct json_in *in, const char *file, const char *text, size_t size,
        struct arena *a, struct report *rp);
enum json_kind json_kind(struct json_in *in); /* of the next value */
bool json_open_object(struct json_in *in);
bool json_open_list(struct json_in *in);
bool json_more_keys(struct json_in *in, const char **key);
bool json_more(struct json_in *in);
const char *json_get_text(struct json_in *in);         /* "" after a failure */
const char *json_get_text_or_null(struct json_in *in); /* NULL for null */
double json_get_number(struct json_in *in);
int json_get_int(struct json_in *in); /* fails on fractions and what no int holds */
/* A text as it is, a number or a word as it is written. */
const char *json_get_scalar(struct json_in *in);
void json_skip(struct json_in *in);
/* Nothing but blanks may follow. True if all went well from the beginning. */
bool json_finish(struct json_in *in);
/* Always false: something is wrong with the value read last. */
bool json_fail(struct json_in *in, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
