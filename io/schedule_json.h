/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule.json and back (back, so that verify can read anyone's answer). */
#ifndef IO_SCHEDULE_JSON_H
#define IO_SCHEDULE_JSON_H

#include "model/measure.h"
#include "model/schedule.h"
#include <stdio.h>

/* The answer in the file at path; ids that pb does not know become UNKNOWN. NULL, with errors in rp, if it is no schedule. */
struct answer *answer_read(const struct problem *pb, const char *path, struct report *rp);

/* The text of an answer; errors stay in the stream. */
void answer_print(const struct problem *pb, const struct answer *an, FILE *to);

/* Write an answer to path (temporary file, fsync, rename; mode 0600). */
bool answer_write(const struct problem *pb, const struct answer *an, const char *path, struct report *rp);

/* The seats of a previous schedule as problem.past. */
bool previous_read(struct problem *pb, const char *path, struct place at, struct report *rp);

#endif
