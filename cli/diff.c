/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/diff_text.h"
#include "io/file.h"
#include "model/difference.h"

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "FILE.html", output, "write the changes as a page"),
        FLAG_SWITCH(0, "no-students", no_students, "count students, name none"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
        FLAG_SWITCH(0, "json", json, "the changes as a JSON object"),
};

static int write_page(const struct call *call, const struct difference *d)
{
        bool students = !call->set.no_students;
        struct report *rp = report_new();
        struct file_out *f = file_create(call->set.output, students ? 0600 : 0644, rp);

        if (f) {
                diff_page(d, students, file_stream(f));
                file_commit(f, rp);
        }
        return messages_end(rp);
}

/* One of the schedules: as its file tells it, and what of that fits the school. */
struct side {
        struct answer *told;
        struct schedule *sc;
};

static bool load_side(
        const struct call *call, const struct problem *pb, int i, struct side *out, int *code)
{
        *out = (struct side){.told = load_answer(call, pb, call->args[i], false, code)};
        if (!out->told)
                return false;
        struct report *rp = report_new();
        out->sc = answer_schedule(pb, out->told, rp);
        *code = messages_end(rp);
        return *code == EXIT_DONE;
}

static void side_release(struct side *s)
{
        schedule_free(s->sc);
        answer_free(s->told);
}

static int print(const struct call *call, const struct side *a, const struct side *b)
{
        struct json_out o = {.to = stdout};
        struct difference d;
        int code = EXIT_DONE;

        difference_init(&d, a->sc, b->sc);
        difference_requests(&d, a->told, b->told);
        if (call->set.output)
                code = write_page(call, &d);
        if (code == EXIT_DONE && call->set.json) {
                json_begin(&o, NULL, '{');
                diff_json(&d, !call->set.no_students, &o);
                json_end(&o, '}');
        } else if (code == EXIT_DONE && !call->set.quiet) {
                diff_text(&d, !call->set.no_students, stdout);
        }
        difference_release(&d);
        return code;
}

static int run(struct call *call)
{
        int code;
        struct problem *pb = load_school(call, false, &code);
        struct side a = {0}, b = {0};

        if (pb && load_side(call, pb, 1, &a, &code) && load_side(call, pb, 2, &b, &code))
                code = print(call, &a, &b);
        side_release(&a);
        side_release(&b);
        problem_free(pb);
        return code;
}

const struct verb verb_diff = {
        .name = "diff",
        .args = "SCHOOL.yaml A.json B.json [options]",
        .what = "what changed from one schedule to another",
        .more = "Tell what changed from schedule A to schedule B: the score, sections, who won "
                "and\n"
                "who lost; as text, JSON or a page. The schedules may be of earlier states of the\n"
                "school: what it no longer has, or what no longer fits, is reported and left out;\n"
                "requests that only one of them knows are told as dropped or added.",
        .min_args = 3,
        .max_args = 3,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
