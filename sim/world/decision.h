/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The border between the world and a policy: what an agent can see, and what an agent can decide.
 *
 * A policy is a pure function from view to decision. Whether a claim is justified, true anger,
 * patience and resistance are deliberately not in the view: the type enforces that a policy knows
 * no more than the person on the phone. Random numbers it needs come in the view, keyed by issue,
 * attempt and leg, so that a policy compared with its copy differs by exactly 0.
 */
#ifndef CCS_WORLD_DECISION_H
#define CCS_WORLD_DECISION_H

#include "config/team_config.h"
#include "config/transfer_config.h"

#include <ccsim/types.h>
#include <stdbool.h>

enum ccs_evidence {
    CCS_EVIDENCE_NONE,
    CCS_EVIDENCE_SUPPORTS,
    CCS_EVIDENCE_CONTRADICTS
};

struct ccs_view {
    int32_t issue_type; /* index into the sorted names */
    int32_t channel;
    int tier;            /* of the agent, 1 = first contact */
    bool needs_decision; /* an agent with authority has to say yes; if not, an explanation is
                            enough, and the members from top_tier on are not filled in */
    ccs_money claimed;   /* amount the customer asks for */
    bool is_callback;    /* the company called, as promised */
    bool history_known;  /* the system shows the issue's record: contacts, refusals, promises */
    int top_tier;        /* equals `tier` if no higher tier serves the type, else is above it */
    int contacts_before; /* earlier handled contacts for this issue */
    int refusals_before;
    bool promise_broken_before;
    double tenure_years;
    double sensed_anger;        /* true anger seen through noise */
    bool asks_supervisor;       /* the customer has just demanded a supervisor */
    bool next_tier_open;        /* an agent of the next tier is on duty now */
    enum ccs_evidence evidence; /* result of a check, when one was made */
    bool can_check;             /* this type of claim can be verified, and has not been yet */
    double u_discretion;        /* uniform: does this agent use the authority of the tier? */
    double u_instead;           /* uniform: what to do when the claim is not settled */
    double u_granted;           /* uniform: is a demanded supervisor granted? */
};

enum ccs_action {
    CCS_ACT_RESOLVE,  /* settle the issue; `concession` is paid when it needs a decision */
    CCS_ACT_CHECK,    /* verify the claim (takes time), then decide again; only if can_check */
    CCS_ACT_ESCALATE, /* to the next tier, by `transfer` */
    CCS_ACT_PROMISE,  /* "we will call you back" */
    CCS_ACT_REFUSE    /* "our policy won't allow for that" */
};

struct ccs_decision {
    enum ccs_action action;
    enum ccs_transfer transfer;
    ccs_money concession;
};

/* What it takes until a policy that holds out lets a claim pass; [tier - 1]. */
struct ccs_holding_out {
    double limit[CCS_TIER_MAX]; /* currency units */
    double discretion[CCS_TIER_MAX];
    int64_t trigger_contacts;
    double trigger_anger;
    double promise_share;
    double supervisor_granted;
};

/* One policy kind: a file in policy/ and a row in policy/policy.c. */
struct ccs_policy_info {
    const char *kind;
    const char *help;
    const struct ccs_section *section; /* bound struct = `config` of decide */
    void (*decide)(const void *config, const struct ccs_view *view, struct ccs_decision *decision);
    /* Says what it takes, for lint and `explain`; NULL: the policy does not hold out. */
    void (*hold_out)(const void *config, struct ccs_holding_out *terms);
};

#endif
