/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading expectations: see expect.h; expect_judge.c judges them. */
#include "experiment/expect.h"

#include "base/diag.h"
#include "base/try.h"
#include "experiment/assemble.h"
#include "experiment/rows.h"
#include "format/document/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PART = 512 /* bytes of a part of an expectation */
};

struct parser {
    const struct ccs_expect_scope *scope;
    struct ccs_expectation *e;
    bool is_unknown;
    char *fault;
};

static bool fail(struct parser *p, bool is_unknown, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool fail(struct parser *p, bool is_unknown, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(p->fault, CCS_EXPECT_FAULT, format, args);
    va_end(args);
    p->is_unknown = is_unknown;
    return false;
}

/* Copies n bytes without the blanks around them. */
static bool cut(struct parser *p, char part[PART], const char *text, size_t n)
{
    while (n > 0 && *text == ' ') {
        text++;
        n--;
    }
    while (n > 0 && text[n - 1] == ' ') {
        n--;
    }
    if (n >= PART) {
        return fail(p, false, "is too long");
    }
    memcpy(part, text, n);
    part[n] = '\0';
    return true;
}

/* ---- names ---- */

static bool find_policy(struct parser *p, const char *name, int *policy)
{
    const struct ccs_scenario *sc = p->scope->scenario;
    char suggestion[CCS_SUGGEST_TEXT];
    *policy = ccs_scenario_policy(sc, name);
    if (*policy >= 0) {
        return true;
    }
    return fail(p, true, "no policy `%.60s`%s", name, ccs_scenario_suggest(suggestion, sc, name));
}

static bool find_metric(struct parser *p, const char *name)
{
    int metric = ccs_metric_find(name);
    char suggestion[CCS_SUGGEST_TEXT];
    if (metric >= 0) {
        p->e->metric = &ccs_metrics[metric];
        return true;
    }
    return fail(p, true, "no metric `%.60s`%s", name, ccs_metric_suggest(suggestion, name));
}

/* The metric has to have a row for the slice. */
static bool find_row(struct parser *p, const char *name)
{
    const struct ccs_expect_scope *scope = p->scope;
    char suggestion[CCS_SUGGEST_TEXT];
    struct ccs_nearest nearest = ccs_nearest_to(name ? name : "");
    bool has_slice = false;
    for (size_t i = 0; i < scope->row_n; i++) {
        const struct ccs_row *row = &scope->rows[i];
        if (row->metric != p->e->metric || row->slice != p->e->slice) {
            continue;
        }
        has_slice = true;
        if (!name || strcmp(row->name, name) == 0) {
            p->e->name = name ? row->name : NULL;
            return true;
        }
        ccs_nearest_try(&nearest, row->name);
    }
    if (!name) {
        return fail(p, true, "%s is not a metric of the whole run: add [SLICE=NAME]",
                    p->e->metric->name);
    }
    if (!has_slice) {
        return fail(p, true, "%s is not reported by %s", p->e->metric->name,
                    ccs_slice_kind_name(p->e->slice));
    }
    return fail(p, true, "no %s `%.60s`%s", ccs_slice_kind_name(p->e->slice), name,
                ccs_nearest_text(suggestion, &nearest));
}

/* ---- the parts ---- */

/* "channel=phone" */
static bool parse_slice(struct parser *p, const char *text)
{
    const char *equals = strchr(text, '=');
    char kind[PART] = "", name[PART] = "";
    if (!equals) {
        return fail(p, false, "a slice is written [channel=NAME] (found `[%.60s]`)", text);
    }
    if (!cut(p, kind, text, (size_t)(equals - text)) ||
        !cut(p, name, equals + 1, strlen(equals + 1))) {
        return false;
    }
    for (int k = CCS_SLICE_ALL + 1; k < CCS_SLICE_PERIOD; k++) {
        if (strcmp(kind, ccs_slice_kind_name((enum ccs_slice_kind)k)) == 0) {
            p->e->slice = (enum ccs_slice_kind)k;
            return find_row(p, name);
        }
    }
    return fail(
        p, true,
        "no slice `%.40s`: one of team, channel, segment, issue_type, cause, account, settled",
        kind);
}

/* "A, B"; names may hold commas. */
static bool parse_pair(struct parser *p, const char *text)
{
    char a[PART] = "", b[PART] = "";
    const char *first = strchr(text, ',');
    for (const char *comma = first; comma; comma = strchr(comma + 1, ',')) {
        if (cut(p, a, text, (size_t)(comma - text)) && cut(p, b, comma + 1, strlen(comma + 1)) &&
            find_policy(p, a, &p->e->policy) && find_policy(p, b, &p->e->versus)) {
            return p->e->policy != p->e->versus ||
                   fail(p, false, "compares `%.60s` with itself", a);
        }
    }
    return first ? false : fail(p, false, "compare takes two policies: compare(A, B)");
}

/* "METRIC", "POLICY.METRIC", "compare(A, B).METRIC", without a slice. */
static bool parse_quantity(struct parser *p, const char *text)
{
    char metric[PART] = "", owner[PART] = "";
    const char *dot = strrchr(text, '.');
    const char *name = dot ? dot + 1 : text;
    if (!cut(p, metric, name, strlen(name)) ||
        !cut(p, owner, text, dot ? (size_t)(dot - text) : 0) || !find_metric(p, metric)) {
        return false;
    }
    size_t n = strlen(owner);
    if (!dot) {
        return true;
    }
    if (strncmp(owner, "compare(", 8) == 0 && owner[n - 1] == ')') {
        owner[n - 1] = '\0';
        return parse_pair(p, owner + 8);
    }
    return find_policy(p, owner, &p->e->policy);
}

static bool parse_number(struct parser *p, const char *text)
{
    char part[PART];
    if (!cut(p, part, text, strlen(text))) {
        return false;
    }
    size_t n = strlen(part);
    bool is_percent = n > 0 && part[n - 1] == '%';
    if (!ccs_text_number(part, n - is_percent, &p->e->value)) {
        return fail(p, false, "`%.60s` is not a number in the unit of the metric (%s)", part,
                    p->e->metric->unit);
    }
    p->e->value /= is_percent ? 100 : 1;
    return true;
}

/* Quantiles are compared by jackknife, which is done against the baseline only. */
static bool check_pair(struct parser *p)
{
    int base = (int)p->scope->scenario->baseline;
    if (p->e->versus < 0) {
        return true;
    }
    if (p->e->slice != CCS_SLICE_ALL) {
        return fail(p, false, "compare takes no slice");
    }
    if (p->e->metric->kind == CCS_METRIC_QUANTILE && p->e->policy != base && p->e->versus != base) {
        return fail(p, false, "%s can be compared with the baseline only", p->e->metric->name);
    }
    return true;
}

/* Reads one; names in it are borrowed from the scope. False: *is_unknown tells whether it is about
 * something that is not there (or cannot be read), `fault` what to write instead. */
static bool parse(struct ccs_expectation *e, const char *text, const struct ccs_expect_scope *scope,
                  bool *is_unknown, char fault[CCS_EXPECT_FAULT])
{
    char left[PART] = "";
    struct parser p = {.scope = scope, .e = e};
    p.fault = fault;
    size_t n = strlen(text);
    while (n > 0 && !strchr("<>", text[n - 1])) {
        n--;
    }
    *e = (struct ccs_expectation){.text = text, .policy = -1, .versus = -1};
    bool is_read = n > 1 ? cut(&p, left, text, n - 1)
                         : fail(&p, false, "has no <, <=, > or >=: METRIC < NUMBER is expected");
    if (is_read) {
        bool or_equal = text[n] == '=';
        e->op = text[n - 1] == '<' ? (or_equal ? CCS_EXPECT_LESS_EQUAL : CCS_EXPECT_LESS)
                                   : (or_equal ? CCS_EXPECT_GREATER_EQUAL : CCS_EXPECT_GREATER);
        /* a name in a slice may hold anything, so look for the last bracket */
        size_t length = strlen(left);
        char *open = length > 0 && left[length - 1] == ']' ? strrchr(left, '[') : NULL;
        if (open) {
            left[length - 1] = '\0';
            *open = '\0';
        }
        is_read = parse_quantity(&p, left) &&
                  (open ? parse_slice(&p, open + 1) : find_row(&p, NULL)) && check_pair(&p) &&
                  parse_number(&p, text + n + or_equal);
    }
    *is_unknown = p.is_unknown;
    return is_read;
}

/* One list of texts, whose place in the document is `pointer`. */
static ccs_status load(struct ccs_expectations *list, const struct ccs_string_list *texts,
                       const char *pointer, const struct ccs_expect_scope *scope,
                       struct ccs_arena *arena, struct ccs_diagnostics *diags)
{
    list->v = ccs_arena_calloc(arena, texts->n, sizeof *list->v);
    if (!list->v) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < texts->n; i++) {
        char fault[CCS_EXPECT_FAULT], at[40];
        bool is_unknown = false;
        if (!parse(&list->v[i], texts->v[i], scope, &is_unknown, fault)) {
            snprintf(at, sizeof at, "%s/%zu", pointer, i);
            ccs_document_report(scope->scenario->doc, diags, is_unknown ? CCS_E391 : CCS_E390, at,
                                "%s", fault);
        }
    }
    list->n = texts->n;
    return CCS_OK;
}

/* A target is what each policy meets or misses by itself. */
static void refuse_comparisons(const struct ccs_scenario *sc, struct ccs_diagnostics *diags)
{
    for (size_t i = 0; i < sc->targets.n; i++) {
        char at[40];
        if (sc->targets.v[i].versus >= 0) {
            snprintf(at, sizeof at, "/run/targets/%zu", i);
            ccs_document_report(sc->doc, diags, CCS_E390, at,
                                "a target is met or missed by one policy: it takes no compare()");
        }
    }
}

ccs_status ccs_expectations_load(struct ccs_scenario *sc, const struct ccs_string_list *expect,
                                 struct ccs_diagnostics *diags)
{
    const struct ccs_string_list *targets = &sc->run.targets;
    if (expect->n == 0 && targets->n == 0) {
        return CCS_OK;
    }
    struct ccs_expect_scope scope = {.scenario = sc};
    scope.rows = ccs_rows_create(sc, false, &sc->arena, &scope.row_n);
    if (!scope.rows) {
        return CCS_ENOMEM;
    }
    CCS_TRY(load(&sc->expect, expect, "/expect", &scope, &sc->arena, diags));
    CCS_TRY(load(&sc->targets, targets, "/run/targets", &scope, &sc->arena, diags));
    refuse_comparisons(sc, diags);
    return CCS_OK;
}
