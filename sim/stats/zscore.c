/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Normal scores. Everything is computed from the upper tail, where small probabilities keep their
 * digits. */
#include "stats/zscore.h"

#include <gsl/gsl_cdf.h>

double ccs_z_from_t(double t, double df)
{
    if (isnan(t) || !(df > 0)) {
        return NAN;
    }
    double tail = isinf(t) ? 0 : gsl_cdf_tdist_Q(fabs(t), df);
    double z = tail > 0 ? fmin(CCS_Z_MAX, gsl_cdf_ugaussian_Qinv(tail)) : CCS_Z_MAX;
    return copysign(z, t);
}

double ccs_z_compare(const struct ccs_estimate *simulated, double reference, double half_width)
{
    if (simulated->kind != CCS_ESTIMATE_T || isnan(reference) || !(half_width >= 0)) {
        return NAN;
    }
    double distance = simulated->mean - reference;
    double ref_se = half_width / gsl_cdf_ugaussian_Pinv(0.5 + CCS_CONFIDENCE / 2);
    double se = hypot(simulated->se, ref_se);
    if (se == 0) {
        return fabs(distance) <= 1e-12 * fabs(reference) ? 0 : copysign(CCS_Z_MAX, distance);
    }
    double df =
        simulated->df * pow(se / simulated->se, 4); /* INFINITY if only the reference errs */
    if (!(df < 1e9)) {
        return fmax(-CCS_Z_MAX, fmin(CCS_Z_MAX, distance / se));
    }
    return ccs_z_from_t(distance / se, df);
}

double ccs_z_notable_chance(void)
{
    return 2 * gsl_cdf_ugaussian_Q(CCS_Z_NOTABLE);
}

size_t ccs_z_notable_limit(size_t n)
{
    double p = ccs_z_notable_chance();
    size_t k = 0;
    while (k < n && gsl_cdf_binomial_P((unsigned)k, p, (unsigned)n) < CCS_Z_NOTABLE_CONFIDENCE) {
        k++;
    }
    return k;
}
