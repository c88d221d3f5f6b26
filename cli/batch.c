/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/slurm.h"
#include "cli/cli.h"
#include "cli/plan.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "DIR", output, "where schools and results go"),
        FLAG_INT('j', "jobs", "N", jobs, "cells solved at a time (one for each core)"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files must lie under"),
        FLAG_SWITCH(0, "list", list, "write the schools, print the cells, solve nothing"),
        FLAG_TEXT(0, "cell", "NAME", cell, "solve this cell alone, after --list or --slurm"),
        FLAG_SWITCH(0, "slurm", slurm, "submit the cells as a Slurm job array"),
        FLAG_TEXT(0, "partition", "P", partition, "of Slurm"),
        FLAG_INT(0, "cells-per-task", "N", cells_per_task, "of a Slurm job array"),
        FLAG_SWITCH(
                0, "write-only", write_only, "with --slurm: write DIR/slurm.sh, submit nothing"),
        FLAG_TEXT(0, "task", "I", task, "solve the cells of task I of the array"),
        FLAG_SWITCH(0, "redact", redact, "no student ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "failures and errors alone"),
        FLAG_SWITCH('v', "verbose", verbose, "cells that were done before, too"),
};

static int usage(const char *text)
{
        fprintf(stderr, "msched: %s; see 'msched batch --help'\n", text);
        return EXIT_INPUT;
}

static int cores(void)
{
        long n = sysconf(_SC_NPROCESSORS_ONLN);

        return n > 0 && n < 1000 ? (int)n : 1;
}

/* ---- for other programs to run the cells ---- */

static int prepare(const struct call *call, struct batch *b)
{
        struct report *rp = report_new(), *schools = report_new();
        int lock = batch_lock(b, rp);

        if (lock >= 0) {
                batch_prepare(b, call->set.root, schools, rp);
                close(lock);
        }
        messages_end(schools);
        return messages_end(rp);
}

static int list(const struct call *call, struct batch *b)
{
        int code = prepare(call, b);

        for (int i = 0; code == EXIT_DONE && i < b->plan->n_cells; i++)
                puts(b->plan->cells[i].name);
        return code;
}

static int submit(const struct call *call, struct batch *b)
{
        struct slurm s = {.partition = call->set.partition,
                .root = call->set.root,
                .cells_per_task = call->set.cells_per_task,
                .threads = plan_threads(&b->options[0])};
        int code = prepare(call, b);

        if (code != EXIT_DONE)
                return code;
        struct report *rp = report_new();
        const char *script = slurm_write(b, &s, rp), *job = NULL;
        if (script && !call->set.write_only)
                job = slurm_submit(b, script, rp);
        if (script && !call->set.quiet)
                printf("%s\n", call->set.write_only ? script : job ? job : "");
        return messages_end(rp);
}

/* ---- some cells ---- */

/* The cells of a task: --cells-per-task of them, in the order of the plan. */
static int of_task(const struct call *call, struct batch *b, int *cells)
{
        const char *text = call->set.task;
        int per_task = call->set.cells_per_task ? call->set.cells_per_task : 1, n = 0;
        char *end;
        long task = strtol(text, &end, 10);

        if (*end || !*text || task < 0)
                return 0;
        for (long i = task * per_task; n < per_task && i < b->plan->n_cells; i++)
                cells[n++] = (int)i;
        return n;
}

static int run_some(const struct call *call, struct batch *b)
{
        int *cells = arena_array(b->arena, (size_t)b->plan->n_cells, sizeof *cells), n = 0;

        if (call->set.cell) {
                cells[0] = plan_find(b->plan, call->set.cell);
                n = cells[0] >= 0;
        } else {
                n = of_task(call, b, cells);
        }
        if (!n)
                return usage(call->set.cell ? "no cell has that name"
                                            : "no task of the array has that number");
        return plan_run(call, b, call->set.jobs ? call->set.jobs : 1, cells, n);
}

/* ---- the verb ---- */

static int start(const struct call *call, struct batch *b)
{
        if (call->set.list)
                return list(call, b);
        if (call->set.slurm)
                return submit(call, b);
        if (call->set.cell || call->set.task)
                return run_some(call, b);
        return plan_solve(call, b, call->set.jobs ? call->set.jobs : cores());
}

static int run(struct call *call)
{
        struct report *rp = report_new();

        if (!call->set.output) {
                report_free(rp);
                return usage("batch needs -o DIR");
        }
        signal(SIGPIPE, SIG_IGN);
        struct plan *p = plan_read(call->args[0], call->set.root, rp);
        const struct words *words = p ? plan_words(p, rp) : NULL;
        struct batch b = {0};
        bool ready = words && batch_init(&b, p, call->set.output, MSCHED_VERSION, words, rp);
        b.redact = call->set.redact;
        int code = messages_end(rp);
        if (ready)
                code = start(call, &b);
        if (b.arena)
                batch_release(&b);
        plan_free(p);
        return code;
}

const struct verb verb_batch = {
        .name = "batch",
        .args = "PLAN.yaml -o DIR [-j N] [options]",
        .what = "solve many schools, scenarios and seeds",
        .more = "Solve every cell of a plan (schools x scenarios x seeds), each in a process of "
                "its\n"
                "own. A result is written whole or not at all; run again, only cells that are\n"
                "missing or whose input changed are solved. A failing cell stops nothing (exit 5\n"
                "at the end); a signal stops it all (exit 75: run it again to go on). --list and\n"
                "--cell are for GNU parallel and its like, --slurm is for clusters.",
        .min_args = 1,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
