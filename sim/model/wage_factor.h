/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The factor that surcharges by time of day, weekday and holiday put on a wage: a pure function of
 * time. A holiday's surcharge takes precedence over one by hours.
 *
 * Invariant: of surcharges of one kind at most one holds at any time (lint/lint_wages.c refuses
 * others).
 */
#ifndef CCS_MODEL_WAGE_FACTOR_H
#define CCS_MODEL_WAGE_FACTOR_H

#include "config/config.h"

/* The factor on the wages of a team at t. `until`: the first later time at which it may change,
 * CCS_TIME_NEVER if it never does. */
double ccs_wage_factor(const struct ccs_config *config, const struct ccs_team_config *team,
                       ccs_time t, ccs_time *until);

#endif
