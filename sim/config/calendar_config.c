/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "calendars" section. */
#include "config/calendar_config.h"

static const struct ccs_field calendar_fields[] = {
    {.key = "hours",
     .type = CCS_FIELD_HOURS,
     .offset = offsetof(struct ccs_calendar_config, hours),
     .help = "Opening hours by weekday: {\"mon-fri\": \"08:00-18:00\"}."},
    {.key = "holidays",
     .type = CCS_FIELD_DATE_LIST,
     .offset = offsetof(struct ccs_calendar_config, holidays),
     .def = "[]",
     .help = "Dates on which it is closed all day."},
};

const struct ccs_section ccs_calendar_section = {
    .title = "calendar",
    .help = "Opening hours and holidays.",
    .size = sizeof(struct ccs_calendar_config),
    .field = calendar_fields,
    .field_n = sizeof calendar_fields / sizeof calendar_fields[0],
};
