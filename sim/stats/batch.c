/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One long run: MSER-5 and batch means. */
#include "stats/batch.h"

#define FIVE 5
#define Z_95_ONE_SIDED 1.6448536269514722

struct ccs_warmup ccs_warmup_mser5(const double *x, size_t n)
{
    struct ccs_warmup best = {.cut = 0, .is_reliable = false};
    size_t m = n / FIVE;
    if (m < 10) {
        return best;
    }
    /* From the end, so that mean and squares grow by one value at a time (Welford 1962). */
    double mean = 0;
    double squares = 0;
    double least = INFINITY;
    size_t best_d = 0;
    for (size_t d = m; d-- > 0;) {
        double z = ccs_mean(x + d * FIVE, FIVE);
        double kept = (double)(m - d);
        double step = z - mean;
        mean += step / kept;
        squares += step * (z - mean);
        double mser = squares / (kept * kept);
        if (d <= m / 2 && mser <= least) {
            least = mser;
            best_d = d;
        }
    }
    best.cut = best_d * FIVE;
    best.is_reliable = best_d < m / 2;
    return best;
}

struct ccs_batch_means ccs_batch_means(const double *x, size_t n, size_t batches)
{
    struct ccs_batch_means result = {
        .estimate = ccs_estimate_undefined(batches, "too few observations for batch means"),
        .batch_size = 0,
        .skipped = 0,
        .lag1 = NAN,
        .lag1_z = NAN,
        .is_independent = false};
    if (batches < 3 || n < batches) {
        return result;
    }
    size_t size = n / batches;
    result.batch_size = size;
    result.skipped = n - size * batches;
    const double *used = x + result.skipped;
    double mean = ccs_mean(used, size * batches);
    double squares = 0;
    double products = 0;
    double steps = 0;
    double before = 0;
    for (size_t i = 0; i < batches; i++) {
        double deviation = ccs_mean(used + i * size, size) - mean;
        squares += deviation * deviation;
        if (i > 0) {
            products += deviation * before;
            steps += (deviation - before) * (deviation - before);
        }
        before = deviation;
    }
    double b = (double)batches;
    result.estimate = ccs_estimate_make(mean, sqrt(squares / (b - 1)), batches, b - 1);
    result.lag1 = squares > 0 ? products / squares : 0;
    result.lag1_z = squares > 0 ? sqrt((b * b - 1) / (b - 2)) * (1 - steps / (2 * squares)) : 0;
    result.is_independent = result.lag1_z <= Z_95_ONE_SIDED;
    if (!result.is_independent) {
        result.estimate.reason = "neighbouring batches are correlated: the interval is too narrow";
    }
    return result;
}
