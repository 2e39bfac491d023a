/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two one-sided tests: see equivalence.h. */
#include "stats/equivalence.h"

#include "stats/interval.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define POWER 0.95

double ccs_se_of_interval(double half_width, double df)
{
    return half_width / ccs_t_quantile(0.5 + CCS_CONFIDENCE / 2, df);
}

/* No noise on either side: the difference is what it is. */
static struct ccs_equivalence without_noise(double difference, double margin)
{
    bool is_equal = fabs(difference) <= margin;
    return (struct ccs_equivalence){
        .difference = difference,
        .df = INFINITY,
        .p_equivalent = is_equal ? 0.0 : 1.0,
        .p_different = is_equal ? 1.0 : 0.0,
        .power = 1.0,
        .growth = 1.0,
    };
}

struct ccs_equivalence ccs_equivalence_test(const struct ccs_sample *a, const struct ccs_sample *b,
                                            double margin)
{
    double d = b->mean - a->mean;
    double va = a->se * a->se;
    double vb = b->se * b->se;
    double s = sqrt(va + vb);
    if (!(s > 0)) {
        return without_noise(d, margin);
    }
    /* Welch and Satterthwaite; a side without noise has no say */
    double df = (va + vb) * (va + vb) /
                ((va > 0 ? va * va / a->df : 0.0) + (vb > 0 ? vb * vb / b->df : 0.0));
    double z = margin / s;
    double needed = ccs_t_quantile(1 - CCS_EQUIVALENCE_LEVEL, df);
    double wanted = needed + ccs_t_quantile(0.5 + POWER / 2, df);
    return (struct ccs_equivalence){
        .difference = d,
        .se = s,
        .df = df,
        .p_equivalent = gsl_cdf_tdist_Q(z - fabs(d) / s, df),
        .p_different =
            fmin(1.0, gsl_cdf_tdist_Q(fabs(d) / s - z, df) + gsl_cdf_tdist_Q(fabs(d) / s + z, df)),
        .power = fmax(0.0, 1 - 2 * gsl_cdf_tdist_Q(z - needed, df)),
        .growth = z > 0 ? fmax(1.0, wanted * wanted / (z * z)) : INFINITY,
    };
}
