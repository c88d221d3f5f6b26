/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An arena and a report for each test of a reader, made by set_up(). */
#ifndef TESTS_SUPPORT_READ_H
#define TESTS_SUPPORT_READ_H

#include "model/memory.h"
#include "model/report.h"

extern struct arena *arena;
extern struct report *report;

int set_up(void **state);
int tear_down(void **state);

#endif
