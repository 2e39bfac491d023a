/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of the simulated world share: scenarios written inside the test, experiments and
 * single worlds run from them, and looking into the results.
 */
#ifndef TESTS_SIM_HELP_H
#define TESTS_SIM_HELP_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/units.h"
#include "experiment/balance.h"
#include "experiment/experiment.h"
#include "json_quotes.h"
#include "world/world.h"

#include <check.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* For hot loops: Check writes a line to a file for every assertion, this only for one that fails.
 */
#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            ck_abort_msg("%s", #condition);                                                        \
        }                                                                                          \
    } while (0)

/* ---- text ---- */

struct text {
    char s[16384];
    size_t n;
};

__attribute__((format(printf, 2, 3))) static inline void say(struct text *t, const char *format,
                                                             ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(t->s + t->n, sizeof t->s - t->n, format, args);
    va_end(args);
    ck_assert_int_ge(n, 0);
    t->n += (size_t)n;
    ck_assert_uint_lt(t->n, sizeof t->s);
}

/* ---- scenarios ---- */

/* Loads it, with up to one --set, both with single quotes (json_quotes.h); NULL and the diagnostics
 * in *diags if it is refused. */
static inline struct ccs_scenario *try_scenario(const char *text, const char *set,
                                                struct ccs_diagnostics **diags)
{
    struct ccs_scenario *sc = NULL;
    *diags = ccs_diagnostics_create();
    ck_assert_ptr_nonnull(*diags);
    char *json = json_text(text);
    char *set_json = set ? json_text(set) : NULL;
    const char *const sets[] = {set_json};
    ccs_scenario_parse(&sc, "test.json", ".", json, strlen(json), sets, set ? 1 : 0, *diags);
    free(set_json);
    free(json);
    return sc;
}

static inline void print_diagnostics(const struct ccs_diagnostics *diags)
{
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        fprintf(stderr, "  %s\n", ccs_diagnostics_line(diags, i));
    }
}

/* Is there one with this code about this: what begins with a slash is the place, anything else a
 * part of the message, NULL whatever there is? */
static inline bool has_diagnostic(const struct ccs_diagnostics *diags, const char *code,
                                  const char *about)
{
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, i);
        bool fits = !about || (about[0] == '/' ? strcmp(d->pointer, about) == 0
                                               : strstr(d->message, about) != NULL);
        if (fits && strcmp(d->code, code) == 0) {
            return true;
        }
    }
    return false;
}

/* `what`: what was wrong, for the message if nobody noticed. */
static inline void assert_diagnostic(const struct ccs_diagnostics *diags, const char *code,
                                     const char *about, const char *what)
{
    if (!has_diagnostic(diags, code, about)) {
        print_diagnostics(diags);
        ck_abort_msg("%s: no %s about %s", what, code, about ? about : "it");
    }
}

/* Loads one that must be accepted. */
static inline struct ccs_scenario *scenario_with(const char *text, const char *set)
{
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_scenario(text, set, &diags);
    if (!sc) {
        fprintf(stderr, "%s\n", text);
        print_diagnostics(diags);
    }
    ck_assert_msg(sc != NULL, "the scenario was refused");
    ccs_diagnostics_destroy(diags);
    return sc;
}

static inline struct ccs_scenario *scenario_of(const char *text)
{
    return scenario_with(text, NULL);
}

/* ---- scenarios as documents that a test changes ---- */

/* From JSON text with single quotes. Owned by the caller. */
static inline cJSON *document_of(const char *text)
{
    char *json = json_text(text);
    cJSON *doc = cJSON_Parse(json);
    ck_assert_msg(doc != NULL, "not JSON: %s", json);
    free(json);
    return doc;
}

/* Reads a file of the repository (tests run in its root). Owned by the caller. */
static inline cJSON *read_document(const char *path)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s: run the tests in the root of the repository",
                  path);
    static char text[1 << 16];
    size_t n = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[n] = '\0';
    cJSON *doc = cJSON_Parse(text);
    ck_assert_msg(doc != NULL, "%s is not JSON", path);
    return doc;
}

/* The object that holds the last key of a pointer like "/teams/front/agents"; *key is that key. */
static inline cJSON *holder_of(cJSON *doc, const char *pointer, char key[64])
{
    cJSON *at = doc;
    const char *rest = pointer + 1;
    for (const char *slash; (slash = strchr(rest, '/')) != NULL; rest = slash + 1) {
        snprintf(key, 64, "%.*s", (int)(slash - rest), rest);
        at = cJSON_GetObjectItemCaseSensitive(at, key);
        ck_assert_msg(at != NULL, "nothing at %s in %s", key, pointer);
    }
    snprintf(key, 64, "%s", rest);
    return at;
}

/* Sets what is at `pointer` to the JSON text `value`, with single quotes; NULL deletes it. */
static inline void put(cJSON *doc, const char *pointer, const char *value)
{
    char key[64];
    cJSON *holder = holder_of(doc, pointer, key);
    cJSON_DeleteItemFromObjectCaseSensitive(holder, key);
    if (value) {
        cJSON_AddItemToObject(holder, key, document_of(value));
    }
}

__attribute__((format(printf, 3, 4))) static inline void putf(cJSON *doc, const char *pointer,
                                                              const char *format, ...)
{
    char value[4000];
    va_list args;
    va_start(args, format);
    vsnprintf(value, sizeof value, format, args);
    va_end(args);
    put(doc, pointer, value);
}

/* As try_scenario() does. */
static inline struct ccs_scenario *try_document(const cJSON *doc, struct ccs_diagnostics **diags)
{
    char *text = cJSON_PrintUnformatted(doc);
    ck_assert_ptr_nonnull(text);
    struct ccs_scenario *sc = try_scenario(text, NULL, diags);
    cJSON_free(text);
    return sc;
}

static inline struct ccs_scenario *scenario_from(const cJSON *doc)
{
    char *text = cJSON_PrintUnformatted(doc);
    ck_assert_ptr_nonnull(text);
    struct ccs_scenario *sc = scenario_of(text);
    cJSON_free(text);
    return sc;
}

/* The model of a policy by name; of the only one if NULL. */
static inline const struct ccs_model *model_of(const struct ccs_scenario *sc, const char *policy)
{
    int i = policy ? ccs_scenario_policy(sc, policy) : (int)sc->baseline;
    ck_assert_int_ge(i, 0);
    return &sc->policies[i].model;
}

/* ---- experiments ---- */

/* Replications and jobs as given (0: as the scenario says, one). */
static inline struct ccs_results *experiment_of(const struct ccs_scenario *sc, int64_t reps,
                                                int jobs)
{
    struct ccs_experiment_options options = {
        .replications = reps, .seed = -1, .jobs = jobs ? jobs : 1};
    struct ccs_results *res = NULL;
    char message[500];
    ccs_status status = ccs_experiment_run(sc, &options, &res, message, sizeof message);
    ck_assert_msg(status == CCS_OK, "%s: %s", ccs_status_text(status), message);
    return res;
}

/* Number of a policy in the results. */
static inline size_t policy_at(const struct ccs_results *res, const char *name)
{
    for (size_t p = 0; p < res->policy_n; p++) {
        if (strcmp(ccs_results_policy(res, p), name) == 0) {
            return p;
        }
    }
    ck_abort_msg("no policy %s", name);
}

static inline size_t row_at(const struct ccs_results *res, const char *metric)
{
    int row = ccs_results_row(res, metric, CCS_SLICE_ALL, NULL);
    ck_assert_msg(row >= 0, "no metric %s", metric);
    return (size_t)row;
}

static inline const struct ccs_estimate *estimate_of(const struct ccs_results *res, size_t policy,
                                                     const char *metric)
{
    return &res->estimates[policy * res->row_n + row_at(res, metric)];
}

/* Sum over replications of a metric's numerator (or denominator). */
static inline double total_of(const struct ccs_results *res, const double *what, size_t policy,
                              const char *metric)
{
    const double *v = &what[(policy * res->row_n + row_at(res, metric)) * res->replications];
    double sum = 0.0;
    for (size_t r = 0; r < res->replications; r++) {
        sum += v[r];
    }
    return sum;
}

/* a - b for a metric; *sign is -1 when the results hold it the other way round. */
static inline const struct ccs_paired *pair_of(const struct ccs_results *res, size_t a, size_t b,
                                               const char *metric, double *sign)
{
    for (size_t i = 0; i < res->comparison_n; i++) {
        const struct ccs_comparison *cmp = &res->comparisons[i];
        if ((cmp->a == a && cmp->b == b) || (cmp->a == b && cmp->b == a)) {
            *sign = cmp->a == a ? 1.0 : -1.0;
            return &cmp->rows[row_at(res, metric)];
        }
    }
    ck_abort_msg("policies %zu and %zu were not compared", a, b);
}

/* Every check that every run makes of itself. */
static inline void assert_balanced(const struct ccs_results *res)
{
    for (size_t p = 0; p < res->policy_n; p++) {
        const struct ccs_balance *b = &res->balance[p];
        ck_assert_msg(b->is_ok,
                      "policy %zu: ledger %g, net value %g, labor %g, issues %ld, contacts %ld, "
                      "customers %ld, little %g",
                      p, b->ledger, b->net_value, b->labor, (long)b->issues_lost,
                      (long)b->contacts_lost, (long)b->customers_lost, b->little);
    }
}

/* A scenario and its results, which borrow from it. */
struct run {
    struct ccs_scenario *sc;
    struct ccs_results *res;
};

static inline struct run run_document(const cJSON *doc, int64_t reps)
{
    struct run run = {.sc = scenario_from(doc)};
    run.res = experiment_of(run.sc, reps, 1);
    assert_balanced(run.res);
    return run;
}

static inline void run_free(struct run *run)
{
    ccs_results_destroy(run->res);
    ccs_scenario_destroy(run->sc);
}

static inline bool same_bits(const double *a, const double *b, size_t n)
{
    return memcmp(a, b, n * sizeof *a) == 0;
}

/* Are all numbers of two policies, maybe of two experiments, the same to the bit? Rows are matched
 * by name, those only one side has are passed over. Returns the number of rows that differ and
 * puts the name of one of them into `which` (NULL if none). `scope`: -1 for both. */
static inline size_t differing_rows(const struct ccs_results *a, size_t pa,
                                    const struct ccs_results *b, size_t pb, int scope,
                                    const char **which)
{
    size_t n = a->replications;
    size_t differ = 0;
    size_t seen = 0;
    ck_assert_uint_eq(b->replications, n);
    *which = NULL;
    for (size_t i = 0; i < a->row_n; i++) {
        const struct ccs_row *row = &a->rows[i];
        int j = ccs_results_row(b, row->metric->name, row->slice, row->name);
        if (j < 0 || !row->metric->get || (scope >= 0 && (int)row->metric->scope != scope)) {
            continue;
        }
        seen++;
        size_t x = (pa * a->row_n + i) * n;
        size_t y = (pb * b->row_n + (size_t)j) * n;
        if (!same_bits(&a->num[x], &b->num[y], n) || !same_bits(&a->den[x], &b->den[y], n)) {
            differ++;
            *which = row->metric->name;
        }
    }
    ck_assert_uint_gt(seen, 0);
    return differ;
}

#define ck_assert_same_numbers(a, pa, b, pb, scope)                                                \
    do {                                                                                           \
        const char *which_;                                                                        \
        size_t n_ = differing_rows(a, pa, b, pb, scope, &which_);                                  \
        ck_assert_msg(n_ == 0, "%zu rows differ, %s among them", n_, which_ ? which_ : "");        \
    } while (0)

/* ---- single worlds ---- */

struct lone_world {
    struct ccs_arena budget;
    struct ccs_world *w; /* in the arena, where it has its alignment */
};

static inline void world_prepare(struct lone_world *lone)
{
    ccs_arena_init(&lone->budget, 0);
    lone->w = ccs_arena_alloc(&lone->budget, sizeof *lone->w);
    ck_assert_ptr_nonnull(lone->w);
    lone->w->budget = &lone->budget;
}

/* Through the warm-up, up to t0. */
static inline void world_warm_up(struct lone_world *lone, const struct ccs_model *model,
                                 uint64_t seed, uint64_t replication)
{
    world_prepare(lone);
    ck_assert_int_eq(ccs_world_init(lone->w, model, seed, replication, 1.0, &lone->budget), CCS_OK);
    ck_assert_int_eq(ccs_world_run(lone->w, 0, NULL), CCS_OK);
}

static inline void world_begin(struct lone_world *lone, const struct ccs_model *model)
{
    ck_assert_int_eq(ccs_world_begin(lone->w, model), CCS_OK);
}

static inline void world_run(struct lone_world *lone, ccs_time until)
{
    ck_assert_int_eq(ccs_world_run(lone->w, until, NULL), CCS_OK);
}

/* From t0 under `model` to the end of the window and all of the follow-up. */
static inline void world_live(struct lone_world *lone, const struct ccs_model *model)
{
    world_begin(lone, model);
    world_run(lone, lone->w->horizon);
    ccs_world_close(lone->w);
    world_run(lone, lone->w->horizon + model->config->run.follow_up);
    ccs_world_finish(lone->w);
}

/* Lives a whole replication of the only policy, whose books must balance. */
static inline void world_live_balanced(struct lone_world *lone, const struct ccs_scenario *sc)
{
    world_warm_up(lone, model_of(sc, NULL), 7, 0);
    world_live(lone, model_of(sc, NULL));
    struct ccs_balance balance;
    ccs_balance_check(lone->w, &balance);
    ck_assert(balance.is_ok);
}

/* What a team (-1: all) has been paid at plain wages. */
static inline ccs_money plain_wages_of(const struct lone_world *lone, int team)
{
    ccs_money sum = 0;
    for (int a = CCS_ACCOUNT_LABOR_TALK; a <= CCS_ACCOUNT_LABOR_IDLE; a++) {
        sum += ccs_ledger_sum(&lone->w->window_books, (enum ccs_account)a, team, -1, -1, -1);
    }
    return sum;
}

static inline void world_finish(struct lone_world *lone)
{
    ccs_world_fini(lone->w);
    ccs_arena_fini(&lone->budget);
}

#endif
