/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of `explain` that draws who is asked for a contact. Not for others. */
#ifndef CCS_REPORT_EXPLAIN_ROUTES_H
#define CCS_REPORT_EXPLAIN_ROUTES_H

#include "model/model.h"
#include "report/report_text.h"

void ccs_explain_routes(struct ccs_text *text, const struct ccs_model *model);

#endif
