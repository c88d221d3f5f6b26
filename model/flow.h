/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The largest flow from what is asked for (left) to what there is (right), and where it is cut off.
 *
 * Built, run once, asked. left i asks for `need[i]`, right j has `room[j]`; an edge carries at most
 * its capacity. All numbers are whole and not negative.
 */
#ifndef MODEL_FLOW_H
#define MODEL_FLOW_H

#include "model/memory.h"
#include <stdbool.h>

struct flow;
struct flow *flow_new(struct arena *a, int n_left, int n_right);
void flow_need(struct flow *f, int left, int need);
void flow_room(struct flow *f, int right, int room);
void flow_edge(struct flow *f, int left, int right, int capacity);
/* The value of a largest flow. */
int flow_run(struct flow *f);
/*
 * Of the cut nearest to the left: left nodes in it ask, together, for more than the right nodes in
 * it and the edges out of it can give.
 */
bool flow_left_short(const struct flow *f, int left);
bool flow_right_full(const struct flow *f, int right);
/* Right nodes that could still give more, directly or by giving otherwise: however the flow is
 * arranged, they are not all used up. */
bool flow_right_spare(const struct flow *f, int right);

#endif
