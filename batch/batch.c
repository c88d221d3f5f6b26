/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/batch.h"
#include "io/file.h"
#include "io/json_write.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* ---- the folder ---- */

static const char *real_path(struct arena *a, const char *path)
{
        char *real = realpath(path, NULL);
        const char *copy = real ? arena_strdup(a, real) : NULL;

        free(real);
        return copy;
}

static const char *own_program(struct arena *a, struct report *rp)
{
        const char *path = real_path(a, "/proc/self/exe");

        if (!path)
                report_error(rp, ERROR_SYSTEM, (struct place){0}, "cannot find the program: %s",
                        strerror(errno));
        return path;
}

bool batch_init(struct batch *b, const struct plan *plan, const char *dir, const char *version,
        const struct words *options, struct report *rp)
{
        *b = (struct batch){
                .arena = arena_new(), .plan = plan, .version = version, .options = options};
        if (!dir_make(dir, rp))
                return false;
        b->dir = real_path(b->arena, dir);
        if (!b->dir)
                return report_error(rp, ERROR_SYSTEM, (struct place){.file = dir},
                        "cannot use the folder: %s", strerror(errno));
        b->program = own_program(b->arena, rp);
        int n = plan->n_schools * plan->n_scenarios;
        b->inputs = arena_array(b->arena, (size_t)n, sizeof *b->inputs);
        for (int i = 0; i < n; i++) {
                struct input *in = &b->inputs[i];
                in->dir = arena_printf(b->arena, "%s/schools/%s/%s", b->dir,
                        plan->schools[i / plan->n_scenarios].id,
                        plan_scenario_id(plan, i % plan->n_scenarios));
                in->ready = !access(arena_printf(b->arena, "%s/school.yaml", in->dir), R_OK);
        }
        return b->program != NULL;
}

void batch_release(struct batch *b)
{
        arena_free(b->arena);
}

struct input *batch_input(const struct batch *b, const struct cell *c)
{
        return &b->inputs[c->school * b->plan->n_scenarios + c->scenario];
}

const char *batch_cell_dir(const struct batch *b, const struct cell *c)
{
        return arena_printf(b->arena, "%s/cells/%s", b->dir, c->name);
}

int batch_lock(const struct batch *b, struct report *rp)
{
        int fd = open(b->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
                report_error(rp, ERROR_INPUT, (struct place){.file = b->dir},
                        "another batch is at work in this folder");
                close(fd);
                return -1;
        }
        if (fd < 0)
                report_error(rp, ERROR_SYSTEM, (struct place){.file = b->dir},
                        "cannot open the folder: %s", strerror(errno));
        return fd;
}

void batch_sweep(const struct batch *b)
{
        const struct plan *p = b->plan;

        sweep_folder(b->dir);
        for (int s = 0; s < p->n_schools; s++) {
                const char *id = p->schools[s].id;
                sweep_folder(arena_printf(b->arena, "%s/schools/%s", b->dir, id));
                for (int x = 0; x < p->n_scenarios; x++)
                        sweep_folder(arena_printf(
                                b->arena, "%s/cells/%s/%s", b->dir, id, plan_scenario_id(p, x)));
        }
}

/* ---- schools ---- */

static const char *const input_files[] = {
        "school.yaml", "students.csv", "requests.csv", "previous.json"};
enum { INPUT_FILES = sizeof input_files / sizeof input_files[0] };

/* Hash of the files of an input, with their names; false if there is no school. */
static bool hash_input(const char *dir, char hex[KEY_SIZE])
{
        struct arena *a = arena_new();
        struct sha256 *h = sha256_new();
        struct report *unheard = report_new();
        bool school = false;

        for (int i = 0; i < INPUT_FILES; i++) {
                const char *path = arena_printf(a, "%s/%s", dir, input_files[i]);
                size_t size = 0;
                char *bytes = access(path, R_OK) ? NULL
                                                 : file_read(path, (size_t)1 << 30, &size,
                                                           (struct place){0}, unheard);
                if (!bytes)
                        continue;
                const char *head = arena_printf(a, "%s %zu\n", input_files[i], size);
                sha256_add(h, head, strlen(head));
                sha256_add(h, bytes, size);
                mem_free(bytes);
                school = school || i == 0;
        }
        sha256_end(h, hex);
        report_free(unheard);
        arena_free(a);
        return school;
}

bool cell_key(const struct batch *b, const struct cell *c, char key[KEY_SIZE])
{
        struct input *in = batch_input(b, c);
        const struct words *options = &b->options[c->scenario];
        struct sha256 *h;

        if (!in->sha256[0] && !hash_input(in->dir, in->sha256)) {
                in->sha256[0] = 0;
                return false;
        }
        h = sha256_new();
        const char *head = arena_printf(
                b->arena, "msched %s\ninput %s\nseed %d\n", b->version, in->sha256, c->seed);
        sha256_add(h, head, strlen(head));
        for (int i = 0; i < options->n; i++) {
                sha256_add(h, options->v[i], strlen(options->v[i]));
                sha256_add(h, "\n", 1);
        }
        sha256_end(h, key);
        return true;
}

/* The messages as cli prints them, for a file. */
static void print_messages(struct report *rp, FILE *f)
{
        for (int i = 0; i < report_count(rp); i++) {
                const struct message *m = report_message(rp, i);
                if (m->warning)
                        continue;
                fprintf(f, "%s", m->at.file ? m->at.file : "msched");
                if (m->at.line)
                        fprintf(f, ":%d:%d", m->at.line, m->at.column);
                fprintf(f, ": %s\n", m->text);
        }
}

static void tell_failure(const struct batch *b, const struct input *in, struct report *found,
        struct report *rp_school, struct report *rp)
{
        struct file_out *out = file_create(arena_printf(b->arena, "%s.failed", in->dir), 0600, rp);

        for (int i = 0; i < report_count(found); i++) {
                const struct message *m = report_message(found, i);
                if (!m->warning)
                        report_error(rp_school, m->kind, m->at, "%s", m->text);
        }
        if (!out)
                return;
        print_messages(found, file_stream(out));
        file_commit(out, rp);
}

/* The school under a temporary name; then in place, if it is another than the one there. */
static bool place_school(const struct variant *v, struct input *in, struct report *rp)
{
        struct arena *a = arena_new();
        struct folder f;
        char fresh[KEY_SIZE], old[KEY_SIZE];
        bool ok = false;

        if (folder_open(&f, a, in->dir, rp) == FOLDER_OPEN) {
                const char *path = arena_printf(a, "%s/school", f.temporary);
                ok = variant_write(v, path, rp);
                hash_input(path, fresh);
                if (!ok || (hash_input(in->dir, old) && !strcmp(fresh, old)))
                        folder_abandon(&f);
                else
                        ok = folder_commit(&f, "school", rp);
        } else if (!report_errors(rp)) {
                report_error(rp, ERROR_SYSTEM, (struct place){.file = in->dir},
                        "another process writes this school");
        }
        arena_free(a);
        return ok;
}

static bool make_input(struct batch *b, int school, int scenario, const char *root,
        struct report *rp_school, struct report *rp)
{
        const struct plan *p = b->plan;
        struct input *in = &b->inputs[school * p->n_scenarios + scenario];
        struct report *found = report_new();
        struct variant v;
        bool ok = true;

        in->sha256[0] = 0;
        in->ready = variant_build(&v, p->scenarios, scenario, p->schools[school].path,
                p->schools[school].at, root, found);
        if (in->ready) {
                ok = place_school(&v, in, rp);
                unlink(arena_printf(b->arena, "%s.failed", in->dir));
        } else {
                remove_tree(in->dir);
                tell_failure(b, in, found, rp_school, rp);
        }
        variant_release(&v);
        report_free(found);
        return ok && !report_errors(rp);
}

/* ---- batch.json ---- */

static void print_notes(const char *dir, struct json_out *o)
{
        struct arena *a = arena_new();
        FILE *f = fopen(arena_printf(a, "%s/school.yaml", dir), "re");
        char line[1000];

        json_begin(o, "notes", '[');
        while (f && fgets(line, sizeof line, f) && line[0] == '#') {
                line[strcspn(line, "\n")] = 0;
                json_text(o, NULL, line + (line[1] == ' ' ? 2 : 1));
        }
        json_end(o, ']');
        if (f)
                fclose(f);
        arena_free(a);
}

static void print_plan(const struct batch *b, FILE *to)
{
        const struct plan *p = b->plan;
        struct json_out o = {.to = to};
        char key[KEY_SIZE];

        json_begin(&o, NULL, '{');
        json_text(&o, "format", "msched-batch/1");
        json_begin(&o, "scenarios", '[');
        for (int x = 0; x < p->n_scenarios; x++) {
                json_begin(&o, NULL, '{');
                json_text(&o, "id", plan_scenario_id(p, x));
                json_text(&o, "title", plan_scenario_title(p, x));
                json_end(&o, '}');
        }
        json_end(&o, ']');
        json_begin(&o, "schools", '[');
        for (int i = 0; i < p->n_schools * p->n_scenarios; i++) {
                json_begin(&o, NULL, '{');
                json_text(&o, "id", p->schools[i / p->n_scenarios].id);
                json_text(&o, "scenario", plan_scenario_id(p, i % p->n_scenarios));
                print_notes(b->inputs[i].dir, &o);
                json_end(&o, '}');
        }
        json_end(&o, ']');
        json_begin(&o, "cells", '[');
        for (int i = 0; i < p->n_cells; i++) {
                const struct cell *c = &p->cells[i];
                bool there = cell_key(b, c, key);
                json_begin_flat(&o, NULL, '{');
                json_text(&o, "school", p->schools[c->school].id);
                json_text(&o, "scenario", plan_scenario_id(p, c->scenario));
                json_int(&o, "seed", c->seed);
                json_text(&o, "key", there ? key : NULL);
                json_end(&o, '}');
        }
        json_end(&o, ']');
        json_end(&o, '}');
}

bool batch_prepare(struct batch *b, const char *root, struct report *rp_school, struct report *rp)
{
        const struct plan *p = b->plan;

        for (int s = 0; s < p->n_schools; s++) {
                if (!dir_make(
                            arena_printf(b->arena, "%s/schools/%s", b->dir, p->schools[s].id), rp))
                        return false;
                for (int x = 0; x < p->n_scenarios; x++) {
                        if (!make_input(b, s, x, root, rp_school, rp))
                                return false;
                }
        }
        struct file_out *out =
                file_create(arena_printf(b->arena, "%s/batch.json", b->dir), 0600, rp);
        if (!out)
                return false;
        print_plan(b, file_stream(out));
        return file_commit(out, rp);
}
