/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making and writing a baseline: see baseline.h; reading it: baseline_read.c. */
#include "gate/baseline.h"

#include "base/json_out.h"
#include "experiment/scenario.h"

#include <ccsim/version.h>
#include <gnu/libc-version.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARKS_PER_LINE = 24,
    SIGNATURES_PER_LINE = 10
};

#if defined(__x86_64__)
#define MACHINE "x86_64"
#elif defined(__aarch64__)
#define MACHINE "aarch64"
#else
#define MACHINE "other"
#endif

char *ccs_platform_text(char text[CCS_PLATFORM_TEXT])
{
    snprintf(text, CCS_PLATFORM_TEXT, MACHINE " glibc %s", gnu_get_libc_version());
    return text;
}

static struct ccs_baseline_metric metric_of(const struct ccs_row *row, const struct ccs_estimate *e)
{
    return (struct ccs_baseline_metric){
        .name = row->metric->name,
        .unit = row->metric->unit,
        .mean = e->mean,
        .lo = e->lo,
        .hi = e->hi,
        .df = e->kind == CCS_ESTIMATE_T ? e->df : NAN,
    };
}

static size_t whole_rows(const struct ccs_results *res)
{
    size_t n = 0;
    while (n < res->row_n && res->rows[n].slice == CCS_SLICE_ALL) {
        n++;
    }
    return n;
}

static ccs_status make_policies(struct ccs_baseline *b, const struct ccs_results *res)
{
    size_t rows = whole_rows(res);
    b->policy_n = res->policy_n;
    b->policies = ccs_arena_calloc(&b->arena, b->policy_n, sizeof *b->policies);
    for (size_t p = 0; b->policies && p < b->policy_n; p++) {
        struct ccs_baseline_policy *policy = &b->policies[p];
        policy->name = ccs_results_policy(res, p);
        policy->signature = res->signatures[p];
        policy->metric_n = rows;
        policy->metrics = ccs_arena_calloc(&b->arena, rows, sizeof *policy->metrics);
        if (!policy->metrics) {
            return CCS_ENOMEM;
        }
        for (size_t i = 0; i < rows; i++) {
            policy->metrics[i] = metric_of(&res->rows[i], &res->estimates[p * res->row_n + i]);
        }
    }
    return b->policies ? CCS_OK : CCS_ENOMEM;
}

ccs_status ccs_baseline_make(struct ccs_baseline *b, const struct ccs_results *res,
                             const char *policy, const struct ccs_trace *trace,
                             const struct ccs_tolerance *tolerances, size_t tolerance_n)
{
    *b = (struct ccs_baseline){
        .version = CCS_VERSION,
        .commit = ccs_build_commit(),
        .digest = ccs_build_digest(),
        .scenario = res->scenario->name,
        .hash = res->scenario->hash,
        .seed = res->seed,
        .signature = res->signature,
        .replications = res->replications,
        .policy = policy,
        .tolerance_n = tolerance_n,
        .trace = *trace,
        .signature_n = res->replications < CCS_BASELINE_REPLICATIONS ? res->replications
                                                                     : CCS_BASELINE_REPLICATIONS,
    };
    char platform[CCS_PLATFORM_TEXT];
    ccs_arena_init(&b->arena, 0);
    b->platform = ccs_arena_strdup(&b->arena, ccs_platform_text(platform));
    b->tolerances = ccs_arena_calloc(&b->arena, tolerance_n + 1, sizeof *b->tolerances);
    b->signature_of = ccs_arena_calloc(&b->arena, b->signature_n, sizeof *b->signature_of);
    ccs_status status = make_policies(b, res);
    if (status || !b->platform || !b->tolerances || !b->signature_of) {
        ccs_baseline_fini(b);
        return CCS_ENOMEM;
    }
    if (tolerance_n > 0) {
        memcpy(b->tolerances, tolerances, tolerance_n * sizeof *tolerances);
    }
    for (size_t r = 0; r < b->signature_n; r++) {
        b->signature_of[r] = (uint32_t)(res->signature_of[r] >> 32);
    }
    return CCS_OK;
}

void ccs_baseline_fini(struct ccs_baseline *b)
{
    ccs_arena_fini(&b->arena);
    *b = (struct ccs_baseline){0};
}

const struct ccs_baseline_policy *ccs_baseline_policy(const struct ccs_baseline *b,
                                                      const char *name)
{
    for (size_t p = 0; p < b->policy_n; p++) {
        if (strcmp(b->policies[p].name, name) == 0) {
            return &b->policies[p];
        }
    }
    return NULL;
}

const struct ccs_baseline_metric *ccs_baseline_metric(const struct ccs_baseline_policy *policy,
                                                      const char *name)
{
    for (size_t i = 0; i < policy->metric_n; i++) {
        if (strcmp(policy->metrics[i].name, name) == 0) {
            return &policy->metrics[i];
        }
    }
    return NULL;
}

double ccs_baseline_half_width(const struct ccs_baseline_metric *metric)
{
    if (isnan(metric->df) || strcmp(metric->unit, "share") != 0) {
        return (metric->hi - metric->lo) / 2;
    }
    double below = metric->mean - metric->lo;
    double above = metric->hi - metric->mean;
    bool is_cut_below = metric->lo == 0;
    bool is_cut_above = metric->hi == 1;
    if (is_cut_below && is_cut_above) {
        return fmax(below, above);
    }
    return is_cut_below ? above : is_cut_above ? below : (metric->hi - metric->lo) / 2;
}

/* ---- writing ---- */

/* A number as JSON has it. */
static const char *number(char text[CCS_DOUBLE_TEXT], double value)
{
    return isfinite(value) ? ccs_double_text(text, value) : "null";
}

/* On one line, so that a difference of two files reads like a table. Units need no escapes. */
static void put_metric(struct ccs_json_out *out, const struct ccs_baseline_metric *m)
{
    char line[300], mean[CCS_DOUBLE_TEXT], lo[CCS_DOUBLE_TEXT], hi[CCS_DOUBLE_TEXT];
    char df[CCS_DOUBLE_TEXT], tail[60] = "";
    if (!isnan(m->df)) {
        snprintf(tail, sizeof tail, ", \"df\": %s", number(df, m->df));
    }
    snprintf(line, sizeof line, "{\"mean\": %s, \"ci95\": [%s, %s]%s, \"unit\": \"%s\"}",
             number(mean, m->mean), number(lo, m->lo), number(hi, m->hi), tail, m->unit);
    ccs_json_out_key(out, m->name);
    ccs_json_out_raw(out, line);
}

static void put_policies(struct ccs_json_out *out, const struct ccs_baseline *b)
{
    ccs_json_out_key(out, "policies");
    ccs_json_out_begin_object(out);
    for (size_t p = 0; p < b->policy_n; p++) {
        const struct ccs_baseline_policy *policy = &b->policies[p];
        ccs_json_out_key(out, policy->name);
        ccs_json_out_begin_object(out);
        ccs_json_out_put_hash(out, "signature", policy->signature);
        ccs_json_out_key(out, "metrics");
        ccs_json_out_begin_object(out);
        for (size_t i = 0; i < policy->metric_n; i++) {
            put_metric(out, &policy->metrics[i]);
        }
        ccs_json_out_end_object(out);
        ccs_json_out_end_object(out);
    }
    ccs_json_out_end_object(out);
}

static void put_tolerances(struct ccs_json_out *out, const struct ccs_baseline *b)
{
    ccs_json_out_key(out, "tolerances");
    ccs_json_out_begin_object(out);
    for (size_t i = 0; i < b->tolerance_n; i++) {
        const struct ccs_tolerance *t = &b->tolerances[i];
        char text[CCS_TOLERANCE_TEXT];
        bool is_last = true; /* of its name: JSON has a key once */
        for (size_t k = i + 1; k < b->tolerance_n; k++) {
            is_last = is_last && strcmp(b->tolerances[k].metric, t->metric) != 0;
        }
        if (is_last) {
            ccs_json_out_put_string(out, t->metric, ccs_tolerance_text(text, t));
        }
    }
    ccs_json_out_end_object(out);
}

/* n fixed-width hexadecimal numbers, `per_line` to a string. */
static void put_words(struct ccs_json_out *out, const char *key, const void *words, size_t n,
                      int digits, size_t per_line)
{
    char line[120];
    size_t len = 0;
    ccs_json_out_key(out, key);
    ccs_json_out_begin_array(out);
    for (size_t i = 0; i < n; i++) {
        uint32_t word = digits == 4 ? ((const uint16_t *)words)[i] : ((const uint32_t *)words)[i];
        len += (size_t)snprintf(line + len, sizeof line - len, "%0*" PRIx32, digits, word);
        if ((i + 1) % per_line == 0 || i + 1 == n) {
            ccs_json_out_string(out, line);
            len = 0;
        }
    }
    ccs_json_out_end_array(out);
}

static void put_accounts(struct ccs_json_out *out, const struct ccs_stretch *s)
{
    ccs_json_out_key(out, "accounts");
    ccs_json_out_begin_object(out);
    for (int a = 0; a < CCS_ACCOUNT_COUNT; a++) {
        ccs_json_out_key(out, ccs_account_name((enum ccs_account)a));
        ccs_json_out_begin_array(out);
        ccs_json_out_int(out, s->window[a]);
        ccs_json_out_int(out, s->later[a]);
        ccs_json_out_end_array(out);
    }
    ccs_json_out_end_object(out);
}

static void put_stretch(struct ccs_json_out *out, const struct ccs_stretch *s)
{
    ccs_json_out_key(out, s->policy ? s->policy : "past");
    ccs_json_out_begin_object(out);
    ccs_json_out_put_int(out, "events", (int64_t)s->event_n);
    ccs_json_out_put_hash(out, "hash", s->hash);
    if (s->policy) {
        ccs_json_out_put_hash(out, "sums", s->measures);
        put_accounts(out, s);
    }
    put_words(out, "marks", s->marks, s->mark_n, 4, MARKS_PER_LINE);
    ccs_json_out_end_object(out);
}

static void put_trace(struct ccs_json_out *out, const struct ccs_trace *trace)
{
    ccs_json_out_key(out, "trace");
    ccs_json_out_begin_object(out);
    const struct ccs_stretch *past = ccs_trace_find(trace, NULL);
    if (past) {
        put_stretch(out, past);
    }
    ccs_json_out_key(out, "policies");
    ccs_json_out_begin_object(out);
    for (size_t i = 0; i < trace->stretch_n; i++) {
        if (trace->stretch[i].policy) {
            put_stretch(out, &trace->stretch[i]);
        }
    }
    ccs_json_out_end_object(out);
    ccs_json_out_end_object(out);
}

ccs_status ccs_baseline_write(const struct ccs_baseline *b, char **text, size_t *size)
{
    struct ccs_json_out out;
    ccs_json_out_init(&out);
    ccs_json_out_begin_object(&out);
    ccs_json_out_put_string(&out, "format", "ccsim baseline");
    ccs_json_out_put_int(&out, "format_version", CCS_BASELINE_FORMAT);
    ccs_json_out_put_string(&out, "ccsim", b->version);
    ccs_json_out_key(&out, "build");
    ccs_json_out_begin_object(&out);
    ccs_json_out_put_string(&out, "commit", b->commit);
    ccs_json_out_put_string(&out, "digest", b->digest);
    ccs_json_out_end_object(&out);
    ccs_json_out_put_string(&out, "platform", b->platform);
    ccs_json_out_put_string(&out, "scenario", b->scenario);
    ccs_json_out_put_hash(&out, "scenario_hash", b->hash);
    ccs_json_out_put_int(&out, "seed", (int64_t)b->seed);
    ccs_json_out_put_int(&out, "replications", (int64_t)b->replications);
    if (b->policy) {
        ccs_json_out_put_string(&out, "policy", b->policy);
    }
    ccs_json_out_put_hash(&out, "signature", b->signature);
    put_tolerances(&out, b);
    put_policies(&out, b);
    put_words(&out, "replication_signatures", b->signature_of, b->signature_n, 8,
              SIGNATURES_PER_LINE);
    put_trace(&out, &b->trace);
    ccs_json_out_end_object(&out);
    ccs_status status = ccs_json_out_finish(&out);
    *text = NULL;
    if (!status) {
        *text = out.text; /* ours to hand on: begun with malloc */
        *size = out.len;
        out.text = NULL;
    }
    ccs_json_out_fini(&out);
    return status;
}
