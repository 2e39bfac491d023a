/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ccsim as a library, in one include.
 *
 *   struct ccs_diagnostics *diags = ccs_diagnostics_create();
 *   struct ccs_scenario *scenario;
 *   if (ccs_scenario_load(&scenario, "scenarios/newspaper-refund.json", NULL, 0, diags)) ...
 *   struct ccs_experiment_options options = CCS_EXPERIMENT_DEFAULTS;
 *   ccs_experiment_run(scenario, &options, &results, message, sizeof message);
 *   ccs_results_metric(results, ccs_scenario_baseline(scenario), "churn_rate_per_year", &result);
 *
 * Nothing here prints, exits or keeps global state. Call ccs_library_init once before anything
 * else.
 */
#ifndef CCSIM_CCSIM_H
#define CCSIM_CCSIM_H

#include <ccsim/diagnostic.h>
#include <ccsim/experiment.h>
#include <ccsim/results.h>
#include <ccsim/scenario.h>
#include <ccsim/status.h>
#include <ccsim/study.h>
#include <ccsim/types.h>
#include <ccsim/version.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Switches off GSL's error handler, which would abort the program; ccsim checks every status. */
void ccs_library_init(void);

#ifdef __cplusplus
}
#endif
#endif
