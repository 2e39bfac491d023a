/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand: the random factors of days and of their periods, planned and checked. */
#include "base/units.h"
#include "center/model_demand.h"
#include "center/timetable.h"

#include <math.h>

static struct ccs_dist gamma_of(double cv)
{
    struct ccs_dist gamma;
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    spec.mean = 1.0;
    spec.cv = fmax(cv, CCS_CV_MIN); /* what is below is refused */
    const char *wrong = ccs_dist_table[CCS_DIST_GAMMA].make(&gamma, &spec, NULL, NULL);
    CCS_REQUIRE(wrong == NULL);
    gamma.kind = CCS_DIST_GAMMA;
    return gamma;
}

/* A gamma distribution where a cv is given, else the distribution, if any. */
static void add_factor(struct ccs_stream_plan *plan, uint64_t entity, double cv,
                       const struct ccs_dist *any)
{
    bool has_dist = any->kind != CCS_DIST_KIND_COUNT;
    if (!(cv > 0) && !has_dist) {
        return;
    }
    plan->day_factor[plan->day_factor_n++] = (struct ccs_day_factor){
        .entity = entity,
        .dist = has_dist ? *any : gamma_of(cv),
        .mean = has_dist ? ccs_dist_mean(any) : 1.0,
    };
}

void ccs_model_plan_day_factors(struct compiler *c, int type, struct ccs_stream_plan *plan)
{
    const struct ccs_issue_type_config *ty = type_at(c, type);
    const struct ccs_common_day_factor_config *common = ty->common_day_factor;
    uint64_t own = ty->day_factor_group ? ccs_entity_from_name("day factor", ty->day_factor_group)
                                        : plan->entity;
    add_factor(plan, own, ty->day_factor_cv, &ty->day_factor);
    if (common) {
        add_factor(plan, ccs_entity_from_name("common day factor", common->group), common->cv,
                   &common->factor);
    }
    plan->has_factor = plan->day_factor_n > 0 || plan->period;
}

static void fail(struct compiler *c, int type, const char *key, const char *message)
{
    ccs_model_fail(c, CCS_E314, "issue_types", c->config->issue_types.name[type], key, message);
}

static void check_dist(struct compiler *c, int type, const char *key, const struct ccs_dist *dist)
{
    if (dist->kind != CCS_DIST_KIND_COUNT &&
        (!(ccs_dist_mean(dist) > 0) || isinf(ccs_dist_mean(dist)))) {
        fail(c, type, key, "the mean of a factor must be above 0 and finite");
    }
}

static void check_period(struct compiler *c, int type)
{
    const struct ccs_period_factor_config *period = type_at(c, type)->period_factor;
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

void ccs_model_check_day_factors(struct compiler *c, int type)
{
    const struct ccs_issue_type_config *ty = type_at(c, type);
    const struct ccs_common_day_factor_config *common = ty->common_day_factor;
    if (ty->day_factor_cv > 0 && ty->day_factor_cv < CCS_CV_MIN) {
        fail(c, type, "day_factor_cv", "must be at least 0.01, or 0 for no factor");
    }
    if (ty->day_factor_cv > 0 && ty->day_factor.kind != CCS_DIST_KIND_COUNT) {
        fail(c, type, "day_factor", "goes instead of `day_factor_cv`: give one of them");
    }
    check_dist(c, type, "day_factor", &ty->day_factor);
    if (common) {
        check_dist(c, type, "common_day_factor", &common->factor);
        if ((common->factor.kind != CCS_DIST_KIND_COUNT) == (common->cv > 0)) {
            fail(c, type, "common_day_factor", "give either `cv` or `factor`");
        }
    }
    if (ty->period_factor) {
        check_period(c, type);
    }
}
