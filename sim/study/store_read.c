/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking into a store: see store.h. */
#include "base/hash.h"
#include "stats/interval.h"
#include "study/store.h"

#include <inttypes.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ccs_status read_state(struct ccs_store *store, const char *point, bool with_checksum,
                             struct ccs_store_state *state)
{
    char digest[CCS_STORE_ID];
    bool has_row = false;
    *state = (struct ccs_store_state){0};
    sqlite3_stmt *s = ccs_store_prepare(
        store, "SELECT status, replications, message, digest, primary_metric FROM point "
               "WHERE id = ?1");
    if (s == NULL) {
        return store->status;
    }
    sqlite3_bind_text(s, 1, point, -1, SQLITE_STATIC);
    ccs_status status = ccs_store_step(store, s, &has_row);
    if (has_row) {
        const char *text = (const char *)sqlite3_column_text(s, 0);
        const char *message = (const char *)sqlite3_column_text(s, 2);
        const char *primary = (const char *)sqlite3_column_text(s, 4);
        state->is_there = true;
        state->is_done = text != NULL && strcmp(text, "done") == 0;
        state->is_failed = text != NULL && strcmp(text, "failed") == 0;
        state->replications = (size_t)sqlite3_column_int64(s, 1);
        snprintf(state->message, sizeof state->message, "%s", message == NULL ? "" : message);
        snprintf(state->primary, sizeof state->primary, "%s", primary == NULL ? "" : primary);
    }
    if (has_row && ccs_store_lacks_memory(store)) {
        status = ccs_store_fail(store, "read");
    } else if (has_row && with_checksum) {
        const char *stored = (const char *)sqlite3_column_text(s, 3);
        status = ccs_store_digest(store, point, digest);
        if (status == CCS_OK && (stored == NULL || strcmp(stored, digest) != 0)) {
            char what[80];
            snprintf(what, sizeof what, "point %s does not match its checksum", point);
            status = ccs_store_damaged(store, what);
        }
    }
    sqlite3_finalize(s);
    return status;
}

ccs_status ccs_store_state_now(struct ccs_store *store, const char *point,
                               struct ccs_store_state *state)
{
    return read_state(store, point, false, state);
}

ccs_status ccs_store_look(struct ccs_store *store, const char *point, struct ccs_store_state *state)
{
    /* rows and checksum of one moment: in one transaction */
    bool is_inside = sqlite3_get_autocommit(store->db) == 0;
    ccs_status status = is_inside ? CCS_OK : ccs_store_run(store, "BEGIN", "read");
    if (status == CCS_OK) {
        status = read_state(store, point, true, state);
    }
    if (!is_inside) {
        sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
    }
    return status;
}

ccs_status ccs_store_count(struct ccs_store *store, const char *point, size_t n, size_t *count)
{
    sqlite3_stmt *s = ccs_store_prepare(
        store, "SELECT count(*) FROM replication WHERE point = ?1 AND number <= ?2");
    if (s == NULL) {
        return store->status;
    }
    bool has_row = false;
    sqlite3_bind_text(s, 1, point, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, (int64_t)n);
    ccs_status status = ccs_store_step(store, s, &has_row);
    *count = has_row ? (size_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return status;
}

/* Point, number and bytes belong together. */
static uint64_t hash_record(const char *point, const struct ccs_store_record *record)
{
    char text[100];
    int n = snprintf(text, sizeof text, "%s %" PRIu64 " %016" PRIx64, point, record->number,
                     ccs_hash64(record->bytes, record->size));
    return ccs_hash64(text, (size_t)n);
}

void ccs_store_record_digest(const char *point, const struct ccs_store_record *record,
                             char digest[CCS_STORE_ID])
{
    ccs_store_id_text(digest, hash_record(point, record));
}

static ccs_status read_record(struct ccs_store *store, sqlite3_stmt *s, const char *point,
                              struct ccs_arena *arena, struct ccs_store_record *record)
{
    char digest[CCS_STORE_ID];
    record->number = (uint64_t)sqlite3_column_int64(s, 0);
    record->size = (size_t)sqlite3_column_bytes(s, 1);
    void *bytes = ccs_arena_alloc(arena, record->size);
    if (bytes == NULL) {
        return ccs_store_refuse(store, CCS_ENOMEM,
                                "not enough memory for the replications in the store");
    }
    const void *blob = sqlite3_column_blob(s, 1);
    if (record->size > 0 && blob == NULL) {
        return ccs_store_damaged(store, "a replication has no record");
    }
    if (record->size > 0) {
        memcpy(bytes, blob, record->size);
    }
    record->bytes = bytes;
    ccs_store_record_digest(point, record, digest);
    const char *stored = (const char *)sqlite3_column_text(s, 2);
    if (stored == NULL || strcmp(stored, digest) != 0) {
        char what[120];
        snprintf(what, sizeof what,
                 "replication %" PRIu64 " of point %s does not match its checksum", record->number,
                 point);
        return ccs_store_damaged(store, what);
    }
    return CCS_OK;
}

ccs_status ccs_store_records(struct ccs_store *store, const char *point, size_t n,
                             struct ccs_arena *arena, struct ccs_store_record **records,
                             size_t *count)
{
    size_t room = 0;
    *count = 0;
    ccs_status status = ccs_store_count(store, point, n, &room);
    *records = ccs_arena_calloc(arena, room, sizeof **records);
    sqlite3_stmt *s = ccs_store_prepare(store, "SELECT number, record, digest FROM replication "
                                               "WHERE point = ?1 AND number <= ?2 ORDER BY number");
    if (status != CCS_OK || *records == NULL || s == NULL) {
        sqlite3_finalize(s);
        return status != CCS_OK ? status : s == NULL ? store->status : CCS_ENOMEM;
    }
    bool has_row = true;
    sqlite3_bind_text(s, 1, point, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 2, (int64_t)n);
    while (status == CCS_OK && *count < room) { /* another process may have added more */
        status = ccs_store_step(store, s, &has_row);
        if (status != CCS_OK || !has_row) {
            break;
        }
        status = read_record(store, s, point, arena, &(*records)[*count]);
        *count += status == CCS_OK;
    }
    sqlite3_finalize(s);
    return status;
}

static double column(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? NAN : sqlite3_column_double(s, i);
}

/* An estimate that cannot be read is none, and is remembered. */
static bool fail_reading(struct ccs_store *store, ccs_status status)
{
    if (status == CCS_ENOMEM) {
        ccs_store_refuse(store, status, "'%s': not enough memory to read", store->path);
    }
    store->read_status = store->read_status == CCS_OK ? status : store->read_status;
    return false;
}

bool ccs_store_estimate(struct ccs_store *store, const char *point, const char *policy,
                        const char *versus, const char *metric, struct ccs_result *result)
{
    sqlite3_stmt *s = ccs_store_prepare(
        store, versus == NULL
                   ? "SELECT mean, sd, n, lo, hi, is_rare FROM estimate WHERE point = ?1 AND "
                     "policy = ?2 AND metric = ?3 AND slice = '' AND name = ''"
                   : "SELECT mean, sd, n, lo, hi, is_rare, p FROM difference WHERE point = ?1 AND "
                     "policy = ?2 AND metric = ?3 AND versus = ?4 AND slice = '' AND name = ''");
    if (s == NULL) {
        return fail_reading(store, store->status);
    }
    bool has_row = false;
    sqlite3_bind_text(s, 1, point, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 2, policy, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 3, metric, -1, SQLITE_STATIC);
    if (versus != NULL) {
        sqlite3_bind_text(s, 4, versus, -1, SQLITE_STATIC);
    }
    ccs_status status = ccs_store_step(store, s, &has_row);
    if (status != CCS_OK) {
        fail_reading(store, status);
    } else if (has_row) {
        *result = (struct ccs_result){
            .mean = column(s, 0),
            .sd = column(s, 1),
            .n = (size_t)sqlite3_column_int64(s, 2),
            .lo = column(s, 3),
            .hi = column(s, 4),
            .is_rare = sqlite3_column_int(s, 5) != 0,
            .p = versus == NULL ? NAN : column(s, 6),
        };
    }
    sqlite3_finalize(s);
    return has_row;
}

/* Differences by replication, in order; the caller frees them. */
static ccs_status read_differences(struct ccs_store *store, sqlite3_stmt *s, double **x, size_t *n)
{
    size_t cap = 0;
    bool has_row = true;
    ccs_status status = CCS_OK;
    *x = NULL;
    *n = 0;
    while ((status = ccs_store_step(store, s, &has_row)) == CCS_OK && has_row) {
        if (*n == cap) {
            cap = 2 * cap + 64;
            double *grown = realloc(*x, cap * sizeof **x);
            if (grown == NULL) {
                return CCS_ENOMEM;
            }
            *x = grown;
        }
        (*x)[(*n)++] = sqlite3_column_double(s, 0);
    }
    return status;
}

bool ccs_store_paired(struct ccs_store *store, const char *point, const char *a, const char *b,
                      const char *metric, struct ccs_result *result)
{
    sqlite3_stmt *s = ccs_store_prepare(
        store, "SELECT x.value - y.value FROM value AS x JOIN value AS y USING (point, metric, "
               "replication) WHERE point = ?1 AND x.policy = ?2 AND y.policy = ?3 AND metric = ?4 "
               "AND x.value IS NOT NULL AND y.value IS NOT NULL ORDER BY replication");
    if (s == NULL) {
        return fail_reading(store, store->status);
    }
    const char *bound[] = {point, a, b, metric};
    for (int i = 0; i < 4; i++) {
        sqlite3_bind_text(s, i + 1, bound[i], -1, SQLITE_STATIC);
    }
    size_t n;
    double *x;
    ccs_status status = read_differences(store, s, &x, &n);
    sqlite3_finalize(s);
    if (status != CCS_OK || n == 0) {
        free(x);
        return status == CCS_OK ? false : fail_reading(store, status);
    }
    struct ccs_estimate e = ccs_mean_estimate(x, n);
    *result = (struct ccs_result){.mean = e.mean,
                                  .sd = e.sd,
                                  .lo = e.lo,
                                  .hi = e.hi,
                                  .n = n,
                                  .p = ccs_t_p_value(e.mean / e.se, e.df)};
    free(x);
    return true;
}
