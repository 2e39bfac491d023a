/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells and marks that all tables of the text report share: see text.h. */
#include "report/report_text.h"

#include "experiment/rank.h"

#include <math.h>
#include <string.h>

const char *ccs_text_plus_minus(const struct ccs_text *t)
{
    return t->options->is_utf8 ? " ± " : " +- ";
}

const char *ccs_text_mark(const struct ccs_text *t, int kind)
{
    static const char *const utf8[] = {"✓", "✗", "≠"};
    static const char *const ascii[] = {"v", "x", "*"};
    return t->options->is_utf8 ? utf8[kind] : ascii[kind];
}

/* The scale in which one row is shown under every policy. */
struct ccs_scale ccs_text_scale(const struct ccs_text *t, int row, char text[CCS_UNIT_TEXT])
{
    double largest = 0.0;
    for (size_t p = 0; p < t->res->policy_n; p++) {
        double mean = fabs(ccs_text_estimate(t, p, row)->mean);
        largest = mean > largest ? mean : largest; /* false for NAN */
    }
    return ccs_scale_of(t->res->rows[row].metric->unit, largest, t->res->scenario->currency, text);
}

/* A number in so many decimals, but 0 where it is exactly that: "0 [0, 0.00012]". */
static const char *bare(char text[CCS_NUMBER_TEXT], double x, int decimals, bool with_sign)
{
    return ccs_number_text(text, x, x == 0 ? 0 : decimals, with_sign && x != 0);
}

/* 12,340 +- 120; 0.012 [0, 0.034] where events are rare; - where there is nothing. */
void ccs_text_set_estimate(const struct ccs_text *t, struct ccs_table *table, size_t column,
                           const struct ccs_estimate *e, double factor, bool with_sign)
{
    char mean[CCS_NUMBER_TEXT], lo[CCS_NUMBER_TEXT], hi[CCS_NUMBER_TEXT];
    double half_width = e->half_width * factor;
    if (!ccs_estimate_is_defined(e)) {
        ccs_table_set(table, column, "%s", t->options->is_utf8 ? "–" : "-");
    } else if (e->kind == CCS_ESTIMATE_T && !isnan(half_width)) {
        int decimals = ccs_number_decimals(e->mean * factor, half_width);
        bool is_exact = half_width == 0;
        ccs_table_set(table, column, "%s%s%s",
                      ccs_number_text(mean, e->mean * factor, decimals, with_sign),
                      ccs_text_plus_minus(t),
                      is_exact ? "0" : ccs_number_text(hi, half_width, decimals, false));
    } else if (ccs_estimate_has_interval(e)) {
        double spread = isfinite(e->hi) ? (e->hi - e->lo) / 2 : e->mean - e->lo;
        int decimals = ccs_number_decimals(e->mean * factor, spread * factor);
        ccs_table_set(
            table, column, "%s [%s, %s]", bare(mean, e->mean * factor, decimals, with_sign),
            bare(lo, e->lo * factor, decimals, false), bare(hi, e->hi * factor, decimals, false));
    } else {
        int decimals = ccs_number_decimals(e->mean * factor, NAN);
        ccs_table_set(table, column, "%s",
                      ccs_number_text(mean, e->mean * factor, decimals, with_sign));
    }
}

/* Means only, in the digits of the widest interval of the row. */
void ccs_text_set_means(const struct ccs_text *t, struct ccs_table *table, int row, double factor)
{
    double widest = 0.0, largest = 0.0;
    for (size_t p = 0; p < t->res->policy_n; p++) {
        const struct ccs_estimate *e = ccs_text_estimate(t, p, row);
        widest = e->half_width > widest ? e->half_width : widest;
        largest = fabs(e->mean) > largest ? fabs(e->mean) : largest;
    }
    int decimals = ccs_number_decimals(largest * factor, widest * factor);
    for (size_t p = 0; p < t->res->policy_n; p++) {
        char text[CCS_NUMBER_TEXT];
        double mean = ccs_text_estimate(t, p, row)->mean * factor;
        ccs_table_set(table, CCS_TEXT_LEAD + p, "%s",
                      isnan(mean) && t->options->is_utf8
                          ? "–"
                          : ccs_number_text(text, mean, decimals, false));
    }
}

void ccs_text_set_policies(const struct ccs_text *t, struct ccs_table *table)
{
    ccs_table_row(table);
    for (size_t p = 0; p < t->res->policy_n; p++) {
        ccs_table_set(table, CCS_TEXT_LEAD + p, "%s", ccs_text_policy(t, p));
    }
}

void ccs_text_group(struct ccs_table *table, const char **group, const char *name)
{
    if (*group == NULL || strcmp(*group, name) != 0) {
        ccs_table_section(table, name);
        *group = name;
    }
}

void ccs_text_print_table(struct ccs_text *t, struct ccs_table *table)
{
    ccs_status status = ccs_table_print(table, t->options->width, t->options->is_utf8, t->out);
    t->status = t->status != CCS_OK ? t->status : status;
    ccs_table_fini(table);
}

int ccs_text_row(const struct ccs_text *t, const char *metric)
{
    return ccs_results_row(t->res, metric, CCS_SLICE_ALL, NULL);
}

bool ccs_text_is_defined(const struct ccs_text *t, int row)
{
    for (size_t p = 0; p < t->res->policy_n; p++) {
        if (ccs_estimate_is_defined(ccs_text_estimate(t, p, row))) {
            return true;
        }
    }
    return false;
}

const char *ccs_text_rank_mark(const struct ccs_text *t, const struct ccs_comparison *cmp, int row,
                               int *kind)
{
    int better = ccs_rank_better(t->res, cmp, row);
    if (ccs_rank_sign(cmp, row) == 0) {
        return "";
    }
    *kind = better == 0 ? CCS_MARK_DIFFERENT : better > 0 ? CCS_MARK_BETTER : CCS_MARK_WORSE;
    return ccs_text_mark(t, *kind);
}

/* "cost_per_issue" as words. */
void ccs_text_words(char *text, size_t size, const char *name)
{
    snprintf(text, size, "%s", name);
    for (char *c = text; *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
}
