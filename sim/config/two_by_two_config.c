/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "two_by_two" section. What is made of it: experiment/two_by_two.c. */
#include "config/two_by_two_config.h"

static const struct ccs_field two_by_two_fields[] = {
    CCS_ROW(REF, struct ccs_two_by_two_config, neither, .ref = "policies",
            .help = "The policy one comes from, as it is run today."),
    CCS_ROW(REF, struct ccs_two_by_two_config, policy, .ref = "policies",
            .help = "The other policy, run as well or as badly."),
    CCS_ROW(REF, struct ccs_two_by_two_config, quality, .ref = "policies",
            .help = "The first policy, well run."),
    CCS_ROW(REF, struct ccs_two_by_two_config, both, .ref = "policies",
            .help = "The other policy, well run."),
};

const struct ccs_section ccs_two_by_two_section = {
    .title = "two by two",
    .help = "Four policies that tell policy from quality: what agents may do, and how well the "
            "company keeps its word. The results give the effect of each on the metric that "
            "decides, and their interaction.",
    .size = sizeof(struct ccs_two_by_two_config),
    CCS_ROWS(two_by_two_fields),
};
