/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/verify.h"
#include "solver/load_columns.h"
#include "tests/support_random.h"
#include "tests/support_text.h"
#include "tests/tiny_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SAMPLE = 300, FULL = 3000, MOST_LOADINGS = 3000, SECONDS = 60 };

static bool full(void)
{
        const char *all = getenv("MSCHED_FULL");

        return all && *all;
}

static struct verdict *judged(const struct schedule *sc)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);

        answer_free(an);
        return v;
}

static struct score score_of(const struct schedule *sc)
{
        struct verdict *v = judged(sc);
        const struct score score = v->score;

        if (v->n_faults)
                fail_msg("not valid: %s: %s", v->faults[0].rule, v->faults[0].text);
        verdict_free(v);
        return score;
}

static const enum tier loaded[] = {CTE_UNMET, COHORT_BREAKS, REQUIREMENT_SHORTFALL, REQUIRED_UNMET,
        EMPTY_PERIODS, REQUEST_LOSS, UNEVEN, MOVED};
enum { N_LOADED = sizeof loaded / sizeof *loaded };

/* The tiers that seats decide, in the problem's order; the others 0. */
static struct score seats_part(const struct score *s)
{
        struct score out = {{0}};

        for (int n = 0; n < N_LOADED; n++)
                out.tier[loaded[n]] = s->tier[loaded[n]];
        return out;
}

struct all { /* every loading of one placement */
        struct schedule *sc;
        struct score best;
        int64_t tried;
};

static void try_all(struct all *x, int r)
{
        const struct problem *pb = x->sc->pb;

        if (x->tried > MOST_LOADINGS)
                return;
        if (r == pb->n_requests) {
                struct verdict *v = judged(x->sc);
                const struct score part = seats_part(&v->score);

                x->tried++;
                if (!v->n_faults && score_compare(pb->order, &part, &x->best) < 0)
                        x->best = part;
                verdict_free(v);
                return;
        }
        const struct course *c = &pb->courses[pb->requests[r].course];
        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                if (x->sc->start[s] < 0 || !pb->requests[r].admitted)
                        continue;
                x->sc->seat[r] = s;
                try_all(x, r + 1);
        }
        x->sc->seat[r] = NONE;
        try_all(x, r + 1);
}

struct seen {
        int compared, proven, better, open;
};

static bool has_stack(const struct problem *pb)
{
        for (int r = 0; r < pb->n_rules; r++)
                if (pb->rules[r].kind == RULE_STACK)
                        return true;
        return false;
}

/* Strands keep their members' seats, and a stack may stand in a way that is left as it is. */
static void compare(uint64_t seed, const struct problem *pb, struct schedule *sc, struct seen *seen)
{
        struct frame *f = frame_new(pb);
        const struct score before = score_of(sc);
        struct score score = before;
        struct bound least;
        struct meter m;
        struct all all = {.sc = schedule_new(pb), .best = seats_part(&before)};

        schedule_copy(all.sc, sc);
        try_all(&all, 0);
        meter_init(&m, clock_now(), SECONDS, 0, NULL);
        const bool proven = load_by_columns_least(f, &m, sc, &score, &least);
        const struct score after = score_of(sc), part = seats_part(&after);
        assert_memory_equal(&after, &score, sizeof after);
        assert_true(score_compare(pb->order, &after, &before) <= 0);
        seen->better += score_compare(pb->order, &after, &before) < 0;
        if (all.tried <= MOST_LOADINGS) {
                seen->compared++;
                seen->proven += proven;
                seen->open += score_compare(pb->order, &part, &all.best) > 0;
                if (!proven && !f->has_strands && !has_stack(pb))
                        fail_msg("seed %llu: left open", (unsigned long long)seed);
                if (proven && score_compare(pb->order, &part, &all.best) != 0)
                        fail_msg(
                                "seed %llu: said to be best, and is not", (unsigned long long)seed);
        }
        schedule_free(all.sc);
        frame_free(f);
}

static void what_is_proven_is_the_best_of_all_loadings(void **state)
{
        struct seen seen = {0};

        (void)state;
        for (uint64_t seed = 0; seed < (full() ? FULL : SAMPLE); seed++) {
                struct dice dice = {.state = seed * 77 + 5};
                char *text = seed % 2 ? random_school(&dice) : NULL;
                struct problem *pb =
                        text ? text_school(text) : tiny_school(seed, tiny_features(seed));
                struct schedule *sc = random_schedule(&dice, pb);

                if (text_valid(sc))
                        compare(seed, pb, sc, &seen);
                schedule_free(sc);
                problem_free(pb);
                mem_free(text);
        }
        print_message("# %d compared, %d proven, %d made better, %d left open\n", seen.compared,
                seen.proven, seen.better, seen.open);
        assert_true(seen.compared >= 50 && seen.better >= 20);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_proven_is_the_best_of_all_loadings),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
