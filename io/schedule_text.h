/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timetable that a principal would print. */
#ifndef IO_SCHEDULE_TEXT_H
#define IO_SCHEDULE_TEXT_H

#include "model/schedule.h"
#include <stdio.h>

/*
 * The master schedule by department (the course's subject) and by period, one line a section; then
 * what is unplaced and unmet, with reasons. an speaks of pb alone (no UNKNOWN). sha256 is that of
 * the schedule.json it goes with. Students by id only. Errors stay in the stream.
 */
void schedule_text(const struct problem *pb, const struct answer *an, const char *sha256, FILE *to);

#endif
