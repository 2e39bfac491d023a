/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rare events: the rule that finds them, and Garwood's bounds. */
#include "stats/rare.h"

#include <gsl/gsl_cdf.h>

static const struct ccs_interval undefined = {.lo = NAN, .hi = NAN, .defined = false};

struct tally {
    double events;
    size_t replications; /* with at least one */
};

static struct tally tally(const double *events, const double *other, size_t n)
{
    struct tally t = {0, 0};
    for (size_t i = 0; i < n; i++) {
        double here = events[i] + (other ? other[i] : 0);
        t.events += here;
        t.replications += here > 0;
    }
    return t;
}

bool ccs_rare_is(const double *events, const double *other, size_t n)
{
    struct tally t = tally(events, other, n);
    return t.events < CCS_RARE_EVENTS ||
           (t.replications < CCS_RARE_REPLICATIONS && t.replications < n);
}

struct ccs_interval ccs_garwood(double count, double exposure, double level)
{
    if (!(count >= 0) || !(exposure > 0) || !(level > 0 && level < 1)) {
        return undefined;
    }
    double tail = (1 - level) / 2;
    double lo = count > 0 ? gsl_cdf_chisq_Pinv(tail, 2 * count) / 2 : 0;
    double hi = gsl_cdf_chisq_Qinv(tail, 2 * count + 2) / 2;
    return (struct ccs_interval){.lo = lo / exposure, .hi = hi / exposure, .defined = true};
}

struct ccs_interval ccs_rare_bound(const struct ccs_sums *sums, size_t n, double level)
{
    struct tally t = tally(sums->events, NULL, n);
    double num = 0;
    double exposure = 0;
    for (size_t i = 0; i < n; i++) {
        num += sums->num[i];
        exposure += sums->den ? sums->den[i] : 1;
    }
    double count = t.events < CCS_RARE_EVENTS ? t.events : (double)t.replications;
    struct ccs_interval bound = ccs_garwood(count, exposure, level);
    if (!bound.defined) {
        return undefined;
    }
    if (sums->events != sums->num || count != t.events) {
        if (count == 0) {
            return undefined;
        }
        double each = num / count; /* amount of one event, or size of one burst; may be negative */
        double lo = fmin(bound.lo * each, bound.hi * each);
        double hi = fmax(bound.lo * each, bound.hi * each);
        bound.lo = lo;
        bound.hi = hi;
    }
    if (sums->is_share) {
        bound.hi = fmin(bound.hi, 1);
    }
    return bound;
}
