/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of policies: see policy.h. */
#include "policy/policy.h"

const struct ccs_policy_info *const ccs_policies[] = {
    &ccs_policy_none,
    &ccs_escalate_late,
    &ccs_empowered_first_contact,
};

const size_t ccs_policy_n = sizeof ccs_policies / sizeof ccs_policies[0];
