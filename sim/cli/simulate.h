/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands that simulate have in common. */
#ifndef CCS_CLI_SIMULATE_H
#define CCS_CLI_SIMULATE_H

#include "cli/cli.h"

/* Runs the experiment the options ask for, with progress. Returns an exit code; *results may be
 * there although interrupted, NULL when there are none. */
int ccs_simulate_run(const struct ccs_options *options, const struct ccs_scenario *scenario,
                     struct ccs_results **results);

/* CCS_EXIT_OK, or says that a run did not balance and returns CCS_EXIT_INTERNAL. */
int ccs_simulate_check(const struct ccs_options *options, const struct ccs_results *results);

/* Runs and reports options->policy only, or all policies if that is NULL. Returns an exit code. */
int ccs_simulate_report(struct ccs_options *options, struct ccs_scenario *scenario);

#endif
