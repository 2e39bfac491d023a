/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Empowered first contact (A1): the first agent whom the customer reaches puts things right, up to
 * a limit. A claim above the limit goes to the next tier at once, without waiting for anger.
 */
#include "policy/authority.h"
#include "policy/policy.h"

struct empowered {
    struct ccs_authority authority;
};

static const struct ccs_field fields[] = {
    CCS_AUTHORITY_FIELDS(struct empowered, authority, "[0.95]", "\"warm\""),
};

static const struct ccs_section section = {
    .title = "empowered_first_contact",
    .help = "The first person reached may settle it.",
    .size = sizeof(struct empowered),
    CCS_ROWS(fields),
};

static void decide(const void *config, const struct ccs_view *view, struct ccs_decision *decision)
{
    const struct ccs_authority *a = &((const struct empowered *)config)->authority;
    decision->transfer = (enum ccs_transfer)a->transfer;
    if (!view->needs_decision) {
        decision->action = CCS_ACT_RESOLVE;
        return;
    }
    if (view->evidence == CCS_EVIDENCE_CONTRADICTS) {
        decision->action = CCS_ACT_REFUSE;
        return;
    }
    bool covered = ccs_authority_covers(a, view);
    if (covered && view->u_discretion < ccs_by_tier(&a->discretion, view->tier)) {
        ccs_authority_concede(a, view, decision);
        return;
    }
    /* The claim is above the limit of this tier, or the agent does not use the authority: the next
     * tier decides. At the top tier the agent concedes up to the limit. */
    if (view->tier < view->top_tier) {
        decision->action = CCS_ACT_ESCALATE;
    } else if (covered) {
        ccs_authority_concede(a, view, decision);
    } else {
        decision->action = CCS_ACT_REFUSE;
    }
}

const struct ccs_policy_info ccs_empowered_first_contact = {
    .kind = "empowered_first_contact",
    .help = "The first person a customer reaches may put things right, up to a limit.",
    .section = &section,
    .decide = decide,
};
