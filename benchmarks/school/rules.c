/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benchmarks/school/rules.h"

void rules_read_off(struct build *b)
{
        (void)b;
}
void rules_homes(struct build *b)
{
        (void)b;
}
