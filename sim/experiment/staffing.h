/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do policies differ in staff? Then staff is the decision, and labor is what is staffed. */
#ifndef CCS_EXPERIMENT_STAFFING_H
#define CCS_EXPERIMENT_STAFFING_H

#include "experiment/scenario.h"

/* Does any team differ between two policies of the scenario in who is on duty when, or what an hour
 * of it costs? Channels, skills, tiers and routing are no staff. */
bool ccs_scenario_staff_differs_between(const struct ccs_scenario *scenario, size_t a, size_t b);

/* The same between any two policies. */
bool ccs_scenario_staff_differs(const struct ccs_scenario *scenario);

#endif
