/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * J1: the same problem again, often on another channel. After a failure the customer tries again
 * with a probability by kind of failure, after a delay, on a channel by a switch matrix. A customer
 * who does not try again gives the issue up.
 */
#include "base/assert.h"
#include "base/units.h"
#include "behavior/behavior.h"
#include "world/case/issue.h"

struct recontact {
    double p[CCS_FAILURE_COUNT];
    double after_right_refusal; /* may be absent */
    struct ccs_dist delay;
    struct ccs_real_matrix channel_switch;
};

#define AFTER(name, constant, help_text)                                                           \
    CCS_ROW_AS("after_" name, PROBABILITY, struct recontact, p[constant], .max = 1, .def = "0",    \
               .help = help_text)

static const struct ccs_field fields[] = {
    AFTER("refusal", CCS_FAILURE_REFUSED, "Probability of trying again after a refusal."),
    CCS_ROW(PROBABILITY, struct recontact, after_right_refusal, .max = 1, .def = "null",
            .source = "assumption: claimants without right react like the wronged",
            .help = "The same after the refusal of a claim without right. Left out: as "
                    "`after_refusal`."),
    AFTER("put_off", CCS_FAILURE_PUT_OFF,
          "The same after being put off with a promise that has nothing behind it."),
    AFTER("broken_promise", CCS_FAILURE_PROMISE_BROKEN, "The same after a broken promise."),
    AFTER("false_closure", CCS_FAILURE_FALSE_CLOSURE,
          "The same after finding out that it was not settled."),
    AFTER("abandoned", CCS_FAILURE_ABANDONED,
          "The same after abandoning, when the customer does not redial at once."),
    CCS_ROW(DIST, struct recontact, delay, .unit = "duration",
            .def = "{\"dist\": \"exponential\", \"mean\": \"2 days\"}", .source = "assumption",
            .help = "Time until the next attempt."),
    CCS_ROW(REAL_MATRIX, struct recontact, channel_switch, .max = 1e9, .unit = "weight",
            .ref = "channels", .def = "{}",
            .help = "Weights of the next channel, by the channel of the failed attempt; a channel "
                    "without a row is stayed on."),
};

static const struct ccs_section section = {
    .title = "recontact",
    .help = "What a customer does when an attempt has failed.",
    .size = sizeof(struct recontact),
    CCS_ROWS(fields),
};

static int32_t next_channel(const struct recontact *r, struct ccs_world *w,
                            const struct ccs_issue *is)
{
    size_t n = r->channel_switch.n;
    if (n == 0 || !r->channel_switch.given[is->channel]) {
        return is->channel;
    }
    const double *row = &r->channel_switch.v[is->channel * n];
    double total = 0.0;
    for (size_t c = 0; c < n; c++) {
        total += row[c];
    }
    double u = total * ccs_issue_uniform(w, is, CCS_DRAW_SWITCH_CHANNEL, 0);
    for (size_t c = 0; c < n; c++) {
        if (row[c] > 0 && u < row[c] && ccs_model_first_tier(w->model, (int)c, is->type)) {
            return (int32_t)c;
        }
        u -= row[c];
    }
    return is->channel;
}

/* Claimants without right react like the wronged unless the scenario says otherwise. */
static double probability(const struct recontact *r, const struct ccs_world *w,
                          const struct ccs_issue *is, enum ccs_failure failure)
{
    if (failure == CCS_FAILURE_REFUSED && ccs_real_is_given(r->after_right_refusal) &&
        ccs_issue_is_without_right(w, is)) {
        return r->after_right_refusal;
    }
    return r->p[failure];
}

static void react(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                  enum ccs_failure failure, struct ccs_reaction *reaction)
{
    const struct recontact *r = config;
    double p = probability(r, w, is, failure);
    if (p <= 0 || ccs_issue_uniform(w, is, CCS_DRAW_RECONTACT, failure) >= p) {
        return;
    }
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_RECONTACT_DELAY, failure);
    reaction->kind = CCS_REACT_RECONTACT;
    reaction->delay = ccs_time_from_s(ccs_dist_draw(&r->delay, &s));
    reaction->channel = next_channel(r, w, is);
}

static void install(const void *config, struct ccs_model *model)
{
    CCS_HOOK_ADD(model->hooks, react, react, config);
}

const struct ccs_mechanism ccs_recontact = {
    .id = "J1",
    .group = "behavior",
    .key = "recontact",
    .help = "Customers try again, and hop between channels.",
    .section = &section,
    .install = install,
};
