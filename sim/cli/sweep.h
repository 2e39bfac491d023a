/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `sweep` shows: see sweep_text.c. */
#ifndef CCS_CLI_SWEEP_H
#define CCS_CLI_SWEEP_H

#include "cli/cli.h"

#include <ccsim/study.h>

/* Points and what is missing. CCS_OK or CCS_ENOMEM, as below. */
ccs_status ccs_sweep_plan_text(const struct ccs_study *study,
                               const struct ccs_report_text_options *options,
                               struct ccs_report *report);

/* Points and one metric under every policy, for each metric named (none: the primary). */
ccs_status ccs_sweep_text(const struct ccs_study *study, const char *currency,
                          const char *const *metrics, size_t metric_n,
                          const struct ccs_report_text_options *options, struct ccs_report *report);

#endif
