/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The policy of a scenario without policies: agents settle every issue, refuse nothing and pay
 * every claim in full. With no mechanism on, this is the plain queueing model. */
#include "policy/policy.h"

static void decide(const void *config, const struct ccs_view *view, struct ccs_decision *decision)
{
    (void)config;
    decision->action = CCS_ACT_RESOLVE;
    decision->concession = view->claimed;
}

static const struct ccs_section section = {.title = "none", .help = "Serves and never refuses."};

const struct ccs_policy_info ccs_policy_none = {
    .kind = "none",
    .help = "Serves everybody and never refuses.",
    .section = &section,
    .decide = decide,
};
