/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a case, running its scenario, scoring its checks: see verify.h. */
#include "gate/verify.h"

#include "base/diag.h"
#include "base/file.h"
#include "base/try.h"
#include "experiment/experiment.h"
#include "format/document/json.h"
#include "format/document/reader.h"
#include "stats/zscore.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const ccs_verify_kinds[] = {"published", "exact",         "third_party_sim",
                                        "own_sim",   "reference_sim", NULL};

static const char *const efforts[] = {"default", "full", NULL};

/* A case file while it is read. */
struct reader {
    struct ccs_reader json;
    struct ccs_verify_case *result;
    const char *effort;
    const char **sets; /* --set assignments for the effort */
    size_t set_n;
};

static bool is_one_of(const char *const *list, const char *word)
{
    for (size_t i = 0; list[i]; i++) {
        if (strcmp(list[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static const char *text_of(struct reader *r, struct ccs_node node)
{
    return ccs_reader_text(&r->json, &node);
}

static const char *required_text(struct reader *r, const struct ccs_node *object, const char *key)
{
    return text_of(r, ccs_reader_member(&r->json, object, key, cJSON_String));
}

static const char *optional_text(struct reader *r, const struct ccs_node *object, const char *key)
{
    return text_of(r, ccs_reader_optional(&r->json, object, key, cJSON_String));
}

static double number_or(struct ccs_node node, double fallback)
{
    return node.value ? node.value->valuedouble : fallback;
}

static void read_check(struct reader *r, struct ccs_node *node, struct ccs_verify_check *check)
{
    static const char *const keys[] = {"path", "value",  "half_width", "scale",
                                       "kind", "source", NULL};
    struct ccs_reader *json = &r->json;
    if (!ccs_reader_is(json, node, cJSON_Object)) {
        return;
    }
    ccs_reader_keys(json, node, keys);
    *check = (struct ccs_verify_check){
        .path = required_text(r, node, "path"),
        .kind = required_text(r, node, "kind"),
        .source = optional_text(r, node, "source"),
        .value = number_or(ccs_reader_member(json, node, "value", cJSON_Number), NAN),
        .half_width = number_or(ccs_reader_optional(json, node, "half_width", cJSON_Number), 0.0),
        .scale = number_or(ccs_reader_optional(json, node, "scale", cJSON_Number), 1.0),
        .z = NAN,
    };
    if (check->kind && !is_one_of(ccs_verify_kinds, check->kind)) {
        ccs_reader_fail(
            json, CCS_E204, node,
            "`kind` must be one of published, exact, third_party_sim, own_sim, reference_sim");
    }
    if (check->half_width < 0) {
        ccs_reader_fail(json, CCS_E214, node, "`half_width` must be >= 0");
    }
    if (!(check->scale > 0)) {
        ccs_reader_fail(json, CCS_E214, node, "`scale` must be > 0");
    }
}

static void read_checks(struct reader *r, const struct ccs_node *root)
{
    struct ccs_node list = ccs_reader_member(&r->json, root, "checks", cJSON_Array);
    if (!list.value) {
        return;
    }
    size_t n = (size_t)cJSON_GetArraySize(list.value);
    if (n == 0) {
        ccs_reader_fail(&r->json, CCS_E201, &list, "a case without a check proves nothing");
    }
    r->result->checks = ccs_reader_keep(&r->json, n, sizeof *r->result->checks);
    if (!r->result->checks) {
        return;
    }
    size_t i = 0;
    for (const cJSON *item = ccs_node_first(&list); item; item = item->next, i++) {
        struct ccs_node node = ccs_node_child(&list, item, i);
        read_check(r, &node, &r->result->checks[i]);
    }
    r->result->check_n = n;
}

/* {"replications": 40, "horizon": "900 h"} to "/run/replications=40", "/run/horizon=900 h". */
static void read_effort(struct reader *r, const struct ccs_node *root)
{
    struct ccs_arena *arena = &r->result->arena;
    struct ccs_node all = ccs_reader_optional(&r->json, root, "effort", cJSON_Object);
    if (!all.value) {
        return;
    }
    ccs_reader_keys(&r->json, &all, efforts);
    struct ccs_node chosen = ccs_reader_optional(&r->json, &all, r->effort, cJSON_Object);
    if (!chosen.value) {
        return;
    }
    r->sets = ccs_reader_keep(&r->json, (size_t)cJSON_GetArraySize(chosen.value), sizeof *r->sets);
    for (const cJSON *item = ccs_node_first(&chosen); item && r->sets; item = item->next) {
        const char *set = NULL;
        if (cJSON_IsNumber(item)) {
            set = ccs_arena_printf(arena, "/run/%s=%.17g", item->string, item->valuedouble);
        } else if (cJSON_IsString(item)) {
            set = ccs_arena_printf(arena, "/run/%s=%s", item->string, item->valuestring);
        } else {
            ccs_reader_fail(&r->json, CCS_E202, &all, "a number or a string for each key of `run`");
            continue;
        }
        r->json.no_memory = r->json.no_memory || !set;
        r->sets[r->set_n++] = set;
    }
}

/* The whole text with everything but the value of "scenario" made blank, so that the scenario's
 * own diagnostics point to the right line and column. The text has passed ccs_json_check. */
static char *cut_scenario(struct reader *r)
{
    struct ccs_json_place place;
    char *cut = ccs_arena_strndup(&r->result->arena, r->json.text, r->json.size);
    if (!cut || !ccs_json_locate(r->json.text, r->json.size, "/scenario", &place)) {
        return NULL;
    }
    size_t from = 0;
    for (int line = 1; line < place.line; line++) {
        from = (size_t)(strchr(r->json.text + from, '\n') - r->json.text) + 1;
    }
    from += (size_t)place.column - 1;
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < r->json.size; i++) {
        bool is_inside = i >= from && (i == from || depth > 0);
        char c = r->json.text[i];
        if (!is_inside) {
            cut[i] = c == '\n' ? '\n' : ' ';
        } else if (in_string) {
            i += c == '\\'; /* what is escaped ends nothing */
            in_string = c != '"';
        } else {
            in_string = c == '"';
            depth += (c == '{') - (c == '}');
        }
    }
    return cut;
}

static void read_case(struct reader *r, const struct ccs_node *root)
{
    static const char *const keys[] = {"id",       "title",  "source", "skipped",
                                       "scenario", "checks", "effort", NULL};
    if (!cJSON_IsObject(root->value)) {
        ccs_reader_fail(&r->json, CCS_E114, root, "a case is a JSON object");
        return;
    }
    ccs_reader_keys(&r->json, root, keys);
    struct ccs_verify_case *result = r->result;
    result->id = required_text(r, root, "id");
    result->title = optional_text(r, root, "title");
    result->source = optional_text(r, root, "source");
    result->skipped = optional_text(r, root, "skipped");
    if (!ccs_json_member(root->value, "skipped")) {
        ccs_reader_member(&r->json, root, "scenario", cJSON_Object);
        read_checks(r, root);
        read_effort(r, root);
    }
}

/* --- scoring --- */

/* Row and policy of "policies.P.metrics.M" or "policies.P.by.SLICE.NAME.M". Names may contain
 * dots, so paths are made and compared rather than taken apart. */
static bool find(const struct ccs_results *res, const char *path, size_t *policy, size_t *row)
{
    char made[1000];
    for (size_t p = 0; p < res->policy_n; p++) {
        const char *name = res->scenario->policies[res->policies[p]].name;
        for (size_t i = 0; i < res->row_n; i++) {
            const struct ccs_row *at = &res->rows[i];
            if (at->slice == CCS_SLICE_ALL) {
                snprintf(made, sizeof made, "policies.%s.metrics.%s", name, at->metric->name);
            } else {
                snprintf(made, sizeof made, "policies.%s.by.%s.%s.%s", name,
                         ccs_slice_kind_name(at->slice), at->name, at->metric->name);
            }
            if (strcmp(made, path) == 0) {
                *policy = p;
                *row = i;
                return true;
            }
        }
    }
    return false;
}

static void score(struct ccs_verify_check *check, const struct ccs_estimate *simulated)
{
    struct ccs_estimate in_metric = *simulated;
    check->z =
        ccs_z_compare(simulated, check->value * check->scale, check->half_width * check->scale);
    check->is_ok = fabs(check->z) <= CCS_Z_FAIL;
    if (isnan(check->z)) {
        check->problem = simulated->reason ? simulated->reason : "there is no t interval";
    }
    double *const scaled[] = {&in_metric.mean,       &in_metric.sd, &in_metric.se,
                              &in_metric.half_width, &in_metric.lo, &in_metric.hi};
    for (size_t i = 0; i < sizeof scaled / sizeof scaled[0]; i++) {
        *scaled[i] /= check->scale;
    }
    check->simulated = in_metric;
}

static ccs_status run_checks(struct reader *r, const struct ccs_verify_options *options,
                             const struct ccs_scenario *scenario, char *message, size_t size)
{
    struct ccs_experiment_options run = {
        .seed = options->seed, .jobs = options->jobs, .stop = options->stop};
    struct ccs_results *res;
    ccs_status status = ccs_experiment_run(scenario, &run, &res, message, size);
    if (status) { /* an interrupted case is no result, not even a partial one */
        ccs_results_destroy(res);
        return status;
    }
    struct ccs_verify_case *result = r->result;
    result->replications = res->replications;
    result->events = res->events;
    result->is_balanced = true;
    for (size_t p = 0; p < res->policy_n; p++) {
        result->is_balanced = result->is_balanced && res->balance[p].is_ok;
    }
    result->is_ok = result->is_balanced;
    for (size_t i = 0; i < result->check_n; i++) {
        struct ccs_verify_check *check = &result->checks[i];
        size_t policy;
        size_t row;
        if (find(res, check->path, &policy, &row)) {
            score(check, &res->estimates[policy * res->row_n + row]);
            result->is_ok = result->is_ok && check->is_ok;
        } else {
            struct ccs_node root = ccs_node_root(NULL), list = ccs_node_key(&root, "checks");
            struct ccs_node item = ccs_node_element(&list, i), path = ccs_node_key(&item, "path");
            ccs_reader_fail(&r->json, CCS_E205, &path,
                            "no such policy, slice or metric in the results");
        }
    }
    for (size_t i = 0; i < result->check_n; i++) { /* the results own the texts */
        const char *problem = result->checks[i].problem;
        result->checks[i].problem = problem ? ccs_arena_strdup(&result->arena, problem) : NULL;
        result->checks[i].simulated.reason = result->checks[i].problem;
    }
    ccs_results_destroy(res);
    return r->json.is_bad ? CCS_EDATA : CCS_OK;
}

static ccs_status run_case(struct reader *r, const char *directory,
                           const struct ccs_verify_options *options, char *message, size_t size)
{
    struct ccs_reader *json = &r->json;
    cJSON *root = NULL;
    CCS_TRY(ccs_json_parse(json->text, json->size, json->origin, "", json->diags, &root));
    struct ccs_node node = ccs_node_root(root);
    read_case(r, &node);
    cJSON_Delete(root);
    CCS_TRY(ccs_reader_status(&r->json));
    if (r->result->skipped) {
        r->result->is_balanced = true;
        r->result->is_ok = true;
        return CCS_OK;
    }
    char *text = cut_scenario(r);
    if (!text) {
        return CCS_ENOMEM;
    }
    struct ccs_scenario *scenario;
    ccs_status status = ccs_scenario_parse(&scenario, json->origin, directory, text, json->size,
                                           r->sets, r->set_n, json->diags);
    if (!status) {
        status = run_checks(r, options, scenario, message, size);
        ccs_scenario_destroy(scenario);
    }
    return status;
}

ccs_status ccs_verify_run_text(const char *origin, const char *directory, const char *text,
                               size_t size, const struct ccs_verify_options *options,
                               struct ccs_verify_case **result, struct ccs_diagnostics *diags,
                               char *message, size_t message_size)
{
    *result = NULL;
    message[0] = '\0';
    const char *effort = options->effort ? options->effort : efforts[0];
    if (!is_one_of(efforts, effort)) {
        snprintf(message, message_size, "no effort '%s': default or full", effort);
        return CCS_EUSAGE;
    }
    struct ccs_verify_case *made = calloc(1, sizeof *made);
    if (!made) {
        return CCS_ENOMEM;
    }
    ccs_arena_init(&made->arena, 0);
    struct reader reader = {.json = {.origin = origin,
                                     .text = text,
                                     .size = size,
                                     .may_comment = true,
                                     .arena = &made->arena,
                                     .diags = diags},
                            .result = made,
                            .effort = effort};
    ccs_status status = run_case(&reader, directory, options, message, message_size);
    if (status) {
        ccs_verify_case_destroy(made);
        return status;
    }
    *result = made;
    return CCS_OK;
}

ccs_status ccs_verify_run(const char *path, const struct ccs_verify_options *options,
                          struct ccs_verify_case **result, struct ccs_diagnostics *diags,
                          char *message, size_t message_size)
{
    *result = NULL;
    message[0] = '\0';
    char *text;
    size_t size;
    struct ccs_file_error error;
    ccs_status status = ccs_file_read(path, CCS_JSON_MAX_BYTES, &text, &size, &error);
    if (status) {
        ccs_diag_add(diags, status == CCS_EDATA ? CCS_E101 : CCS_E100, path, 0, 0, "", "%s",
                     error.text);
        return status;
    }
    const char *slash = strrchr(path, '/');
    char *directory = strndup(path, slash ? (size_t)(slash - path) + 1 : 0);
    status = directory ? ccs_verify_run_text(path, directory, text, size, options, result, diags,
                                             message, message_size)
                       : CCS_ENOMEM;
    free(directory);
    free(text);
    return status;
}

void ccs_verify_case_destroy(struct ccs_verify_case *result)
{
    if (result) {
        ccs_arena_fini(&result->arena);
        free(result);
    }
}

/* --- all cases together --- */

/* One more case of n checks, which are notable together or not at all. */
static void convolve(struct ccs_verify_tally *tally, size_t n)
{
    double p = ccs_z_notable_chance();
    double *chance = tally->chance;
    if (tally->cases == 0) {
        chance[0] = 1.0;
    }
    for (size_t k = CCS_VERIFY_NOTABLE_MAX + 1; k-- > 0;) { /* from above: what is below is old */
        double moved = chance[k] * p;
        size_t to = k + n < CCS_VERIFY_NOTABLE_MAX ? k + n : CCS_VERIFY_NOTABLE_MAX;
        chance[k] -= moved;
        chance[to] += moved;
    }
}

void ccs_verify_tally_add(struct ccs_verify_tally *tally, const struct ccs_verify_case *result)
{
    convolve(tally, result->check_n);
    tally->cases++;
    tally->skipped += result->skipped != NULL;
    tally->failed += !result->is_ok;
    tally->checks += result->check_n;
    for (size_t i = 0; i < result->check_n; i++) {
        tally->checks_failed += !result->checks[i].is_ok;
        tally->notable += fabs(result->checks[i].z) > CCS_Z_NOTABLE;
    }
}

size_t ccs_verify_tally_limit(const struct ccs_verify_tally *tally)
{
    double below = tally->chance[0];
    size_t k = 0;
    while (k < tally->checks && k < CCS_VERIFY_NOTABLE_MAX && below < CCS_Z_NOTABLE_CONFIDENCE) {
        below += tally->chance[++k];
    }
    return k;
}

bool ccs_verify_tally_is_ok(const struct ccs_verify_tally *tally)
{
    return tally->failed == 0 && tally->notable <= ccs_verify_tally_limit(tally);
}
