/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/collect.h"
#include "io/file.h"
#include "io/json_read.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Room for one more in an arena array that doubles when it is full. */
static void *room_for(struct arena *a, void *v, int n, size_t size)
{
        if (n & (n - 1))
                return v;
        char *more = arena_array(a, n ? 2 * (size_t)n : 1, size);
        if (n)
                memcpy(more, v, (size_t)n * size);
        return more;
}

static void read_scenario(struct collected *c, struct json_in *in)
{
        struct collected_scenario x = {"", ""};
        const char *key;

        for (json_open_object(in); json_more_keys(in, &key);) {
                if (!strcmp(key, "id"))
                        x.id = json_get_text(in);
                else if (!strcmp(key, "title"))
                        x.title = json_get_text(in);
                else
                        json_skip(in);
        }
        c->scenarios = room_for(c->arena, c->scenarios, c->n_scenarios, sizeof x);
        c->scenarios[c->n_scenarios++] = x;
}

static void read_school(struct collected *c, struct json_in *in)
{
        struct collected_school x = {"", "", 0, NULL};
        const char *key;

        for (json_open_object(in); json_more_keys(in, &key);) {
                if (!strcmp(key, "id"))
                        x.id = json_get_text(in);
                else if (!strcmp(key, "scenario"))
                        x.scenario = json_get_text(in);
                else if (strcmp(key, "notes") != 0)
                        json_skip(in);
                else
                        for (json_open_list(in); json_more(in);) {
                                x.notes = room_for(c->arena, x.notes, x.n_notes, sizeof *x.notes);
                                x.notes[x.n_notes++] = json_get_text(in);
                        }
        }
        c->schools = room_for(c->arena, c->schools, c->n_schools, sizeof x);
        c->schools[c->n_schools++] = x;
}

/* The first line of a cell's .failed, or of its school's. */
static const char *read_why(struct arena *a, const char *path)
{
        char line[400];
        FILE *f = fopen(path, "re");
        const char *why = NULL;

        if (f && fgets(line, sizeof line, f)) {
                line[strcspn(line, "\n")] = 0;
                why = arena_strdup(a, line);
        }
        if (f)
                fclose(f);
        return why;
}

static void look_for(
        struct collected *c, const char *dir, struct collected_cell *x, const char *key)
{
        struct arena *a = c->arena;

        x->dir = arena_printf(a, "%s/cells/%s/%s/seed-%d", dir, x->school, x->scenario, x->seed);
        x->input = arena_printf(a, "%s/schools/%s/%s/school.yaml", dir, x->school, x->scenario);
        if (key && cell_is_done(x->dir, key)) {
                x->found = FOUND_DONE;
                return;
        }
        x->why = read_why(
                a, arena_printf(a, "%s/schools/%s/%s.failed", dir, x->school, x->scenario));
        if (!x->why)
                x->why = read_why(a, arena_printf(a, "%s.failed", x->dir));
        x->found = x->why ? FOUND_FAILED : FOUND_MISSING;
}

static void read_cell(struct collected *c, const char *dir, struct json_in *in)
{
        struct collected_cell x = {.school = "", .scenario = ""};
        const char *key, *hash = NULL;

        for (json_open_object(in); json_more_keys(in, &key);) {
                if (!strcmp(key, "school"))
                        x.school = json_get_text(in);
                else if (!strcmp(key, "scenario"))
                        x.scenario = json_get_text(in);
                else if (!strcmp(key, "seed"))
                        x.seed = json_get_int(in);
                else if (!strcmp(key, "key"))
                        hash = json_get_text_or_null(in);
                else
                        json_skip(in);
        }
        if (!is_folder_name(x.school) || !is_folder_name(x.scenario)) {
                json_fail(in, "found a cell with a name that names no folder");
                return;
        }
        look_for(c, dir, &x, hash);
        c->n_found[x.found]++;
        c->cells = room_for(c->arena, c->cells, c->n_cells, sizeof x);
        c->cells[c->n_cells++] = x;
}

bool collect_is_batch(const char *dir)
{
        struct arena *a = arena_new();
        bool is = !access(arena_printf(a, "%s/batch.json", dir), F_OK);

        arena_free(a);
        return is;
}

bool collect_read(struct collected *c, const char *dir, struct report *rp)
{
        *c = (struct collected){.arena = arena_new()};
        const char *path = arena_printf(c->arena, "%s/batch.json", dir), *key;
        size_t size = 0;
        char *bytes = file_read(path, (size_t)64 << 20, &size, (struct place){.file = path}, rp);
        struct json_in in;

        if (!bytes)
                return false;
        json_in_init(&in, path, bytes, size, c->arena, rp);
        for (json_open_object(&in); json_more_keys(&in, &key);) {
                bool scenarios = !strcmp(key, "scenarios"), schools = !strcmp(key, "schools");
                if (!scenarios && !schools && strcmp(key, "cells") != 0) {
                        json_skip(&in);
                        continue;
                }
                for (json_open_list(&in); json_more(&in);) {
                        if (scenarios)
                                read_scenario(c, &in);
                        else if (schools)
                                read_school(c, &in);
                        else
                                read_cell(c, dir, &in);
                }
        }
        bool ok = json_finish(&in);
        mem_free(bytes);
        return ok;
}

void collected_release(struct collected *c)
{
        arena_free(c->arena);
}
