/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `sweep` shows and says: see sweep_text.c, sweep_faults.c. */
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

/* Names the points that are wrong or went wrong, those with the same reason together; returns how
 * many are no scenario. */
size_t ccs_sweep_tell_faults(const struct ccs_options *options, const struct ccs_study *study);

/* Says after an interrupt how much is done. */
void ccs_sweep_tell_missing(const struct ccs_options *options, const struct ccs_study *study);

#endif
