/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A keyed stream as a GSL generator, so that GSL's samplers (rejection methods that need an
 * unknown number of uniforms) draw from the stream they are given and from nothing else.
 *
 *   gsl_rng rng = ccs_gsl_rng(&stream);
 *   x = gsl_ran_gamma(&rng, shape, scale);
 *
 * Invariants: nothing is allocated: the generator lives on the stack and its state *is* the
 * stream, which advances as it is used; gsl_rng_uniform is ccs_stream_uniform, multiples of
 * 2^-53 (Random123's own adaptor gives 32 bits); gsl_rng_get gives all 64 bits. gsl_rng_free must
 * not be called on it.
 */
#ifndef CCS_RANDOM_GSL_RNG_H
#define CCS_RANDOM_GSL_RNG_H

#include "random/stream.h"

#include <gsl/gsl_rng.h>

extern const gsl_rng_type ccs_gsl_rng_type;

/* Borrows the stream for as long as the generator is used. */
static inline gsl_rng ccs_gsl_rng(struct ccs_stream *stream)
{
    gsl_rng rng = {&ccs_gsl_rng_type, stream};
    return rng;
}

#endif
