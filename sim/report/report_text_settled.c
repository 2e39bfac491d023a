/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * By whom, how and in which contact issues were settled, in % of the settled, a block per policy:
 *
 *                            contact 1     2     3   4 and more   all
 *     hold_out
 *       tier 1, at once           10.2   4.0   1.1          0.3  15.6
 *       tier 2, promised call            ...
 */
#include "report/report_text.h"

#include <math.h>
#include <string.h>

enum {
    COLUMN_ALL = CCS_SETTLED_CONTACTS + 1,
    COLUMNS
};

static bool is_settled_row(const struct ccs_row *row)
{
    return row->slice == CCS_SLICE_SETTLED && strcmp(row->metric->name, "settled_issues") == 0;
}

/* Rows of one tier and way stand together. */
static size_t group_of(const struct ccs_row *row)
{
    return row->index / CCS_SETTLED_CONTACTS;
}

static size_t group_n(const struct ccs_results *res)
{
    size_t n = 0;
    size_t last = SIZE_MAX;
    for (size_t row = 0; row < res->row_n; row++) {
        if (is_settled_row(&res->rows[row]) && group_of(&res->rows[row]) != last) {
            last = group_of(&res->rows[row]);
            n++;
        }
    }
    return n;
}

static void set_share(struct ccs_table *table, size_t column, double share)
{
    char text[CCS_NUMBER_TEXT];
    if (share > 0) {
        ccs_table_set(table, column, "%s", ccs_number_text(text, 100 * share, 1, false));
    }
}

/* One line: a tier and way, from its first row on; nothing if nobody was settled so. Returns the
 * row after it. */
static size_t add_group(const struct ccs_text *t, struct ccs_table *table, size_t p, size_t row,
                        double all)
{
    const struct ccs_results *res = t->res;
    const struct ccs_row *first = &res->rows[row];
    double share[CCS_SETTLED_CONTACTS] = {0};
    double sum = 0.0;
    for (; row < res->row_n && is_settled_row(&res->rows[row]) &&
           group_of(&res->rows[row]) == group_of(first);
         row++) {
        struct ccs_settled_at at = ccs_settled_at(res->rows[row].index);
        share[at.contact - 1] = ccs_text_estimate(t, p, (int)row)->mean / all;
        sum += share[at.contact - 1];
    }
    if (sum > 0) {
        const char *end = strstr(first->name, ", contact");
        size_t n = end ? (size_t)(end - first->name) : strlen(first->name);
        ccs_table_row(table);
        ccs_table_set(table, 0, "  %.*s", (int)n, first->name);
        for (size_t i = 0; i < CCS_SETTLED_CONTACTS; i++) {
            set_share(table, 1 + i, share[i]);
        }
        set_share(table, COLUMN_ALL, sum);
    }
    return row;
}

static void add_policy(const struct ccs_text *t, struct ccs_table *table, size_t p)
{
    double all = ccs_text_estimate(t, p, ccs_text_row(t, "settled_issues"))->mean;
    ccs_table_section(table, ccs_text_policy(t, p));
    for (size_t row = 0; all > 0 && row < t->res->row_n;) {
        row = is_settled_row(&t->res->rows[row]) ? add_group(t, table, p, row, all) : row + 1;
    }
}

void ccs_text_settled(struct ccs_text *t)
{
    if (group_n(t->res) < 2) {
        return;
    }
    struct ccs_table table;
    ccs_table_init(&table, COLUMNS, 1);
    ccs_table_row(&table);
    for (int i = 1; i <= CCS_SETTLED_CONTACTS; i++) {
        ccs_table_set(&table, (size_t)i, "%s%d%s", i == 1 ? "contact " : "", i,
                      i == CCS_SETTLED_CONTACTS ? " and more" : "");
    }
    ccs_table_set(&table, COLUMN_ALL, "all");
    for (size_t p = 0; p < t->res->policy_n; p++) {
        add_policy(t, &table, p);
    }
    ccs_text_heading(t, "Settled by", "in % of the issues settled, rightly or not");
    ccs_text_print_table(t, &table);
}
