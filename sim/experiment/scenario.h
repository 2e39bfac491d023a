/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scenario ready to run: the document, and for each policy its own patched and bound
 * configuration and compiled model. Read-only after loading, shared by all threads.
 */
#ifndef CCS_EXPERIMENT_SCENARIO_H
#define CCS_EXPERIMENT_SCENARIO_H

#include "center/model.h"
#include "scenario/bind.h"
#include "scenario/document.h"

struct ccs_scenario_policy {
    const char *name;
    struct ccs_model model;
    struct ccs_config config;
    struct ccs_document *doc; /* patched */
};

struct ccs_scenario {
    struct ccs_arena arena;
    struct ccs_document *doc;
    const char *name, *description, *currency;
    uint64_t hash;
    size_t policy_n;
    struct ccs_scenario_policy *policies; /* sorted by name */
    size_t baseline;
    const char *const *period_names;
    struct ccs_run_config run; /* of the baseline; the same for all */
};

/* Loads `path` ("-": stdin), applies the --set assignments in order, binds and compiles every
 * policy. On failure *scenario is NULL and diagnostics tell; warnings may be there on success.
 * CCS_EIO: the file itself cannot be read; CCS_EDATA; CCS_EUSAGE: a malformed --set. */
ccs_status ccs_scenario_load(struct ccs_scenario **scenario, const char *path,
                             const char *const *sets, size_t set_n,
                             struct ccs_diagnostics *diags);

/* The same from text in memory. */
ccs_status ccs_scenario_parse(struct ccs_scenario **scenario, const char *origin,
                              const char *directory, const char *text, size_t size,
                              const char *const *sets, size_t set_n,
                              struct ccs_diagnostics *diags);

void ccs_scenario_destroy(struct ccs_scenario *scenario); /* NULL is fine */

/* Number of a policy by name, or -1. */
int ccs_scenario_policy(const struct ccs_scenario *scenario, const char *name);

/* The root section: every key there is, made from the rows of all modules. In the arena. */
const struct ccs_section *ccs_scenario_root(struct ccs_arena *arena);

/* Top-level keys that a policy's `with` may patch. */
extern const char *const ccs_scenario_patchable[];
extern const size_t ccs_scenario_patchable_n;

#endif
