/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of policies: see policy.h. */
#include "policy/policy.h"

#include <string.h>

const struct ccs_policy_info *const ccs_policies[] = {
    &ccs_policy_none,
    &ccs_escalate_late,
    &ccs_empowered_first_contact,
};

const size_t ccs_policy_n = sizeof ccs_policies / sizeof ccs_policies[0];

const struct ccs_policy_info *ccs_policy_find(const char *kind)
{
    for (size_t i = 0; i < ccs_policy_n; i++) {
        if (strcmp(ccs_policies[i]->kind, kind) == 0) {
            return ccs_policies[i];
        }
    }
    return NULL;
}
