/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers who persist: the "segments" section. */
#ifndef CCS_CONFIG_SEGMENT_CONFIG_H
#define CCS_CONFIG_SEGMENT_CONFIG_H

#include "format/field/field.h"

/* A stretch of the time with the company. NAN: as the segment says. */
struct ccs_tenure_band_config {
    ccs_time from;
    double margin_per_month, churn_hazard_per_year;
};

/* Customers who claim what they are not owed. NAN: as the segment says. */
struct ccs_opportunists_config {
    double share;
    double justified_probability; /* instead of that of the issue type */
    double amount_factor;
    double margin_per_month, churn_hazard_per_year;
};

struct ccs_segment_config {
    int64_t population;
    double margin_per_month;
    double churn_hazard_per_year;
    struct ccs_dist tenure;                       /* seconds, at t0 */
    struct ccs_map by_tenure;                     /* struct ccs_tenure_band_config */
    struct ccs_opportunists_config *opportunists; /* NULL: none */
    bool one_at_a_time;                           /* no new issue while one is open */
};

/* The most that a customer of the segment brings in a month, at any time. */
double ccs_segment_highest_margin(const struct ccs_segment_config *segment);

extern const struct ccs_section ccs_segment_section;

#endif
