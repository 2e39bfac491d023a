/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A private generator for the statistics tests (xorshift64*, Vigna 2016), so that they do not rest
 * on the random layer they help to judge.
 */
#ifndef CCS_TEST_STATS_RANDOM_H
#define CCS_TEST_STATS_RANDOM_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

struct xorshift {
    uint64_t state; /* never 0 */
};

static inline uint64_t xorshift_next(struct xorshift *x)
{
    x->state ^= x->state >> 12;
    x->state ^= x->state << 25;
    x->state ^= x->state >> 27;
    return x->state * UINT64_C(2685821657736338717);
}

/* Inside (0, 1). */
static inline double xorshift_uniform(struct xorshift *x)
{
    return ((double)(xorshift_next(x) >> 11) + 0.5) * 0x1p-53;
}

static inline double xorshift_exponential(struct xorshift *x)
{
    return -log(xorshift_uniform(x));
}

/* Box and Muller 1958. */
static inline double xorshift_normal(struct xorshift *x)
{
    double r = sqrt(2 * xorshift_exponential(x));
    return r * cos(6.283185307179586 * xorshift_uniform(x));
}

/* 0 ... n-1; the bias is below n / 2^53. Has the type of a ccs_index_draw. */
static inline size_t xorshift_index(void *context, size_t n)
{
    return (size_t)(xorshift_uniform(context) * (double)n);
}

#endif
