/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A given backlog: `run.backlog` says how many contacts of each issue type wait at t0, in addition
 * to those that the warm-up has left. When the policies begin they are in their queues, behind the
 * contacts of the warm-up, whatever the opening hours.
 *
 * When the problem of such an issue arose is not known, so it belongs to no cohort. Like every
 * contact that waits at t0 it was not offered in the window, but its waiting from t0 on, its
 * handling and its cost are part of the window. Patience begins at t0.
 *
 * Invariant: issue n of a type is keyed by (type, "backlog", n), the same under every policy.
 */
#ifndef CCS_WORLD_DEMAND_BACKLOG_H
#define CCS_WORLD_DEMAND_BACKLOG_H

#include "world/world.h"

/* At t0, before the policies begin: makes the issues and lets their contacts wait. CCS_ENOMEM. */
ccs_status ccs_backlog_place(struct ccs_world *w);

#endif
