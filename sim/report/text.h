/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text report, inside: what its parts share. */
#ifndef CCS_REPORT_TEXT_H
#define CCS_REPORT_TEXT_H

#include "report/report.h"

#include <stdio.h>

struct ccs_text {
    const struct ccs_results *res;
    const struct ccs_report_text_options *options;
    FILE *out;
    ccs_status status; /* the first failure */
};

/* Name of policy number p of the results. */
static inline const char *ccs_text_policy(const struct ccs_text *t, size_t p)
{
    return t->res->scenario->policies[t->res->policies[p]].name;
}

static inline const struct ccs_estimate *ccs_text_estimate(const struct ccs_text *t, size_t p,
                                                           int row)
{
    return &t->res->estimates[p * t->res->row_n + (size_t)row];
}

/* A blank line and a heading, the second part in plain type; "" for none. */
void ccs_text_heading(const struct ccs_text *t, const char *heading, const char *remark);

/* A paragraph filled to the width; its first line is indented by `first`, the others by `rest`. */
void ccs_text_paragraph(const struct ccs_text *t, int first, int rest, const char *text);
void ccs_text_print(const struct ccs_text *t, int first, int rest, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

void ccs_text_answer(struct ccs_text *t);     /* every core metric, with differences */
void ccs_text_dashboards(struct ccs_text *t); /* what is usually shown, and what is so */
void ccs_text_ledger(struct ccs_text *t);
void ccs_text_causes(struct ccs_text *t);
void ccs_text_teams(struct ccs_text *t);
void ccs_text_periods(struct ccs_text *t);

#endif
