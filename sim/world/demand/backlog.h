/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A given backlog: `run.backlog` says how many contacts of each issue type wait at t0, in addition
 * to what the warm-up has left. They are in their queues, behind those of the warm-up, when the
 * policies begin: the same under all of them, whatever the opening hours.
 *
 * Issue n of a type is keyed by (type, "backlog", n). When its problem arose is not known, so it
 * belongs to no cohort; like every contact that waits at t0 it was not offered in the window, but
 * its waiting from t0 on, its handling and its cost are part of the window. Patience begins at t0.
 */
#ifndef CCS_WORLD_DEMAND_BACKLOG_H
#define CCS_WORLD_DEMAND_BACKLOG_H

#include "world/world.h"

/* At t0, before the policies begin. CCS_ENOMEM or CCS_OK. */
ccs_status ccs_backlog_place(struct ccs_world *w);

#endif
