/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/file.h"
#include "io/page.h"
#include "model/verify.h"
#include "solver/explain.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "FILE", output, "the page"),
        FLAG_SWITCH(0, "no-students", no_students, "leave every student record out, for sharing"),
        FLAG_SWITCH(0, "force", force, "also if the schedule was made from another school"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
};

/* The lists of the schedule anew, with reasons found anew: those of a stranger may be anything. */
static struct answer *explained(
        const struct schedule *sc, const struct answer *said, struct arena *reasons)
{
        const struct problem *pb = sc->pb;
        struct answer *an = schedule_answer(sc);
        struct reason *unmet = arena_array(reasons, (size_t)pb->n_requests + 1, sizeof *unmet);

        explain_requests(reasons, sc, unmet);
        for (int i = 0; i < an->n_unmet; i++) {
                struct answer_unmet *u = &an->unmet[i];
                int r = problem_request_of(pb, u->student, u->course);
                u->why = unmet[r];
                u->reason = reason_of_request(an->arena, pb, r, &u->why);
        }
        for (int i = 0; i < an->n_unplaced; i++) {
                struct answer_unplaced *u = &an->unplaced[i];
                int s = pb->courses[u->course].first_section + u->number - 1;
                u->why = explain_section(reasons, sc, s);
                u->reason = reason_of_section(an->arena, pb, s, &u->why);
        }
        an->input_file = said->input_file;
        memcpy(an->input_sha256, said->input_sha256, sizeof an->input_sha256);
        an->version = said->version;
        an->seed = said->seed;
        an->seconds = said->seconds;
        an->status = said->status;
        return an;
}

/* The score as recounted; bounds only where they were proven for this very school. */
static void fill_score(struct answer *an, const struct answer *said, const struct problem *pb,
        const struct verdict *v)
{
        bool same = !strcmp(said->input_sha256, pb->sha256) && !v->n_faults;

        for (int t = 0; t < N_TIERS; t++) {
                double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                an->score_given[t] = true;
                an->score[t] = (double)v->score.tier[t] / unit;
                an->bound_given[t] = same && said->bound_given[t];
                an->bound[t] = said->bound[t];
        }
        if (!same || v->n_claims)
                an->status = STATUS_FEASIBLE;
}

/* explain.json beside the schedule, or NULL. */
static const char *explain_beside(struct arena *a, const char *schedule)
{
        const char *slash = strrchr(schedule, '/');
        const char *path = arena_printf(
                a, "%.*sexplain.json", slash ? (int)(slash - schedule) + 1 : 0, schedule);

        if (access(path, F_OK))
                return NULL;
        file_guard(path);
        return path;
}

static bool write_page(const struct call *call, const struct schedule *sc,
        const struct answer *said, struct report *rp)
{
        const struct problem *pb = sc->pb;
        struct arena *a = arena_new();
        struct answer *an = explained(sc, said, a);
        struct verdict *v = verify(pb, said, true);
        char sha256[65];
        bool ok = load_hash(call->args[1], sha256, rp);
        struct page page = {.schedule = sc,
                .answer = an,
                .verdict = v,
                .explain = explain_beside(a, call->args[1]),
                .sha256 = sha256,
                .students = !call->set.no_students};

        fill_score(an, said, pb, v);
        ok = ok && page_write(&page, call->set.output, rp);
        verdict_free(v);
        answer_free(an);
        arena_free(a);
        return ok;
}

static void print_done(const struct call *call)
{
        struct stat st;

        if (call->set.quiet || stat(call->set.output, &st))
                return;
        print_safe(stdout, call->set.output);
        printf(": %lld KB%s\n", (long long)(st.st_size + 1023) / 1024,
                call->set.no_students ? ", without student records" : "");
}

static int run(struct call *call)
{
        int code;

        if (!call->set.output) {
                fputs("msched: report needs -o FILE; see 'msched report --help'\n", stderr);
                return EXIT_INPUT;
        }
        struct problem *pb = load_school(call, false, &code);
        struct answer *said = pb ? load_answer(call, pb, call->args[1], true, &code) : NULL;
        if (said) {
                struct report *rp = report_new();
                struct schedule *sc = answer_schedule(pb, said, rp);
                bool ok = write_page(call, sc, said, rp);
                code = messages_end(rp);
                if (ok && code == EXIT_DONE)
                        print_done(call);
                schedule_free(sc);
        }
        answer_free(said);
        problem_free(pb);
        return code;
}

const struct verb verb_report = {
        .name = "report",
        .args = "SCHOOL.yaml SCHEDULE.json -o FILE.html [options]",
        .what = "a page that shows a schedule",
        .more = "Write one self-contained HTML page that shows the schedule: summary, master "
                "board,\n"
                "pathways, conflict matrix, students, courses, what is unplaced or unmet and why, "
                "and\n"
                "sheets to print. It opens from the disk and asks nothing of any network. An\n"
                "explain.json beside the schedule is shown, too.",
        .min_args = 2,
        .max_args = 2,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
