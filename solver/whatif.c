/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/whatif.h"
#include "solver/load_checked.h"
#include "solver/state.h"

bool whatif_solve_from(struct problem *edited, const struct schedule *from, const struct options *o,
        const volatile sig_atomic_t *stop, struct whatif *out)
{
        struct control control = {.begin = clock_now(), .stop = stop};
        struct report *rp = report_new();

        *out = (struct whatif){.pb = edited};
        bool fine = solve(edited, o, &control, from, &out->solution, rp);
        report_free(rp);
        return fine;
}

static bool solve_with(const struct schedule *sc, const struct edit *v, int n,
        const struct options *o, const volatile sig_atomic_t *stop, struct whatif *out)
{
        struct report *rp = report_new();
        struct problem *edited = edits_apply(sc->pb, v, n, rp);
        bool fine = edited != NULL;

        *out = (struct whatif){0};
        if (fine) {
                struct answer *an = schedule_answer(sc);
                struct schedule *from = answer_schedule(edited, an, rp);
                fine = whatif_solve_from(edited, from, o, stop, out);
                schedule_free(from);
                answer_free(an);
        }
        report_free(rp);
        return fine;
}

bool whatif_solve(const struct schedule *sc, const struct edit *v, int n, double work,
        const volatile sig_atomic_t *stop, struct whatif *out)
{
        struct options o;

        options_default(&o);
        o.time_limit = 0;
        o.work_limit = work;
        return solve_with(sc, v, n, &o, stop, out);
}

void whatif_release(struct whatif *w)
{
        if (w->solution.arena)
                solution_release(&w->solution);
        problem_free(w->pb);
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
