/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "cli/stop.h"
#include "io/anonymous.h"
#include "io/edit_write.h"
#include "io/explain_write.h"
#include "io/text.h"
#include "model/verify.h"
#include "solver/explain_all.h"
#include <limits.h>
#include <string.h>

static const struct flag flags[] = {
        FLAG_TEXT(0, "student", "ID", student, "only what this student misses"),
        FLAG_TEXT(0, "course", "ID", course, "only requests for this course, and its sections"),
        FLAG_TEXT(0, "section", "ID-K", section, "only this section, which is not placed"),
        FLAG_TEXT('o', "output", "FILE", output, "instead of explain.json beside the schedule"),
        FLAG_TEXT(0, "apply", "DIR", apply,
                "write the school with a fix made to this new folder, tell how to solve it"),
        FLAG_TEXT(0, "fix", "N", fix, "which fix --apply makes, as numbered; else the first"),
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

/* 0: none given, or no number. */
static int fix_number(const struct settings *set)
{
        int number;

        return set->fix && text_whole(set->fix, 1, INT_MAX, &number) ? number : 0;
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
        int number = fix_number(set);
        if (set->fix && (!number || !set->apply))
                report_error(rp, ERROR_INPUT, (struct place){.file = "--fix"},
                        "found '%s'; expected the number of a fix, from 1, beside --apply",
                        set->fix);
        return report_errors(rp) == 0;
}

/* Reasons speak of a schedule that breaks no hard rule. */
static bool check(const struct call *call, const struct schedule *sc, struct report *rp)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);
        bool ok = v->n_faults == 0;

        if (!ok)
                report_error(rp, ERROR_INPUT, (struct place){.file = call->args[1]},
                        "breaks a hard rule (%s: %s); see 'msched verify%s'", v->faults[0].rule,
                        v->faults[0].text, call->set.force ? " --force" : "");
        verdict_free(v);
        answer_free(an);
        return ok;
}

/* What --apply makes. */
struct choice {
        const struct fix *fix;
        int number, of;
        const char *whose; /* "S0017, PIANO" */
        bool grave;        /* there is one, but only by its number */
};

/* Of these: the one of the number, or the first that takes nothing that the student needs. */
static bool choose(struct choice *c, const struct fix *v, int n, int number, const char *whose)
{
        for (int i = 0; i < n; i++) {
                if (number ? i + 1 != number : fix_is_last_resort(&v[i]))
                        continue;
                *c = (struct choice){&v[i], i + 1, n, whose, false};
                return true;
        }
        c->grave |= !number && n > 0;
        return false;
}

/* The first request with such a fix; else the first section. */
static bool choose_any(struct choice *c, const struct explained *ex, int number)
{
        const struct problem *pb = ex->sc->pb;

        *c = (struct choice){0};
        for (int i = 0; i < ex->n_requests; i++) {
                const struct request *q = &pb->requests[ex->requests[i].request];
                const char *whose = arena_printf(ex->arena, "%s, %s", pb->students[q->student].id,
                        pb->courses[q->course].id);
                if (choose(c, ex->requests[i].fixes, ex->requests[i].n_fixes, number, whose))
                        return true;
        }
        for (int i = 0; i < ex->n_sections; i++) {
                int s = ex->sections[i].section;
                const char *whose = arena_printf(ex->arena, "%s-%d",
                        pb->courses[pb->section_course[s]].id, pb->section_number[s]);
                if (choose(c, ex->sections[i].fixes, ex->sections[i].n_fixes, number, whose))
                        return true;
        }
        return false;
}

static bool apply(const struct call *call, const struct explained *ex, struct report *rp)
{
        struct choice c;

        if (!choose_any(&c, ex, fix_number(&call->set)))
                return report_error(rp, ERROR_INPUT, (struct place){.file = "--apply"}, "%s",
                        c.grave         ? "the only fix takes a request that the student's plan "
                                          "needs; --fix 1 makes it all the same; nothing was written"
                        : call->set.fix ? "no fix of that number was found; nothing was written"
                                        : "no fix was found; nothing was written");
        const char *path = arena_printf(ex->arena, "%s/school.yaml", call->set.apply);
        if (!anonymous_prepare(call->set.apply, rp) ||
                !edits_write(ex->sc->pb, c.fix->edits, c.fix->n_edits, path, rp))
                return false;
        if (!call->set.quiet && !call->set.json) {
                printf("%s: fix %d of %d for %s: %s\n", path, c.number, c.of, c.whose, c.fix->text);
                printf("It has what it says when solved so:\n  msched solve %s --from %s %s -o "
                       "DIR\n",
                        text_shell(ex->arena, path), text_shell(ex->arena, call->args[1]),
                        explain_solving(ex->arena, c.fix));
        }
        return true;
}

/* The first fixes, counted by what they are. */
static void print_kinds(const struct explained *ex)
{
        static const char *const what[N_FIXES] = {
                [FIX_SEAT] = "a seat",
                [FIX_MOVE] = "a section moved",
                [FIX_SECTION] = "one more section",
                [FIX_UNLOCK] = "a lock less",
                [FIX_TEACHER] = "one more section with a teacher or room for it",
                [FIX_CREDENTIAL] = "one more credential for a teacher",
                [FIX_RULE] = "a rule or a minimum less",
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
        printf(": %d request%s unmet; ", ex->n_requests, ex->n_requests == 1 ? "" : "s");
        if (ex->looked)
                printf("a fix for %d, for %d one that takes no request from anyone; ", any, free);
        printf("%d section%s unplaced%s\n", ex->n_sections, ex->n_sections == 1 ? "" : "s",
                ex->looked ? "" : "; fixes were not looked for");
        print_kinds(ex);
}

/* The explanation, and how to make one of its fixes. */
static void print_text(const struct explained *ex, bool grids)
{
        bool any = false;

        explain_text(ex, grids, stdout);
        if (!ex->n_requests && !ex->n_sections)
                printf("Nothing is unmet or unplaced here.\n");
        for (int i = 0; i < ex->n_requests; i++)
                any |= ex->requests[i].n_fixes > 0;
        for (int i = 0; i < ex->n_sections; i++)
                any |= ex->sections[i].n_fixes > 0;
        if (any)
                printf("\nTo make a change, add --apply DIR and --fix N (its number): that writes "
                       "the school with it\nto DIR and prints the 'msched solve' that has what is "
                       "said here. With several requests\nlisted, --student and --course say "
                       "which.\n");
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
        else if (!call->set.quiet && one && !call->set.apply)
                print_text(ex, call->set.student != NULL);
        if (path && !call->set.json && !call->set.quiet)
                print_counts(ex, path);
        arena_free(a);
}

static int explain(struct call *call, const struct problem *pb, const struct answer *said)
{
        struct report *rp = report_new();
        struct schedule *sc = answer_schedule(pb, said, rp);
        struct explain_ask ask;

        if (read_ask(call, pb, &ask, rp) && check(call, sc, rp)) {
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
                "shows; of one student, course or section as text. A fix is tried first with all\n"
                "else frozen, and with more set free only where that does not do. --apply DIR\n"
                "writes the school with the first fix made, or --fix N, and prints the command\n"
                "that solves it with what the fix says. A fix that gives up a CTE request, a\n"
                "required one or a course of the cohort comes last, and only --fix makes it.",
        .min_args = 2,
        .max_args = 2,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
