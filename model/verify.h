/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recount the hard rules H1-H11 and the score of an answer from problem and answer alone.
 *
 * Written from the format, not from the solver: it reads only the stated fields of the problem and
 * derives section counts, default cohorts, ranks and years itself.
 */
#ifndef MODEL_VERIFY_H
#define MODEL_VERIFY_H

#include "model/schedule.h"

struct fault {
        const char *rule;       /* "H1" ... "H11", "cell" (not the cells of a start), or "claim" */
        struct place at;        /* the rule or lock that is broken, where there is one */
        const char *text;       /* names students by id only */
};

struct verdict {
        struct arena *arena;
        int n_faults, n_claims;         /* broken rules; false claims (score, bound, status, lists) */
        struct fault *faults, *claims;
        struct score score;             /* recounted */
};

/* With claims: also compare score, bound, status, unplaced and unmet with the truth. verdict_free() it. */
struct verdict *verify(const struct problem *pb, const struct answer *an, bool claims);
void verdict_free(struct verdict *v);

#endif
