/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "segments" section. What customers do: world/case/customer.c. */
#include "config/segment_config.h"

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
