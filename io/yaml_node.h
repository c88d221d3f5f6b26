/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A YAML file as a tree that still knows where everything was written.
 *
 * Nodes belong to the arena they were read into and are const from then on; each carries its file,
 * so that trees of several files may be mixed. Aliases share the node of their anchor: a file is
 * refused when it is nested deeper than 64 or would have more than 1,000,000 nodes with all aliases
 * written out. Merge keys (`<<: *a`, `<<: [*a, *b]`) are resolved on reading: own keys win, then
 * the earlier source. A key that appears twice is an error. One document per file.
 */
#ifndef IO_YAML_NODE_H
#define IO_YAML_NODE_H

#include "model/memory.h"
#include "model/report.h"
#include <stddef.h>

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
        enum node_kind kind;
        bool plain; /* a scalar without quotes, not a block scalar either */
        struct place at;
        const char
                *text; /* scalar: without surrounding blanks; NULL for null, ~ and empty: omitted */
        int n;
        struct node **keys;  /* map: [n] scalars with text, each once */
        struct node **items; /* list, map: [n] in the order written */
        int height;          /* 0 for a scalar or an empty list; at most 64 */
        int weight;          /* nodes in it, aliases written out */
};

enum { NODE_MAX_HEIGHT = 64, NODE_MAX_WEIGHT = 1000000 };

/* The one document in the bytes. NULL with errors in rp; file must live as long as the arena. */
struct node *node_read(
        struct arena *a, const char *file, const char *bytes, size_t size, struct report *rp);

/* The value of a key, or NULL where the map has none (or it is omitted: null, ~, empty). */
const struct node *node_get(const struct node *map, const char *key);
bool node_omitted(const struct node *node); /* NULL, null, ~ or an empty scalar */

#endif
