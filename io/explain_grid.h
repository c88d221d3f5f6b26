/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A student's requests by periods, as text: the sections there, their free seats, what blocks them.
 */
#ifndef IO_EXPLAIN_GRID_H
#define IO_EXPLAIN_GRID_H

#include "model/explained.h"
#include <stdio.h>

void explain_grid(const struct explained *ex, const struct explained_student *who, FILE *to);

#endif
