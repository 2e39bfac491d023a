/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a baseline, strictly: what is not understood is an error with line and column, because
 * a comparison that passes over what it cannot read guards nothing. See baseline.h. */
#include "gate/baseline.h"

#include "base/diag.h"
#include "format/document/json.h"
#include "format/document/reader.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    REPLICATIONS_MAX = 1000000 /* as many as can be asked for */
};

struct reader {
    struct ccs_reader json;
    struct ccs_baseline *b;
};

static const char *text_at(struct reader *r, const struct ccs_node *parent, const char *key)
{
    struct ccs_node node = ccs_reader_member(&r->json, parent, key, cJSON_String);
    const char *text = ccs_reader_text(&r->json, &node);
    return text ? text : "";
}

static uint64_t whole_at(struct reader *r, const struct ccs_node *parent, const char *key,
                         double min)
{
    struct ccs_node node = ccs_reader_member(&r->json, parent, key, cJSON_Number);
    double value = node.value ? node.value->valuedouble : min;
    if (!(value >= min && value <= 0x1p53 && value == floor(value))) {
        ccs_reader_fail(&r->json, CCS_E215, &node, "must be a whole number of at least %.0f", min);
        value = min;
    }
    return (uint64_t)value;
}

/* `digits` hexadecimal digits. */
static bool parse_hex(const char *text, size_t digits, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < digits; i++) {
        char c = text[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) {
            return false;
        }
        *value = *value << 4 | (uint64_t)digit;
    }
    return true;
}

static uint64_t hash_at(struct reader *r, const struct ccs_node *parent, const char *key)
{
    struct ccs_node node = ccs_reader_member(&r->json, parent, key, cJSON_String);
    uint64_t value = 0;
    if (node.value && (strlen(node.value->valuestring) != 16 ||
                       !parse_hex(node.value->valuestring, 16, &value))) {
        ccs_reader_fail(&r->json, CCS_E395, &node, "must be 16 hexadecimal digits");
    }
    return value;
}

/* ---- parts ---- */

static void read_metric(struct reader *r, const struct ccs_node *parent, const cJSON *item,
                        struct ccs_baseline_metric *m)
{
    static const char *const keys[] = {"mean", "ci95", "df", "unit", NULL};
    struct ccs_node node = ccs_node_child(parent, item, 0);
    *m = (struct ccs_baseline_metric){.unit = "", .mean = NAN, .lo = NAN, .hi = NAN, .df = NAN};
    m->name = ccs_arena_strdup(&r->b->arena, item->string);
    r->json.no_memory = r->json.no_memory || !m->name;
    if (!ccs_reader_is(&r->json, &node, cJSON_Object)) {
        return;
    }
    ccs_reader_keys(&r->json, &node, keys);
    m->unit = text_at(r, &node, "unit");
    const cJSON *mean = ccs_json_member(item, "mean");
    if (!mean) {
        ccs_reader_fail(&r->json, CCS_E201, &node, "\"mean\" is required");
    }
    m->mean = ccs_reader_real(&r->json, mean, &node);
    m->df = ccs_reader_real(&r->json, ccs_json_member(item, "df"), &node);
    struct ccs_node ci = ccs_reader_member(&r->json, &node, "ci95", cJSON_Array);
    if (!ci.value) {
        return;
    }
    if (cJSON_GetArraySize(ci.value) != 2) {
        ccs_reader_fail(&r->json, CCS_E395, &ci, "must be [lower, upper]");
        return;
    }
    m->lo = ccs_reader_real(&r->json, ci.value->child, &ci);
    m->hi = ccs_reader_real(&r->json, ci.value->child->next, &ci);
    if (!isnan(m->lo) && isnan(m->hi)) {
        m->hi = INFINITY; /* a bound from one side only */
    }
}

static void read_policies(struct reader *r, const struct ccs_node *root)
{
    static const char *const keys[] = {"signature", "metrics", NULL};
    struct ccs_baseline *b = r->b;
    struct ccs_node all = ccs_reader_member(&r->json, root, "policies", cJSON_Object);
    b->policies =
        ccs_reader_keep(&r->json, (size_t)cJSON_GetArraySize(all.value), sizeof *b->policies);
    if (!all.value || !b->policies) {
        return;
    }
    for (const cJSON *item = all.value->child; item; item = item->next) {
        struct ccs_baseline_policy *policy = &b->policies[b->policy_n++];
        struct ccs_node node = ccs_node_child(&all, item, 0);
        policy->name = ccs_arena_strdup(&b->arena, item->string);
        r->json.no_memory = r->json.no_memory || !policy->name;
        if (!ccs_reader_is(&r->json, &node, cJSON_Object)) {
            continue;
        }
        ccs_reader_keys(&r->json, &node, keys);
        policy->signature = hash_at(r, &node, "signature");
        struct ccs_node metrics = ccs_reader_member(&r->json, &node, "metrics", cJSON_Object);
        policy->metrics = ccs_reader_keep(&r->json, (size_t)cJSON_GetArraySize(metrics.value),
                                          sizeof *policy->metrics);
        for (const cJSON *m = ccs_node_first(&metrics); m && policy->metrics; m = m->next) {
            read_metric(r, &metrics, m, &policy->metrics[policy->metric_n++]);
        }
    }
    if (b->policy_n == 0) {
        ccs_reader_fail(&r->json, CCS_E395, &all, "must name at least one policy");
    }
}

static void read_tolerances(struct reader *r, const struct ccs_node *root)
{
    struct ccs_baseline *b = r->b;
    struct ccs_node all = ccs_reader_member(&r->json, root, "tolerances", cJSON_Object);
    b->tolerances =
        ccs_reader_keep(&r->json, (size_t)cJSON_GetArraySize(all.value), sizeof *b->tolerances);
    for (const cJSON *item = ccs_node_first(&all); item && b->tolerances; item = item->next) {
        char text[200], message[CCS_TOLERANCE_FAULT];
        struct ccs_node node = ccs_node_child(&all, item, 0);
        if (cJSON_IsNumber(item)) {
            snprintf(text, sizeof text, "%s:%.17g", item->string, item->valuedouble);
        } else if (cJSON_IsString(item)) {
            snprintf(text, sizeof text, "%s:%.80s", item->string, item->valuestring);
        } else {
            ccs_reader_fail(&r->json, CCS_E202, &node,
                            "must be a number, or a string like \"2%%\" or \"ci95\"");
            continue;
        }
        if (!ccs_tolerance_parse(text, &b->tolerances[b->tolerance_n], message)) {
            ccs_reader_fail(&r->json, CCS_E395, &node, "%s", message);
        } else {
            b->tolerance_n++;
        }
    }
}

/* Reads lines of fixed-width numbers; at most `max` are wanted. */
static size_t read_words(struct reader *r, const struct ccs_node *parent, const char *key,
                         size_t digits, size_t max, void *words)
{
    struct ccs_node all = ccs_reader_member(&r->json, parent, key, cJSON_Array);
    size_t n = 0;
    for (const cJSON *line = ccs_node_first(&all); line; line = line->next) {
        const char *text = cJSON_IsString(line) ? line->valuestring : "?";
        for (; *text; text += digits, n++) {
            uint64_t value;
            if (strlen(text) < digits || n == max || !parse_hex(text, digits, &value)) {
                ccs_reader_fail(&r->json, CCS_E395, &all,
                                "must be lines of %zu-digit hexadecimal numbers, %zu "
                                "at most",
                                digits, max);
                return 0;
            }
            if (digits == 4) {
                ((uint16_t *)words)[n] = (uint16_t)value;
            } else {
                ((uint32_t *)words)[n] = (uint32_t)value;
            }
        }
    }
    return n;
}

static void read_accounts(struct reader *r, const struct ccs_node *parent, struct ccs_stretch *s)
{
    struct ccs_node all = ccs_reader_member(&r->json, parent, "accounts", cJSON_Object);
    for (const cJSON *item = ccs_node_first(&all); item; item = item->next) {
        struct ccs_node node = ccs_node_child(&all, item, 0);
        int a = 0;
        while (a < CCS_ACCOUNT_COUNT &&
               strcmp(ccs_account_name((enum ccs_account)a), item->string) != 0) {
            a++;
        }
        const cJSON *first = cJSON_IsArray(item) ? item->child : NULL;
        if (a == CCS_ACCOUNT_COUNT) {
            ccs_reader_fail(&r->json, CCS_E395, &node,
                            "no such account: is the baseline of a later version?");
        } else if (!first || !first->next || first->next->next || !cJSON_IsNumber(first) ||
                   !cJSON_IsNumber(first->next) || fabs(first->valuedouble) > 0x1p62 ||
                   fabs(first->next->valuedouble) > 0x1p62) {
            ccs_reader_fail(&r->json, CCS_E395, &node,
                            "must be [window, follow-up], in ten-thousandths");
        } else {
            s->window[a] = (ccs_money)first->valuedouble;
            s->later[a] = (ccs_money)first->next->valuedouble;
        }
    }
}

static void read_stretch(struct reader *r, const struct ccs_node *node, const char *policy)
{
    static const char *const keys[] = {"events", "hash", "sums", "accounts", "marks", NULL};
    struct ccs_trace *trace = &r->b->trace;
    struct ccs_stretch *s = &trace->stretch[trace->stretch_n++];
    s->policy = policy;
    s->marks = ccs_reader_keep(&r->json, CCS_TRACE_MARKS, sizeof *s->marks);
    if (!node->value || !s->marks) {
        return;
    }
    ccs_reader_keys(&r->json, node, keys);
    s->event_n = whole_at(r, node, "events", 0);
    s->hash = hash_at(r, node, "hash");
    s->mark_n = read_words(r, node, "marks", 4, CCS_TRACE_MARKS, s->marks);
    if (s->mark_n != ccs_trace_mark_count(s->event_n)) {
        ccs_reader_fail(&r->json, CCS_E395, node, "%zu marks do not belong to %.0f events",
                        s->mark_n, (double)s->event_n);
    }
    if (policy) {
        s->measures = hash_at(r, node, "sums");
        read_accounts(r, node, s);
    }
}

static void read_trace(struct reader *r, const struct ccs_node *root)
{
    static const char *const keys[] = {"past", "policies", NULL};
    struct ccs_baseline *b = r->b;
    struct ccs_node trace = ccs_reader_member(&r->json, root, "trace", cJSON_Object);
    if (!trace.value) {
        return;
    }
    ccs_reader_keys(&r->json, &trace, keys);
    struct ccs_node past = ccs_reader_member(&r->json, &trace, "past", cJSON_Object);
    struct ccs_node all = ccs_reader_member(&r->json, &trace, "policies", cJSON_Object);
    size_t n = (size_t)cJSON_GetArraySize(all.value) + 1;
    b->trace.stretch = ccs_reader_keep(&r->json, n, sizeof *b->trace.stretch);
    if (!b->trace.stretch) {
        return;
    }
    read_stretch(r, &past, NULL);
    for (const cJSON *item = ccs_node_first(&all); item; item = item->next) {
        struct ccs_node node = ccs_node_child(&all, item, 0);
        const struct ccs_baseline_policy *policy = ccs_baseline_policy(b, item->string);
        if (!policy) {
            ccs_reader_fail(&r->json, CCS_E395, &node,
                            "is not one of the policies of the baseline");
        } else if (ccs_reader_is(&r->json, &node, cJSON_Object)) {
            read_stretch(r, &node, policy->name);
        }
    }
}

/* Baselines of old do not tell it. */
static void read_build(struct reader *r, const struct ccs_node *root)
{
    static const char *const keys[] = {"commit", "digest", NULL};
    r->b->commit = "";
    r->b->digest = "";
    if (!ccs_json_member(root->value, "build")) {
        return;
    }
    struct ccs_node build = ccs_reader_member(&r->json, root, "build", cJSON_Object);
    if (build.value) {
        ccs_reader_keys(&r->json, &build, keys);
        r->b->commit = text_at(r, &build, "commit");
        r->b->digest = text_at(r, &build, "digest");
    }
}

static void read_root(struct reader *r, const struct ccs_node *root)
{
    static const char *const keys[] = {"format",        "format_version",
                                       "ccsim",         "build",
                                       "platform",      "scenario",
                                       "scenario_hash", "seed",
                                       "replications",  "policy",
                                       "signature",     "tolerances",
                                       "policies",      "replication_signatures",
                                       "trace",         NULL};
    struct ccs_baseline *b = r->b;
    struct ccs_node format = ccs_node_key(root, "format");
    if (strcmp(text_at(r, root, "format"), "ccsim baseline") != 0) {
        ccs_reader_fail(&r->json, CCS_E395, &format,
                        "must be \"ccsim baseline\": the file is something else");
        return;
    }
    uint64_t version = whole_at(r, root, "format_version", 1);
    if (version != CCS_BASELINE_FORMAT) {
        struct ccs_node at = ccs_node_key(root, "format_version");
        ccs_reader_fail(&r->json, CCS_E395, &at,
                        "is %.0f, this version of ccsim reads %d: write the baseline anew",
                        (double)version, CCS_BASELINE_FORMAT);
        return;
    }
    ccs_reader_keys(&r->json, root, keys);
    b->version = text_at(r, root, "ccsim");
    read_build(r, root);
    b->platform = text_at(r, root, "platform");
    b->scenario = text_at(r, root, "scenario");
    b->hash = hash_at(r, root, "scenario_hash");
    b->seed = whole_at(r, root, "seed", 0);
    b->replications = whole_at(r, root, "replications", 1);
    if (b->replications > REPLICATIONS_MAX) {
        struct ccs_node at = ccs_node_key(root, "replications");
        ccs_reader_fail(&r->json, CCS_E395, &at, "must be at most %d", REPLICATIONS_MAX);
    }
    b->policy = ccs_json_member(root->value, "policy") ? text_at(r, root, "policy") : NULL;
    b->signature = hash_at(r, root, "signature");
    read_tolerances(r, root);
    read_policies(r, root);
    b->signature_of = ccs_reader_keep(&r->json, CCS_BASELINE_REPLICATIONS, sizeof *b->signature_of);
    if (b->signature_of) {
        b->signature_n = read_words(r, root, "replication_signatures", 8, CCS_BASELINE_REPLICATIONS,
                                    b->signature_of);
    }
    read_trace(r, root);
}

ccs_status ccs_baseline_parse(struct ccs_baseline *b, const char *origin, const char *text,
                              size_t size, struct ccs_diagnostics *diags)
{
    cJSON *json = NULL;
    *b = (struct ccs_baseline){0};
    ccs_arena_init(&b->arena, 0);
    struct reader r = {
        .b = b,
        .json = {.origin = origin, .text = text, .size = size, .arena = &b->arena, .diags = diags}};
    ccs_status status = ccs_json_parse(text, size, origin, "", diags, &json);
    if (!status) {
        struct ccs_node root = ccs_node_root(json);
        if (ccs_reader_is(&r.json, &root, cJSON_Object)) {
            read_root(&r, &root);
        }
        status = ccs_reader_status(&r.json);
    }
    cJSON_Delete(json);
    if (status) {
        ccs_baseline_fini(b);
    }
    return status;
}

ccs_status ccs_baseline_load(struct ccs_baseline *b, const char *path,
                             struct ccs_diagnostics *diags, struct ccs_file_error *error)
{
    char *text;
    size_t size;
    *b = (struct ccs_baseline){0};
    error->text[0] = '\0';
    ccs_status status = ccs_file_read(path, CCS_BASELINE_BYTES_MAX, &text, &size, error);
    if (!status) {
        status = ccs_baseline_parse(b, path, text, size, diags);
        free(text);
    }
    return status;
}
