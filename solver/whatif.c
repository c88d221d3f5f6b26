/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/whatif.h"
#include "model/lock_check.h"
#include "solver/load_checked.h"
#include "solver/state.h"

static bool solve_from(struct problem *edited, const struct schedule *from, const struct options *o,
        const volatile sig_atomic_t *stop, bool hurry, struct whatif *out)
{
        struct control control = {.begin = clock_now(), .stop = stop, .hurry = hurry};
        struct report *rp = report_new();

        *out = (struct whatif){.pb = edited};
        bool fine = solve(edited, o, &control, from, &out->solution, rp);
        report_free(rp);
        return fine;
}

bool whatif_solve_from(struct problem *edited, const struct schedule *from, const struct options *o,
        const volatile sig_atomic_t *stop, struct whatif *out)
{
        return solve_from(edited, from, o, stop, false, out);
}

/* The edited school with the locks that freeze what the answer has of it, into out. */
static bool edit_and_freeze(const struct problem *pb, const struct edit *v, int n, unsigned frozen,
        const struct answer *an, struct report *rp, struct whatif *out)
{
        const struct freeze_only all = {0};

        out->pb = edits_apply(pb, v, n, rp);
        if (!out->pb || !frozen)
                return out->pb != NULL;
        out->edited = out->pb;
        out->pb = freeze_answer(out->edited, an, frozen, &all, rp);
        if (out->pb == out->edited)
                out->edited = NULL;
        return out->pb && locks_check(out->pb, rp);
}

bool whatif_solve(const struct schedule *sc, const struct edit *v, int n, unsigned frozen,
        double work, const volatile sig_atomic_t *stop, struct whatif *out)
{
        struct answer *an = schedule_answer(sc);
        struct report *rp = report_new();
        struct options o;

        options_default(&o);
        o.time_limit = 0;
        o.work_limit = work;
        *out = (struct whatif){0};
        bool fine = edit_and_freeze(sc->pb, v, n, frozen, an, rp, out);
        if (fine) {
                struct problem *edited = out->edited;
                struct schedule *from = answer_schedule(out->pb, an, rp);
                fine = solve_from(out->pb, from, &o, stop, frozen != 0, out);
                out->edited = edited;
                schedule_free(from);
        }
        report_free(rp);
        answer_free(an);
        return fine;
}

void whatif_release(struct whatif *w)
{
        if (w->solution.arena)
                solution_release(&w->solution);
        problem_free(w->pb);
        problem_free(w->edited);
        *w = (struct whatif){0};
}

bool bench_open(struct bench *b, const struct schedule *sc, const struct edit *v, int n)
{
        struct report *rp = report_new();

        *b = (struct bench){.pb = edits_apply(sc->pb, v, n, rp)};
        report_free(rp);
        if (!b->pb)
                return false;
        b->frame = frame_new(b->pb);
        b->meter = mem_zero(1, sizeof *b->meter);
        meter_init(b->meter, clock_now(), 0, 0, NULL);
        b->state = state_new(b->frame, 1, b->meter);
        b->rng = b->state->rng;
        struct prices hard = prices_at(b->pb, 1, 1);
        state_reprice(b->state, &hard);
        struct schedule *from = edits_schedule(sc, b->pb);
        load_checked(b->state, from);
        schedule_free(from);
        b->now = schedule_new(b->pb);
        state_save(b->state, b->now);
        b->score = b->state->score;
        return true;
}

void bench_close(struct bench *b)
{
        if (b->state)
                state_free(b->state);
        if (b->frame)
                frame_free(b->frame);
        schedule_free(b->now);
        mem_free(b->meter);
        problem_free(b->pb);
        *b = (struct bench){0};
}

void bench_restart(struct bench *b)
{
        b->state->rng = b->rng;
}

int bench_section(const struct bench *b, int course, int k)
{
        const struct course *c = &b->pb->courses[course];

        return k < 1 || k > c->sections_max ? NONE : c->first_section + k - 1;
}
