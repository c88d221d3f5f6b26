/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of problem_warn(): locks. */
#ifndef IO_PROBLEM_WARN_LOCKS_H
#define IO_PROBLEM_WARN_LOCKS_H

#include "model/problem.h"
#include "model/report.h"

/* A warning for each pair of locks that have two courses with one section each overlap, though
 * students ask for both. */
void warn_locks(const struct problem *pb, struct report *rp);

#endif
