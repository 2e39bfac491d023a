/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * C3 (second half): most never complain, they leave.
 *
 * Probabilities of leaving at a moment of truth, by its kind:
 *   logit p = logit p_kind + anger_logit * A
 * What is done with p (resistance, coupling) is in world/case/customer.c.
 */
#include "base/assert.h"
#include "behavior/behavior.h"
#include "behavior/odds.h"
#include "world/case/issue.h"

struct leaving {
    double p[CCS_MOMENT_NONE];     /* RIGHTLY_REFUSED may be absent */
    double given_up_without_right; /* may be absent */
    double anger_logit;
};

#define MOMENT(name, constant, help_text)                                                          \
    CCS_ROW_AS(name, PROBABILITY, struct leaving, p[constant], .max = 1, .def = "0",               \
               .help = help_text)

static const struct ccs_field fields[] = {
    MOMENT("given_up", CCS_MOMENT_GIVEN_UP, "The customer gives an issue up and bears the loss."),
    MOMENT("promise_broken", CCS_MOMENT_PROMISE_BROKEN, "A promise falls due unkept."),
    MOMENT("issue_ended", CCS_MOMENT_ISSUE_ENDED, "An issue has truly been settled."),
    MOMENT("failed_contact", CCS_MOMENT_FAILED_CONTACT, "A contact ended without help."),
    MOMENT("abandoned", CCS_MOMENT_ABANDONED, "Gave up waiting, and will try again."),
    MOMENT("silent_issue", CCS_MOMENT_SILENT_ISSUE,
           "A problem the customer does not tell the company about."),
    CCS_ROW_AS("rightly_refused", PROBABILITY, struct leaving, p[CCS_MOMENT_RIGHTLY_REFUSED],
               .max = 1, .def = "null", .source = "assumption: they react like the wronged",
               .help = "A claim without right is refused, and the customer will try again. Left "
                       "out: as `failed_contact`."),
    CCS_ROW(PROBABILITY, struct leaving, given_up_without_right, .max = 1, .def = "null",
            .source = "assumption: they react like the wronged",
            .help = "The customer gives up a claim without right. Left out: as `given_up`."),
    CCS_ROW(REAL, struct leaving, anger_logit, .max = 20, .unit = "logit per unit of anger",
            .def = "0", .help = "How much anger raises each of these probabilities."),
};

static const struct ccs_section section = {
    .title = "leaving",
    .help = "Moments of truth: the probability of leaving at each.",
    .size = sizeof(struct leaving),
    CCS_ROWS(fields),
};

/* Claimants without right react like the wronged unless the scenario says otherwise. */
static double plain_probability(const struct leaving *l, const struct ccs_world *w,
                                const struct ccs_issue *is, enum ccs_moment moment)
{
    if (moment == CCS_MOMENT_RIGHTLY_REFUSED && !ccs_real_is_given(l->p[moment])) {
        return l->p[CCS_MOMENT_FAILED_CONTACT];
    }
    if (moment == CCS_MOMENT_GIVEN_UP && ccs_real_is_given(l->given_up_without_right) &&
        ccs_issue_is_without_right(w, is)) {
        return l->given_up_without_right;
    }
    return l->p[moment];
}

static double probability(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                          enum ccs_moment moment)
{
    const struct leaving *l = config;
    double p = plain_probability(l, w, is, moment);
    /* Anger is not even read where it does not matter: bringing it up to date rounds it. */
    return p <= 0 || l->anger_logit == 0 ? p
                                         : ccs_odds_shift(p, l->anger_logit * ccs_anger_now(w, is));
}

static void install(const void *config, struct ccs_model *model)
{
    CCS_HOOK_TAKE(model->hooks, leaving, probability, config);
}

const struct ccs_mechanism ccs_leaving = {
    .id = "C3",
    .group = "behavior",
    .key = "leaving",
    .help = "Customers may leave at every moment of truth.",
    .section = &section,
    .install = install,
};
