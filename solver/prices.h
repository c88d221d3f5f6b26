/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the search pays for one unit of each tier. Prices steer, they do not judge: results are
 * compared tier by tier. Soft prices keep the schedule fluid while it is hot; hard ones stand far
 * apart, as the tiers do.
 */
#ifndef SOLVER_PRICES_H
#define SOLVER_PRICES_H

#include "model/problem.h"

enum { PRICE_OF_ELECTIVE = 100000 }; /* an unmet elective: four points of request_loss */

struct prices {
        int64_t tier[N_TIERS];
        int64_t least, purity; /* of one student missing for a minimum, for a purity */
        int64_t over;          /* of one student too many in a section */
        int64_t lock;          /* of a lock that does not hold */
};

/*
 * 0 where most courses have a single section, 1 where they have three and more. Few sections make a
 * school hard: its schedule freezes hotter, and into the shape that its cohorts take together.
 */
double prices_variety(const struct problem *pb);

/*
 * Prices at hardness 0 (soft) to 1 (hard), in between geometrically; in the order of pb's tiers.
 * The first three tiers have a hardness of their own: they set first.
 */
struct prices prices_at(const struct problem *pb, double hardness, double first);

#endif
