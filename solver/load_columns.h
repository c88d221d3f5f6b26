/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loading by column generation: the placement stays, students choose anew among its sections.
 *
 * A column is all seats of one student. Bounds that come out hold for this placement only and say
 * nothing about the problem.
 */
#ifndef SOLVER_LOAD_COLUMNS_H
#define SOLVER_LOAD_COLUMNS_H

#include "model/schedule.h"
#include "solver/frame.h"
#include "solver/meter.h"

/*
 * Improve the seats of sc (valid, with the given score), tier by tier in the problem's order, as
 * far as the meter allows. sc stays valid and is never worse. True if no other seats for this
 * placement are better in the tiers that add up over students.
 */
bool load_by_columns(
        const struct frame *f, struct meter *m, struct schedule *sc, struct score *score);

/* The same; least: what no loading of this placement goes below, in each of those tiers, with the
 * tiers above it at the values in *score. Unknown where some seats had to be kept. */
bool load_by_columns_least(const struct frame *f, struct meter *m, struct schedule *sc,
        struct score *score, struct bound *least);

#endif
