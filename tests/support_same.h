/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are two problems the same in all stated fields? Names are compared, not numbers. */
#ifndef TESTS_SUPPORT_SAME_H
#define TESTS_SUPPORT_SAME_H

#include "model/problem.h"

/* The first thing that differs, in a static buffer, or NULL. */
const char *problems_differ(const struct problem *a, const struct problem *b);

#endif
