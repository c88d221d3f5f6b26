/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of model/variant share. */
#ifndef MODEL_VARIANT_PARTS_H
#define MODEL_VARIANT_PARTS_H

#include "model/variant.h"

struct before {       /* another bell; -1: omitted */
        int *loads;   /* [n_teachers] their own */
        int *periods; /* [n_courses] of one meeting */
};

void before_take(struct before *b, const struct problem *pb);
void before_release(struct before *b);

/*
 * Own loads, which are new ones in proportion already, rounded: whose load was enough for a course
 * still can teach it. What has changed is noted.
 */
void variant_keep_loads(struct problem *pb, const struct before *b, struct notes *notes);

/* Can a file tell it, with at most 9 decimals? In lowest terms. */
bool variant_is_decimal(struct ratio x);

#endif
