/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small generator of random numbers (splitmix64): the same numbers on every machine. */
#ifndef SCHOOL_RNG_H
#define SCHOOL_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
        uint64_t state;
};

struct rng rng_for(uint64_t seed, uint64_t stream); /* streams of one seed are independent */
uint64_t rng_next(struct rng *r);
int rng_below(struct rng *r, int n); /* 0 .. n - 1 */
double rng_unit(struct rng *r);      /* [0, 1) */
double rng_bell(struct rng *r);      /* about normal: mean 0, deviation 1 */
bool rng_chance(struct rng *r, double p);
void rng_shuffle(struct rng *r, int *v, int n);

#endif
