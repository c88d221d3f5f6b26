/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/problem_read_fields.h"

#include "io/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- messages ---- */

static bool say(struct reader *r, struct place at, const char *fmt, va_list args)
{
        char *text = NULL;
        if (vasprintf(&text, fmt, args) < 0)
                mem_short();
        report_error(r->rp, ERROR_INPUT, at, "%s", text);
        free(text);
        return false;
}

static bool enough(const struct reader *r)
{
        return report_errors(r->rp) >= REPORT_MAX_ERRORS;
}

/* Past the errors that are kept, words are wasted: a table may hold a million of them. */
static bool only_counted(struct reader *r, struct place at)
{
        return enough(r) && !report_error(r->rp, ERROR_INPUT, at, "one of too many");
}

bool input_error(struct reader *r, struct place at, const char *fmt, ...)
{
        va_list args;
        if (only_counted(r, at))
                return false;
        va_start(args, fmt);
        say(r, at, fmt, args);
        va_end(args);
        return false;
}

const char *quoted(struct reader *r, const char *text)
{
        return text_quoted(r->scratch, text);
}

static const char *shown(struct reader *r, const struct node *node)
{
        if (node->kind == NODE_LIST)
                return node->n ? "a list" : "an empty list";
        if (node->kind == NODE_MAP)
                return "a map";
        if (!node->text)
                return "nothing";
        return r->quiet ? "other text" : quoted(r, node->text);
}

bool expected(struct reader *r, const struct node *found, const char *fmt, ...)
{
        va_list args;
        if (only_counted(r, found->at))
                return false;
        va_start(args, fmt);
        const char *what = arena_printf(r->scratch, "found %s; expected ", shown(r, found));
        char *text = NULL;
        if (vasprintf(&text, fmt, args) < 0)
                mem_short();
        report_error(r->rp, ERROR_INPUT, found->at, "%s%s", what, text);
        free(text);
        va_end(args);
        return false;
}

const char *did_you_mean(struct reader *r, const struct index *ix, const char *word)
{
        if (enough(r))
                return "";
        const char *near = index_nearest(ix, word);
        return near ? arena_printf(r->scratch, " (did you mean %s?)", quoted(r, near)) : "";
}

/* ---- nouns ---- */

struct noun_row {
        const char *name;
        size_t index; /* offset of its index in struct problem */
};

#define ROW(name, index)                                                                           \
        {                                                                                          \
                name, offsetof(struct problem, index)                                              \
        }
static const struct noun_row nouns[N_NOUNS] = {
        [TERM] = ROW("term", term_ids),
        [PERIOD] = ROW("period", period_ids),
        [TEACHER] = ROW("teacher", teacher_ids),
        [ROOM] = ROW("room", room_ids),
        [COURSE] = ROW("course", course_ids),
        [PATHWAY] = ROW("pathway", pathway_ids),
        [COHORT] = ROW("cohort", cohort_ids),
        [REQUIREMENT] = ROW("requirement", requirement_ids),
        [STUDENT] = ROW("student", student_ids),
        [CREDENTIAL] = ROW("credential", credentials),
        [ROOM_TYPE] = ROW("room type", room_types),
        [AREA] = ROW("area", areas),
        [FLAG] = ROW("flag", flags),
};
#undef ROW

struct index *noun_index(const struct reader *r, enum noun noun)
{
        return *(struct index *const *)(const void *)((const char *)r->pb + nouns[noun].index);
}

const char *noun_name(enum noun noun)
{
        return nouns[noun].name;
}

/* Are nouns of this kind declared by being mentioned? */
static bool is_open(enum noun noun)
{
        return noun == CREDENTIAL || noun == ROOM_TYPE || noun == AREA || noun == FLAG;
}

int resolve(struct reader *r, enum noun noun, const char *id, struct place at)
{
        struct index *ix = noun_index(r, noun);
        int number = index_find(ix, id);
        if (number >= 0)
                return number;
        if (is_open(noun))
                return index_add(ix, id);
        const char *name = nouns[noun].name, *hint = did_you_mean(r, ix, id);
        if (r->broken[noun])
                return -1;
        if (r->quiet && !*hint)
                input_error(r, at, "found an unknown %s; expected a declared one", name);
        else
                input_error(r, at, "found unknown %s %s; expected a declared one%s", name,
                        quoted(r, id), hint);
        return -1;
}

int declare(struct reader *r, enum noun noun, const struct node *id)
{
        struct places *places = &r->declared[noun];
        int number = index_add(noun_index(r, noun), id->text);
        if (number < 0) {
                int first = index_find(noun_index(r, noun), id->text);
                input_error(r, id->at,
                        "found %s %s a second time; expected every id once (the first is in line "
                        "%d)",
                        nouns[noun].name, quoted(r, id->text), places->v[first].line);
                return -1;
        }
        MEM_GROW(places->v, places->n, places->cap);
        places->v[places->n++] = id->at;
        return number;
}

/* ---- single values ---- */

bool expect_map(struct reader *r, const struct node *node, const char *what)
{
        return node->kind == NODE_MAP || expected(r, node, "a map with the keys of %s", what);
}

static bool expect_text(struct reader *r, const struct node *node, const char *key)
{
        return (node->kind == NODE_SCALAR && node->text) || expected(r, node, "text for '%s'", key);
}

bool expect_id(struct reader *r, const struct node *node, const char *what)
{
        if (node->kind != NODE_SCALAR || !node->text)
                return expected(r, node, "the id of %s", what);
        return text_is_id(node->text) ||
               expected(r, node, "an id without ';' and control characters");
}

bool read_whole(
        struct reader *r, const struct node *node, const char *key, int low, int high, int *out)
{
        if (node->kind == NODE_SCALAR && node->text && text_whole(node->text, low, high, out))
                return true;
        if (low == high)
                return expected(r, node, "%d for '%s'", low, key);
        return expected(r, node, "a whole number from %d to %d for '%s'", low, high, key);
}

bool read_decimal(struct reader *r, const struct node *node, const char *key, int low, int high,
        struct ratio *out)
{
        struct ratio x;
        if (node->kind == NODE_SCALAR && node->text && text_decimal(node->text, &x) &&
                x.num >= low * x.den && x.num <= high * x.den) {
                *out = x;
                return true;
        }
        return expected(
                r, node, "a number from %d to %d with at most 9 decimals for '%s'", low, high, key);
}

static bool read_boolean(struct reader *r, const struct node *node, const char *key, bool *out)
{
        if (node->kind == NODE_SCALAR && node->text && text_boolean(node->text, out))
                return true;
        return expected(r, node, "true or false for '%s'", key);
}

/* The words as "a, b or c". */
static const char *listing(struct reader *r, const char *const *words)
{
        const char *text = words[0];
        for (int i = 1; words[i]; i++)
                text = arena_printf(
                        r->scratch, "%s%s%s", text, words[i + 1] ? ", " : " or ", words[i]);
        return text;
}

static bool read_word(struct reader *r, const struct node *node, const struct field *f, int *out)
{
        for (int i = 0; node->kind == NODE_SCALAR && node->text && f->words[i]; i++)
                if (!strcmp(f->words[i], node->text)) {
                        *out = f->low + i;
                        return true;
                }
        return expected(r, node, "%s for '%s'", listing(r, f->words), f->key);
}

bool read_ref(struct reader *r, const struct node *node, enum noun noun, int *out)
{
        if (node->kind != NODE_SCALAR || !node->text)
                return expected(r, node, "one %s", nouns[noun].name);
        if (is_open(noun) && !text_is_id(node->text))
                return expect_id(r, node, nouns[noun].name);
        int number = resolve(r, noun, node->text, node->at);
        if (number >= 0)
                *out = number;
        return number >= 0;
}

/* ---- lists ---- */

/* A list node of the parts of a cell; all of them lie where the cell does. */
static const struct node *split_cell(struct reader *r, const struct node *cell)
{
        enum { LONGEST = 100000 };
        if (strlen(cell->text) > LONGEST) {
                expected(r, cell, "at most %d bytes", LONGEST);
                return NULL;
        }
        struct node *list = arena_alloc(r->scratch, sizeof *list);
        int parts = 1;
        for (const char *c = cell->text; *c; c++)
                parts += *c == ';';
        list->kind = NODE_LIST;
        list->at = cell->at;
        list->items = arena_array(r->scratch, (size_t)parts, sizeof *list->items);
        for (const char *c = cell->text; c; c = strchr(c, ';') ? strchr(c, ';') + 1 : NULL) {
                struct node *part = arena_alloc(r->scratch, sizeof *part);
                part->at = cell->at;
                part->text = text_trim(r->scratch, c, strcspn(c, ";"));
                if (*part->text)
                        list->items[list->n++] = part;
        }
        return list;
}

const struct node *as_list(
        struct reader *r, const struct node *node, const char *key, enum list_form form)
{
        if (node->kind == NODE_LIST)
                return node;
        if (node->kind == NODE_SCALAR && node->text && form == LIST_OR_CELL)
                return split_cell(r, node);
        if (node->kind != NODE_SCALAR || form != LIST_OR_ONE) {
                expected(r, node, "a list for '%s'", key);
                return NULL;
        }
        struct node *list = arena_alloc(r->scratch, sizeof *list);
        list->kind = NODE_LIST;
        list->at = node->at;
        list->n = 1;
        list->items = arena_array(r->scratch, 1, sizeof *list->items);
        list->items[0] = memcpy(arena_alloc(r->scratch, sizeof *node), node, sizeof *node);
        return list;
}

const struct node *as_section(struct reader *r, const struct node *node, const char *key, int most)
{
        const struct node *list = node ? as_list(r, node, key, LIST_ONLY) : NULL;
        if (!list || list->n <= most)
                return list;
        input_error(
                r, list->items[most]->at, "found %d %s; expected at most %d", list->n, key, most);
        return NULL;
}

/* Whether x is in the list already; long lists are marked in seen. */
static bool listed(const struct ints *list, int x, bool *seen)
{
        if (!seen)
                return ints_has(list, x);
        bool before = seen[x];
        seen[x] = true;
        return before;
}

bool read_refs(struct reader *r, const struct node *node, const struct field *f, struct ints *out)
{
        enum { LINEAR = 32 };
        int before = report_errors(r->rp);
        const struct node *list = as_list(r, node, f->key, f->form);
        if (!list)
                return false;
        struct ints ints = {.given = true};
        ints.v = arena_array(r->pb->arena, (size_t)list->n + 1, sizeof *ints.v);
        size_t range = (size_t)(index_size(noun_index(r, f->noun)) + list->n);
        bool *seen = list->n > LINEAR ? arena_array(r->scratch, range, sizeof *seen) : NULL;
        for (int i = 0; i < list->n; i++) {
                int x = NONE;
                if (!read_ref(r, list->items[i], f->noun, &x))
                        continue;
                if (!listed(&ints, x, seen))
                        ints.v[ints.n++] = x;
                else if (f->once)
                        expected(r, list->items[i], "every %s once in '%s'", nouns[f->noun].name,
                                f->key);
        }
        *out = ints;
        return report_errors(r->rp) == before;
}

bool read_periods(struct reader *r, const struct node *node, const char *key, enum list_form form,
        uint64_t *out)
{
        const struct field f = {.key = key, .noun = PERIOD, .form = form};
        struct ints list = {0};
        bool ok = read_refs(r, node, &f, &list);
        *out = 0;
        for (int i = 0; i < list.n; i++)
                if (list.v[i] < MAX_CELLS)
                        *out |= (uint64_t)1 << list.v[i];
        return ok;
}

static void read_grades(
        struct reader *r, const struct node *node, const char *key, struct ints *out)
{
        const struct node *list = as_list(r, node, key, LIST_ONLY);
        if (!list)
                return;
        struct ints ints = {.given = true};
        ints.v = arena_array(r->pb->arena, (size_t)list->n + 1, sizeof *ints.v);
        for (int i = 0; i < list->n; i++) {
                int grade = 0;
                if (read_whole(r, list->items[i], key, 0, MAX_GRADE, &grade) &&
                        !ints_has(&ints, grade))
                        ints.v[ints.n++] = grade;
        }
        *out = ints;
}

/* ---- maps ---- */

static void read_field(
        struct reader *r, const struct node *node, const struct field *f, void *object)
{
        void *to = (char *)object + f->to;
        switch (f->type) {
        case FIELD_NONE:
        case FIELD_ID:
                break;
        case FIELD_TEXT:
                if (expect_text(r, node, f->key))
                        *(const char **)to = text_line(r->pb->arena, node->text);
                break;
        case FIELD_WHOLE:
                read_whole(r, node, f->key, f->low, f->high, to);
                break;
        case FIELD_DECIMAL:
                read_decimal(r, node, f->key, f->low, f->high, to);
                break;
        case FIELD_BOOLEAN:
                read_boolean(r, node, f->key, to);
                break;
        case FIELD_WORD:
                read_word(r, node, f, to);
                break;
        case FIELD_GRADES:
                read_grades(r, node, f->key, to);
                break;
        case FIELD_REF:
                read_ref(r, node, f->noun, to);
                break;
        case FIELD_REFS:
                read_refs(r, node, f, to);
                break;
        case FIELD_PERIODS:
                read_periods(r, node, f->key, f->form, to);
                break;
        case FIELD_MAP:
                read_map(r, node, f->map, to);
                break;
        case FIELD_OTHER:
                f->read(r, node, object);
                break;
        }
}

static int find_field(const struct mapping *map, const char *key)
{
        for (int i = 0; i < map->n; i++)
                if (!strcmp(map->fields[i].key, key))
                        return i;
        return -1;
}

static void unknown_key(struct reader *r, const struct node *key, const struct mapping *map)
{
        if (only_counted(r, key->at))
                return;
        struct index *known = index_new();
        const char **words = arena_array(r->scratch, (size_t)map->n + 1, sizeof *words);
        for (int i = 0; i < map->n; i++) {
                words[i] = map->fields[i].key;
                index_add(known, words[i]);
        }
        const char *hint = did_you_mean(r, known, key->text);
        input_error(r, key->at, "found unknown key %s in %s; expected %s%s", quoted(r, key->text),
                map->what, *hint ? "a known key" : listing(r, words), hint);
        index_free(known);
}

void read_map(struct reader *r, const struct node *node, const struct mapping *map, void *object)
{
        uint64_t present = 0;
        if (!expect_map(r, node, map->what))
                return;
        for (int i = 0; i < node->n; i++) {
                const struct node *key = node->keys[i], *value = node->items[i];
                int f = find_field(map, key->text);
                if (f < 0) {
                        if (!map->other || !map->other(r, key, value, object))
                                unknown_key(r, key, map);
                        continue;
                }
                if (node_omitted(value) && !map->fields[f].null_counts)
                        continue;
                present |= (uint64_t)1 << f;
                read_field(r, value, &map->fields[f], object);
        }
        for (int f = 0; f < map->n; f++)
                if (map->fields[f].required && !(present >> f & 1))
                        input_error(r, node->at, "found no '%s' in %s; expected one",
                                map->fields[f].key, map->what);
}
