/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "model/verify.h"
#include "solver/export.h"

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "FILE", output, "where the program goes: FILE.lp or FILE.mps"),
        FLAG_INT(0, "tier", "N", tier, "the objective, as the tiers are numbered (the first)"),
        FLAG_TEXT(0, "from", "SCHEDULE.json", from, "tiers above N keep the values they have here"),
        FLAG_SWITCH(0, "force", force, "also if the schedule was made from another school"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
};

static bool usage(const char *text)
{
        fprintf(stderr, "msched: %s; see 'msched model --help'\n", text);
        return false;
}

static bool usage_ok(const struct call *call)
{
        if (!call->set.output)
                return usage("model needs -o FILE.lp or -o FILE.mps");
        if (call->set.tier > N_TIERS)
                return usage("there are 14 tiers");
        if (call->set.tier > 1 && !call->set.from)
                return usage("a tier below the first needs --from SCHEDULE.json");
        return true;
}

/* Values of a schedule that breaks hard rules would fix the tiers to what nobody can reach. */
static struct schedule *load_from(const struct call *call, const struct problem *pb, int *code)
{
        struct answer *an = load_answer(call, pb, call->set.from, true, code);
        struct schedule *sc = NULL;

        if (!an)
                return NULL;
        struct report *rp = report_new();
        struct verdict *v = verify(pb, an, false);
        if (v->n_faults)
                report_error(rp, ERROR_INPUT, (struct place){.file = call->set.from},
                        "the schedule breaks %d hard rules; 'msched verify' lists them",
                        v->n_faults);
        else
                sc = answer_schedule(pb, an, rp);
        verdict_free(v);
        *code = messages_end(rp);
        answer_free(an);
        return sc;
}

static int run(struct call *call)
{
        struct schedule *from = NULL;
        int code = EXIT_INPUT;

        if (!usage_ok(call))
                return code;
        struct problem *pb = load_school(call, false, &code);
        if (!pb)
                return code;
        if (call->set.from)
                from = load_from(call, pb, &code);
        if (code == EXIT_DONE) {
                struct report *rp = report_new();
                enum tier tier = call->set.tier ? (enum tier)(call->set.tier - 1) : pb->order[0];
                export_model(pb, tier, from, call->set.output, rp);
                code = messages_end(rp);
        }
        schedule_free(from);
        problem_free(pb);
        return code;
}

const struct verb verb_model = {
        .name = "model",
        .args = "SCHOOL.yaml -o FILE.lp|FILE.mps [options]",
        .what = "write the integer program of a school for other solvers",
        .more = "Write the integer program whose objective is one tier of the score, with the\n"
                "tiers above it fixed, as CPLEX LP or free MPS by the file's ending. FILE.map\n"
                "beside it tells what the names in the program stand for.",
        .min_args = 1,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
