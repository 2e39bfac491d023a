/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of `explain` that says when an hour costs more than the plain wage. Not for others. */
#ifndef CCS_REPORT_EXPLAIN_WAGES_H
#define CCS_REPORT_EXPLAIN_WAGES_H

#include "config/config.h"
#include "report/report_text.h"

/* A line for each team with a surcharge, or a factor on overtime other than 1; nothing where there
 * is none. */
void ccs_explain_wages(struct ccs_text *text, const struct ccs_config *config);

#endif
