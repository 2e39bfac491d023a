/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Histogram of durations: integer microseconds in bins whose width is at most 1/128 (0.8 %) of
 * their lower edge, so that quantiles of any number of durations cost fixed memory and come out
 * within 0.8 %. Counts are integers: merging is exact and its order does not matter.
 *
 *   bin 0        exactly 0
 *   bin 1        0 < us < 1000
 *   bin 2 ...    [1000, 1004), [1004, 1008), ...: the 7 bits after the leading one and its
 *                position make up the bin, as in HDR histograms
 *   last bin     also holds all above 100 years
 *
 * Censored durations (known only to be longer) go into a second histogram of the same kind.
 * Plain data without pointers: zeroed memory is an empty histogram, memcpy copies one.
 */
#ifndef CCS_STATS_HISTOGRAM_H
#define CCS_STATS_HISTOGRAM_H

#include "base/assert.h"

#include <ccsim/types.h>
#include <stdint.h>

#define CCS_HISTOGRAM_BITS 7   /* after the leading one: width / lower edge <= 2^-7 */
#define CCS_HISTOGRAM_KEY 1274 /* 9 * 128 + 122: key of 1000 us = 2^9 + 122 * 2^2 */
#define CCS_HISTOGRAM_BINS 5308

struct ccs_histogram {
    uint64_t n; /* sum of count */
    uint64_t count[CCS_HISTOGRAM_BINS];
};

/* The bin of a duration >= 0. */
static inline uint32_t ccs_histogram_bin(ccs_time us)
{
    CCS_ASSERT(us >= 0);
    if (us < 1000) {
        return us > 0;
    }
    uint32_t position = 63u - (uint32_t)__builtin_clzll((uint64_t)us);
    uint32_t key = ((position - 1) << CCS_HISTOGRAM_BITS) +
                   (uint32_t)((uint64_t)us >> (position - CCS_HISTOGRAM_BITS));
    uint32_t bin = key - CCS_HISTOGRAM_KEY + 2;
    return bin < CCS_HISTOGRAM_BINS ? bin : CCS_HISTOGRAM_BINS - 1;
}

static inline void ccs_histogram_add(struct ccs_histogram *histogram, ccs_time us)
{
    histogram->n++;
    histogram->count[ccs_histogram_bin(us)]++;
}

/* Edges of a bin, us: it holds lo <= us < hi (bin 0: lo = hi = 0; the last: no end). */
ccs_time ccs_histogram_lo(uint32_t bin);
ccs_time ccs_histogram_hi(uint32_t bin);

/* dst += src, and dst -= src (of something merged before). */
void ccs_histogram_merge(struct ccs_histogram *dst, const struct ccs_histogram *src);
void ccs_histogram_remove(struct ccs_histogram *dst, const struct ccs_histogram *src);

/* The q-quantile in us, 0 <= q <= 1, linear within the bin; NAN if empty. It lies in the bin that
 * holds the ceil(q n)-th smallest duration. */
double ccs_histogram_quantile(const struct ccs_histogram *histogram, double q);

/* The product-limit curve S(us), the share that lasts longer than us >= 0 (Kaplan and Meier 1958,
 * Journal of the American Statistical Association 53),
 *
 *   S = product over bins up to us of (1 - ended / at risk),
 *
 * linear within a bin; what is censored in a bin counts as at risk there. `censored` may be NULL;
 * then S is the plain share. INFINITY gives the end of the curve. NAN if both are empty. */
double ccs_histogram_survival(const struct ccs_histogram *ended,
                              const struct ccs_histogram *censored, double us);

/* The q-quantile in us by that curve, 0 <= q < 1: where S has fallen to 1 - q. NAN if it does not
 * fall that far. Without censoring this is ccs_histogram_quantile. */
double ccs_histogram_survival_quantile(const struct ccs_histogram *ended,
                                       const struct ccs_histogram *censored, double q);

#endif
