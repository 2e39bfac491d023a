/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a case, running its scenario, scoring its checks: see verify.h. */
#include "gate/verify.h"

#include "base/diag.h"
#include "base/file.h"
#include "experiment/experiment.h"
#include "format/document/json.h"
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
    struct ccs_verify_case *result;
    const char *origin;
    const char *text;
    size_t size;
    const char *effort;
    const char **sets; /* --set assignments for the effort */
    size_t set_n;
    bool is_bad;
    bool no_memory;
    struct ccs_diagnostics *diags;
};

static void fault(struct reader *r, enum ccs_diag_code code, const char *pointer,
                  const char *message)
{
    struct ccs_json_place place = {0};
    ccs_json_locate(r->text, r->size, pointer, &place);
    ccs_diag_add(r->diags, code, r->origin, place.line, place.column, pointer, "%s", message);
    r->is_bad = true;
}

static bool is_one_of(const char *const *list, const char *word)
{
    for (size_t i = 0; list[i]; i++) {
        if (strcmp(list[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static void check_keys(struct reader *r, const cJSON *object, const char *pointer,
                       const char *const *keys)
{
    for (const cJSON *item = object->child; item; item = item->next) {
        bool is_comment = item->string[0] == '$' || strncmp(item->string, "//", 2) == 0;
        if (!is_comment && !is_one_of(keys, item->string)) {
            char *at = ccs_arena_printf(&r->result->arena, "%s/%s", pointer, item->string);
            fault(r, CCS_E200, at ? at : pointer, "unknown key");
        }
    }
}

enum need {
    OPTIONAL,
    REQUIRED
};

/* The member of the type, or NULL with a diagnostic where that is wrong. */
static const cJSON *member(struct reader *r, const cJSON *object, const char *pointer,
                           const char *key, int type, enum need need)
{
    const cJSON *item = ccs_json_member(object, key);
    char *at = ccs_arena_printf(&r->result->arena, "%s/%s", pointer, key);
    r->no_memory = r->no_memory || !at;
    if (!at || (!item && need == OPTIONAL)) {
        return NULL;
    }
    if (!item) {
        fault(r, CCS_E201, at, "is required");
    } else if ((item->type & 0xFF) != type) {
        fault(r, CCS_E202, at,
              type == cJSON_String   ? "must be a string"
              : type == cJSON_Number ? "must be a number"
              : type == cJSON_Array  ? "must be a list"
                                     : "must be an object");
        item = NULL;
    }
    return item;
}

static const char *text_member(struct reader *r, const cJSON *object, const char *pointer,
                               const char *key, enum need need)
{
    const cJSON *item = member(r, object, pointer, key, cJSON_String, need);
    char *text = item ? ccs_arena_strdup(&r->result->arena, item->valuestring) : NULL;
    r->no_memory = r->no_memory || (item && !text);
    return text;
}

static double number_member(struct reader *r, const cJSON *object, const char *pointer,
                            const char *key, double fallback, enum need need)
{
    const cJSON *item = member(r, object, pointer, key, cJSON_Number, need);
    return item ? item->valuedouble : fallback;
}

static void read_check(struct reader *r, const cJSON *item, size_t i,
                       struct ccs_verify_check *check)
{
    static const char *const keys[] = {"path", "value",  "half_width", "scale",
                                       "kind", "source", NULL};
    char at[40];
    snprintf(at, sizeof at, "/checks/%zu", i);
    if (!cJSON_IsObject(item)) {
        fault(r, CCS_E202, at, "must be an object");
        return;
    }
    check_keys(r, item, at, keys);
    *check = (struct ccs_verify_check){
        .path = text_member(r, item, at, "path", REQUIRED),
        .kind = text_member(r, item, at, "kind", REQUIRED),
        .source = text_member(r, item, at, "source", OPTIONAL),
        .value = number_member(r, item, at, "value", NAN, REQUIRED),
        .half_width = number_member(r, item, at, "half_width", 0.0, OPTIONAL),
        .scale = number_member(r, item, at, "scale", 1.0, OPTIONAL),
        .z = NAN,
    };
    if (check->kind && !is_one_of(ccs_verify_kinds, check->kind)) {
        fault(r, CCS_E204, at,
              "`kind` must be one of published, exact, third_party_sim, own_sim, reference_sim");
    }
    if (check->half_width < 0) {
        fault(r, CCS_E214, at, "`half_width` must be >= 0");
    }
    if (!(check->scale > 0)) {
        fault(r, CCS_E214, at, "`scale` must be > 0");
    }
}

static void read_checks(struct reader *r, const cJSON *root)
{
    const cJSON *list = member(r, root, "", "checks", cJSON_Array, REQUIRED);
    if (!list) {
        return;
    }
    size_t n = (size_t)cJSON_GetArraySize(list);
    if (n == 0) {
        fault(r, CCS_E201, "/checks", "a case without a check proves nothing");
    }
    r->result->checks = ccs_arena_calloc(&r->result->arena, n, sizeof *r->result->checks);
    if (!r->result->checks) {
        r->no_memory = true;
        return;
    }
    size_t i = 0;
    for (const cJSON *item = list->child; item; item = item->next, i++) {
        read_check(r, item, i, &r->result->checks[i]);
    }
    r->result->check_n = n;
}

/* {"replications": 40, "horizon": "900 h"} to "/run/replications=40", "/run/horizon=900 h". */
static void read_effort(struct reader *r, const cJSON *root)
{
    const cJSON *all = member(r, root, "", "effort", cJSON_Object, OPTIONAL);
    if (!all) {
        return;
    }
    check_keys(r, all, "/effort", efforts);
    const cJSON *chosen = member(r, all, "/effort", r->effort, cJSON_Object, OPTIONAL);
    if (!chosen) {
        return;
    }
    r->sets =
        ccs_arena_calloc(&r->result->arena, (size_t)cJSON_GetArraySize(chosen), sizeof *r->sets);
    r->no_memory = r->no_memory || !r->sets;
    for (const cJSON *item = chosen->child; item && r->sets; item = item->next) {
        const char *set = NULL;
        if (cJSON_IsNumber(item)) {
            set = ccs_arena_printf(&r->result->arena, "/run/%s=%.17g", item->string,
                                   item->valuedouble);
        } else if (cJSON_IsString(item)) {
            set =
                ccs_arena_printf(&r->result->arena, "/run/%s=%s", item->string, item->valuestring);
        } else {
            fault(r, CCS_E202, "/effort", "a number or a string for each key of `run`");
            continue;
        }
        r->no_memory = r->no_memory || !set;
        r->sets[r->set_n++] = set;
    }
}

/* The whole text with everything but the value of "scenario" made blank, so that the scenario's
 * own diagnostics point to the right line and column. The text has passed ccs_json_check. */
static char *cut_scenario(struct reader *r)
{
    struct ccs_json_place place;
    char *cut = ccs_arena_strndup(&r->result->arena, r->text, r->size);
    if (!cut || !ccs_json_locate(r->text, r->size, "/scenario", &place)) {
        return NULL;
    }
    size_t from = 0;
    for (int line = 1; line < place.line; line++) {
        from = (size_t)(strchr(r->text + from, '\n') - r->text) + 1;
    }
    from += (size_t)place.column - 1;
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < r->size; i++) {
        bool is_inside = i >= from && (i == from || depth > 0);
        char c = r->text[i];
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

static void read_case(struct reader *r, const cJSON *root)
{
    static const char *const keys[] = {"id",       "title",  "source", "skipped",
                                       "scenario", "checks", "effort", NULL};
    if (!cJSON_IsObject(root)) {
        fault(r, CCS_E114, "", "a case is a JSON object");
        return;
    }
    check_keys(r, root, "", keys);
    struct ccs_verify_case *result = r->result;
    result->id = text_member(r, root, "", "id", REQUIRED);
    result->title = text_member(r, root, "", "title", OPTIONAL);
    result->source = text_member(r, root, "", "source", OPTIONAL);
    result->skipped = text_member(r, root, "", "skipped", OPTIONAL);
    if (!ccs_json_member(root, "skipped")) {
        member(r, root, "", "scenario", cJSON_Object, REQUIRED);
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
            char at[40];
            snprintf(at, sizeof at, "/checks/%zu/path", i);
            fault(r, CCS_E205, at, "no such policy, slice or metric in the results");
        }
    }
    for (size_t i = 0; i < result->check_n; i++) { /* the results own the texts */
        const char *problem = result->checks[i].problem;
        result->checks[i].problem = problem ? ccs_arena_strdup(&result->arena, problem) : NULL;
        result->checks[i].simulated.reason = result->checks[i].problem;
    }
    ccs_results_destroy(res);
    return r->is_bad ? CCS_EDATA : CCS_OK;
}

static ccs_status run_case(struct reader *r, const char *directory,
                           const struct ccs_verify_options *options, char *message, size_t size)
{
    cJSON *root = NULL;
    ccs_status status = ccs_json_parse(r->text, r->size, r->origin, "", r->diags, &root);
    if (status) {
        return status;
    }
    read_case(r, root);
    cJSON_Delete(root);
    if (r->is_bad || r->no_memory) {
        return r->is_bad ? CCS_EDATA : CCS_ENOMEM;
    }
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
    status = ccs_scenario_parse(&scenario, r->origin, directory, text, r->size, r->sets, r->set_n,
                                r->diags);
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
    struct reader reader = {.result = made,
                            .origin = origin,
                            .text = text,
                            .size = size,
                            .effort = effort,
                            .diags = diags};
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
