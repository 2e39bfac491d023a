/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A look at a sweep before anything is exported: a line per point, the values of what is varied,
 * one metric under every policy with its interval, and which policy is best where that is decided.
 *
 * Decided means: the 95 % intervals of its paired differences to all others do not hold 0.
 */
#include "cli/sweep.h"
#include "experiment/number.h"
#include "report/report_text.h"
#include "report/writer.h"

#include <math.h>
#include <string.h>

struct look {
    const struct ccs_study *study;
    const struct ccs_report_text_options *options;
    FILE *out;
    size_t parameter_n, policy_n;
    ccs_status status;
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

/* Is the difference of two policies clear of 0? */
static bool is_clear(const struct look *look, size_t point, size_t a, size_t b, const char *metric)
{
    struct ccs_result d;
    const char *name_a = ccs_study_policy(look->study, a);
    const char *name_b = ccs_study_policy(look->study, b);
    bool is_turned = a == 0; /* differences to the baseline are kept as policy - baseline */
    return ccs_study_difference(look->study, point, is_turned ? name_b : name_a,
                                is_turned ? name_a : name_b, metric, &d) &&
           (d.lo > 0 || d.hi < 0);
}

/* The best policy at a point, "undecided", or "" where nothing can be said. */
static const char *best_of(const struct look *look, size_t point, const struct ccs_metric *metric)
{
    size_t best = 0;
    size_t defined = 0;
    double best_mean = NAN;
    for (size_t p = 0; p < look->policy_n; p++) {
        struct ccs_result r;
        if (!ccs_study_metric(look->study, point, ccs_study_policy(look->study, p), metric->name,
                              &r) ||
            isnan(r.mean)) {
            continue;
        }
        defined++;
        if (isnan(best_mean) || metric->better * (r.mean - best_mean) > 0) {
            best_mean = r.mean;
            best = p;
        }
    }
    if (defined < 2) {
        return "";
    }
    bool is_decided = true;
    for (size_t p = 0; p < look->policy_n; p++) {
        struct ccs_result r;
        bool has_mean = ccs_study_metric(look->study, point, ccs_study_policy(look->study, p),
                                         metric->name, &r) &&
                        !isnan(r.mean);
        is_decided =
            is_decided && (p == best || !has_mean || is_clear(look, point, best, p, metric->name));
    }
    return is_decided ? ccs_study_policy(look->study, best) : "undecided";
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

static void put_results(const struct look *look, struct ccs_table *table, size_t point,
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
    const char *best = metric->better == 0 ? "" : best_of(look, point, metric);
    ccs_table_set(table, look->parameter_n, "%s",
                  info.state == CCS_POINT_INVALID  ? "no scenario"
                  : info.state == CCS_POINT_FAILED ? "failed"
                  : info.replications == 0         ? "not run"
                                                   : best);
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
                  look->policy_n < 2 || metric->better == 0 ? "" : "best");
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
        fputs("best: better than each of the others, by the 95 % interval of their paired "
              "difference\n",
              look.out);
    }
    return ccs_writer_close(look.out, report, look.status);
}
