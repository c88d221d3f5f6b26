/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/verify.h"
#include "cli/cli.h"
#include "cli/keep.h"
#include "io/summary.h"

static const struct flag flags[] = {
        FLAG_SWITCH(0, "force", force, "also if the schedule was made from another school"),
        FLAG_TEXT(0, "board", "board.csv", board, "with the locks that 'solve --board' had"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH(0, "redact", redact, "no student ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "faults alone"),
        FLAG_SWITCH(0, "json", json, "the verdict as a JSON object"),
};

static void print_fault(const struct fault *f)
{
        if (f->at.file && f->at.line) {
                print_safe(stdout, f->at.file);
                printf(":%d:%d: ", f->at.line, f->at.column);
        }
        printf("%s: ", f->rule);
        print_safe(stdout, f->text);
        putchar('\n');
}

static void print_text(const struct call *call, const struct problem *pb, const struct verdict *v)
{
        for (int i = 0; i < v->n_faults; i++)
                print_fault(&v->faults[i]);
        for (int i = 0; i < v->n_claims; i++)
                print_fault(&v->claims[i]);
        if (call->set.quiet)
                return;
        printf("%s: %d fault%s, %d false claim%s\n\nscore, recounted\n", call->args[1], v->n_faults,
                v->n_faults == 1 ? "" : "s", v->n_claims, v->n_claims == 1 ? "" : "s");
        score_text(pb, &v->score, stdout);
}

static void json_faults(struct json_out *o, const char *key, int n, const struct fault *faults)
{
        struct arena *a = arena_new();

        json_begin(o, key, '[');
        for (int i = 0; i < n; i++) {
                json_begin_flat(o, NULL, '{');
                json_text(o, "rule", faults[i].rule);
                if (faults[i].at.file && faults[i].at.line) {
                        json_text(o, "file", faults[i].at.file);
                        json_int(o, "line", faults[i].at.line);
                        json_int(o, "column", faults[i].at.column);
                }
                json_text(o, "text", message_text(a, faults[i].text));
                json_end(o, '}');
        }
        json_end(o, ']');
        arena_free(a);
}

static void print_json(const struct problem *pb, const struct verdict *v)
{
        struct json_out o = {.to = stdout};

        json_begin(&o, NULL, '{');
        json_bool(&o, "valid", v->n_faults == 0);
        json_faults(&o, "faults", v->n_faults, v->faults);
        json_faults(&o, "false_claims", v->n_claims, v->claims);
        score_json(&o, pb, &v->score);
        json_end(&o, '}');
}

static int run(struct call *call)
{
        int code;
        struct problem *base = load_school(call, false, &code);
        struct kept kept = {0};
        bool ready = base && keep_board(call, base, &kept, &code);
        const struct problem *pb = kept.pb;
        struct answer *an = ready ? load_answer(call, pb, call->args[1], true, &code) : NULL;

        if (an) {
                struct verdict *v = verify(pb, an, true);
                if (call->set.json)
                        print_json(pb, v);
                else
                        print_text(call, pb, v);
                if (v->n_faults + v->n_claims)
                        code = EXIT_FAULTS;
                verdict_free(v);
        }
        answer_free(an);
        kept_release(&kept, base);
        problem_free(base);
        return code;
}

const struct verb verb_verify = {
        .name = "verify",
        .args = "SCHOOL.yaml SCHEDULE.json [options]",
        .what = "recount a schedule: every fault, every false claim",
        .more = "Recount the hard rules and the score of a schedule, by whatever program it was\n"
                "made, from the school and the schedule alone. Exit 2 if there is a fault (a hard\n"
                "rule is broken) or a false claim (about score, bound, status, lists).",
        .min_args = 2,
        .max_args = 2,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
