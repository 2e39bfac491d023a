/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Surcharges on the wage by hours and holidays: "wage_surcharges" of a team. */
#ifndef CCS_CONFIG_WAGE_CONFIG_H
#define CCS_CONFIG_WAGE_CONFIG_H

#include "format/field/field.h"

/* A factor on the wage at some hours or on holidays: see wage.h. */
struct ccs_surcharge_config {
    struct ccs_week_hours hours; /* n = 0: by holidays */
    int32_t holidays;            /* of this calendar; -1: by hours */
    double factor;
};

extern const struct ccs_section ccs_surcharge_section;

#endif
