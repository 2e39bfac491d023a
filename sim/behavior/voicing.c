/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * C3 (first half): most never complain. A problem that is not voiced makes no contact; it is a
 * moment of truth all the same (kind silent_issue).
 */
#include "base/assert.h"
#include "behavior/behavior.h"

struct voicing {
    struct ccs_real_map probability; /* by issue type */
};

static const struct ccs_field fields[] = {
    CCS_ROW(REAL_MAP, struct voicing, probability, .max = 1, .ref = "issue_types", .def = "1",
            .help =
                "Probability that a customer tells the company about a problem, by issue type."),
};

static const struct ccs_section section = {
    .title = "voicing",
    .help = "Which problems the company hears of at all.",
    .size = sizeof(struct voicing),
    CCS_ROWS(fields),
};

static bool is_voiced(const void *config, struct ccs_world *w, const struct ccs_issue *is)
{
    const struct voicing *v = config;
    double p = v->probability.v[is->type];
    return p >= 1 || ccs_uniform_at(w->key, is->key, CCS_DRAW_VOICED, 0) < p;
}

static void install(const void *config, struct ccs_model *model)
{
    CCS_HOOK_ADD(model->hooks, voiced, is_voiced, config);
}

const struct ccs_mechanism ccs_voicing = {
    .id = "C3",
    .group = "behavior",
    .key = "voicing",
    .help = "Some problems are never voiced.",
    .section = &section,
    .install = install,
};
