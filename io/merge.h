/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One YAML tree laid over another: JSON Merge Patch (RFC 7396) with lists of things that have ids.
 *
 * Maps are merged key by key, an omitted value (null, ~, empty) removes the key, anything else
 * replaces. Beyond the RFC, where the tree below has a list of maps that all have an `id`:
 *  - a list of such maps is merged into it by id; what has a new id is added at the end;
 *  - a map whose values are all maps or omitted changes or removes what its keys name.
 * The result shares nodes with both trees, so every value still says where it was written.
 */
#ifndef IO_MERGE_H
#define IO_MERGE_H

#include "io/yaml_node.h"

/*
 * patch laid over target (NULL: nothing there). Errors, as for an id that is not there to be
 * changed, go to rp; the result then leaves that change out.
 */
const struct node *node_merge(
        struct arena *a, const struct node *target, const struct node *patch, struct report *rp);

/* Both lists one after the other; target may be NULL. An error, and target, unless they are lists.
 */
const struct node *node_append(
        struct arena *a, const struct node *target, const struct node *more, struct report *rp);

/* The map (NULL: an empty one at key) with key set to value, or without it where value is NULL. */
const struct node *node_set(
        struct arena *a, const struct node *map, const struct node *key, const struct node *value);

#endif
