/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * C7: a customer who threatens to leave is sent to the retention desk, where agents are nice and
 * able. After a failure a customer wants to cancel with a probability raised by anger. The desk
 * saves only some of them, and saving costs an offer. Only customers of a segment can leave.
 */
#include "base/assert.h"
#include "base/units.h"
#include "behavior/behavior.h"
#include "behavior/odds.h"

struct retention {
    int32_t team;
    struct ccs_dist talk;
    double threat_probability, anger_logit;
    struct ccs_dist delay;
    double save_probability;
    double offer_cost;
    bool settles_issue;
};

static const struct ccs_field fields[] = {
    CCS_ROW(REF, struct retention, team, .ref = "teams",
            .help = "The desk. It serves cancellations only."),
    CCS_ROW(DIST, struct retention, talk, .unit = "duration", .help = "Talk time at the desk."),
    CCS_ROW(PROBABILITY, struct retention, threat_probability, .max = 1,
            .help = "Probability that a customer without anger asks to cancel after a failure."),
    CCS_ROW(REAL, struct retention, anger_logit, .max = 20, .unit = "logit per unit of anger",
            .def = "0", .help = "How much anger raises it."),
    CCS_ROW(DIST, struct retention, delay, .unit = "duration", .def = "\"10 min\"",
            .source = "assumption", .help = "Time between the failure and the call to cancel."),
    CCS_ROW(PROBABILITY, struct retention, save_probability, .max = 1,
            .help = "Probability that the desk keeps the customer."),
    CCS_ROW(MONEY, struct retention, offer_cost, .max = 1e9, .unit = "currency per save",
            .def = "0", .help = "What a save costs in discounts and gifts."),
    CCS_ROW(BOOL, struct retention, settles_issue, .def = "true",
            .source = "assumption: the desk has the authority the front line lacks",
            .help = "Does the desk also settle the issue that made the customer call?"),
};

static const struct ccs_section section = {
    .title = "retention",
    .help = "Threats to cancel, and the desk that answers them.",
    .size = sizeof(struct retention),
    CCS_ROWS(fields),
};

static void react(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                  enum ccs_failure failure, struct ccs_reaction *reaction)
{
    const struct retention *r = config;
    if (failure == CCS_FAILURE_ABANDONED || is->customer == CCS_NONE ||
        is->segment >= w->model->segment_n) {
        return;
    }
    double p = ccs_odds_shift(r->threat_probability, r->anger_logit * ccs_anger_now(w, is));
    if (ccs_issue_uniform(w, is, CCS_DRAW_THREAT, failure) >= p) {
        return;
    }
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_THREAT_DELAY, failure);
    reaction->kind = CCS_REACT_THREATEN;
    reaction->delay = ccs_time_from_s(ccs_dist_draw(&r->delay, &s));
    if (w->model->outbound_channel >= 0) {
        reaction->channel = w->model->outbound_channel; /* customers cancel by phone */
    }
}

static void desk(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                 struct ccs_desk_result *result)
{
    const struct retention *r = config;
    (void)w;
    (void)is;
    result->leave_probability = 1.0 - r->save_probability;
    result->offer = ccs_money_from_units(r->offer_cost);
    result->settles = r->settles_issue;
}

static void install(const void *config, struct ccs_model *model)
{
    const struct retention *r = config;
    model->desk_team = r->team;
    model->desk_talk = r->talk;
    model->desk_settles = r->settles_issue;
    CCS_HOOK_ADD(model->hooks, react, react, config);
    CCS_HOOK_TAKE(model->hooks, desk, desk, config);
}

const struct ccs_mechanism ccs_retention = {
    .id = "C7",
    .group = "behavior",
    .key = "retention",
    .help = "Customers threaten to leave; a desk saves some of them, at a price.",
    .section = &section,
    .install = install,
};
