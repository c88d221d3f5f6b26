/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON to a stream, value by value; key is NULL inside a list. Errors of the stream stay in the
 * stream (ferror). Containers begun with json_begin have one value a line, those begun with
 * json_begin_flat, and all inside them, stay on one.
 */
#ifndef IO_JSON_WRITE_H
#define IO_JSON_WRITE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json_out {
        FILE *to;
        int depth, flat; /* flat: the depth from which all is on one line, 0: none */
        bool filled;     /* the innermost container holds a value */
};

/* Begin an object ('{') or a list ('['); end it with the same bracket's partner. */
void json_begin(struct json_out *o, const char *key, char bracket);
void json_begin_flat(struct json_out *o, const char *key, char bracket);
void json_end(struct json_out *o, char bracket);

void json_text(struct json_out *o, const char *key, const char *text); /* NULL: null */
void json_int(struct json_out *o, const char *key, int64_t value);
/* At most 6 decimals, no trailing zeros. */
void json_real(struct json_out *o, const char *key, double value);
void json_bool(struct json_out *o, const char *key, bool value);
void json_null(struct json_out *o, const char *key);

/* value with at most 6 decimals and no trailing zeros, as json_real writes it. */
enum { REAL_TEXT = 48 };
void real_text(double value, char buf[REAL_TEXT]);

#endif
