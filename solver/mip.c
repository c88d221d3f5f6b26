/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/mip.h"
#include <float.h>
#include <limits.h>
#include <math.h>

enum { FINISH_ITERATIONS = 50 }; /* what a fixed program counts as; GLPK does not tell */
enum { CHUNK = 2000 };           /* simplex iterations between looks at the meter */

static const double INTEGRAL = 1e-6; /* nearer to a whole number is a whole number */

struct watch { /* what the callback sees of a run */
        const struct formulation *f;
        struct meter *meter;
        int iterations;
        int64_t weight;
        double enough;
        bool stopped, enough_found;
};

/* An iteration works on the basis, about as many numbers as there are rows. */
static int64_t iteration_steps(const struct formulation *f)
{
        return glp_get_num_rows(f->lp) + 1;
}

static int iterations_allowed(const struct formulation *f, const struct meter *m)
{
        const int64_t left = meter_steps_left(m) / iteration_steps(f);

        return left < CHUNK ? (int)left + 1 : CHUNK;
}

static int milliseconds_left(const struct meter *m)
{
        const double left = meter_seconds_left(m) * 1000;

        if (left > 1e9)
                return INT_MAX;
        return left > 1 ? (int)left : 1;
}

static struct mip_result result(enum mip_status status, double bound)
{
        return (struct mip_result){status, bound};
}

struct mip_result mip_relax(struct formulation *f, struct meter *m)
{
        glp_smcp how;

        glp_init_smcp(&how);
        how.msg_lev = GLP_MSG_OFF;
        how.meth = GLP_DUALP;
        do {
                const int before_it = glp_get_it_cnt(f->lp);
                int failed;

                how.it_lim = iterations_allowed(f, m);
                how.tm_lim = milliseconds_left(m);
                failed = glp_simplex(f->lp, &how);
                meter_spend(m, (glp_get_it_cnt(f->lp) - before_it) * iteration_steps(f));
                if (failed == GLP_EBADB || failed == GLP_ESING || failed == GLP_ECOND ||
                        failed == GLP_EFAIL) {
                        glp_std_basis(f->lp);
                        failed = glp_simplex(f->lp, &how);
                        meter_spend(m, CHUNK * iteration_steps(f));
                }
                if (failed && failed != GLP_EITLIM)
                        return result(MIP_UNKNOWN, -DBL_MAX);
                if (!failed && glp_get_status(f->lp) == GLP_OPT)
                        return result(MIP_OPTIMAL, glp_get_obj_val(f->lp));
                if (!failed)
                        return result(
                                glp_get_status(f->lp) == GLP_NOFEAS ? MIP_INFEASIBLE : MIP_UNKNOWN,
                                -DBL_MAX);
        } while (!meter_over(m));
        return result(MIP_UNKNOWN, -DBL_MAX);
}

/*
 * Starts first, then cohorts, people, rooms and seats: with all sections placed the seats' program
 * is nearly integral by itself. Within a kind the column nearest to one half.
 */
static void branch(glp_tree *tree, const struct watch *w)
{
        glp_prob *lp = glp_ios_get_prob(tree);
        const int n = glp_get_num_cols(lp);
        int best = 0, best_kind = COL_OTHER + 1;
        double best_gap = 1;

        for (int c = 1; c <= n; c++) {
                const double x = glp_get_col_prim(lp, c);
                const double gap = fabs(x - floor(x) - 0.5);
                const int kind = w->f->kind[c];

                if (kind > best_kind || !glp_ios_can_branch(tree, c))
                        continue;
                if (kind < best_kind || gap < best_gap) {
                        best = c;
                        best_kind = kind;
                        best_gap = gap;
                }
        }
        if (best)
                glp_ios_branch_upon(tree, best, GLP_UP_BRNCH);
}

static void on_event(glp_tree *tree, void *info)
{
        struct watch *w = info;
        glp_prob *lp = glp_ios_get_prob(tree);
        const int now = glp_get_it_cnt(lp);

        if (!meter_spend(w->meter, (now - w->iterations + 1) * w->weight) || meter_over(w->meter)) {
                w->stopped = true;
                glp_ios_terminate(tree);
        }
        w->iterations = now;
        if (glp_ios_reason(tree) == GLP_IBRANCH)
                branch(tree, w);
        if (glp_ios_reason(tree) == GLP_IBINGO && glp_get_obj_val(lp) <= w->enough + INTEGRAL) {
                w->enough_found = true;
                glp_ios_terminate(tree);
        }
}

static void parameters(glp_iocp *how, struct watch *w)
{
        glp_init_iocp(how);
        how->msg_lev = GLP_MSG_OFF;
        how->br_tech = GLP_BR_MFV;
        how->bt_tech = GLP_BT_BLB;
        how->pp_tech = GLP_PP_ALL;
        how->fp_heur = GLP_OFF; /* it does not look at tm_lim */
        how->presolve = GLP_OFF;
        how->tm_lim = milliseconds_left(w->meter);
        how->cb_func = on_event;
        how->cb_info = w;
}

struct mip_result mip_solve(struct formulation *f, struct meter *m, double enough)
{
        struct watch w = {.f = f, .meter = m, .weight = iteration_steps(f), .enough = enough};
        struct mip_result relaxed = mip_relax(f, m);
        glp_iocp how;
        int failed, status;

        if (relaxed.status != MIP_OPTIMAL)
                return relaxed;
        w.iterations = glp_get_it_cnt(f->lp);
        parameters(&how, &w);
        failed = glp_intopt(f->lp, &how);
        status = glp_mip_status(f->lp);
        if (w.enough_found)
                return result(MIP_FEASIBLE, relaxed.bound);
        if (!failed && !w.stopped && status == GLP_OPT)
                return result(MIP_OPTIMAL, glp_mip_obj_val(f->lp));
        if (!failed && !w.stopped && status == GLP_NOFEAS)
                return result(MIP_INFEASIBLE, -DBL_MAX);
        if (status == GLP_FEAS || status == GLP_OPT)
                return result(MIP_FEASIBLE, relaxed.bound);
        return result(MIP_UNKNOWN, relaxed.bound);
}

struct mip_result mip_finish(struct formulation *f, struct meter *m)
{
        glp_iocp how;
        int failed, status;

        meter_spend(m, FINISH_ITERATIONS * iteration_steps(f));
        glp_init_iocp(&how);
        how.msg_lev = GLP_MSG_OFF;
        how.presolve = GLP_ON;
        how.fp_heur = GLP_OFF;
        how.tm_lim = milliseconds_left(m);
        failed = glp_intopt(f->lp, &how);
        status = glp_mip_status(f->lp);
        if (failed == GLP_ENOPFS || (!failed && status == GLP_NOFEAS))
                return result(MIP_INFEASIBLE, -DBL_MAX);
        if (status == GLP_OPT || status == GLP_FEAS)
                return result(status == GLP_OPT ? MIP_OPTIMAL : MIP_FEASIBLE, -DBL_MAX);
        return result(MIP_UNKNOWN, -DBL_MAX);
}
