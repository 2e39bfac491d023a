/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing two baselines: see regression.h. */
#include "gate/regression.h"

#include "base/hash.h"
#include "stats/equivalence.h"
#include "stats/holm.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *ccs_regression_mode_name(enum ccs_regression_mode mode)
{
    static const char *const names[] = {"exact", "tolerance", "equivalence"};
    return names[mode];
}

const char *ccs_regression_outcome_name(enum ccs_regression_mode mode,
                                        enum ccs_regression_outcome outcome)
{
    static const char *const names[] = {"equal",      "within", "moved", "undecided",
                                        "not judged", "new",    "gone"};
    if (mode == CCS_REGRESSION_EQUIVALENCE && outcome == CCS_REGRESSION_WITHIN) {
        return "equivalent";
    }
    return mode == CCS_REGRESSION_EQUIVALENCE && outcome == CCS_REGRESSION_MOVED ? "different"
                                                                                 : names[outcome];
}

uint64_t ccs_regression_fresh_seed(uint64_t seed)
{
    uint64_t mixed[] = {seed, UINT64_C(0x66726573680A)};
    uint64_t fresh = ccs_hash64(mixed, sizeof mixed) & ((UINT64_C(1) << 53) - 1);
    return fresh != seed ? fresh : seed ^ 1;
}

static void add_fact(struct ccs_regression *reg, bool is_fault, const char *what,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));
static void add_fact(struct ccs_regression *reg, bool is_fault, const char *what,
                     const char *format, ...)
{
    if (reg->fact_n == CCS_REGRESSION_FACTS) {
        return;
    }
    struct ccs_regression_fact *fact = &reg->facts[reg->fact_n++];
    va_list args;
    va_start(args, format);
    vsnprintf(fact->text, sizeof fact->text, format, args);
    va_end(args);
    fact->what = what;
    fact->is_fault = is_fault;
}

/* ---- one metric ---- */

static bool same_number(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b;
}

static bool same_metric(const struct ccs_baseline_metric *a, const struct ccs_baseline_metric *b)
{
    return same_number(a->mean, b->mean) && same_number(a->lo, b->lo) &&
           same_number(a->hi, b->hi) && same_number(a->df, b->df) && strcmp(a->unit, b->unit) == 0;
}

static const struct ccs_tolerance *tolerance_of(const struct ccs_baseline *was,
                                                const struct ccs_regression_options *options,
                                                const char *metric)
{
    const struct ccs_tolerance *given =
        ccs_tolerance_find(options->margins, options->margin_n, metric);
    const struct ccs_tolerance *kept =
        ccs_tolerance_find(was->tolerances, was->tolerance_n, metric);
    /* one by name in the file goes before one for all on the command line */
    bool is_named = kept && strcmp(kept->metric, "*") != 0;
    return given && !(strcmp(given->metric, "*") == 0 && is_named) ? given : kept;
}

static struct ccs_sample sample_of(const struct ccs_baseline_metric *m)
{
    bool has_noise = m->hi > m->lo;
    return (struct ccs_sample){
        .mean = m->mean,
        .se = has_noise ? ccs_se_of_interval(ccs_baseline_half_width(m), m->df) : 0.0,
        .df = m->df,
    };
}

/* Both sides have a t interval, so that there is a standard error. */
static bool can_be_tested(const struct ccs_regression_line *line)
{
    return line->was && line->now && !isnan(line->was->df) && !isnan(line->now->df) &&
           isfinite(line->was->mean) && isfinite(line->now->mean);
}

/* Too few events: nobody asked for this metric in particular, or somebody did. */
static enum ccs_regression_outcome of_untestable(const struct ccs_tolerance *margin)
{
    return strcmp(margin->metric, "*") == 0 ? CCS_REGRESSION_UNJUDGED : CCS_REGRESSION_UNDECIDED;
}

static void judge_equivalence(struct ccs_regression *reg, struct ccs_regression_line *line,
                              const struct ccs_tolerance *margin, double *p_different)
{
    if (!margin || margin->kind == CCS_TOLERANCE_INTERVAL) {
        line->outcome = CCS_REGRESSION_UNJUDGED;
        return;
    }
    bool was_absent = isnan(line->was->mean);
    bool is_absent = isnan(line->now->mean);
    if (was_absent && is_absent) {
        line->outcome = CCS_REGRESSION_EQUAL;
        return;
    }
    if (was_absent || is_absent) {
        /* of a few events another seed may have none; of many it has not */
        bool is_rare = isnan(was_absent ? line->now->df : line->was->df);
        line->outcome = is_rare ? of_untestable(margin) : CCS_REGRESSION_MOVED;
        return;
    }
    line->width = ccs_tolerance_width(margin, line->was->mean, NAN);
    if (!can_be_tested(line)) {
        line->outcome = of_untestable(margin);
        return;
    }
    struct ccs_sample a = sample_of(line->was);
    struct ccs_sample b = sample_of(line->now);
    struct ccs_equivalence e = ccs_equivalence_test(&a, &b, line->width);
    bool is_shown = e.p_equivalent <= CCS_EQUIVALENCE_LEVEL;
    line->outcome = is_shown ? CCS_REGRESSION_WITHIN : CCS_REGRESSION_UNDECIDED;
    line->p = e.p_equivalent;
    line->growth = is_shown ? NAN : e.growth;
    *p_different = e.p_different;
    reg->silence -= 1 - e.power;
}

static void judge(struct ccs_regression *reg, struct ccs_regression_line *line,
                  const struct ccs_tolerance *tolerance, double *p_different)
{
    const struct ccs_baseline_metric *was = line->was;
    const struct ccs_baseline_metric *now = line->now;
    *p_different = NAN;
    line->outcome = !was ? CCS_REGRESSION_NEW : !now ? CCS_REGRESSION_GONE : CCS_REGRESSION_MOVED;
    if (!was || !now || strcmp(was->unit, now->unit) != 0) {
        return;
    }
    line->difference = now->mean - was->mean;
    if (reg->mode == CCS_REGRESSION_EQUIVALENCE) {
        judge_equivalence(reg, line, tolerance, p_different);
        return;
    }
    if (same_metric(was, now)) {
        line->outcome = CCS_REGRESSION_EQUAL;
    }
    line->width = 0.0;
    if (reg->mode == CCS_REGRESSION_TOLERANCE) {
        line->width = tolerance
                          ? ccs_tolerance_width(tolerance, was->mean, ccs_baseline_half_width(was))
                          : 0.0;
        bool is_same = same_number(was->mean, now->mean);
        if (line->outcome == CCS_REGRESSION_MOVED &&
            (is_same || fabs(line->difference) <= line->width)) {
            line->outcome = CCS_REGRESSION_WITHIN;
        }
    }
}

/* ---- all of them ---- */

static void add_line(struct ccs_regression *reg, const char *policy,
                     const struct ccs_baseline_metric *was, const struct ccs_baseline_metric *now)
{
    const struct ccs_baseline_metric *any = was ? was : now;
    reg->lines[reg->line_n++] = (struct ccs_regression_line){
        .policy = policy,
        .metric = any->name,
        .unit = any->unit,
        .was = was,
        .now = now,
        .difference = NAN,
        .width = NAN,
        .p = NAN,
        .growth = NAN,
    };
}

static void add_policy(struct ccs_regression *reg, const struct ccs_baseline_policy *was,
                       const struct ccs_baseline_policy *now)
{
    for (size_t i = 0; i < was->metric_n; i++) {
        add_line(reg, was->name, &was->metrics[i], ccs_baseline_metric(now, was->metrics[i].name));
    }
    for (size_t i = 0; i < now->metric_n; i++) {
        if (!ccs_baseline_metric(was, now->metrics[i].name)) {
            add_line(reg, was->name, NULL, &now->metrics[i]);
        }
    }
}

static ccs_status make_lines(struct ccs_regression *reg, const struct ccs_baseline *was,
                             const struct ccs_baseline *now, struct ccs_arena *arena)
{
    size_t n = 0;
    for (size_t p = 0; p < was->policy_n; p++) {
        n += was->policies[p].metric_n;
    }
    for (size_t p = 0; p < now->policy_n; p++) {
        n += now->policies[p].metric_n;
    }
    reg->lines = ccs_arena_calloc(arena, n + 1, sizeof *reg->lines);
    if (!reg->lines) {
        return CCS_ENOMEM;
    }
    for (size_t p = 0; p < was->policy_n; p++) {
        const struct ccs_baseline_policy *other = ccs_baseline_policy(now, was->policies[p].name);
        if (other) {
            add_policy(reg, &was->policies[p], other);
        } else {
            add_fact(reg, true, "policy", "%.100s is in the baseline and was not run",
                     was->policies[p].name);
        }
    }
    for (size_t p = 0; p < now->policy_n; p++) {
        if (!ccs_baseline_policy(was, now->policies[p].name)) {
            add_fact(reg, true, "policy", "%.100s is new: the baseline does not have it",
                     now->policies[p].name);
        }
    }
    return CCS_OK;
}

static ccs_status judge_all(struct ccs_regression *reg, const struct ccs_baseline *was,
                            const struct ccs_regression_options *options, struct ccs_arena *arena)
{
    double *p = ccs_arena_calloc(arena, 2 * reg->line_n + 2, sizeof *p);
    if (!p) {
        return CCS_ENOMEM;
    }
    double *adjusted = p + reg->line_n + 1;
    reg->silence = 1.0;
    for (size_t i = 0; i < reg->line_n; i++) {
        judge(reg, &reg->lines[i], tolerance_of(was, options, reg->lines[i].metric), &p[i]);
    }
    reg->silence = fmax(reg->silence, 0.0);
    ccs_holm_adjust(p, adjusted, reg->line_n);
    for (size_t i = 0; i < reg->line_n; i++) {
        if (adjusted[i] <= CCS_EQUIVALENCE_LEVEL) {
            reg->lines[i].outcome = CCS_REGRESSION_MOVED;
            reg->lines[i].p = adjusted[i];
        }
        reg->count[reg->lines[i].outcome]++;
    }
    return CCS_OK;
}

static void compare_heads(struct ccs_regression *reg, const struct ccs_baseline *was,
                          const struct ccs_baseline *now)
{
    bool same_seed = reg->mode != CCS_REGRESSION_EQUIVALENCE;
    if (was->hash != now->hash) {
        /* "300 s" for "5 min" is another text and the same center: the numbers decide */
        bool is_exact = reg->mode == CCS_REGRESSION_EXACT;
        add_fact(reg, is_exact, "scenario hash", "was %016" PRIx64 ", is %016" PRIx64 ": %s",
                 was->hash, now->hash,
                 is_exact ? "the scenario has changed"
                          : "the scenario's text differs; its numbers are what is compared");
    }
    if (same_seed && was->seed != now->seed) {
        add_fact(reg, true, "seed", "was %" PRIu64 ", is %" PRIu64, was->seed, now->seed);
    }
    if (same_seed && was->replications != now->replications) {
        add_fact(reg, true, "replications", "were %zu, are %zu", was->replications,
                 now->replications);
    }
    if (same_seed && was->signature != now->signature) {
        add_fact(reg, reg->mode == CCS_REGRESSION_EXACT, "signature",
                 "was %016" PRIx64 ", is %016" PRIx64, was->signature, now->signature);
    }
    if (strcmp(was->version, now->version) != 0) {
        add_fact(reg, false, "ccsim", "was %.40s, is %.40s", was->version, now->version);
    }
    /* baselines of old do not tell the build */
    if (was->digest[0] != '\0' && strcmp(was->digest, now->digest) != 0) {
        add_fact(reg, false, "build",
                 "other sources: commit %.50s (%.16s), now commit %.50s (%.16s)",
                 was->commit[0] == '\0' ? "unknown" : was->commit, was->digest,
                 now->commit[0] == '\0' ? "unknown" : now->commit, now->digest);
    }
    if (strcmp(was->platform, now->platform) != 0) {
        add_fact(reg, false, "platform", "was %.60s, is %.60s", was->platform, now->platform);
    }
}

enum {
    OTHERS_TEXT = 220
};

/* ", 3 new since the baseline (record it anew with --update), and 2 other things changed"; what
 * there is none of is left out. */
static void say_others(char text[OTHERS_TEXT], const struct ccs_regression *reg, size_t faults)
{
    size_t new_n = reg->count[CCS_REGRESSION_NEW];
    size_t gone = reg->count[CCS_REGRESSION_GONE];
    char added[60] = "", lost[60] = "", others[60] = "";
    if (new_n > 0) {
        snprintf(added, sizeof added, ", %zu new since the baseline", new_n);
    }
    if (gone > 0) {
        snprintf(lost, sizeof lost, ", %zu of the baseline gone", gone);
    }
    if (faults > 0) {
        snprintf(others, sizeof others, ", and %zu other thing%s changed", faults,
                 faults == 1 ? "" : "s");
    }
    snprintf(text, OTHERS_TEXT, "%s%s%s%s", added, lost,
             new_n + gone > 0 ? " (record it anew with --update)" : "", others);
}

static void conclude(struct ccs_regression *reg)
{
    size_t faults = 0;
    char others[OTHERS_TEXT];
    char *verdict = reg->verdict;
    size_t size = sizeof reg->verdict;
    for (size_t i = 0; i < reg->fact_n; i++) {
        faults += reg->facts[i].is_fault;
    }
    say_others(others, reg, faults);
    size_t moved = reg->count[CCS_REGRESSION_MOVED];
    size_t open = reg->count[CCS_REGRESSION_UNDECIDED];
    size_t changed = reg->count[CCS_REGRESSION_NEW] + reg->count[CCS_REGRESSION_GONE];
    reg->is_ok = faults + moved + changed == 0 && (open == 0 || reg->is_lenient);
    if (reg->mode == CCS_REGRESSION_EQUIVALENCE) {
        snprintf(verdict, size,
                 "%s: %zu shown equivalent, %zu shown different, %zu undecided, %zu not judged%s",
                 moved + faults + changed > 0 ? "different"
                 : open > 0                   ? "undecided"
                                              : "equivalent",
                 reg->count[CCS_REGRESSION_WITHIN] + reg->count[CCS_REGRESSION_EQUAL], moved, open,
                 reg->count[CCS_REGRESSION_UNJUDGED], others);
    } else if (reg->mode == CCS_REGRESSION_TOLERANCE && reg->is_ok) {
        snprintf(verdict, size, "within tolerance: all %zu numbers, %zu of them not equal",
                 reg->line_n, reg->count[CCS_REGRESSION_WITHIN]);
    } else if (reg->mode == CCS_REGRESSION_TOLERANCE) {
        snprintf(verdict, size, "%s tolerance: %zu of %zu numbers moved further than they may%s",
                 moved > 0 ? "out of" : "within", moved, reg->line_n, others);
    } else if (reg->is_ok) {
        snprintf(verdict, size, "equal: the same signature, and all %zu numbers the same",
                 reg->line_n);
    } else {
        snprintf(verdict, size, "not equal: %zu of %zu numbers moved%s", moved, reg->line_n,
                 others);
    }
}

ccs_status ccs_regression_compare(struct ccs_regression *reg, const struct ccs_baseline *was,
                                  const struct ccs_baseline *now,
                                  const struct ccs_regression_options *options,
                                  struct ccs_arena *arena)
{
    *reg = (struct ccs_regression){.mode = options->mode, .is_lenient = options->is_lenient};
    compare_heads(reg, was, now);
    ccs_status status = make_lines(reg, was, now, arena);
    status = status ? status : judge_all(reg, was, options, arena);
    if (!status) {
        conclude(reg);
    }
    return status;
}

bool ccs_regression_has_margin(const struct ccs_baseline *was,
                               const struct ccs_regression_options *options)
{
    bool found = false;
    for (size_t i = 0; i < options->margin_n; i++) {
        found = found || options->margins[i].kind != CCS_TOLERANCE_INTERVAL;
    }
    for (size_t i = 0; i < was->tolerance_n; i++) {
        found = found || was->tolerances[i].kind != CCS_TOLERANCE_INTERVAL;
    }
    return found;
}

/* ---- where the runs part ---- */

static void explain_divergence(struct ccs_regression *reg, const struct ccs_scenario *sc,
                               const struct ccs_divergence *divergence)
{
    char now[CCS_TRACE_TEXT], then[CCS_TRACE_TEXT], where[140];
    snprintf(where, sizeof where, "replication 0, %s%.100s",
             divergence->policy ? "policy " : "the shared past",
             divergence->policy ? divergence->policy : "");
    if (!divergence->is_exact) {
        add_fact(reg, false, "first difference",
                 "%s, one of the events %" PRIu64 " to %" PRIu64 ", from %s to %s (a --trail tells "
                 "which)",
                 where, divergence->first, divergence->last,
                 ccs_trace_time_text(then, sc, divergence->from),
                 ccs_trace_time_text(now, sc, divergence->to));
        return;
    }
    add_fact(reg, false, "first difference", "%s, event %" PRIu64 "; baseline: %s; now: %s", where,
             divergence->first,
             divergence->has_then        ? ccs_trace_event_text(then, sc, &divergence->then)
             : divergence->then_is_known ? "none, it had ended"
                                         : "another one (a --trail tells which)",
             divergence->has_now ? ccs_trace_event_text(now, sc, &divergence->now)
                                 : "none, it has ended");
}

/* Accounts whose sums differ although the events are the same. */
static void explain_books(struct ccs_regression *reg, const struct ccs_stretch *was,
                          const struct ccs_stretch *now)
{
    char list[400] = "";
    size_t n = 0;
    for (int a = 0; a < CCS_ACCOUNT_COUNT; a++) {
        int64_t window = now->window[a] - was->window[a];
        int64_t later = now->later[a] - was->later[a];
        if ((window != 0 || later != 0) && n + 60 < sizeof list) {
            n += (size_t)snprintf(list + n, sizeof list - n, "%s%s %+.4f%s", n ? ", " : "",
                                  ccs_account_name((enum ccs_account)a),
                                  (double)(window + later) / (double)CCS_MONEY_PER_UNIT,
                                  window == 0 ? " (follow-up)" : "");
        }
    }
    add_fact(reg, false, "first difference",
             "replication 0, policy %.100s: all %" PRIu64 " events are equal, %s%s", now->policy,
             now->event_n, n > 0 ? "the books are not: " : "something that is counted is not",
             list);
}

void ccs_regression_explain(struct ccs_regression *reg, const struct ccs_scenario *sc,
                            const struct ccs_baseline *was, const struct ccs_baseline *now,
                            const struct ccs_divergence *divergence)
{
    if (divergence->is_found) {
        explain_divergence(reg, sc, divergence);
        return;
    }
    size_t common = was->signature_n < now->signature_n ? was->signature_n : now->signature_n;
    size_t r = 0;
    while (r < common && was->signature_of[r] == now->signature_of[r]) {
        r++;
    }
    if (r == 0 && common > 0) {
        for (size_t i = 0; i < now->trace.stretch_n; i++) {
            const struct ccs_stretch *s = &now->trace.stretch[i];
            const struct ccs_stretch *old =
                s->policy ? ccs_trace_find(&was->trace, s->policy) : NULL;
            if (old && (memcmp(old->window, s->window, sizeof s->window) != 0 ||
                        memcmp(old->later, s->later, sizeof s->later) != 0 ||
                        old->measures != s->measures)) {
                explain_books(reg, old, s);
                return;
            }
        }
        add_fact(reg, false, "first difference",
                 "replication 0: events, accounts and counts are equal, but an amount is booked to "
                 "another team, segment, type or cause");
    } else if (r < common) {
        add_fact(reg, false, "first difference",
                 "replication 0 is equal, replication %zu is the first that is not", r);
    }
}
