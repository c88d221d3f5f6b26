/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/mip_columns.h"
#include <float.h>
#include <limits.h>

enum { CHUNK = 2000 }; /* simplex iterations between looks at the meter */

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

/* About as many numbers as a step of the simplex method touches. */
static int64_t row_steps(glp_prob *lp)
{
        return glp_get_num_rows(lp) + 1;
}

struct mip_result mip_regrow(glp_prob *lp, struct meter *m)
{
        glp_smcp how;

        glp_init_smcp(&how);
        how.msg_lev = GLP_MSG_OFF;
        how.meth = GLP_PRIMAL;
        do {
                const int64_t left = meter_steps_left(m) / row_steps(lp) + 1;
                const int before_it = glp_get_it_cnt(lp);

                how.it_lim = left < CHUNK ? (int)left : CHUNK;
                how.tm_lim = milliseconds_left(m);
                int failed = glp_simplex(lp, &how);
                meter_spend(m, (glp_get_it_cnt(lp) - before_it) * row_steps(lp));
                if (failed == GLP_EBADB || failed == GLP_ESING || failed == GLP_ECOND) {
                        glp_std_basis(lp);
                        continue;
                }
                if (failed && failed != GLP_EITLIM)
                        return result(MIP_UNKNOWN, -DBL_MAX);
                if (!failed && glp_get_status(lp) == GLP_OPT)
                        return result(MIP_OPTIMAL, glp_get_obj_val(lp));
                if (!failed)
                        return result(MIP_UNKNOWN, -DBL_MAX);
        } while (!meter_over(m));
        return result(MIP_UNKNOWN, -DBL_MAX);
}

struct picking {
        struct meter *meter;
        int iterations, left; /* seen so far, allowed */
        int64_t weight;
        bool stopped;
};

static void on_pick(glp_tree *tree, void *info)
{
        struct picking *x = info;
        const int now = glp_get_it_cnt(glp_ios_get_prob(tree));

        x->left -= now - x->iterations + 1;
        if (!meter_spend(x->meter, (now - x->iterations + 1) * x->weight) || meter_over(x->meter) ||
                x->left < 0) {
                x->stopped = true;
                glp_ios_terminate(tree);
        }
        x->iterations = now;
}

struct mip_result mip_pick(glp_prob *lp, struct meter *m, int iterations)
{
        struct picking x = {.meter = m, .left = iterations, .weight = row_steps(lp)};
        glp_iocp how;

        glp_init_iocp(&how);
        how.msg_lev = GLP_MSG_OFF;
        how.presolve = GLP_ON;
        how.br_tech = GLP_BR_MFV;
        how.bt_tech = GLP_BT_BLB;
        how.fp_heur = GLP_OFF;
        how.tm_lim = milliseconds_left(m);
        how.cb_func = on_pick;
        how.cb_info = &x;
        const int failed = glp_intopt(lp, &how);
        const int status = glp_mip_status(lp);
        if (failed == GLP_ENOPFS || (!failed && !x.stopped && status == GLP_NOFEAS))
                return result(MIP_INFEASIBLE, -DBL_MAX);
        if (status == GLP_OPT && !failed && !x.stopped)
                return result(MIP_OPTIMAL, glp_mip_obj_val(lp));
        if (status == GLP_OPT || status == GLP_FEAS)
                return result(MIP_FEASIBLE, -DBL_MAX);
        return result(MIP_UNKNOWN, -DBL_MAX);
}
