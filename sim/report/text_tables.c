/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of the text report. All have one shape: a label and a unit, then a column per policy;
 * the first one adds a column per difference from the baseline.
 */
#include "report/number.h"
#include "report/table.h"
#include "report/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAD_N = 2,    /* label, unit */
    REASON_MAX = 8 /* reasons for a missing value that are told */
};

#define ALPHA 0.05

struct label {
    const char *group;
    const char *metric;
    const char *label;
};

static const struct label answer_labels[] = {
    {"Value", "net_value_per_customer", "net value / customer"},
    {"Value", "lifetime_value_lost", "lifetime value lost"},
    {"Cost", "cost_total", "total, staffed hours"},
    {"Cost", "cost_workload", "total, by workload"},
    {"Cost", "cost_per_contact", "per contact"},
    {"Cost", "cost_per_issue", "per issue"},
    {"Cost", "cost_per_resolved_issue", "per resolved issue"},
    {"Cost", "concession_cost", "concessions"},
    {"Churn", "churn_rate_per_year", "leaving per year"},
    {"Churn", "churn_silent_share", "silently, of these"},
    {"Resolution", "first_contact_resolution", "at first contact"},
    {"Resolution", "first_contact_resolution_apparent", "apparently at first"},
    {"Resolution", "contacts_per_issue", "contacts / issue"},
    {"Resolution", "transfers_per_issue", "transfers / issue"},
    {"Resolution", "escalation_rate", "issues escalated"},
    {"Resolution", "resolution_time", "time to it, mean"},
    {"Resolution", "resolution_time_p50", "half within"},
    {"Resolution", "resolution_time_p90", "90 % within"},
    {"Resolution", "promises_kept_share", "promises kept"},
    {"Resolution", "justified_unpaid", "owed, never paid"},
    {"Handle time", "handle_time_per_contact", "per contact"},
    {"Handle time", "handle_time_per_issue", "per issue"},
    {"Handle time", "failure_demand_share", "failure demand"},
    {"Access", "service_level", "service level"},
    {"Access", "wait_mean", "wait, all"},
    {"Access", "wait_answered_mean", "wait, answered"},
    {"Access", "abandonment_rate", "abandoned"},
    {"Access", "occupancy", "occupancy"},
};

#define LABEL_N (sizeof answer_labels / sizeof answer_labels[0])

/* ---- what all tables share ---- */

static const char *plus_minus(const struct ccs_text *t)
{
    return t->options->is_utf8 ? " ± " : " +- ";
}

/* Marks: better, worse, different. */
enum { BETTER, WORSE, DIFFERENT };

static const char *mark(const struct ccs_text *t, int kind)
{
    static const char *const utf8[] = {"✓", "✗", "≠"};
    static const char *const ascii[] = {"v", "x", "*"};
    return t->options->is_utf8 ? utf8[kind] : ascii[kind];
}

/* The scale in which one row is shown under every policy. */
static struct ccs_scale scale_of_row(const struct ccs_text *t, int row, char text[CCS_UNIT_TEXT])
{
    double largest = 0.0;
    for (size_t p = 0; p < t->res->policy_n; p++) {
        double mean = fabs(ccs_text_estimate(t, p, row)->mean);
        largest = mean > largest ? mean : largest; /* false for NAN */
    }
    return ccs_scale_of(t->res->rows[row].metric->unit, largest, t->res->scenario->currency, text);
}

/* 12,340 +- 120; 0.012 [0, 0.034] where events are rare; - where there is nothing. */
static void set_estimate(const struct ccs_text *t, struct ccs_table *table, size_t column,
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
                      ccs_number_text(mean, e->mean * factor, decimals, with_sign), plus_minus(t),
                      is_exact ? "0" : ccs_number_text(hi, half_width, decimals, false));
    } else if (ccs_estimate_has_interval(e)) {
        double spread = isfinite(e->hi) ? (e->hi - e->lo) / 2 : e->mean - e->lo;
        int decimals = ccs_number_decimals(e->mean * factor, spread * factor);
        ccs_table_set(table, column, "%s [%s, %s]",
                      ccs_number_text(mean, e->mean * factor, decimals, with_sign),
                      ccs_number_text(lo, e->lo * factor, decimals, false),
                      ccs_number_text(hi, e->hi * factor, decimals, false));
    } else {
        int decimals = ccs_number_decimals(e->mean * factor, NAN);
        ccs_table_set(table, column, "%s",
                      ccs_number_text(mean, e->mean * factor, decimals, with_sign));
    }
}

/* Means only, in the digits of the widest interval of the row. */
static void set_means(const struct ccs_text *t, struct ccs_table *table, int row, double factor)
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
        ccs_table_set(table, LEAD_N + p, "%s",
                      isnan(mean) && t->options->is_utf8
                          ? "–"
                          : ccs_number_text(text, mean, decimals, false));
    }
}

static void set_policy_headings(const struct ccs_text *t, struct ccs_table *table)
{
    ccs_table_row(table);
    for (size_t p = 0; p < t->res->policy_n; p++) {
        ccs_table_set(table, LEAD_N + p, "%s", ccs_text_policy(t, p));
    }
}

static void begin_group(struct ccs_table *table, const char **group, const char *name)
{
    if (*group == NULL || strcmp(*group, name) != 0) {
        ccs_table_section(table, name);
        *group = name;
    }
}

static void print(struct ccs_text *t, struct ccs_table *table)
{
    ccs_status status =
        ccs_table_print(table, t->options->width, t->options->is_utf8, t->out);
    t->status = t->status != CCS_OK ? t->status : status;
    ccs_table_fini(table);
}

static int row_of(const struct ccs_text *t, const char *metric)
{
    return ccs_results_row(t->res, metric, CCS_SLICE_ALL, NULL);
}

static bool is_defined_somewhere(const struct ccs_text *t, int row)
{
    for (size_t p = 0; p < t->res->policy_n; p++) {
        if (ccs_estimate_is_defined(ccs_text_estimate(t, p, row))) {
            return true;
        }
    }
    return false;
}

/* +1 if a is clearly above b, -1 if below, 0 if that is not decided. */
static int clear_sign(const struct ccs_results *res, const struct ccs_comparison *cmp, int row)
{
    double p = row == res->primary ? cmp->rows[row].p : cmp->p_adjusted[row];
    double diff = cmp->rows[row].diff.mean;
    return !(p < ALPHA) || diff == 0 ? 0 : diff > 0 ? 1 : -1;
}

/* ---- the answer ---- */

struct answer {
    struct ccs_text *text;
    struct ccs_table table;
    const char *group;
    size_t difference_n;
    const char *reasons[REASON_MAX];
    size_t reason_n;
    bool has_rare, has_moving, has_mark[3];
    int *row_of_line; /* -1 for headings */
};

static void note_reason(struct answer *a, const char *reason)
{
    for (size_t i = 0; i < a->reason_n; i++) {
        if (strcmp(a->reasons[i], reason) == 0) {
            return;
        }
    }
    if (a->reason_n < REASON_MAX) {
        a->reasons[a->reason_n++] = reason;
    }
}

static void note_estimate(struct answer *a, const struct ccs_estimate *e)
{
    a->has_rare = a->has_rare || e->kind == CCS_ESTIMATE_RARE;
    if (!ccs_estimate_is_defined(e)) {
        note_reason(a, e->reason != NULL ? e->reason : "not defined");
    }
}

static void add_answer(struct answer *a, const char *group, const char *label, int row)
{
    const struct ccs_text *t = a->text;
    const struct ccs_metric *metric = t->res->rows[row].metric;
    char unit[CCS_UNIT_TEXT];
    struct ccs_scale scale = scale_of_row(t, row, unit);
    begin_group(&a->table, &a->group, group);
    ccs_table_row(&a->table);
    ccs_table_set(&a->table, 0, "  %s%s", label,
                  metric->policy_moves ? t->options->is_utf8 ? "†" : "~" : "");
    ccs_table_set(&a->table, 1, "%s", scale.unit);
    a->row_of_line[a->table.row_n - 1] = row;
    a->has_moving = a->has_moving || metric->policy_moves;
    for (size_t p = 0; p < t->res->policy_n; p++) {
        const struct ccs_estimate *e = ccs_text_estimate(t, p, row);
        set_estimate(t, &a->table, LEAD_N + p, e, scale.factor, false);
        note_estimate(a, e);
    }
    for (size_t d = 0; d < a->difference_n; d++) {
        const struct ccs_estimate *e = &t->res->comparisons[d].rows[row].diff;
        set_estimate(t, &a->table, LEAD_N + t->res->policy_n + d, e, scale.factor, true);
        a->has_rare = a->has_rare || e->kind == CCS_ESTIMATE_RARE;
    }
}

/* Better or worse, or only different where the metric does not rank policies; "" if that is not
 * decided. */
static const char *mark_of(struct answer *a, const struct ccs_comparison *cmp, int row)
{
    const struct ccs_metric *metric = a->text->res->rows[row].metric;
    int sign = clear_sign(a->text->res, cmp, row);
    if (sign == 0) {
        return "";
    }
    int kind = metric->better == 0 || metric->policy_moves ? DIFFERENT
               : sign * metric->better > 0                 ? BETTER
                                                           : WORSE;
    a->has_mark[kind] = true;
    return mark(a->text, kind);
}

/* Marks stand in one column beside the difference, whatever its length. */
static void append_marks(struct answer *a)
{
    struct ccs_table *table = &a->table;
    for (size_t d = 0; d < a->difference_n; d++) {
        size_t column = LEAD_N + a->text->res->policy_n + d;
        ccs_table_align(table, column, plus_minus(a->text));
        for (size_t line = 1; line < table->row_n; line++) {
            if (a->row_of_line[line] >= 0) {
                const char *m =
                    mark_of(a, &a->text->res->comparisons[d], a->row_of_line[line]);
                ccs_table_append(table, line, column, " ");
                ccs_table_append(table, line, column, m[0] == '\0' ? " " : m);
            }
        }
    }
}

static void print_legend(const struct answer *a)
{
    static const char *const words[] = {"better", "worse", "different"};
    const struct ccs_text *t = a->text;
    if (t->res->replications > 1) {
        ccs_text_print(t, 0, 2, "%s half-width of the 95 %% interval over %zu replications.%s",
                       t->options->is_utf8 ? "±" : "+-", t->res->replications,
                       a->difference_n > 0 ? " Differences are paired." : "");
    }
    char marks[100] = "";
    for (int kind = BETTER; kind <= DIFFERENT; kind++) {
        size_t n = strlen(marks);
        if (a->has_mark[kind]) {
            snprintf(marks + n, sizeof marks - n, "%s%s %s", n > 0 ? ", " : "", mark(t, kind),
                     words[kind]);
        }
    }
    if (marks[0] != '\0') {
        ccs_text_print(t, 0, 2,
                       "%s: at the 5 %% level, adjusted for the number of metrics (Holm) but for "
                       "the one that decides.",
                       marks);
    }
    if (a->has_moving) {
        ccs_text_print(t, 0, 2, "%s the policy also moves the denominator: does not rank policies.",
                       t->options->is_utf8 ? "†" : "~");
    }
    if (a->has_rare) {
        ccs_text_print(t, 0, 2, "[a, b] 95 %% bounds, as there are too few events for %s.",
                       t->options->is_utf8 ? "±" : "+-");
    }
    for (size_t i = 0; i < a->reason_n; i++) {
        ccs_text_print(t, 0, 2, "%s %s.", t->options->is_utf8 ? "–" : "-", a->reasons[i]);
    }
}

/* The table's label of a metric, or NULL. */
static const struct label *label_of(const char *metric)
{
    for (size_t i = 0; i < LABEL_N; i++) {
        if (strcmp(answer_labels[i].metric, metric) == 0) {
            return &answer_labels[i];
        }
    }
    return NULL;
}

/* "cost_per_issue" as words. */
static void words_of(char *text, size_t size, const char *name)
{
    snprintf(text, size, "%s", name);
    for (char *c = text; *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
}

/* The primary metric, then the others in order; a metric without a label comes last. */
static void add_answers(struct answer *a)
{
    const struct ccs_results *res = a->text->res;
    char name[100];
    if (res->primary >= 0) {
        const char *metric = res->rows[res->primary].metric->name;
        const struct label *label = label_of(metric);
        words_of(name, sizeof name, metric);
        bool speaks_alone = label != NULL && strcmp(label->group, "Value") == 0;
        add_answer(a, "Decides", speaks_alone ? label->label : name, res->primary);
    }
    for (size_t i = 0; i < LABEL_N; i++) {
        int row = row_of(a->text, answer_labels[i].metric);
        if (row >= 0 && row != res->primary) {
            add_answer(a, answer_labels[i].group, answer_labels[i].label, row);
        }
    }
    for (size_t row = 0; row < res->row_n && res->rows[row].slice == CCS_SLICE_ALL; row++) {
        const struct ccs_metric *metric = res->rows[row].metric;
        if (metric->is_core && label_of(metric->name) == NULL && (int)row != res->primary) {
            words_of(name, sizeof name, metric->name);
            add_answer(a, "Other", name, (int)row);
        }
    }
}

void ccs_text_answer(struct ccs_text *t)
{
    const struct ccs_results *res = t->res;
    struct answer a = {.text = t};
    while (a.difference_n < res->comparison_n && res->comparisons[a.difference_n].b == 0) {
        a.difference_n++;
    }
    /* every metric could bring a group heading of its own */
    size_t line_n = 2 * (LABEL_N + ccs_metric_n) + 2;
    a.row_of_line = malloc(line_n * sizeof *a.row_of_line);
    if (a.row_of_line == NULL) {
        t->status = CCS_ENOMEM;
        return;
    }
    for (size_t i = 0; i < line_n; i++) {
        a.row_of_line[i] = -1;
    }
    ccs_table_init(&a.table, LEAD_N + res->policy_n + a.difference_n, LEAD_N);
    a.table.seam = LEAD_N + res->policy_n;
    set_policy_headings(t, &a.table);
    for (size_t d = 0; d < a.difference_n; d++) {
        ccs_table_set(&a.table, a.table.seam + d, "%s - %s",
                      ccs_text_policy(t, res->comparisons[d].a),
                      ccs_text_policy(t, res->comparisons[d].b));
    }
    add_answers(&a);
    for (size_t p = 0; p < res->policy_n; p++) {
        ccs_table_align(&a.table, LEAD_N + p, plus_minus(t));
    }
    append_marks(&a);
    free(a.row_of_line);
    fputc('\n', t->out);
    print(t, &a.table);
    print_legend(&a);
}

/* ---- two dashboards ---- */

/* `better`: which way the reader of that dashboard takes for good. */
static const struct tile {
    const char *metric;
    const char *label;
    int better;
    bool is_truth;
} tiles[] = {
    {"handle_time_per_contact", "handle time per contact", -1, false},
    {"contacts_per_agent_hour", "contacts per agent hour", 1, false},
    {"first_contact_resolution_apparent", "first contact, apparent", 1, false},
    {"cost_per_contact", "cost per contact", -1, false},
    {"service_level", "service level", 1, false},
    {"cost_per_resolved_issue", "cost per resolved issue", -1, true},
    {"churn_rate_per_year", "leaving per year", -1, true},
    {"failure_demand_share", "failure demand", -1, true},
    {"contacts_per_issue", "contacts per issue", -1, true},
    {"justified_unpaid", "owed, never paid", -1, true},
};

#define TILE_N (sizeof tiles / sizeof tiles[0])

/* The policy this number speaks for: the best one, if it is clearly apart from the baseline (or,
 * being the baseline, from all others); -1 if none. */
static int spoken_for(const struct ccs_text *t, const struct tile *tile, int row)
{
    const struct ccs_results *res = t->res;
    int best = -1;
    double best_diff = 0.0;
    bool baseline_beats_all = true;
    for (size_t d = 0; d < res->comparison_n && res->comparisons[d].b == 0; d++) {
        const struct ccs_comparison *cmp = &res->comparisons[d];
        int sign = clear_sign(res, cmp, row) * tile->better;
        double gain = cmp->rows[row].diff.mean * tile->better;
        if (sign > 0 && gain > best_diff) {
            best = (int)cmp->a;
            best_diff = gain;
        }
        baseline_beats_all = baseline_beats_all && sign < 0;
    }
    return best >= 0 ? best : baseline_beats_all ? 0 : -1;
}

/* What one dashboard says as a whole, by the number of tiles that speak for each policy. */
static void say_side(const struct ccs_text *t, const char *side, const size_t *votes, size_t shown,
                     char *text, size_t size)
{
    size_t winner = 0;
    bool is_tied = false;
    for (size_t p = 1; p < t->res->policy_n; p++) {
        is_tied = votes[p] == votes[winner] || (is_tied && votes[p] < votes[winner]);
        winner = votes[p] > votes[winner] ? p : winner;
    }
    if (votes[winner] == 0) {
        snprintf(text, size, "%s speaks for none", side);
    } else if (is_tied) {
        snprintf(text, size, "%s is divided", side);
    } else {
        snprintf(text, size, "%s speaks for %s in %zu of %zu", side, ccs_text_policy(t, winner),
                 votes[winner], shown);
    }
}

static void print_finding(const struct ccs_text *t, const size_t *votes, const size_t *shown)
{
    char usual[300], truth[300];
    say_side(t, "The usual dashboard", votes, shown[0], usual, sizeof usual);
    say_side(t, "the truth", votes + t->res->policy_n, shown[1], truth, sizeof truth);
    ccs_text_print(t, 0, 2, "%s the best one, where that is clear. %s; %s.", mark(t, BETTER), usual,
                   truth);
}

void ccs_text_dashboards(struct ccs_text *t)
{
    const struct ccs_results *res = t->res;
    size_t *votes = calloc(2 * res->policy_n, sizeof *votes);
    size_t shown[2] = {0, 0};
    struct ccs_table table;
    const char *group = NULL;
    if (votes == NULL) {
        t->status = CCS_ENOMEM;
        return;
    }
    ccs_table_init(&table, LEAD_N + res->policy_n, LEAD_N);
    set_policy_headings(t, &table);
    for (size_t i = 0; i < TILE_N; i++) {
        int row = row_of(t, tiles[i].metric);
        if (row < 0 || !is_defined_somewhere(t, row)) {
            continue;
        }
        char unit[CCS_UNIT_TEXT];
        struct ccs_scale scale = scale_of_row(t, row, unit);
        begin_group(&table, &group, tiles[i].is_truth ? "What is so" : "What is usually shown");
        ccs_table_row(&table);
        ccs_table_set(&table, 0, "  %s", tiles[i].label);
        ccs_table_set(&table, 1, "%s", scale.unit);
        set_means(t, &table, row, scale.factor);
        int side = res->policy_n > 1 ? spoken_for(t, &tiles[i], row) : -1;
        for (size_t p = 0; p < res->policy_n && res->policy_n > 1; p++) {
            ccs_table_append(&table, table.row_n - 1, LEAD_N + p, " ");
            ccs_table_append(&table, table.row_n - 1, LEAD_N + p,
                             (int)p == side ? mark(t, BETTER) : " ");
        }
        shown[tiles[i].is_truth]++;
        if (side >= 0) {
            votes[(tiles[i].is_truth ? res->policy_n : 0) + (size_t)side]++;
        }
    }
    ccs_text_heading(t, "Two dashboards", "");
    print(t, &table);
    if (res->policy_n > 1) {
        print_finding(t, votes, shown);
    }
    free(votes);
}

/* ---- slices ---- */

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
        struct ccs_scale own = scale != NULL ? *scale : scale_of_row(t, (int)row, unit);
        bool is_ours = slice == CCS_SLICE_ACCOUNT || slice == CCS_SLICE_CAUSE;
        snprintf(name, sizeof name, "%s", r->name);
        if (is_ours) {
            words_of(name, sizeof name, r->name);
        }
        ccs_table_row(table);
        ccs_table_set(table, 0, "  %s", name);
        ccs_table_set(table, 1, "%s", own.unit);
        set_means(t, table, (int)row, own.factor);
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
        ccs_table_set(table, LEAD_N + p, "%s",
                      ccs_number_text(text, sum, fabs(sum) < 1e-4 ? 0 : 4, false));
    }
}

void ccs_text_ledger(struct ccs_text *t)
{
    struct ccs_table table;
    struct ccs_scale whole = {1, t->res->scenario->currency};
    ccs_table_init(&table, LEAD_N + t->res->policy_n, LEAD_N);
    set_policy_headings(t, &table);
    add_slice(t, &table, "account", CCS_SLICE_ACCOUNT, &whole);
    if (table.row_n == 1) {
        ccs_table_fini(&table);
        return;
    }
    add_ledger_sum(t, &table);
    ccs_text_heading(t, "Ledger", "costs positive, income negative; mean of a replication");
    print(t, &table);
}

void ccs_text_causes(struct ccs_text *t)
{
    struct ccs_table table;
    ccs_table_init(&table, LEAD_N + t->res->policy_n, LEAD_N);
    set_policy_headings(t, &table);
    add_slice(t, &table, "handle_hours_by_cause", CCS_SLICE_CAUSE, NULL);
    if (table.row_n == 1) {
        ccs_table_fini(&table);
        return;
    }
    ccs_text_heading(t, "Why agents are busy", "handle time by root cause");
    print(t, &table);
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
    ccs_table_init(&table, LEAD_N + t->res->policy_n, LEAD_N);
    set_policy_headings(t, &table);
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
        ccs_table_section(&table, measures[i].label);
        add_slice(t, &table, measures[i].metric, CCS_SLICE_TEAM, NULL);
    }
    ccs_text_heading(t, "Teams", "");
    print(t, &table);
}

/* ---- periods ---- */

static const struct {
    const char *metric, *label;
} period_columns[] = {
    {"contacts_offered", "offered"},       {"contacts_answered", "answered"},
    {"abandonment_rate", "abandoned"},     {"service_level", "service level"},
    {"wait_answered_mean", "speed of answer"}, {"handle_time_per_contact", "handle time"},
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
    print(t, &table);
}
