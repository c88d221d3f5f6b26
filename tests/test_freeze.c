/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random tiny schools, solved, frozen and solved again: what was frozen stays, nobody loses a seat,
 * and the result is a schedule of the school without the locks, too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/freeze.h"
#include "model/verify.h"
#include "solver/meter.h"
#include "solver/solve.h"
#include "support_text.h"
#include "tiny_school.h"
#include <stdlib.h>

static bool solved(const struct problem *pb, const struct schedule *from, double work, bool exact,
        struct solution *out)
{
        struct report *rp = report_new();
        struct control control = {.begin = clock_now()};
        struct options o;

        options_default(&o);
        o.time_limit = 0;
        o.work_limit = work;
        o.streams = o.threads = 1;
        o.exact = exact;
        bool ok = solve(pb, &o, &control, from, out, rp);
        report_free(rp);
        return ok;
}

/* Does the schedule, made for a school with locks added, break no rule of the school as it is? */
static bool holds_without(const struct problem *pb, const struct schedule *sc)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(pb, an, false);
        bool fine = v->n_faults == 0;

        if (!fine)
                print_message("%s %s\n", v->faults[0].rule, v->faults[0].text);
        verdict_free(v);
        answer_free(an);
        return fine;
}

static void compare(const struct schedule *was, const struct schedule *now, unsigned what)
{
        const struct problem *pb = was->pb;

        for (int s = 0; s < pb->n_sections; s++) {
                if (was->start[s] < 0 || now->start[s] < 0)
                        continue;
                if (what & FREEZE_PERIODS)
                        assert_int_equal(now->start[s], was->start[s]);
                if (what & FREEZE_TEACHERS)
                        assert_int_equal(now->teacher[s], was->teacher[s]);
                if (what & FREEZE_ROOMS)
                        assert_int_equal(now->room[s], was->room[s]);
        }
        for (int r = 0; r < pb->n_requests && what & FREEZE_STUDENTS; r++)
                if (was->seat[r] >= 0)
                        assert_int_equal(now->seat[r], was->seat[r]);
}

static void freeze_and_solve(
        const struct problem *pb, const struct schedule *was, unsigned what, bool exact)
{
        struct report *rp = report_new();
        struct edits locks = {0};
        struct solution again;

        freeze(was, what, NULL, NULL, &locks, rp);
        struct problem *with = edits_apply(pb, locks.v, locks.n, rp);
        assert_non_null(with);
        struct schedule *from = edits_schedule(was, with);
        assert_true(text_valid(from));
        assert_true(solved(with, from, 0.3, exact, &again));
        assert_true(holds_without(pb, again.schedule));
        compare(was, again.schedule, what);
        solution_release(&again);
        schedule_free(from);
        problem_free(with);
        edits_release(&locks);
        report_free(rp);
}

static void what_is_frozen_stays(void **state)
{
        uint64_t n = getenv("MSCHED_FULL") && *getenv("MSCHED_FULL") ? 300 : 40;
        int tried = 0;

        (void)state;
        for (uint64_t seed = 1; seed <= n; seed++) {
                struct problem *pb = tiny_school(seed, tiny_features(seed));
                struct solution first;
                /* In a hurry: so that there is something to improve, and to be kept from. */
                if (solved(pb, NULL, 0.0001, false, &first)) {
                        tried++;
                        freeze_and_solve(pb, first.schedule, FREEZE_SECTIONS, seed % 2);
                        freeze_and_solve(pb, first.schedule, FREEZE_PERIODS, !(seed % 2));
                        freeze_and_solve(
                                pb, first.schedule, FREEZE_TEACHERS | FREEZE_ROOMS, seed % 2);
                        solution_release(&first);
                }
                problem_free(pb);
        }
        assert_true(tried * 2 > (int)n);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_frozen_stays),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
