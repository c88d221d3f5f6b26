/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/solve.h"
#include "cli/cli.h"
#include "cli/keep.h"
#include "cli/progress.h"
#include "cli/stop.h"
#include "io/file.h"
#include "io/result_write.h"
#include "io/summary.h"
#include "model/verify.h"
#include "solver/meter.h"
#include "solver/solution.h"
#include <string.h>

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "DIR", output,
                "where schedule.json, schedule.txt and report.html go"),
        FLAG_TEXT(0, "from", "SCHEDULE.json", from, "start from this schedule"),
        FLAG_TEXT(0, "freeze", "WHAT", freeze,
                "keep its periods, teachers, rooms, students; sections: all of them"),
        FLAG_TEXT(0, "freeze-only", "WHICH", freeze_only,
                "only of sections such as subject=Math;pathway=health"),
        FLAG_TEXT(0, "board", "board.csv", board, "lock what this table of 'board' fills in"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_TEXT(0, "cte-first", "yes|no", cte_first, "no: as --cte-last"),
        FLAG_TEXT(0, "trace", "FILE.csv", trace, "a row for each score and bound on the way"),
        FLAG_SWITCH(0, "redact", redact, "no student ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
        FLAG_SWITCH(0, "json", json, "the summary as a JSON object"),
        FLAG_SWITCH('v', "verbose", verbose, "a line for every event of the search"),
};

static const char *ended_text(const struct solution *s)
{
        static const char *const texts[] = {
                [ENDED_OPTIMAL] = "proven optimal",
                [ENDED_TIME] = "the time limit ended the search",
                [ENDED_WORK] = "the work limit ended the search",
                [ENDED_STOPPED] = "a signal ended the search",
                [ENDED_DONE] = "the search found nothing better",
        };
        return texts[s->ended];
}

static void print_text(const struct call *call, const struct problem *pb, const struct solution *s,
        const struct answer *an)
{
        struct measures m;

        measure(s->schedule, &m);
        printf("%s/schedule.json: %s after %.1f s\n\n", call->set.output, ended_text(s),
                s->seconds);
        summary_text(pb, an, &m, stdout);
        if (an->n_unplaced + an->n_unmet)
                printf("\n%d section%s unplaced and %d request%s unmet, each with its reason: "
                       "%s/schedule.txt\n",
                        an->n_unplaced, an->n_unplaced == 1 ? "" : "s", an->n_unmet,
                        an->n_unmet == 1 ? "" : "s", call->set.output);
}

static void print_json(const struct call *call, const struct problem *pb, const struct solution *s,
        const struct answer *an)
{
        static const char *const status[] = {"optimal", "feasible", "interrupted"};
        static const char *const ended[] = {
                [ENDED_OPTIMAL] = "optimal",
                [ENDED_TIME] = "time_limit",
                [ENDED_WORK] = "work_limit",
                [ENDED_STOPPED] = "signal",
                [ENDED_DONE] = "done",
        };
        struct json_out o = {.to = stdout};
        struct measures m;

        measure(s->schedule, &m);
        json_begin(&o, NULL, '{');
        json_text(&o, "output", call->set.output);
        json_text(&o, "status", status[s->status]);
        json_text(&o, "ended", ended[s->ended]);
        json_real(&o, "seconds", s->seconds);
        summary_json(&o, pb, an, &m);
        json_int(&o, "unplaced", an->n_unplaced);
        json_int(&o, "unmet", an->n_unmet);
        json_end(&o, '}');
}

/* What verify finds in our own schedule is our fault, and nobody is to act on such a schedule. */
static bool sound(const struct problem *pb, const struct answer *an, struct report *rp)
{
        struct verdict *v = verify(pb, an, true);
        bool ok = v->n_faults + v->n_claims == 0;

        if (!ok)
                report_error(rp, ERROR_SYSTEM, (struct place){0},
                        "the schedule found fails its own check; nothing was written");
        for (int i = 0; i < v->n_faults; i++)
                report_error(rp, ERROR_SYSTEM, v->faults[i].at, "%s: %s", v->faults[i].rule,
                        v->faults[i].text);
        for (int i = 0; i < v->n_claims; i++)
                report_error(
                        rp, ERROR_SYSTEM, v->claims[i].at, "false claim: %s", v->claims[i].text);
        verdict_free(v);
        return ok;
}

static bool deliver(
        struct call *call, const struct problem *pb, const struct solution *s, struct report *rp)
{
        struct answer *an = solution_answer(pb, &call->options, s);
        bool ok = sound(pb, an, rp) && result_write(pb, an, call->set.output, call->set.root, rp);

        if (ok && call->set.json)
                print_json(call, pb, s, an);
        else if (ok && !call->set.quiet)
                print_text(call, pb, s, an);
        answer_free(an);
        return ok;
}

/* The result may replace the schedule that it starts from; a table of the search may not. */
static bool trace_apart(const struct call *call, struct report *rp)
{
        const char *path = call->set.trace;
        struct place at = {.file = path};

        if (result_replaces(call->set.output, path))
                return report_error(rp, ERROR_INPUT, at,
                        "is one of the files of the result, and would be replaced; expected "
                        "another name");
        if (call->set.from && file_same(call->set.from, path))
                return report_error(rp, ERROR_INPUT, at,
                        "is one of the files that were read, and would be replaced; expected "
                        "another name");
        return true;
}

static int solve_school(struct call *call, const struct problem *pb, const struct schedule *from)
{
        struct progress progress = progress_init(pb, call->set.quiet, call->set.verbose);
        struct control control = {.begin = call->begin,
                .stop = stop_flag(),
                .progress = progress_event,
                .context = &progress};
        struct solution s = {0};
        struct report *rp = report_new();
        bool ready = result_prepare(call->set.output, rp);

        if (ready && call->set.trace)
                ready = trace_apart(call, rp) &&
                        (progress.trace = trace_new(pb, call->set.trace, rp)) != NULL;
        if (ready) {
                bool solved = solve(pb, &call->options, &control, from, &s, rp);
                progress_end(&progress);
                if (solved && deliver(call, pb, &s, rp) && progress.trace)
                        trace_write(progress.trace, &s, rp);
                solution_release(&s);
        }
        trace_free(progress.trace);
        return messages_end(rp);
}

/* --cte-first yes|no, the other way to say --no-cte-last, --cte-last. */
static int set_cte_first(struct call *call)
{
        struct report *rp = report_new();
        struct place at = {.file = "--cte-first"};

        if (call->set.cte_first &&
                options_set(&call->options, "cte_last", call->set.cte_first, at, rp))
                call->options.cte_last = !call->options.cte_last;
        return messages_end(rp);
}

static int run(struct call *call)
{
        struct kept kept;
        int code = set_cte_first(call);

        if (code != EXIT_DONE)
                return code;

        if (!call->set.output) {
                fputs("msched: solve needs -o DIR; see 'msched solve --help'\n", stderr);
                return EXIT_INPUT;
        }
        stop_on_signals();
        signal(SIGPIPE,
                SIG_IGN); /* whoever watched the progress may leave; the schedule is still wanted */
        struct problem *pb = load_school(call, !call->set.quiet, &code);
        if (!pb)
                return code;
        if (keep(call, pb, &kept, &code))
                code = solve_school(call, kept.pb, kept.from);
        kept_release(&kept, pb);
        problem_free(pb);
        return code;
}

const struct verb verb_solve = {
        .name = "solve",
        .args = "SCHOOL.yaml -o DIR [options]",
        .what = "make a schedule",
        .more = "Make a master schedule and write it to DIR: schedule.json (the schedule),\n"
                "schedule.txt (to read), report.html (to see) and input.json (where the school "
                "lies).\n"
                "Stops when the schedule is proven optimal, at the limit of time or work, or at "
                "the\n"
                "first SIGINT or SIGTERM; the best schedule so far is then written. A second "
                "signal\n"
                "exits at once.",
        .min_args = 1,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .solver_options = true,
        .run = run,
};
