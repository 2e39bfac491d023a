/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The answer: every core metric under every policy, and the differences from the baseline.
 */
#include "report/report_text.h"

#include "experiment/rank.h"

#include <stdlib.h>
#include <string.h>

enum {
    REASON_MAX = 8 /* reasons for a missing value that are told */
};

/* This metric has no line where nobody has found a channel closed. */
static const char outside_hours[] = "attempts_outside_hours_share";

struct label {
    const char *group;
    const char *metric;
    const char *label;
};

static const struct label answer_labels[] = {
    {"Value", "net_value_per_customer", "net value / customer"},
    {"Value", "net_value_workload_per_customer", "labor by workload"},
    {"Value", "net_value_staffed_per_customer", "labor as staffed"},
    {"Value", "net_value_settled_per_customer", "debts settled"},
    {"Value", "lifetime_value_lost", "value of all leavers"},
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
    {"Claims", "claims_justified_paid", "justified, paid"},
    {"Claims", "claims_justified_unpaid", "justified, not paid"},
    {"Claims", "claims_unjustified_paid", "no right, paid"},
    {"Claims", "claims_unjustified_refused", "no right, refused"},
    {"Claims", "justified_paid_share", "paid, if justified"},
    {"Claims", "unjustified_paid_share", "paid, if no right"},
    {"Handle time", "handle_time_per_contact", "per contact"},
    {"Handle time", "handle_time_per_issue", "per issue"},
    {"Handle time", "failure_demand_share", "failure demand"},
    {"Access", "service_level", "service level"},
    {"Access", "wait_mean", "wait, all"},
    {"Access", "wait_answered_mean", "wait, answered"},
    {"Access", "abandonment_rate", "abandoned"},
    {"Access", outside_hours, "found it closed"},
    {"Access", "occupancy", "occupancy"},
};

#define LABEL_N (sizeof answer_labels / sizeof answer_labels[0])

struct answer {
    struct ccs_text *text;
    struct ccs_table table;
    const char *group;
    size_t difference_n;
    const char *reasons[REASON_MAX];
    size_t reason_n;
    bool has_rare, has_moving, has_losses, has_mark[3];
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
    struct ccs_scale scale = ccs_text_scale(t, row, unit);
    ccs_text_group(&a->table, &a->group, group);
    ccs_table_row(&a->table);
    ccs_table_set(&a->table, 0, "  %s%s", label,
                  metric->policy_moves ? t->options->is_utf8 ? "†" : "~" : "");
    ccs_table_set(&a->table, 1, "%s", scale.unit);
    if (!a->table.has_failed) { /* or there may be no line at all */
        a->row_of_line[a->table.row_n - 1] = row;
    }
    a->has_moving = a->has_moving || metric->policy_moves;
    for (size_t p = 0; p < t->res->policy_n; p++) {
        const struct ccs_estimate *e = ccs_text_estimate(t, p, row);
        ccs_text_set_estimate(t, &a->table, CCS_TEXT_LEAD + p, e, scale.factor, false);
        note_estimate(a, e);
    }
    for (size_t d = 0; d < a->difference_n; d++) {
        const struct ccs_estimate *e = &t->res->comparisons[d].rows[row].diff;
        ccs_text_set_estimate(t, &a->table, CCS_TEXT_LEAD + t->res->policy_n + d, e, scale.factor,
                              true);
        a->has_rare = a->has_rare || e->kind == CCS_ESTIMATE_RARE;
    }
}

static const char *mark_of(struct answer *a, const struct ccs_comparison *cmp, int row)
{
    int kind = 0;
    const char *mark = ccs_text_rank_mark(a->text, cmp, row, &kind);
    a->has_mark[kind] = a->has_mark[kind] || mark[0] != '\0';
    a->has_losses = a->has_losses || ccs_rank_loses(a->text->res, cmp) != 0;
    return mark;
}

/* Marks stand in one column beside the difference, whatever its length. */
static void append_marks(struct answer *a)
{
    struct ccs_table *table = &a->table;
    for (size_t d = 0; d < a->difference_n; d++) {
        size_t column = CCS_TEXT_LEAD + a->text->res->policy_n + d;
        ccs_table_align(table, column, ccs_text_plus_minus(a->text));
        for (size_t line = 1; line < table->row_n; line++) {
            if (a->row_of_line[line] >= 0) {
                const char *m = mark_of(a, &a->text->res->comparisons[d], a->row_of_line[line]);
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
    for (int kind = CCS_MARK_BETTER; kind <= CCS_MARK_DIFFERENT; kind++) {
        size_t n = strlen(marks);
        if (a->has_mark[kind]) {
            snprintf(marks + n, sizeof marks - n, "%s%s %s", n > 0 ? ", " : "",
                     ccs_text_mark(t, kind), words[kind]);
        }
    }
    if (marks[0] != '\0') {
        ccs_text_print(
            t, 0, 2,
            "%s: at the 5 %% level, adjusted for the number of metrics; the one that decides, "
            "for the number of comparisons (Holm).",
            marks);
    }
    if (a->has_mark[CCS_MARK_DIFFERENT] && a->has_losses) {
        ccs_text_print(t, 0, 2,
                       "%s also where a figure looks good for a policy that clearly loses more "
                       "callers: serving "
                       "fewer is no merit.",
                       ccs_text_mark(t, CCS_MARK_DIFFERENT));
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

/* Metrics that are not core are shown where they have a value. */
static bool is_shown(const struct ccs_text *t, const struct label *label, int row)
{
    if (row < 0 || (!t->res->rows[row].metric->is_core && !ccs_text_is_defined(t, row))) {
        return false;
    }
    bool is_zero = true;
    for (size_t p = 0; p < t->res->policy_n; p++) {
        is_zero = is_zero && ccs_text_estimate(t, p, row)->mean == 0;
    }
    return !(is_zero && label->metric == outside_hours);
}

/* The primary metric, then the others in order; a core metric without a label comes last. */
static void add_answers(struct answer *a)
{
    const struct ccs_results *res = a->text->res;
    char name[100];
    if (res->primary >= 0) {
        const char *metric = res->rows[res->primary].metric->name;
        const struct label *label = label_of(metric);
        ccs_text_words(name, sizeof name, metric);
        bool speaks_alone = label != NULL && strcmp(label->group, "Value") == 0;
        add_answer(a, "Decides", speaks_alone ? label->label : name, res->primary);
    }
    for (size_t i = 0; i < LABEL_N; i++) {
        int row = ccs_text_row(a->text, answer_labels[i].metric);
        if (is_shown(a->text, &answer_labels[i], row) && row != res->primary) {
            add_answer(a, answer_labels[i].group, answer_labels[i].label, row);
        }
    }
    for (size_t row = 0; row < res->row_n && res->rows[row].slice == CCS_SLICE_ALL; row++) {
        const struct ccs_metric *metric = res->rows[row].metric;
        if (metric->is_core && label_of(metric->name) == NULL && (int)row != res->primary) {
            ccs_text_words(name, sizeof name, metric->name);
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
    ccs_table_init(&a.table, CCS_TEXT_LEAD + res->policy_n + a.difference_n, CCS_TEXT_LEAD);
    a.table.seam = CCS_TEXT_LEAD + res->policy_n;
    ccs_text_set_policies(t, &a.table);
    for (size_t d = 0; d < a.difference_n; d++) {
        ccs_table_set(&a.table, a.table.seam + d, "%s - %s",
                      ccs_text_policy(t, res->comparisons[d].a),
                      ccs_text_policy(t, res->comparisons[d].b));
    }
    add_answers(&a);
    for (size_t p = 0; p < res->policy_n; p++) {
        ccs_table_align(&a.table, CCS_TEXT_LEAD + p, ccs_text_plus_minus(t));
    }
    append_marks(&a);
    free(a.row_of_line);
    fputc('\n', t->out);
    ccs_text_print_table(t, &a.table);
    print_legend(&a);
}
