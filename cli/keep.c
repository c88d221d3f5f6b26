/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/keep.h"
#include "io/board.h"
#include "io/file.h"
#include "io/schedule_json.h"
#include "model/freeze.h"
#include "model/lock_check.h"

/* The school with these locks; NULL with errors in rp. */
static struct problem *with_locks(struct problem *pb, const struct edits *locks, struct report *rp)
{
        return locks->n ? edits_apply(pb, locks->v, locks->n, rp) : pb;
}

static bool add_board(const struct call *call, struct kept *k, struct report *rp)
{
        struct edits locks = {0};
        struct problem *with = NULL;

        if (board_read(k->pb, call->set.board, &locks, rp))
                with = with_locks(k->pb, &locks, rp);
        file_guard(call->set.board); /* it was filled in by hand */
        edits_release(&locks);
        if (!with)
                return false;
        k->pb = with;
        return locks_check(with, rp);
}

static bool add_freeze(
        const struct call *call, const struct answer *an, struct kept *k, struct report *rp)
{
        struct freeze_only only = {call->set.freeze_only, {.file = "--freeze-only"}};
        unsigned what;

        if (!freeze_read(call->set.freeze, &what, (struct place){.file = "--freeze"}, rp) ||
                !freeze_only_check(k->pb, &only, rp))
                return false;
        struct problem *with = freeze_answer(k->pb, an, what, &only, rp);
        if (with && with != k->pb) {
                k->before = k->pb;
                k->pb = with;
        }
        return with != NULL;
}

static bool add_from(const struct call *call, struct kept *k, struct report *rp)
{
        struct answer *an = answer_read(k->pb, call->set.from, rp);
        bool ok = an && (!call->set.freeze || add_freeze(call, an, k, rp));

        if (ok)
                k->from = answer_schedule(k->pb, an, rp);
        answer_free(an);
        return ok;
}

static bool usage(const char *text)
{
        fprintf(stderr, "msched: %s; see 'msched solve --help'\n", text);
        return false;
}

bool keep(const struct call *call, struct problem *base, struct kept *out, int *code)
{
        *out = (struct kept){.pb = base};
        *code = EXIT_INPUT;
        if (call->set.freeze && !call->set.from)
                return usage("--freeze needs --from SCHEDULE.json");
        if (call->set.freeze_only && !call->set.freeze)
                return usage("--freeze-only needs --freeze");
        struct report *rp = report_new();
        bool ok = !call->set.board || add_board(call, out, rp);
        ok = ok && (!call->set.from || add_from(call, out, rp));
        ok = ok && (!out->before || locks_check(out->pb, rp)); /* with what is frozen */
        *code = messages_end(rp);
        return ok && *code == EXIT_DONE;
}

bool keep_board(const struct call *call, struct problem *base, struct kept *out, int *code)
{
        *out = (struct kept){.pb = base};
        if (!call->set.board)
                return true;
        struct report *rp = report_new();
        bool ok = add_board(call, out, rp);
        *code = messages_end(rp);
        return ok && *code == EXIT_DONE;
}

void kept_release(struct kept *k, const struct problem *base)
{
        schedule_free(k->from);
        if (k->pb != base)
                problem_free(k->pb);
        if (k->before != base)
                problem_free(k->before);
        *k = (struct kept){0};
}
