/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/priced.h"

const char *price_code(enum price_kind kind)
{
        static const char *const codes[N_PRICES] = {
                [PRICE_RULE] = "rule",
                [PRICE_LOCK] = "lock",
                [PRICE_LIMIT] = "limit",
                [PRICE_COHORT] = "cohort",
                [PRICE_PURITY] = "purity",
                [PRICE_PLANNING] = "planning",
                [PRICE_COURSE] = "course",
                [PRICE_SECTION] = "section",
                [PRICE_STAFFED] = "staffed",
                [PRICE_TEACHER] = "teacher",
                [PRICE_ROOM] = "room",
                [PRICE_PLACE] = "place",
                [PRICE_PERIOD] = "period",
        };
        return codes[kind];
}

const char *price_sure_code(enum price_sure sure)
{
        static const char *const codes[] = {
                [SURE_NONE] = "none",
                [SURE_SCREENED] = "screened",
                [SURE_SOLVED] = "solved",
                [SURE_PROVEN] = "proven",
        };
        return codes[sure];
}

int price_compare(const struct problem *pb, const struct price *a, const struct price *b)
{
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                int64_t x = a->before.tier[t] - a->after.tier[t];
                int64_t y = b->before.tier[t] - b->after.tier[t];
                if (x != y)
                        return x > y ? -1 : 1;
        }
        return 0;
}

bool price_any(const struct problem *pb, const struct price *e)
{
        return score_compare(pb->order, &e->after, &e->before) < 0;
}

bool price_at_most(const struct price *e, enum tier t, int64_t *most)
{
        if (!e->bound.known[t])
                return false;
        *most = e->before.tier[t] - e->bound.tier[t];
        return true;
}
