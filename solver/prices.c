/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/prices.h"
#include <math.h>

static const struct {
        double soft, hard; /* in electives */
} table[N_TIERS] = {
        [CTE_UNMET] = {4.0, 30},
        [CTE_UNPLACED] = {4.0, 30},
        [COHORT_BREAKS] = {2.0, 10},
        [REQUIREMENT_SHORTFALL] = {0.2, 6}, /* a year */
        [REQUIRED_UNMET] = {0.3, 3},
        [EMPTY_PERIODS] = {0.05, 0.6},
        [REQUEST_LOSS] = {0.25, 0.25},
        [UNEVEN] = {0.02, 0.04},
        [UNPLACED] = {0.02, 0.02},
        [PLANNING_MISSED] = {0.6, 0.03},
        [IMBALANCE] = {0.0006, 0.0006},
        [EXTRA_SECTIONS] = {0.0003, 0.0003},
        [AWAY] = {0.00015, 0.00015},
        [MOVED] = {0.00005, 0.00005},
};

static double between(double soft, double hard, double y)
{
        return soft * pow(hard / soft, y);
}

struct prices prices_at(const struct problem *pb, double y)
{
        struct prices p;
        double below = 0;

        for (int i = N_TIERS - 1; i >= 0; i--) {
                enum tier t = pb->order[i];
                double price = between(table[t].soft, table[t].hard, y);
                /* `priorities` may lift a tier above ones that cost more: it then costs more than
                 * they. */
                if (y > 0 && price < below * y)
                        price = below * y * (t == PLANNING_MISSED || i < 6 ? 2 : 1);
                below = price > below && t != PLANNING_MISSED ? price : below;
                if (t == REQUIREMENT_SHORTFALL)
                        price /= (double)pb->year_unit;
                p.tier[t] = (int64_t)(price * PRICE_OF_ELECTIVE) > 0
                                    ? (int64_t)(price * PRICE_OF_ELECTIVE)
                                    : 1;
        }
        p.least = (int64_t)(between(0.5, 2, y) * PRICE_OF_ELECTIVE);
        p.purity = (int64_t)(between(1, 4, y) * PRICE_OF_ELECTIVE);
        p.lock = (int64_t)(50.0 * PRICE_OF_ELECTIVE);
        return p;
}
