/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of ccs_lint_model, one file each: for lint.c and each other. */
#ifndef CCS_LINT_LINT_PART_H
#define CCS_LINT_LINT_PART_H

#include "lint/lint_report.h"

/* Demand of an issue type: what of it fits to what else (lint_demand.c, lint_volume.c,
 * lint_day_factors.c), and tables and dates against the time of the run (lint_dates.c). */
void ccs_lint_demand(struct ccs_lint *c, int type);
void ccs_lint_counts(struct ccs_lint *c, int type);
void ccs_lint_day_factors(struct ccs_lint *c, int type);
void ccs_lint_dates(struct ccs_lint *c, int type);
void ccs_lint_headcount(struct ccs_lint *c, int team);
void ccs_lint_follow_on(struct ccs_lint *c);

/* More contacts than can be simulated, none at all, far more than the staff can do (lint_size.c);
 * time and money that have no room (lint_count.c), also of those who wait where demand is `load`
 * times what the staff can do. */
void ccs_lint_size(struct ccs_lint *c);
/* Contacts that the stream brings in warm-up and window, exactly as long as they can be simulated.
 */
double ccs_lint_expected(const struct ccs_model *m, const struct ccs_stream_plan *plan);
void ccs_lint_count(struct ccs_lint *c);
void ccs_lint_waiting(struct ccs_lint *c, const char *pointer, double contacts, double load);

/* Access and closing time: what has no effect (lint_access.c). */
void ccs_lint_access(struct ccs_lint *c, int channel);
void ccs_lint_type_access(struct ccs_lint *c, int type);
void ccs_lint_line_groups(struct ccs_lint *c);
void ccs_lint_closing(struct ccs_lint *c);

/* Is somebody there? (lint_routes.c, lint_transfers.c.) Who waits in the queue, and what a team
 * does with it: `what`, as in "takes these contacts". */
void ccs_lint_channel_mix(struct ccs_lint *c, int type);
void ccs_lint_queue(struct ccs_lint *c, uint16_t queue, const char *what);
void ccs_lint_special(struct ccs_lint *c);
void ccs_lint_skills(struct ccs_lint *c);
void ccs_lint_transfers(struct ccs_lint *c);

/* Staff, hours, wages (lint_staff.c, lint_terms.c, lint_hours.c, lint_wages.c). */
void ccs_lint_staff(struct ccs_lint *c);
void ccs_lint_terms(struct ccs_lint *c);
void ccs_lint_hours(struct ccs_lint *c);
void ccs_lint_calendars(struct ccs_lint *c);
void ccs_lint_wages(struct ccs_lint *c);

/* What customers are worth (lint_value.c). */
void ccs_lint_value(struct ccs_lint *c);

/* Warm-up and backlog (lint_run.c). */
void ccs_lint_run(struct ccs_lint *c);

#endif
