/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A look at a sweep before anything is exported: a line per point, the values of what is varied,
 * one metric under every policy with its interval, and which policy is best where that is decided.
 *
 * What is best is decided as verdicts are: study/best.h.
 */
#include "cli/sweep.h"
#include "experiment/number.h"
#include "report/report_text.h"
#include "report/writer.h"
#include "study/best.h"

#include <math.h>
#include <string.h>

struct look {
    const struct ccs_study *study;
    const struct ccs_report_text_options *options;
    FILE *out;
    size_t parameter_n, policy_n;
    ccs_status status;
    bool has_best[CCS_BEST_KIND_COUNT];
};

static void start(struct look *look)
{
    look->parameter_n = ccs_study_parameter_count(look->study);
    while (ccs_study_policy(look->study, look->policy_n) != NULL) {
        look->policy_n++;
    }
}

/* The last step of a pointer, more of it where another parameter ends alike. */
static const char *short_name(const struct look *look, size_t parameter)
{
    const char *pointer = ccs_study_parameter(look->study, parameter);
    const char *at = pointer + strlen(pointer);
    for (; at > pointer; at--) {
        if (*at != '/') {
            continue;
        }
        bool is_unique = true;
        for (size_t i = 0; i < look->parameter_n; i++) {
            const char *other = ccs_study_parameter(look->study, i);
            size_t n = strlen(other);
            is_unique = is_unique && (i == parameter || n < strlen(at) ||
                                      strcmp(other + n - strlen(at), at) != 0);
        }
        if (is_unique) {
            return at + 1;
        }
    }
    return pointer[1] != '\0' ? pointer + 1 : pointer;
}

static void put_heading(const struct look *look, struct ccs_table *table)
{
    ccs_table_row(table);
    for (size_t i = 0; i < look->parameter_n; i++) {
        ccs_table_set(table, i, "%s", short_name(look, i));
    }
}

static void put_parameters(const struct look *look, struct ccs_table *table, size_t point)
{
    ccs_table_row(table);
    for (size_t i = 0; i < look->parameter_n; i++) {
        const char *value = ccs_study_value(look->study, point, i);
        ccs_table_set(table, i, "%s", value == NULL ? "as is" : value);
    }
}

static void print_table(struct look *look, struct ccs_table *table)
{
    ccs_status status =
        ccs_table_print(table, look->options->width, look->options->is_utf8, look->out);
    look->status = look->status != CCS_OK ? look->status : status;
    ccs_table_fini(table);
}

/* ---- the plan ---- */

ccs_status ccs_sweep_plan_text(const struct ccs_study *study,
                               const struct ccs_report_text_options *options,
                               struct ccs_report *report)
{
    static const char *const states[] = {"new", "partial", "done", "failed", "invalid"};
    struct look look = {.study = study, .options = options, .out = ccs_writer_open(report)};
    struct ccs_table table;
    size_t tally[5] = {0};
    size_t missing = 0;
    if (look.out == NULL) {
        return CCS_ENOMEM;
    }
    start(&look);
    ccs_table_init(&table, look.parameter_n + 2, look.parameter_n);
    put_heading(&look, &table);
    ccs_table_set(&table, look.parameter_n, "state");
    ccs_table_set(&table, look.parameter_n + 1, "to run");
    struct ccs_study_point point;
    for (size_t i = 0; ccs_study_point(study, i, &point); i++) {
        put_parameters(&look, &table, i);
        ccs_table_set(&table, look.parameter_n, "%s", states[point.state]);
        ccs_table_set(&table, look.parameter_n + 1, "%zu", point.missing);
        tally[point.state]++;
        missing += point.missing;
    }
    print_table(&look, &table);
    size_t n = ccs_study_point_count(study);
    fprintf(look.out, "%zu point%s:", n, n == 1 ? "" : "s");
    for (size_t i = 0; i < 5; i++) {
        if (tally[i] > 0) {
            fprintf(look.out, " %zu %s,", tally[i], states[i]);
        }
    }
    fprintf(look.out, " %zu replications of %zu %s to run\n", missing, look.policy_n,
            look.policy_n == 1 ? "policy" : "policies");
    return ccs_writer_close(look.out, report, look.status);
}

/* ---- the results ---- */

static struct ccs_estimate estimate_of(const struct ccs_result *r)
{
    bool has_interval = !isnan(r->lo) && !isnan(r->hi);
    return (struct ccs_estimate){
        .mean = r->mean,
        .sd = r->sd,
        .half_width = has_interval && !r->is_rare ? fmax(r->hi - r->mean, r->mean - r->lo) : NAN,
        .lo = r->lo,
        .hi = r->hi,
        .n = (int64_t)r->n,
        .kind = !has_interval ? CCS_ESTIMATE_NONE
                : r->is_rare  ? CCS_ESTIMATE_RARE
                              : CCS_ESTIMATE_T,
    };
}

/* What stands in the column "best". */
static const char *best_text(const struct ccs_best *best)
{
    static const char *const texts[CCS_BEST_KIND_COUNT] = {
        [CCS_BEST_NONE] = "",
        [CCS_BEST_UNDECIDED] = "undecided",
        [CCS_BEST_INDIFFERENT] = "no matter",
        [CCS_BEST_LOSES] = "loses callers",
        [CCS_BEST_NOT_COST_ALONE] = "not cost alone",
    };
    return best->kind == CCS_BEST_POLICY ? best->policy : texts[best->kind];
}

static void put_legend(const struct look *look)
{
    static const char *const legends[CCS_BEST_KIND_COUNT] = {
        [CCS_BEST_POLICY] = "best: better than each of the others at the 5 % level, adjusted for "
                            "their number (Holm)",
        [CCS_BEST_INDIFFERENT] = "no matter: the difference is less than run.indifference",
        [CCS_BEST_LOSES] = "loses callers: the figure is good for who clearly loses more callers",
        [CCS_BEST_NOT_COST_ALONE] =
            "not cost alone: policies differ in staff and customers have no "
            "value in the model; see run.targets",
    };
    for (int kind = 0; kind < CCS_BEST_KIND_COUNT; kind++) {
        if (legends[kind] != NULL && (kind == CCS_BEST_POLICY || look->has_best[kind])) {
            fprintf(look->out, "%s\n", legends[kind]);
        }
    }
}

static double largest_mean(const struct look *look, const char *metric)
{
    double largest = 0;
    for (size_t i = 0; i < ccs_study_point_count(look->study); i++) {
        for (size_t p = 0; p < look->policy_n; p++) {
            struct ccs_result r;
            if (ccs_study_metric(look->study, i, ccs_study_policy(look->study, p), metric, &r) &&
                fabs(r.mean) > largest) {
                largest = fabs(r.mean);
            }
        }
    }
    return largest;
}

static void put_results(struct look *look, struct ccs_table *table, size_t point,
                        const struct ccs_metric *metric, double factor)
{
    const struct ccs_text text = {.options = look->options, .out = look->out};
    struct ccs_study_point info;
    ccs_study_point(look->study, point, &info);
    for (size_t p = 0; p < look->policy_n; p++) {
        struct ccs_result r;
        if (ccs_study_metric(look->study, point, ccs_study_policy(look->study, p), metric->name,
                             &r)) {
            struct ccs_estimate e = estimate_of(&r);
            ccs_text_set_estimate(&text, table, look->parameter_n + 1 + p, &e, factor, false);
        }
    }
    struct ccs_best best;
    ccs_status status = ccs_study_best(look->study, point, metric, &best);
    look->status = look->status != CCS_OK ? look->status : status;
    look->has_best[best.kind] = true;
    ccs_table_set(table, look->parameter_n, "%s",
                  info.state == CCS_POINT_INVALID  ? "no scenario"
                  : info.state == CCS_POINT_FAILED ? "failed"
                  : info.replications == 0         ? "not run"
                                                   : best_text(&best));
}

static void put_metric(struct look *look, const struct ccs_metric *metric, const char *currency)
{
    char unit[CCS_UNIT_TEXT];
    struct ccs_table table;
    struct ccs_scale scale =
        ccs_scale_of(metric->unit, largest_mean(look, metric->name), currency, unit);
    size_t column_n = look->parameter_n + look->policy_n + 1;
    fprintf(look->out, "%s%s%s%s\n", metric->name, scale.unit[0] == '\0' ? "" : " (", scale.unit,
            scale.unit[0] == '\0' ? "" : ")");
    ccs_table_init(&table, column_n, look->parameter_n);
    put_heading(look, &table);
    for (size_t p = 0; p < look->policy_n; p++) {
        ccs_table_set(&table, look->parameter_n + 1 + p, "%s", ccs_study_policy(look->study, p));
    }
    ccs_table_set(&table, look->parameter_n, "%s",
                  look->policy_n < 2 || metric->better == 0 || metric->policy_moves ? "" : "best");
    for (size_t i = 0; i < ccs_study_point_count(look->study); i++) {
        put_parameters(look, &table, i);
        put_results(look, &table, i, metric, scale.factor);
    }
    const char *plus_minus = look->options->is_utf8 ? " ± " : " +- ";
    for (size_t p = 0; p < look->policy_n; p++) {
        ccs_table_align(&table, look->parameter_n + 1 + p, plus_minus);
    }
    print_table(look, &table);
}

static const struct ccs_metric *metric_of(const char *name)
{
    int index = name == NULL ? -1 : ccs_metric_find(name);
    return index < 0 ? NULL : &ccs_metrics[index];
}

/* The metric that decides, where any point has been run. */
static const char *primary_of(const struct ccs_study *study)
{
    struct ccs_study_point point;
    for (size_t i = 0; ccs_study_point(study, i, &point); i++) {
        if (point.primary != NULL) {
            return point.primary;
        }
    }
    return NULL;
}

ccs_status ccs_sweep_text(const struct ccs_study *study, const char *currency,
                          const char *const *metrics, size_t metric_n,
                          const struct ccs_report_text_options *options, struct ccs_report *report)
{
    struct look look = {.study = study, .options = options, .out = ccs_writer_open(report)};
    if (look.out == NULL) {
        return CCS_ENOMEM;
    }
    start(&look);
    const char *primary = primary_of(study);
    size_t n = metric_n > 0 ? metric_n : 1;
    for (size_t i = 0; i < n; i++) {
        const struct ccs_metric *metric = metric_of(metric_n > 0 ? metrics[i] : primary);
        if (metric != NULL) {
            fputs(i > 0 ? "\n" : "", look.out);
            put_metric(&look, metric, currency);
        }
    }
    if (look.policy_n > 1) {
        put_legend(&look);
    }
    return ccs_writer_close(look.out, report, look.status);
}
