/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates, comparisons, warnings: see assemble.h. */
#include "experiment/assemble.h"

#include "base/hash.h"
#include "base/try.h"
#include "base/units.h"
#include "experiment/balance.h"
#include "experiment/rank.h"
#include "experiment/two_by_two.h"
#include "experiment/verdict.h"
#include "random/stream.h"
#include "stats/holm.h"
#include "stats/quantile.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- numbers --- */

static size_t at(const struct ccs_results *res, size_t policy, size_t row)
{
    return (policy * res->row_n + row) * res->replications;
}

static bool is_available(const struct ccs_results *res, size_t policy, size_t row)
{
    return !isnan(res->num[at(res, policy, row)]);
}

static struct ccs_sums sums_of(const struct ccs_results *res, const struct ccs_assembly *from,
                               size_t policy, size_t row)
{
    size_t i = at(res, policy, row);
    const struct ccs_metric *metric = res->rows[row].metric;
    struct ccs_sums sums = {
        .num = &res->num[i],
        .den = metric->kind == CCS_METRIC_MEAN ? NULL : &res->den[i],
        .is_share = metric->is_share,
    };
    if (!isnan(from->events[i])) {
        /* A sum of amounts is made of events, everything else is the count itself: no event at all
         * then still bounds it. */
        bool is_amount = strcmp(metric->unit, "currency") == 0;
        sums.events = is_amount ? &from->events[i] : sums.num;
    }
    return sums;
}

/* The blocks of one policy that hold anything, as the quantile functions want them. */
struct block_list {
    const struct ccs_histogram *ended[CCS_JACKKNIFE_BLOCKS];
    const struct ccs_histogram *censored[CCS_JACKKNIFE_BLOCKS];
    struct ccs_durations durations;
};

static void list_blocks(const struct ccs_assembly *from, const struct ccs_metric *metric,
                        size_t policy, struct block_list *list)
{
    const struct ccs_pool *pool = &from->pools[policy];
    bool is_wait = strcmp(metric->histogram, "wait") == 0;
    for (size_t b = 0; b < from->blocks; b++) {
        list->ended[b] = is_wait ? &pool->waits[b] : &pool->ended[b];
        list->censored[b] = is_wait ? NULL : &pool->censored[b];
    }
    list->durations.ended = list->ended;
    list->durations.censored = is_wait ? NULL : list->censored;
}

struct ccs_estimate ccs_assemble_estimate(const struct ccs_results *res,
                                          const struct ccs_assembly *from, size_t policy,
                                          size_t row)
{
    const struct ccs_metric *metric = res->rows[row].metric;
    if (metric->kind == CCS_METRIC_QUANTILE) {
        struct block_list list;
        list_blocks(from, metric, policy, &list);
        return ccs_quantile_estimate(&list.durations, from->blocks, res->replications,
                                     metric->quantile);
    }
    if (!is_available(res, policy, row)) {
        return ccs_estimate_undefined(res->replications,
                                      "not available: the scenario has no population, or the "
                                      "mechanism it measures is off");
    }
    struct ccs_sums sums = sums_of(res, from, policy, row);
    return ccs_ratio_estimate(&sums, res->replications);
}

struct ccs_paired ccs_assemble_pair(const struct ccs_results *res, const struct ccs_assembly *from,
                                    size_t a, size_t b, size_t row)
{
    const struct ccs_metric *metric = res->rows[row].metric;
    if (metric->kind == CCS_METRIC_QUANTILE) {
        struct block_list x;
        struct block_list y;
        list_blocks(from, metric, a, &x);
        list_blocks(from, metric, b, &y);
        return ccs_quantile_paired(&x.durations, &y.durations, from->blocks, res->replications,
                                   metric->quantile);
    }
    if (!is_available(res, a, row) || !is_available(res, b, row)) {
        return ccs_paired_undefined(res->replications, "not available");
    }
    struct ccs_sums x = sums_of(res, from, a, row);
    struct ccs_sums y = sums_of(res, from, b, row);
    return ccs_ratio_paired(&x, &y, res->replications);
}

/* Rows of slice ALL come first. */
static size_t all_rows(const struct ccs_results *res)
{
    size_t n = 0;
    while (n < res->row_n && res->rows[n].slice == CCS_SLICE_ALL) {
        n++;
    }
    return n;
}

/* Holm over the rows of slice ALL, the primary metric left out: it was chosen beforehand, and is
 * adjusted for the number of comparisons. */
static ccs_status adjust(const struct ccs_results *res, struct ccs_comparison *cmp)
{
    size_t n = all_rows(res);
    double *p = ccs_arena_calloc(res->arena, n, sizeof *p);
    cmp->p_adjusted = ccs_arena_calloc(res->arena, res->row_n, sizeof *cmp->p_adjusted);
    if (!p || !cmp->p_adjusted) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        p[i] = (int)i == res->primary ? NAN : cmp->rows[i].p;
    }
    ccs_holm_adjust(p, cmp->p_adjusted, n);
    for (size_t i = n; i < res->row_n; i++) {
        cmp->p_adjusted[i] = NAN;
    }
    return CCS_OK;
}

/* Holm over the comparisons in which the primary metric is decided: those with the baseline, which
 * come first and are what verdicts are about, as one family; all of them for the others. */
static ccs_status adjust_primary(const struct ccs_results *res)
{
    size_t n = res->comparison_n;
    size_t verdicts = res->policy_n - 1;
    double *p = ccs_arena_calloc(res->arena, 3 * n + 1, sizeof *p);
    if (!p) {
        return CCS_ENOMEM;
    }
    if (res->primary < 0) {
        return CCS_OK;
    }
    double *first = p + n, *all = p + 2 * n;
    for (size_t i = 0; i < n; i++) {
        p[i] = ccs_rank_p(&res->comparisons[i].rows[res->primary]);
    }
    ccs_holm_adjust(p, first, verdicts < n ? verdicts : n);
    ccs_holm_adjust(p, all, n);
    for (size_t i = 0; i < n; i++) {
        res->comparisons[i].p_adjusted[res->primary] = i < verdicts ? first[i] : all[i];
    }
    return CCS_OK;
}

struct resampler {
    struct ccs_stream stream;
    uint32_t block;
};

/* A stream has 2^24 draws; resampling may need more. */
static size_t draw_index(void *context, size_t n)
{
    struct resampler *s = context;
    if ((s->stream.lane & 0xFFFFFF) >= 0xFFFFF0) {
        s->stream = ccs_stream_at(s->stream.key, s->stream.entity, CCS_DRAW_BOOTSTRAP, ++s->block);
    }
    size_t i = (size_t)(ccs_stream_uniform(&s->stream) * (double)n);
    return i < n ? i : n - 1;
}

/* Weeks of the curves: those of the window, and after it as long as anything still moves. */
static size_t weeks_of(const struct ccs_results *res, const struct ccs_assembly *from)
{
    ccs_time horizon = res->scenario->run.horizon;
    size_t weeks = (size_t)((horizon + CCS_US_PER_WEEK - 1) / CCS_US_PER_WEEK);
    for (size_t i = 0; i < res->replications * res->policy_n; i++) {
        const struct ccs_outcome *out = &from->outcomes[i];
        size_t last = from->weeks; /* whose numbers are not those of the week before */
        while (last > weeks && out->cash[last - 1] == out->cash[last - 2] &&
               out->value[last - 1] == out->value[last - 2]) {
            last--;
        }
        weeks = last;
    }
    return weeks;
}

static ccs_status break_even(const struct ccs_results *res, const struct ccs_assembly *from,
                             struct ccs_comparison *cmp)
{
    int row = ccs_results_row(res, "net_value_per_customer", CCS_SLICE_ALL, NULL);
    if (row < 0 || !is_available(res, cmp->a, (size_t)row) || from->weeks < 2) {
        return CCS_OK;
    }
    if (res->is_long_run) {
        return CCS_OK; /* nobody switches: each policy has had its past */
    }
    size_t weeks = weeks_of(res, from);
    double *curve = ccs_arena_calloc(res->arena, res->replications * weeks, sizeof *curve);
    if (!curve) {
        return CCS_ENOMEM;
    }
    ccs_status status = CCS_OK;
    for (int kind = 0; kind < 2 && !status; kind++) {
        for (size_t r = 0; r < res->replications; r++) {
            const struct ccs_outcome *a = &from->outcomes[r * res->policy_n + cmp->a];
            const struct ccs_outcome *b = &from->outcomes[r * res->policy_n + cmp->b];
            for (size_t w = 0; w < weeks; w++) {
                curve[r * weeks + w] =
                    kind == 0 ? a->cash[w] - b->cash[w] : a->value[w] - b->value[w];
            }
        }
        struct resampler s = {
            .stream = ccs_stream_at(ccs_stream_key(res->seed, 0),
                                    ccs_entity_from_name("bootstrap", kind == 0 ? "cash" : "value"),
                                    CCS_DRAW_BOOTSTRAP, 0)};
        status = ccs_breakeven(curve, res->replications, weeks, draw_index, &s,
                               kind == 0 ? &cmp->cash : &cmp->value);
    }
    cmp->has_breakeven = !status;
    return status;
}

/* Every policy against the baseline, then the others among each other. */
static ccs_status compare(struct ccs_results *res, const struct ccs_assembly *from)
{
    size_t n = res->policy_n;
    res->comparison_n = n * (n - 1) / 2;
    res->comparisons =
        ccs_arena_calloc(res->arena, res->comparison_n + 1, sizeof *res->comparisons);
    if (!res->comparisons) {
        return CCS_ENOMEM;
    }
    size_t i = 0;
    for (size_t b = 0; b < n; b++) {
        for (size_t a = b + 1; a < n; a++, i++) {
            struct ccs_comparison *cmp = &res->comparisons[i];
            cmp->a = a;
            cmp->b = b;
            cmp->rows = ccs_arena_calloc(res->arena, res->row_n, sizeof *cmp->rows);
            if (!cmp->rows) {
                return CCS_ENOMEM;
            }
            for (size_t row = 0; row < res->row_n; row++) {
                cmp->rows[row] = ccs_assemble_pair(res, from, a, b, row);
            }
            ccs_status status = adjust(res, cmp);
            status = status ? status : break_even(res, from, cmp);
            if (status) {
                return status;
            }
        }
    }
    CCS_TRY(adjust_primary(res));
    return ccs_verdicts_decide(res);
}

/* --- checks and warnings --- */

/* Overload: offered work is all that the staff can do, or more, and the number waiting clearly
 * grows (t > 3 over replications). */
static void warn_overload(struct ccs_results *res, const struct ccs_assembly *from, size_t p)
{
    double sum = 0.0;
    double square = 0.0;
    double load = 0.0;
    double n = (double)res->replications;
    for (size_t r = 0; r < res->replications; r++) {
        const struct ccs_outcome *out = &from->outcomes[r * res->policy_n + p];
        sum += out->backlog_per_day;
        square += out->backlog_per_day * out->backlog_per_day;
        load += out->utilisation;
    }
    res->backlog_per_day[p] = sum / n;
    res->utilisation[p] = load / n;
    double variance = n > 1 ? (square - sum * sum / n) / (n - 1) : 0.0;
    bool grows = sum / n > 0 && sum / n > 3 * sqrt(variance > 0 ? variance / n : 0.0);
    if (res->utilisation[p] >= 1.0 && grows) {
        ccs_results_warn(res, "CCS-W400",
                         "%s is overloaded: offered work is %.1f %% of what the staff can do, the "
                         "number waiting grows by %.3g per day; waiting times depend on the length "
                         "of the run. Add staff, lower the demand, or give customers patience.",
                         ccs_results_policy(res, p), 100 * res->utilisation[p],
                         res->backlog_per_day[p]);
    }
}

static void warn_open(struct ccs_results *res, size_t p)
{
    int row = ccs_results_row(res, "open_share", CCS_SLICE_ALL, NULL);
    double open = res->estimates[p * res->row_n + (size_t)row].mean;
    if (open > 0.01) {
        ccs_results_warn(res, NULL,
                         "%s: %.1f %% of the issues were still open at the end of the follow-up; "
                         "lengthen run.follow_up",
                         ccs_results_policy(res, p), 100 * open);
    }
}

/* Anger that still rises within the window, where nothing has changed since the warm-up: under the
 * baseline, and with long-run states under every policy. Rises clearly (t > 3 over replications)
 * and by more than 2 % of its level. */
static void warn_unsettled(struct ccs_results *res, size_t p)
{
    int rise = ccs_results_row(res, "anger_at_opening_rise", CCS_SLICE_ALL, NULL);
    int level = ccs_results_row(res, "anger_at_opening", CCS_SLICE_ALL, NULL);
    const struct ccs_estimate *d = &res->estimates[p * res->row_n + (size_t)rise];
    double anger = res->estimates[p * res->row_n + (size_t)level].mean;
    bool is_own_past = p == 0 || res->is_long_run;
    if (is_own_past && d->kind == CCS_ESTIMATE_T && d->mean > 3 * d->se && d->mean > 0.02 * anger) {
        ccs_results_warn(res, "CCS-W401",
                         "%s: anger at opening still rises, by %.1f %% of its level from the first "
                         "to the last quarter of the window; lengthen run.warmup",
                         ccs_results_policy(res, p), 100 * d->mean / anger);
    }
}

/* One signature per replication, over its policies: they tell which replication has changed. */
static ccs_status sign_replications(struct ccs_results *res, const struct ccs_assembly *from)
{
    res->signature_of = ccs_arena_calloc(res->arena, res->replications, sizeof *res->signature_of);
    for (size_t r = 0; res->signature_of && r < res->replications; r++) {
        uint64_t chain = 0;
        for (size_t p = 0; p < res->policy_n; p++) {
            uint64_t link[] = {chain, from->outcomes[r * res->policy_n + p].signature};
            chain = ccs_hash64(link, sizeof link);
        }
        res->signature_of[r] = chain;
    }
    return res->signature_of ? CCS_OK : CCS_ENOMEM;
}

static ccs_status check(struct ccs_results *res, const struct ccs_assembly *from)
{
    res->signatures = ccs_arena_calloc(res->arena, res->policy_n, sizeof *res->signatures);
    res->balance = ccs_arena_calloc(res->arena, res->policy_n, sizeof *res->balance);
    res->utilisation = ccs_arena_calloc(res->arena, res->policy_n, sizeof(double));
    res->backlog_per_day = ccs_arena_calloc(res->arena, res->policy_n, sizeof(double));
    struct ccs_hasher *all = ccs_arena_alloc(res->arena, sizeof *all);
    struct ccs_hasher *one = ccs_arena_alloc(res->arena, sizeof *one);
    if (!res->signatures || !res->balance || !res->utilisation || !res->backlog_per_day || !all ||
        !one) {
        return CCS_ENOMEM;
    }
    ccs_hasher_init(all);
    for (size_t p = 0; p < res->policy_n; p++) {
        ccs_hasher_init(one);
        for (size_t r = 0; r < res->replications; r++) {
            const struct ccs_outcome *out = &from->outcomes[r * res->policy_n + p];
            ccs_hasher_add(one, &out->signature, sizeof out->signature);
            ccs_balance_merge(&res->balance[p], &out->balance);
            res->events += out->events_done;
            if (!from->independent_pasts &&
                out->signature_t0 != from->outcomes[r * res->policy_n].signature_t0) {
                res->balance[p].is_ok = false;
            }
        }
        res->signatures[p] = ccs_hasher_digest(one);
        ccs_hasher_add(all, &res->signatures[p], sizeof res->signatures[p]);
        warn_overload(res, from, p);
        warn_open(res, p);
        warn_unsettled(res, p);
        if (!res->balance[p].is_ok) {
            ccs_results_warn(res, NULL,
                             "%s: a run did not balance; this is a bug in ccsim, please report it "
                             "with the scenario and the seed",
                             ccs_results_policy(res, p));
        }
    }
    res->signature = ccs_hasher_digest(all);
    for (size_t i = 0; i < res->scenario->warning_n; i++) {
        ccs_results_warn(res, res->scenario->warnings[i].code, "%s",
                         res->scenario->warnings[i].text);
    }
    if (sign_replications(res, from)) {
        return CCS_ENOMEM;
    }
    if (res->replications < 5) {
        ccs_results_warn(res, "CCS-W405",
                         "%zu replication%s: intervals are %s; give --reps 20 or more",
                         res->replications, res->replications == 1 ? "" : "s",
                         res->replications == 1 ? "missing" : "wide");
    }
    if (res->is_partial) {
        ccs_results_warn(res, NULL, "stopped early: %zu of %zu replications", res->replications,
                         res->replications_asked);
    }
    return CCS_OK;
}

static int choose_primary(const struct ccs_results *res)
{
    const char *name = res->scenario->run.primary;
    if (!name) {
        int row = ccs_results_row(res, "net_value_per_customer", CCS_SLICE_ALL, NULL);
        bool has_value = is_available(res, 0, (size_t)row) &&
                         res->scenario->policies[res->scenario->baseline].model.has_population;
        bool by_hours = res->scenario->run.labor == CCS_LABOR_STAFFED;
        name = has_value  ? "net_value_per_customer"
               : by_hours ? "cost_total"
                          : "cost_per_issue"; /* its labor is by workload */
    }
    return ccs_results_row(res, name, CCS_SLICE_ALL, NULL);
}

ccs_status ccs_assemble(struct ccs_results *results, const struct ccs_assembly *from)
{
    results->estimates = ccs_arena_calloc(results->arena, results->policy_n * results->row_n,
                                          sizeof *results->estimates);
    if (!results->estimates) {
        return CCS_ENOMEM;
    }
    for (size_t p = 0; p < results->policy_n; p++) {
        for (size_t row = 0; row < results->row_n; row++) {
            results->estimates[p * results->row_n + row] =
                ccs_assemble_estimate(results, from, p, row);
        }
    }
    results->primary = choose_primary(results);
    ccs_status status = compare(results, from);
    status = status ? status : ccs_two_by_two_find(results);
    return status ? status : check(results, from);
}
