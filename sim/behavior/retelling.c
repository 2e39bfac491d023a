/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * J2: the customer tells the story again at every leg, unless the context is carried over. That the
 * customer has called before is another matter: the system counts it, and shows it to agents unless
 * the scenario takes the record away.
 */
#include "base/assert.h"
#include "behavior/behavior.h"
#include "world/case/issue.h"

struct retelling {
    struct ccs_dist time;
    double context_carried_probability;
    double record_known_probability;
};

static const struct ccs_field fields[] = {
    CCS_ROW(DIST, struct retelling, time, .unit = "duration",
            .help = "Talk time added by telling the story again."),
    CCS_ROW(PROBABILITY, struct retelling, context_carried_probability, .max = 1, .def = "0",
            .help = "Probability that the next agent already knows the story."),
    CCS_ROW(PROBABILITY, struct retelling, record_known_probability, .max = 1, .def = "1",
            .source = "assumption: every system counts contacts by customer",
            .help = "Probability that an agent sees how often the customer has called about the "
                    "issue, was refused, and was promised something in vain."),
};

static const struct ccs_section section = {
    .title = "retelling",
    .help = "What every further leg costs when nobody wrote down what was said.",
    .size = sizeof(struct retelling),
    CCS_ROWS(fields),
};

static bool context(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                    const struct ccs_contact *ct)
{
    const struct retelling *r = config;
    return ccs_issue_uniform(w, is, CCS_DRAW_CONTEXT_CARRIED, ct->leg) <
           r->context_carried_probability;
}

static bool record(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                   const struct ccs_contact *ct)
{
    const struct retelling *r = config;
    return ccs_issue_uniform(w, is, CCS_DRAW_RECORD_KNOWN, ct->leg) < r->record_known_probability;
}

static void retell(const void *config, struct ccs_world *w, struct ccs_issue *is,
                   const struct ccs_contact *ct, struct ccs_talk *talk)
{
    const struct retelling *r = config;
    if (ct->has_context) {
        return;
    }
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_RETELLING, ct->leg);
    talk->retell_us += 1e6 * ccs_dist_draw(&r->time, &s);
    ccs_issue_experience(w, is, CCS_EXPERIENCE_RETELLING, 1.0);
}

static void install(const void *config, struct ccs_model *model)
{
    const struct retelling *r = config;
    model->record_lost_probability = 1.0 - r->record_known_probability;
    if (r->record_known_probability < 1) {
        CCS_HOOK_TAKE(model->hooks, record, record, config);
    }
    CCS_HOOK_ADD(model->hooks, context, context, config);
    CCS_HOOK_ADD(model->hooks, talk, retell, config);
}

const struct ccs_mechanism ccs_retelling = {
    .id = "J2",
    .group = "behavior",
    .key = "retelling",
    .help = "Every further leg begins with the story, unless the context is carried over.",
    .section = &section,
    .install = install,
};
