/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks that clash on sight: what a sheet of hundreds of them gets wrong, cell by cell. */
#ifndef MODEL_LOCK_CHECK_H
#define MODEL_LOCK_CHECK_H

#include "model/problem.h"

/*
 * Errors (ERROR_CLASH) for locks that cannot hold, each by itself or in twos: a start where the
 * course cannot run, a teacher who may not teach it or is not there, two sections with one teacher
 * or one student at one time, more sections than a load allows, and so on. What is frozen counts
 * where its section has to run; the error is told where the user would change it: at a board's cell
 * rather than in the school, in the school rather than at what is frozen. True: none; there may
 * still be clashes of other kinds.
 */
bool locks_check(const struct problem *pb, struct report *rp);

#endif
