/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results as JSON: the contract for programs. Times in seconds, money in the scenario's currency,
 * shares as fractions. Metrics are always there; where one is not defined its mean is null and
 * `reason` says why.
 */
#include "base/json_out.h"
#include "base/units.h"
#include "experiment/expect.h"
#include "experiment/two_by_two.h"
#include "format/field/duration.h"
#include "policy/policy.h"
#include "report/report.h"

#include <ccsim/version.h>
#include <math.h>
#include <string.h>

struct writer {
    const struct ccs_results *res;
    struct ccs_json_out *out;
};

static void put_ci95(struct ccs_json_out *out, const struct ccs_estimate *e)
{
    ccs_json_out_key(out, "ci95");
    if (!ccs_estimate_has_interval(e)) {
        ccs_json_out_null(out);
        return;
    }
    ccs_json_out_begin_array(out);
    ccs_json_out_double(out, e->lo);
    ccs_json_out_double(out, e->hi); /* no upper bound: null */
    ccs_json_out_end_array(out);
}

static void put_caution(struct ccs_json_out *out, const struct ccs_estimate *e)
{
    if (e->kind == CCS_ESTIMATE_RARE) {
        ccs_json_out_put_bool(out, "rare", true);
    }
    if (e->reason != NULL) {
        ccs_json_out_put_string(out, "reason", e->reason);
    }
}

static const char *kind_name(enum ccs_metric_kind kind)
{
    return kind == CCS_METRIC_MEAN ? "mean" : kind == CCS_METRIC_RATIO ? "ratio" : "quantile";
}

/* The members of an estimate, into an object that is open. */
static void put_estimate(struct ccs_json_out *out, const struct ccs_estimate *e,
                         const struct ccs_metric *metric)
{
    ccs_json_out_put_double(out, "mean", e->mean);
    ccs_json_out_put_double(out, "sd", e->sd);
    ccs_json_out_put_int(out, "n", e->n);
    put_ci95(out, e);
    ccs_json_out_put_string(out, "unit", metric->unit);
    ccs_json_out_put_string(out, "kind", kind_name(metric->kind));
    ccs_json_out_put_string(out, "scope", metric->scope == CCS_SCOPE_WINDOW ? "window" : "cohort");
    put_caution(out, e);
}

static void put_metric(const struct writer *w, size_t p, size_t row)
{
    const struct ccs_metric *metric = w->res->rows[row].metric;
    ccs_json_out_key(w->out, metric->name);
    ccs_json_out_begin_object(w->out);
    put_estimate(w->out, &w->res->estimates[p * w->res->row_n + row], metric);
    ccs_json_out_end_object(w->out);
}

/* The first row of the slice from `row` on; row_n if there is none. */
static size_t next_row(const struct ccs_results *res, enum ccs_slice_kind kind, size_t row)
{
    while (row < res->row_n && res->rows[row].slice != kind) {
        row++;
    }
    return row;
}

/* "team": {NAME: {METRIC: {...}}}. Rows of one name stand together. */
static void put_slice(const struct writer *w, size_t p, enum ccs_slice_kind kind)
{
    const struct ccs_results *res = w->res;
    size_t row = next_row(res, kind, 0);
    if (row == res->row_n) {
        return;
    }
    ccs_json_out_key(w->out, ccs_slice_kind_name(kind));
    ccs_json_out_begin_object(w->out);
    while (row < res->row_n) {
        size_t index = res->rows[row].index;
        ccs_json_out_key(w->out, res->rows[row].name);
        ccs_json_out_begin_object(w->out);
        for (; row < res->row_n && res->rows[row].index == index;
             row = next_row(res, kind, row + 1)) {
            put_metric(w, p, row);
        }
        ccs_json_out_end_object(w->out);
    }
    ccs_json_out_end_object(w->out);
}

/* METRIC: [{"period": ..., "mean": ...}, ...] */
static void put_series(const struct writer *w, size_t p)
{
    const struct ccs_results *res = w->res;
    for (size_t m = 0; m < ccs_metric_n; m++) {
        bool is_open = false;
        if (!(ccs_metrics[m].slices & 1U << CCS_SLICE_PERIOD)) {
            continue;
        }
        for (size_t row = next_row(res, CCS_SLICE_PERIOD, 0); row < res->row_n;
             row = next_row(res, CCS_SLICE_PERIOD, row + 1)) {
            if (res->rows[row].metric != &ccs_metrics[m]) {
                continue;
            }
            if (!is_open) {
                ccs_json_out_key(w->out, ccs_metrics[m].name);
                ccs_json_out_begin_array(w->out);
                is_open = true;
            }
            ccs_json_out_begin_object(w->out);
            ccs_json_out_put_string(w->out, "period", res->rows[row].name);
            put_estimate(w->out, &res->estimates[p * res->row_n + row], res->rows[row].metric);
            ccs_json_out_end_object(w->out);
        }
        if (is_open) {
            ccs_json_out_end_array(w->out);
        }
    }
}

static void put_policy(const struct writer *w, size_t p)
{
    struct ccs_json_out *out = w->out;
    ccs_json_out_key(out, ccs_results_policy(w->res, p));
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "kind",
                            w->res->scenario->policies[w->res->policies[p]].model.policy->kind);
    ccs_json_out_key(out, "metrics");
    ccs_json_out_begin_object(out);
    for (size_t row = next_row(w->res, CCS_SLICE_ALL, 0); row < w->res->row_n;
         row = next_row(w->res, CCS_SLICE_ALL, row + 1)) {
        put_metric(w, p, row);
    }
    ccs_json_out_end_object(out);
    ccs_json_out_key(out, "by");
    ccs_json_out_begin_object(out);
    for (int kind = CCS_SLICE_TEAM; kind < CCS_SLICE_PERIOD; kind++) {
        put_slice(w, p, (enum ccs_slice_kind)kind);
    }
    ccs_json_out_end_object(out);
    ccs_json_out_key(out, "series");
    ccs_json_out_begin_object(out);
    put_series(w, p);
    ccs_json_out_end_object(out);
    ccs_json_out_put_double(out, "utilisation", w->res->utilisation[p]);
    ccs_json_out_put_double(out, "backlog_per_day", w->res->backlog_per_day[p]);
    ccs_json_out_put_hash(out, "signature", w->res->signatures[p]);
    ccs_json_out_end_object(out);
}

static void put_curve(struct ccs_json_out *out, const char *key, const struct ccs_breakeven *b)
{
    ccs_json_out_key(out, key);
    ccs_json_out_begin_object(out);
    ccs_json_out_put_int(out, "weeks", (int64_t)b->weeks);
    ccs_json_out_key(out, "week");
    if (b->week < b->weeks) {
        ccs_json_out_int(out, (int64_t)b->week);
    } else {
        ccs_json_out_null(out); /* not within the horizon */
    }
    ccs_json_out_key(out, "ci95");
    if (b->has_interval) {
        ccs_json_out_begin_array(out);
        ccs_json_out_double(out, b->lo < b->weeks ? (double)b->lo : INFINITY);
        ccs_json_out_double(out, b->hi < b->weeks ? (double)b->hi : INFINITY);
        ccs_json_out_end_array(out);
    } else {
        ccs_json_out_null(out);
    }
    ccs_json_out_put_double(out, "established",
                            b->has_interval && b->established < b->weeks ? (double)b->established
                                                                         : NAN);
    ccs_json_out_put_double(out, "within_horizon", b->within_frac);
    ccs_json_out_end_object(out);
}

static void put_difference(const struct writer *w, const struct ccs_comparison *cmp,
                           const char *key, size_t row)
{
    struct ccs_json_out *out = w->out;
    const struct ccs_paired *pair = &cmp->rows[row];
    ccs_json_out_key(out, key);
    ccs_json_out_begin_object(out);
    ccs_json_out_put_double(out, "diff", pair->diff.mean);
    ccs_json_out_put_double(out, "sd", pair->diff.sd);
    ccs_json_out_put_int(out, "n", pair->diff.n);
    put_ci95(out, &pair->diff);
    ccs_json_out_put_double(out, "p", pair->p);
    ccs_json_out_put_double(out, "p_adjusted", cmp->p_adjusted[row]);
    ccs_json_out_put_double(out, "variance_reduction", pair->variance_reduction);
    ccs_json_out_put_string(out, "unit", w->res->rows[row].metric->unit);
    put_caution(out, &pair->diff);
    ccs_json_out_end_object(out);
}

static void put_comparison(const struct writer *w, const struct ccs_comparison *cmp)
{
    struct ccs_json_out *out = w->out;
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "a", ccs_results_policy(w->res, cmp->a));
    ccs_json_out_put_string(out, "b", ccs_results_policy(w->res, cmp->b));
    ccs_json_out_key(out, "metrics");
    ccs_json_out_begin_object(out);
    for (size_t row = next_row(w->res, CCS_SLICE_ALL, 0); row < w->res->row_n;
         row = next_row(w->res, CCS_SLICE_ALL, row + 1)) {
        put_difference(w, cmp, w->res->rows[row].metric->name, row);
    }
    ccs_json_out_end_object(out);
    /* lines of net value: their differences add up to that of net_value_total */
    ccs_json_out_key(out, "waterfall");
    ccs_json_out_begin_object(out);
    for (size_t row = next_row(w->res, CCS_SLICE_LINE, 0); row < w->res->row_n;
         row = next_row(w->res, CCS_SLICE_LINE, row + 1)) {
        put_difference(w, cmp, w->res->rows[row].name, row);
    }
    ccs_json_out_end_object(out);
    ccs_json_out_key(out, "breakeven");
    if (cmp->has_breakeven) {
        ccs_json_out_begin_object(out);
        put_curve(out, "cash", &cmp->cash);
        put_curve(out, "value", &cmp->value);
        ccs_json_out_end_object(out);
    } else {
        ccs_json_out_null(out);
    }
    ccs_json_out_end_object(out);
}

static void put_build(struct ccs_json_out *out)
{
    const char *commit = ccs_build_commit();
    ccs_json_out_key(out, "build");
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "commit", commit[0] == '\0' ? NULL : commit);
    ccs_json_out_put_string(out, "digest", ccs_build_digest());
    ccs_json_out_end_object(out);
}

static void put_meta(const struct writer *w, const char *command)
{
    struct ccs_json_out *out = w->out;
    ccs_json_out_key(out, "meta");
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "ccsim", CCS_VERSION);
    put_build(out);
    ccs_json_out_put_string(out, "command", command);
    ccs_json_out_put_bool(out, "partial", w->res->is_partial);
    if (ccs_results_told(w->res) < w->res->comparison_n) {
        ccs_json_out_put_int(out, "comparisons_left_out",
                             (int64_t)(w->res->comparison_n - ccs_results_told(w->res)));
    }
    ccs_json_out_end_object(out);
}

static void put_target(const struct writer *w, const struct ccs_target *t)
{
    struct ccs_json_out *out = w->out;
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "target", t->label);
    ccs_json_out_put_string(out, "metric", w->res->rows[t->row].metric->name);
    ccs_json_out_put_string(out, "policy", ccs_results_policy(w->res, t->a));
    ccs_json_out_put_string(out, "versus",
                            t->b < w->res->policy_n ? ccs_results_policy(w->res, t->b) : NULL);
    ccs_json_out_put_bool(out, "reached", t->is_reached);
    ccs_json_out_put_double(out, "half_width", t->half_width);
    ccs_json_out_put_double(out, "asked", t->asked);
    ccs_json_out_put_double(out, "replications_needed", t->needed);
    ccs_json_out_end_object(out);
}

/* Only if a precision was asked for. */
static void put_precision(const struct writer *w)
{
    const struct ccs_results *res = w->res;
    struct ccs_json_out *out = w->out;
    if (res->target_n == 0) {
        return;
    }
    ccs_json_out_key(out, "precision");
    ccs_json_out_begin_object(out);
    ccs_json_out_put_int(out, "replications_first", (int64_t)res->replications_first);
    ccs_json_out_put_int(out, "replications_max", (int64_t)res->replications_max);
    ccs_json_out_put_string(out, "decided_by",
                            res->decided_by < 0 ? NULL : res->targets[res->decided_by].label);
    ccs_json_out_key(out, "targets");
    ccs_json_out_begin_array(out);
    for (size_t i = 0; i < res->target_n; i++) {
        put_target(w, &res->targets[i]);
    }
    ccs_json_out_end_array(out);
    ccs_json_out_end_object(out);
}

static void put_scenario(const struct writer *w)
{
    const struct ccs_results *res = w->res;
    const struct ccs_scenario *sc = res->scenario;
    struct ccs_json_out *out = w->out;
    char date[CCS_DATE_TEXT];
    ccs_json_out_key(out, "scenario");
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "name", sc->name);
    ccs_json_out_put_string(out, "description", sc->description);
    ccs_json_out_put_hash(out, "hash", sc->hash);
    ccs_json_out_put_int(out, "seed", (int64_t)res->seed);
    ccs_json_out_put_int(out, "replications", (int64_t)res->replications);
    ccs_json_out_put_int(out, "replications_asked", (int64_t)res->replications_asked);
    ccs_json_out_put_double(out, "volume_factor", res->volume_factor);
    ccs_json_out_put_double(out, "volume_fit", res->volume_fit);
    ccs_json_out_key(out, "long_run");
    ccs_json_out_bool(out, res->is_long_run);
    ccs_json_out_put_string(out, "currency", sc->currency);
    ccs_json_out_put_string(out, "start", ccs_date_text(date, sc->run.start_day));
    ccs_json_out_put_double(out, "horizon_s", ccs_time_to_s(sc->run.horizon));
    ccs_json_out_put_double(out, "warmup_s", ccs_time_to_s(res->warmup));
    if (res->warmup_finding != NULL) {
        ccs_json_out_put_string(out, "warmup_finding", res->warmup_finding);
    }
    ccs_json_out_put_string(out, "baseline", sc->policies[sc->baseline].name);
    ccs_json_out_key(out, "primary");
    ccs_json_out_string(out, res->primary < 0 ? NULL : res->rows[res->primary].metric->name);
    put_precision(w);
    ccs_json_out_end_object(out);
}

static void put_balance(const struct writer *w)
{
    struct ccs_json_out *out = w->out;
    ccs_json_out_key(out, "balance");
    ccs_json_out_begin_object(out);
    for (size_t p = 0; p < w->res->policy_n; p++) {
        const struct ccs_balance *b = &w->res->balance[p];
        ccs_json_out_key(out, ccs_results_policy(w->res, p));
        ccs_json_out_begin_object(out);
        ccs_json_out_put_bool(out, "ok", b->is_ok);
        ccs_json_out_put_int(out, "runs", b->runs);
        ccs_json_out_put_double(out, "ledger", b->ledger);
        ccs_json_out_put_double(out, "labor", b->labor);
        ccs_json_out_put_double(out, "net_value_identity", b->net_value);
        ccs_json_out_put_double(out, "little", b->little);
        ccs_json_out_put_int(out, "customers_lost", b->customers_lost);
        ccs_json_out_put_int(out, "issues_lost", b->issues_lost);
        ccs_json_out_put_int(out, "contacts_lost", b->contacts_lost);
        ccs_json_out_end_object(out);
    }
    ccs_json_out_end_object(out);
}

static void put_warnings(const struct writer *w)
{
    struct ccs_json_out *out = w->out;
    ccs_json_out_key(out, "warnings");
    ccs_json_out_begin_array(out);
    for (size_t i = 0; i < w->res->warning_n; i++) {
        ccs_json_out_begin_object(out);
        ccs_json_out_put_string(out, "code", w->res->warnings[i].code);
        ccs_json_out_put_string(out, "text", w->res->warnings[i].text);
        ccs_json_out_end_object(out);
    }
    ccs_json_out_end_array(out);
}

/* The difference of a row of a comparison, or null. */
static void put_side_difference(const struct writer *w, const struct ccs_comparison *cmp,
                                const char *key, int row)
{
    struct ccs_json_out *out = w->out;
    ccs_json_out_key(out, key);
    if (row < 0) {
        ccs_json_out_null(out);
        return;
    }
    const struct ccs_estimate *d = &cmp->rows[row].diff;
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "metric", w->res->rows[row].metric->name);
    ccs_json_out_put_double(out, "diff", d->mean);
    put_ci95(out, d);
    ccs_json_out_put_string(out, "unit", w->res->rows[row].metric->unit);
    ccs_json_out_end_object(out);
}

/* What the sentence is made from. */
static void put_verdict_parts(const struct writer *w, const struct ccs_verdict *v)
{
    static const char *const bases[] = {
        [CCS_BASIS_PRIMARY] = "primary",
        [CCS_BASIS_TARGETS] = "targets",
        [CCS_BASIS_SERVICE] = "service",
    };
    struct ccs_json_out *out = w->out;
    const struct ccs_comparison *cmp = &w->res->comparisons[v->comparison];
    ccs_json_out_put_string(out, "basis", bases[v->basis]);
    put_side_difference(w, cmp, "decides", v->row);
    ccs_json_out_put_double(out, "p", v->p);
    ccs_json_out_put_double(out, "total", v->total);
    put_side_difference(w, cmp, "per_customer_year", v->year_row);
    ccs_json_out_put_string(out, "labor", v->is_staffed ? "staffed" : "workload");
    put_side_difference(w, cmp, "other_labor", v->other_row);
    ccs_json_out_put_bool(out, "labor_views_disagree", v->views_disagree);
    put_side_difference(w, cmp, "debts_settled", v->settled_row);
    ccs_json_out_put_bool(out, "wins_by_owing", v->wins_by_owing);
    ccs_json_out_put_bool(out, "rests_on_claimants", v->rests_on_claimants);
    ccs_json_out_key(out, "lines");
    ccs_json_out_begin_object(out);
    for (size_t i = 0; i < v->line_n; i++) {
        ccs_json_out_put_double(out, w->res->rows[v->lines[i]].name,
                                cmp->rows[v->lines[i]].diff.mean * v->line_factor);
    }
    ccs_json_out_end_object(out);
    ccs_json_out_put_double(out, "open_a", v->open_a);
    ccs_json_out_put_double(out, "open_b", v->open_b);
    ccs_json_out_put_bool(out, "staff_differs", v->staff_differs);
    ccs_json_out_put_string(
        out, "loses_more_callers",
        v->loses == 0 ? NULL : ccs_results_policy(w->res, v->loses > 0 ? cmp->a : cmp->b));
}

/* Only with run.targets. */
static void put_targets(const struct writer *w)
{
    static const char *const kinds[] = {
        [CCS_STANDING_MEETS] = "meets",
        [CCS_STANDING_MISSES] = "misses",
        [CCS_STANDING_UNDECIDED] = "undecided",
    };
    const struct ccs_results *res = w->res;
    struct ccs_json_out *out = w->out;
    if (res->standings == NULL) {
        return;
    }
    ccs_json_out_key(out, "targets");
    ccs_json_out_begin_object(out);
    ccs_json_out_key(out, "policies");
    ccs_json_out_begin_object(out);
    for (size_t p = 0; p < res->policy_n; p++) {
        const struct ccs_standing *st = &res->standings[p];
        ccs_json_out_key(out, ccs_results_policy(res, p));
        ccs_json_out_begin_object(out);
        ccs_json_out_put_string(out, "standing", kinds[st->kind]);
        ccs_json_out_put_string(out, "target", st->target == NULL ? NULL : st->target->text);
        ccs_json_out_put_double(out, "mean", st->mean);
        ccs_json_out_end_object(out);
    }
    ccs_json_out_end_object(out);
    ccs_json_out_put_string(out, "chosen",
                            res->chosen < 0 ? NULL : ccs_results_policy(res, (size_t)res->chosen));
    ccs_json_out_put_string(out, "sentence", res->choice);
    ccs_json_out_end_object(out);
}

/* Only with the section of that name. */
static void put_two_by_two(const struct writer *w)
{
    static const char *const corners[] = {"neither", "policy", "quality", "both"};
    const struct ccs_two_by_two *square = w->res->two_by_two;
    struct ccs_json_out *out = w->out;
    if (square == NULL) {
        return;
    }
    const struct ccs_metric *metric = w->res->rows[square->row].metric;
    ccs_json_out_key(out, "two_by_two");
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "metric", metric->name);
    ccs_json_out_key(out, "policies");
    ccs_json_out_begin_object(out);
    for (int c = 0; c < 4; c++) {
        ccs_json_out_put_string(out, corners[c], ccs_results_policy(w->res, square->policy[c]));
    }
    ccs_json_out_end_object(out);
    ccs_json_out_key(out, "effects");
    ccs_json_out_begin_object(out);
    for (int e = 0; e < CCS_EFFECT_COUNT; e++) {
        ccs_json_out_key(out, ccs_effect_name((enum ccs_effect)e));
        ccs_json_out_begin_object(out);
        put_estimate(out, &square->effect[e], metric);
        ccs_json_out_end_object(out);
    }
    ccs_json_out_end_object(out);
    ccs_json_out_end_object(out);
}

static void put_verdicts(const struct writer *w)
{
    static const char *const kinds[] = {
        [CCS_VERDICT_A] = "a",
        [CCS_VERDICT_B] = "b",
        [CCS_VERDICT_UNDECIDED] = "undecided",
        [CCS_VERDICT_SAME] = "same",
        [CCS_VERDICT_INDIFFERENT] = "indifferent",
        [CCS_VERDICT_TRADE_OFF] = "trade-off",
        [CCS_VERDICT_NEITHER] = "neither",
        [CCS_VERDICT_NONE] = "none",
    };
    struct ccs_json_out *out = w->out;
    ccs_json_out_key(out, "verdict");
    ccs_json_out_begin_array(out);
    for (size_t i = 0; i < w->res->verdict_n; i++) {
        const struct ccs_verdict *v = &w->res->verdicts[i];
        const struct ccs_comparison *cmp = &w->res->comparisons[v->comparison];
        ccs_json_out_begin_object(out);
        ccs_json_out_put_string(out, "a", ccs_results_policy(w->res, cmp->a));
        ccs_json_out_put_string(out, "b", ccs_results_policy(w->res, cmp->b));
        ccs_json_out_put_string(out, "kind", kinds[v->kind]);
        ccs_json_out_put_string(out, "sentence", v->sentence);
        put_verdict_parts(w, v);
        ccs_json_out_end_object(out);
    }
    ccs_json_out_end_array(out);
}

static void put_results(const struct writer *w, const char *command)
{
    struct ccs_json_out *out = w->out;
    ccs_json_out_begin_object(out);
    put_meta(w, command);
    put_scenario(w);
    ccs_json_out_key(out, "policies");
    ccs_json_out_begin_object(out);
    for (size_t p = 0; p < w->res->policy_n; p++) {
        put_policy(w, p);
    }
    ccs_json_out_end_object(out);
    ccs_json_out_key(out, "comparisons");
    ccs_json_out_begin_array(out);
    for (size_t i = 0; i < ccs_results_told(w->res); i++) {
        put_comparison(w, &w->res->comparisons[i]);
    }
    ccs_json_out_end_array(out);
    put_balance(w);
    ccs_json_out_put_hash(out, "signature", w->res->signature);
    put_warnings(w);
    put_two_by_two(w);
    put_targets(w);
    put_verdicts(w);
    ccs_json_out_end_object(out);
}

ccs_status ccs_report_json(const struct ccs_results *results, const char *command,
                           struct ccs_report *report)
{
    struct ccs_json_out out;
    struct writer w = {results, &out};
    *report = (struct ccs_report){0};
    ccs_json_out_init(&out);
    put_results(&w, command);
    ccs_status status = ccs_json_out_finish(&out);
    if (status != CCS_OK) {
        ccs_json_out_fini(&out);
        return status;
    }
    *report = (struct ccs_report){out.text, out.len}; /* the text changes hands: no fini */
    return CCS_OK;
}
