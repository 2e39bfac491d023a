/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of ccs_lint_model, one file each. Only files of this folder include it. */
#ifndef CCS_LINT_LINT_PART_H
#define CCS_LINT_LINT_PART_H

#include "lint/lint_report.h"

/* Demand of an issue type: keys that do not fit together (lint_demand.c, lint_volume.c,
 * lint_day_factors.c), follow-on issues (lint_follow_on.c), tables and dates against the time of
 * the run (lint_dates.c). */
void ccs_lint_demand(struct ccs_lint *c, int type);
void ccs_lint_counts(struct ccs_lint *c, int type);
void ccs_lint_day_factors(struct ccs_lint *c, int type);
void ccs_lint_dates(struct ccs_lint *c, int type);
void ccs_lint_headcount(struct ccs_lint *c, int team);
void ccs_lint_follow_on(struct ccs_lint *c);

/* More contacts than can be simulated, none at all, or far more than the staff can do
 * (lint_size.c); time and money that do not fit into their counters (lint_count.c), also time of
 * waiting contacts where demand is `load` times what the staff can do. */
void ccs_lint_size(struct ccs_lint *c);
/* Contacts that the stream brings in warm-up and window, exactly as long as they can be simulated.
 */
double ccs_lint_expected(const struct ccs_model *m, const struct ccs_stream_plan *plan);
void ccs_lint_count(struct ccs_lint *c);
void ccs_lint_waiting(struct ccs_lint *c, const char *pointer, double contacts, double load);

/* Access and closing time: keys without effect (lint_access.c). */
void ccs_lint_access(struct ccs_lint *c, int channel);
void ccs_lint_type_access(struct ccs_lint *c, int type);
void ccs_lint_line_groups(struct ccs_lint *c);
void ccs_lint_closing(struct ccs_lint *c);

/* Are there agents for every queue (lint_routes.c, lint_transfers.c)? `what` says what a team does
 * for the contacts of the queue, as in "takes these contacts". */
void ccs_lint_channel_mix(struct ccs_lint *c, int type);
void ccs_lint_queue(struct ccs_lint *c, uint16_t queue, const char *what);
void ccs_lint_special(struct ccs_lint *c);
void ccs_lint_skills(struct ccs_lint *c);
void ccs_lint_transfers(struct ccs_lint *c);

/* Staff, hours, wages (lint_staff.c, lint_service.c, lint_hours.c, lint_wages.c). */
void ccs_lint_staff(struct ccs_lint *c);
void ccs_lint_service(struct ccs_lint *c);
void ccs_lint_hours(struct ccs_lint *c);
void ccs_lint_calendars(struct ccs_lint *c);
void ccs_lint_wages(struct ccs_lint *c);

/* What customers are worth (lint_value.c). */
void ccs_lint_value(struct ccs_lint *c);

/* What a policy that holds out waits for (lint_triggers.c). */
void ccs_lint_triggers(struct ccs_lint *c);

/* Warm-up and backlog (lint_run.c). */
void ccs_lint_run(struct ccs_lint *c);

#endif
