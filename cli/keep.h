/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run starts from and what it may not change: --from, --freeze, --freeze-only, --board. */
#ifndef CLI_KEEP_H
#define CLI_KEEP_H

#include "cli/cli.h"
#include "model/schedule.h"

struct kept {
        struct problem *pb;     /* the school with the locks added; not `base` if there are any */
        struct problem *before; /* what pb shares texts with, or NULL */
        struct schedule *from;  /* of pb, or NULL */
};

/* base must outlive it. False: stop with *code, all being said. kept_release() it in any case. */
bool keep(const struct call *call, struct problem *base, struct kept *out, int *code);
void kept_release(struct kept *k, const struct problem *base);
/* The same for a verb that only takes --board. */
bool keep_board(const struct call *call, struct problem *base, struct kept *out, int *code);

#endif
