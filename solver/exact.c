/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/exact.h"
#include "model/verify.h"
#include "solver/glpk_guard.h"
#include "solver/mip.h"
#include "solver/sweep.h"
#include <float.h>
#include <math.h>

/*
 * Of columns as formulation_size() counts them. Measured on random schools: 20 students, 8 courses
 * and 4 periods are about 600 and proven in a second or two, 30 x 10 x 5 are 2,000; at 40 x 12 x 6,
 * 4,500, single tiers stay open after half a minute, at 60 x 12 x 6, 8,000, most do.
 */
enum { SMALL = 4000, SWEEP_NODES = 3000000 };

static const double FUZZ = 1e-6; /* a bound that near to a whole number is that number */

struct proof { /* what a guarded run works on */
        const struct problem *pb;
        struct meter *meter;
        struct schedule *sc, *trial;
        struct score *score;
        struct bound *bound;
        bool complete;
        struct formulation *f;
};

bool exact_is_small(const struct problem *pb)
{
        return formulation_size(pb) <= SMALL;
}

/* Take the columns' solution if it is valid and better. False if it is neither. */
static bool adopt(struct proof *p)
{
        struct answer *an;
        struct verdict *v;
        bool better;

        formulation_read(p->f, glp_mip_col_val, p->trial);
        an = schedule_answer(p->trial);
        v = verify(p->pb, an, false);
        better = !v->n_faults && score_compare(p->pb->order, &v->score, p->score) < 0;
        if (better) {
                schedule_copy(p->sc, p->trial);
                *p->score = v->score;
        }
        verdict_free(v);
        answer_free(an);
        return better;
}

/* The least value of the tier's kind (constant + steps) that is not below x. */
static int64_t round_up(const struct goal *goal, double x)
{
        return goal->constant % goal->step +
               (int64_t)ceil(
                       (x - (double)(goal->constant % goal->step)) / (double)goal->step - FUZZ) *
                       goal->step;
}

static void raise_bound(struct proof *p, enum tier t, int64_t least)
{
        if (!p->bound->known[t] || p->bound->tier[t] < least) {
                p->bound->tier[t] = least;
                p->bound->known[t] = true;
        }
}

static bool met(const struct proof *p, enum tier t)
{
        return p->bound->known[t] && p->bound->tier[t] >= p->score->tier[t];
}

/*
 * Look for something better than the incumbent in tier t; nothing there proves it. Row caps the
 * tier. False if that stays open.
 */
static bool improve(struct proof *p, enum tier t, int row, struct meter *m)
{
        const struct goal *goal = formulation_goal(p->f, t);
        struct mip_result found;
        bool solved;

        formulation_recap(p->f, t, row, p->score->tier[t] - goal->step);
        found = mip_solve(p->f, m, -DBL_MAX);
        solved = found.status == MIP_INFEASIBLE;

        if (found.status == MIP_OPTIMAL || found.status == MIP_FEASIBLE)
                solved = adopt(p) && found.status == MIP_OPTIMAL;
        if (solved)
                raise_bound(p, t, p->score->tier[t]);
        else if (found.bound > -DBL_MAX)
                raise_bound(p, t, round_up(goal, found.bound));
        return solved;
}

/* Starts as given; all free where slot is NULL. */
static void fix_starts(struct formulation *f, const int *slot)
{
        for (int g = 0; g < f->n_groups; g++) {
                const struct group *gr = &f->groups[g];
                const bool fixed = slot != NULL;

                for (int j = 0; j < gr->n_slots; j++) {
                        const bool on = slot && slot[g] == j;

                        if (gr->X[j])
                                glp_set_col_bnds(
                                        f->lp, gr->X[j], fixed ? GLP_FX : GLP_DB, on, !fixed || on);
                        for (int m = 0; m < gr->n_sections && gr->n_sections > 1; m++)
                                if (f->parts[gr->sections[m]].x[j])
                                        glp_set_col_bnds(f->lp, f->parts[gr->sections[m]].x[j],
                                                fixed && !on ? GLP_FX : GLP_DB, 0, !fixed || on);
                }
        }
}

static enum swept try_starts(void *context, const int *slot)
{
        struct proof *p = context;
        struct mip_result found;
        enum swept end = SWEPT_OPEN;

        fix_starts(p->f, slot);
        found = mip_finish(p->f, p->meter);
        if (found.status == MIP_INFEASIBLE)
                end = SWEPT_NONE;
        if ((found.status == MIP_OPTIMAL || found.status == MIP_FEASIBLE) && adopt(p))
                end = SWEPT_FOUND;
        fix_starts(p->f, NULL);
        return end;
}

/* As improve(), by going through the placements; each solution found starts it again. */
static void sweep_tier(struct proof *p, enum tier t, int row, struct meter *m)
{
        const int64_t step = formulation_goal(p->f, t)->step;
        struct meter *whole = p->meter;
        enum swept end = SWEPT_FOUND;

        p->meter = m;
        while (end == SWEPT_FOUND && !met(p, t)) {
                struct sweep_job job = {.tier = t,
                        .caps = *p->score,
                        .nodes = SWEEP_NODES,
                        .decide = try_starts,
                        .context = p};

                job.caps.tier[t] -= step;
                formulation_recap(p->f, t, row, job.caps.tier[t]);
                end = sweep(p->f, m, &job);
        }
        p->meter = whole;
        if (end == SWEPT_NONE)
                raise_bound(p, t, p->score->tier[t]);
}

static void prove_tier(struct proof *p, enum tier t)
{
        struct meter part = meter_part(p->meter, 0.5);
        const int row = formulation_cap(p->f, t, p->score->tier[t]);
        struct mip_result relaxed;

        raise_bound(p, t, 0);
        if (!met(p, t)) {
                formulation_aim(p->f, t);
                relaxed = mip_relax(p->f, &part);
                if (relaxed.status == MIP_OPTIMAL)
                        raise_bound(p, t, round_up(formulation_goal(p->f, t), relaxed.bound));
        }
        if (!met(p, t) && sweep_bounds(t)) {
                struct meter share = meter_part(&part, 0.6);

                sweep_tier(p, t, row, &share);
                meter_join(&part, &share);
        }
        if (!met(p, t))
                improve(p, t, row, &part);
        p->complete &= met(p, t);
        formulation_recap(p->f, t, row, p->score->tier[t]);
        meter_join(p->meter, &part);
}

static void prove(void *context)
{
        struct proof *p = context;

        formulation_build(p->f);
        p->complete = true;
        for (int n = 0; n < N_TIERS && !meter_over(p->meter); n++)
                prove_tier(p, p->pb->order[n]);
        formulation_close(p->f);
}

bool exact_solve(const struct problem *pb, struct meter *m, struct schedule *sc,
        struct score *score, struct bound *bound, struct report *rp)
{
        struct proof p = {.pb = pb,
                .meter = m,
                .sc = sc,
                .trial = schedule_new(pb),
                .score = score,
                .bound = bound,
                .f = formulation_new(pb, (struct scope){NULL, NULL}, false)};
        const bool whole = glpk_guard(prove, &p, rp);

        formulation_free(p.f);
        schedule_free(p.trial);
        return whole && p.complete && score_meets(score, bound);
}
