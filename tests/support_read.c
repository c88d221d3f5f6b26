/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support_read.h"

struct arena *arena;
struct report *report;

int set_up(void **state)
{
        (void)state;
        arena = arena_new();
        report = report_new();
        return 0;
}

int tear_down(void **state)
{
        (void)state;
        arena_free(arena);
        report_free(report);
        return 0;
}
