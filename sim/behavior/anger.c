/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * C2: what came before lowers tolerance.
 *
 *   A(t) = sum over burdens of weight * 2^(-age / half-life)
 *
 * kept as one number per customer, brought up to date before it is read (one half-life makes that
 * exact). Anger stretches talk (bounded), shortens patience, and is sensed by agents with noise;
 * other mechanisms read it. Weights are counted in refusals: a plain refusal weighs 1.
 */
#include "base/assert.h"
#include "behavior/behavior.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct anger {
    ccs_time half_life;
    ccs_time wait_tolerance;
    double wait_per_min; /* beyond tolerance */
    double transfer, retelling, refusal, contradiction, broken_promise, repeat_contact;
    double second_failure;
    double stretch_per_anger, stretch_max;
    double patience_per_anger;
    double sense_noise_sd;
};

#define WEIGHT(name, default_text, help_text)                                                      \
    CCS_ROW_AS("weight_" #name, REAL, struct anger, name, .max = 100, .unit = "refusals",          \
               .def = default_text, .source = "assumption", .favours = "empowered_first_contact",  \
               .help = help_text)

static const struct ccs_field fields[] = {
    CCS_ROW(DURATION, struct anger, half_life, .min = 60, .max = 3.2e9, .def = "\"3 months\"",
            .source = "assumption: the fifth failure in six months is not the first",
            .help = "Time in which half of the anger is gone."),
    CCS_ROW(DURATION, struct anger, wait_tolerance, .def = "\"2 min\"", .source = "assumption",
            .help = "Waiting up to this long burdens nobody."),
    CCS_ROW_AS("weight_wait_per_min", REAL, struct anger, wait_per_min, .max = 100,
               .unit = "refusals per minute", .def = "0.05", .source = "assumption",
               .help = "Burden of each minute waited beyond tolerance."),
    WEIGHT(transfer, "0.2", "Burden of being passed on."),
    WEIGHT(retelling, "0.2", "Burden of telling the story again."),
    WEIGHT(refusal, "1", "Burden of a refusal."),
    WEIGHT(contradiction, "1", "Burden of finding out that what was said is not so."),
    WEIGHT(broken_promise, "1.5", "Burden of a broken promise."),
    WEIGHT(repeat_contact, "0.3", "Burden of having to make contact again for the same issue."),
    WEIGHT(second_failure, "0.5", "Added burden of a failure after an earlier one."),
    CCS_ROW(REAL, struct anger, stretch_per_anger, .max = 10, .unit = "per unit of anger",
            .def = "0.1", .source = "assumption", .favours = "empowered_first_contact",
            .help = "Talk takes 1 + this x anger times as long."),
    CCS_ROW(REAL, struct anger, stretch_max, .min = 1, .max = 10, .def = "2",
            .source = "assumption", .help = "Bound of that factor."),
    CCS_ROW(REAL, struct anger, patience_per_anger, .max = 10, .unit = "per unit of anger",
            .def = "0.1", .source = "assumption",
            .help = "Patience is divided by 1 + this x anger."),
    CCS_ROW(REAL, struct anger, sense_noise_sd, .max = 100, .unit = "refusals", .def = "0.5",
            .source = "assumption", .help = "Agents sense anger with normal noise of this size."),
};

static const struct ccs_section section = {
    .title = "anger",
    .help = "What customers remember of bad experiences, and what it does to a contact.",
    .size = sizeof(struct anger),
    CCS_ROWS(fields),
};

static double now_of(const struct anger *a, struct ccs_world *w, struct ccs_customer *cu)
{
    if (cu->anger > 0 && w->now > cu->anger_at) {
        cu->anger *= exp2(-(double)(w->now - cu->anger_at) / (double)a->half_life);
    }
    cu->anger_at = w->now;
    return cu->anger;
}

static double current(const void *config, struct ccs_world *w, const struct ccs_issue *is)
{
    return now_of(config, w, ccs_customer_at(w, is->customer));
}

static void burden(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                   enum ccs_experience kind, double amount)
{
    const struct anger *a = config;
    double weight = 0.0;
    switch (kind) {
    case CCS_EXPERIENCE_WAIT: {
        double beyond_us = amount * 1e6 - (double)a->wait_tolerance;
        weight = beyond_us > 0 ? a->wait_per_min * beyond_us / 60e6 : 0.0;
        break;
    }
    case CCS_EXPERIENCE_TRANSFER:
        weight = a->transfer;
        break;
    case CCS_EXPERIENCE_RETELLING:
        weight = a->retelling;
        break;
    case CCS_EXPERIENCE_REFUSAL:
        weight = a->refusal;
        break;
    case CCS_EXPERIENCE_CONTRADICTION:
        weight = a->contradiction;
        break;
    case CCS_EXPERIENCE_BROKEN_PROMISE:
        weight = a->broken_promise;
        break;
    case CCS_EXPERIENCE_REPEAT_CONTACT:
        weight = a->repeat_contact;
        break;
    case CCS_EXPERIENCE_SECOND_FAILURE:
        weight = a->second_failure;
        break;
    case CCS_EXPERIENCE_COUNT:
        break;
    }
    struct ccs_customer *cu = ccs_customer_at(w, is->customer);
    cu->anger = now_of(a, w, cu) + weight;
}

static void stretch(const void *config, struct ccs_world *w, struct ccs_issue *is,
                    const struct ccs_contact *ct, struct ccs_talk *talk)
{
    const struct anger *a = config;
    (void)ct;
    double factor = 1.0 + a->stretch_per_anger * current(a, w, is);
    talk->stretch *= factor < a->stretch_max ? factor : a->stretch_max;
}

static double patience(const void *config, struct ccs_world *w, const struct ccs_issue *is)
{
    const struct anger *a = config;
    return 1.0 / (1.0 + a->patience_per_anger * current(a, w, is));
}

static double sensed(const void *config, struct ccs_world *w, const struct ccs_issue *is,
                     const struct ccs_contact *ct)
{
    const struct anger *a = config;
    double u = ccs_issue_uniform(w, is, CCS_DRAW_SENSED_ANGER, ct->leg);
    return current(a, w, is) + a->sense_noise_sd * gsl_cdf_ugaussian_Pinv(u);
}

static void install(const void *config, struct ccs_model *model)
{
    const struct anger *a = config;
    model->anger_half_life = a->half_life;
    CCS_HOOK_TAKE(model->hooks, anger, current, a);
    CCS_HOOK_ADD(model->hooks, experience, burden, a);
    CCS_HOOK_ADD(model->hooks, talk, stretch, a);
    CCS_HOOK_ADD(model->hooks, patience, patience, a);
    CCS_HOOK_TAKE(model->hooks, sensed_anger, sensed, a);
}

const struct ccs_mechanism ccs_anger = {
    .id = "C2",
    .group = "behavior",
    .key = "anger",
    .help = "Customers remember: burdens add up to anger, which fades.",
    .section = &section,
    .install = install,
};
