/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The verdict: one sentence per comparison, decided by the primary metric alone. "Undecided" is a
 * verdict. As long as inputs are taken as exact, every sentence says so; and where long-run states
 * are compared, that too.
 */
#include "experiment/assemble.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What every sentence rests on. */
static const char *caveat_of(const struct ccs_results *res)
{
    return res->is_long_run ? "long-run states, each under a past of its own; simulation error "
                              "only, inputs taken as exact"
                            : "simulation error only, inputs taken as exact";
}

/* "0.123 USD", "4.5 %", "12.3 s". */
static void amount(char *text, size_t size, const struct ccs_metric *metric, const char *currency,
                   double x)
{
    if (strcmp(metric->unit, "currency") == 0) {
        snprintf(text, size, "%.2f %s", x, currency);
    } else if (strcmp(metric->unit, "share") == 0) {
        snprintf(text, size, "%.2f percentage points", 100 * x);
    } else {
        snprintf(text, size, "%.4g %s", x, metric->unit);
    }
}

void ccs_verdict_decide(const struct ccs_results *res, size_t comparison,
                        struct ccs_verdict *verdict)
{
    const struct ccs_comparison *cmp = &res->comparisons[comparison];
    const char *a = ccs_results_policy(res, cmp->a);
    const char *b = ccs_results_policy(res, cmp->b);
    *verdict = (struct ccs_verdict){.comparison = comparison, .kind = CCS_VERDICT_NONE};
    if (res->primary < 0) {
        return;
    }
    const struct ccs_metric *metric = res->rows[res->primary].metric;
    const struct ccs_estimate *d = &cmp->rows[res->primary].diff;
    if (!ccs_estimate_is_defined(d) || !ccs_estimate_has_interval(d)) {
        snprintf(verdict->sentence, sizeof verdict->sentence,
                 "No verdict on %s against %s: %s has no interval (%s).", a, b, metric->name,
                 d->reason ? d->reason : "too few replications");
        return;
    }
    if (d->mean == 0 && d->lo == 0 && d->hi == 0) {
        verdict->kind = CCS_VERDICT_SAME;
        snprintf(verdict->sentence, sizeof verdict->sentence,
                 "%s and %s do not differ in %s in any replication.", a, b, metric->name);
        return;
    }
    char size_text[80];
    char lo[80];
    char hi[80];
    amount(size_text, sizeof size_text, metric, res->scenario->currency, fabs(d->mean));
    bool decided = d->lo > 0 || d->hi < 0;
    if (!decided) {
        verdict->kind = CCS_VERDICT_UNDECIDED;
        amount(lo, sizeof lo, metric, res->scenario->currency, d->lo);
        amount(hi, sizeof hi, metric, res->scenario->currency, d->hi);
        snprintf(verdict->sentence, sizeof verdict->sentence,
                 "Undecided: in %s, %s differs from %s by between %s and %s (95 %%; %s).",
                 metric->name, a, b, lo, hi, caveat_of(res));
        return;
    }
    /* a metric without a good direction is reported as higher or lower only */
    double sign = metric->better ? metric->better * d->mean : d->mean;
    verdict->kind = sign > 0 ? CCS_VERDICT_A : CCS_VERDICT_B;
    double near = fmin(fabs(d->lo), fabs(d->hi));
    double far = fmax(fabs(d->lo), fabs(d->hi));
    amount(lo, sizeof lo, metric, res->scenario->currency, near);
    amount(hi, sizeof hi, metric, res->scenario->currency, far);
    snprintf(verdict->sentence, sizeof verdict->sentence,
             "%s %s %s: %s is %s by %s (95 %%: %s to %s; %s).", sign > 0 ? a : b,
             metric->better ? "beats" : "has more than", sign > 0 ? b : a, metric->name,
             d->mean * (sign > 0 ? 1 : -1) > 0 ? "higher" : "lower", size_text, lo, hi,
             caveat_of(res));
}
