/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/merge.h"
#include "io/text.h"
#include "model/index.h"
#include <string.h>

struct merging {
        struct arena *arena;
        struct report *rp;
};

/* ---- nodes being built ---- */

/* An empty node with room for n values; weight and height are settled at the end. */
static struct node *begin(
        struct merging *m, enum node_kind kind, struct place at, int n_keys, int n)
{
        struct node *node = arena_alloc(m->arena, sizeof *node);

        *node = (struct node){.kind = kind, .at = at};
        node->items = arena_array(m->arena, (size_t)(n_keys + n) + 1, sizeof *node->items);
        if (kind == NODE_MAP)
                node->keys = arena_array(m->arena, (size_t)(n_keys + n) + 1, sizeof *node->keys);
        return node;
}

static void add(struct node *to, const struct node *key, const struct node *item)
{
        if (to->kind == NODE_MAP)
                to->keys[to->n] = (struct node *)key;
        to->items[to->n++] = (struct node *)item;
}

static struct node *settle(struct node *node)
{
        node->weight = node->kind == NODE_MAP ? 1 + node->n : 1;
        node->height = 0;
        for (int i = 0; i < node->n; i++) {
                node->weight += node->items[i]->weight;
                if (node->items[i]->height >= node->height)
                        node->height = node->items[i]->height + 1;
        }
        return node;
}

static int find_key(const struct node *map, const char *text)
{
        for (int i = 0; i < map->n; i++) {
                if (!strcmp(map->keys[i]->text, text))
                        return i;
        }
        return -1;
}

/* ---- lists of things with ids ---- */

static const struct node *id_of(const struct node *item)
{
        const struct node *id = node_get(item, "id");

        return id && id->kind == NODE_SCALAR ? id : NULL;
}

static bool has_ids(const struct node *list)
{
        if (!list || list->kind != NODE_LIST || !list->n)
                return false;
        for (int i = 0; i < list->n; i++) {
                if (!id_of(list->items[i]))
                        return false;
        }
        return true;
}

static bool names_things(const struct node *map)
{
        for (int i = 0; i < map->n; i++) {
                if (map->items[i]->kind != NODE_MAP && !node_omitted(map->items[i]))
                        return false;
        }
        return map->n > 0;
}

/* Ids of a list, each with the number of the first item that has it. */
struct names {
        struct index *ids;
        int *item;
};

static struct names names_of(struct merging *m, const struct node *list)
{
        struct names names = {index_new(), arena_array(m->arena, (size_t)list->n + 1, sizeof(int))};

        for (int i = 0; i < list->n; i++) {
                int number = index_add(names.ids, id_of(list->items[i])->text);
                if (number >= 0)
                        names.item[number] = i;
        }
        return names;
}

static const struct node *merge(
        struct merging *m, const struct node *target, const struct node *patch);

/* The list with changes[i], or unchanged where that is NULL, or without it where drop[i]. */
static struct node *changed_list(struct merging *m, const struct node *list,
        const struct node *const *changes, const bool *drop, int room)
{
        struct node *out = begin(m, NODE_LIST, list->at, list->n, room);

        for (int i = 0; i < list->n; i++) {
                if (!drop || !drop[i])
                        add(out, NULL, changes[i] ? changes[i] : list->items[i]);
        }
        return out;
}

static void refuse_id(struct merging *m, const struct names *names, const struct node *key)
{
        const char *near = index_nearest(names->ids, key->text);

        report_error(m->rp, ERROR_INPUT, key->at,
                "found id %s, which is not there; expected the id of what is to be changed or "
                "removed%s%s%s",
                text_quoted(m->arena, key->text), near ? " (did you mean " : "",
                near ? text_quoted(m->arena, near) : "", near ? "?)" : "");
}

/* {ART: {sections: 3}, CHOIR: null} over a list with ids. */
static const struct node *merge_named(
        struct merging *m, const struct node *list, const struct node *patch)
{
        struct names names = names_of(m, list);
        const struct node **changes = arena_array(m->arena, (size_t)list->n, sizeof *changes);
        bool *drop = arena_array(m->arena, (size_t)list->n, sizeof *drop);

        for (int i = 0; i < patch->n; i++) {
                int number = index_find(names.ids, patch->keys[i]->text);
                if (number < 0) {
                        refuse_id(m, &names, patch->keys[i]);
                        continue;
                }
                int item = names.item[number];
                drop[item] = node_omitted(patch->items[i]);
                if (!drop[item])
                        changes[item] = merge(m, list->items[item], patch->items[i]);
        }
        index_free(names.ids);
        return settle(changed_list(m, list, changes, drop, 0));
}

static void refuse_twice(struct merging *m, const struct node *id)
{
        report_error(m->rp, ERROR_INPUT, id->at, "found id %s a second time; expected it once",
                text_quoted(m->arena, id->text));
}

/* [{id: ART, sections: 3}, {id: NEW, ...}] over a list with ids. */
static const struct node *merge_listed(
        struct merging *m, const struct node *list, const struct node *patch)
{
        struct names names = names_of(m, list), given = names_of(m, patch);
        const struct node **changes = arena_array(m->arena, (size_t)list->n, sizeof *changes);

        for (int i = 0; i < patch->n; i++) {
                const struct node *id = id_of(patch->items[i]);
                int number = index_find(names.ids, id->text);
                if (given.item[index_find(given.ids, id->text)] != i)
                        refuse_twice(m, id);
                else if (number >= 0)
                        changes[names.item[number]] =
                                merge(m, list->items[names.item[number]], patch->items[i]);
        }
        struct node *out = changed_list(m, list, changes, NULL, patch->n);
        for (int i = 0; i < patch->n; i++) {
                const char *id = id_of(patch->items[i])->text;
                if (index_find(names.ids, id) < 0 && given.item[index_find(given.ids, id)] == i)
                        add(out, NULL, merge(m, NULL, patch->items[i]));
        }
        index_free(names.ids);
        index_free(given.ids);
        return settle(out);
}

/* ---- maps ---- */

static const struct node *merge_map(
        struct merging *m, const struct node *target, const struct node *patch)
{
        bool over = target && target->kind == NODE_MAP;
        struct node *out =
                begin(m, NODE_MAP, over ? target->at : patch->at, over ? target->n : 0, patch->n);

        for (int i = 0; over && i < target->n; i++) {
                int k = find_key(patch, target->keys[i]->text);
                if (k < 0)
                        add(out, target->keys[i], target->items[i]);
                else if (!node_omitted(patch->items[k]))
                        add(out, patch->keys[k], merge(m, target->items[i], patch->items[k]));
        }
        for (int i = 0; i < patch->n; i++) {
                bool there = over && find_key(target, patch->keys[i]->text) >= 0;
                if (!there && !node_omitted(patch->items[i]))
                        add(out, patch->keys[i], merge(m, NULL, patch->items[i]));
        }
        return settle(out);
}

static const struct node *merge(
        struct merging *m, const struct node *target, const struct node *patch)
{
        if (patch->kind == NODE_LIST && has_ids(target) && has_ids(patch))
                return merge_listed(m, target, patch);
        if (patch->kind != NODE_MAP)
                return patch;
        if (has_ids(target) && names_things(patch))
                return merge_named(m, target, patch);
        return merge_map(m, target, patch);
}

const struct node *node_merge(
        struct arena *a, const struct node *target, const struct node *patch, struct report *rp)
{
        struct merging m = {a, rp};

        return merge(&m, target, patch);
}

/* ---- single steps ---- */

const struct node *node_append(
        struct arena *a, const struct node *target, const struct node *more, struct report *rp)
{
        struct merging m = {a, rp};

        if (node_omitted(target))
                target = NULL;
        if (more->kind != NODE_LIST || (target && target->kind != NODE_LIST)) {
                report_error(rp, ERROR_INPUT, more->at,
                        "found %s; expected a list to go behind another list",
                        more->kind != NODE_LIST ? "no list" : "a list");
                return target;
        }
        int n = target ? target->n : 0;
        struct node *out = begin(&m, NODE_LIST, target ? target->at : more->at, n, more->n);
        for (int i = 0; i < n; i++)
                add(out, NULL, target->items[i]);
        for (int i = 0; i < more->n; i++)
                add(out, NULL, more->items[i]);
        return settle(out);
}

const struct node *node_set(
        struct arena *a, const struct node *map, const struct node *key, const struct node *value)
{
        struct merging m = {a, NULL};
        int n = map ? map->n : 0;
        struct node *out = begin(&m, NODE_MAP, map ? map->at : key->at, n, 1);
        bool there = false;

        for (int i = 0; i < n; i++) {
                bool this_one = !strcmp(map->keys[i]->text, key->text);
                there = there || this_one;
                if (!this_one)
                        add(out, map->keys[i], map->items[i]);
                else if (value)
                        add(out, key, value);
        }
        if (!there && value)
                add(out, key, value);
        return settle(out);
}
