/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bounds of tiers 1-3. The rows of the relaxation hold for every schedule, with all students and
 * sections that they do not count left out; so the least value of a tier under them is a bound.
 */
#include "solver/cte_parts.h"
#include "solver/mip.h"
#include <float.h>
#include <math.h>

static const double WHOLE = 1e-4; /* a least value so little above a whole number is that number */

/*
 * A stack is planned as one unit where all its courses can run; some of them could run elsewhere
 * alone, so that its rows prove nothing.
 */
static bool proves(const struct cte *c)
{
        for (int i = 0; i < c->n_sorts; i++)
                if (c->sorts[i].n_lanes > 1)
                        return false;
        for (int i = 0; i < c->pb->n_courses; i++) {
                const struct course *co = &c->pb->courses[i];
                if ((co->pathway >= 0 || co->in_cohorts.n) && co->stack >= 0)
                        return false;
        }
        return true;
}

static void aim(struct cte *c, enum tier t)
{
        glp_prob *lp = c->f->lp;

        for (int i = 0; i <= glp_get_num_cols(lp); i++)
                glp_set_obj_coef(lp, i, 0);
        for (int p = 0; t == CTE_UNMET && p < c->n_packs; p++)
                for (int w = 0; w < c->packs[p].n_wishes; w++)
                        glp_set_obj_coef(lp, c->packs[p].wishes[w].unmet, 1);
        for (int i = 0; t == CTE_UNPLACED && i < c->pb->n_courses; i++)
                if (c->missing[i] && c->pb->courses[i].pathway >= 0)
                        glp_set_obj_coef(lp, c->missing[i], 1);
        for (int i = 0; t == COHORT_BREAKS && i < c->n_seats; i++)
                if (c->seats[i].breaks)
                        glp_set_obj_coef(lp, c->seats[i].column, 1);
}

void cte_bounds(struct cte *c, struct bound *b)
{
        static const enum tier tiers[] = {CTE_UNMET, CTE_UNPLACED, COHORT_BREAKS};

        if (!proves(c))
                return;
        for (int i = 0; i < (int)(sizeof tiers / sizeof *tiers); i++) {
                enum tier t = tiers[i];
                struct meter part = meter_part(c->meter, 1.0 / (3 - i));
                aim(c, t);
                struct mip_result r = mip_solve(c->f, &part, -DBL_MAX);
                meter_join(c->meter, &part);
                if (r.status == MIP_INFEASIBLE || r.bound < 0)
                        continue;
                int64_t least = (int64_t)ceil(r.bound - WHOLE);
                if (t == CTE_UNMET)
                        least += c->never;
                if (!b->known[t] || least > b->tier[t]) {
                        b->known[t] = true;
                        b->tier[t] = least;
                }
        }
}
