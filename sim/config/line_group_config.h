/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that channels share: the "line_groups" section. */
#ifndef CCS_CONFIG_LINE_GROUP_CONFIG_H
#define CCS_CONFIG_LINE_GROUP_CONFIG_H

#include "format/field/field.h"

/* Lines that channels share: see line_group.h. */
struct ccs_line_group_config {
    int64_t lines;
    struct ccs_ref_list channels;
};

extern const struct ccs_section ccs_line_group_section;

#endif
