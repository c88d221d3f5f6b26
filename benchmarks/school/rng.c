/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benchmarks/school/rng.h"

uint64_t rng_next(struct rng *r)
{
        uint64_t z = r->state += 0x9e3779b97f4a7c15u;

        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        return z ^ z >> 31;
}

struct rng rng_for(uint64_t seed, uint64_t stream)
{
        struct rng a = {seed}, b = {stream ^ 0x5851f42d4c957f2du};

        return (struct rng){rng_next(&a) ^ rng_next(&b)};
}

int rng_below(struct rng *r, int n)
{
        return (int)((rng_next(r) >> 32) * (uint64_t)n >> 32);
}

double rng_unit(struct rng *r)
{
        return (double)(rng_next(r) >> 11) * 0x1p-53;
}

/* The sum of twelve uniform numbers has variance 1. */
double rng_bell(struct rng *r)
{
        double sum = -6;

        for (int i = 0; i < 12; i++)
                sum += rng_unit(r);
        return sum;
}

bool rng_chance(struct rng *r, double p)
{
        return rng_unit(r) < p;
}

void rng_shuffle(struct rng *r, int *v, int n)
{
        for (int i = n - 1; i > 0; i--) {
                int k = rng_below(r, i + 1), keep = v[i];
                v[i] = v[k];
                v[k] = keep;
        }
}
