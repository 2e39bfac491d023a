/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mechanisms one at a time, against closed forms and hand calculation: what these tests share.
 *
 * The center has more agents than callers, so that nothing waits unless the test wants it to.
 * Counts are compared by z-scores with the exact variance, |z| <= 4 on fixed seeds; what is not
 * random is compared to the microsecond.
 */
#ifndef TESTS_CLOSED_FORMS_H
#define TESTS_CLOSED_FORMS_H

#include "../sim_help.h"

/* 20,000 customers, two issues a year each, decided on the phone in 5 minutes. */
static const char *const SIMPLE =
    "{'name': 'simple', 'run': {'start': '2026-01-05', 'horizon': '8 weeks', 'warmup': '0 s', "
    "'follow_up': '20 weeks', 'replications': 3, 'seed': 2}, "
    "'segments': {'all': {'population': 20000}}, 'channels': {'phone': {}}, "
    "'issue_types': {'refund': {'rate_per_customer_year': 2, 'needs': 'decision', 'amount': 50, "
    "'talk': '5 min'}}, "
    "'teams': {'front': {'agents': 10000, 'wage_per_h': 30}, "
    "'senior': {'agents': 10000, 'tier': 2, 'wage_per_h': 60}}, "
    "'policies': {'p': {'kind': 'none'}}}";

static const char *const PASSES_ON =
    "{'kind': 'empowered_first_contact', 'authority_limits': [0, 1000], 'discretion': [1], "
    "'transfer': 'cold'}";

/* Refuses everybody at once unless changed. */
static const char *const STUBBORN =
    "{'kind': 'escalate_late', 'authority_limits': [1000], 'discretion': [0], "
    "'trigger_contacts': 1000, 'trigger_anger': 1000, 'promise_share': 0, "
    "'supervisor_granted': 0}";

static inline cJSON *simple(void)
{
    cJSON *doc = document_of(SIMPLE);
    put(doc, "/behavior", "{}");
    put(doc, "/promises", "{}");
    return doc;
}

static inline cJSON *stubborn(void)
{
    cJSON *doc = simple();
    put(doc, "/policies/p", STUBBORN);
    return doc;
}

/* Numerator and denominator of a metric, added up over replications. */
static inline double num(const struct run *run, const char *metric)
{
    return total_of(run->res, run->res->num, 0, metric);
}

static inline double den(const struct run *run, const char *metric)
{
    return total_of(run->res, run->res->den, 0, metric);
}

static inline double slice_sum(const struct run *run, const char *metric, enum ccs_slice_kind kind,
                               const char *name)
{
    int row = ccs_results_row(run->res, metric, kind, name);
    ck_assert_int_ge(row, 0);
    double sum = 0;
    for (size_t r = 0; r < run->res->replications; r++) {
        sum += run->res->num[(size_t)row * run->res->replications + r];
    }
    return sum;
}

static inline double cause_hours(const struct run *run, const char *cause)
{
    return slice_sum(run, "handle_hours_by_cause", CCS_SLICE_CAUSE, cause);
}

#define ck_assert_z(what, got, want, sd)                                                           \
    do {                                                                                           \
        double z_ = ((got) - (want)) / (sd);                                                       \
        ck_assert_msg(fabs(z_) <= 4, "%s: %.10g instead of %.10g, z = %.2f", what, (double)(got),  \
                      (double)(want), z_);                                                         \
    } while (0)

/* k of n with probability p. */
static inline void assert_share(const char *what, double k, double n, double p)
{
    ck_assert_double_gt(n, 100);
    ck_assert_z(what, k, n * p, sqrt(n * p * (1 - p)));
}

/* What became of the anonymous callers, who stand behind the segments. */
static inline const struct ccs_cohort *anonymous(const struct lone_world *lone)
{
    const struct ccs_model *model = lone->w->model;
    return &(
        (const struct ccs_cohort *)lone->w->measure.cohort.data)[model->segment_n * model->type_n];
}

/* One hour of calls, then nothing: all of it lies in the window. */
static inline cJSON *one_hour(const char *policy)
{
    cJSON *doc = simple();
    put(doc, "/issue_types/refund/rate_per_customer_year", NULL);
    put(doc, "/issue_types/refund/volume",
        "{'per_interval': {'interval': '1 h', 'values': [300]}}");
    put(doc, "/policies/p", policy);
    return doc;
}

#endif
