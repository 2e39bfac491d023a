/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The registry of policies. A policy is one file in this folder (its rows and a pure function from
 * what an agent sees to what an agent decides, world/decision.h) and one row in policy.c.
 *
 * Invariant: equal view and parameters give an equal decision; all randomness is in the view.
 */
#ifndef CCS_POLICY_POLICY_H
#define CCS_POLICY_POLICY_H

#include "world/decision.h"

extern const struct ccs_policy_info *const ccs_policies[];
extern const size_t ccs_policy_n;

extern const struct ccs_policy_info ccs_policy_none;
extern const struct ccs_policy_info ccs_escalate_late;
extern const struct ccs_policy_info ccs_empowered_first_contact;

#endif
