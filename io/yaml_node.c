/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/yaml_node.h"

#include "io/text.h"
#include "model/index.h"
#include <string.h>
#include <yaml.h>

enum { LINEAR_KEYS = 16 }; /* a map with more keys gets an index */

struct reading {
        yaml_parser_t parser;
        struct arena *arena;
        const char *file;
        const char *bytes;
        size_t size;
        struct report *rp;
        int64_t weight;         /* nodes so far, aliases written out */
        struct index *anchors;  /* name -> number into anchored */
        struct node **anchored; /* NULL while the anchor's own node is being read */
        int n_anchors, cap_anchors;
};

/* A map being built: keys by name, to find duplicates. */
struct building {
        struct node **keys, **items;
        int n, cap_keys, cap_items;
        struct index *names; /* NULL while there are few */
};

static struct place place_of(const struct reading *rd, yaml_mark_t mark)
{
        return (struct place){rd->file, (int)mark.line + 1, (int)mark.column + 1};
}

static void *refuse(struct reading *rd, struct place at, const char *text)
{
        report_error(rd->rp, ERROR_INPUT, at, "%s", text);
        return NULL;
}

/* ---- libyaml's refusals ---- */

static bool refuse_syntax(struct reading *rd)
{
        const yaml_parser_t *p = &rd->parser;
        if (p->error == YAML_MEMORY_ERROR)
                mem_short();
        struct place at = place_of(rd, p->problem_mark);
        size_t here = p->problem_mark.index;
        /* The mark counts characters; the files that get tabs wrong are nearly always plain ASCII
         * before. */
        if (here < rd->size && rd->bytes[here] == '\t')
                return report_error(rd->rp, ERROR_INPUT, at,
                        "found a tab; expected spaces, as YAML indents with spaces only");
        if (p->context && p->context_mark.line != p->problem_mark.line)
                return report_error(rd->rp, ERROR_INPUT, at,
                        "found broken YAML: %s (%s that begins in line %d); expected well-formed "
                        "YAML",
                        p->problem ? p->problem : "unreadable", p->context,
                        (int)p->context_mark.line + 1);
        return report_error(rd->rp, ERROR_INPUT, at,
                "found broken YAML: %s%s%s; expected well-formed YAML",
                p->problem ? p->problem : "unreadable", p->context ? " " : "",
                p->context ? p->context : "");
}

static bool next_event(struct reading *rd, yaml_event_t *event)
{
        return yaml_parser_parse(&rd->parser, event) || refuse_syntax(rd);
}

/* ---- nodes ---- */

static bool count_weight(struct reading *rd, struct place at, int weight)
{
        rd->weight += weight;
        if (rd->weight <= NODE_MAX_WEIGHT)
                return true;
        return report_error(rd->rp, ERROR_INPUT, at,
                "found more than %d values, with aliases written out; expected fewer",
                NODE_MAX_WEIGHT);
}

static struct node *new_node(struct reading *rd, enum node_kind kind, const yaml_event_t *event)
{
        struct node *node = arena_alloc(rd->arena, sizeof *node);
        node->kind = kind;
        node->at = place_of(rd, event->start_mark);
        node->weight = 1;
        return count_weight(rd, node->at, 1) ? node : NULL;
}

static bool is_null(const char *text)
{
        return !*text || !strcmp(text, "~") || !strcmp(text, "null") || !strcmp(text, "Null") ||
               !strcmp(text, "NULL");
}

static bool tag_allowed(struct reading *rd, const yaml_event_t *event, const yaml_char_t *tag)
{
        static const char *const known[] = {"!", YAML_STR_TAG, YAML_INT_TAG, YAML_FLOAT_TAG,
                YAML_BOOL_TAG, YAML_SEQ_TAG, YAML_MAP_TAG};
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
                if (!tag || !strcmp((const char *)tag, known[i]))
                        return true;
        return report_error(rd->rp, ERROR_INPUT, place_of(rd, event->start_mark),
                "found the tag %s; expected a value without a tag",
                text_quoted(rd->arena, (const char *)tag));
}

static struct node *read_scalar(struct reading *rd, const yaml_event_t *event)
{
        const char *value = (const char *)event->data.scalar.value;
        struct node *node = new_node(rd, NODE_SCALAR, event);
        if (!node || !tag_allowed(rd, event, event->data.scalar.tag))
                return NULL;
        node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        if (strlen(value) != event->data.scalar.length)
                return refuse(rd, node->at, "found a NUL character; expected text");
        const char *text = text_trim(rd->arena, value, event->data.scalar.length);
        node->text = *text && !(node->plain && is_null(text)) ? text : NULL;
        return node;
}

/* ---- anchors ---- */

/* The number of an anchor, set to NULL until its node is complete; -1 for none. */
static int open_anchor(struct reading *rd, const yaml_char_t *anchor)
{
        if (!anchor)
                return -1;
        int number = index_find(rd->anchors, (const char *)anchor);
        if (number < 0) {
                number = index_add(rd->anchors, (const char *)anchor);
                MEM_GROW(rd->anchored, rd->n_anchors, rd->cap_anchors);
                rd->n_anchors++;
        }
        rd->anchored[number] = NULL;
        return number;
}

static struct node *read_alias(struct reading *rd, const yaml_event_t *event, int depth)
{
        struct place at = place_of(rd, event->start_mark);
        const char *name = (const char *)event->data.alias.anchor;
        int number = index_find(rd->anchors, name);
        struct node *node = number < 0 ? NULL : rd->anchored[number];
        if (!node) {
                report_error(rd->rp, ERROR_INPUT, at,
                        "found alias *%s %s; expected an anchor &%s before it", name,
                        number < 0 ? "without an anchor" : "inside its own anchor", name);
                return NULL;
        }
        if (depth + node->height > NODE_MAX_HEIGHT)
                return refuse(rd, at, "found values nested deeper than 64; expected fewer levels");
        return count_weight(rd, at, node->weight) ? node : NULL;
}

/* ---- maps ---- */

static int find_key(const struct building *map, const char *text)
{
        if (map->names)
                return index_find(map->names, text);
        for (int i = 0; i < map->n; i++)
                if (!strcmp(map->keys[i]->text, text))
                        return i;
        return -1;
}

static void add_pair(struct building *map, struct node *key, struct node *item)
{
        MEM_GROW(map->keys, map->n, map->cap_keys);
        MEM_GROW(map->items, map->n, map->cap_items);
        map->keys[map->n] = key;
        map->items[map->n++] = item;
        if (map->names)
                index_add(map->names, key->text);
        if (map->n != LINEAR_KEYS)
                return;
        map->names = index_new();
        for (int i = 0; i < map->n; i++)
                index_add(map->names, map->keys[i]->text);
}

static void release_building(struct building *map)
{
        mem_free(map->keys);
        mem_free(map->items);
        index_free(map->names);
}

/* Arrays of pointers for the arena; weight and height follow. */
static void settle(struct reading *rd, struct node *node, struct building *map)
{
        size_t n = (size_t)map->n;
        node->n = map->n;
        node->items = arena_array(rd->arena, n + 1, sizeof *node->items);
        if (n)
                memcpy(node->items, map->items, n * sizeof *node->items);
        if (node->kind == NODE_MAP) {
                node->keys = arena_array(rd->arena, n + 1, sizeof *node->keys);
                if (n)
                        memcpy(node->keys, map->keys, n * sizeof *node->keys);
                node->weight += map->n;
        }
        for (int i = 0; i < map->n; i++) {
                node->weight += map->items[i]->weight;
                if (map->items[i]->height >= node->height)
                        node->height = map->items[i]->height + 1;
        }
}

static bool merge_one(struct reading *rd, struct building *map, const struct node *source)
{
        if (source->kind != NODE_MAP)
                return report_error(rd->rp, ERROR_INPUT, source->at,
                        "found something else than a map to merge; expected an alias of a map "
                        "after <<");
        for (int i = 0; i < source->n; i++)
                if (find_key(map, source->keys[i]->text) < 0)
                        add_pair(map, source->keys[i], source->items[i]);
        return true;
}

static bool merge_all(struct reading *rd, struct building *map, const struct node *source)
{
        if (source->kind != NODE_LIST)
                return merge_one(rd, map, source);
        for (int i = 0; i < source->n; i++)
                if (!merge_one(rd, map, source->items[i]))
                        return false;
        return true;
}

static bool key_allowed(struct reading *rd, const struct building *map, const struct node *key)
{
        if (key->kind != NODE_SCALAR || !key->text)
                return report_error(rd->rp, ERROR_INPUT, key->at,
                        "found %s as a key; expected text",
                        key->kind == NODE_SCALAR ? "nothing"
                        : key->kind == NODE_LIST ? "a list"
                                                 : "a map");
        int first = find_key(map, key->text);
        if (first >= 0)
                report_error(rd->rp, ERROR_INPUT, key->at,
                        "found key %s a second time; expected it once (the first is in line %d)",
                        text_quoted(rd->arena, key->text), map->keys[first]->at.line);
        return true;
}

static struct node *read_value(struct reading *rd, yaml_event_t *event, int depth);

/* The keys and values up to the end of the map; duplicates are reported and dropped. */
static bool read_pairs(struct reading *rd, struct building *map, struct node **merge, int depth)
{
        for (;;) {
                yaml_event_t event;
                if (!next_event(rd, &event))
                        return false;
                if (event.type == YAML_MAPPING_END_EVENT) {
                        yaml_event_delete(&event);
                        return true;
                }
                struct node *key = read_value(rd, &event, depth + 1);
                if (!key || !key_allowed(rd, map, key) || !next_event(rd, &event))
                        return false;
                struct node *item = read_value(rd, &event, depth + 1);
                if (!item)
                        return false;
                if (key->plain && !strcmp(key->text, "<<") && !*merge)
                        *merge = item;
                else if (find_key(map, key->text) < 0)
                        add_pair(map, key, item);
        }
}

static struct node *read_map(struct reading *rd, const yaml_event_t *event, int depth)
{
        struct building map = {0};
        struct node *merge = NULL;
        struct node *node = new_node(rd, NODE_MAP, event);
        bool ok = node && tag_allowed(rd, event, event->data.mapping_start.tag) &&
                  read_pairs(rd, &map, &merge, depth);
        if (ok && merge)
                ok = merge_all(rd, &map, merge);
        if (ok)
                settle(rd, node, &map);
        release_building(&map);
        return ok ? node : NULL;
}

static struct node *read_list(struct reading *rd, const yaml_event_t *start, int depth)
{
        struct building list = {0};
        struct node *node = new_node(rd, NODE_LIST, start);
        bool ok = node && tag_allowed(rd, start, start->data.sequence_start.tag);
        while (ok) {
                yaml_event_t event;
                ok = next_event(rd, &event);
                if (ok && event.type == YAML_SEQUENCE_END_EVENT) {
                        yaml_event_delete(&event);
                        break;
                }
                struct node *item = ok ? read_value(rd, &event, depth + 1) : NULL;
                ok = item != NULL;
                if (ok) {
                        MEM_GROW(list.items, list.n, list.cap_items);
                        list.items[list.n++] = item;
                }
        }
        if (ok)
                settle(rd, node, &list);
        release_building(&list);
        return ok ? node : NULL;
}

/* The value that begins with the event, which is deleted. NULL after an error. */
static struct node *read_value(struct reading *rd, yaml_event_t *event, int depth)
{
        struct node *node = NULL;
        int anchor = -1;
        if (depth > NODE_MAX_HEIGHT) {
                refuse(rd, place_of(rd, event->start_mark),
                        "found values nested deeper than 64; expected fewer levels");
        } else if (event->type == YAML_ALIAS_EVENT) {
                node = read_alias(rd, event, depth);
        } else if (event->type == YAML_SCALAR_EVENT) {
                anchor = open_anchor(rd, event->data.scalar.anchor);
                node = read_scalar(rd, event);
        } else if (event->type == YAML_SEQUENCE_START_EVENT) {
                anchor = open_anchor(rd, event->data.sequence_start.anchor);
                node = read_list(rd, event, depth);
        } else if (event->type == YAML_MAPPING_START_EVENT) {
                anchor = open_anchor(rd, event->data.mapping_start.anchor);
                node = read_map(rd, event, depth);
        }
        if (anchor >= 0)
                rd->anchored[anchor] = node;
        yaml_event_delete(event);
        return node;
}

/* ---- documents ---- */

/* Skip the event that opens the stream or the document; false on a syntax error. */
static bool skip_event(struct reading *rd, yaml_event_type_t *type, yaml_mark_t *mark)
{
        yaml_event_t event;
        if (!next_event(rd, &event))
                return false;
        *type = event.type;
        *mark = event.start_mark;
        yaml_event_delete(&event);
        return true;
}

static struct node *read_document(struct reading *rd)
{
        yaml_event_type_t type;
        yaml_mark_t mark;
        yaml_event_t event;
        if (!skip_event(rd, &type, &mark) || !skip_event(rd, &type, &mark))
                return NULL;
        if (type != YAML_DOCUMENT_START_EVENT)
                return refuse(
                        rd, (struct place){rd->file, 1, 1}, "found an empty file; expected YAML");
        if (!next_event(rd, &event))
                return NULL;
        struct node *root = read_value(rd, &event, 0);
        if (!root || !skip_event(rd, &type, &mark) || !skip_event(rd, &type, &mark))
                return NULL;
        if (type != YAML_STREAM_END_EVENT)
                return refuse(rd, place_of(rd, mark),
                        "found a second document; expected one document in the file");
        return root;
}

struct node *node_read(
        struct arena *a, const char *file, const char *bytes, size_t size, struct report *rp)
{
        int before = report_errors(rp);
        size_t bom = text_bom(bytes, size);
        struct reading rd = {
                .arena = a, .file = file, .bytes = bytes + bom, .size = size - bom, .rp = rp};
        if (!text_check(rd.bytes, rd.size, file, rp))
                return NULL;
        if (!yaml_parser_initialize(&rd.parser))
                mem_short();
        yaml_parser_set_encoding(&rd.parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&rd.parser, (const unsigned char *)rd.bytes, rd.size);
        rd.anchors = index_new();
        struct node *root = read_document(&rd);
        yaml_parser_delete(&rd.parser);
        index_free(rd.anchors);
        mem_free(rd.anchored);
        return report_errors(rp) == before ? root : NULL;
}

const struct node *node_get(const struct node *map, const char *key)
{
        for (int i = 0; map && map->kind == NODE_MAP && i < map->n; i++)
                if (!strcmp(map->keys[i]->text, key))
                        return node_omitted(map->items[i]) ? NULL : map->items[i];
        return NULL;
}

bool node_omitted(const struct node *node)
{
        return !node || (node->kind == NODE_SCALAR && !node->text);
}
