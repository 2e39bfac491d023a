/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where "late" is not late: a policy that holds out is compared with one that does not, and the
 * comparison says little if claims are let through early all the same. Lines per policy,
 *
 *     late: from the first contact on claims go to the next tier (trigger_contacts is 1)
 *     late: tier 1 settles 90 % of refund at once (discretion 0.9, limit 50 EUR)
 */
#include "report/explain_late.h"

#include "policy/policy.h"

#include <stdio.h>

#define NEVER 1000 /* a trigger that is as good as none */
#define MOST 0.5   /* from this share on tier 1 settles most of what there is */

struct late {
    struct ccs_text *text;
    const struct ccs_scenario *sc;
    const struct ccs_scenario_policy *policy;
    const struct ccs_model *m;
    struct ccs_holding_out terms;
    bool is_early; /* something has been said */
};

/* Share of the claims of a type that the tier may concede. */
static double within_limit(const struct late *l, int type, int tier)
{
    const struct ccs_issue_type_config *cfg = ccs_config_type(l->m->config, (size_t)type);
    return ccs_dist_cdf(&cfg->amount, l->terms.limit[tier - 1]);
}

/* The lowest tier that anybody who calls about the type comes to; 0 if there is none. */
static int first_tier(const struct late *l, int type)
{
    int lowest = 0;
    for (int ch = 0; ch < l->m->channel_n; ch++) {
        int tier = ccs_model_first_tier(l->m, ch, type);
        lowest = tier > 0 && (lowest == 0 || tier < lowest) ? tier : lowest;
    }
    return lowest;
}

/* The tier that makes the calls which `tier` promises; 0 if it is not a higher one. */
static int calling_tier(const struct late *l, int type, int tier)
{
    int next = 0;
    for (int ch = 0; ch < l->m->channel_n && next == 0; ch++) {
        next = ccs_model_next_tier(l->m, ch, type, tier);
    }
    return l->m->next_tier_calls ? next : 0;
}

static const char *type_name(const struct late *l, int type)
{
    return l->m->config->issue_types.name[type];
}

static void put_triggers(struct late *l)
{
    if (l->terms.trigger_contacts <= 1) {
        ccs_text_print(l->text, 2, 4,
                       "%s: the first contact already is one too many (trigger_contacts is 1): "
                       "agents concede what they may, and escalate the rest at once",
                       l->policy->name);
        l->is_early = true;
    }
    if (l->terms.trigger_anger <= 0) {
        ccs_text_print(l->text, 2, 4,
                       "%s: everybody is angry enough (trigger_anger is 0): agents concede what "
                       "they may, and escalate the rest at once",
                       l->policy->name);
        l->is_early = true;
    }
}

/* What the first tier settles though nothing has triggered. */
static void put_discretion(struct late *l, int type, int tier)
{
    double discretion = l->terms.discretion[tier - 1];
    double within = within_limit(l, type, tier);
    if (discretion * within >= MOST) {
        ccs_text_print(l->text, 2, 4,
                       "%s: tier %d settles %.3g %% of %s at once (its limit of %.6g %s covers "
                       "%.3g %%, and it uses its discretion in %.3g %% of these)",
                       l->policy->name, tier, 100 * discretion * within, type_name(l, type),
                       l->terms.limit[tier - 1], l->sc->currency, 100 * within, 100 * discretion);
        l->is_early = true;
    }
}

/* What is settled in the first promised call, which is the customer's second contact. */
static void put_promises(struct late *l, int type, int tier)
{
    int by = calling_tier(l, type, tier);
    if (by == 0 || l->terms.promise_share <= 0) {
        return;
    }
    double discretion = l->terms.trigger_contacts <= 2 || l->terms.trigger_anger <= 0
                            ? 1.0
                            : l->terms.discretion[by - 1];
    double settled = discretion * within_limit(l, type, by);
    if (settled > 0) {
        ccs_text_print(l->text, 2, 4,
                       "%s: %.3g %% of those it does not help are promised a call by tier %d, "
                       "which settles %.3g %% of %s in it: to be put off once already is an "
                       "escalation",
                       l->policy->name, 100 * l->terms.promise_share, by, 100 * settled,
                       type_name(l, type));
        l->is_early = true;
    }
}

static void put_desk(struct late *l)
{
    if (l->m->desk_team >= 0 && l->m->desk_settles) {
        ccs_text_print(l->text, 2, 4,
                       "%s: the retention desk pays the claims of all whom it keeps "
                       "(settles_issue): whoever threatens to leave need not wait any longer",
                       l->policy->name);
        l->is_early = true;
    }
}

/* Nothing passes early: what it waits for. */
static void put_waiting(struct late *l)
{
    bool counts = l->terms.trigger_contacts < NEVER && l->m->record_lost_probability < 1;
    bool senses = l->terms.trigger_anger < NEVER && l->m->anger_half_life > 0;
    char contact[40] = "", anger[60] = "";
    if (counts) {
        snprintf(contact, sizeof contact, " contact %d", (int)l->terms.trigger_contacts);
    }
    if (senses) {
        snprintf(anger, sizeof anger, "%s anger of %.6g", counts ? ", or" : "",
                 l->terms.trigger_anger);
    }
    ccs_text_print(l->text, 2, 4, "%s: nowhere; it holds out %s%s%s", l->policy->name,
                   counts || senses ? "until" : "for ever", contact, anger);
}

static void put_policy(struct late *l)
{
    put_triggers(l);
    for (int ty = 0; ty < l->m->type_n; ty++) {
        int tier = first_tier(l, ty);
        if (tier > 0 && ccs_config_type(l->m->config, (size_t)ty)->needs == CCS_NEEDS_DECISION) {
            put_discretion(l, ty, tier);
            put_promises(l, ty, tier);
        }
    }
    put_desk(l);
    if (!l->is_early) {
        put_waiting(l);
    }
}

void ccs_explain_late(struct ccs_text *text, const struct ccs_scenario *scenario)
{
    bool has_heading = false;
    for (size_t p = 0; p < scenario->policy_n; p++) {
        const struct ccs_scenario_policy *policy = &scenario->policies[p];
        const struct ccs_model *m = &policy->model;
        struct late l = {.text = text, .sc = scenario, .policy = policy, .m = m};
        if (!m->policy->hold_out) {
            continue;
        }
        if (!has_heading) {
            ccs_text_heading(text, "Where late is not late", "what passes a policy that holds out");
            has_heading = true;
        }
        m->policy->hold_out(m->policy_config, &l.terms);
        put_policy(&l);
    }
}
