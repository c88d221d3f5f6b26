/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every schedule of a tiny school, one after the other, judged by verify() alone. */
#ifndef TESTS_BRUTE_H
#define TESTS_BRUTE_H

#include "model/schedule.h"

struct brute {
        bool found; /* is there any valid schedule? */
        struct score best;
        int64_t schedules; /* judged */
        bool too_many;     /* gave up */
};

/* Find the best score; give up after so many schedules. */
struct brute brute_solve(const struct problem *pb, int64_t most);

#endif
