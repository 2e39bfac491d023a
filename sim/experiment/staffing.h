/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do policies differ in staff? Then staff is the decision, and labor counts as it is staffed. */
#ifndef CCS_EXPERIMENT_STAFFING_H
#define CCS_EXPERIMENT_STAFFING_H

#include "experiment/scenario.h"

/* True if some policy pays for other hours, or another price for them, than the baseline: its
 * document differs from the baseline's in what decides paid time or wages of some team. What is
 * written out differs from what is left out, even where it is the default. */
bool ccs_scenario_staff_differs(const struct ccs_scenario *scenario);

/* The same between two of its policies. */
bool ccs_scenario_staff_differs_between(const struct ccs_scenario *scenario, size_t a, size_t b);

#endif
