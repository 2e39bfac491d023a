/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An experiment: replications of all chosen policies on common random numbers, on threads.
 *
 * One replication runs the shared warm-up once under the baseline, copies the world at t0 for each
 * policy, and runs each to its end. Replication r is the same whichever thread runs it; results are
 * put together in the order of r.
 */
#ifndef CCS_EXPERIMENT_EXPERIMENT_H
#define CCS_EXPERIMENT_EXPERIMENT_H

#include "experiment/results.h"
#include "experiment/scenario.h"

#include <ccsim/experiment.h>

#endif
