/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/analyze_write.h"
#include "io/file.h"

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "DIR", output, "where analyze.txt, analyze.html and the CSVs go"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
        FLAG_SWITCH(0, "json", json, "what to look at first as a JSON object"),
};

static void print_text(const struct call *call, const struct sheets *all)
{
        const struct sheet *first = all->v[0];

        for (int r = 0; r < first->n_rows; r++) {
                print_safe(stdout, first->cells[r]);
                putchar('\n');
        }
        printf("\nthe whole: %s/analyze.txt, %s/analyze.html, and a CSV for each table\n",
                call->set.output, call->set.output);
}

static void print_json(const struct call *call, const struct sheets *all)
{
        struct json_out o = {.to = stdout};

        json_begin(&o, NULL, '{');
        json_text(&o, "output", call->set.output);
        analyze_json(all, &o);
        json_end(&o, '}');
}

static int run(struct call *call)
{
        int code;

        if (!call->set.output) {
                fputs("msched: analyze needs -o DIR; see 'msched analyze --help'\n", stderr);
                return EXIT_INPUT;
        }
        struct problem *pb = load_school(call, false, &code);
        if (!pb)
                return code;
        struct report *rp = report_new();
        struct tally *t = tally_new(pb);
        struct sheets *all = sheets_new(t);
        made_begin();
        bool ok = made_end(analyze_write(all, call->set.output, rp));
        if (ok && call->set.json)
                print_json(call, all);
        else if (ok && !call->set.quiet)
                print_text(call, all);
        code = messages_end(rp);
        sheets_free(all);
        tally_free(t);
        problem_free(pb);
        return code;
}

const struct verb verb_analyze = {
        .name = "analyze",
        .args = "SCHOOL.yaml -o DIR [options]",
        .what = "tally, staffing, conflicts: what to know before solving",
        .more = "Write to DIR what schedulers work out by hand before they build: the tally, "
                "staff\n"
                "and rooms against what is asked for, singletons, the conflict matrix, seats for\n"
                "every period, requirement coverage, cohorts. As text (analyze.txt), as a page\n"
                "(analyze.html), and each table as CSV. Text and page name no student.",
        .min_args = 1,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
