/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets: see precision.h. */
#include "experiment/precision.h"

#include "base/json_out.h"
#include "format/document/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct making {
    struct ccs_results *results;
    char *message;
    size_t message_size;
};

__attribute__((format(printf, 2, 3))) static ccs_status usage(const struct making *m,
                                                              const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(m->message, m->message_size, format, args);
    va_end(args);
    return CCS_EUSAGE;
}

/* ---- making them ---- */

static ccs_status find_row(const struct making *m, const char *metric, size_t *row)
{
    int found = ccs_results_row(m->results, metric, CCS_SLICE_ALL, NULL);
    if (found >= 0) {
        *row = (size_t)found;
        return CCS_OK;
    }
    if (ccs_metric_find(metric) >= 0) {
        return usage(m, "precision: '%s' has no value for the whole run, only by part", metric);
    }
    struct ccs_nearest nearest = ccs_nearest_to(metric);
    char suggestion[CCS_SUGGEST_TEXT];
    for (size_t i = 0; i < m->results->row_n; i++) {
        if (m->results->rows[i].slice == CCS_SLICE_ALL) {
            ccs_nearest_try(&nearest, m->results->rows[i].metric->name);
        }
    }
    return usage(m, "precision: no metric named '%s'%s", metric,
                 ccs_nearest_text(suggestion, &nearest));
}

static ccs_status find_policy(const struct making *m, const char *name, size_t *policy)
{
    struct ccs_nearest nearest = ccs_nearest_to(name);
    char suggestion[CCS_SUGGEST_TEXT];
    for (*policy = 0; *policy < m->results->policy_n; ++*policy) {
        if (strcmp(ccs_results_policy(m->results, *policy), name) == 0) {
            return CCS_OK;
        }
        ccs_nearest_try(&nearest, ccs_results_policy(m->results, *policy));
    }
    bool is_known = ccs_scenario_policy(m->results->scenario, name) >= 0;
    return usage(m, "precision: %s '%s'%s", is_known ? "this run is without policy" : "no policy",
                 name, ccs_nearest_text(suggestion, &nearest));
}

static ccs_status check(const struct making *m, const struct ccs_precision *asked)
{
    if (!asked->metric || (asked->b && !asked->a)) {
        return usage(m, "precision: %s", asked->metric ? "b without a" : "no metric");
    }
    if (!isfinite(asked->half_width) || asked->half_width <= 0) {
        return usage(m, "precision of %s: the half-width must be greater than 0", asked->metric);
    }
    if (asked->is_relative && asked->half_width >= 1) {
        return usage(m, "precision of %s: a relative half-width must be below 100 %%",
                     asked->metric);
    }
    if (asked->b && asked->is_relative) {
        return usage(m,
                     "precision of %s: a difference needs an absolute half-width, in the unit of "
                     "the metric: it may be 0, and nothing is a small part of that",
                     asked->metric);
    }
    if (asked->b && strcmp(asked->a, asked->b) == 0) {
        return usage(m, "precision of %s: '%s' does not differ from itself", asked->metric,
                     asked->a);
    }
    return CCS_OK;
}

static ccs_status add(const struct making *m, const struct ccs_precision *asked, size_t row,
                      size_t a, size_t b)
{
    struct ccs_results *res = m->results;
    char text[CCS_DOUBLE_TEXT];
    /* 0.05 * 100 is not 5 */
    double shown = asked->is_relative ? round(asked->half_width * 1e11) / 1e9 : asked->half_width;
    bool is_difference = b < res->policy_n;
    char *label = ccs_arena_printf(res->arena, "%s%s%s/%s:%s%s", ccs_results_policy(res, a),
                                   is_difference ? "-" : "",
                                   is_difference ? ccs_results_policy(res, b) : "", asked->metric,
                                   ccs_double_text(text, shown), asked->is_relative ? "%" : "");
    if (!label) {
        return CCS_ENOMEM;
    }
    res->targets[res->target_n++] =
        (struct ccs_target){.label = label,
                            .row = row,
                            .a = a,
                            .b = b,
                            .goal = {asked->half_width, asked->is_relative},
                            .asked = NAN,
                            .half_width = NAN,
                            .needed = NAN};
    return CCS_OK;
}

static ccs_status make(const struct making *m, const struct ccs_precision *asked)
{
    size_t row = 0;
    size_t a = 0;
    size_t b = m->results->policy_n;
    ccs_status status = check(m, asked);
    status = status ? status : find_row(m, asked->metric, &row);
    if (!status && asked->a) {
        status = find_policy(m, asked->a, &a);
    }
    if (!status && asked->b) {
        status = find_policy(m, asked->b, &b);
    }
    size_t last = asked->a ? a : m->results->policy_n - 1;
    for (; !status && a <= last; a++) {
        status = add(m, asked, row, a, b);
    }
    return status;
}

ccs_status ccs_targets_create(struct ccs_results *results,
                              const struct ccs_experiment_options *options, char *message,
                              size_t message_size)
{
    struct making m = {results, message, message_size};
    results->decided_by = -1;
    if (options->precision_n == 0) {
        return CCS_OK;
    }
    size_t first = results->replications_asked;
    size_t max = options->replications_max > 0  ? (size_t)options->replications_max
                 : first > CCS_REPLICATIONS_MAX ? first
                                                : CCS_REPLICATIONS_MAX;
    if (options->replications > 0 && (size_t)options->replications > max) {
        return usage(&m, "precision: %zu replications to begin with are more than the most, %zu",
                     first, max);
    }
    struct ccs_sequence sequence = {.max = max};
    results->replications_max = max;
    results->replications_first = ccs_sequence_start(&sequence, first);
    results->targets = ccs_arena_calloc(results->arena, options->precision_n * results->policy_n,
                                        sizeof *results->targets);
    ccs_status status = results->targets ? CCS_OK : CCS_ENOMEM;
    for (size_t i = 0; !status && i < options->precision_n; i++) {
        status = make(&m, &options->precision[i]);
    }
    if (status == CCS_ENOMEM) {
        snprintf(message, message_size, "not enough memory");
    }
    return status;
}

/* ---- looking at them ---- */

static struct ccs_estimate estimate(const struct ccs_results *res, const struct ccs_assembly *from,
                                    const struct ccs_target *t)
{
    return t->b < res->policy_n ? ccs_assemble_pair(res, from, t->a, t->b, t->row).diff
                                : ccs_assemble_estimate(res, from, t->a, t->row);
}

bool ccs_targets_look(struct ccs_results *results, const struct ccs_assembly *from, double *needed,
                      int *most)
{
    bool all = true;
    *needed = 0;
    *most = -1;
    for (size_t i = 0; i < results->target_n; i++) {
        struct ccs_target *t = &results->targets[i];
        struct ccs_estimate e = estimate(results, from, t);
        t->asked = ccs_goal_half_width(&t->goal, &e);
        t->half_width = e.kind == CCS_ESTIMATE_T ? e.half_width : NAN;
        t->is_reached = ccs_goal_holds(&t->goal, &e);
        t->needed = t->is_reached ? NAN : ccs_goal_replications(&t->goal, &e);
        if (t->is_reached) {
            continue;
        }
        all = false;
        /* one of which nothing is known may need any number */
        if (*most < 0 || (!isnan(*needed) && !(t->needed <= *needed))) {
            *most = (int)i;
            *needed = t->needed;
        }
    }
    return all;
}

/* Is there anything in the row in any replication? */
static bool is_ever_available(const struct ccs_results *res, size_t policy, size_t row)
{
    const double *num = &res->num[(policy * res->row_n + row) * res->replications];
    size_t r = 0;
    while (r < res->replications && isnan(num[r])) {
        r++;
    }
    return r < res->replications || res->rows[row].metric->kind == CCS_METRIC_QUANTILE;
}

ccs_status ccs_targets_check(struct ccs_results *results, char *message, size_t message_size)
{
    for (size_t i = 0; i < results->target_n; i++) {
        const struct ccs_target *t = &results->targets[i];
        size_t b = t->b < results->policy_n ? t->b : t->a;
        if (!is_ever_available(results, t->a, t->row) || !is_ever_available(results, b, t->row)) {
            snprintf(message, message_size,
                     "precision: %s is not available: the scenario has no population, or the "
                     "mechanism it measures is off",
                     results->rows[t->row].metric->name);
            return CCS_EUSAGE;
        }
    }
    return CCS_OK;
}

/* To two digits: it is an estimate. */
static double rough(double n)
{
    double unit = pow(10, fmax(floor(log10(n)) - 1, 0));
    return ceil(n / unit) * unit;
}

/* Three significant digits, without an exponent. */
static char *width_text(char text[40], double width)
{
    int decimals = width > 0 ? 2 - (int)floor(log10(width)) : 0;
    snprintf(text, 40, "%.*f", decimals < 0 ? 0 : decimals > 15 ? 15 : decimals, width);
    return text;
}

/* " s", " (currency)", "" for shares and counts. */
static const char *unit_of(const struct ccs_results *res, const struct ccs_target *t)
{
    const char *unit = res->rows[t->row].metric->unit;
    return strcmp(unit, "s") == 0 ? " s" : strcmp(unit, "currency") == 0 ? " (currency)" : "";
}

void ccs_targets_warn(struct ccs_results *results)
{
    for (size_t i = 0; i < results->target_n && !results->is_partial; i++) {
        const struct ccs_target *t = &results->targets[i];
        char width[40];
        char asked[40];
        char needs[100] = "how many it takes cannot be told";
        if (t->is_reached) {
            continue;
        }
        if (isinf(t->needed)) {
            snprintf(needs, sizeof needs, "no number will do: the mean is 0");
        } else if (!isnan(t->needed)) {
            snprintf(needs, sizeof needs, "it takes about %.0f", rough(t->needed));
        }
        if (isnan(t->half_width)) {
            ccs_results_warn(results, "CCS-W410",
                             "precision %s not reached with %zu replications: there is no interval "
                             "to judge by (nothing happened, or too rarely); %s",
                             t->label, results->replications, needs);
        } else {
            ccs_results_warn(results, "CCS-W410",
                             "precision %s not reached with %zu replications: half-width %s%s "
                             "instead of %s; %s. Raise --max-reps or ask for less",
                             t->label, results->replications, width_text(width, t->half_width),
                             unit_of(results, t), width_text(asked, t->asked), needs);
        }
    }
}
