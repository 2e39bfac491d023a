/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pooled quantiles with a jackknife. All blocks are merged once; leaving one out is a subtraction
 * of integers, hence exact, and its effects on the pooled value are summed as they come.
 */
#include "stats/quantile.h"

#include "stats/rare.h"

#include <string.h>

/* One policy's histograms merged; about 85 kB, lives on the stack. */
struct pool {
    struct ccs_histogram ended;
    struct ccs_histogram censored;
};

static void pool_init(struct pool *pool, const struct ccs_durations *d, size_t blocks)
{
    memset(pool, 0, sizeof *pool);
    for (size_t i = 0; i < blocks; i++) {
        ccs_histogram_merge(&pool->ended, d->ended[i]);
        if (d->censored) {
            ccs_histogram_merge(&pool->censored, d->censored[i]);
        }
    }
}

static double pool_quantile_us(const struct pool *pool, double q)
{
    return ccs_histogram_survival_quantile(&pool->ended, &pool->censored, q);
}

/* The share that ended by then. */
static double pool_share(const struct pool *pool, double us)
{
    return 1 - ccs_histogram_survival(&pool->ended, &pool->censored, us);
}

/* Sums of leave-one-out effects, which lie around 0. */
struct jackknife {
    double sum, squares;
};

static void jackknife_add(struct jackknife *j, double effect)
{
    j->sum += effect;
    j->squares += effect * effect;
}

/* Squared standard error. */
static double jackknife_variance(const struct jackknife *j, size_t blocks)
{
    double g = (double)blocks;
    double squares = j->squares - j->sum * j->sum / g;
    return fmax(0, squares) * (g - 1) / g; /* below 0 by rounding only */
}

/* One policy's quantile and what it takes to jackknife it. */
struct quantile {
    const struct ccs_durations *durations;
    struct pool pool;
    double value_us; /* NAN if undefined */
    double share;    /* that ended by value_us */
    double slope_us; /* of the quantile, per unit of share */
    bool is_cut;     /* the curve ends before the upper limit of the interval */
};

/* What leaving out block i does to the share. If nothing is left, or the curve of what is left
 * says nothing, the block counts as without effect. */
static double share_effect(struct quantile *z, size_t i)
{
    const struct ccs_histogram *ended = z->durations->ended[i];
    const struct ccs_histogram *censored =
        z->durations->censored ? z->durations->censored[i] : NULL;
    ccs_histogram_remove(&z->pool.ended, ended);
    if (censored) {
        ccs_histogram_remove(&z->pool.censored, censored);
    }
    double share = pool_share(&z->pool, z->value_us);
    ccs_histogram_merge(&z->pool.ended, ended);
    if (censored) {
        ccs_histogram_merge(&z->pool.censored, censored);
    }
    return isnan(share) ? 0 : share - z->share;
}

/* Slope of the curve across the interval of shares, as far as the curve reaches. */
static void set_slope(struct quantile *z, size_t blocks, double q)
{
    struct jackknife j = {0, 0};
    for (size_t i = 0; i < blocks; i++) {
        jackknife_add(&j, share_effect(z, i));
    }
    double t = ccs_t_quantile(0.5 + CCS_CONFIDENCE / 2, (double)blocks - 1);
    double reach = t * sqrt(jackknife_variance(&j, blocks));
    double end = pool_share(&z->pool, INFINITY);
    double from = fmax(0, q - reach);
    double to = fmin(q + reach, end);
    if (to > from) {
        double width_us = pool_quantile_us(&z->pool, to) - pool_quantile_us(&z->pool, from);
        z->slope_us = width_us / (to - from);
        z->is_cut = z->pool.censored.n > 0 && q + reach > end;
    } else {
        z->slope_us = 0; /* no noise in the share */
    }
}

static void quantile_init(struct quantile *z, const struct ccs_durations *durations, size_t blocks,
                          double q)
{
    z->durations = durations;
    pool_init(&z->pool, durations, blocks);
    z->value_us = pool_quantile_us(&z->pool, q);
    z->share = NAN;
    z->slope_us = NAN;
    z->is_cut = false;
    if (!isnan(z->value_us) && blocks > 1) {
        z->share = pool_share(&z->pool, z->value_us);
        set_slope(z, blocks, q);
    }
}

static double to_s(double us)
{
    return us / (double)CCS_US_PER_S;
}

static bool is_rare(const struct ccs_durations *d, size_t blocks)
{
    uint64_t total = 0;
    size_t with = 0;
    for (size_t i = 0; i < blocks; i++) {
        total += d->ended[i]->n;
        with += d->ended[i]->n > 0;
    }
    return total < CCS_RARE_EVENTS || (with < CCS_RARE_REPLICATIONS && with < blocks);
}

static const char *why_undefined(const struct pool *pool)
{
    return pool->ended.n + pool->censored.n == 0
               ? "nothing to take a quantile of"
               : "too many ended otherwise, or not before the run did";
}

/* Keeps the point, but takes the interval away. */
static void set_rare(struct ccs_estimate *e)
{
    double mean = e->mean;
    *e = ccs_estimate_undefined((size_t)e->n, "too few durations for an interval");
    e->mean = mean;
    e->kind = CCS_ESTIMATE_RARE;
}

static const char cut[] = "the upper limit lies beyond what was observed, and is extrapolated";

size_t ccs_jackknife_block_size(size_t n)
{
    return n <= CCS_JACKKNIFE_BLOCKS ? 1 : (n + CCS_JACKKNIFE_BLOCKS - 1) / CCS_JACKKNIFE_BLOCKS;
}

struct ccs_estimate ccs_quantile_estimate(const struct ccs_durations *durations, size_t blocks,
                                          size_t n, double q)
{
    struct quantile z;
    quantile_init(&z, durations, blocks, q);
    if (isnan(z.value_us)) {
        return ccs_estimate_undefined(n, why_undefined(&z.pool));
    }
    struct jackknife j = {0, 0};
    for (size_t i = 0; blocks > 1 && i < blocks; i++) {
        jackknife_add(&j, to_s(share_effect(&z, i) * z.slope_us));
    }
    double sd = sqrt(jackknife_variance(&j, blocks) * (double)n);
    struct ccs_estimate e = ccs_estimate_make(to_s(z.value_us), sd, n, (double)blocks - 1);
    if (e.kind == CCS_ESTIMATE_T && is_rare(durations, blocks)) {
        set_rare(&e);
    } else if (z.is_cut) {
        e.reason = cut;
    }
    return e;
}

struct ccs_paired ccs_quantile_paired(const struct ccs_durations *a, const struct ccs_durations *b,
                                      size_t blocks, size_t n, double q)
{
    struct quantile za;
    struct quantile zb;
    quantile_init(&za, a, blocks, q);
    quantile_init(&zb, b, blocks, q);
    if (isnan(za.value_us) || isnan(zb.value_us)) {
        return ccs_paired_undefined(n, why_undefined(isnan(za.value_us) ? &za.pool : &zb.pool));
    }
    struct jackknife ja = {0, 0};
    struct jackknife jb = {0, 0};
    struct jackknife jd = {0, 0};
    for (size_t i = 0; blocks > 1 && i < blocks; i++) {
        double effect_a = to_s(share_effect(&za, i) * za.slope_us);
        double effect_b = to_s(share_effect(&zb, i) * zb.slope_us);
        jackknife_add(&ja, effect_a);
        jackknife_add(&jb, effect_b);
        jackknife_add(&jd, effect_a - effect_b);
    }
    double scale = (double)n; /* from the squared error of the estimate to one replication */
    struct ccs_paired paired = ccs_paired_make(
        to_s(za.value_us) - to_s(zb.value_us), jackknife_variance(&ja, blocks) * scale,
        jackknife_variance(&jb, blocks) * scale, jackknife_variance(&jd, blocks) * scale, n,
        (double)blocks - 1);
    if (paired.diff.kind == CCS_ESTIMATE_T && (is_rare(a, blocks) || is_rare(b, blocks))) {
        set_rare(&paired.diff);
        paired.p = NAN;
        paired.variance_reduction = NAN;
    } else if (za.is_cut || zb.is_cut) {
        paired.diff.reason = cut;
    }
    return paired;
}
