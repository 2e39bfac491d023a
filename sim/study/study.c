/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running a study: point after point, each an experiment whose replications are found in the store
 * or kept there.
 *
 * A point that another process is running is left for later; what is still missing in the end is
 * run whoever has claimed it, so that nobody waits for anybody. Doing work twice does no harm.
 */
#include "study/study.h"
#include "experiment/experiment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    FLUSH_S = 2 /* a long point's replications are saved this often */
};

/* ---- one point ---- */

struct point_run {
    struct ccs_study *study;
    struct ccs_plan_point *point;
    struct ccs_arena arena;         /* records from the store */
    struct ccs_store_record *found; /* in order of numbers */
    size_t found_n;
    struct ccs_store_record *pending; /* not saved yet; bytes owned */
    size_t pending_n, pending_cap;
    time_t flushed; /* monotonic, seconds */
    bool has_store_failed;
};

static time_t now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static int by_number(const void *a, const void *b)
{
    const struct ccs_store_record *x = a;
    const struct ccs_store_record *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

static const void *find(void *context, uint64_t r, size_t *size)
{
    const struct point_run *run = context;
    struct ccs_store_record key = {.number = r + 1};
    const struct ccs_store_record *record =
        bsearch(&key, run->found, run->found_n, sizeof key, by_number);
    if (record == NULL) {
        return NULL;
    }
    *size = record->size;
    return record->bytes;
}

static void drop_pending(struct point_run *run)
{
    for (size_t i = 0; i < run->pending_n; i++) {
        free((void *)run->pending[i].bytes);
    }
    run->pending_n = 0;
}

/* Saves what is pending with the results, the failure or neither. */
static ccs_status save(struct point_run *run, const struct ccs_results *results,
                       const char *failure)
{
    struct ccs_study *study = run->study;
    ccs_status status = ccs_store_save(study->store, &study->key, &run->point->key, run->pending,
                                       run->pending_n, results, failure);
    run->has_store_failed = status != CCS_OK;
    drop_pending(run);
    run->flushed = now_s();
    return status;
}

static ccs_status add_pending(struct point_run *run, uint64_t r, const void *bytes, size_t size)
{
    if (run->pending_n == run->pending_cap) {
        size_t cap = 2 * run->pending_cap + 16;
        struct ccs_store_record *grown = realloc(run->pending, cap * sizeof *grown);
        if (grown == NULL) {
            return CCS_ENOMEM;
        }
        run->pending = grown;
        run->pending_cap = cap;
    }
    void *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL) {
        return CCS_ENOMEM;
    }
    memcpy(copy, bytes, size);
    struct ccs_store_record *record = &run->pending[run->pending_n++];
    record->number = r + 1;
    record->size = size;
    record->bytes = copy;
    return CCS_OK;
}

static void tell(const struct ccs_study *study)
{
    if (study->options.progress != NULL) {
        study->options.progress(study->options.context, &study->progress);
    }
}

static ccs_status keep(void *context, uint64_t r, const void *bytes, size_t size)
{
    struct point_run *run = context;
    ccs_status status = add_pending(run, r, bytes, size);
    if (status == CCS_OK && now_s() - run->flushed >= FLUSH_S) {
        status = save(run, NULL, NULL);
    }
    run->study->progress.replications_done++;
    tell(run->study);
    return status;
}

/* Runs the experiment and saves what came of it. */
static ccs_status run_experiment(struct point_run *run, const struct ccs_scenario *scenario,
                                 char *message, size_t size)
{
    struct ccs_study *study = run->study;
    const struct ccs_experiment_options options = {
        .policy = study->options.policy,
        .replications = (int64_t)run->point->asked,
        .seed = (int64_t)study->key.seed,
        .jobs = study->options.jobs,
        .memory_limit = study->options.memory_limit,
        .independent_pasts = study->options.independent_pasts,
        .stop = study->options.stop,
    };
    const struct ccs_outcome_cache cache = {
        .context = run, .find = find, .keep = keep, .without_periods = true};
    struct ccs_results *results = NULL;
    ccs_status status =
        ccs_experiment_run_kept(scenario, &options, &cache, &results, message, size);
    if (run->has_store_failed) {
        snprintf(message, size, "%s", study->store->message);
    } else if (status == CCS_OK) {
        study->is_unbalanced = study->is_unbalanced || !ccs_results_balanced(results);
        status = save(run, results, NULL);
    } else if (status == CCS_EINTERRUPTED && run->pending_n > 0) {
        ccs_status saved = save(run, NULL, NULL);
        status = saved == CCS_OK ? status : saved;
    } else if (status == CCS_ENOMEM) {
        ccs_status saved = save(run, NULL, message);
        status = saved == CCS_OK ? status : saved;
    }
    if (run->has_store_failed) {
        snprintf(message, size, "%s", study->store->message);
    }
    ccs_results_destroy(results);
    return status;
}

static ccs_status run_point(struct ccs_study *study, size_t i, bool *has_store_failed,
                            char *message, size_t size)
{
    struct point_run run = {.study = study, .point = &study->points[i], .flushed = now_s()};
    struct ccs_scenario *scenario = NULL;
    const char *fault = NULL;
    ccs_arena_init(&run.arena, 0);
    ccs_status status = ccs_plan_load(study, i, &scenario, &fault);
    if (status != CCS_OK) {
        snprintf(message, size, "%s", fault == NULL ? ccs_status_text(status) : fault);
    } else if (ccs_scenario_hash(scenario) != run.point->key.scenario_hash) {
        snprintf(message, size, "a file of the scenario changed while the sweep ran: start again");
        status = CCS_EDATA;
        *has_store_failed = true; /* not the fault of this point */
    } else {
        status = ccs_store_records(study->store, run.point->key.id, run.point->asked, &run.arena,
                                   &run.found, &run.found_n);
        run.has_store_failed = status != CCS_OK;
        if (run.has_store_failed) {
            snprintf(message, size, "%s", study->store->message);
        } else {
            status = run_experiment(&run, scenario, message, size);
        }
    }
    *has_store_failed = *has_store_failed || run.has_store_failed;
    ccs_scenario_destroy(scenario);
    drop_pending(&run);
    free(run.pending);
    ccs_arena_fini(&run.arena);
    return status;
}

/* ---- all points ---- */

/* "point 3 (/a=1, /b=6 min): what": into `text`. */
static void name_point(const struct ccs_study *study, size_t i, const char *what, char *text,
                       size_t size)
{
    char copy[600];
    snprintf(copy, sizeof copy, "%s", what); /* `what` may be `text` */
    snprintf(text, size, "point %zu of %zu %.400s: %s", i + 1, study->design->point_n,
             study->points[i].key.design, copy);
}

static ccs_status store_failed(const struct ccs_study *study, char *message, size_t size)
{
    snprintf(message, size, "%s", study->store->message);
    return study->store->status;
}

/* Points that are no scenario, with keep_going: they are recorded. */
static ccs_status record_invalid(struct ccs_study *study, char *message, size_t size)
{
    for (size_t i = 0; i < study->design->point_n; i++) {
        const struct ccs_plan_point *point = &study->points[i];
        if (point->state == CCS_POINT_INVALID &&
            ccs_store_save(study->store, &study->key, &point->key, NULL, 0, NULL, point->message) !=
                CCS_OK) {
            return store_failed(study, message, size);
        }
    }
    return CCS_OK;
}

static bool is_open(const struct ccs_plan_point *point)
{
    return point->state != CCS_POINT_DONE && point->state != CCS_POINT_INVALID;
}

/* One point from look to look. *is_fatal: the study cannot go on. */
static ccs_status do_point(struct ccs_study *study, size_t i, bool *is_fatal, char *message,
                           size_t size)
{
    struct ccs_plan_point *point = &study->points[i];
    size_t before = point->missing;
    *is_fatal = true;
    if (ccs_plan_look(study, point) != CCS_OK) { /* another process may have done it */
        return store_failed(study, message, size);
    }
    study->progress.replications_done += before - point->missing;
    ccs_status status = CCS_OK;
    if (is_open(point)) {
        bool has_store_failed = false;
        status = run_point(study, i, &has_store_failed, message, size);
        *is_fatal = has_store_failed || (status != CCS_EDATA && status != CCS_ENOMEM);
        if (!has_store_failed && ccs_plan_look(study, point) != CCS_OK) {
            *is_fatal = true;
            return store_failed(study, message, size);
        }
        if (status != CCS_OK && !has_store_failed && status != CCS_EINTERRUPTED) {
            name_point(study, i, message, message, size);
        }
    }
    study->progress.points_done += point->state == CCS_POINT_DONE;
    tell(study);
    return status;
}

/* Goes through what is open. `worst` is the status of points that failed. */
static ccs_status pass(struct ccs_study *study, bool is_last, bool *is_tried, ccs_status *worst,
                       char *message, size_t size)
{
    for (size_t i = 0; i < study->design->point_n; i++) {
        struct ccs_plan_point *point = &study->points[i];
        bool is_fatal = false;
        if (!is_open(point) || is_tried[i]) {
            continue;
        }
        if (ccs_plan_is_stopped(study)) {
            snprintf(message, size, "stopped");
            return CCS_EINTERRUPTED;
        }
        bool is_mine = ccs_store_claim(study->store, point->key.id);
        if (!is_mine && !is_last) {
            continue;
        }
        is_tried[i] = true;
        ccs_status status = do_point(study, i, &is_fatal, message, size);
        if (is_mine) {
            ccs_store_release(study->store, point->key.id);
        }
        if (status != CCS_OK && (is_fatal || !study->options.keep_going)) {
            return status;
        }
        *worst = status != CCS_OK ? status : *worst;
    }
    return CCS_OK;
}

ccs_status ccs_study_run(struct ccs_study *study, char *message, size_t message_size)
{
    message[0] = '\0';
    size_t invalid = ccs_plan_invalid(study);
    if (study->options.is_dry) {
        snprintf(message, message_size, "a dry study runs nothing");
        return CCS_EUSAGE;
    }
    if (invalid > 0 && !study->options.keep_going) {
        snprintf(message, message_size,
                 "%zu of %zu points make no valid scenario, nothing was run (--keep-going runs the "
                 "others)",
                 invalid, study->design->point_n);
        return CCS_EDATA;
    }
    ccs_status status = record_invalid(study, message, message_size);
    bool *is_tried = calloc(study->design->point_n, sizeof *is_tried);
    ccs_status worst = CCS_OK;
    if (is_tried == NULL) {
        return CCS_ENOMEM;
    }
    for (int round = 0; round < 2 && status == CCS_OK; round++) {
        status = pass(study, round == 1, is_tried, &worst, message, message_size);
    }
    free(is_tried);
    ccs_store_forget_dead(study->store); /* those who died while this one ran */
    if (status != CCS_OK) {
        return status;
    }
    worst = worst == CCS_OK && invalid > 0 ? CCS_EDATA : worst;
    if (worst != CCS_OK) {
        snprintf(message, message_size, "some points failed; the others are in the store");
    }
    return worst;
}
