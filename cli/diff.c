/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/diff_text.h"
#include "model/difference.h"

static const struct flag flags[] = {
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH(0, "json", json, "the changes as a JSON object"),
};

static void print(const struct call *call, const struct schedule *a, const struct schedule *b)
{
        struct json_out o = {.to = stdout};
        struct difference d;

        difference_init(&d, a, b);
        if (call->set.json) {
                json_begin(&o, NULL, '{');
                diff_json(&d, &o);
                json_end(&o, '}');
        } else {
                diff_text(&d, stdout);
        }
        difference_release(&d);
}

static int run(struct call *call)
{
        int code;
        struct problem *pb = load_school(call, false, &code);
        struct schedule *a = pb ? load_schedule(pb, call->args[1], &code) : NULL;
        struct schedule *b = a ? load_schedule(pb, call->args[2], &code) : NULL;

        if (a && b)
                print(call, a, b);
        schedule_free(a);
        schedule_free(b);
        problem_free(pb);
        return code;
}

const struct verb verb_diff = {
        .name = "diff",
        .args = "SCHOOL.yaml A.json B.json [options]",
        .what = "what changed from one schedule to another",
        .more = "Tell what changed from schedule A to schedule B, by section and by student. The\n"
                "schedules may be of earlier states of the school: what it no longer has, or what\n"
                "no longer fits, is reported and left out.",
        .min_args = 3,
        .max_args = 3,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
