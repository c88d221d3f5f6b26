/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rooms: the labs that were planned, and as many of the pooled types as are in use at one time. */
#ifndef SCHOOL_ROOMS_H
#define SCHOOL_ROOMS_H

#include "benchmarks/school/build.h"

/* Fills the problem's rooms and, of a planted school, the room of every unit. */
void build_rooms(struct build *b);

#endif
