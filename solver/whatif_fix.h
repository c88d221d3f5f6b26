/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The smallest changes that would meet a request or place a section, each verified by solving. */
#ifndef SOLVER_WHATIF_FIX_H
#define SOLVER_WHATIF_FIX_H

#include "model/explained.h"
#include "solver/whatif.h"

/* One search for fixes: benches are kept while requests of one course are asked about in a row. */
struct fixer;
struct fixer *fixer_new(const struct schedule *sc, const volatile sig_atomic_t *stop);
void fixer_free(struct fixer *fx);

/* At most `most` fixes for unmet primary request r, best first, in the arena; and, beyond these, one
 * lock less where locks stand in the way and all are better off without. */
struct fix *fix_request(struct fixer *fx, struct arena *a, int r, int most, int *n);
/* The same for a section that is not placed. */
struct fix *fix_section(
        struct fixer *fx, struct arena *a, int s, const struct reason *why, int most, int *n);

#endif
