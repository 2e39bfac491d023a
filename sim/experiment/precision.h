/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Replications on demand: from what is asked for (ccsim/experiment.h) to goals for single estimates
 * and differences, and the look at them by which an experiment goes on or stops. The rule itself
 * is stats/sequential.h.
 *
 * Invariant: which number of replications it comes to depends on scenario, seed and options only,
 * and the results are those of that number given beforehand.
 */
#ifndef CCS_EXPERIMENT_PRECISION_H
#define CCS_EXPERIMENT_PRECISION_H

#include "experiment/assemble.h"

#include <ccsim/experiment.h>

/* Makes the targets of the results, whose policies and rows are set. CCS_ENOMEM; CCS_EUSAGE:
 * `message` says what makes no sense. */
ccs_status ccs_targets_create(struct ccs_results *results,
                              const struct ccs_experiment_options *options, char *message,
                              size_t message_size);

/* Does every target have something to measure in this scenario? To be asked once there are numbers.
 * CCS_EUSAGE: one has not, and no number of replications will change that. */
ccs_status ccs_targets_check(struct ccs_results *results, char *message, size_t message_size);

/* Brings the targets up to date with these numbers. True if all are reached; else *needed is the
 * largest number of replications one calls for (NAN: cannot be told), and *most which one that is.
 */
bool ccs_targets_look(struct ccs_results *results, const struct ccs_assembly *from, double *needed,
                      int *most);

/* Warns of those that were not reached, unless the run was stopped. */
void ccs_targets_warn(struct ccs_results *results);

#endif
