/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Escalate late (A1, A2, A5): hold out. The first agent refuses or promises, whatever the claim;
 * the problem goes to an agent with authority only once the customer has come often enough or is
 * angry enough. Nothing makes this policy dearer by decree: its cost comes from minutes, wages,
 * concessions and lost customers.
 */
#include "policy/authority.h"
#include "policy/policy.h"

struct escalate_late {
    struct ccs_authority authority;
    int64_t trigger_contacts;
    double trigger_anger;
    double promise_share;
    double supervisor_granted;
};

static const struct ccs_field fields[] = {
    CCS_AUTHORITY_FIELDS(struct escalate_late, authority, "[0.1, 0.9]", "\"cold\""),
    CCS_ROW(INT, struct escalate_late, trigger_contacts, .min = 1, .max = 1000, .unit = "contacts",
            .def = "3", .source = "assumption",
            .help = "Escalate from this handled contact for the issue on, if the agent sees the "
                    "record of the earlier ones; 1000 is as good as never."),
    CCS_ROW(
        REAL, struct escalate_late, trigger_anger, .max = 1000, .unit = "refusals", .def = "2",
        .source = "assumption",
        .help =
            "Escalate when the agent senses at least this much anger; 1000 is as good as never."),
    CCS_ROW(
        PROBABILITY, struct escalate_late, promise_share, .max = 1, .def = "0.5",
        .source = "assumption",
        .help =
            "Share of unsettled contacts that are put off with a promise; the others are refused."),
    CCS_ROW(PROBABILITY, struct escalate_late, supervisor_granted, .max = 1, .def = "0.3",
            .source = "assumption",
            .help =
                "Probability that a demand for a supervisor is granted instead of argued away."),
};

static const struct ccs_section section = {
    .title = "escalate_late",
    .help = "Refuse or promise until the customer is angry enough.",
    .size = sizeof(struct escalate_late),
    CCS_ROWS(fields),
};

static void decide(const void *config, const struct ccs_view *view, struct ccs_decision *decision)
{
    const struct escalate_late *p = config;
    const struct ccs_authority *a = &p->authority;
    decision->transfer = (enum ccs_transfer)a->transfer;
    if (!view->needs_decision) {
        decision->action = CCS_ACT_RESOLVE;
        return;
    }
    if (view->asks_supervisor) {
        decision->action =
            view->u_granted < p->supervisor_granted ? CCS_ACT_ESCALATE : CCS_ACT_REFUSE;
        return;
    }
    if (view->evidence == CCS_EVIDENCE_CONTRADICTS) {
        decision->action = CCS_ACT_REFUSE;
        return;
    }
    bool triggered =
        view->contacts_before + 1 >= p->trigger_contacts || view->sensed_anger >= p->trigger_anger;
    bool willing = triggered || view->u_discretion < ccs_by_tier(&a->discretion, view->tier);
    if (willing && ccs_authority_covers(a, view)) {
        ccs_authority_concede(a, view, decision);
    } else if (triggered && view->tier < view->top_tier) {
        decision->action = CCS_ACT_ESCALATE;
    } else if (view->u_instead < p->promise_share) {
        decision->action = CCS_ACT_PROMISE;
    } else {
        decision->action = CCS_ACT_REFUSE;
    }
}

static void hold_out(const void *config, struct ccs_holding_out *terms)
{
    const struct escalate_late *p = config;
    *terms = (struct ccs_holding_out){
        .trigger_contacts = p->trigger_contacts,
        .trigger_anger = p->trigger_anger,
        .promise_share = p->promise_share,
        .supervisor_granted = p->supervisor_granted,
    };
    for (int tier = 1; tier <= CCS_TIER_MAX; tier++) {
        terms->limit[tier - 1] = ccs_by_tier(&p->authority.limits, tier);
        terms->discretion[tier - 1] = ccs_by_tier(&p->authority.discretion, tier);
    }
}

const struct ccs_policy_info ccs_escalate_late = {
    .kind = "escalate_late",
    .help = "Refuses or promises, and escalates only when the customer is angry enough.",
    .section = &section,
    .decide = decide,
    .hold_out = hold_out,
};
