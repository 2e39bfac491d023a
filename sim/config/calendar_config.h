/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening hours: the "calendars" section. */
#ifndef CCS_CONFIG_CALENDAR_CONFIG_H
#define CCS_CONFIG_CALENDAR_CONFIG_H

#include "format/field/field.h"

struct ccs_calendar_config {
    struct ccs_week_hours hours;
    struct ccs_real_list holidays; /* day numbers */
};

extern const struct ccs_section ccs_calendar_section;

#endif
