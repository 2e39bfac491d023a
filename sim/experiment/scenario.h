/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scenario ready to run: the document, and for each policy its own patched and bound
 * configuration and compiled model. Read-only after loading, shared by all threads.
 */
#ifndef CCS_EXPERIMENT_SCENARIO_H
#define CCS_EXPERIMENT_SCENARIO_H

#include "config/two_by_two_config.h"
#include "format/document/document.h"
#include "format/document/text.h"
#include "format/field/bind.h"
#include "model/model.h"

#include <ccsim/scenario.h>

struct ccs_scenario_policy {
    const char *name;
    struct ccs_model model;
    struct ccs_config config;
    struct ccs_document *doc; /* patched */
};

/* Found while loading. */
struct ccs_scenario_warning {
    const char *code; /* "CCS-W402" */
    const char *text; /* "/pointer: message" */
};

struct ccs_expectation;

struct ccs_expectations {
    struct ccs_expectation *v; /* experiment/expect.h */
    size_t n;
};

struct ccs_scenario {
    struct ccs_arena arena;
    struct ccs_document *doc;
    const char *name, *description, *currency;
    uint64_t hash;
    size_t policy_n;
    struct ccs_scenario_policy *policies; /* sorted by name */
    size_t baseline;
    const struct ccs_two_by_two_config *two_by_two; /* NULL: none */
    struct ccs_run_config run;                      /* of the baseline; the same for all */
    struct ccs_expectations expect;                 /* what `ccsim check` judges */
    struct ccs_expectations targets;                /* what a policy has to meet, for the verdict */
    size_t warning_n;
    struct ccs_scenario_warning *warnings;
};

/* "; did you mean `lean`?", or "" when no policy is called like that. Returns `text`. */
const char *ccs_scenario_suggest(char text[CCS_SUGGEST_TEXT], const struct ccs_scenario *scenario,
                                 const char *policy);

/* The root section: every key of a scenario, made from the rows of all modules. In the arena. */
const struct ccs_section *ccs_scenario_root(struct ccs_arena *arena);

/* Top-level keys that a policy's `with` may patch. */
extern const char *const ccs_scenario_patchable[];
extern const size_t ccs_scenario_patchable_n;

/* Contacts that a stream of the model is expected to bring in the window, by its table alone
 * (random factors at their mean). */
double ccs_scenario_expected_arrivals(const struct ccs_model *model, uint32_t stream);

#endif
