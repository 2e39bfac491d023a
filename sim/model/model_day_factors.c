/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand: the random factors of days. See struct ccs_day_factor and
 * world/demand/arrival_factor.c. */
#include "base/units.h"
#include "model/model_compiler.h"
#include "model/timetable.h"

#include <math.h>

static struct ccs_dist gamma_of(double cv)
{
    struct ccs_dist gamma;
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    spec.mean = 1.0;
    spec.cv = fmax(cv, CCS_CV_MIN); /* the least cv that a gamma distribution takes */
    const char *wrong = ccs_dist_table[CCS_DIST_GAMMA].make(&gamma, &spec, NULL, NULL);
    CCS_REQUIRE(wrong == NULL);
    gamma.kind = CCS_DIST_GAMMA;
    return gamma;
}

/* Adds a factor: the distribution if one is given, else gamma with the cv; nothing without
 * either. */
static void add_factor(struct ccs_stream_plan *plan, uint64_t entity, double cv,
                       const struct ccs_dist *any)
{
    bool has_dist = ccs_dist_is_given(any);
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
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
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
