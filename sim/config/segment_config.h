/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers who persist: the "segments" section. */
#ifndef CCS_CONFIG_SEGMENT_CONFIG_H
#define CCS_CONFIG_SEGMENT_CONFIG_H

#include "format/field/field.h"

struct ccs_segment_config {
    int64_t population;
    double margin_per_month;
    double churn_hazard_per_year;
    struct ccs_dist tenure; /* seconds, at t0 */
    bool one_at_a_time;     /* no new issue while one is open */
};

extern const struct ccs_section ccs_segment_section;

#endif
