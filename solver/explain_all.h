/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A schedule explained whole or in part: reasons, grids and verified fixes. */
#ifndef SOLVER_EXPLAIN_ALL_H
#define SOLVER_EXPLAIN_ALL_H

#include "model/explained.h"
#include <signal.h>

struct explain_ask {
        int student, course, section; /* only of these; -1: of all */
        int fixes;                    /* at most, of each */
        double seconds;               /* fixes are looked for that long; 0: no limit */
        const volatile sig_atomic_t *stop;
};

/* sc breaks no hard rule and outlives the result. explained_free() it. */
struct explained *explain_all(const struct schedule *sc, const struct explain_ask *ask);
void explained_free(struct explained *ex);

#endif
