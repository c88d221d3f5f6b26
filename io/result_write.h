/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a result: schedule.json, schedule.txt, report.html, input.json. */
#ifndef IO_RESULT_WRITE_H
#define IO_RESULT_WRITE_H

#include "model/schedule.h"

/* Can files be written to dir (made if need be)? Asked before the hours of work, not after. */
bool result_prepare(const char *dir, struct report *rp);

/* Would result_write() to dir, which is there, replace this file? */
bool result_replaces(const char *dir, const char *path);

/*
 * Write the folder: all files first under temporary names; then renamed, schedule.json, whose
 * sha256 the others carry, last. On failure the old result stays; but where only the text or the page
 * cannot be written (a full disk), the schedule is, and that file, an older one too, is left out.
 * False unless all is written. root as given to problem_read().
 */
bool result_write(const struct problem *pb, const struct answer *an, const char *dir,
        const char *root, struct report *rp);

#endif
