/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/prices.h"
#include <math.h>

static const struct {
        double soft, hard; /* in electives */
} table[N_TIERS] = {
        [CTE_UNMET] = {1.0, 60},
        [CTE_UNPLACED] = {1.0, 60},
        [COHORT_BREAKS] = {0.6, 30},
        [REQUIREMENT_SHORTFALL] = {0.5, 16}, /* a year */
        [REQUIRED_UNMET] = {0.5, 8},
        [EMPTY_PERIODS] = {0.05, 1.0},
        [REQUEST_LOSS] = {0.25, 0.25},
        [UNEVEN] = {0.02, 0.04},
        [UNPLACED] = {0.02, 0.35},
        [PLANNING_MISSED] = {3.0, 0.3},
        [IMBALANCE] = {0.0006, 0.0006},
        [EXTRA_SECTIONS] = {0.0003, 0.0003},
        [AWAY] = {0.00015, 0.00015},
        [MOVED] = {0.00005, 0.00005},
};

static double between(double soft, double hard, double y)
{
        return soft * pow(hard / soft, y);
}

double prices_variety(const struct problem *pb)
{
        double sections = pb->n_courses ? (double)pb->n_sections / pb->n_courses : 1;

        return sections < 1.5 ? 0 : sections > 3 ? 1 : (sections - 1.5) / 1.5;
}

struct prices prices_at(const struct problem *pb, double hardness, double first)
{
        struct prices p;
        double below = 0, variety = prices_variety(pb);

        for (int i = N_TIERS - 1; i >= 0; i--) {
                enum tier t = pb->order[i];
                double y = t <= REQUIRED_UNMET ? first : hardness;
                double soft = table[t].soft * (t <= COHORT_BREAKS ? 1 + 3 * variety : 1);
                double price = between(soft, table[t].hard, y);
                /* `priorities` may lift a tier above ones that cost more: it then costs more than
                 * they. */
                if (y > 0 && price < below * y)
                        price = below * y * (t == PLANNING_MISSED || i < 6 ? 2 : 1);
                below = price > below && t != PLANNING_MISSED ? price : below;
                if (i >= N_TIERS - 2 && t <= CTE_UNPLACED) /* options.cte_last */
                        price = table[MOVED].hard;
                if (t == REQUIREMENT_SHORTFALL)
                        price /= (double)pb->year_unit;
                p.tier[t] = (int64_t)(price * PRICE_OF_ELECTIVE) > 0
                                    ? (int64_t)(price * PRICE_OF_ELECTIVE)
                                    : 1;
        }
        /* No schedule leaves the search with these: in the end they cost more than any request. */
        double late = hardness * hardness;
        p.least = (int64_t)(between(0.1, 40, late) * PRICE_OF_ELECTIVE);
        p.purity = (int64_t)(between(1, 100, late) * PRICE_OF_ELECTIVE);
        p.over = (int64_t)(between(0.25, 100, late) * PRICE_OF_ELECTIVE);
        p.lock = (int64_t)(50.0 * PRICE_OF_ELECTIVE);
        return p;
}
