/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain.json carried into the page as it is; the script shows the members that it knows. */
#include "io/file.h"
#include "io/json_read.h"
#include "io/page_parts.h"
#include <string.h>

enum { MAX_EXPLAIN = 256 << 20, MAX_COURSES_TOLD = 64 };

static void copy(struct json_in *in, struct json_out *o, const char *key);

/*
 * Grids are most of the file: here the student, [id, row ...], a row [course, section ...] and a
 * section [number, obstacle ...], an obstacle its code or, where classes are in the way, their
 * list.
 */
static void copy_obstacle(struct json_in *in, struct json_out *o)
{
        const char *key, *code = "", *courses[MAX_COURSES_TOLD];
        int n = 0;

        for (json_open_object(in); json_more_keys(in, &key);) {
                if (!strcmp(key, "code")) {
                        code = json_get_text(in);
                } else if (!strcmp(key, "courses")) {
                        for (json_open_list(in); json_more(in);) {
                                const char *id = json_get_text(in);
                                if (n < MAX_COURSES_TOLD)
                                        courses[n++] = id;
                        }
                } else {
                        json_skip(in);
                }
        }
        if (strcmp(code, "overlap") || !n) {
                json_text(o, NULL, code);
                return;
        }
        json_begin_flat(o, NULL, '[');
        for (int i = 0; i < n; i++)
                json_text(o, NULL, courses[i]);
        json_end(o, ']');
}

/* The object's members in one list: first the one of key `name`, then those of the list `rest`. */
static void copy_flat(struct json_in *in, struct json_out *o, const char *name, const char *rest,
        void each(struct json_in *, struct json_out *))
{
        const char *key;

        json_begin_flat(o, NULL, '[');
        for (json_open_object(in); json_more_keys(in, &key);) {
                if (!strcmp(key, name))
                        copy(in, o, NULL);
                else if (strcmp(key, rest))
                        json_skip(in);
                else
                        for (json_open_list(in); json_more(in);)
                                each(in, o);
        }
        json_end(o, ']');
}

static void copy_spot(struct json_in *in, struct json_out *o)
{
        copy_flat(in, o, "section", "blocked_by", copy_obstacle);
}

static void copy_row(struct json_in *in, struct json_out *o)
{
        copy_flat(in, o, "course", "sections", copy_spot);
}

static void copy_grids(struct json_in *in, struct json_out *o)
{
        json_begin_flat(o, "grids", '[');
        for (json_open_list(in); json_more(in);)
                copy_flat(in, o, "student", "rows", copy_row);
        json_end(o, ']');
}

static void copy_object(struct json_in *in, struct json_out *o, const char *key)
{
        const char *name;

        json_begin_flat(o, key, '{');
        for (json_open_object(in); json_more_keys(in, &name);) {
                if (strcmp(name, "grids"))
                        copy(in, o, name);
                else
                        copy_grids(in, o);
        }
        json_end(o, '}');
}

static void copy_list(struct json_in *in, struct json_out *o, const char *key)
{
        json_begin_flat(o, key, '[');
        for (json_open_list(in); json_more(in);)
                copy(in, o, NULL);
        json_end(o, ']');
}

static void copy(struct json_in *in, struct json_out *o, const char *key)
{
        enum json_kind kind = json_kind(in);

        switch (kind) {
        case JSON_OBJECT:
                copy_object(in, o, key);
                break;
        case JSON_LIST:
                copy_list(in, o, key);
                break;
        case JSON_TEXT:
                json_text(o, key, json_get_text(in));
                break;
        case JSON_NUMBER:
                json_real(o, key, json_get_number(in));
                break;
        case JSON_TRUE:
        case JSON_FALSE:
                json_skip(in);
                json_bool(o, key, kind == JSON_TRUE);
                break;
        default:
                json_skip(in);
                json_null(o, key);
        }
}

/* Why the file is left out: damaged, or of another schedule; or NULL. */
static const char *trouble(
        const struct page *page, const char *bytes, size_t size, struct place *at)
{
        struct arena *a = arena_new();
        struct report *rp = report_new();
        struct json_in in;
        const char *key;
        bool ok = true;

        json_in_init(&in, page->explain, bytes, size, a, rp);
        for (json_open_object(&in); json_more_keys(&in, &key);) {
                if (!strcmp(key, "schedule_sha256") && json_kind(&in) == JSON_TEXT)
                        ok = !page->sha256 || !strcmp(json_get_text(&in), page->sha256);
                else
                        json_skip(&in);
        }
        bool whole = json_finish(&in) && report_errors(rp) == 0;
        if (!whole && report_errors(rp)) {
                at->line = report_message(rp, 0)->at.line;
                at->column = report_message(rp, 0)->at.column;
        }
        report_free(rp);
        arena_free(a);
        return !whole ? "is damaged; left out, 'msched explain' makes it anew"
               : !ok  ? "explains another schedule; left out"
                      : NULL;
}

bool page_explain(struct json_out *o, const struct page *page, struct report *rp)
{
        size_t size;

        /* Its sentences and fixes name students. */
        if (!page->explain || !page->students)
                return true;
        char *bytes = file_read(
                page->explain, MAX_EXPLAIN, &size, (struct place){.file = page->explain}, rp);
        if (!bytes)
                return false;
        struct place at = {.file = page->explain};
        const char *why = trouble(page, bytes, size, &at);
        if (why) {
                report_warn(rp, at, "%s", why);
                mem_free(bytes);
                return true;
        }
        struct arena *a = arena_new();
        struct json_in in;
        json_in_init(&in, page->explain, bytes, size, a, rp);
        copy(&in, o, "explain");
        bool ok = json_finish(&in);
        arena_free(a);
        mem_free(bytes);
        return ok;
}
