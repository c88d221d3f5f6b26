/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules of a changed school seen from the school as it is: the parts of price_all(). */
#ifndef SOLVER_PRICE_PARTS_H
#define SOLVER_PRICE_PARTS_H

#include "model/priced.h"

/* What the school as it is can still say of a schedule of a changed one. schedule_free() it. */
struct schedule *price_back(const struct schedule *sc, const struct problem *pb);
/* The score of a changed school's schedule with no more sections asked for than pb does. */
struct score price_counted(
        const struct problem *pb, const struct schedule *sc, const struct score *score);
/* e->before, e->was: schedule sc of the school as it is, counted by the changed one. */
void price_before(struct price *e, const struct schedule *sc, const struct score *score);
/* Keep of the changed school's bounds what bounds the score as it is counted here. */
void price_bound(struct price *e, const struct problem *pb, const struct problem *changed,
        const struct bound *bound);
/* Does sc break no hard rule? Its score, recounted. */
bool price_recount(const struct schedule *sc, struct score *score);

#endif
