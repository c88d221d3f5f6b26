/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random small schools that use all kinds of rules, and random schedules of them that keep all hard
 * rules. */
#ifndef TESTS_SUPPORT_RANDOM_H
#define TESTS_SUPPORT_RANDOM_H

#include "model/schedule.h"

/* The same numbers everywhere for one seed. */
struct dice {
        uint64_t state;
};

int dice_below(struct dice *d, int n); /* 0 .. n - 1 */
bool dice_chance(struct dice *d, int percent);

/* A school as YAML: up to 4 periods, 2 terms, 5 courses, 8 students. mem_free() it. */
char *random_school(struct dice *d);

/* A partial schedule without a fault, built section by section and seat by seat. schedule_free()
 * it. */
struct schedule *random_schedule(struct dice *d, const struct problem *pb);

#endif
