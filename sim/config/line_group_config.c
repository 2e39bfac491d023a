/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "line_groups" section. What happens: world/queue/line_group.c. */
#include "config/line_group_config.h"

static const struct ccs_field line_group_fields[] = {
    CCS_ROW(INT, struct ccs_line_group_config, lines, .min = 1, .max = 1000000, .unit = "contacts",
            .help = "Contacts that can be in these channels together at once, waiting or served; "
                    "the next one finds them busy."),
    CCS_ROW(REF_LIST, struct ccs_line_group_config, channels, .ref = "channels", .min = 1,
            .max = 200,
            .help = "The channels that share the lines. One may be in several groups; it then "
                    "needs a free line in each."),
};

const struct ccs_section ccs_line_group_section = {
    .title = "line group",
    .help = "Lines that several channels share: trunks behind several numbers.",
    .size = sizeof(struct ccs_line_group_config),
    CCS_ROWS(line_group_fields),
};
