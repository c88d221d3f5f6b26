/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of problem_warn(): rules. */
#ifndef IO_PROBLEM_WARN_RULES_H
#define IO_PROBLEM_WARN_RULES_H

#include "model/problem.h"
#include "model/report.h"

/* A warning for each rule before, adjacent or needs that cannot be kept for all. */
void warn_rules(const struct problem *pb, struct report *rp);

#endif
