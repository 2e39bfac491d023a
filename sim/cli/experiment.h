/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `compare` and `run` have in common: load, simulate, report. */
#ifndef CCS_CLI_EXPERIMENT_H
#define CCS_CLI_EXPERIMENT_H

#include "cli/cli.h"

/* Runs options->policy only, or all policies if that is NULL. Returns an exit code. */
int ccs_experiment_command(const struct ccs_options *options, const struct ccs_scenario *scenario);

#endif
