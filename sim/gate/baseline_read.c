/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a baseline, strictly: what is not understood is an error with line and column, because
 * a comparison that passes over what it cannot read guards nothing. See baseline.h. */
#include "gate/baseline.h"

#include "base/diag.h"
#include "format/document/json.h"
#include "format/document/text.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    POINTER = 400
};

enum {
    REPLICATIONS_MAX = 1000000 /* as many as can be asked for */
};

struct reader {
    struct ccs_baseline *b;
    const char *origin;
    const char *text;
    size_t size;
    struct ccs_diagnostics *diags;
    bool is_bad;
    bool no_memory;
};

/* What is being read: its value and its pointer. */
struct node {
    const cJSON *value; /* NULL: not there, or of the wrong type and reported */
    char at[POINTER];
};

static void fault(struct reader *r, enum ccs_diag_code code, const char *pointer,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
static void fault(struct reader *r, enum ccs_diag_code code, const char *pointer,
                  const char *format, ...)
{
    struct ccs_json_place place = {0};
    char message[300];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    ccs_json_locate(r->text, r->size, pointer, &place);
    ccs_diag_add(r->diags, code, r->origin, place.line, place.column, pointer, "%s", message);
    r->is_bad = true;
}

static void *keep(struct reader *r, size_t n, size_t size)
{
    void *memory = ccs_arena_calloc(&r->b->arena, n ? n : 1, size);
    r->no_memory = r->no_memory || !memory;
    return memory;
}

/* RFC 6901: ~ and / in a key are written ~0 and ~1. Cut where too long: only a name could be. */
static void point_to(struct node *to, const struct node *parent, const char *key)
{
    size_t n = (size_t)snprintf(to->at, sizeof to->at, "%s/", parent->at);
    for (; *key && n + 3 < sizeof to->at; key++) {
        const char *escaped = *key == '~' ? "~0" : *key == '/' ? "~1" : NULL;
        n += (size_t)snprintf(to->at + n, sizeof to->at - n, escaped ? "%s" : "%.1s",
                              escaped ? escaped : key);
    }
}

static const char *type_name(int type)
{
    return type == cJSON_String   ? "a string"
           : type == cJSON_Number ? "a number"
           : type == cJSON_Array  ? "a list"
                                  : "an object";
}

static bool check_type(struct reader *r, struct node *node, int type)
{
    char found[CCS_FOUND_TEXT];
    if ((node->value->type & 0xFF) == type) {
        return true;
    }
    fault(r, CCS_E202, node->at, "must be %s (found %s)", type_name(type),
          ccs_text_found(found, node->value));
    node->value = NULL;
    return false;
}

static struct node optional(struct reader *r, const struct node *parent, const char *key, int type)
{
    struct node node = {.value = ccs_json_member(parent->value, key)};
    point_to(&node, parent, key);
    if (node.value) {
        check_type(r, &node, type);
    }
    return node;
}

static struct node member(struct reader *r, const struct node *parent, const char *key, int type)
{
    if (parent->value && !ccs_json_member(parent->value, key)) {
        char at[POINTER + 100];
        snprintf(at, sizeof at, "%s/%s", parent->at, key);
        fault(r, CCS_E201, at, "is required");
    }
    return optional(r, parent, key, type);
}

/* Every key must be one of the list, which ends with NULL. */
static void check_keys(struct reader *r, const struct node *object, const char *const *keys)
{
    for (const cJSON *item = object->value ? object->value->child : NULL; item; item = item->next) {
        size_t i = 0;
        while (keys[i] && strcmp(keys[i], item->string) != 0) {
            i++;
        }
        if (!keys[i]) {
            struct node at = {0};
            point_to(&at, object, item->string);
            fault(r, CCS_E200, at.at, "unknown key");
        }
    }
}

static const char *text_at(struct reader *r, const struct node *parent, const char *key)
{
    struct node node = member(r, parent, key, cJSON_String);
    char *text = node.value ? ccs_arena_strdup(&r->b->arena, node.value->valuestring) : NULL;
    r->no_memory = r->no_memory || (node.value && !text);
    return text ? text : "";
}

static uint64_t whole_at(struct reader *r, const struct node *parent, const char *key, double min)
{
    struct node node = member(r, parent, key, cJSON_Number);
    double value = node.value ? node.value->valuedouble : min;
    if (!(value >= min && value <= 0x1p53 && value == floor(value))) {
        fault(r, CCS_E215, node.at, "must be a whole number of at least %.0f", min);
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

static uint64_t hash_at(struct reader *r, const struct node *parent, const char *key)
{
    struct node node = member(r, parent, key, cJSON_String);
    uint64_t value = 0;
    if (node.value && (strlen(node.value->valuestring) != 16 ||
                       !parse_hex(node.value->valuestring, 16, &value))) {
        fault(r, CCS_E395, node.at, "must be 16 hexadecimal digits");
    }
    return value;
}

/* A number or null. */
static double real_of(struct reader *r, const cJSON *item, const char *at)
{
    if (item && !cJSON_IsNumber(item) && !cJSON_IsNull(item)) {
        fault(r, CCS_E202, at, "must be a number or null");
    }
    return item && cJSON_IsNumber(item) ? item->valuedouble : NAN;
}

/* ---- parts ---- */

static void read_metric(struct reader *r, const struct node *parent, const cJSON *item,
                        struct ccs_baseline_metric *m)
{
    static const char *const keys[] = {"mean", "ci95", "df", "unit", NULL};
    struct node node = {.value = item};
    point_to(&node, parent, item->string);
    *m = (struct ccs_baseline_metric){.unit = "", .mean = NAN, .lo = NAN, .hi = NAN, .df = NAN};
    m->name = ccs_arena_strdup(&r->b->arena, item->string);
    r->no_memory = r->no_memory || !m->name;
    if (!check_type(r, &node, cJSON_Object)) {
        return;
    }
    check_keys(r, &node, keys);
    m->unit = text_at(r, &node, "unit");
    const cJSON *mean = ccs_json_member(item, "mean");
    if (!mean) {
        fault(r, CCS_E201, node.at, "\"mean\" is required");
    }
    m->mean = real_of(r, mean, node.at);
    m->df = real_of(r, ccs_json_member(item, "df"), node.at);
    struct node ci = member(r, &node, "ci95", cJSON_Array);
    if (!ci.value) {
        return;
    }
    if (cJSON_GetArraySize(ci.value) != 2) {
        fault(r, CCS_E395, ci.at, "must be [lower, upper]");
        return;
    }
    m->lo = real_of(r, ci.value->child, ci.at);
    m->hi = real_of(r, ci.value->child->next, ci.at);
    if (!isnan(m->lo) && isnan(m->hi)) {
        m->hi = INFINITY; /* a bound from one side only */
    }
}

static void read_policies(struct reader *r, const struct node *root)
{
    static const char *const keys[] = {"signature", "metrics", NULL};
    struct ccs_baseline *b = r->b;
    struct node all = member(r, root, "policies", cJSON_Object);
    b->policies = keep(r, (size_t)cJSON_GetArraySize(all.value), sizeof *b->policies);
    if (!all.value || !b->policies) {
        return;
    }
    for (const cJSON *item = all.value->child; item; item = item->next) {
        struct ccs_baseline_policy *policy = &b->policies[b->policy_n++];
        struct node node = {.value = item};
        point_to(&node, &all, item->string);
        policy->name = ccs_arena_strdup(&b->arena, item->string);
        r->no_memory = r->no_memory || !policy->name;
        if (!check_type(r, &node, cJSON_Object)) {
            continue;
        }
        check_keys(r, &node, keys);
        policy->signature = hash_at(r, &node, "signature");
        struct node metrics = member(r, &node, "metrics", cJSON_Object);
        policy->metrics =
            keep(r, (size_t)cJSON_GetArraySize(metrics.value), sizeof *policy->metrics);
        for (const cJSON *m = metrics.value ? metrics.value->child : NULL; m && policy->metrics;
             m = m->next) {
            read_metric(r, &metrics, m, &policy->metrics[policy->metric_n++]);
        }
    }
    if (b->policy_n == 0) {
        fault(r, CCS_E395, "/policies", "must name at least one policy");
    }
}

static void read_tolerances(struct reader *r, const struct node *root)
{
    struct ccs_baseline *b = r->b;
    struct node all = member(r, root, "tolerances", cJSON_Object);
    b->tolerances = keep(r, (size_t)cJSON_GetArraySize(all.value), sizeof *b->tolerances);
    for (const cJSON *item = all.value ? all.value->child : NULL; item && b->tolerances;
         item = item->next) {
        char text[200], message[CCS_TOLERANCE_FAULT];
        struct node node = {.value = item};
        point_to(&node, &all, item->string);
        if (cJSON_IsNumber(item)) {
            snprintf(text, sizeof text, "%s:%.17g", item->string, item->valuedouble);
        } else if (cJSON_IsString(item)) {
            snprintf(text, sizeof text, "%s:%.80s", item->string, item->valuestring);
        } else {
            fault(r, CCS_E202, node.at, "must be a number, or a string like \"2%%\" or \"ci95\"");
            continue;
        }
        if (!ccs_tolerance_parse(text, &b->tolerances[b->tolerance_n], message)) {
            fault(r, CCS_E395, node.at, "%s", message);
        } else {
            b->tolerance_n++;
        }
    }
}

/* Reads lines of fixed-width numbers; at most `max` are wanted. */
static size_t read_words(struct reader *r, const struct node *parent, const char *key,
                         size_t digits, size_t max, void *words)
{
    struct node all = member(r, parent, key, cJSON_Array);
    size_t n = 0;
    for (const cJSON *line = all.value ? all.value->child : NULL; line; line = line->next) {
        const char *text = cJSON_IsString(line) ? line->valuestring : "?";
        for (; *text; text += digits, n++) {
            uint64_t value;
            if (strlen(text) < digits || n == max || !parse_hex(text, digits, &value)) {
                fault(r, CCS_E395, all.at,
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

static void read_accounts(struct reader *r, const struct node *parent, struct ccs_stretch *s)
{
    struct node all = member(r, parent, "accounts", cJSON_Object);
    for (const cJSON *item = all.value ? all.value->child : NULL; item; item = item->next) {
        struct node node = {.value = item};
        point_to(&node, &all, item->string);
        int a = 0;
        while (a < CCS_ACCOUNT_COUNT &&
               strcmp(ccs_account_name((enum ccs_account)a), item->string) != 0) {
            a++;
        }
        const cJSON *first = cJSON_IsArray(item) ? item->child : NULL;
        if (a == CCS_ACCOUNT_COUNT) {
            fault(r, CCS_E395, node.at, "no such account: is the baseline of a later version?");
        } else if (!first || !first->next || first->next->next || !cJSON_IsNumber(first) ||
                   !cJSON_IsNumber(first->next) || fabs(first->valuedouble) > 0x1p62 ||
                   fabs(first->next->valuedouble) > 0x1p62) {
            fault(r, CCS_E395, node.at, "must be [window, follow-up], in ten-thousandths");
        } else {
            s->window[a] = (ccs_money)first->valuedouble;
            s->later[a] = (ccs_money)first->next->valuedouble;
        }
    }
}

static void read_stretch(struct reader *r, const struct node *node, const char *policy)
{
    static const char *const keys[] = {"events", "hash", "sums", "accounts", "marks", NULL};
    struct ccs_trace *trace = &r->b->trace;
    struct ccs_stretch *s = &trace->stretch[trace->stretch_n++];
    s->policy = policy;
    s->marks = keep(r, CCS_TRACE_MARKS, sizeof *s->marks);
    if (!node->value || !s->marks) {
        return;
    }
    check_keys(r, node, keys);
    s->event_n = whole_at(r, node, "events", 0);
    s->hash = hash_at(r, node, "hash");
    s->mark_n = read_words(r, node, "marks", 4, CCS_TRACE_MARKS, s->marks);
    if (s->mark_n != ccs_trace_mark_count(s->event_n)) {
        fault(r, CCS_E395, node->at, "%zu marks do not belong to %.0f events", s->mark_n,
              (double)s->event_n);
    }
    if (policy) {
        s->measures = hash_at(r, node, "sums");
        read_accounts(r, node, s);
    }
}

static void read_trace(struct reader *r, const struct node *root)
{
    static const char *const keys[] = {"past", "policies", NULL};
    struct ccs_baseline *b = r->b;
    struct node trace = member(r, root, "trace", cJSON_Object);
    if (!trace.value) {
        return;
    }
    check_keys(r, &trace, keys);
    struct node past = member(r, &trace, "past", cJSON_Object);
    struct node all = member(r, &trace, "policies", cJSON_Object);
    size_t n = (size_t)cJSON_GetArraySize(all.value) + 1;
    b->trace.stretch = keep(r, n, sizeof *b->trace.stretch);
    if (!b->trace.stretch) {
        return;
    }
    read_stretch(r, &past, NULL);
    for (const cJSON *item = all.value ? all.value->child : NULL; item; item = item->next) {
        struct node node = {.value = item};
        point_to(&node, &all, item->string);
        const struct ccs_baseline_policy *policy = ccs_baseline_policy(b, item->string);
        if (!policy) {
            fault(r, CCS_E395, node.at, "is not one of the policies of the baseline");
        } else if (check_type(r, &node, cJSON_Object)) {
            read_stretch(r, &node, policy->name);
        }
    }
}

/* Baselines of old do not tell it. */
static void read_build(struct reader *r, const struct node *root)
{
    static const char *const keys[] = {"commit", "digest", NULL};
    r->b->commit = "";
    r->b->digest = "";
    if (!ccs_json_member(root->value, "build")) {
        return;
    }
    struct node build = member(r, root, "build", cJSON_Object);
    if (build.value) {
        check_keys(r, &build, keys);
        r->b->commit = text_at(r, &build, "commit");
        r->b->digest = text_at(r, &build, "digest");
    }
}

static void read_root(struct reader *r, const struct node *root)
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
    if (strcmp(text_at(r, root, "format"), "ccsim baseline") != 0) {
        fault(r, CCS_E395, "/format", "must be \"ccsim baseline\": the file is something else");
        return;
    }
    uint64_t version = whole_at(r, root, "format_version", 1);
    if (version != CCS_BASELINE_FORMAT) {
        fault(r, CCS_E395, "/format_version",
              "is %.0f, this version of ccsim reads %d: write the baseline anew", (double)version,
              CCS_BASELINE_FORMAT);
        return;
    }
    check_keys(r, root, keys);
    b->version = text_at(r, root, "ccsim");
    read_build(r, root);
    b->platform = text_at(r, root, "platform");
    b->scenario = text_at(r, root, "scenario");
    b->hash = hash_at(r, root, "scenario_hash");
    b->seed = whole_at(r, root, "seed", 0);
    b->replications = whole_at(r, root, "replications", 1);
    if (b->replications > REPLICATIONS_MAX) {
        fault(r, CCS_E395, "/replications", "must be at most %d", REPLICATIONS_MAX);
    }
    b->policy = ccs_json_member(root->value, "policy") ? text_at(r, root, "policy") : NULL;
    b->signature = hash_at(r, root, "signature");
    read_tolerances(r, root);
    read_policies(r, root);
    b->signature_of = keep(r, CCS_BASELINE_REPLICATIONS, sizeof *b->signature_of);
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
    struct reader r = {.b = b, .origin = origin, .text = text, .size = size, .diags = diags};
    ccs_status status = ccs_json_parse(text, size, origin, "", diags, &json);
    if (!status) {
        struct node root = {.value = json};
        if (check_type(&r, &root, cJSON_Object)) {
            read_root(&r, &root);
        }
        status = r.no_memory ? CCS_ENOMEM : r.is_bad ? CCS_EDATA : CCS_OK;
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
