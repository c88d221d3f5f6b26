/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "cli/stop.h"
#include "io/anonymous.h"
#include "io/edit_write.h"
#include "io/explain_write.h"
#include "io/text.h"
#include "model/verify.h"
#include "solver/explain_all.h"
#include <string.h>

static const struct flag flags[] = {
        FLAG_TEXT(0, "student", "ID", student, "only what this student misses"),
        FLAG_TEXT(0, "course", "ID", course, "only requests for this course, and its sections"),
        FLAG_TEXT(0, "section", "ID-K", section, "only this section, which is not placed"),
        FLAG_TEXT('o', "output", "FILE", output, "instead of explain.json beside the schedule"),
        FLAG_TEXT(0, "apply", "DIR", apply,
                "write the school with the first fix made to this new folder"),
        FLAG_SWITCH(0, "no-fixes", no_fixes, "reasons and grids alone, which is quick"),
        FLAG_SWITCH(0, "force", force, "also if the schedule was made from another school"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
        FLAG_SWITCH(0, "json", json, "the explanation as a JSON object, no file"),
};

enum { FIXES_OF_ALL = 1, FIXES_OF_ONE = 3 };
static const double SECONDS = 170; /* of looking for fixes */

static int find_id(const struct index *ids, const char *option, const char *text, struct report *rp)
{
        struct arena *a = arena_new();
        int i = index_find(ids, text);

        if (i < 0)
                report_error(rp, ERROR_INPUT, (struct place){.file = option},
                        "found %s; expected an id of the school", text_quoted(a, text));
        arena_free(a);
        return i;
}

/* "ENG9-2": the number is behind the last dash. */
static int find_section(const struct problem *pb, const char *text, struct report *rp)
{
        const char *dash = strrchr(text, '-');
        struct place at = {.file = "--section"};
        struct arena *a = arena_new();
        int k, c = NONE;

        if (dash)
                c = index_find(pb->course_ids, arena_strndup(a, text, (size_t)(dash - text)));
        bool ok = c >= 0 && text_whole(dash + 1, 1, MAX_SECTIONS, &k) &&
                  k <= pb->courses[c].sections_max;
        if (!ok)
                report_error(rp, ERROR_INPUT, at,
                        "found %s; expected a section of the school, as ENG9-2",
                        text_quoted(a, text));
        arena_free(a);
        return ok ? pb->courses[c].first_section + k - 1 : NONE;
}

static bool read_ask(const struct call *call, const struct problem *pb, struct explain_ask *ask,
        struct report *rp)
{
        const struct settings *set = &call->set;
        bool one = set->student || set->section || set->course;

        *ask = (struct explain_ask){.student = NONE,
                .course = NONE,
                .section = NONE,
                .fixes = set->no_fixes ? 0
                         : one         ? FIXES_OF_ONE
                                       : FIXES_OF_ALL,
                .seconds = SECONDS,
                .stop = stop_flag()};
        if (set->student)
                ask->student = find_id(pb->student_ids, "--student", set->student, rp);
        if (set->course)
                ask->course = find_id(pb->course_ids, "--course", set->course, rp);
        if (set->section)
                ask->section = find_section(pb, set->section, rp);
        return report_errors(rp) == 0;
}

/* Reasons speak of a schedule that breaks no hard rule. */
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

static bool apply(const struct call *call, const struct explained *ex, struct report *rp)
{
        const struct fix *first = NULL;

        for (int i = 0; i < ex->n_requests && !first; i++)
                first = ex->requests[i].n_fixes ? ex->requests[i].fixes : NULL;
        for (int i = 0; i < ex->n_sections && !first; i++)
                first = ex->sections[i].n_fixes ? ex->sections[i].fixes : NULL;
        if (!first)
                return report_error(rp, ERROR_INPUT, (struct place){.file = "--apply"},
                        "no fix was found; nothing was written");
        const char *path = arena_printf(ex->arena, "%s/school.yaml", call->set.apply);
        if (!anonymous_prepare(call->set.apply, rp) ||
                !edits_write(ex->sc->pb, first->edits, first->n_edits, path, rp))
                return false;
        if (!call->set.quiet && !call->set.json)
                printf("%s: %s\n  msched solve %s --from %s --time-limit 0 --work-limit %g -o "
                       "DIR\n",
                        path, first->text, path, call->args[1], first->work);
        return true;
}

/* The first fixes, counted by what they are. */
static void print_kinds(const struct explained *ex)
{
        static const char *const what[N_FIXES] = {
                [FIX_SEAT] = "a seat",
                [FIX_MOVE] = "a section moved",
                [FIX_SECTION] = "one more section",
                [FIX_TEACHER] = "one more section with a teacher or room for it",
                [FIX_GIVE_UP] = "another request given up",
                [FIX_SWAP] = "another course instead",
        };
        int n[N_FIXES] = {0}, any = 0;

        for (int i = 0; i < ex->n_requests; i++)
                if (ex->requests[i].n_fixes)
                        n[ex->requests[i].fixes[0].kind]++;
        for (int kind = 0; kind < N_FIXES; kind++)
                if (n[kind])
                        printf("%s%s: %d", any++ ? ", " : "  ", what[kind], n[kind]);
        if (any)
                putchar('\n');
}

static void print_counts(const struct explained *ex, const char *path)
{
        int any = 0, free = 0;

        for (int i = 0; i < ex->n_requests; i++) {
                const struct explained_request *e = &ex->requests[i];
                any += e->n_fixes > 0;
                free += e->n_fixes > 0 && e->fixes[0].kind != FIX_SWAP && !e->fixes[0].own_lost &&
                        !e->fixes[0].lost;
        }
        print_safe(stdout, path);
        printf(": %d requests unmet; a fix for %d, for %d one that takes no request from anyone; "
               "%d sections unplaced\n",
                ex->n_requests, any, free, ex->n_sections);
        print_kinds(ex);
}

static void deliver(const struct call *call, const struct explained *ex, struct report *rp)
{
        const char *slash = strrchr(call->args[1], '/');
        struct arena *a = arena_new();
        const char *path = call->set.output;
        char sha256[65];
        bool one = call->set.student || call->set.course || call->set.section;

        if (!path && !one)
                path = arena_printf(a, "%.*sexplain.json",
                        slash ? (int)(slash - call->args[1]) + 1 : 0, call->args[1]);
        if (!load_hash(call->args[1], sha256, rp) || (call->set.apply && !apply(call, ex, rp))) {
                arena_free(a);
                return;
        }
        if (call->set.json)
                explain_json(ex, sha256, stdout);
        else if (path && !explain_write(ex, sha256, path, rp))
                path = NULL;
        else if (!call->set.quiet && one)
                explain_text(ex, call->set.student != NULL, stdout);
        if (path && !call->set.json && !call->set.quiet)
                print_counts(ex, path);
        arena_free(a);
}

static int explain(struct call *call, const struct problem *pb, const struct answer *said)
{
        struct report *rp = report_new();
        struct schedule *sc = answer_schedule(pb, said, rp);
        struct explain_ask ask;

        if (read_ask(call, pb, &ask, rp) && check(sc, call->args[1], rp)) {
                struct explained *ex = explain_all(sc, &ask);
                deliver(call, ex, rp);
                explained_free(ex);
        }
        schedule_free(sc);
        return messages_end(rp);
}

static int run(struct call *call)
{
        int code;

        stop_on_signals();
        struct problem *pb = load_school(call, false, &code);
        struct answer *said = pb ? load_answer(call, pb, call->args[1], true, &code) : NULL;
        if (said)
                code = explain(call, pb, said);
        answer_free(said);
        problem_free(pb);
        return code;
}

const struct verb verb_explain = {
        .name = "explain",
        .args = "SCHOOL.yaml SCHEDULE.json [options]",
        .what = "why requests are unmet, and the smallest fix",
        .more = "For each unmet request and unplaced section: the reason, what blocks each "
                "section,\n"
                "and the smallest change that helps, found and verified by solving again, with "
                "its\n"
                "side effects. Of all, to explain.json beside the schedule, which 'report' then\n"
                "shows; of one student, course or section as text. --apply writes the school with\n"
                "the first fix made, to be solved from this schedule.",
        .min_args = 2,
        .max_args = 2,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
