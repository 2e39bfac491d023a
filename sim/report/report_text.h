/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text report, inside: what its parts share. */
#ifndef CCS_REPORT_REPORT_TEXT_H
#define CCS_REPORT_REPORT_TEXT_H

#include "experiment/number.h"
#include "report/report.h"
#include "report/table.h"

#include <stdio.h>

enum {
    CCS_TEXT_LEAD = 2,   /* leading columns of a table: label and unit */
    CCS_TEXT_COLUMNS = 8 /* more policies are not shown side by side, but a line each */
};

enum ccs_mark {
    CCS_MARK_BETTER,
    CCS_MARK_WORSE,
    CCS_MARK_DIFFERENT
};

struct ccs_text {
    const struct ccs_results *res;
    const struct ccs_report_text_options *options;
    FILE *out;
    ccs_status status; /* the first failure */
};

/* Name of policy number p of the results. */
static inline const char *ccs_text_policy(const struct ccs_text *t, size_t p)
{
    return ccs_results_policy(t->res, p);
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

/* " +- ", and the marks, in characters the terminal has. */
const char *ccs_text_plus_minus(const struct ccs_text *t);
const char *ccs_text_mark(const struct ccs_text *t, int mark);

/* Row of a metric over everything; -1 if there is none. */
int ccs_text_row(const struct ccs_text *t, const char *metric);

/* Has the row a value under any policy? */
bool ccs_text_is_defined(const struct ccs_text *t, int row);

/* The scale in which a row is shown under every policy; its unit may stand in `text`. */
struct ccs_scale ccs_text_scale(const struct ccs_text *t, int row, char text[CCS_UNIT_TEXT]);

/* Is a better or worse than b, or only different where the metric does not rank these two
 * (experiment/rank.h)? "" if that is not decided; else *kind says which mark it is. */
const char *ccs_text_rank_mark(const struct ccs_text *t, const struct ccs_comparison *cmp, int row,
                               int *kind);

/* "cost_per_issue" as words. */
void ccs_text_words(char *text, size_t size, const char *name);

/* The heading row: a column per policy. */
void ccs_text_set_policies(const struct ccs_text *t, struct ccs_table *table);

/* A section row, if `name` is not the group that was begun last. */
void ccs_text_group(struct ccs_table *table, const char **group, const char *name);

/* 12,340 +- 120; 0.012 [0, 0.034] where events are rare; - where there is nothing. */
void ccs_text_set_estimate(const struct ccs_text *t, struct ccs_table *table, size_t column,
                           const struct ccs_estimate *e, double factor, bool with_sign);

/* The means of a row under all policies, in the digits of its widest interval. */
void ccs_text_set_means(const struct ccs_text *t, struct ccs_table *table, int row, double factor);

/* Prints and frees it. */
void ccs_text_print_table(struct ccs_text *t, struct ccs_table *table);

void ccs_text_answer(struct ccs_text *t);      /* every core metric, with differences */
void ccs_text_answer_many(struct ccs_text *t); /* instead of all these: a line for each policy */
void ccs_text_dashboards(struct ccs_text *t);  /* what is usually shown, and what is so */
void ccs_text_waterfall(struct ccs_text *t);   /* what the differences consist of */
void ccs_text_settled(struct ccs_text *t);     /* nothing where all are settled in one way */
void ccs_text_two_by_two(struct ccs_text *t);  /* policy and quality apart */
void ccs_text_ledger(struct ccs_text *t);
void ccs_text_causes(struct ccs_text *t);
void ccs_text_teams(struct ccs_text *t);
void ccs_text_periods(struct ccs_text *t);
void ccs_text_precision(const struct ccs_text *t); /* nothing if none was asked for */

#endif
