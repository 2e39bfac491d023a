/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * P1: a promised callback never comes. A promise is a call for a team, due within a time. Some
 * promises are forgotten and never become calls, of others the call comes too late; both are
 * broken. The company controls all of it, so a policy may patch it.
 */
#include "base/assert.h"
#include "behavior/behavior.h"

enum {
    BY_SAME_TIER,
    BY_NEXT_TIER
};
static const char *const by_choices[] = {"same_tier", "next_tier", NULL};

struct callback {
    ccs_time due;
    double forget_probability;
    int by;
    int64_t priority;
};

static const struct ccs_field fields[] = {
    CCS_ROW(DURATION, struct callback, due, .min = 1, .max = 3.2e9,
            .help = "Within which time a call is promised."),
    CCS_ROW(PROBABILITY, struct callback, forget_probability, .max = 1, .def = "0",
            .help = "Probability that nobody writes it down."),
    CCS_ROW(ENUM, struct callback, by, .choices = by_choices, .def = "\"same_tier\"",
            .help = "Who calls back: the tier that promised, or the next higher one."),
    CCS_ROW(INT, struct callback, priority, .min = -200, .max = 200, .def = "-1",
            .source = "assumption: calls out are made between calls in",
            .help = "Priority of the promised call against waiting contacts (0)."),
};

static const struct ccs_section section = {
    .title = "promised callbacks",
    .help = "\"We will call you back\": by when, by whom, and how often it is forgotten.",
    .size = sizeof(struct callback),
    CCS_ROWS(fields),
};

static bool promise(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                    struct ccs_promise_conditions *terms)
{
    const struct callback *c = config;
    terms->due = c->due;
    terms->forgotten =
        ccs_issue_uniform(w, is, CCS_DRAW_PROMISE_FORGOTTEN, 0) < c->forget_probability;
    if (c->by == BY_NEXT_TIER) {
        int next = ccs_model_next_tier(w->model, is->channel, is->type, terms->tier);
        terms->tier = next ? next : terms->tier;
    }
    return true;
}

static void install(const void *config, struct ccs_model *model)
{
    const struct callback *c = config;
    model->callback_priority = (int16_t)c->priority;
    CCS_HOOK_TAKE(model->hooks, promise, promise, config);
    model->makes_promises = true;
    model->next_tier_calls = c->by == BY_NEXT_TIER;
}

const struct ccs_mechanism ccs_callback = {
    .id = "P1",
    .group = "promises",
    .key = "callback",
    .help = "Promised callbacks are work with an owner and a due time; some are broken.",
    .section = &section,
    .install = install,
};
