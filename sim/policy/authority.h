/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Authority: the amount up to which an agent of a tier may concede, and whether the agent checks
 * the claim first. Shared by the policies that have limits, with the rows that state them.
 */
#ifndef CCS_POLICY_AUTHORITY_H
#define CCS_POLICY_AUTHORITY_H

#include "base/units.h"
#include "world/decision.h"

struct ccs_authority {
    struct ccs_real_list limits;     /* currency units, by tier */
    struct ccs_real_list discretion; /* probability that an agent uses it, by tier */
    double verify_above;             /* currency units; absent: never */
    int transfer;                    /* enum ccs_transfer */
};

extern const char *const ccs_authority_transfers[]; /* enum ccs_transfer */

/* Value for the tier; the last one holds for all higher tiers. */
static inline double ccs_by_tier(const struct ccs_real_list *list, int tier)
{
    size_t i = (size_t)tier - 1;
    return list->v[i < list->n ? i : list->n - 1];
}

static inline bool ccs_authority_covers(const struct ccs_authority *a, const struct ccs_view *view)
{
    return view->claimed <= ccs_money_from_units(ccs_by_tier(&a->limits, view->tier));
}

/* Decides to concede the claim, after a check where one is due. */
static inline void ccs_authority_concede(const struct ccs_authority *a, const struct ccs_view *view,
                                         struct ccs_decision *decision)
{
    if (view->can_check && ccs_real_is_given(a->verify_above) &&
        ccs_money_to_units(view->claimed) >= a->verify_above) {
        decision->action = CCS_ACT_CHECK;
        return;
    }
    decision->action = CCS_ACT_RESOLVE;
    decision->concession = view->claimed;
}

#define CCS_AUTHORITY_FIELDS(record, authority, discretion_default, transfer_default)              \
    CCS_ROW_AS("authority_limits", REAL_LIST, record, authority.limits, .min = 0, .at_least = 1,   \
               .max = 1e12, .unit = "currency, by tier",                                           \
               .help = "Largest amount an agent of tier 1, 2, ... may concede; the last holds "    \
                       "for all higher tiers."),                                                   \
        CCS_ROW_AS("discretion", REAL_LIST, record, authority.discretion, .max = 1, .at_least = 1, \
                   .unit = "probability, by tier", .def = discretion_default,                      \
                   .source = "assumption",                                                         \
                   .help = "Probability that an agent uses the authority there is at once."),      \
        CCS_ROW_AS("verify_above", MONEY, record, authority.verify_above, .max = 1e12,             \
                   .def = "null",                                                                  \
                   .help = "Claims from this amount on are checked before they are conceded; "     \
                           "left out: never."),                                                    \
        CCS_ROW_AS(                                                                                \
            "transfer", ENUM, record, authority.transfer, .choices = ccs_authority_transfers,      \
            .def = transfer_default,                                                               \
            .help = "How customers are passed on: cold (they queue again), warm (the first agent " \
                    "stays on the line until somebody answers), consult (until it is over).")

#endif
