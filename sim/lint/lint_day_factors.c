/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random factors of days and of their periods (E314). */
#include "lint/lint_part.h"

#include <math.h>

static void fail(struct ccs_lint *c, int type, const char *key, const char *message)
{
    ccs_lint_report(c, CCS_E314, CCS_AT(c, "issue_types", c->config->issue_types.name[type], key),
                    "%s", message);
}

static void check_dist(struct ccs_lint *c, int type, const char *key, const struct ccs_dist *dist)
{
    if (ccs_dist_is_given(dist) && (!(ccs_dist_mean(dist) > 0) || isinf(ccs_dist_mean(dist)))) {
        fail(c, type, key, "the mean of a factor must be above 0 and finite");
    }
}

static void check_period(struct ccs_lint *c, int type)
{
    const struct ccs_period_factor_config *period = ccs_config_type(c->config, type)->period_factor;
    bool is_small = period->cv.is_constant && period->cv.constant < CCS_CV_MIN;
    for (size_t i = 0; i < period->cv.n; i++) {
        is_small = is_small || (period->cv.v[i] > 0 && period->cv.v[i] < CCS_CV_MIN);
    }
    if (is_small) {
        fail(c, type, "period_factor",
             "`cv` must be at least 0.01 (in a table also 0, for no factor)");
    }
    if (period->correlation_floor + period->correlation_noise > 1) {
        fail(c, type, "period_factor",
             "`correlation_floor` and `correlation_noise` are shares of one variance: together at "
             "most 1");
    }
}

void ccs_lint_day_factors(struct ccs_lint *c, int type)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    const struct ccs_common_day_factor_config *common = ty->common_day_factor;
    if (ty->day_factor_cv > 0 && ty->day_factor_cv < CCS_CV_MIN) {
        fail(c, type, "day_factor_cv", "must be at least 0.01, or 0 for no factor");
    }
    if (ty->day_factor_cv > 0 && ccs_dist_is_given(&ty->day_factor)) {
        fail(c, type, "day_factor", "goes instead of `day_factor_cv`: give one of them");
    }
    check_dist(c, type, "day_factor", &ty->day_factor);
    if (common) {
        check_dist(c, type, "common_day_factor", &common->factor);
        if (ccs_dist_is_given(&common->factor) == (common->cv > 0)) {
            fail(c, type, "common_day_factor", "give either `cv` or `factor`");
        }
    }
    if (ty->period_factor) {
        check_period(c, type);
    }
}
