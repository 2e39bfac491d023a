/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Policy against quality: the "two_by_two" section. */
#ifndef CCS_CONFIG_TWO_BY_TWO_CONFIG_H
#define CCS_CONFIG_TWO_BY_TWO_CONFIG_H

#include "format/field/field.h"

/* Policies by number, as they stand in the scenario. */
struct ccs_two_by_two_config {
    int32_t neither, policy, quality, both;
};

extern const struct ccs_section ccs_two_by_two_section;

#endif
