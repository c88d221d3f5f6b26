/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The score: a vector of tiers, smaller is better, compared from the top in the problem's order. */
#ifndef MODEL_SCORE_H
#define MODEL_SCORE_H

#include <stdbool.h>
#include <stdint.h>

enum tier {     /* in the specification's order; tier N there is N - 1 here */
        CTE_UNMET,
        CTE_UNPLACED,
        COHORT_BREAKS,
        REQUIREMENT_SHORTFALL,  /* in 1 / problem.year_unit years */
        REQUIRED_UNMET,
        EMPTY_PERIODS,
        REQUEST_LOSS,
        UNEVEN,
        UNPLACED,
        PLANNING_MISSED,
        IMBALANCE,
        EXTRA_SECTIONS,
        AWAY,
        MOVED,
        N_TIERS
};

struct score {
        int64_t tier[N_TIERS];
};

struct bound {
        int64_t tier[N_TIERS];
        bool known[N_TIERS];
};

const char *tier_name(enum tier t);            /* "cte_unmet", ... */
int tier_find(const char *name);               /* its number or -1 */
/* Negative, 0, positive as a is better than, equal to, worse than b under order[N_TIERS]. */
int score_compare(const enum tier *order, const struct score *a, const struct score *b);
bool score_meets(const struct score *a, const struct bound *b); /* equal to the bound in every tier */

#endif
