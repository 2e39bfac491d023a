/* SPDX-License-Identifier: GPL-3.0-or-later */
/* MSER-5: see mser.h. */
#include "stats/mser.h"

#include "stats/interval.h"

#define FIVE 5

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
