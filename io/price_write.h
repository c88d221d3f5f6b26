/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A price list as text, as data, as a page. Students by id only. Errors stay in the stream. */
#ifndef IO_PRICE_WRITE_H
#define IO_PRICE_WRITE_H

#include "model/priced.h"
#include <stdio.h>

void price_text(const struct priced *list, FILE *to);
/* Format msched-price/1. */
void price_json(const struct priced *list, FILE *to);
/* One self-contained page without script. */
void price_page(const struct priced *list, FILE *to);

/* ---- phrases (price_write.c), also for the page; texts in the arena ---- */

/* "gains required_unmet 3, request_loss 12; loses uneven 1"; "gains nothing". */
const char *price_gain_text(struct arena *a, const struct problem *pb, const struct price *e);
/* "+3 primary requests met, ..."; empty where no measure differs. */
const char *price_measures_text(struct arena *a, const struct price *e);
/* "exactly", "at least (...)". */
const char *price_sure_text(struct arena *a, const struct problem *pb, const struct price *e);
/* "school.yaml:12", "school.yaml" or "". */
const char *price_place_text(struct arena *a, const struct price *e);

/* How many entries there are of each. */
struct price_counts {
        int worth, worth_unsearched; /* the second: of the first, without a search */
        int nothing, proven;         /* searched and found to gain nothing; of these for certain */
        int unsearched, left;        /* a few steps gained nothing; not even these were tried */
};
struct price_counts price_counts(const struct priced *list);

#endif
