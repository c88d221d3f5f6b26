/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/scenario.h"
#include "cli/cli.h"
#include "io/file.h"
#include "io/json_write.h"
#include "io/problem_read.h"

static const struct flag flags[] = {
        FLAG_TEXT(0, "show", "NAME", show, "print the school with this scenario's changes"),
        FLAG_TEXT('o', "output", "DIR", output, "with --show: write it there, with its tables"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files must lie under"),
        FLAG_SWITCH(0, "redact", redact, "no student ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
        FLAG_SWITCH(0, "json", json, "the scenarios as a JSON object"),
};

/* ---- one scenario ---- */

/* What was written must be a school; what is doomed in it is worth a warning. */
static void check_written(const struct call *call, struct arena *a, struct report *rp)
{
        struct problem *pb =
                problem_read(arena_printf(a, "%s/school.yaml", call->set.output), NULL, rp);

        if (pb && !call->set.quiet)
                problem_warn(pb, rp);
        problem_free(pb);
}

static void write_shown(const struct call *call, struct variant *v, struct report *rp)
{
        made_begin();
        if (made_end(variant_write(v, call->set.output, rp)))
                check_written(call, v->arena, rp);
}

static int show(const struct call *call, const struct scenarios *s)
{
        struct report *rp = report_new();
        struct variant v;
        int i = scenarios_find(s, call->set.show);

        if (i < 0) {
                report_error(rp, ERROR_INPUT, (struct place){.file = call->args[0]},
                        "no scenario is called '%s'", call->set.show);
        } else {
                if (variant_build(&v, s, i, NULL, (struct place){0}, call->set.root, rp)) {
                        messages_know_more(v.pb->student_ids);
                        if (call->set.output)
                                write_shown(call, &v, rp);
                        else
                                variant_print(&v, stdout);
                }
                variant_release(&v);
        }
        return messages_end(rp);
}

/* ---- all of them ---- */

static void list_json(const struct scenarios *s, int i, const struct variant *v, struct json_out *o)
{
        const struct scenario *sc = &s->v[i];
        struct settings_list options = scenario_options(s, i);

        json_begin(o, NULL, '{');
        json_text(o, "id", sc->id);
        json_text(o, "title", sc->title);
        json_begin_flat(o, "options", '{');
        for (int k = 0; k < options.n; k++)
                json_text(o, options.v[k].name, options.v[k].value);
        json_end(o, '}');
        json_begin(o, "notes", '[');
        for (int k = 0; k < v->notes.n; k++)
                json_text(o, NULL, v->notes.line[k]);
        json_end(o, ']');
        json_end(o, '}');
}

static void list_text(const struct scenarios *s, int i, const struct variant *v)
{
        printf("%s: ", s->v[i].id);
        print_safe(stdout, s->v[i].title);
        putchar('\n');
        for (int k = 0; k < v->notes.n; k++) {
                fputs("    ", stdout);
                print_safe(stdout, v->notes.line[k]);
                putchar('\n');
        }
}

static int list(const struct call *call, const struct scenarios *s)
{
        struct report *rp = report_new();
        struct json_out o = {.to = stdout};

        if (call->set.json) {
                json_begin(&o, NULL, '{');
                json_text(&o, "base", s->base);
                json_begin(&o, "scenarios", '[');
        }
        for (int i = 0; i < s->n; i++) {
                struct variant v;
                bool built = variant_build(&v, s, i, NULL, (struct place){0}, call->set.root, rp);
                if (built)
                        messages_know_more(v.pb->student_ids);
                if (built && call->set.json)
                        list_json(s, i, &v, &o);
                else if (built && !call->set.quiet)
                        list_text(s, i, &v);
                variant_release(&v);
        }
        if (call->set.json) {
                json_end(&o, ']');
                json_end(&o, '}');
        }
        return messages_end(rp);
}

/* Scenarios without a school of their own are for plans, which name schools. */
static int list_names(const struct call *call, const struct scenarios *s)
{
        for (int i = 0; !call->set.quiet && i < s->n; i++)
                printf("%s: %s\n", s->v[i].id, s->v[i].title);
        return EXIT_DONE;
}

static int run(struct call *call)
{
        struct report *rp = report_new();
        struct scenarios *s = scenarios_read(call->args[0], call->set.root, rp);
        int code = messages_end(rp);

        if (!s)
                return code;
        if (call->set.show)
                code = show(call, s);
        else if (s->base || call->set.json)
                code = list(call, s);
        else
                code = list_names(call, s);
        scenarios_free(s);
        return code;
}

const struct verb verb_scenario = {
        .name = "scenario",
        .args = "FILE [--show NAME [-o DIR]] [options]",
        .what = "what if: list scenarios, or print a changed school",
        .more = "Read a file of scenarios (docs/cluster.md), check each of them, and list what it\n"
                "changes and assumes. With --show print the school with one scenario's changes,\n"
                "or write it to DIR with its tables, to be solved like any other.",
        .min_args = 1,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
