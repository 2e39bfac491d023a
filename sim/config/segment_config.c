/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "segments" section. What customers do: world/case/customer.c. */
#include "config/segment_config.h"

static const struct ccs_field tenure_band_fields[] = {
    CCS_ROW(DURATION, struct ccs_tenure_band_config, from, .min = 0, .max = 3.2e9, .def = "\"0 s\"",
            .help = "Time with the company at which the band begins. It ends where the next one "
                    "begins, the last one never; before the first band the segment's own values "
                    "hold."),
    CCS_ROW(MONEY, struct ccs_tenure_band_config, margin_per_month, .min = 0, .max = 1e9,
            .unit = "currency per customer and month", .def = "null",
            .help = "Contribution margin in this band. Left out: that of the segment."),
    CCS_ROW(REAL, struct ccs_tenure_band_config, churn_hazard_per_year, .min = 0, .max = 100,
            .unit = "per year", .def = "null",
            .help = "Baseline hazard in this band. Left out: that of the segment."),
};
static const struct ccs_section tenure_band_section = {
    .title = "tenure band",
    .help = "Hazard and margin of customers who have been with the company for so long. A customer "
            "passes from band to band as time goes on; the value of a customer is the discounted "
            "margin that is still to be expected along the way.",
    .size = sizeof(struct ccs_tenure_band_config),
    CCS_ROWS(tenure_band_fields),
};

static const struct ccs_field opportunist_fields[] = {
    CCS_ROW(PROBABILITY, struct ccs_opportunists_config, share, .max = 1,
            .help = "Share of the segment's customers who are opportunists, drawn once for each."),
    CCS_ROW(PROBABILITY, struct ccs_opportunists_config, justified_probability, .max = 1,
            .def = "0", .source = "assumption", .favours = "escalate_late",
            .help = "Share of their claims that are justified, instead of "
                    "`justified_probability` of the issue type."),
    CCS_ROW(REAL, struct ccs_opportunists_config, amount_factor, .min = 0, .max = 100, .def = "1",
            .unit = "factor", .source = "assumption", .help = "Factor on the amount they claim."),
    CCS_ROW(MONEY, struct ccs_opportunists_config, margin_per_month, .min = 0, .max = 1e9,
            .unit = "currency per customer and month", .def = "null",
            .help = "Their contribution margin, at any tenure. Left out: that of the others."),
    CCS_ROW(REAL, struct ccs_opportunists_config, churn_hazard_per_year, .min = 0, .max = 100,
            .unit = "per year", .def = "null",
            .help = "Their baseline hazard, at any tenure. Left out: that of the others."),
};
static const struct ccs_section opportunists_section = {
    .title = "opportunists",
    .help = "Customers who claim what they are not owed. No policy sees who they are.",
    .size = sizeof(struct ccs_opportunists_config),
    CCS_ROWS(opportunist_fields),
};

static const struct ccs_field segment_fields[] = {
    CCS_ROW(INT, struct ccs_segment_config, population, .min = 1, .max = 16000000,
            .unit = "customers",
            .help = "Customers of this segment at t0. The population is closed from then on."),
    CCS_ROW(MONEY, struct ccs_segment_config, margin_per_month, .min = 0, .max = 1e9,
            .unit = "currency per customer and month", .def = "0",
            .help = "Contribution margin of an active customer."),
    CCS_ROW(REAL, struct ccs_segment_config, churn_hazard_per_year, .min = 0, .max = 100,
            .unit = "per year", .def = "0",
            .help = "Baseline hazard of leaving for reasons that have nothing to do with service. "
                    "Also the hazard in the value of a customer, equal under all policies."),
    CCS_ROW(DIST, struct ccs_segment_config, tenure, .unit = "duration", .def = "\"0 s\"",
            .help = "How long customers have been with the company at t0; agents see it."),
    CCS_ROW(MAP, struct ccs_segment_config, by_tenure, .section = &tenure_band_section,
            .help = "Hazard and margin by tenure, in bands by name: {\"new\": "
                    "{\"churn_hazard_per_year\": 0.45}, \"old\": {\"from\": \"3 years\"}}. Left "
                    "out: the same at any tenure."),
    CCS_ROW_OPTIONAL(struct ccs_segment_config, opportunists, .section = &opportunists_section,
                     .help = "Customers who claim what they are not owed. Left out: none."),
    CCS_ROW(BOOL, struct ccs_segment_config, one_at_a_time, .def = "false",
            .help = "Whoever has an open issue has no other (a finite source): the rate per "
                    "customer is that of customers without one. From the end of an issue to the "
                    "next is then exponential, as in the machine repair model."),
};

const struct ccs_section ccs_segment_section = {
    .title = "segment",
    .help = "A group of customers with the same economics.",
    .size = sizeof(struct ccs_segment_config),
    CCS_ROWS(segment_fields),
};

static double larger(double a, double b)
{
    return b > a ? b : a; /* false for NAN: not given */
}

double ccs_segment_highest_margin(const struct ccs_segment_config *segment)
{
    double most = segment->margin_per_month;
    for (size_t i = 0; i < segment->by_tenure.n; i++) {
        most = larger(
            most,
            CCS_MAP_AT(segment->by_tenure, struct ccs_tenure_band_config, i)->margin_per_month);
    }
    return segment->opportunists ? larger(most, segment->opportunists->margin_per_month) : most;
}
