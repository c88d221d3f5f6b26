/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sketch: where sections go, sought by what students' requests allow while a seat more costs next
 * to nothing and a teacher or room in two places is only dear. Its moves are many times cheaper
 * than the search's, and its landscape has fewer traps: seats that must balance at every step are
 * what holds a search fast far from schedules in which nearly everybody has everything. The search
 * then starts from its places.
 */
#ifndef SOLVER_SKETCH_H
#define SOLVER_SKETCH_H

#include "solver/state.h"

/*
 * Anneal from the places, teachers and reservations in st until the meter is over, then put the
 * units of st where they came to stand, their seats given up; what finds no teacher or room there
 * is left unplaced. plans: teams keep their common planning at nearly any price. Reservations,
 * co-teachers and what is not placed stay. The result depends on st, its random numbers and, under
 * a step limit, on nothing else.
 */
void sketch(struct state *st, struct meter *m, bool plans);

#endif
