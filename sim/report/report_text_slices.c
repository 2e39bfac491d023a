/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where money and time went: ledger, root causes, teams, periods. */
#include "report/report_text.h"

#include <math.h>
#include <string.h>

/* Is anything of the row not 0? */
static bool has_something(const struct ccs_text *t, int row)
{
    for (size_t p = 0; p < t->res->policy_n; p++) {
        double mean = ccs_text_estimate(t, p, row)->mean;
        if (!isnan(mean) && mean != 0) {
            return true;
        }
    }
    return false;
}

/* A row per name of the slice in which any policy has something. `scale` NULL: row by row. */
static void add_slice(struct ccs_text *t, struct ccs_table *table, const char *metric,
                      enum ccs_slice_kind slice, const struct ccs_scale *scale)
{
    for (size_t row = 0; row < t->res->row_n; row++) {
        const struct ccs_row *r = &t->res->rows[row];
        if (r->slice != slice || strcmp(r->metric->name, metric) != 0 ||
            !has_something(t, (int)row)) {
            continue;
        }
        char unit[CCS_UNIT_TEXT], name[300];
        struct ccs_scale own = scale != NULL ? *scale : ccs_text_scale(t, (int)row, unit);
        bool is_ours = slice == CCS_SLICE_ACCOUNT || slice == CCS_SLICE_CAUSE;
        snprintf(name, sizeof name, "%s", r->name);
        if (is_ours) {
            ccs_text_words(name, sizeof name, r->name);
        }
        ccs_table_row(table);
        ccs_table_set(table, 0, "  %s", name);
        ccs_table_set(table, 1, "%s", own.unit);
        ccs_text_set_means(t, table, (int)row, own.factor);
    }
}

/* The sum over the accounts, by policy: 0 when the books are in order. */
static void add_ledger_sum(struct ccs_text *t, struct ccs_table *table)
{
    ccs_table_row(table);
    ccs_table_set(table, 0, "sum");
    ccs_table_set(table, 1, "%s", t->res->scenario->currency);
    for (size_t p = 0; p < t->res->policy_n; p++) {
        double sum = 0.0;
        for (size_t row = 0; row < t->res->row_n; row++) {
            if (t->res->rows[row].slice == CCS_SLICE_ACCOUNT) {
                sum += ccs_text_estimate(t, p, (int)row)->mean;
            }
        }
        /* means of exact amounts: what remains is rounding, far below a ten-thousandth */
        char text[CCS_NUMBER_TEXT];
        ccs_table_set(table, CCS_TEXT_LEAD + p, "%s",
                      ccs_number_text(text, sum, fabs(sum) < 1e-4 ? 0 : 4, false));
    }
}

void ccs_text_ledger(struct ccs_text *t)
{
    struct ccs_table table;
    struct ccs_scale whole = {1, t->res->scenario->currency};
    ccs_table_init(&table, CCS_TEXT_LEAD + t->res->policy_n, CCS_TEXT_LEAD);
    ccs_text_set_policies(t, &table);
    add_slice(t, &table, "account", CCS_SLICE_ACCOUNT, &whole);
    if (ccs_table_is_empty(&table)) {
        ccs_table_fini(&table);
        return;
    }
    add_ledger_sum(t, &table);
    ccs_text_heading(
        t, "Ledger",
        "mean of a replication; costs positive, income negative; refunds granted stand in payable");
    ccs_text_print_table(t, &table);
}

void ccs_text_causes(struct ccs_text *t)
{
    struct ccs_table table;
    ccs_table_init(&table, CCS_TEXT_LEAD + t->res->policy_n, CCS_TEXT_LEAD);
    ccs_text_set_policies(t, &table);
    add_slice(t, &table, "handle_hours_by_cause", CCS_SLICE_CAUSE, NULL);
    if (ccs_table_is_empty(&table)) {
        ccs_table_fini(&table);
        return;
    }
    ccs_text_heading(t, "Why agents are busy", "handle time by root cause");
    ccs_text_print_table(t, &table);
}

void ccs_text_teams(struct ccs_text *t)
{
    static const struct {
        const char *metric, *label;
    } measures[] = {
        {"staffed_hours", "staffed"},
        {"occupancy", "occupancy"},
        {"handle_time_per_leg", "handle time of a leg"},
    };
    struct ccs_table table;
    ccs_table_init(&table, CCS_TEXT_LEAD + t->res->policy_n, CCS_TEXT_LEAD);
    ccs_text_set_policies(t, &table);
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
        ccs_table_section(&table, measures[i].label);
        add_slice(t, &table, measures[i].metric, CCS_SLICE_TEAM, NULL);
    }
    ccs_text_heading(t, "Teams", "");
    ccs_text_print_table(t, &table);
}

/* ---- periods ---- */

static const struct {
    const char *metric, *label;
} period_columns[] = {
    {"contacts_offered", "offered"},
    {"contacts_answered", "answered"},
    {"contacts_handled", "handled"},
    {"abandonment_rate", "abandoned"},
    {"service_level", "service level"},
    {"wait_answered_mean", "speed of answer"},
    {"handle_time_per_contact", "handle time"},
    {"occupancy", "occupancy"},
    {"staffed_hours", "staffed"},
};

#define PERIOD_COLUMN_N (sizeof period_columns / sizeof period_columns[0])

static bool is_period_row(const struct ccs_row *row, const char *metric)
{
    return row->slice == CCS_SLICE_PERIOD && strcmp(row->metric->name, metric) == 0;
}

/* One scale for a whole column. */
static struct ccs_scale scale_of_column(const struct ccs_text *t, const char *metric,
                                        char text[CCS_UNIT_TEXT])
{
    double largest = 0.0;
    const char *unit = "";
    for (size_t row = 0; row < t->res->row_n; row++) {
        if (is_period_row(&t->res->rows[row], metric)) {
            double mean = fabs(ccs_text_estimate(t, 0, (int)row)->mean);
            largest = mean > largest ? mean : largest;
            unit = t->res->rows[row].metric->unit;
        }
    }
    return ccs_scale_of(unit, largest, t->res->scenario->currency, text);
}

/* "2026-01-05T08:00:00" as date, and as time of day where that matters. */
static void set_period_name(struct ccs_table *table, const char *name, bool with_clock)
{
    if (with_clock && strlen(name) >= 16) {
        ccs_table_set(table, 0, "%.10s %.5s", name, name + 11);
    } else {
        ccs_table_set(table, 0, "%.10s", name);
    }
}

/* A row for each period, in order, with its name. */
static void add_period_names(const struct ccs_text *t, struct ccs_table *table)
{
    const struct ccs_results *res = t->res;
    const char *metric = period_columns[0].metric;
    bool with_clock = false;
    for (size_t row = 0; row < res->row_n; row++) {
        const char *name = res->rows[row].name;
        if (is_period_row(&res->rows[row], metric)) {
            with_clock = with_clock || strcmp(name + strcspn(name, "T"), "T00:00:00") != 0;
        }
    }
    for (size_t row = 0; row < res->row_n; row++) {
        if (is_period_row(&res->rows[row], metric)) {
            ccs_table_row(table);
            set_period_name(table, res->rows[row].name, with_clock);
        }
    }
}

static void set_period_column(const struct ccs_text *t, struct ccs_table *table, size_t column,
                              const char *metric, double factor)
{
    for (size_t row = 0; row < t->res->row_n; row++) {
        if (is_period_row(&t->res->rows[row], metric)) {
            const struct ccs_estimate *e = ccs_text_estimate(t, 0, (int)row);
            double mean = e->mean * factor;
            char text[CCS_NUMBER_TEXT];
            int decimals = ccs_number_decimals(mean, e->half_width * factor);
            ccs_table_set_at(table, 1 + t->res->rows[row].index, column,
                             ccs_number_text(text, mean, decimals, false));
        }
    }
}

void ccs_text_periods(struct ccs_text *t)
{
    struct ccs_table table;
    ccs_table_init(&table, 1 + PERIOD_COLUMN_N, 1);
    ccs_table_row(&table);
    ccs_table_set(&table, 0, "from");
    add_period_names(t, &table);
    for (size_t c = 0; c < PERIOD_COLUMN_N; c++) {
        const char *metric = period_columns[c].metric;
        char unit[CCS_UNIT_TEXT], heading[100];
        struct ccs_scale scale = scale_of_column(t, metric, unit);
        snprintf(heading, sizeof heading, "%s%s%s", period_columns[c].label,
                 scale.unit[0] != '\0' ? ", " : "", scale.unit);
        ccs_table_set_at(&table, 0, 1 + c, heading);
        set_period_column(t, &table, 1 + c, metric, scale.factor);
    }
    ccs_text_heading(t, "Periods", ccs_text_policy(t, 0));
    ccs_text_print_table(t, &table);
}
