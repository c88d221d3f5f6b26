/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/oneroster.h"
#include "io/problem_read.h"
#include "model/lock_check.h"
#include "solver/exact.h"
#include <limits.h>
#include <string.h>

static const struct flag flags[] = {
        FLAG_TEXT(0, "for", "oneroster", purpose,
                "also what files of that format want and the school does not say"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all its files lie under"),
        FLAG_SWITCH(0, "redact", redact, "no student ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "errors and warnings alone"),
};

static void print_size(const struct problem *pb, int warnings)
{
        printf("%s: no errors, %d warning%s; %d students, %d requests, %d courses, %d sections at "
               "most, %d teachers, %d rooms\n",
                pb->file, warnings, warnings == 1 ? "" : "s", pb->n_students, pb->n_requests,
                pb->n_courses, pb->n_sections, pb->n_teachers, pb->n_rooms);
}

/* Locks that each are fine may still not hold together; solve would say so, too. */
static const double CLASH_SECONDS = 20;

static void check_clash(const struct problem *pb, struct report *rp)
{
        struct meter m;

        meter_init(&m, clock_now(), CLASH_SECONDS, 0, NULL);
        exact_locks_hold(pb, &m, NULL, rp);
}

static int run(struct call *call)
{
        if (call->set.purpose && strcmp(call->set.purpose, "oneroster") != 0) {
                fputs("msched: check knows --for oneroster alone; see 'msched check --help'\n",
                        stderr);
                return EXIT_INPUT;
        }
        struct report *rp = report_new();
        struct problem *pb = problem_read(call->args[0], call->set.root, rp);

        if (pb) {
                messages_know(pb->student_ids);
                problem_warn(pb, rp);
                locks_check(pb, rp);
                if (call->set.purpose)
                        oneroster_check(pb, true, rp);
                if (!report_errors(rp))
                        check_clash(pb, rp);
        }
        int code = messages_print(rp, INT_MAX);
        if (pb && !report_errors(rp) && !call->set.quiet)
                print_size(pb, report_warnings(rp));
        problem_free(pb);
        report_free(rp);
        return code;
}

const struct verb verb_check = {
        .name = "check",
        .args = "SCHOOL.yaml [--for oneroster] [--root DIR] [--quiet]",
        .what = "read a school and list its errors and warnings",
        .more = "Read a school with all its tables and print every error and warning as\n"
                "file:line:column: what was found; what was expected. Exit 0 if there is no error, "
                "3 if\n"
                "locks and rules cannot hold together: those that clash are named.",
        .min_args = 1,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
