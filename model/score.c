/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/score.h"
#include <string.h>

static const char *const names[N_TIERS] = {
        [CTE_UNMET] = "cte_unmet",
        [CTE_UNPLACED] = "cte_unplaced",
        [COHORT_BREAKS] = "cohort_breaks",
        [REQUIREMENT_SHORTFALL] = "requirement_shortfall",
        [REQUIRED_UNMET] = "required_unmet",
        [EMPTY_PERIODS] = "empty_periods",
        [REQUEST_LOSS] = "request_loss",
        [UNEVEN] = "uneven",
        [UNPLACED] = "unplaced",
        [PLANNING_MISSED] = "planning_missed",
        [IMBALANCE] = "imbalance",
        [EXTRA_SECTIONS] = "extra_sections",
        [AWAY] = "away",
        [MOVED] = "moved",
};

const char *tier_name(enum tier t)
{
        return names[t];
}

int tier_find(const char *name)
{
        for (int t = 0; t < N_TIERS; t++)
                if (!strcmp(names[t], name))
                        return t;
        return -1;
}

int score_compare(const enum tier *order, const struct score *a, const struct score *b)
{
        for (int i = 0; i < N_TIERS; i++) {
                const int64_t x = a->tier[order[i]], y = b->tier[order[i]];

                if (x != y)
                        return x < y ? -1 : 1;
        }
        return 0;
}

bool score_meets(const struct score *a, const struct bound *b)
{
        for (int t = 0; t < N_TIERS; t++)
                if (!b->known[t] || a->tier[t] != b->tier[t])
                        return false;
        return true;
}
