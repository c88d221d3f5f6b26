/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diving: solve the relaxation, push what leans most towards a whole number up to it, solve again.
 * A push that leaves nothing is taken back and the column kept below it instead.
 */
#include "solver/cte_parts.h"
#include "solver/mip.h"
#include <float.h>
#include <math.h>

enum { MAX_FAILS = 30, TRIES = 6, LAST_FAILS = 300 };
static const double WHOLE = 1e-5, SHAKE = 0.4,
                    SURE = 0.95; /* leaning so much, columns are pushed together */

struct bounds {
        int column;
        double low, high;
};

struct push {
        int trail, column; /* where it begins; the column pushed up */
        double floor;
};

struct dive {
        struct arena *arena;
        struct formulation *f;
        struct meter *meter;
        double most; /* a relaxation above this has lost too much */
        int n_trail, cap_trail, n_levels, cap_levels, fails, max_fails;
        struct bounds *trail;
        struct push *levels;
};

static void set_bounds(struct dive *d, int column, double low, double high)
{
        glp_prob *lp = d->f->lp;

        ARENA_GROW(d->arena, d->trail, d->n_trail, d->cap_trail);
        d->trail[d->n_trail++] =
                (struct bounds){column, glp_get_col_lb(lp, column), glp_get_col_ub(lp, column)};
        glp_set_col_bnds(lp, column, low < high ? GLP_DB : GLP_FX, low, high);
}

static void go_back(struct dive *d, int trail)
{
        while (d->n_trail > trail) {
                const struct bounds *b = &d->trail[--d->n_trail];
                glp_set_col_bnds(
                        d->f->lp, b->column, b->low < b->high ? GLP_DB : GLP_FX, b->low, b->high);
        }
}

/* The last push was wrong. */
static bool turn(struct dive *d)
{
        if (!d->n_levels || ++d->fails > d->max_fails)
                return false;
        const struct push l = d->levels[--d->n_levels];
        go_back(d, l.trail);
        set_bounds(d, l.column, glp_get_col_lb(d->f->lp, l.column), l.floor);
        return true;
}

/* The column of the kind that leans most upwards, or 0 where all are whole. */
static int leaning(const struct dive *d, int kind, double *part)
{
        glp_prob *lp = d->f->lp;
        int best = 0;

        *part = 0;
        for (int c = 1; c <= glp_get_num_cols(lp); c++) {
                double x = glp_get_col_prim(lp, c), up = x - floor(x + WHOLE);
                if (d->f->kind[c] == kind && up > WHOLE && up > *part) {
                        best = c;
                        *part = up;
                }
        }
        return best;
}

static void push_up(struct dive *d, int kind, int best)
{
        glp_prob *lp = d->f->lp;
        double x = glp_get_col_prim(lp, best);

        ARENA_GROW(d->arena, d->levels, d->n_levels, d->cap_levels);
        d->levels[d->n_levels++] = (struct push){d->n_trail, best, floor(x + WHOLE)};
        for (int c = 1; c <= glp_get_num_cols(lp); c++) {
                double y = glp_get_col_prim(lp, c), low = ceil(y - WHOLE);
                if (d->f->kind[c] == kind && (c == best || y > low - 1 + SURE) &&
                        low > glp_get_col_lb(lp, c))
                        set_bounds(d, c, low, glp_get_col_ub(lp, c));
        }
}

/* All of a kind whole: they stay. */
static void settle_kind(struct dive *d, int kind)
{
        glp_prob *lp = d->f->lp;

        for (int c = 1; c <= glp_get_num_cols(lp); c++) {
                double x = floor(glp_get_col_prim(lp, c) + 0.5);
                if (d->f->kind[c] == kind && glp_get_col_lb(lp, c) < glp_get_col_ub(lp, c))
                        set_bounds(d, c, x, x);
        }
}

static bool run(struct dive *d)
{
        static const int kinds[] = {COL_START, COL_COHORT, COL_TEACHER, COL_ROOM};
        double part;

        for (int k = 0; k < (int)(sizeof kinds / sizeof *kinds);) {
                struct mip_result r = mip_relax(d->f, d->meter);
                if (r.status != MIP_OPTIMAL || r.bound > d->most) {
                        if (meter_over(d->meter) || !turn(d))
                                return false;
                        k = 0;
                        continue;
                }
                int best = leaning(d, kinds[k], &part);
                if (best)
                        push_up(d, kinds[k], best);
                else
                        settle_kind(d, kinds[k++]);
        }
        return mip_relax(d->f, d->meter).status == MIP_OPTIMAL;
}

/* Another try leans elsewhere: a little of a price on every start, from a generator of its own. */
static void shake(struct formulation *f, uint64_t *rng)
{
        for (int c = 1; c <= glp_get_num_cols(f->lp); c++) {
                *rng = *rng * 6364136223846793005u + 1442695040888963407u;
                if (f->kind[c] == COL_START)
                        glp_set_obj_coef(f->lp, c, SHAKE * (double)(*rng >> 40) / (1 << 24));
        }
}

bool cte_dive(struct cte *c, double slack)
{
        struct formulation *f = c->f;
        struct meter *m = c->meter;
        struct dive d = {.arena = c->arena, .f = f, .meter = m, .max_fails = MAX_FAILS};
        uint64_t rng = 1;
        bool found = false;

        for (int i = 0; i < TRIES && !found && !meter_over(m); i++) {
                if (i)
                        shake(f, &rng);
                d.most = mip_relax(f, m).bound + slack;
                if (i == TRIES - 1) {
                        d.most = DBL_MAX;
                        d.max_fails = LAST_FAILS;
                }
                found = run(&d);
                d.fails = d.n_levels = 0;
                if (!found)
                        go_back(&d, 0);
        }
        return found;
}
