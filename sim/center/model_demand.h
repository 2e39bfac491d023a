/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What planning demand (model_arrivals.c) and checking it (model_demand_checks.c) share. */
#ifndef CCS_CENTER_MODEL_DEMAND_H
#define CCS_CENTER_MODEL_DEMAND_H

#include "center/model_compiler.h"

static inline bool ccs_has_table(const struct ccs_series *series)
{
    return series->n > 0 || series->is_constant;
}

static inline bool ccs_has_rate(const struct ccs_volume_config *volume)
{
    return volume->rate_per_h == volume->rate_per_h; /* NAN: absent */
}

static inline bool ccs_is_renewal(const struct ccs_volume_config *volume)
{
    return volume->interarrival.kind != CCS_DIST_KIND_COUNT;
}

/* All of the table or rate is of this type. */
static inline bool ccs_is_whole(const struct ccs_volume_config *volume)
{
    return volume->share.is_constant && volume->share.constant == 1;
}

static inline bool ccs_has_total(const struct ccs_volume_config *volume)
{
    return volume->daily_total.kind != CCS_DIST_KIND_COUNT;
}

/* Are counts given, of days or of intervals, instead of a rate? */
static inline bool ccs_has_counts(const struct ccs_volume_config *volume)
{
    return ccs_has_table(&volume->daily_counts) || ccs_has_table(&volume->interval_counts) ||
           ccs_has_total(volume);
}

/* Does anything drawn change the rate? */
static inline bool ccs_has_random_factor(const struct ccs_issue_type_config *type)
{
    return type->day_factor_cv > 0 || type->day_factor.kind != CCS_DIST_KIND_COUNT ||
           type->common_day_factor || type->period_factor;
}

/* Random factors of days and periods (model_day_factors.c). */
void ccs_model_plan_day_factors(struct compiler *c, int type, struct ccs_stream_plan *plan);
void ccs_model_check_day_factors(struct compiler *c, int type);

/* What of a volume fits to what else of it (model_volume_checks.c). */
void ccs_model_check_counts(struct compiler *c, int type);

/* Whose customers a burst's contacts are (-1: nobody's); *is_clear false if that is not said. */
int ccs_model_burst_segment(const struct compiler *c, int type, const struct ccs_burst_config *b,
                            bool *is_clear);

#endif
