/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a schedule achieves, in one screen or one JSON object. */
#ifndef IO_SUMMARY_H
#define IO_SUMMARY_H

#include "io/json_write.h"
#include "model/measure.h"
#include "model/schedule.h"
#include <stdio.h>

/* Counts first, CTE leading; then the score with its bounds, tiers in the school's order. */
void summary_text(
        const struct problem *pb, const struct answer *an, const struct measures *m, FILE *to);
/* The members of an object that the caller has begun: "measures", "score", "bound". */
void summary_json(struct json_out *o, const struct problem *pb, const struct answer *an,
        const struct measures *m);

/* The measures alone, as an object of counts. */
void measures_json(struct json_out *o, const char *key, const struct measures *m);

/* A score alone: "score" as a table, as an object. Years where the tier counts years. */
void score_text(const struct problem *pb, const struct score *score, FILE *to);
void score_json(struct json_out *o, const struct problem *pb, const struct score *score);

#endif
