/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keyed stream as a GSL generator: the three functions GSL calls. */
#include "random/gsl_rng.h"

#include <limits.h>

static unsigned long get(void *state)
{
    return (unsigned long)ccs_stream_bits(state);
}

static double get_double(void *state)
{
    return ccs_stream_uniform(state);
}

/* A stream is addressed, not seeded: seeding n goes to its draw number n. */
static void set(void *state, unsigned long seed)
{
    struct ccs_stream *stream = state;
    uint64_t mask = CCS_STREAM_DRAWS - 1;
    stream->lane = (stream->lane & ~mask) | (seed & mask);
}

const gsl_rng_type ccs_gsl_rng_type = {
    .name = "ccs_stream",
    .max = ULONG_MAX,
    .min = 0,
    .size = sizeof(struct ccs_stream),
    .set = set,
    .get = get,
    .get_double = get_double,
};
