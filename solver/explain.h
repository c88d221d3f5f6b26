/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a request is unmet or a section unplaced, read off a finished schedule. True, not guessed. */
#ifndef SOLVER_EXPLAIN_H
#define SOLVER_EXPLAIN_H

#include "model/finding.h"
#include "model/schedule.h"

/* The reason for primary request r, which sc does not meet. */
struct reason explain_request(struct arena *a, const struct schedule *sc, int r);
/* The same for all of them at once, into unmet[n_requests]; far cheaper than one by one. */
void explain_requests(struct arena *a, const struct schedule *sc, struct reason *unmet);
/* The reason for section s, which sc does not place. */
struct reason explain_section(struct arena *a, const struct schedule *sc, int s);

#endif
