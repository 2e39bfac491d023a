/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * P3: "everything is fine", found false next day. A settlement is false with some probability: the
 * customer believes it, finds out after a delay, and is back. Quality, not policy: the same
 * probability holds for every settlement by every policy, unless a policy's `with` patches it.
 */
#include "base/assert.h"
#include "base/units.h"
#include "behavior/behavior.h"

struct false_closure {
    double probability;
    struct ccs_dist discovery_delay;
};

static const struct ccs_field fields[] = {
    CCS_ROW(PROBABILITY, struct false_closure, probability, .max = 1,
            .help = "Probability that what was called settled is not."),
    CCS_ROW(DIST, struct false_closure, discovery_delay, .unit = "duration",
            .def = "{\"dist\": \"exponential\", \"mean\": \"3 days\"}", .source = "assumption",
            .help = "Time until the customer finds out."),
};

static const struct ccs_section section = {
    .title = "false closures",
    .help = "Settlements that turn out not to be any.",
    .size = sizeof(struct false_closure),
    CCS_ROWS(fields),
};

static ccs_time discovery(const void *config, struct ccs_world *w, const struct ccs_issue *is)
{
    const struct false_closure *f = config;
    if (ccs_issue_uniform(w, is, CCS_DRAW_FALSE_CLOSURE, 0) >= f->probability) {
        return CCS_TIME_NEVER;
    }
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_DISCOVERY_DELAY, 0);
    return ccs_time_from_s(ccs_dist_draw(&f->discovery_delay, &s));
}

static void install(const void *config, struct ccs_model *model)
{
    CCS_HOOK_TAKE(model->hooks, false_closure, discovery, config);
}

const struct ccs_mechanism ccs_false_closure = {
    .id = "P3",
    .group = "promises",
    .key = "false_closure",
    .help = "Some settlements are false and come back.",
    .section = &section,
    .install = install,
};
