/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of `explain` that says where a policy that holds out does not. Not for others. */
#ifndef CCS_REPORT_EXPLAIN_LATE_H
#define CCS_REPORT_EXPLAIN_LATE_H

#include "experiment/scenario.h"
#include "report/report_text.h"

/* Lines for each policy that holds out; nothing where none does. */
void ccs_explain_late(struct ccs_text *text, const struct ccs_scenario *scenario);

#endif
