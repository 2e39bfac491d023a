/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ratios of sums and their paired differences. Residuals that are pure rounding are taken as 0:
 * a ratio that is the same in every replication has no noise, and must not get a p-value of 1e-16
 * noise out of the last bits of a division.
 */
#include "stats/ratio.h"

#include "stats/rare.h"

#include <float.h>

struct ratio {
    double value;    /* NAN: see reason */
    double den_mean; /* 1 for a plain mean */
    const char *reason;
};

static double sum(const double *x, size_t n)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        total += x[i];
    }
    return total;
}

static struct ratio ratio_of(const struct ccs_sums *s, size_t n)
{
    struct ratio r = {.value = NAN, .den_mean = NAN, .reason = NULL};
    if (n == 0) {
        r.reason = "no replication";
        return r;
    }
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(s->num[i]) || (s->den && !isfinite(s->den[i]))) {
            r.reason = "a replication has no value";
            return r;
        }
    }
    if (!s->den) {
        r.value = ccs_mean(s->num, n);
        r.den_mean = 1;
        return r;
    }
    double den = sum(s->den, n);
    if (den == 0) {
        r.reason = "the denominator is zero";
        return r;
    }
    r.value = sum(s->num, n) / den;
    r.den_mean = den / (double)n;
    return r;
}

/* x - y, but 0 where no more than rounding of values as large as `scale` is left. */
static double difference(double x, double y, double scale)
{
    double d = x - y;
    return fabs(d) <= 4 * DBL_EPSILON * scale ? 0 : d;
}

static double residual(const struct ccs_sums *s, const struct ratio *r, size_t i)
{
    double expected = s->den ? r->value * s->den[i] : r->value;
    return difference(s->num[i], expected, fabs(s->num[i])) / r->den_mean;
}

static double variance(const struct ccs_sums *s, const struct ratio *r, size_t n)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        double e = residual(s, r, i);
        squares += e * e;
    }
    return n > 1 ? squares / ((double)n - 1) : NAN;
}

static double variance_of_difference(const struct ccs_sums *a, const struct ratio *ra,
                                     const struct ccs_sums *b, const struct ratio *rb, size_t n)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        double scale = fabs(a->num[i] / ra->den_mean) + fabs(b->num[i] / rb->den_mean);
        double d = difference(residual(a, ra, i), residual(b, rb, i), scale);
        squares += d * d;
    }
    return n > 1 ? squares / ((double)n - 1) : NAN;
}

static void set_bound(struct ccs_estimate *e, struct ccs_interval bound, const char *reason)
{
    e->kind = CCS_ESTIMATE_RARE;
    e->se = NAN;
    e->df = NAN;
    e->half_width = NAN;
    e->lo = bound.lo;
    e->hi = bound.hi;
    e->reason = reason;
}

/* Cuts the interval of a share off at 0 and 1, which it cannot leave. half_width and se stay those
 * of the t distribution. */
static void clip_share(struct ccs_estimate *e)
{
    if (ccs_estimate_has_interval(e)) {
        e->lo = fmin(fmax(e->lo, 0), e->mean);
        e->hi = fmax(fmin(e->hi, 1), e->mean);
    }
}

struct ccs_estimate ccs_ratio_estimate(const struct ccs_sums *sums, size_t n)
{
    struct ratio r = ratio_of(sums, n);
    if (isnan(r.value)) {
        return ccs_estimate_undefined(n, r.reason);
    }
    double sd = sqrt(variance(sums, &r, n));
    struct ccs_estimate e = ccs_estimate_make(r.value, sd, n, (double)n - 1);
    if (n > 1 && sums->events && ccs_rare_is(sums->events, NULL, n)) {
        struct ccs_interval bound = ccs_rare_bound(sums, n, CCS_CONFIDENCE);
        set_bound(&e, bound,
                  bound.defined ? "too few events: a Poisson bound instead of a t interval"
                                : "no event: nothing tells how much one would count");
    }
    if (sums->is_share) {
        clip_share(&e);
    }
    return e;
}

struct ccs_paired ccs_ratio_paired(const struct ccs_sums *a, const struct ccs_sums *b, size_t n)
{
    struct ratio ra = ratio_of(a, n);
    struct ratio rb = ratio_of(b, n);
    if (isnan(ra.value) || isnan(rb.value)) {
        return ccs_paired_undefined(n, isnan(ra.value) ? ra.reason : rb.reason);
    }
    double var_diff = variance_of_difference(a, &ra, b, &rb, n);
    struct ccs_paired paired = ccs_paired_make(ra.value - rb.value, variance(a, &ra, n),
                                               variance(b, &rb, n), var_diff, n, (double)n - 1);
    if (n > 1 && a->events && b->events && ccs_rare_is(a->events, b->events, n)) {
        /* Each bound with half the error: then both hold together at least 95 %, however the
         * policies depend on each other. */
        double level = 1 - (1 - CCS_CONFIDENCE) / 2;
        struct ccs_interval bound_a = ccs_rare_bound(a, n, level);
        struct ccs_interval bound_b = ccs_rare_bound(b, n, level);
        bool both = bound_a.defined && bound_b.defined;
        struct ccs_interval bound = {.lo = both ? bound_a.lo - bound_b.hi : NAN,
                                     .hi = both ? bound_a.hi - bound_b.lo : NAN,
                                     .defined = both};
        set_bound(&paired.diff, bound,
                  both ? "too few events: a Poisson bound instead of a t interval"
                       : "no event under one policy: nothing tells how much one would count");
        if (paired.p != 1) {
            paired.p = NAN;
        }
    }
    return paired;
}
