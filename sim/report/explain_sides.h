/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of `explain` that says which of the model's own assumptions favour a side. Not for
 * others. */
#ifndef CCS_REPORT_EXPLAIN_SIDES_H
#define CCS_REPORT_EXPLAIN_SIDES_H

#include "experiment/scenario.h"
#include "report/report_text.h"

/* A line for each assumption that the scenario makes by what it leaves out or by how it counts:
 * what it is, its value, the side it favours. */
void ccs_explain_sides(struct ccs_text *text, const struct ccs_scenario *sc);

#endif
