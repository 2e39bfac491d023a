/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A3: a refused customer demands a supervisor, the likelier the angrier. The policy decides whether
 * one is granted. An agent who argues instead talks longer, and that counts as one more burden of a
 * refusal (world/case/leg.c).
 */
#include "base/assert.h"
#include "base/units.h"
#include "behavior/behavior.h"
#include "behavior/odds.h"

struct supervisor {
    double demand_probability;
    double anger_logit;
    struct ccs_dist argue;
};

static const struct ccs_field fields[] = {
    CCS_ROW(PROBABILITY, struct supervisor, demand_probability, .max = 1,
            .help = "Probability that a customer without anger demands a supervisor when refused."),
    CCS_ROW(REAL, struct supervisor, anger_logit, .max = 20, .unit = "logit per unit of anger",
            .def = "0", .help = "How much anger raises it."),
    CCS_ROW(DIST, struct supervisor, argue, .unit = "duration", .def = "\"0 s\"",
            .help = "Time spent arguing when the demand is not granted."),
};

static const struct ccs_section section = {
    .title = "supervisor",
    .help = "Demands for somebody higher up.",
    .size = sizeof(struct supervisor),
    CCS_ROWS(fields),
};

static bool demands(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                    const struct ccs_contact *ct)
{
    const struct supervisor *s = config;
    double p = ccs_odds_shift(s->demand_probability, s->anger_logit * ccs_anger_now(w, is));
    return ccs_issue_uniform(w, is, CCS_DRAW_SUPERVISOR_DEMAND, ct->leg) < p;
}

static ccs_time argues(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                       const struct ccs_contact *ct)
{
    const struct supervisor *s = config;
    struct ccs_stream stream = ccs_issue_stream(w, is, CCS_DRAW_ARGUE, ct->leg);
    return ccs_time_from_s(ccs_dist_draw(&s->argue, &stream));
}

static void install(const void *config, struct ccs_model *model)
{
    CCS_HOOK_TAKE(model->hooks, demands, demands, config);
    CCS_HOOK_TAKE(model->hooks, argues, argues, config);
}

const struct ccs_mechanism ccs_supervisor = {
    .id = "A3",
    .group = "behavior",
    .key = "supervisor",
    .help = "Refused customers may demand a supervisor; blocking them takes time and burdens them.",
    .section = &section,
    .install = install,
};
