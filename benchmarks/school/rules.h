/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits, rules of every kind, locks and home rooms, read off a plan, which therefore keeps them
 * all. */
#ifndef SCHOOL_RULES_H
#define SCHOOL_RULES_H

#include "benchmarks/school/build.h"

void rules_read_off(struct build *b);
void rules_homes(struct build *b);

#endif
