/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing into a store, a transaction for each point: see store.h. */
#include "study/store.h"

#include "experiment/scenario.h"
#include "study/value.h"

#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- one row ---- */

/* Binds, runs and readies the statement: 't' text (NULL is null), 'i' integer, 'd' double (NAN is
 * null). */
struct cell {
    char type;
    const char *text;
    int64_t integer;
    double real;
};

static struct cell text(const char *value)
{
    return (struct cell){.type = 't', .text = value};
}

static struct cell integer(int64_t value)
{
    return (struct cell){.type = 'i', .integer = value};
}

static struct cell real(double value)
{
    return (struct cell){.type = 'd', .real = value};
}

static ccs_status put(struct ccs_store *store, sqlite3_stmt *s, const struct cell *cell, int n)
{
    for (int i = 0; i < n; i++) {
        if (cell[i].type == 't') {
            sqlite3_bind_text(s, i + 1, cell[i].text, -1, SQLITE_STATIC);
        } else if (cell[i].type == 'i') {
            sqlite3_bind_int64(s, i + 1, cell[i].integer);
        } else {
            sqlite3_bind_double(s, i + 1, cell[i].real);
        }
    }
    ccs_status status = ccs_store_step(store, s, NULL);
    sqlite3_reset(s);
    return status;
}

#define PUT(store, s, ...)                                                                         \
    put(store, s, (const struct cell[]){__VA_ARGS__},                                              \
        (int)(sizeof((const struct cell[]){__VA_ARGS__}) / sizeof(struct cell)))

static ccs_status put_once(struct ccs_store *store, const char *sql, const struct cell *cell, int n)
{
    sqlite3_stmt *s = ccs_store_prepare(store, sql);
    ccs_status status = s == NULL ? store->status : put(store, s, cell, n);
    sqlite3_finalize(s);
    return status;
}

#define PUT_ONCE(store, sql, ...)                                                                  \
    put_once(store, sql, (const struct cell[]){__VA_ARGS__},                                       \
             (int)(sizeof((const struct cell[]){__VA_ARGS__}) / sizeof(struct cell)))

/* ---- what a point consists of ---- */

struct saving {
    struct ccs_store *store;
    const struct ccs_store_study *study;
    const struct ccs_store_point *point;
    const struct ccs_results *results;
};

static ccs_status put_study(const struct saving *w)
{
    const struct ccs_store_study *y = w->study;
    char hash[CCS_STORE_ID];
    ccs_store_id_text(hash, y->scenario_hash);
    return PUT_ONCE(w->store, "INSERT OR IGNORE INTO study VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
                    text(y->id), text(y->scenario), text(hash), text(y->ccsim), text(y->build),
                    text(y->commit), integer((int64_t)y->seed),
                    text(y->is_long_run ? "long-run" : "switch"), text(y->policy),
                    text(y->currency));
}

static ccs_status put_point(const struct saving *w)
{
    const struct ccs_store_point *p = w->point;
    char hash[CCS_STORE_ID];
    ccs_store_id_text(hash, p->scenario_hash);
    ccs_status status = PUT_ONCE(
        w->store,
        "INSERT OR IGNORE INTO point VALUES (?1,?2,?3,?4,'partial',0,NULL,NULL,NULL,NULL,'')",
        text(p->id), text(w->study->id), text(p->design), text(hash));
    sqlite3_stmt *s =
        ccs_store_prepare(w->store, "INSERT OR IGNORE INTO parameter VALUES (?1,?2,?3,?4,?5)");
    if (s == NULL) {
        return w->store->status;
    }
    for (size_t i = 0; i < p->parameter_n && status == CCS_OK; i++) {
        if (p->values[i] != NULL) {
            double number = NAN;
            const char *unit = NULL;
            bool is_number = ccs_value_number(p->values[i], &number, &unit);
            status = PUT(w->store, s, text(p->id), text(p->pointers[i]), text(p->values[i]),
                         real(is_number ? number : NAN), text(is_number ? unit : NULL));
        }
    }
    sqlite3_finalize(s);
    return status;
}

static ccs_status put_records(const struct saving *w, const struct ccs_store_record *records,
                              size_t n)
{
    sqlite3_stmt *s =
        ccs_store_prepare(w->store, "INSERT OR IGNORE INTO replication VALUES (?1,?2,?3,?4)");
    ccs_status status = s == NULL ? w->store->status : CCS_OK;
    for (size_t i = 0; i < n && status == CCS_OK; i++) {
        char digest[CCS_STORE_ID];
        ccs_store_record_digest(w->point->id, &records[i], digest);
        sqlite3_bind_text(s, 1, w->point->id, -1, SQLITE_STATIC);
        sqlite3_bind_int64(s, 2, (int64_t)records[i].number);
        sqlite3_bind_blob64(s, 3, records[i].bytes, records[i].size, SQLITE_STATIC);
        sqlite3_bind_text(s, 4, digest, -1, SQLITE_STATIC);
        status = ccs_store_step(w->store, s, NULL);
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
    return status;
}

/* ---- results ---- */

static bool is_wanted(const struct ccs_row *row)
{
    return row->slice != CCS_SLICE_PERIOD;
}

static const char *slice_name(const struct ccs_row *row)
{
    return row->slice == CCS_SLICE_ALL || row->name == NULL ? "" : row->name;
}

static ccs_status put_estimates(const struct saving *w, size_t p)
{
    const struct ccs_results *res = w->results;
    sqlite3_stmt *s = ccs_store_prepare(
        w->store, "INSERT INTO estimate VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)");
    ccs_status status = s == NULL ? w->store->status : CCS_OK;
    for (size_t r = 0; r < res->row_n && status == CCS_OK; r++) {
        const struct ccs_row *row = &res->rows[r];
        const struct ccs_estimate *e = &res->estimates[p * res->row_n + r];
        if (is_wanted(row)) {
            status = PUT(w->store, s, text(w->point->id), text(ccs_results_policy(res, p)),
                         text(ccs_slice_kind_name(row->slice)), text(slice_name(row)),
                         text(row->metric->name), text(row->metric->unit), real(e->mean),
                         real(e->sd), integer(e->n), real(e->lo), real(e->hi),
                         integer(e->kind == CCS_ESTIMATE_RARE), text(e->reason));
        }
    }
    sqlite3_finalize(s);
    return status;
}

static ccs_status put_differences(const struct saving *w, const struct ccs_comparison *cmp)
{
    const struct ccs_results *res = w->results;
    sqlite3_stmt *s =
        ccs_store_prepare(w->store, "INSERT INTO difference VALUES "
                                    "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)");
    ccs_status status = s == NULL ? w->store->status : CCS_OK;
    for (size_t r = 0; r < res->row_n && status == CCS_OK; r++) {
        const struct ccs_row *row = &res->rows[r];
        const struct ccs_estimate *e = &cmp->rows[r].diff;
        if (is_wanted(row)) {
            status =
                PUT(w->store, s, text(w->point->id), text(ccs_results_policy(res, cmp->a)),
                    text(ccs_results_policy(res, cmp->b)), text(ccs_slice_kind_name(row->slice)),
                    text(slice_name(row)), text(row->metric->name), text(row->metric->unit),
                    real(e->mean), real(e->sd), integer(e->n), real(e->lo), real(e->hi),
                    integer(e->kind == CCS_ESTIMATE_RARE), text(e->reason), real(cmp->rows[r].p),
                    real(cmp->p_adjusted[r]));
        }
    }
    sqlite3_finalize(s);
    return status;
}

/* A quantile is pooled over replications: a single one has no value of it. */
static ccs_status put_values(const struct saving *w, size_t p)
{
    const struct ccs_results *res = w->results;
    sqlite3_stmt *s = ccs_store_prepare(w->store, "INSERT INTO value VALUES (?1,?2,?3,?4,?5)");
    ccs_status status = s == NULL ? w->store->status : CCS_OK;
    for (size_t row = 0; row < res->row_n && status == CCS_OK; row++) {
        const struct ccs_metric *metric = res->rows[row].metric;
        bool is_value =
            res->rows[row].slice == CCS_SLICE_ALL && metric->kind != CCS_METRIC_QUANTILE;
        for (size_t r = 0; is_value && r < res->replications && status == CCS_OK; r++) {
            size_t i = (p * res->row_n + row) * res->replications + r;
            double value = res->den[i] != 0 ? res->num[i] / res->den[i] : NAN;
            status = PUT(w->store, s, text(w->point->id), text(ccs_results_policy(res, p)),
                         text(metric->name), integer((int64_t)r + 1), real(value));
        }
    }
    sqlite3_finalize(s);
    return status;
}

static ccs_status put_warnings(const struct saving *w)
{
    ccs_status status = CCS_OK;
    for (size_t i = 0; i < w->results->warning_n && status == CCS_OK; i++) {
        status = PUT_ONCE(w->store, "INSERT INTO warning VALUES (?1,?2,?3,?4)", text(w->point->id),
                          integer((int64_t)i + 1), text(w->results->warnings[i].code),
                          text(w->results->warnings[i].text));
    }
    return status;
}

static ccs_status drop_results(const struct saving *w)
{
    static const char *const statements[] = {
        "DELETE FROM estimate WHERE point = ?1", "DELETE FROM difference WHERE point = ?1",
        "DELETE FROM value WHERE point = ?1", "DELETE FROM warning WHERE point = ?1"};
    ccs_status status = CCS_OK;
    for (size_t i = 0; i < 4 && status == CCS_OK; i++) {
        status = PUT_ONCE(w->store, statements[i], text(w->point->id));
    }
    return status;
}

static ccs_status put_results(const struct saving *w)
{
    const struct ccs_results *res = w->results;
    char signature[CCS_STORE_ID];
    char hash[CCS_STORE_ID];
    ccs_store_id_text(signature, res->signature);
    ccs_store_id_text(hash, w->point->scenario_hash);
    ccs_status status = drop_results(w);
    for (size_t p = 0; p < res->policy_n && status == CCS_OK; p++) {
        status = put_estimates(w, p);
        status = status == CCS_OK ? put_values(w, p) : status;
    }
    for (size_t i = 0; i < ccs_results_told(res) && status == CCS_OK; i++) {
        status = put_differences(w, &res->comparisons[i]);
    }
    status = status == CCS_OK ? put_warnings(w) : status;
    if (status != CCS_OK) {
        return status;
    }
    return PUT_ONCE(w->store,
                    "UPDATE point SET status = 'done', replications = ?2, baseline = ?3, "
                    "primary_metric = ?4, signature = ?5, scenario_hash = ?6, message = NULL "
                    "WHERE id = ?1",
                    text(w->point->id), integer((int64_t)res->replications),
                    text(ccs_results_policy(res, 0)),
                    text(res->primary < 0 ? NULL : res->rows[res->primary].metric->name),
                    text(signature), text(hash));
}

/* ---- all of it ---- */

static ccs_status save(const struct saving *w, const struct ccs_store_record *records,
                       size_t record_n, const char *failure)
{
    struct ccs_store_state state = {0};
    char digest[CCS_STORE_ID];
    ccs_status status = put_study(w);
    status = status == CCS_OK ? put_point(w) : status;
    status = status == CCS_OK ? put_records(w, records, record_n) : status;
    if (status == CCS_OK) {
        status = ccs_store_state_now(w->store, w->point->id, &state);
    }
    bool is_better =
        w->results != NULL && (!state.is_done || state.replications < w->results->replications);
    if (status == CCS_OK && is_better) {
        status = put_results(w);
    } else if (status == CCS_OK && !state.is_done && w->results == NULL) {
        status = PUT_ONCE(w->store, "UPDATE point SET status = ?2, message = ?3 WHERE id = ?1",
                          text(w->point->id), text(failure != NULL ? "failed" : "partial"),
                          text(failure));
    }
    status = status == CCS_OK ? ccs_store_digest(w->store, w->point->id, digest) : status;
    if (status == CCS_OK) {
        status = PUT_ONCE(w->store, "UPDATE point SET digest = ?2 WHERE id = ?1",
                          text(w->point->id), text(digest));
    }
    return status;
}

ccs_status ccs_store_save(struct ccs_store *store, const struct ccs_store_study *study,
                          const struct ccs_store_point *point,
                          const struct ccs_store_record *records, size_t record_n,
                          const struct ccs_results *results, const char *failure)
{
    struct saving w = {store, study, point, results};
    ccs_status status = ccs_store_run(store, "BEGIN IMMEDIATE", "add a point");
    if (status != CCS_OK) {
        return status;
    }
    status = save(&w, records, record_n, failure);
    status = status == CCS_OK ? ccs_store_run(store, "COMMIT", "add a point") : status;
    if (status != CCS_OK) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL); /* none left after some failures */
    }
    return status;
}

/* ---- claims ---- */

/* When a process began, in clock ticks since boot (proc(5), field 22); 0: there is none, or it has
 * ended and only waits for its parent to take note (field 3: Z or X). */
static int64_t started(int64_t pid)
{
    char name[60];
    char line[1024];
    snprintf(name, sizeof name, "/proc/%" PRId64 "/stat", pid);
    FILE *in = fopen(name, "re");
    if (in == NULL) {
        return 0;
    }
    size_t n = fread(line, 1, sizeof line - 1, in);
    fclose(in);
    line[n] = '\0';
    char *at = strrchr(line, ')'); /* the name of the program may hold anything */
    if (at != NULL && at[1] == ' ' && (at[2] == 'Z' || at[2] == 'X')) {
        return 0;
    }
    for (int field = 2; at != NULL && field < 22; field++) {
        at = strchr(at + 1, ' ');
    }
    long long ticks = 0;
    return at != NULL && sscanf(at, " %lld", &ticks) == 1 ? (int64_t)ticks : 0;
}

/* Is the point claimed by somebody else who lives? */
static ccs_status is_claimed(struct ccs_store *store, const char *point, bool *is_taken)
{
    sqlite3_stmt *s = ccs_store_prepare(store, "SELECT pid, started FROM claim WHERE point = ?1");
    bool has_row = false;
    if (s == NULL) {
        return store->status;
    }
    sqlite3_bind_text(s, 1, point, -1, SQLITE_STATIC);
    ccs_status status = ccs_store_step(store, s, &has_row);
    if (has_row) {
        int64_t pid = sqlite3_column_int64(s, 0);
        *is_taken = pid != getpid() && started(pid) == sqlite3_column_int64(s, 1);
    }
    sqlite3_finalize(s);
    return status;
}

bool ccs_store_claim(struct ccs_store *store, const char *point)
{
    bool is_taken = false;
    if (ccs_store_run(store, "BEGIN IMMEDIATE", "claim a point") != CCS_OK) {
        return false;
    }
    ccs_status status = is_claimed(store, point, &is_taken);
    if (status == CCS_OK && !is_taken) {
        status = PUT_ONCE(store, "INSERT OR REPLACE INTO claim VALUES (?1,?2,?3)", text(point),
                          integer(getpid()), integer(started(getpid())));
    }
    status = status == CCS_OK ? ccs_store_run(store, "COMMIT", "claim a point") : status;
    if (status != CCS_OK) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return status == CCS_OK && !is_taken;
}

void ccs_store_release(struct ccs_store *store, const char *point)
{
    PUT_ONCE(store, "DELETE FROM claim WHERE point = ?1 AND pid = ?2", text(point),
             integer(getpid()));
}

static ccs_status forget_dead(struct ccs_store *store)
{
    sqlite3_stmt *s = ccs_store_prepare(store, "SELECT point, pid, started FROM claim");
    bool has_row = s != NULL;
    ccs_status status = s != NULL ? CCS_OK : store->status;
    while (status == CCS_OK && has_row) {
        status = ccs_store_step(store, s, &has_row);
        int64_t pid = has_row ? sqlite3_column_int64(s, 1) : 0;
        if (status == CCS_OK && has_row && started(pid) != sqlite3_column_int64(s, 2)) {
            status = PUT_ONCE(store, "DELETE FROM claim WHERE point = ?1 AND pid = ?2",
                              text((const char *)sqlite3_column_text(s, 0)), integer(pid));
        }
    }
    sqlite3_finalize(s);
    return status;
}

/* Claims of processes that died, so that nothing is left of them. In one transaction: what is read
 * must not be an old state, on which nothing can be written. If it cannot be done now, whoever
 * opens the store next does it. */
void ccs_store_forget_dead(struct ccs_store *store)
{
    if (ccs_store_run(store, "BEGIN IMMEDIATE", "clear claims") != CCS_OK) {
        return;
    }
    if (forget_dead(store) != CCS_OK || ccs_store_run(store, "COMMIT", "clear claims") != CCS_OK) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
}
