/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The price list of a school: each change is solved from the schedule at hand and set against the
 * same schedule searched as long without it.
 */
#ifndef SOLVER_PRICE_H
#define SOLVER_PRICE_H

#include "model/priced.h"
#include "solver/options.h"
#include <signal.h>

struct price_ask {
        const struct options *options; /* time or work for the whole list; seed, streams, threads */
        double begin;                  /* clock_now() when the time limit began to run */
        const char *key;               /* only the entry of this key; NULL: all */
        const volatile sig_atomic_t *stop;
};

/*
 * sc breaks no hard rule; its problem outlives the result. NULL with an error in rp where no entry
 * has that key. priced_free() it.
 */
struct priced *price_all(const struct schedule *sc, const struct price_ask *ask, struct report *rp);
void priced_free(struct priced *list);

/* The entry of that key, nothing solved; NULL with an error in rp where there is none. */
struct priced *price_entry(const struct schedule *sc, const char *key, struct report *rp);

/* The entries with nothing solved (price_list.c). */
void price_list(struct priced *list, const struct schedule *sc);

#endif
