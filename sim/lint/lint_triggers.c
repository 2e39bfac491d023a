/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A policy that holds out until something happens that cannot happen (W420). */
#include "lint/lint_part.h"

#include "format/document/json.h"
#include "world/decision.h"
#include "world/hooks.h"

#include <cjson/cJSON.h>

/* The largest trigger there can be, contacts or anger: how a scenario says that there is none. */
#define NEVER 1000

static const char *place(struct ccs_lint *c, const char *key)
{
    return CCS_AT(c, "policies", c->model->policy_name, key);
}

static bool is_given(struct ccs_lint *c, const char *key)
{
    const struct cJSON *policies = ccs_json_member(ccs_document_root(c->doc), "policies");
    return ccs_json_member(ccs_json_member(policies, c->model->policy_name), key) != NULL;
}

static bool sees_anger(const struct ccs_model *m, const struct ccs_holding_out *terms)
{
    return terms->trigger_anger <= 0 || m->hooks->anger.fn;
}

static bool counts_contacts(const struct ccs_model *m, const struct ccs_holding_out *terms)
{
    return terms->trigger_contacts <= 1 || m->record_lost_probability < 1;
}

/* Can any claim of the type ever be conceded? */
static bool can_pass(const struct ccs_model *m, const struct ccs_holding_out *terms, int type)
{
    bool triggers = (counts_contacts(m, terms) && terms->trigger_contacts < NEVER) ||
                    (sees_anger(m, terms) && terms->trigger_anger < NEVER);
    bool is_granted = m->hooks->demands.fn && terms->supervisor_granted > 0;
    bool is_called = m->next_tier_calls && terms->promise_share > 0;
    bool goes_up = triggers || is_granted || is_called;
    bool passes = m->desk_team >= 0 && m->desk_settles;
    for (int ch = 0; ch < m->channel_n && !passes; ch++) {
        int tier = ccs_model_first_tier(m, ch, type);
        while (tier > 0 && !passes) {
            double limit = terms->limit[tier - 1];
            passes = ccs_dist_cdf(&ccs_config_type(m->config, (size_t)type)->amount, limit) > 0 &&
                     (triggers || terms->discretion[tier - 1] > 0);
            tier = goes_up ? ccs_model_next_tier(m, ch, type, tier) : 0;
        }
    }
    return passes;
}

void ccs_lint_triggers(struct ccs_lint *c)
{
    const struct ccs_model *m = c->model;
    struct ccs_holding_out terms;
    if (!m->policy->hold_out) {
        return;
    }
    m->policy->hold_out(m->policy_config, &terms);
    if (!counts_contacts(m, &terms) && terms.trigger_contacts < NEVER) {
        ccs_lint_report(c, CCS_W420, place(c, "trigger_contacts"),
                        "never fires: agents do not see that a customer has called before "
                        "(`behavior.retelling.record_known_probability` is 0)");
    }
    if (!sees_anger(m, &terms) && terms.trigger_anger < NEVER && is_given(c, "trigger_anger")) {
        ccs_lint_report(c, CCS_W420, place(c, "trigger_anger"),
                        "never fires: without `behavior.anger` nobody becomes angry");
    }
    for (int ty = 0; ty < m->type_n; ty++) {
        if (ccs_config_type(c->config, (size_t)ty)->needs == CCS_NEEDS_DECISION &&
            !can_pass(m, &terms, ty)) {
            ccs_lint_report(c, CCS_W420, place(c, "authority_limits"),
                            "no claim of type `%.100s` is ever conceded: no tier that it can come "
                            "to may, or nothing ever makes it use its authority",
                            c->config->issue_types.name[ty]);
        }
    }
}
