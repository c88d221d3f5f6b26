/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Placement and loading improved together: annealing in several streams, the best of which counts.
 */
#ifndef SOLVER_SEARCH_H
#define SOLVER_SEARCH_H

#include "model/schedule.h"
#include "solver/frame.h"
#include "solver/meter.h"
#include "solver/options.h"

struct search_watch {
        void (*found)(
                void *context, const struct score *best, int64_t steps); /* called under a lock */
        void *context;
};

/*
 * Improve sc (valid, with the given score) until the meter is over or the score meets `lower` in
 * every tier. complete: sc is a whole schedule worth starting from; else each stream constructs its
 * own, keeping what sc has. Result and score replace sc and *score if better. The result depends on
 * the options' seed and streams and, under a step limit, on nothing else.
 */
void search_run(const struct frame *f, const struct options *o, struct meter *m,
        const struct bound *lower, bool complete, struct schedule *sc, struct score *score,
        const struct search_watch *watch);

#endif
