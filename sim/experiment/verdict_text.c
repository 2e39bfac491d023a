/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The verdict in words: who wins and by how much, over which period, what that is in all, what it
 * rests on, and what would turn it. See verdict.h.
 */
#include "experiment/verdict.h"

#include "base/arena.h"
#include "base/sink.h"
#include "base/try.h"
#include "base/units.h"
#include "experiment/expect.h"
#include "experiment/number.h"
#include "experiment/rank.h"
#include "experiment/scenario.h"
#include "format/field/duration.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_LIMIT 0.01 /* a larger share of open issues stands in the verdict */

enum {
    WORDS = 120
};

/* What one verdict is written from. */
struct words {
    const struct ccs_results *res;
    const struct ccs_verdict *v;
    const struct ccs_comparison *cmp;
    FILE *out;
    const char *a, *b;
    int side; /* +1: a wins, -1: b, 0: neither; differences are told from the winner's side */
    const char *winner, *loser; /* a and b where nobody wins */
    char period[CCS_DURATION_TEXT];
};

/* How one difference is shown. */
struct shape {
    double factor;
    int decimals;
    char unit[CCS_UNIT_TEXT + WORDS]; /* " USD per customer" */
};

/* "net value" and " per customer" of net_value_per_customer; also " per issue" of
 * cost_per_issue_settled: it is the debts that are settled, and any issue counts. */
static void split_name(const char *metric, char name[WORDS], char per[WORDS])
{
    const char *at = strstr(metric, "_per_");
    int n = at ? (int)(at - metric) : (int)strlen(metric);
    const char *settled = at ? strstr(at, "_settled") : NULL;
    snprintf(name, WORDS, "%.*s", n, metric);
    snprintf(per, WORDS, "%.*s", settled ? (int)(settled - at) : WORDS - 1, at ? at : "");
    for (char *c = name; *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    for (char *c = per; *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
}

static struct shape shape_of(const struct ccs_results *res, const char *unit, const char *per,
                             const struct ccs_estimate *e)
{
    struct shape s = {.factor = 1};
    char text[CCS_UNIT_TEXT];
    double spread = isfinite(e->hi) ? (e->hi - e->lo) / 2 : NAN;
    bool is_share = strcmp(unit, "share") == 0 || strcmp(unit, "per year") == 0;
    struct ccs_scale scale = ccs_scale_of(unit, fabs(e->mean), res->scenario->currency, text);
    if (is_share) {
        s.factor = 100;
        snprintf(s.unit, sizeof s.unit, " percentage points%s",
                 strcmp(unit, "per year") == 0 ? " a year" : "");
    } else if (scale.unit[0] == '\0' || scale.unit[0] == '/') { /* counts */
        snprintf(s.unit, sizeof s.unit, " %s%s", unit, per);
    } else {
        s.factor = scale.factor;
        snprintf(s.unit, sizeof s.unit, " %s%s", scale.unit, per);
    }
    s.decimals = ccs_number_decimals(e->mean * s.factor, spread * s.factor);
    if (strcmp(unit, "currency") == 0 && s.factor == 1) { /* whole units, or cents */
        int most = fabs(e->mean) >= 1000 ? 0 : fabs(e->mean) >= 1 ? 2 : s.decimals;
        s.decimals = s.decimals > most ? most : s.decimals == 1 ? 2 : s.decimals;
    }
    return s;
}

static void put_number(const struct words *w, const struct shape *s, double x)
{
    char text[CCS_NUMBER_TEXT];
    fputs(ccs_number_text(text, x * s->factor, s->decimals, false), w->out);
}

/* "8.40 USD per customer (95 %: 8.11 to 8.69)", both times `sign`. */
static void put_amount(const struct words *w, const struct shape *s, const struct ccs_estimate *e,
                       double sign)
{
    put_number(w, s, sign * e->mean);
    fprintf(w->out, "%s (95 %%: ", s->unit);
    put_number(w, s, sign > 0 ? e->lo : -e->hi);
    fputs(" to ", w->out);
    put_number(w, s, sign > 0 ? e->hi : -e->lo);
    fputc(')', w->out);
}

static void put_range(const struct words *w, const struct shape *s, const struct ccs_estimate *e)
{
    fputs("between ", w->out);
    put_number(w, s, e->lo);
    fputs(" and ", w->out);
    put_number(w, s, e->hi);
    fprintf(w->out, "%s (95 %%)", s->unit);
}

static const struct ccs_metric *metric_of(const struct words *w, int row)
{
    return w->res->rows[row].metric;
}

static const struct ccs_estimate *diff_of(const struct words *w, int row)
{
    return &w->cmp->rows[row].diff;
}

static struct shape row_shape(const struct words *w, int row, char name[WORDS])
{
    char per[WORDS];
    split_name(metric_of(w, row)->name, name, per);
    return shape_of(w->res, metric_of(w, row)->unit, per, diff_of(w, row));
}

/* An amount without an interval: " 84,000 USD". */
static void put_plain(const struct words *w, double x, const char *per)
{
    char unit[CCS_UNIT_TEXT], text[CCS_NUMBER_TEXT];
    struct ccs_scale scale = ccs_scale_of("currency", fabs(x), w->res->scenario->currency, unit);
    double shown = x * scale.factor;
    int decimals = fabs(shown) >= 1000 ? 0 : scale.factor == 1 ? 2 : 1;
    fprintf(w->out, "%s %s%s", ccs_number_text(text, shown, decimals, false), scale.unit, per);
}

/* ", over 26 weeks: 84,000 USD in all, 16.80 USD per customer and year" */
static void put_scale(const struct words *w, double sign)
{
    fprintf(w->out, " over %s", w->period);
    if (!isnan(w->v->total) && strstr(metric_of(w, w->v->row)->name, "_per_")) {
        fputs(", ", w->out);
        put_plain(w, fabs(w->v->total), " in all");
    }
    if (w->v->year_row >= 0) {
        fputs(", ", w->out);
        put_plain(w, sign * diff_of(w, w->v->year_row)->mean, " per customer and year");
    }
}

/* ---- the first sentence ---- */

static void put_win(const struct words *w)
{
    char name[WORDS];
    int row = w->v->row;
    struct shape s = row_shape(w, row, name);
    double sign = diff_of(w, row)->mean > 0 ? 1 : -1;
    fprintf(w->out, "%s beats %s: %s is %s by ", w->winner, w->loser, name,
            metric_of(w, row)->better > 0 ? "higher" : "lower");
    put_amount(w, &s, diff_of(w, row), sign);
    put_scale(w, sign);
    fputc('.', w->out);
}

/* An interval that leaves out 0 decides nothing where many pairs are looked at. */
static void put_holm(const struct words *w)
{
    const struct ccs_estimate *d = diff_of(w, w->v->row);
    if ((d->lo > 0 || d->hi < 0) && !(w->v->p <= CCS_RANK_LEVEL)) {
        fprintf(w->out, "; one pair alone would be decided, one of %zu is not (p = %.2g, Holm)",
                w->res->verdict_n, w->v->p);
    }
}

static void put_undecided(const struct words *w)
{
    char name[WORDS];
    struct shape s = row_shape(w, w->v->row, name);
    const struct ccs_estimate *d = diff_of(w, w->v->row);
    fprintf(w->out, "Undecided: in %s, %s differs from %s by ", name, w->a, w->b);
    put_range(w, &s, d);
    fprintf(w->out, " over %s", w->period);
    put_holm(w);
    fputc('.', w->out);
}

static void put_indifferent(const struct words *w)
{
    char name[WORDS], text[CCS_NUMBER_TEXT];
    struct shape s = row_shape(w, w->v->row, name);
    double band = w->res->scenario->run.indifference;
    fprintf(w->out, "No difference that matters: in %s, %s differs from %s by ", name, w->a, w->b);
    put_range(w, &s, diff_of(w, w->v->row));
    fprintf(
        w->out, " over %s, and less than %s%s does not matter (run.indifference).", w->period,
        ccs_number_text(text, band * s.factor, ccs_number_decimals(band * s.factor, NAN), false),
        s.unit);
}

static void put_none(const struct words *w)
{
    const struct ccs_estimate *d = diff_of(w, w->v->row);
    fprintf(w->out, "No verdict on %s against %s: %s has no interval (%s).", w->a, w->b,
            metric_of(w, w->v->row)->name, d->reason ? d->reason : "too few replications");
}

/* ---- where cost alone decides nothing ---- */

/* "X costs 64.8 k EUR more (95 %: ...) than Y over 5 days"; `dear` +1: a does. */
static void put_costs(const struct words *w, int dear)
{
    struct shape s = shape_of(w->res, "currency", " more", diff_of(w, w->v->row));
    fprintf(w->out, "%s costs ", dear > 0 ? w->a : w->b);
    put_amount(w, &s, diff_of(w, w->v->row), dear);
    fprintf(w->out, " than %s over %s", dear > 0 ? w->b : w->a, w->period);
}

/* "answers 12.1 percentage points more of its callers in time and ...": what the side `dear` is
 * clearly better at, each by itself. As a further predicate of its sentence, or as the first. */
static void put_service(const struct words *w, int dear, bool is_further)
{
    static const char *const words[CCS_SERVICE_COUNT][2] = {
        {"answers ", " more of its callers within their target time"},
        {"loses ", " fewer of its callers"},
        {"lets callers wait ", " less on average"},
    };
    int rows[CCS_SERVICE_COUNT];
    int last = -1;
    bool is_begun = is_further;
    for (int i = 0; i < CCS_SERVICE_COUNT; i++) {
        rows[i] = ccs_verdict_service_row(w->res, i);
        rows[i] = ccs_verdict_side(w->res, w->cmp, rows[i]) == dear ? rows[i] : -1;
        last = rows[i] >= 0 ? i : last;
    }
    for (int i = 0; i <= last; i++) {
        if (rows[i] >= 0) {
            struct shape s = shape_of(w->res, metric_of(w, rows[i])->unit, "", diff_of(w, rows[i]));
            fprintf(w->out, "%s%s", !is_begun ? " " : i == last ? " and " : ", ", words[i][0]);
            is_begun = true;
            put_number(w, &s, fabs(diff_of(w, rows[i])->mean));
            fprintf(w->out, "%s%s", s.unit, words[i][1]);
        }
    }
}

static void put_trade_off(const struct words *w)
{
    int dear = diff_of(w, w->v->row)->mean > 0 ? 1 : -1;
    fputs("A trade-off: ", w->out);
    put_costs(w, dear);
    put_service(w, dear, true);
    fputs("; no target says what that is worth (run.targets).", w->out);
}

static bool serves_better(const struct words *w, int side)
{
    bool is_better = false;
    for (int i = 0; i < CCS_SERVICE_COUNT; i++) {
        int row = ccs_verdict_service_row(w->res, i);
        is_better = is_better || ccs_verdict_side(w->res, w->cmp, row) == side;
    }
    return is_better;
}

/* Either the cost is not clear, or what is paid more buys is not. */
static void put_service_undecided(const struct words *w)
{
    const struct ccs_estimate *d = diff_of(w, w->v->row);
    fprintf(w->out, "Undecided: %s and %s differ in staff; ", w->a, w->b);
    if (d->lo > 0 || d->hi < 0) {
        put_costs(w, d->mean > 0 ? 1 : -1);
        put_holm(w);
    } else {
        char name[WORDS];
        struct shape s = row_shape(w, w->v->row, name);
        fputs("which costs more is not clear: the difference is ", w->out);
        put_range(w, &s, d);
        fprintf(w->out, " over %s", w->period);
    }
    bool is_any = false;
    for (int side = 1; side >= -1; side -= 2) {
        if (serves_better(w, side)) {
            fprintf(w->out, "; %s", side > 0 ? w->a : w->b);
            put_service(w, side, false);
            is_any = true;
        }
    }
    fputs(is_any ? "; that is so of each measure by itself, and not sure of all together (Holm)."
                 : "; in service no difference is clear.",
          w->out);
}

/* "misses service_level >= 0.8 (it is 0.62)" */
static void put_standing(FILE *out, const struct ccs_results *res, size_t policy)
{
    const struct ccs_standing *st = &res->standings[policy];
    char text[CCS_NUMBER_TEXT];
    fprintf(out, "%s ", ccs_results_policy(res, policy));
    if (st->kind == CCS_STANDING_MEETS) {
        fprintf(out, "meets the target%s", res->scenario->targets.n > 1 ? "s" : "");
        return;
    }
    fprintf(out, "%s `%s`",
            st->kind == CCS_STANDING_MISSES ? "misses the target"
                                            : "may or may not meet the target",
            st->target->text);
    if (!isnan(st->mean)) {
        fprintf(out, " (%s)",
                ccs_number_text(text, st->mean, ccs_number_decimals(st->mean, NAN), false));
    }
}

static void put_standings(const struct words *w)
{
    put_standing(w->out, w->res, w->cmp->a);
    fputs(", ", w->out);
    put_standing(w->out, w->res, w->cmp->b);
}

static void put_targets(const struct words *w)
{
    const struct ccs_estimate *d = diff_of(w, w->v->row);
    bool has_cost = ccs_estimate_is_defined(d) && ccs_estimate_has_interval(d);
    bool both = w->res->standings[w->cmp->a].kind == CCS_STANDING_MEETS &&
                w->res->standings[w->cmp->b].kind == CCS_STANDING_MEETS;
    if (w->side != 0) {
        fprintf(w->out, "%s beats %s: ", w->winner, w->loser);
    } else {
        fputs(w->v->kind == CCS_VERDICT_NEITHER ? "Neither meets what is asked: " : "Undecided: ",
              w->out);
    }
    if (both) {
        fprintf(w->out, "both meet the target%s", w->res->scenario->targets.n > 1 ? "s" : "");
    } else {
        put_standings(w);
    }
    if (has_cost && (d->lo > 0 || d->hi < 0)) {
        fputs(both ? ", and " : "; ", w->out);
        put_costs(w, d->mean > 0 ? 1 : -1);
    } else if (has_cost && !both) {
        fputs("; which costs more is not clear", w->out);
    } else if (has_cost) {
        char name[WORDS];
        struct shape s = row_shape(w, w->v->row, name);
        fputs("; their costs differ by ", w->out);
        put_range(w, &s, d);
        fprintf(w->out, " over %s", w->period);
    }
    fputc('.', w->out);
}

/* ---- what it rests on ---- */

/* "it is 0.01 USD (95 %: ...)", "X is ahead by ...", "it is not decided (between ...)" */
static void put_other_figure(const struct words *w, int row)
{
    char name[WORDS];
    struct shape s = row_shape(w, row, name);
    const struct ccs_estimate *d = diff_of(w, row);
    int side = ccs_verdict_side(w->res, w->cmp, row);
    if (side == 0 && ccs_verdict_is_nothing(w->res, w->cmp, row)) {
        fputs("they do not differ", w->out);
    } else if (side == 0) {
        fputs("it is not decided: ", w->out);
        put_range(w, &s, d);
    } else {
        fprintf(w->out, "%s is ahead by ", side > 0 ? w->a : w->b);
        put_amount(w, &s, d, d->mean > 0 ? 1 : -1);
    }
}

static void put_labor(const struct words *w)
{
    static const char *const views[] = {"workload (wages over target occupancy)", "staffed hours"};
    if (w->v->other_row < 0) {
        return;
    }
    bool is_staffed = w->v->is_staffed;
    fprintf(w->out, " Labor is counted by %s; %sby %s ", views[is_staffed],
            w->v->views_disagree ? "the other view disagrees: " : "", views[!is_staffed]);
    put_other_figure(w, w->v->other_row);
    fputc('.', w->out);
}

static void put_debts(const struct words *w)
{
    if (w->v->settled_row < 0) {
        return;
    }
    const struct ccs_estimate *booked = diff_of(w, w->v->row);
    const struct ccs_estimate *paid = diff_of(w, w->v->settled_row);
    if (booked->lo == paid->lo && booked->hi == paid->hi) {
        return; /* nothing is owed, or the same by both */
    }
    if (w->v->wins_by_owing) {
        fprintf(w->out, " %s wins by keeping what it owes: with debts settled ", w->winner);
    } else {
        fputs(" With debts settled ", w->out);
    }
    put_other_figure(w, w->v->settled_row);
    fputc('.', w->out);
}

/* "customers lost (given up)", "labor (transfer)", "offers" */
static void put_line_name(const struct words *w, enum ccs_line line)
{
    const char *part;
    const char *group = ccs_line_group(line, &part);
    fprintf(w->out, "%s%s", group ? group : "", group ? " (" : "");
    for (const char *c = part; *c != '\0'; c++) {
        fputc(*c == '_' ? ' ' : *c, w->out);
    }
    fputs(group ? ")" : "", w->out);
}

enum line_group {
    GROUP_LOST,
    GROUP_CONCESSIONS,
    GROUP_LABOR,
    GROUP_OTHER,
    GROUPS
};

static enum line_group group_of(enum ccs_line line)
{
    bool is_concession = line == CCS_LINE_PAID + CCS_ACCOUNT_CONCESSIONS_JUSTIFIED ||
                         line == CCS_LINE_PAID + CCS_ACCOUNT_CONCESSIONS_UNJUSTIFIED;
    return line < CCS_LINE_PAID     ? GROUP_LOST
           : line >= CCS_LINE_LABOR ? GROUP_LABOR
           : is_concession          ? GROUP_CONCESSIONS
                                    : GROUP_OTHER;
}

/* " The difference is made up of customers lost +2.10, concessions -1.22": all of it. */
static void put_groups(const struct words *w, const struct shape *s, double sign)
{
    static const char *const names[GROUPS] = {"customers lost", "concessions", "labor",
                                              "other costs"};
    double sums[GROUPS] = {0};
    bool is_begun = false;
    for (size_t row = 0; row < w->res->row_n; row++) {
        if (w->res->rows[row].slice == CCS_SLICE_LINE) {
            sums[group_of((enum ccs_line)w->res->rows[row].index)] +=
                sign * w->cmp->rows[row].diff.mean * w->v->line_factor;
        }
    }
    for (int g = 0; g < GROUPS; g++) {
        char text[CCS_NUMBER_TEXT];
        ccs_number_text(text, sums[g] * s->factor, s->decimals, true);
        if (strpbrk(text, "123456789")) {
            fprintf(w->out, "%s%s %s", is_begun ? ", " : " The difference is made up of ", names[g],
                    text);
            is_begun = true;
        }
    }
}

/* The groups, and "; largest lines: customers lost (given up) +2.10 USD per customer." */
static void put_lines(const struct words *w)
{
    double sign = w->side != 0 ? w->side : 1;
    char name[WORDS], text[CCS_NUMBER_TEXT];
    struct shape s = row_shape(w, w->v->row, name);
    bool is_begun = false;
    if (w->v->line_n > 0) {
        put_groups(w, &s, sign);
    }
    for (size_t i = 0; i < w->v->line_n; i++) {
        const struct ccs_row *line = &w->res->rows[w->v->lines[i]];
        double x = sign * w->cmp->rows[w->v->lines[i]].diff.mean * w->v->line_factor;
        ccs_number_text(text, x * s.factor, s.decimals, true);
        if (strpbrk(text, "123456789")) { /* not one that is 0 in the digits of the difference */
            fputs(is_begun ? ", " : "; largest lines: ", w->out);
            put_line_name(w, (enum ccs_line)line->index);
            fprintf(w->out, " %s", text);
            is_begun = true;
        }
    }
    fprintf(w->out, "%s%s", is_begun ? s.unit : "", is_begun ? "." : "");
}

static void put_open(const struct words *w)
{
    for (int i = 0; i < 2; i++) {
        double open = i == 0 ? w->v->open_a : w->v->open_b;
        if (open > OPEN_LIMIT) {
            fprintf(w->out,
                    " %.1f %% of the issues of %s were still open at the end of the follow-up.",
                    100 * open, i == 0 ? w->a : w->b);
        }
    }
}

/* Winning by serving fewer is no merit where nothing in the model makes it dear. */
static void put_losses(const struct words *w)
{
    if (w->v->loses == 0 || w->v->loses != w->side) {
        return;
    }
    int row = ccs_verdict_service_row(w->res, CCS_SERVICE_LOST);
    bool is_callers = ccs_verdict_side(w->res, w->cmp, row) == -w->side;
    row = is_callers ? row : ccs_results_row(w->res, "given_up_share", CCS_SLICE_ALL, NULL);
    struct shape s = shape_of(w->res, "share", "", diff_of(w, row));
    fprintf(w->out, " But %s loses ", w->winner);
    put_number(w, &s, fabs(diff_of(w, row)->mean));
    fprintf(w->out, "%s more of its %s%s.", s.unit,
            is_callers ? "callers" : "issues to customers who give up",
            metric_of(w, w->v->row)->gets_better_by_losing ? ", which costs nothing in this model"
                                                           : "");
}

static void put_remarks(const struct words *w)
{
    const struct ccs_verdict *v = w->v;
    if (v->basis == CCS_BASIS_PRIMARY) {
        put_labor(w);
        put_debts(w);
        put_lines(w);
        if (v->rests_on_claimants) {
            fputs(" It takes customers whose claim was rightly refused to leave like the wronged, "
                  "as the scenario says nothing else (behavior.leaving.rightly_refused, "
                  "segments.opportunists).",
                  w->out);
        }
        put_losses(w);
        if (v->staff_differs) {
            fputs(" They differ in staff.", w->out);
        }
        if (w->res->standings) {
            fputs(" Of run.targets: ", w->out);
            put_standings(w);
            fputc('.', w->out);
        }
    }
    put_open(w);
    if (w->res->is_long_run) {
        fputs(" These are long-run states, each under a past of its own: nobody switches at t0.",
              w->out);
    }
    fputs(" Simulation error only, inputs taken as exact.", w->out);
}

static void put_sentences(const struct words *w)
{
    const struct ccs_verdict *v = w->v;
    bool is_row = v->basis != CCS_BASIS_TARGETS;
    if (v->kind == CCS_VERDICT_NONE) {
        put_none(w);
        return;
    }
    if (v->basis == CCS_BASIS_TARGETS) {
        put_targets(w);
    } else if (v->kind == CCS_VERDICT_TRADE_OFF) {
        put_trade_off(w);
    } else if (v->kind == CCS_VERDICT_UNDECIDED && v->basis == CCS_BASIS_SERVICE) {
        put_service_undecided(w);
    } else if (v->kind == CCS_VERDICT_UNDECIDED) {
        put_undecided(w);
    } else if (v->kind == CCS_VERDICT_INDIFFERENT) {
        put_indifferent(w);
    } else if (v->kind == CCS_VERDICT_SAME) {
        fprintf(w->out, "%s and %s do not differ in %s in any replication.", w->a, w->b,
                metric_of(w, v->row)->name);
    } else if (is_row) {
        put_win(w);
    }
    put_remarks(w);
}

/* ---- into the results ---- */

/* Moves what was written into the arena. */
static ccs_status keep(struct ccs_results *res, FILE *out, char **text, size_t *size,
                       const char **kept)
{
    CCS_TRY(ccs_sink_end_text(out, text, size));
    *kept = ccs_arena_strdup(res->arena, *text);
    free(*text);
    return *kept ? CCS_OK : CCS_ENOMEM;
}

ccs_status ccs_verdict_write(struct ccs_results *res, size_t i)
{
    struct ccs_verdict *v = &res->verdicts[i];
    const struct ccs_comparison *cmp = &res->comparisons[v->comparison];
    char *text = NULL;
    size_t size = 0;
    struct words w = {
        .res = res,
        .v = v,
        .cmp = cmp,
        .out = ccs_sink_to_text(&text, &size),
        .a = ccs_results_policy(res, cmp->a),
        .b = ccs_results_policy(res, cmp->b),
        .side = v->kind == CCS_VERDICT_A   ? 1
                : v->kind == CCS_VERDICT_B ? -1
                                           : 0,
    };
    w.winner = w.side < 0 ? w.b : w.a;
    w.loser = w.side < 0 ? w.a : w.b;
    ccs_duration_text(w.period, ccs_time_to_s(res->scenario->run.horizon));
    size_t length = strlen(w.period);
    if (strncmp(w.period, "1 ", 2) == 0 && length > 3 && w.period[length - 1] == 's' &&
        strcmp(w.period, "1 ms") != 0) {
        w.period[length - 1] = '\0'; /* "1 week", as one says it; a scenario writes "1 weeks" */
    }
    if (w.out) {
        put_sentences(&w);
    }
    return keep(res, w.out, &text, &size, &v->sentence);
}

ccs_status ccs_verdict_write_choice(struct ccs_results *res)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = ccs_sink_to_text(&text, &size);
    size_t n[3] = {0, 0, 0};
    for (size_t p = 0; p < res->policy_n; p++) {
        n[res->standings[p].kind]++;
    }
    bool is_one = res->policy_n == 1;
    if (!out || is_one) {
        ; /* nobody to win against */
    } else if (res->chosen >= 0) {
        fprintf(out, "%s wins: of %zu policies it is the cheapest that meets the targets.",
                ccs_results_policy(res, (size_t)res->chosen), res->policy_n);
    } else if (n[CCS_STANDING_MEETS] > 0) {
        fputs("Undecided: which policy is the cheapest that meets the targets is not clear.", out);
    } else {
        fprintf(out, "No policy wins: none %s the targets.",
                n[CCS_STANDING_UNDECIDED] > 0 ? "surely meets" : "meets");
    }
    for (size_t p = 0; out && p < res->policy_n; p++) {
        fputs(is_one ? "" : p == 0 ? " Of all: " : ", ", out);
        put_standing(out, res, p);
    }
    if (out) {
        fputc('.', out);
    }
    return keep(res, out, &text, &size, &res->choice);
}
