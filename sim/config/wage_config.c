/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of "wage_surcharges". What they cost: model/wage_factor.c, world/staff/wage.c. */
#include "config/wage_config.h"

static const struct ccs_field surcharge_fields[] = {
    CCS_ROW(
        HOURS, struct ccs_surcharge_config, hours, .def = "{}",
        .help =
            "When, by day of the week, like the hours of a calendar; over midnight as two spans "
            "that meet. Hours of a team's surcharges may not overlap. Either this or `holidays`."),
    CCS_ROW(REF, struct ccs_surcharge_config, holidays, .ref = "calendars", .def = "null",
            .help =
                "All day on the holidays of this calendar, instead of the surcharges by hours."),
    CCS_ROW(REAL, struct ccs_surcharge_config, factor, .min = 0, .max = 100,
            .help = "Factor on the wage: 1.25 is a quarter more."),
};

const struct ccs_section ccs_surcharge_section = {
    .title = "wage surcharge",
    .help = "A factor on the wage at some hours of the week or on holidays.",
    .size = sizeof(struct ccs_surcharge_config),
    CCS_ROWS(surcharge_fields),
};
