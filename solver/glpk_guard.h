/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fence around a library that ends in abort() on misuse and on failing allocations. */
#ifndef SOLVER_GLPK_GUARD_H
#define SOLVER_GLPK_GUARD_H

#include "model/report.h"
#include <stdbool.h>

/*
 * Run body(context) with GLPK silent and its errors caught. False, with an ERROR_SYSTEM in rp, if
 * GLPK gave up: then every GLPK object of this thread is gone, and body must have kept all else
 * that it allocated where the caller can free it. A refusal of memory ends in mem_short(). Frees
 * GLPK's environment of the thread at the end, so guarded calls do not nest.
 */
bool glpk_guard(void (*body)(void *context), void *context, struct report *rp);

#endif
