/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/file.h"
#include "io/problem_read.h"
#include "io/schedule_json.h"
#include <string.h>

struct problem *load_school(const struct call *call, bool warn, int *code)
{
        struct report *rp = report_new();
        struct problem *pb = problem_read(call->args[0], call->set.root, rp);

        if (pb && warn)
                problem_warn(pb, rp);
        file_guard_read();
        if (pb)
                messages_know(pb->student_ids);
        *code = EXIT_DONE;
        if (!pb || warn)
                *code = messages_print(rp, SOME_WARNINGS);
        report_free(rp);
        return pb;
}

struct answer *load_answer(
        const struct call *call, const struct problem *pb, const char *path, bool strict, int *code)
{
        struct report *rp = report_new();
        struct answer *an = answer_read(pb, path, rp);
        file_guard_read();
        bool same = an && !strcmp(an->input_sha256, pb->sha256);

        if (an && strict && !same && !call->set.force) {
                report_error(rp, ERROR_INPUT, (struct place){.file = path},
                        "was made from another school, or from an earlier state of %s; --force "
                        "goes on nevertheless",
                        call->args[0]);
                answer_free(an);
                an = NULL;
        }
        *code = messages_end(rp);
        return an;
}

struct schedule *load_schedule(const struct problem *pb, const char *path, int *code)
{
        struct report *rp = report_new();
        struct answer *an = answer_read(pb, path, rp);
        file_guard_read();
        struct schedule *sc = an ? answer_schedule(pb, an, rp) : NULL;

        *code = messages_end(rp);
        answer_free(an);
        return sc;
}

bool load_hash(const char *path, char hex[65], struct report *rp)
{
        enum { MAX_SCHEDULE = 512 << 20 };
        size_t size;
        char *bytes = file_read(path, MAX_SCHEDULE, &size, (struct place){.file = path}, rp);

        if (!bytes)
                return false;
        struct sha256 *h = sha256_new();
        sha256_add(h, bytes, size);
        sha256_end(h, hex);
        mem_free(bytes);
        return true;
}
