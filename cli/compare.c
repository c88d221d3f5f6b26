/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/compare.h"
#include "batch/collect.h"
#include "cli/cli.h"
#include "cli/plan.h"
#include "io/file.h"
#include "io/json_read.h"
#include "io/schedule_json.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MIN_CELL = 10 };

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "DIR", output,
                "write compare.html, .csv, .json there; of a plan: solve there"),
        FLAG_INT('j', "jobs", "N", jobs, "cells solved at a time (one for each core)"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files must lie under"),
        FLAG_SWITCH(0, "no-students", no_students, "name no student, leave small groups out"),
        FLAG_INT(0, "min-cell", "N", min_cell, "with --no-students: the smallest group shown (10)"),
        FLAG_SWITCH(0, "json", json, "the comparison as a JSON object"),
        FLAG_SWITCH(0, "csv", csv, "the comparison as a table, a line for each number"),
        FLAG_SWITCH(0, "redact", redact, "no student ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
};

struct comparing {
        const struct call *call;
        struct compared *c;
        struct report *rp;
};

/* ---- batches ---- */

static const struct collected_school *school_of(
        const struct collected *all, const struct collected_cell *cell)
{
        for (int i = 0; i < all->n_schools; i++) {
                if (!strcmp(all->schools[i].id, cell->school) &&
                        !strcmp(all->schools[i].scenario, cell->scenario))
                        return &all->schools[i];
        }
        return NULL;
}

static const char *title_of(const struct collected *all, const char *scenario)
{
        for (int i = 0; i < all->n_scenarios; i++) {
                if (!strcmp(all->scenarios[i].id, scenario))
                        return all->scenarios[i].title;
        }
        return scenario;
}

static void copy_notes(
        struct comparing *m, struct compared_scenario *to, const struct collected_school *from)
{
        const char **notes =
                arena_array(m->c->arena, from ? (size_t)from->n_notes + 1 : 1, sizeof *notes);

        for (int i = 0; from && i < from->n_notes; i++)
                notes[i] = arena_strdup(m->c->arena, from->notes[i]);
        to->n_notes = from ? from->n_notes : 0;
        to->notes = notes;
}

static void add_batch(struct comparing *m, const char *dir)
{
        struct collected all;

        if (collect_read(&all, dir, m->rp)) {
                for (int i = 0; i < all.n_cells; i++) {
                        const struct collected_cell *cell = &all.cells[i];
                        struct compared_scenario *to = compare_scenario(
                                m->c, cell->school, cell->scenario, title_of(&all, cell->scenario));
                        copy_notes(m, to, school_of(&all, cell));
                        if (cell->found == FOUND_DONE)
                                compare_add(m->c, to, cell->dir, cell->input, NULL, m->rp);
                        else
                                to->failed++;
                }
        }
        collected_release(&all);
}

/* ---- folders of solve ---- */

struct solved { /* what input.json says */
        const char *school, *root, *sha256;
};

static bool read_input(struct comparing *m, const char *dir, struct solved *s)
{
        struct arena *a = m->c->arena;
        const char *path = arena_printf(a, "%s/input.json", dir), *key;
        size_t size = 0;
        char *bytes = file_read(path, 1 << 20, &size, (struct place){.file = path}, m->rp);
        struct json_in in;

        *s = (struct solved){0};
        if (!bytes)
                return false;
        json_in_init(&in, path, bytes, size, a, m->rp);
        for (json_open_object(&in); json_more_keys(&in, &key);) {
                if (!strcmp(key, "school"))
                        s->school = json_get_text(&in);
                else if (!strcmp(key, "root"))
                        s->root = json_get_text_or_null(&in);
                else if (!strcmp(key, "sha256"))
                        s->sha256 = json_get_text(&in);
                else
                        json_skip(&in);
        }
        mem_free(bytes);
        if (!json_finish(&in))
                return false;
        return (s->school && s->sha256) ||
               report_error(m->rp, ERROR_INPUT, (struct place){.file = path},
                       "found no 'school' and 'sha256'; expected the input.json of a solve");
}

/* Schedules of one school and one way to search, seed and clock apart, are runs of one scenario. */
static const char *way_of(struct comparing *m, const char *dir, const struct solved *s)
{
        static const char *const apart[] = {"seed", "threads", "time_limit", "work_limit"};
        struct problem *nobody = problem_new();
        struct arena *a = m->c->arena;
        struct answer *an = answer_read(nobody, arena_printf(a, "%s/schedule.json", dir), m->rp);
        const char *way = s->sha256;

        for (int i = 0; an && i < an->n_options; i++) {
                bool counts = true;
                for (size_t k = 0; k < sizeof apart / sizeof apart[0]; k++)
                        counts = counts && strcmp(an->options[i].name, apart[k]) != 0;
                if (counts)
                        way = arena_printf(
                                a, "%s %s=%s", way, an->options[i].name, an->options[i].value);
        }
        answer_free(an);
        problem_free(nobody);
        return way;
}

/* The last `parts` parts of a path. */
static const char *path_end(struct arena *a, const char *dir, int parts)
{
        size_t n = strlen(dir), at;

        while (n > 1 && dir[n - 1] == '/')
                n--;
        for (at = n; at > 0 && (dir[at - 1] != '/' || --parts > 0);)
                at--;
        return at == n ? dir : arena_strndup(a, dir + at, n - at);
}

/* As much of the end of the path as no other folder that is compared has, too. */
static const char *bare_name(struct comparing *m, const char *dir)
{
        enum { MOST_PARTS = 8 };
        const char *name = NULL;

        for (int parts = 1; parts <= MOST_PARTS; parts++) {
                int same = 0;
                name = path_end(m->c->arena, dir, parts);
                for (int i = 0; i < m->call->n_args; i++)
                        same += !strcmp(name, path_end(m->c->arena, m->call->args[i], parts));
                if (same <= 1)
                        break;
        }
        return name;
}

static void add_solved(struct comparing *m, const char *dir)
{
        struct solved s;

        if (!read_input(m, dir, &s))
                return;
        const char *way = way_of(m, dir, &s);
        struct compared_scenario *to =
                compare_scenario(m->c, "schedules", way, bare_name(m, dir));
        compare_add(m->c, to, dir, s.school, s.root, m->rp);
}

/* ---- plans ---- */

static int solve_plan(const struct call *call, const char *file)
{
        struct report *rp = report_new();
        struct plan *p = plan_read(file, call->set.root, rp);
        const struct words *words = p ? plan_words(p, rp) : NULL;
        struct batch b = {0};
        bool ready = words && batch_init(&b, p, call->set.output, MSCHED_VERSION, words, rp);
        b.redact = call->set.redact;
        int code = messages_end(rp);
        long cores = sysconf(_SC_NPROCESSORS_ONLN);

        if (ready)
                code = plan_solve(call, &b,
                        call->set.jobs ? call->set.jobs
                        : cores > 0    ? (int)cores
                                       : 1);
        if (b.arena)
                batch_release(&b);
        plan_free(p);
        return code;
}

/* ---- the verb ---- */

static bool is_folder(const char *path)
{
        struct stat st;

        return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static int take(struct comparing *m, const char *arg)
{
        int code = EXIT_DONE;

        if (is_folder(arg) && collect_is_batch(arg)) {
                add_batch(m, arg);
        } else if (is_folder(arg)) {
                add_solved(m, arg);
        } else if (access(arg, F_OK)) {
                fprintf(stderr, "%s: there is no such file or folder\n", arg);
                return EXIT_INPUT;
        } else if (!m->call->set.output) {
                fputs("msched: a plan or scenario file needs -o DIR, where it is solved; see "
                      "'msched compare --help'\n",
                        stderr);
                return EXIT_INPUT;
        } else {
                code = solve_plan(m->call, arg);
                if (code == EXIT_DONE || code == EXIT_CELLS)
                        add_batch(m, m->call->set.output);
        }
        return code;
}

static void deliver(struct comparing *m)
{
        const struct call *call = m->call;
        struct compare_style style = {.students = !call->set.no_students,
                .min_cell = call->set.min_cell ? call->set.min_cell : MIN_CELL};

        compare_finish(m->c);
        for (int i = 0; i < m->c->n_owned; i++)
                if (m->c->owned[i].pb)
                        messages_know_more(m->c->owned[i].pb->student_ids);
        file_guard_read();
        if (call->set.output && !compare_write(m->c, style, call->set.output, m->rp))
                return;
        if (call->set.json)
                compare_json(m->c, style, stdout);
        else if (call->set.csv)
                compare_csv(m->c, style, stdout);
        else if (!call->set.quiet)
                compare_text(m->c, style, stdout);
        if (call->set.output && !call->set.quiet && !call->set.json && !call->set.csv)
                printf("%s/compare.html\n", call->set.output);
}

static int run(struct call *call)
{
        struct compared c;
        struct comparing m = {call, &c, report_new()};
        int worst = EXIT_DONE;

        compare_init(&c);
        for (int i = 0; i < call->n_args; i++) {
                int code = take(&m, call->args[i]);
                worst = worst == EXIT_DONE || code == EXIT_INPUT ? code : worst;
        }
        bool stopped = worst != EXIT_DONE && worst != EXIT_CELLS;
        if (!report_errors(m.rp) && !stopped)
                deliver(&m);
        int code = messages_end(m.rp);
        compare_release(&c);
        return code != EXIT_DONE ? code : worst;
}

const struct verb verb_compare = {
        .name = "compare",
        .args = "FILE|DIR... [-o DIR] [options]",
        .what = "scenarios side by side: proven, found, or noise",
        .more = "Compare the results of a batch, or of several folders that solve wrote (the "
                "first\n"
                "is the base, the others are told by school and options, seeds are runs of one).\n"
                "A plan or scenario file is solved first, into -o DIR, where cells that are there\n"
                "already stay. Prints tables; with -o writes a page, a CSV and a JSON file too.",
        .min_args = 1,
        .max_args = 1000,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
