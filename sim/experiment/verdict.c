/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who wins, and on what that rests: see verdict.h. */
#include "experiment/verdict.h"

#include "base/arena.h"
#include "base/assert.h"
#include "base/try.h"
#include "experiment/expect.h"
#include "experiment/rank.h"
#include "experiment/scenario.h"
#include "experiment/staffing.h"
#include "format/document/json.h"
#include "stats/holm.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#define ROUNDING 1e-12 /* of the larger one: differences of sums that are equal */

/* Lines of the waterfall smaller than this part of the largest one are not told. */
#define SMALL_LINE 0.05

static int row_of(const struct ccs_results *res, const char *metric)
{
    return ccs_results_row(res, metric, CCS_SLICE_ALL, NULL);
}

int ccs_verdict_service_row(const struct ccs_results *res, int measure)
{
    static const char *const metrics[CCS_SERVICE_COUNT] = {"service_level", "callers_lost_share",
                                                           "wait_mean"};
    return row_of(res, metrics[measure]);
}

static bool is_told(const struct ccs_comparison *cmp, int row)
{
    return row >= 0 && ccs_estimate_is_defined(&cmp->rows[row].diff) &&
           ccs_estimate_has_interval(&cmp->rows[row].diff);
}

bool ccs_verdict_is_nothing(const struct ccs_results *res, const struct ccs_comparison *cmp,
                            int row)
{
    const struct ccs_estimate *d = &cmp->rows[row].diff;
    double a = fabs(res->estimates[cmp->a * res->row_n + (size_t)row].mean);
    double b = fabs(res->estimates[cmp->b * res->row_n + (size_t)row].mean);
    return fmax(fabs(d->lo), fabs(d->hi)) <= ROUNDING * fmax(a, b);
}

int ccs_verdict_side(const struct ccs_results *res, const struct ccs_comparison *cmp, int row)
{
    if (!is_told(cmp, row) || ccs_verdict_is_nothing(res, cmp, row)) {
        return 0;
    }
    const struct ccs_estimate *d = &cmp->rows[row].diff;
    return (d->lo > 0 ? 1 : d->hi < 0 ? -1 : 0) * res->rows[row].metric->better;
}

/* The same in every replication. Few events have bounds about them, and these have a distance even
 * where nothing differs: then what is counted tells. */
static bool is_zero(const struct ccs_results *res, const struct ccs_comparison *cmp, int row)
{
    const struct ccs_estimate *d = &cmp->rows[row].diff;
    if (d->mean != 0 || d->kind != CCS_ESTIMATE_RARE) {
        return d->mean == 0 && d->lo == 0 && d->hi == 0;
    }
    size_t n = res->replications;
    size_t a = (cmp->a * res->row_n + (size_t)row) * n;
    size_t b = (cmp->b * res->row_n + (size_t)row) * n;
    bool is_same = true;
    for (size_t r = 0; r < n; r++) {
        is_same =
            is_same && res->num[a + r] == res->num[b + r] && res->den[a + r] == res->den[b + r];
    }
    return is_same;
}

/* ---- targets ---- */

/* Of its tests: one that fails is a miss, one that is undecided leaves it open. */
static struct ccs_standing standing_of(const struct ccs_results *res, size_t policy,
                                       const struct ccs_expect_report *report)
{
    struct ccs_standing standing = {.kind = CCS_STANDING_MEETS, .mean = NAN};
    for (size_t i = 0; i < report->n; i++) {
        const struct ccs_expect_test *t = &report->tests[i];
        if (!t->policy || strcmp(t->policy, ccs_results_policy(res, policy)) != 0) {
            continue;
        }
        enum ccs_standing_kind kind = t->outcome == CCS_EXPECT_FAILS   ? CCS_STANDING_MISSES
                                      : t->outcome == CCS_EXPECT_HOLDS ? CCS_STANDING_MEETS
                                                                       : CCS_STANDING_UNDECIDED;
        bool is_first = kind != CCS_STANDING_MEETS && standing.kind == CCS_STANDING_MEETS;
        if (is_first || (kind == CCS_STANDING_MISSES && standing.kind != kind)) {
            standing = (struct ccs_standing){kind, t->expectation, t->estimate.mean};
        }
    }
    return standing;
}

static ccs_status judge_targets(struct ccs_results *res)
{
    struct ccs_expect_report report;
    if (res->scenario->targets.n == 0) {
        return CCS_OK;
    }
    res->standings = ccs_arena_calloc(res->arena, res->policy_n, sizeof *res->standings);
    if (!res->standings) {
        return CCS_ENOMEM;
    }
    CCS_TRY(ccs_expectations_judge(res, &res->scenario->targets, true, res->arena, &report));
    for (size_t p = 0; p < res->policy_n; p++) {
        res->standings[p] = standing_of(res, p, &report);
    }
    return CCS_OK;
}

/* ---- who wins ---- */

bool ccs_verdict_values_customers(const struct ccs_scenario *sc)
{
    const struct ccs_scenario_policy *base = &sc->policies[sc->baseline];
    for (size_t i = 0; base->model.has_population && i < base->config.segments.n; i++) {
        if (ccs_segment_highest_margin(
                CCS_MAP_AT(base->config.segments, struct ccs_segment_config, i)) > 0) {
            return true;
        }
    }
    return false;
}

static bool staff_differs(const struct ccs_results *res, const struct ccs_comparison *cmp)
{
    return ccs_scenario_staff_differs_between(res->scenario, res->policies[cmp->a],
                                              res->policies[cmp->b]);
}

static enum ccs_verdict_basis basis_of(const struct ccs_results *res,
                                       const struct ccs_comparison *cmp)
{
    const struct ccs_metric *primary = res->rows[res->primary].metric;
    bool is_money = strcmp(primary->unit, "currency") == 0;
    return !is_money || ccs_verdict_values_customers(res->scenario) || !staff_differs(res, cmp)
               ? CCS_BASIS_PRIMARY
           : res->standings ? CCS_BASIS_TARGETS
                            : CCS_BASIS_SERVICE;
}

/* By the difference of its row: the policy that is better, if that is clear. */
static enum ccs_verdict_kind decide_row(const struct ccs_results *res, const struct ccs_verdict *v)
{
    const struct ccs_comparison *cmp = &res->comparisons[v->comparison];
    const struct ccs_estimate *d = &cmp->rows[v->row].diff;
    double band = res->scenario->run.indifference;
    if (!is_told(cmp, v->row)) {
        return CCS_VERDICT_NONE;
    }
    if (is_zero(res, cmp, v->row)) {
        return CCS_VERDICT_SAME;
    }
    if (v->row == res->primary && band > 0 && d->lo >= -band && d->hi <= band) {
        return CCS_VERDICT_INDIFFERENT;
    }
    if (!(v->p <= CCS_RANK_LEVEL)) {
        return CCS_VERDICT_UNDECIDED;
    }
    return d->mean * res->rows[v->row].metric->better > 0 ? CCS_VERDICT_A : CCS_VERDICT_B;
}

/* Who meets them, then who is cheaper. */
static enum ccs_verdict_kind decide_targets(const struct ccs_results *res,
                                            const struct ccs_verdict *v)
{
    const struct ccs_comparison *cmp = &res->comparisons[v->comparison];
    CCS_REQUIRE(res->standings != NULL); /* the basis: basis_of */
    enum ccs_standing_kind a = res->standings[cmp->a].kind;
    enum ccs_standing_kind b = res->standings[cmp->b].kind;
    if (a == CCS_STANDING_MEETS && b == CCS_STANDING_MEETS) {
        return decide_row(res, v);
    }
    if (a == CCS_STANDING_UNDECIDED || b == CCS_STANDING_UNDECIDED) {
        return CCS_VERDICT_UNDECIDED;
    }
    return a == CCS_STANDING_MEETS   ? CCS_VERDICT_A
           : b == CCS_STANDING_MEETS ? CCS_VERDICT_B
                                     : CCS_VERDICT_NEITHER;
}

/* Cost against service. The cheaper one wins only if it serves no worse: the service is the same
 * in every replication, or better in something and clearly worse in nothing. */
static enum ccs_verdict_kind decide_service(const struct ccs_results *res,
                                            const struct ccs_verdict *v)
{
    const struct ccs_comparison *cmp = &res->comparisons[v->comparison];
    enum ccs_verdict_kind cheaper = decide_row(res, v);
    int side = cheaper == CCS_VERDICT_A ? 1 : cheaper == CCS_VERDICT_B ? -1 : 0;
    bool is_same = true;
    bool is_better = false;
    bool is_worse = false;
    for (int i = 0; i < CCS_SERVICE_COUNT; i++) {
        int row = ccs_verdict_service_row(res, i);
        if (!is_told(cmp, row)) {
            continue;
        }
        int serves = ccs_rank_sign(cmp, row) * res->rows[row].metric->better;
        is_same = is_same && is_zero(res, cmp, row);
        is_better = is_better || (serves != 0 && serves == side);
        is_worse = is_worse || (serves != 0 && serves == -side);
    }
    if (side == 0) {
        return is_same || cheaper == CCS_VERDICT_NONE ? cheaper : CCS_VERDICT_UNDECIDED;
    }
    return is_worse               ? CCS_VERDICT_TRADE_OFF
           : is_same || is_better ? cheaper
                                  : CCS_VERDICT_UNDECIDED;
}

/* ---- what it rests on ---- */

/* Net value counts labor as run.labor says; a metric with a view of its own keeps it. */
static bool counts_staffed(const struct ccs_results *res, int row)
{
    static const struct {
        const char *metric;
        bool is_staffed;
    } own[] = {
        {"cost_total", true},
        {"cost_workload", false},
        {"cost_per_issue", false},
        {"cost_per_issue_settled", false},
        {"net_value_workload_per_customer", false},
        {"net_value_staffed_per_customer", true},
    };
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        if (strcmp(res->rows[row].metric->name, own[i].metric) == 0) {
            return own[i].is_staffed;
        }
    }
    return res->scenario->policies[res->scenario->baseline].model.labor_view == CCS_LABOR_STAFFED;
}

/* The same difference with labor counted the other way. */
static int other_view(const struct ccs_results *res, const struct ccs_verdict *v)
{
    static const struct {
        const char *metric, *workload, *staffed;
    } views[] = {
        {"net_value_per_customer", "net_value_workload_per_customer",
         "net_value_staffed_per_customer"},
        {"cost_per_issue", "cost_workload", "cost_total"},
        {"cost_total", "cost_workload", "cost_total"},
    };
    const char *name = res->rows[v->row].metric->name;
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        if (strcmp(name, views[i].metric) == 0) {
            int row = row_of(res, v->is_staffed ? views[i].workload : views[i].staffed);
            return row == v->row ? -1 : row;
        }
    }
    return -1;
}

static int settled(const struct ccs_results *res, const struct ccs_verdict *v)
{
    const char *name = res->rows[v->row].metric->name;
    return strcmp(name, "net_value_per_customer") == 0
               ? row_of(res, "net_value_settled_per_customer")
           : strcmp(name, "cost_per_issue") == 0 ? row_of(res, "cost_per_issue_settled")
                                                 : -1;
}

/* Mean over replications of the numerator of a row, a - b. */
static double total_of(const struct ccs_results *res, const struct ccs_comparison *cmp, int row)
{
    size_t n = res->replications;
    const double *a = &res->num[(cmp->a * res->row_n + (size_t)row) * n];
    const double *b = &res->num[(cmp->b * res->row_n + (size_t)row) * n];
    double sum = 0.0;
    for (size_t r = 0; r < n; r++) {
        sum += a[r] - b[r];
    }
    return sum / (double)n;
}

/* The largest lines of the waterfall, the largest first. */
static void find_lines(const struct ccs_results *res, struct ccs_verdict *v)
{
    const struct ccs_comparison *cmp = &res->comparisons[v->comparison];
    double largest = 0.0;
    for (int k = 0; k < CCS_VERDICT_LINES; k++) {
        int best = -1;
        double most = SMALL_LINE * largest;
        for (size_t row = 0; row < res->row_n; row++) {
            bool is_line = res->rows[row].slice == CCS_SLICE_LINE;
            double size = is_line ? fabs(cmp->rows[row].diff.mean) : 0.0;
            bool is_new = true;
            for (size_t i = 0; i < v->line_n; i++) {
                is_new = is_new && v->lines[i] != (int)row;
            }
            if (is_new && size > most) {
                most = size;
                best = (int)row;
            }
        }
        if (best < 0) {
            return;
        }
        largest = k == 0 ? most : largest;
        v->lines[v->line_n++] = best;
    }
}

static bool rests_on_claimants(const struct ccs_results *res, const struct ccs_verdict *v)
{
    const cJSON *root = ccs_document_root(res->scenario->doc);
    const cJSON *behavior = ccs_json_member(root, "behavior");
    const cJSON *leaving = behavior ? ccs_json_member(behavior, "leaving") : NULL;
    bool is_said = leaving && ccs_json_member(leaving, "rightly_refused");
    bool is_large = false;
    for (size_t i = 0; i < v->line_n; i++) {
        enum ccs_line line = (enum ccs_line)res->rows[v->lines[i]].index;
        is_large = is_large || line == CCS_LINE_LOST + CCS_MOMENT_RIGHTLY_REFUSED;
    }
    return is_large && !is_said;
}

static void find_parts(const struct ccs_results *res, struct ccs_verdict *v)
{
    const struct ccs_comparison *cmp = &res->comparisons[v->comparison];
    const struct ccs_metric *metric = res->rows[v->row].metric;
    int open = row_of(res, "open_share");
    if (strcmp(metric->unit, "currency") == 0 && is_told(cmp, v->row)) {
        v->total = total_of(res, cmp, v->row);
    }
    v->other_row = other_view(res, v);
    v->settled_row = settled(res, v);
    v->other_row = is_told(cmp, v->other_row) ? v->other_row : -1;
    v->settled_row = is_told(cmp, v->settled_row) ? v->settled_row : -1;
    if (strcmp(metric->name, "net_value_per_customer") == 0) {
        v->year_row = row_of(res, "net_value_per_customer_year");
        v->year_row = is_told(cmp, v->year_row) ? v->year_row : -1;
        find_lines(res, v);
        double mean = cmp->rows[v->row].diff.mean;
        v->line_factor = v->total != 0 ? mean / v->total : 0.0;
    }
    v->open_a = open < 0 ? NAN : res->estimates[cmp->a * res->row_n + (size_t)open].mean;
    v->open_b = open < 0 ? NAN : res->estimates[cmp->b * res->row_n + (size_t)open].mean;
    v->loses = ccs_rank_loses(res, cmp);
}

/* Which policy a row speaks for by itself; neither where its difference does not matter. */
static int side_alone(const struct ccs_results *res, const struct ccs_comparison *cmp, int row)
{
    double band = res->scenario->run.indifference;
    const struct ccs_estimate *d = &cmp->rows[row].diff;
    bool has_band = band > 0 && res->rows[row].metric->kind == res->rows[res->primary].metric->kind;
    return has_band && d->lo >= -band && d->hi <= band ? 0 : ccs_verdict_side(res, cmp, row);
}

/* Do the other ways of counting decide otherwise? Views of labor are compared each by itself: what
 * is open only because there are many pairs is no disagreement. */
static void find_disagreement(const struct ccs_results *res, struct ccs_verdict *v)
{
    const struct ccs_comparison *cmp = &res->comparisons[v->comparison];
    int side = v->kind == CCS_VERDICT_A ? 1 : v->kind == CCS_VERDICT_B ? -1 : 0;
    v->rests_on_claimants = rests_on_claimants(res, v);
    v->views_disagree =
        v->other_row >= 0 && side_alone(res, cmp, v->other_row) != side_alone(res, cmp, v->row);
    if (v->settled_row >= 0 && side != 0) {
        double booked = cmp->rows[v->row].diff.mean;
        double paid = cmp->rows[v->settled_row].diff.mean;
        double loss = (booked - paid) * side * res->rows[v->row].metric->better;
        v->wins_by_owing = ccs_verdict_side(res, cmp, v->settled_row) != side && loss > 0;
    }
}

static void decide(const struct ccs_results *res, struct ccs_verdict *v)
{
    find_parts(res, v);
    switch (v->basis) {
    case CCS_BASIS_PRIMARY:
        v->kind = decide_row(res, v);
        break;
    case CCS_BASIS_TARGETS:
        v->kind = decide_targets(res, v);
        break;
    case CCS_BASIS_SERVICE:
        v->kind = decide_service(res, v);
        break;
    }
    find_disagreement(res, v);
}

/* p of each verdict's row, adjusted for their number. What decides differs between them only where
 * staff differs between some policies; they are one family all the same. */
static ccs_status adjust(struct ccs_results *res)
{
    size_t n = res->verdict_n;
    double *p = ccs_arena_calloc(res->arena, 2 * n + 1, sizeof *p);
    if (!p) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        p[i] = ccs_rank_p(&res->comparisons[i].rows[res->verdicts[i].row]);
    }
    ccs_holm_adjust(p, p + n, n);
    for (size_t i = 0; i < n; i++) {
        res->verdicts[i].p = p[n + i];
    }
    return CCS_OK;
}

/* ---- the cheapest of all ---- */

static const struct ccs_comparison *pair_of(const struct ccs_results *res, size_t a, size_t b)
{
    size_t i = 0;
    while (!(res->comparisons[i].a == a && res->comparisons[i].b == b) &&
           !(res->comparisons[i].a == b && res->comparisons[i].b == a)) {
        i++;
    }
    return &res->comparisons[i];
}

/* The cheapest policy that meets the targets, if it is clearly cheaper than all others that meet
 * them or may do so. */
static ccs_status choose(struct ccs_results *res)
{
    int row = row_of(res, "cost_total");
    double *p = ccs_arena_calloc(res->arena, 2 * res->policy_n, sizeof *p);
    if (!p) {
        return CCS_ENOMEM;
    }
    int best = -1;
    double least = INFINITY;
    for (size_t i = 0; i < res->policy_n; i++) {
        double cost = res->estimates[i * res->row_n + (size_t)row].mean;
        if (res->standings[i].kind == CCS_STANDING_MEETS && cost < least) {
            least = cost;
            best = (int)i;
        }
    }
    bool is_clear = best >= 0;
    for (size_t i = 0; best >= 0 && i < res->policy_n; i++) {
        p[i] = NAN;
        if ((int)i == best || res->standings[i].kind == CCS_STANDING_MISSES) {
            continue;
        }
        p[i] = ccs_rank_p(&pair_of(res, (size_t)best, i)->rows[row]);
        is_clear =
            is_clear && !isnan(p[i]) && least < res->estimates[i * res->row_n + (size_t)row].mean;
    }
    ccs_holm_adjust(p, p + res->policy_n, res->policy_n);
    for (size_t i = 0; i < res->policy_n; i++) {
        is_clear = is_clear && !(p[res->policy_n + i] > CCS_RANK_LEVEL);
    }
    res->chosen = is_clear ? best : -1;
    return ccs_verdict_write_choice(res);
}

ccs_status ccs_verdicts_decide(struct ccs_results *res)
{
    res->chosen = -1;
    res->verdict_n = res->policy_n - 1; /* the comparisons with the baseline, which come first */
    res->verdicts = ccs_arena_calloc(res->arena, res->verdict_n + 1, sizeof *res->verdicts);
    if (!res->verdicts) {
        return CCS_ENOMEM;
    }
    CCS_TRY(judge_targets(res));
    if (res->standings && res->policy_n == 1) { /* nothing to compare, but a target to be met */
        return ccs_verdict_write_choice(res);
    }
    bool chooses = false;
    for (size_t i = 0; i < res->verdict_n; i++) {
        struct ccs_verdict *v = &res->verdicts[i];
        *v = (struct ccs_verdict){
            .comparison = i,
            .kind = CCS_VERDICT_NONE,
            .row = res->primary,
            .p = NAN,
            .total = NAN,
            .year_row = -1,
            .other_row = -1,
            .settled_row = -1,
            .open_a = NAN,
            .open_b = NAN,
            .sentence = "",
        };
        if (res->primary >= 0) {
            v->staff_differs = staff_differs(res, &res->comparisons[i]);
            v->basis = basis_of(res, &res->comparisons[i]);
            v->row = v->basis == CCS_BASIS_PRIMARY ? res->primary : row_of(res, "cost_total");
            v->is_staffed = counts_staffed(res, v->row);
            chooses = chooses || (v->basis == CCS_BASIS_TARGETS && res->policy_n > 2);
        }
    }
    if (res->primary < 0) {
        return CCS_OK;
    }
    CCS_TRY(adjust(res));
    for (size_t i = 0; i < res->verdict_n; i++) {
        decide(res, &res->verdicts[i]);
        CCS_TRY(ccs_verdict_write(res, i));
    }
    return chooses ? choose(res) : CCS_OK;
}
