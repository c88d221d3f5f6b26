/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML by hand: scalars quoted where they must be, and mappings in flow style, as `- {id: R12,
 * types: [lab]}`. */
#ifndef IO_YAML_OUT_H
#define IO_YAML_OUT_H

#include "model/problem.h"
#include <stdio.h>

/* An open mapping; it remembers whether a comma is due. The braces are the caller's. */
struct map {
        FILE *f;
        bool more;
};

/* Plain where every YAML reader takes it as that text, else double quoted. */
void put_text(FILE *f, const char *s);
/* A decimal where it ends within nine digits, else a fraction. */
void put_ratio(FILE *f, struct ratio r);

void key_name(struct map *m, const char *name); /* name and colon; the value follows */
void key_text(struct map *m, const char *name, const char *value); /* nothing for NULL */
void key_int(struct map *m, const char *name, int value);
void key_stated(struct map *m, const char *name, int value); /* nothing for -1: omitted */
void key_false(struct map *m, const char *name, bool value); /* nothing for true, the default */
void key_size(
        struct map *m, int min, int target, int max); /* -1: omitted; a max alone is a number */

#endif
