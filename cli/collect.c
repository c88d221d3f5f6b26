/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/collect.h"
#include "cli/cli.h"
#include "cli/plan.h"
#include "io/json_write.h"
#include "io/schedule_json.h"
#include <string.h>

static const struct flag flags[] = {
        FLAG_SWITCH(0, "json", json, "the cells as a JSON object"),
        FLAG_SWITCH(0, "csv", csv, "the cells as a table for a spreadsheet"),
        FLAG_SWITCH(0, "redact", redact, "no student ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "nothing but the exit code and errors"),
};

static const char *const status_names[] = {"optimal", "feasible", "interrupted"};

static const char *status_of(const struct answer *an)
{
        return an->status >= 0 ? status_names[an->status] : "unknown";
}

static const char *found_name(enum found f)
{
        return f == FOUND_DONE ? "done" : f == FOUND_FAILED ? "failed" : "missing";
}

/* ---- text ---- */

static void text_row(const struct collected_cell *c, const struct answer *an)
{
        static const int tiers[] = {CTE_UNMET, CTE_UNPLACED, COHORT_BREAKS, REQUIREMENT_SHORTFALL,
                REQUIRED_UNMET, EMPTY_PERIODS, REQUEST_LOSS};
        char value[REAL_TEXT], took[DURATION];

        printf("%s/%s/seed-%d: ", c->school, c->scenario, c->seed);
        if (!an) {
                printf("%s%s", found_name(c->found), c->why ? ": " : "\n");
                print_safe(stdout, c->why ? c->why : "");
                fputs(c->why ? "\n" : "", stdout);
                return;
        }
        duration_text(an->seconds, took);
        printf("%s after %s;", status_of(an), took);
        for (int i = 0; i < (int)(sizeof tiers / sizeof tiers[0]); i++) {
                real_text(an->score[tiers[i]], value);
                printf(" %s %s", tier_name((enum tier)tiers[i]), value);
        }
        putchar('\n');
}

/* ---- CSV ---- */

static void csv_head(void)
{
        fputs("school,scenario,seed,found,status,seconds", stdout);
        for (int t = 0; t < N_TIERS; t++)
                printf(",%s,%s_bound", tier_name((enum tier)t), tier_name((enum tier)t));
        putchar('\n');
}

static void csv_row(const struct collected_cell *c, const struct answer *an)
{
        char value[REAL_TEXT], bound[REAL_TEXT];

        printf("%s,%s,%d,%s,", c->school, c->scenario, c->seed, found_name(c->found));
        if (an)
                printf("%s,%.1f", status_of(an), an->seconds);
        else
                putchar(',');
        for (int t = 0; t < N_TIERS; t++) {
                value[0] = bound[0] = 0;
                if (an)
                        real_text(an->score[t], value);
                if (an && an->bound_given[t])
                        real_text(an->bound[t], bound);
                printf(",%s,%s", value, bound);
        }
        putchar('\n');
}

/* ---- JSON ---- */

static void json_tiers(struct json_out *o, const char *key, const double *v, const bool *given)
{
        json_begin_flat(o, key, '{');
        for (int t = 0; t < N_TIERS; t++) {
                if (!given || given[t])
                        json_real(o, tier_name((enum tier)t), v[t]);
                else
                        json_null(o, tier_name((enum tier)t));
        }
        json_end(o, '}');
}

static void json_cell(struct json_out *o, const struct collected_cell *c, const struct answer *an)
{
        struct arena *a = arena_new();

        json_begin(o, NULL, '{');
        json_text(o, "school", c->school);
        json_text(o, "scenario", c->scenario);
        json_int(o, "seed", c->seed);
        json_text(o, "found", found_name(c->found));
        json_text(o, "why", message_text(a, c->why));
        if (an) {
                json_text(o, "dir", c->dir);
                json_text(o, "status", status_of(an));
                json_real(o, "seconds", an->seconds);
                json_tiers(o, "score", an->score, NULL);
                json_tiers(o, "bound", an->bound, an->bound_given);
        }
        json_end(o, '}');
        arena_free(a);
}

/* ---- the verb ---- */

static void print_cell(struct call *call, struct collected_cell *c, struct json_out *o,
        struct problem *nobody, struct report *rp)
{
        struct arena *a = arena_new();
        struct answer *an = NULL;

        if (c->found == FOUND_DONE)
                an = answer_read(nobody, arena_printf(a, "%s/schedule.json", c->dir), rp);
        if (call->set.json)
                json_cell(o, c, an);
        else if (call->set.csv)
                csv_row(c, an);
        else if (!call->set.quiet)
                text_row(c, an);
        answer_free(an);
        arena_free(a);
}

static void print_all(struct call *call, struct collected *c, struct report *rp)
{
        struct json_out o = {.to = stdout};
        struct problem *nobody = problem_new(); /* scores alone are wanted: no id need be known */

        if (call->set.json) {
                json_begin(&o, NULL, '{');
                json_int(&o, "done", c->n_found[FOUND_DONE]);
                json_int(&o, "failed", c->n_found[FOUND_FAILED]);
                json_int(&o, "missing", c->n_found[FOUND_MISSING]);
                json_begin(&o, "cells", '[');
        } else if (call->set.csv) {
                csv_head();
        }
        for (int i = 0; i < c->n_cells; i++)
                print_cell(call, &c->cells[i], &o, nobody, rp);
        if (call->set.json) {
                json_end(&o, ']');
                json_end(&o, '}');
        } else if (!call->set.csv && !call->set.quiet) {
                printf("%d cells: %d done, %d failed, %d missing\n", c->n_cells,
                        c->n_found[FOUND_DONE], c->n_found[FOUND_FAILED],
                        c->n_found[FOUND_MISSING]);
        }
        problem_free(nobody);
}

static int run(struct call *call)
{
        struct report *rp = report_new();
        struct collected c;
        bool ok = collect_read(&c, call->args[0], rp);

        if (ok)
                print_all(call, &c, rp);
        int code = messages_end(rp);
        if (code == EXIT_DONE && c.n_found[FOUND_DONE] < c.n_cells)
                code = EXIT_CELLS;
        collected_release(&c);
        return code;
}

const struct verb verb_collect = {
        .name = "collect",
        .args = "DIR [--json|--csv]",
        .what = "what the cells of a batch have come to",
        .more = "List the cells of a batch with score and state. Reads results only, also while\n"
                "the batch is running. Exit 5 if cells failed or are missing.",
        .min_args = 1,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
