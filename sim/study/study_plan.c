/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to do: scenario, design, store, and what is missing. See study.h. */
#include "base/file.h"
#include "base/sink.h"
#include "format/document/json.h"
#include "study/study.h"
#include "study/value.h"

#include <ccsim/version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the scenario ---- */

static ccs_status read_scenario(struct ccs_study *study, char *message, size_t size)
{
    const char *path = study->options.scenario;
    struct ccs_file_error error;
    ccs_status status =
        ccs_file_read(path, CCS_JSON_MAX_BYTES, &study->text, &study->text_size, &error);
    if (status != CCS_OK) {
        snprintf(message, size, "%s", error.text);
        return status;
    }
    bool is_stdin = strcmp(path, "-") == 0;
    const char *slash = strrchr(path, '/');
    size_t n = is_stdin || slash == NULL ? 0 : (size_t)(slash - path) + 1;
    study->origin = is_stdin ? "<stdin>" : path;
    study->directory = ccs_arena_strndup(&study->arena, path, n);
    return study->directory == NULL ? CCS_ENOMEM : CCS_OK;
}

/* With the study's own assignments and `extra_n` more. */
static ccs_status load(struct ccs_study *study, const char *const *extra, size_t extra_n,
                       struct ccs_diagnostics *diagnostics, struct ccs_scenario **scenario)
{
    size_t set_n = study->options.set_n;
    const char **sets = calloc(set_n + extra_n + 1, sizeof *sets);
    *scenario = NULL;
    if (sets == NULL) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < set_n; i++) {
        sets[i] = study->options.sets[i];
    }
    for (size_t i = 0; i < extra_n; i++) {
        sets[set_n + i] = extra[i];
    }
    ccs_status status = ccs_scenario_parse(scenario, study->origin, study->directory, study->text,
                                           study->text_size, sets, set_n + extra_n, diagnostics);
    free(sets);
    return status;
}

static bool accepts(void *context, const char *assignment)
{
    struct ccs_study *study = context;
    struct ccs_scenario *scenario = NULL;
    struct ccs_diagnostics *diagnostics = ccs_diagnostics_create();
    bool is_good =
        diagnostics != NULL && load(study, &assignment, 1, diagnostics, &scenario) == CCS_OK;
    ccs_scenario_destroy(scenario);
    ccs_diagnostics_destroy(diagnostics);
    return is_good;
}

/* The first error, with --set as what the user wrote instead: --vary or the points file. */
static const char *first_fault(struct ccs_study *study, struct ccs_diagnostics *diagnostics)
{
    const char *line = "is no scenario";
    size_t n = 0;
    for (size_t i = 0; i < ccs_diagnostics_count(diagnostics); i++) {
        if (ccs_diagnostics_get(diagnostics, i)->is_error && n++ == 0) {
            line = ccs_diagnostics_line(diagnostics, i);
        }
    }
    static const char set[] = "--set ";
    const char *file = study->options.points_file;
    bool is_set = strncmp(line, set, sizeof set - 1) == 0;
    return ccs_arena_printf(&study->arena, "%s%s%s%s",
                            !is_set        ? ""
                            : file == NULL ? "--vary "
                                           : file,
                            is_set && file != NULL ? ": " : "",
                            is_set ? line + sizeof set - 1 : line, n > 1 ? " (and more)" : "");
}

ccs_status ccs_plan_load(struct ccs_study *study, size_t point, struct ccs_scenario **scenario,
                         const char **message)
{
    const struct ccs_design *design = study->design;
    struct ccs_arena scratch;
    ccs_arena_init(&scratch, 0);
    struct ccs_diagnostics *diagnostics = ccs_diagnostics_create();
    const char **extra = ccs_arena_calloc(&scratch, design->pointer_n, sizeof *extra);
    ccs_status status = diagnostics == NULL || extra == NULL ? CCS_ENOMEM : CCS_OK;
    size_t n = 0;
    for (size_t i = 0; i < design->pointer_n && status == CCS_OK; i++) {
        const char *value = ccs_design_value(design, point, i);
        if (value != NULL) {
            extra[n] = ccs_arena_printf(&scratch, "%s=%s", design->pointers[i], value);
            status = extra[n++] == NULL ? CCS_ENOMEM : CCS_OK;
        }
    }
    *scenario = NULL;
    *message = NULL;
    if (status == CCS_OK) {
        status = load(study, extra, n, diagnostics, scenario);
        if (status == CCS_EDATA || status == CCS_EUSAGE || status == CCS_EIO) {
            *message = first_fault(study, diagnostics);
            status = status == CCS_EUSAGE ? CCS_EDATA : status;
        }
    }
    ccs_diagnostics_destroy(diagnostics);
    ccs_arena_fini(&scratch);
    return status;
}

static ccs_status load_base(struct ccs_study *study, struct ccs_diagnostics *diagnostics,
                            char *message, size_t size)
{
    const struct ccs_study_options *o = &study->options;
    ccs_status status = read_scenario(study, message, size);
    status = status == CCS_OK ? load(study, NULL, 0, diagnostics, &study->base) : status;
    if (status == CCS_OK && o->policy != NULL && ccs_scenario_policy(study->base, o->policy) < 0) {
        snprintf(message, size, "the scenario has no policy named '%.100s'", o->policy);
        return CCS_EUSAGE;
    }
    return status;
}

/* ---- the files it reads ---- */

static ccs_status add_file(void *context, const char *path)
{
    struct ccs_study *study = context;
    for (size_t i = 0; i < study->file_n; i++) {
        if (strcmp(study->files[i], path) == 0) {
            return CCS_OK;
        }
    }
    if (study->file_n == study->file_cap) {
        size_t cap = 2 * study->file_cap + 8;
        const char **grown = realloc(study->files, cap * sizeof *grown);
        if (grown == NULL) {
            return CCS_ENOMEM;
        }
        study->files = grown;
        study->file_cap = cap;
    }
    const char *copy = ccs_arena_strdup(&study->arena, path);
    if (copy == NULL) {
        return CCS_ENOMEM;
    }
    study->files[study->file_n++] = copy;
    return CCS_OK;
}

/* ---- points ---- */

struct member {
    const char *pointer, *value;
};

static int by_pointer(const void *a, const void *b)
{
    return strcmp(((const struct member *)a)->pointer, ((const struct member *)b)->pointer);
}

/* {"/a": 1, "/b": "6 min"}, sorted by pointer: the order of factors does not matter. */
static const char *write_design(struct ccs_study *study, size_t point)
{
    const struct ccs_design *design = study->design;
    struct ccs_arena *arena = &study->arena;
    struct member *member = calloc(design->pointer_n, sizeof *member);
    char *text = NULL;
    size_t size = 0;
    FILE *out = member == NULL ? NULL : ccs_sink_to_text(&text, &size);
    if (out == NULL) {
        free(member);
        return NULL;
    }
    size_t n = 0;
    for (size_t i = 0; i < design->pointer_n; i++) {
        const char *value = ccs_design_value(design, point, i);
        if (value != NULL) {
            member[n++] = (struct member){design->pointers[i], value};
        }
    }
    qsort(member, n, sizeof *member, by_pointer);
    fputc('{', out);
    bool is_good = true;
    for (size_t i = 0; i < n; i++) {
        /* a pointer could read as JSON only if it were a number, and it begins with a slash */
        const char *key = ccs_value_json(member[i].pointer, arena);
        const char *value = ccs_value_json(member[i].value, arena);
        is_good = is_good && key != NULL && value != NULL;
        fprintf(out, "%s%s: %s", i > 0 ? ", " : "", is_good ? key : "", is_good ? value : "");
    }
    fputc('}', out);
    is_good = ccs_sink_end_text(out, &text, &size) == CCS_OK && is_good;
    const char *copy = is_good ? ccs_arena_strdup(arena, text) : NULL;
    free(text);
    free(member);
    return copy;
}

static ccs_status plan_point(struct ccs_study *study, size_t i)
{
    struct ccs_plan_point *point = &study->points[i];
    struct ccs_scenario *scenario = NULL;
    ccs_status status = ccs_plan_load(study, i, &scenario, &point->message);
    if (status == CCS_OK) {
        status = ccs_document_files(scenario->doc, add_file, study);
    }
    if (status != CCS_OK && status != CCS_EDATA) {
        ccs_scenario_destroy(scenario);
        return status;
    }
    const struct ccs_design *design = study->design;
    point->key.parameter_n = design->pointer_n;
    point->key.pointers = design->pointers;
    point->key.values = &design->values[i * design->pointer_n];
    point->key.design = write_design(study, i);
    if (point->key.design == NULL) {
        ccs_scenario_destroy(scenario);
        return CCS_ENOMEM;
    }
    ccs_store_point_identify(&point->key, &study->key);
    if (scenario == NULL) {
        point->state = CCS_POINT_INVALID;
        return CCS_OK;
    }
    int64_t asked = study->options.replications;
    point->key.scenario_hash = ccs_scenario_hash(scenario);
    point->asked = (size_t)(asked > 0 ? asked : scenario->run.replications);
    point->missing = point->asked;
    /* a policy that a point does not have is a fault of the point */
    const char *policy = study->options.policy;
    if (policy != NULL && ccs_scenario_policy(scenario, policy) < 0) {
        point->state = CCS_POINT_INVALID;
        point->message =
            ccs_arena_printf(&study->arena, "there is no policy '%.100s' at this point", policy);
    }
    ccs_scenario_destroy(scenario);
    return CCS_OK;
}

ccs_status ccs_plan_look(struct ccs_study *study, struct ccs_plan_point *point)
{
    struct ccs_store_state state;
    size_t stored = 0;
    if (study->store == NULL) {
        return CCS_OK;
    }
    ccs_status status = ccs_store_look(study->store, point->key.id, &state);
    if (status == CCS_OK) {
        status = ccs_store_count(study->store, point->key.id, point->asked, &stored);
    }
    if (status != CCS_OK || point->state == CCS_POINT_INVALID) {
        return status;
    }
    point->replications = state.is_done ? state.replications : 0;
    bool is_done = state.is_done && state.replications >= point->asked;
    point->state = is_done                       ? CCS_POINT_DONE
                   : state.is_failed             ? CCS_POINT_FAILED
                   : stored > 0 || state.is_done ? CCS_POINT_PARTIAL
                                                 : CCS_POINT_NEW;
    point->missing = is_done ? 0 : point->asked - stored;
    point->message = NULL;
    if (state.message[0] != '\0') {
        point->message = ccs_arena_strdup(&study->arena, state.message);
    }
    if (state.primary[0] != '\0') {
        point->primary = ccs_arena_strdup(&study->arena, state.primary);
    }
    return CCS_OK;
}

bool ccs_plan_is_stopped(const struct ccs_study *study)
{
    const volatile int *stop = study->options.stop;
    return stop != NULL && __atomic_load_n(stop, __ATOMIC_RELAXED);
}

static ccs_status plan_points(struct ccs_study *study, char *message, size_t size)
{
    struct ccs_design_spec spec = {
        .vary = study->options.vary,
        .vary_n = study->options.vary_n,
        .points_file = study->options.points_file,
        .kind = study->options.design,
        .points = study->options.points,
        .seed = (uint64_t)study->options.design_seed,
        .accepts = accepts,
        .context = study,
    };
    ccs_status status = ccs_design_create(&study->design, &spec, message, size);
    if (status != CCS_OK) {
        return status;
    }
    size_t n = study->design->point_n;
    study->points = ccs_arena_calloc(&study->arena, n, sizeof *study->points);
    status = study->points == NULL ? CCS_ENOMEM : CCS_OK;
    for (size_t i = 0; i < n && status == CCS_OK; i++) {
        status = ccs_plan_is_stopped(study) ? CCS_EINTERRUPTED : plan_point(study, i);
        if (status == CCS_EIO && study->points[i].message != NULL) {
            snprintf(message, size, "%s", study->points[i].message);
        }
    }
    return status;
}

size_t ccs_plan_invalid(const struct ccs_study *study)
{
    size_t n = 0;
    for (size_t i = 0; i < study->design->point_n; i++) {
        n += study->points[i].state == CCS_POINT_INVALID;
    }
    return n;
}

static ccs_status look_at_store(struct ccs_study *study, char *message, size_t size)
{
    const struct ccs_study_options *o = &study->options;
    if (o->store == NULL) {
        snprintf(message, size, "a sweep needs a store: --store FILE.db");
        return CCS_EUSAGE;
    }
    bool will_run = !o->is_dry && (o->keep_going || ccs_plan_invalid(study) == 0);
    bool is_there = will_run || ccs_store_is_there(o->store);
    ccs_status status =
        is_there ? ccs_store_open(&study->store, o->store, will_run, message, size) : CCS_OK;
    if (study->store != NULL && status == CCS_OK) {
        status = ccs_store_may_grow(study->store);
        if (status != CCS_OK) {
            snprintf(message, size, "%s", study->store->message);
            return status;
        }
    }
    study->progress.points = study->design->point_n;
    for (size_t i = 0; i < study->design->point_n && status == CCS_OK; i++) {
        struct ccs_plan_point *point = &study->points[i];
        status = ccs_plan_is_stopped(study) ? CCS_EINTERRUPTED : ccs_plan_look(study, point);
        study->progress.points_done += point->state == CCS_POINT_DONE;
        study->progress.replications += point->missing;
        if (status != CCS_OK && study->store != NULL && status != CCS_EINTERRUPTED) {
            snprintf(message, size, "%s", study->store->message);
        }
    }
    return status;
}

/* ---- opening and closing ---- */

static ccs_status open_study(struct ccs_study *study, struct ccs_diagnostics *diagnostics,
                             char *message, size_t size)
{
    const struct ccs_study_options *o = &study->options;
    ccs_status status = load_base(study, diagnostics, message, size);
    if (status != CCS_OK) {
        return status;
    }
    study->key = (struct ccs_store_study){
        .scenario = study->base->name,
        .ccsim = CCS_VERSION,
        .build = ccs_build_digest(),
        .commit = ccs_build_commit(),
        .policy = o->policy == NULL ? "" : o->policy,
        .currency = study->base->currency,
        .scenario_hash = ccs_scenario_hash(study->base),
        .seed = (uint64_t)(o->seed >= 0 ? o->seed : study->base->run.seed),
        .is_long_run = o->independent_pasts,
    };
    ccs_store_study_identify(&study->key);
    status = plan_points(study, message, size);
    return status == CCS_OK ? look_at_store(study, message, size) : status;
}

ccs_status ccs_study_open(struct ccs_study **study, const struct ccs_study_options *options,
                          struct ccs_diagnostics *diagnostics, char *message, size_t message_size)
{
    *study = NULL;
    message[0] = '\0';
    struct ccs_study *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return CCS_ENOMEM;
    }
    s->options = *options;
    ccs_arena_init(&s->arena, 0);
    ccs_status status = open_study(s, diagnostics, message, message_size);
    if (status != CCS_OK) {
        if (message[0] == '\0' && ccs_diagnostics_error_count(diagnostics) == 0) {
            snprintf(message, message_size, "%s", ccs_status_text(status));
        }
        ccs_study_close(s);
        return status;
    }
    *study = s;
    return CCS_OK;
}

void ccs_study_close(struct ccs_study *study)
{
    if (study != NULL) {
        ccs_store_close(study->store);
        ccs_design_destroy(study->design);
        ccs_scenario_destroy(study->base);
        free(study->text);
        free(study->files);
        ccs_arena_fini(&study->arena);
        free(study);
    }
}

/* ---- questions ---- */

size_t ccs_study_point_count(const struct ccs_study *study)
{
    return study->design->point_n;
}

bool ccs_study_point(const struct ccs_study *study, size_t point, struct ccs_study_point *info)
{
    if (point >= study->design->point_n) {
        return false;
    }
    const struct ccs_plan_point *p = &study->points[point];
    *info = (struct ccs_study_point){p->state, p->missing, p->replications, p->message, p->primary};
    return true;
}

const char *ccs_study_file(const struct ccs_study *study, size_t file)
{
    return file < study->file_n ? study->files[file] : NULL;
}

size_t ccs_study_parameter_count(const struct ccs_study *study)
{
    return study->design->pointer_n;
}

const char *ccs_study_parameter(const struct ccs_study *study, size_t parameter)
{
    return parameter < study->design->pointer_n ? study->design->pointers[parameter] : NULL;
}

const char *ccs_study_value(const struct ccs_study *study, size_t point, size_t parameter)
{
    bool is_there = point < study->design->point_n && parameter < study->design->pointer_n;
    return is_there ? ccs_design_value(study->design, point, parameter) : NULL;
}

size_t ccs_study_dropped(const struct ccs_study *study)
{
    return study->design->dropped;
}

const char *ccs_study_policy(const struct ccs_study *study, size_t policy)
{
    const struct ccs_scenario *base = study->base;
    if (study->options.policy != NULL) {
        return policy == 0 ? study->options.policy : NULL;
    }
    if (policy >= base->policy_n) {
        return NULL;
    }
    /* the baseline, then the others by name */
    size_t i = policy == 0 ? base->baseline : policy <= base->baseline ? policy - 1 : policy;
    return base->policies[i].name;
}

const char *ccs_study_currency(const struct ccs_study *study)
{
    return study->base->currency;
}

bool ccs_study_metric(const struct ccs_study *study, size_t point, const char *policy,
                      const char *metric, struct ccs_result *result)
{
    return study->store != NULL && point < study->design->point_n &&
           ccs_store_estimate(study->store, study->points[point].key.id, policy, NULL, metric,
                              result);
}

bool ccs_study_difference(const struct ccs_study *study, size_t point, const char *policy,
                          const char *versus, const char *metric, struct ccs_result *result)
{
    if (study->store == NULL || point >= study->design->point_n) {
        return false;
    }
    const char *id = study->points[point].key.id;
    const char *baseline = ccs_study_policy(study, 0);
    versus = versus == NULL ? baseline : versus;
    return ccs_store_estimate(study->store, id, policy, versus, metric, result) ||
           ccs_store_paired(study->store, id, policy, versus, metric, result);
}

ccs_status ccs_study_reading(const struct ccs_study *study, const char **message)
{
    ccs_status status = study->store == NULL ? CCS_OK : study->store->read_status;
    *message = status == CCS_OK ? "" : study->store->message;
    return status;
}

bool ccs_study_balanced(const struct ccs_study *study)
{
    return !study->is_unbalanced;
}
