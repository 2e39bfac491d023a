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

/* Whose customers a burst's contacts are (-1: nobody's); *is_clear false if that is not said. */
int ccs_model_burst_segment(const struct compiler *c, int type, const struct ccs_burst_config *b,
                            bool *is_clear);

#endif
