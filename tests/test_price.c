/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solver/price: what is said to be proven is what trying everything finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/price_write.h"
#include "model/verify.h"
#include "solver/meter.h"
#include "solver/price.h"
#include "solver/solve.h"
#include "tests/brute.h"
#include "tests/support_text.h"
#include "tests/tiny_school.h"
#include <stdlib.h>
#include <string.h>

static struct options work_of(double millions)
{
        struct options o;

        options_default(&o);
        o.time_limit = 0;
        o.work_limit = millions;
        return o;
}

static struct priced *priced(const struct schedule *sc, double work)
{
        struct options o = work_of(work);
        struct price_ask ask = {.options = &o, .begin = clock_now()};
        struct report *rp = report_new();
        struct priced *list = price_all(sc, &ask, rp);

        assert_non_null(list);
        assert_int_equal(report_errors(rp), 0);
        report_free(rp);
        return list;
}

static const struct price *entry(const struct priced *list, const char *key)
{
        for (int i = 0; i < list->n; i++)
                if (!strcmp(list->v[i].key, key))
                        return &list->v[i];
        fail_msg("no entry %s", key);
        return NULL;
}

static int64_t gain(const struct price *e, enum tier t)
{
        return e->before.tier[t] - e->after.tier[t];
}

static const char locked[] = "msched: 1\n"
                             "bell: {periods: 3}\n"
                             "contract: {load: 2, size: {min: 1, max: 9}}\n"
                             "teachers: [{id: kim}, {id: lee}]\n"
                             "courses:\n"
                             "  - {id: ART, sections: 1}\n"
                             "  - {id: BIO, sections: 1, grades: [9, 10]}\n"
                             "students: [{id: s, grade: 9}]\n"
                             "requests: [{student: s, course: ART}, {student: s, course: BIO}]\n"
                             "locks:\n"
                             "  - {course: ART, section: 1, period: 2}\n"
                             "  - {course: BIO, section: 1, period: 2}\n";

static void one_of_two_locks_costs_one_request(void **state)
{
        (void)state;
        struct problem *pb = text_school(locked);
        struct schedule *sc = text_schedule(pb, "ART 1 2/Y kim - - -: s; BIO 1 2/Y lee - - -:;");
        struct priced *list = priced(sc, 100);

        for (int i = 1; i <= 2; i++) {
                const struct price *e = entry(list, i == 1 ? "lock:1" : "lock:2");
                assert_int_equal(gain(e, REQUEST_LOSS), 4);
                assert_int_equal(e->is.primary_met - e->was.primary_met, 1);
                assert_int_equal(e->sure, SURE_PROVEN);
                assert_int_equal(e->at.line, 11 + i - 1);
        }
        assert_true(list->v[0].kind == PRICE_LOCK && list->v[1].kind == PRICE_LOCK);
        const struct price *idle = entry(list, "course:BIO:grades");
        assert_true(idle->idle && idle->sure == SURE_PROVEN && !price_any(pb, idle));
        priced_free(list);
        schedule_free(sc);
        problem_free(pb);
}

static void a_schedule_that_can_be_better_by_itself_is_no_gain_of_a_rule(void **state)
{
        (void)state;
        struct problem *pb = text_school(locked);
        struct schedule *sc = text_schedule(pb, "ART 1 2/Y kim - - -:; BIO 1 2/Y lee - - -:;");
        struct priced *list = priced(sc, 100);

        assert_int_equal(list->given.tier[REQUEST_LOSS], 8);
        assert_int_equal(list->best.tier[REQUEST_LOSS], 4);
        assert_int_equal(gain(entry(list, "limit:load"), REQUEST_LOSS), 0);
        assert_int_equal(gain(entry(list, "lock:1"), REQUEST_LOSS), 4);
        priced_free(list);
        schedule_free(sc);
        problem_free(pb);
}

static void an_unknown_entry_is_refused(void **state)
{
        (void)state;
        struct problem *pb = text_school(locked);
        struct schedule *sc = schedule_new(pb);
        struct report *rp = report_new();

        assert_null(price_entry(sc, "lock:3", rp));
        assert_int_equal(report_worst(rp), ERROR_INPUT);
        struct priced *one = price_entry(sc, "lock:2", rp);
        assert_int_equal(one->n, 1);
        assert_int_equal(one->v[0].edits[0].what, 1);
        priced_free(one);
        report_free(rp);
        schedule_free(sc);
        problem_free(pb);
}

/* ---- in words ---- */

static void what_is_lost_is_not_told_as_a_gain(void **state)
{
        (void)state;
        struct problem *pb = text_school(locked);
        struct arena *a = arena_new();
        struct price e = {.sure = SURE_SOLVED};

        assert_string_equal(price_gain_text(a, pb, &e), "gains nothing");
        e.before.tier[REQUEST_LOSS] = 8;
        assert_string_equal(price_gain_text(a, pb, &e), "gains request_loss 8");
        e.after.tier[UNEVEN] = 22;
        assert_string_equal(price_gain_text(a, pb, &e), "gains request_loss 8; loses uneven 22");
        arena_free(a);
        problem_free(pb);
}

static void what_was_not_searched_is_counted_apart(void **state)
{
        (void)state;
        struct problem *pb = text_school(locked);
        struct price v[] = {
                {.sure = SURE_SOLVED, .before.tier[REQUEST_LOSS] = 4},
                {.sure = SURE_SCREENED, .before.tier[REQUEST_LOSS] = 4},
                {.sure = SURE_SOLVED},
                {.sure = SURE_PROVEN},
                {.sure = SURE_SCREENED},
                {.sure = SURE_NONE},
                {.sure = SURE_NONE, .why = "cannot be"},
        };
        struct priced list = {.pb = pb, .n = sizeof v / sizeof *v, .v = v};
        struct price_counts n = price_counts(&list);

        assert_int_equal(n.worth, 2);
        assert_int_equal(n.worth_unsearched, 1);
        assert_int_equal(n.nothing, 2);
        assert_int_equal(n.proven, 1);
        assert_int_equal(n.unsearched, 1);
        assert_int_equal(n.left, 1);
        problem_free(pb);
}

/* ---- against trying everything ---- */

enum { JUDGED = 5000, SCHOOLS = 24, SCHOOLS_FULL = 400 };

static void show(const char *what, const struct score *s)
{
        print_message("%s", what);
        for (int t = 0; t < N_TIERS; t++)
                print_message(" %lld", (long long)s->tier[t]);
        print_message("\n");
}

static void wrong(uint64_t seed, const struct price *e, const struct brute *all, const char *what)
{
        show("before:", &e->before);
        show("after:", &e->after);
        show("everything:", &all->best);
        fail_msg("seed %llu, %s: %s", (unsigned long long)seed, e->key, what);
}

/* Sections are counted as today's, which trying everything does not; true if it was compared. */
static bool check_entry(uint64_t seed, const struct problem *pb, const struct price *e)
{
        struct report *rp = report_new();
        struct brute all = {0};

        if (score_compare(pb->order, &e->after, &e->before) > 0)
                wrong(seed, e, &all, "a loss");
        struct problem *to = edits_apply(pb, e->edits, e->n_edits, rp);
        report_free(rp);
        if (!to || e->edits[0].kind == EDIT_SECTIONS || e->sure == SURE_NONE) {
                problem_free(to);
                return false;
        }
        all = brute_solve(to, JUDGED);
        problem_free(to);
        if (all.too_many || !all.found)
                return false;
        int way = score_compare(pb->order, &e->after, &all.best);
        /* Stacked sections share a teacher: without the rule there may be nothing as good. */
        bool better = score_compare(pb->order, &all.best, &e->before) < 0;
        if (way < 0 && better)
                wrong(seed, e, &all, "better than everything");
        if (e->sure == SURE_PROVEN && way > 0)
                wrong(seed, e, &all, "proven, and not the best");
        if (e->bound.known[CTE_UNMET] && e->bound.tier[CTE_UNMET] > all.best.tier[CTE_UNMET])
                wrong(seed, e, &all, "a bound that does not hold");
        return true;
}

static bool solved(const struct problem *pb, struct solution *out)
{
        struct options o = work_of(2);
        struct control control = {.begin = clock_now()};
        struct report *rp = report_new();
        bool fine = solve(pb, &o, &control, NULL, out, rp);

        report_free(rp);
        return fine;
}

static void what_is_proven_is_what_trying_everything_finds(void **state)
{
        const uint64_t last =
                getenv("MSCHED_FULL") && *getenv("MSCHED_FULL") ? SCHOOLS_FULL : SCHOOLS;
        int compared = 0, proven = 0, worth = 0;

        (void)state;
        for (uint64_t seed = 0; seed < last; seed++) {
                struct problem *pb = tiny_school(seed, tiny_features(seed));
                struct solution s;
                if (solved(pb, &s)) {
                        struct priced *list = priced(s.schedule, 20);
                        for (int i = 0; i < list->n; i++) {
                                compared += check_entry(seed, pb, &list->v[i]);
                                proven += list->v[i].sure == SURE_PROVEN;
                                worth += price_any(pb, &list->v[i]);
                        }
                        priced_free(list);
                        solution_release(&s);
                }
                problem_free(pb);
        }
        print_message(
                "# %d entries compared, %d proven, %d worth something\n", compared, proven, worth);
        assert_true(compared > 50 && proven > 50 && worth > 10);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(one_of_two_locks_costs_one_request),
                cmocka_unit_test(a_schedule_that_can_be_better_by_itself_is_no_gain_of_a_rule),
                cmocka_unit_test(an_unknown_entry_is_refused),
                cmocka_unit_test(what_is_lost_is_not_told_as_a_gain),
                cmocka_unit_test(what_was_not_searched_is_counted_apart),
                cmocka_unit_test(what_is_proven_is_what_trying_everything_finds),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
