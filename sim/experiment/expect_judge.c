/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judging expectations: see expect.h. */
#include "experiment/expect.h"

#include "base/arena.h"
#include "stats/holm.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define LEVEL 0.05
#define OUTSIDE_BOUND 0.025 /* one side of an exact 95 % interval */
#define EVENTS_MAX 1000     /* of a bound there are fewer */

const char *ccs_expect_outcome_name(enum ccs_expect_outcome outcome)
{
    static const char *const names[] = {"holds", "fails", "undecided", "not run"};
    return names[outcome];
}

static size_t position(const struct ccs_results *res, int policy)
{
    size_t p = 0;
    while (p < res->policy_n && res->policies[p] != (size_t)policy) {
        p++;
    }
    return p;
}

/* The paired difference a - b of one row: as compared with the baseline, or made here. */
static struct ccs_estimate difference(const struct ccs_results *res, size_t a, size_t b, size_t row)
{
    for (size_t i = 0; i < res->comparison_n; i++) {
        const struct ccs_comparison *cmp = &res->comparisons[i];
        if (cmp->a == a && cmp->b == b) {
            return cmp->rows[row].diff;
        }
        if (cmp->a == b && cmp->b == a) {
            struct ccs_estimate e = cmp->rows[row].diff;
            double lo = e.lo;
            e.mean = -e.mean;
            e.lo = -e.hi;
            e.hi = -lo;
            return e;
        }
    }
    const size_t n = res->replications;
    const size_t x = (a * res->row_n + row) * n;
    const size_t y = (b * res->row_n + row) * n;
    struct ccs_sums first = {.num = &res->num[x], .den = &res->den[x]};
    struct ccs_sums second = {.num = &res->num[y], .den = &res->den[y]};
    return ccs_ratio_paired(&first, &second, n).diff;
}

static bool is_below(enum ccs_expect_op op)
{
    return op == CCS_EXPECT_LESS || op == CCS_EXPECT_LESS_EQUAL;
}

static bool satisfies(const struct ccs_expectation *e, double value)
{
    switch (e->op) {
    case CCS_EXPECT_LESS:
        return value < e->value;
    case CCS_EXPECT_LESS_EQUAL:
        return value <= e->value;
    case CCS_EXPECT_GREATER:
        return value > e->value;
    case CCS_EXPECT_GREATER_EQUAL:
        break;
    }
    return value >= e->value;
}

/* p of "the truth is at least this value", which is above the bound of a few events: the chance of
 * so few at that rate. Their number k and the exposure follow from bound and mean, whose ratio
 * falls with k (stats/rare.h). A difference has no such number. */
static double below_bound(const struct ccs_expect_test *t)
{
    const struct ccs_estimate *e = &t->estimate;
    double value = t->expectation->value;
    if (!t->policy || !(e->mean >= 0)) {
        return OUTSIDE_BOUND;
    }
    if (e->mean == 0) {
        return exp(log(OUTSIDE_BOUND) * value / e->hi);
    }
    unsigned k = 1;
    while (k < EVENTS_MAX &&
           gsl_cdf_chisq_Qinv(OUTSIDE_BOUND, 2.0 * k + 2) / 2 > e->hi / e->mean * k * (1 + 1e-9)) {
        k++;
    }
    return fmin(OUTSIDE_BOUND, gsl_cdf_poisson_P(k, value * k / e->mean));
}

/* One-sided p-values of "does not hold" and of "holds"; NAN where there is no test. */
static void test(const struct ccs_expect_test *t, double *p_holds, double *p_fails)
{
    const struct ccs_estimate *e = &t->estimate;
    *p_holds = *p_fails = NAN;
    if (isnan(e->mean) || !ccs_estimate_has_interval(e)) {
        return;
    }
    double below, above; /* of "the truth is above / below the value" */
    if (e->kind == CCS_ESTIMATE_RARE) {
        below = e->hi < t->expectation->value ? below_bound(t) : 1.0;
        above = e->lo > t->expectation->value ? OUTSIDE_BOUND : 1.0;
    } else if (e->hi > e->lo) {
        double z = (e->mean - t->expectation->value) / e->se;
        below = gsl_cdf_tdist_P(z, e->df);
        above = gsl_cdf_tdist_Q(z, e->df);
    } else { /* no noise */
        *p_holds = satisfies(t->expectation, e->mean) ? 0.0 : 1.0;
        *p_fails = 1.0 - *p_holds;
        return;
    }
    *p_holds = is_below(t->expectation->op) ? below : above;
    *p_fails = is_below(t->expectation->op) ? above : below;
}

/* Adds the tests of one expectation. */
static void expand(const struct ccs_results *res, const struct ccs_expectation *e,
                   struct ccs_expect_report *report)
{
    size_t row = (size_t)ccs_results_row(res, e->metric->name, e->slice, e->name);
    size_t from = e->policy < 0 ? 0 : position(res, e->policy);
    size_t to = e->policy < 0 ? res->policy_n : from + 1;
    size_t versus = e->versus < 0 ? 0 : position(res, e->versus);
    for (size_t p = from; p < to; p++) {
        struct ccs_expect_test *t = &report->tests[report->n++];
        *t = (struct ccs_expect_test){.expectation = e, .p = NAN};
        if (p >= res->policy_n || versus >= res->policy_n) {
            t->outcome = CCS_EXPECT_NOT_RUN;
            t->estimate = ccs_estimate_undefined(0, "the policy was not run");
        } else if (e->versus >= 0) {
            t->outcome = CCS_EXPECT_UNDECIDED;
            t->estimate = difference(res, p, versus, row);
        } else {
            t->outcome = CCS_EXPECT_UNDECIDED;
            t->policy = ccs_results_policy(res, p);
            t->estimate = res->estimates[p * res->row_n + row];
        }
    }
}

ccs_status ccs_expectations_judge(const struct ccs_results *res,
                                  const struct ccs_expectations *list, bool is_lenient,
                                  struct ccs_arena *arena, struct ccs_expect_report *report)
{
    size_t most = list->n * (res->policy_n + 1) + 1;
    *report =
        (struct ccs_expect_report){.tests = ccs_arena_calloc(arena, most, sizeof *report->tests)};
    double *p = ccs_arena_calloc(arena, 4 * most, sizeof *p);
    if (!report->tests || !p) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < list->n; i++) {
        expand(res, &list->v[i], report);
    }
    double *fails = p + most, *holds_adjusted = p + 2 * most, *fails_adjusted = p + 3 * most;
    for (size_t i = 0; i < report->n; i++) {
        test(&report->tests[i], &p[i], &fails[i]);
    }
    ccs_holm_adjust(p, holds_adjusted, report->n);
    ccs_holm_adjust(fails, fails_adjusted, report->n);
    for (size_t i = 0; i < report->n; i++) {
        struct ccs_expect_test *t = &report->tests[i];
        if (holds_adjusted[i] <= LEVEL) {
            t->outcome = CCS_EXPECT_HOLDS;
            t->p = holds_adjusted[i];
        } else if (fails_adjusted[i] <= LEVEL) {
            t->outcome = CCS_EXPECT_FAILS;
            t->p = fails_adjusted[i];
        }
        report->count[t->outcome]++;
    }
    report->is_ok = report->count[CCS_EXPECT_FAILS] == 0 &&
                    (report->count[CCS_EXPECT_UNDECIDED] == 0 || is_lenient);
    return CCS_OK;
}
