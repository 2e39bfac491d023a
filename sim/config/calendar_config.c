/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "calendars" section. */
#include "config/calendar_config.h"

static const struct ccs_field calendar_fields[] = {
    CCS_ROW(HOURS, struct ccs_calendar_config, hours,
            .help = "Opening hours by weekday: {\"mon-fri\": \"08:00-18:00\"}."),
    CCS_ROW(DATE_LIST, struct ccs_calendar_config, holidays, .def = "[]",
            .help = "Dates on which it is closed all day."),
};

const struct ccs_section ccs_calendar_section = {
    .title = "calendar",
    .help = "Opening hours and holidays.",
    .size = sizeof(struct ccs_calendar_config),
    CCS_ROWS(calendar_fields),
};
