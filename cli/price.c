/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/price.h"
#include "cli/cli.h"
#include "cli/stop.h"
#include "io/anonymous.h"
#include "io/edit_write.h"
#include "io/file.h"
#include "io/price_write.h"
#include "io/text.h"
#include "model/verify.h"
#include <string.h>

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "FILE.html", output, "write the list as a page"),
        FLAG_TEXT(0, "entry", "KEY", entry, "only this entry, as section:ENG9"),
        FLAG_TEXT(0, "apply", "DIR", apply,
                "write the school with the change of --entry made to this new folder"),
        FLAG_SWITCH(0, "force", force, "also if the schedule was made from another school"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
        FLAG_SWITCH(0, "json", json, "the list as a JSON object"),
};

/* Gains are told of a schedule that breaks no hard rule. */
static bool check(const struct schedule *sc, const char *path, struct report *rp)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);
        bool ok = v->n_faults == 0;

        if (!ok)
                report_error(rp, ERROR_INPUT, (struct place){.file = path},
                        "breaks a hard rule (%s: %s); see 'msched verify'", v->faults[0].rule,
                        v->faults[0].text);
        verdict_free(v);
        answer_free(an);
        return ok;
}

static void apply(const struct call *call, const struct priced *list, struct report *rp)
{
        const struct price *e = &list->v[0];
        const char *path = arena_printf(list->arena, "%s/school.yaml", call->set.apply);

        made_begin();
        if (!made_end(anonymous_prepare(call->set.apply, rp) &&
                      edits_write(list->pb, e->edits, e->n_edits, path, rp)))
                return;
        if (!call->set.quiet && !call->set.json) {
                print_safe(stdout, path);
                printf(": ");
                print_safe(stdout, e->text);
                printf("\nNow solve it again from the schedule that you have:\n  msched solve %s "
                       "--from "
                       "%s -o DIR\n",
                        text_shell(list->arena, path), text_shell(list->arena, call->args[1]));
        }
}

static void deliver(const struct call *call, const struct priced *list, struct report *rp)
{
        if (call->set.output) {
                struct file_out *f = file_create(call->set.output, 0600, rp);
                if (!f)
                        return;
                price_page(list, file_stream(f));
                if (!file_commit(f, rp))
                        return;
        }
        if (call->set.json)
                price_json(list, stdout);
        else if (!call->set.quiet)
                price_text(list, stdout);
}

static int price(struct call *call, const struct problem *pb, const struct answer *said)
{
        struct report *rp = report_new();
        struct schedule *sc = answer_schedule(pb, said, rp);
        struct price_ask ask = {.options = &call->options,
                .begin = call->begin,
                .key = call->set.entry,
                .stop = stop_flag()};

        if (check(sc, call->args[1], rp)) {
                struct priced *list = call->set.apply ? price_entry(sc, call->set.entry, rp)
                                                      : price_all(sc, &ask, rp);
                if (list && call->set.apply)
                        apply(call, list, rp);
                else if (list)
                        deliver(call, list, rp);
                priced_free(list);
        }
        schedule_free(sc);
        return messages_end(rp);
}

static int run(struct call *call)
{
        int code;

        if (call->set.apply && !call->set.entry) {
                fputs("msched: --apply needs --entry KEY; see 'msched price --help'\n", stderr);
                return EXIT_INPUT;
        }
        stop_on_signals();
        struct problem *pb = load_school(call, false, &code);
        struct answer *said = pb ? load_answer(call, pb, call->args[1], true, &code) : NULL;
        if (said)
                code = price(call, pb, said);
        answer_free(said);
        problem_free(pb);
        return code;
}

const struct verb verb_price = {
        .name = "price",
        .args = "SCHOOL.yaml SCHEDULE.json [options]",
        .what = "what each rule costs, what one more would bring",
        .more = "For each rule, lock, limit, cohort, purity, common planning and restriction of a\n"
                "course: what the score and the measures would gain without it; and what one more\n"
                "section (alone; and with a teacher and room for it), teacher period, room, place "
                "in\n"
                "a full room or period would bring. Most valuable first. Each is solved from the\n"
                "schedule, against the same schedule searched as long without it.\n"
                "--entry KEY --apply DIR writes the school with that change made.",
        .min_args = 2,
        .max_args = 2,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .solver_options = true,
        .run = run,
};
