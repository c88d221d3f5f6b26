/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/anonymous.h"
#include "io/file.h"
#include "io/problem_read.h"
#include <string.h>
#include <sys/random.h>

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "DIR", output, "where the anonymous school goes"),
        FLAG_TEXT(0, "key", "FILE", key, "write which code is whose; keep it apart"),
        FLAG_TEXT(0, "restore", "SCHEDULE.json", restore,
                "rewrite a schedule of the anonymous school as one of this, by the key"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH(0, "redact", redact, "no student ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
};

/* Codes must not be guessed from one another, so they come from the system. */
static uint64_t draw(void *context)
{
        uint64_t x = 0;

        if (getrandom(&x, sizeof x, 0) != (ssize_t)sizeof x)
                *(bool *)context = true;
        return x;
}

static bool write_school(struct call *call, struct problem *pb, struct report *rp)
{
        bool broken = false;
        const struct chance chance = {draw, &broken};
        struct anonymous key;

        if (call->set.key && !key_lies_apart(call->set.key, call->set.output, rp))
                return false;
        problem_anonymize(pb, &chance, &key);
        bool ok = !broken || report_error(rp, ERROR_SYSTEM, (struct place){0},
                                     "the system has no random numbers to give");
        made_begin();
        /* The key first: without it the school would be of no use. */
        ok = ok && anonymous_prepare(call->set.output, rp) &&
             (!call->set.key || key_write(&key, call->set.key, rp)) &&
             anonymous_write(pb, call->set.output, rp);
        made_end(ok);
        anonymous_release(&key);
        return ok;
}

static bool restore(struct call *call, const struct problem *pb, struct report *rp)
{
        struct anonymous key;
        struct problem *coded = NULL;
        bool ok = key_read(call->set.key, &key, rp);

        if (ok)
                coded = problem_read(call->args[0], call->set.root, rp);
        ok = coded && problem_encode(coded, &key, rp) &&
             anonymous_restore(pb, coded, &key, call->set.restore, call->set.output, rp);
        problem_free(coded);
        anonymous_release(&key);
        return ok;
}

static void print_done(const struct call *call, const struct problem *pb)
{
        if (call->set.restore)
                printf("%s: a schedule of %s\n", call->set.output, call->args[0]);
        else
                printf("%s/school.yaml: %d students and %d teachers by codes%s%s\n",
                        call->set.output, pb->n_students, pb->n_teachers,
                        call->set.key ? "; the key, to be kept apart: " : "; no key was kept",
                        call->set.key ? call->set.key : "");
}

static int run(struct call *call)
{
        int code;

        if (!call->set.output || (call->set.restore && !call->set.key)) {
                fprintf(stderr, "msched: anonymize needs %s; see 'msched anonymize --help'\n",
                        call->set.output ? "--key FILE to restore a schedule" : "-o DIR");
                return EXIT_INPUT;
        }
        struct problem *pb = load_school(call, false, &code);
        if (!pb)
                return code;
        struct report *rp = report_new();
        bool ok = call->set.restore ? restore(call, pb, rp) : write_school(call, pb, rp);
        code = messages_end(rp);
        if (ok && !call->set.quiet)
                print_done(call, pb);
        problem_free(pb);
        return code;
}

const struct verb verb_anonymize = {
        .name = "anonymize",
        .args = "SCHOOL.yaml -o DIR [--key FILE] [options]",
        .what = "write the school without people, to be shared",
        .more = "Write the school with random codes instead of the ids of students and teachers,\n"
                "without names and titles, in random order: its schedules are those of the\n"
                "school, with the same scores. --key keeps which code is whose; with it,\n"
                "--restore turns a schedule that somebody made of the anonymous school into one\n"
                "of this school, written to the file that -o names.",
        .min_args = 1,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
