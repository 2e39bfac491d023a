/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answer where there are many policies: a line for each, so that the text grows with their
 * number by lines and not by tables. What decides, its difference from the baseline, and the
 * metrics one looks at next; the rest is in the other forms.
 */
#include "report/report_text.h"

#include <string.h>

static const struct {
    const char *metric, *label;
} columns[] = {
    {"net_value_per_customer", "net value / customer"},
    {"cost_total", "total cost, staffed hours"},
    {"churn_rate_per_year", "leaving per year"},
    {"contacts_per_issue", "contacts / issue"},
    {"service_level", "service level"},
    {"wait_mean", "wait, all"},
    {"abandonment_rate", "abandoned"},
    {"occupancy", "occupancy"},
};

enum {
    COLUMN_N = sizeof columns / sizeof columns[0],
    FIRST_CELL = 1, /* after the policy's name */
    FIRST_LABEL = 3 /* after what decides, and its difference */
};

/* "service level, %" */
static void set_heading(const struct ccs_text *t, struct ccs_table *table, size_t column,
                        const char *label, int row)
{
    char unit[CCS_UNIT_TEXT];
    struct ccs_scale scale = ccs_text_scale(t, row, unit);
    ccs_table_set(table, column, "%s%s%s", label, scale.unit[0] != '\0' ? ", " : "", scale.unit);
}

static double factor_of(const struct ccs_text *t, int row)
{
    char unit[CCS_UNIT_TEXT];
    return ccs_text_scale(t, row, unit).factor;
}

static const struct ccs_comparison *with_baseline(const struct ccs_text *t, size_t policy)
{
    for (size_t i = 0; i < t->res->comparison_n && t->res->comparisons[i].b == 0; i++) {
        if (t->res->comparisons[i].a == policy) {
            return &t->res->comparisons[i];
        }
    }
    return NULL;
}

static void set_difference(const struct ccs_text *t, struct ccs_table *table, size_t column,
                           size_t policy)
{
    int row = t->res->primary;
    const struct ccs_comparison *cmp = with_baseline(t, policy);
    if (cmp == NULL) {
        ccs_table_set(table, column, "baseline");
        return;
    }
    int kind = 0;
    const char *mark = ccs_text_rank_mark(t, cmp, row, &kind);
    ccs_text_set_estimate(t, table, column, &cmp->rows[row].diff, factor_of(t, row), true);
    ccs_table_append(table, table->row_n - 1, column, " ");
    ccs_table_append(table, table->row_n - 1, column, mark[0] == '\0' ? " " : mark);
}

static void set_cells(const struct ccs_text *t, struct ccs_table *table, size_t policy,
                      const int *row)
{
    int primary = t->res->primary;
    if (primary >= 0) {
        ccs_text_set_estimate(t, table, FIRST_CELL, ccs_text_estimate(t, policy, primary),
                              factor_of(t, primary), false);
        set_difference(t, table, FIRST_CELL + 1, policy);
    }
    for (size_t i = 0; i < COLUMN_N; i++) {
        if (row[i] >= 0) {
            ccs_text_set_estimate(t, table, FIRST_LABEL + i, ccs_text_estimate(t, policy, row[i]),
                                  factor_of(t, row[i]), false);
        }
    }
}

void ccs_text_answer_many(struct ccs_text *t)
{
    const struct ccs_results *res = t->res;
    struct ccs_table table;
    int row[COLUMN_N];
    char name[100];
    ccs_table_init(&table, FIRST_LABEL + COLUMN_N, FIRST_CELL);
    ccs_table_row(&table);
    ccs_table_set(&table, 0, "policy");
    if (res->primary >= 0) {
        ccs_text_words(name, sizeof name, res->rows[res->primary].metric->name);
        set_heading(t, &table, FIRST_CELL, name, res->primary);
        ccs_table_set(&table, FIRST_CELL + 1, "less that of %s", ccs_text_policy(t, 0));
    }
    for (size_t i = 0; i < COLUMN_N; i++) {
        row[i] = ccs_text_row(t, columns[i].metric);
        if (row[i] >= 0) {
            set_heading(t, &table, FIRST_LABEL + i, columns[i].label, row[i]);
        }
    }
    for (size_t p = 0; p < res->policy_n; p++) {
        ccs_table_row(&table);
        ccs_table_set(&table, 0, "%s", ccs_text_policy(t, p));
        set_cells(t, &table, p, row);
    }
    for (size_t i = FIRST_CELL; i < FIRST_LABEL + COLUMN_N; i++) {
        ccs_table_align(&table, i, ccs_text_plus_minus(t));
    }
    fputc('\n', t->out);
    ccs_text_print_table(t, &table);
    if (res->replications > 1) {
        ccs_text_print(t, 0, 2,
                       "%s half-width of the 95 %% interval over %zu replications. Differences are "
                       "paired, marked where they are clear at the 5 %% level.",
                       t->options->is_utf8 ? "±" : "+-", res->replications);
    }
    ccs_text_print(
        t, 0, 2,
        "%zu policies: a line for each. All metrics, differences, ledgers and causes are "
        "in --format json and csv, and in a comparison of fewer.",
        res->policy_n);
}
