/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histogram of durations: edges, merging, quantiles. */
#include "stats/histogram.h"

#include <math.h>

ccs_time ccs_histogram_lo(uint32_t bin)
{
    if (bin < 2) {
        return 0;
    }
    uint32_t key = bin - 2 + CCS_HISTOGRAM_KEY;
    uint32_t position = key >> CCS_HISTOGRAM_BITS;
    uint64_t leading =
        (UINT64_C(1) << CCS_HISTOGRAM_BITS) + (key & ((UINT32_C(1) << CCS_HISTOGRAM_BITS) - 1));
    return (ccs_time)(leading << (position - CCS_HISTOGRAM_BITS));
}

ccs_time ccs_histogram_hi(uint32_t bin)
{
    return ccs_histogram_lo(bin + 1);
}

void ccs_histogram_merge(struct ccs_histogram *dst, const struct ccs_histogram *src)
{
    dst->n += src->n;
    for (uint32_t k = 0; k < CCS_HISTOGRAM_BINS; k++) {
        dst->count[k] += src->count[k];
    }
}

void ccs_histogram_remove(struct ccs_histogram *dst, const struct ccs_histogram *src)
{
    CCS_ASSERT(dst->n >= src->n);
    dst->n -= src->n;
    for (uint32_t k = 0; k < CCS_HISTOGRAM_BINS; k++) {
        dst->count[k] -= src->count[k];
    }
}

static double within(uint32_t bin, double frac)
{
    double lo = (double)ccs_histogram_lo(bin);
    return lo + frac * ((double)ccs_histogram_hi(bin) - lo);
}

double ccs_histogram_quantile(const struct ccs_histogram *histogram, double q)
{
    if (histogram->n == 0) {
        return NAN;
    }
    double rank = q * (double)histogram->n;
    /* 0.07 * 100 is a little more than 7: the seventh is meant, not a point beyond it. */
    if (fabs(rank - nearbyint(rank)) < 1e-9 * fmax(1, rank)) {
        rank = nearbyint(rank);
    }
    uint64_t below = 0;
    uint32_t last = 0;
    for (uint32_t k = 0; k < CCS_HISTOGRAM_BINS; k++) {
        uint64_t here = histogram->count[k];
        if (here == 0) {
            continue;
        }
        if (rank <= (double)(below + here)) {
            return within(k, (rank - (double)below) / (double)here);
        }
        below += here;
        last = k;
    }
    return within(last, 1);
}

/* How far through its bin a duration is, 0 ... 1. */
static double fraction(uint32_t bin, double us)
{
    double lo = (double)ccs_histogram_lo(bin);
    double hi = (double)ccs_histogram_hi(bin);
    return hi > lo ? fmin(1, fmax(0, (us - lo) / (hi - lo))) : 1;
}

static uint32_t bin_of(double us)
{
    if (us >= 0x1p62) {
        return CCS_HISTOGRAM_BINS - 1;
    }
    if (us > 0 && us < 1) {
        return 1; /* half a microsecond is not zero */
    }
    return ccs_histogram_bin((ccs_time)us);
}

double ccs_histogram_survival(const struct ccs_histogram *ended,
                              const struct ccs_histogram *censored, double us)
{
    uint64_t at_risk = ended->n + (censored ? censored->n : 0);
    if (at_risk == 0) {
        return NAN;
    }
    uint32_t last = bin_of(us);
    if (!censored || censored->n == 0) {
        double below = 0;
        for (uint32_t k = 0; k < last; k++) {
            below += (double)ended->count[k];
        }
        below += (double)ended->count[last] * fraction(last, us);
        return 1 - below / (double)at_risk;
    }
    double survival = 1;
    for (uint32_t k = 0; k <= last && at_risk > 0; k++) {
        double here = (double)ended->count[k] * (k == last ? fraction(k, us) : 1);
        survival *= ((double)at_risk - here) / (double)at_risk;
        at_risk -= ended->count[k] + censored->count[k];
    }
    return survival;
}

double ccs_histogram_survival_quantile(const struct ccs_histogram *ended,
                                       const struct ccs_histogram *censored, double q)
{
    if (!censored || censored->n == 0) {
        return ccs_histogram_quantile(ended, q);
    }
    uint64_t at_risk = ended->n + censored->n;
    double survival = 1;
    for (uint32_t k = 0; k < CCS_HISTOGRAM_BINS && at_risk > 0; k++) {
        uint64_t here = ended->count[k];
        if (here > 0) {
            double next = survival * ((double)(at_risk - here) / (double)at_risk);
            if (next <= 1 - q + 1e-12) { /* a product of fractions: forgive its rounding */
                return within(k, fmin(1, (survival - (1 - q)) / (survival - next)));
            }
            survival = next;
        }
        at_risk -= here + censored->count[k];
    }
    return NAN;
}
