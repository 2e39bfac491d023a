/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a store: see store.h. Reading is in store_read.c, writing in store_write.c. */
#include "study/store.h"

#include "base/hash.h"
#include "study/store_schema.h"

#include <ccsim/version.h>
#include <errno.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    BUSY_MS = 60000, /* a writer holds the store for milliseconds */
    RETRY_MS = 5
};

/* ---- what goes wrong ---- */

ccs_status ccs_store_refuse(struct ccs_store *store, ccs_status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(store->message, sizeof store->message, format, args);
    va_end(args);
    store->status = status;
    return status;
}

ccs_status ccs_store_fail(struct ccs_store *store, const char *doing)
{
    const char *text = sqlite3_errmsg(store->db);
    int code = sqlite3_errcode(store->db);
    int system_errno = sqlite3_system_errno(store->db);
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return ccs_store_refuse(store, CCS_ENOMEM, "'%s': not enough memory to %s", store->path,
                                doing);
    case SQLITE_NOTADB:
        return ccs_store_refuse(
            store, CCS_EDATA,
            "'%s' is not a store of ccsim (no SQLite database); it was left as it is: "
            "give --store another name",
            store->path);
    case SQLITE_CORRUPT:
    case SQLITE_ERROR: /* our statements are right: a table is not what it was */
    case SQLITE_CONSTRAINT:
        return ccs_store_refuse(
            store, CCS_EDATA,
            "'%s' is damaged: cannot %s (%s); save what is left with `sqlite3 STORE "
            ".recover`, and sweep into another --store",
            store->path, doing, text);
    case SQLITE_FULL:
        return ccs_store_refuse(
            store, CCS_EIO,
            "'%s': cannot %s: the disk is full; finished points are kept, make room and "
            "run the same command again",
            store->path, doing);
    case SQLITE_BUSY:
        return ccs_store_refuse(store, CCS_EIO, "'%s': cannot %s: another program has locked it",
                                store->path, doing);
    default:
        break;
    }
    bool is_system = system_errno != 0 && (code & 0xff) != SQLITE_READONLY;
    if (code == SQLITE_IOERR_NOMEM || (is_system && system_errno == ENOMEM)) { /* of mmap, too */
        return ccs_store_refuse(store, CCS_ENOMEM, "'%s': not enough memory to %s", store->path,
                                doing);
    }
    bool is_write = (code & 0xff) == SQLITE_IOERR;
    return ccs_store_refuse(
        store, CCS_EIO, "'%s': cannot %s: %s%s%s%s", store->path, doing, text,
        is_system ? ": " : "", is_system ? strerror(system_errno) : "",
        is_write ? "; finished points are kept, the same command goes on from there" : "");
}

bool ccs_store_lacks_memory(const struct ccs_store *store)
{
    return (sqlite3_errcode(store->db) & 0xff) == SQLITE_NOMEM;
}

ccs_status ccs_store_damaged(struct ccs_store *store, const char *what)
{
    if (ccs_store_lacks_memory(store)) {
        return ccs_store_fail(store, "read");
    }
    return ccs_store_refuse(
        store, CCS_EDATA,
        "'%s' is damaged: %s; save what is left with `sqlite3 STORE .recover`, and sweep "
        "into another --store",
        store->path, what);
}

struct sqlite3_stmt *ccs_store_prepare(struct ccs_store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        ccs_store_fail(store, "read its tables");
        return NULL;
    }
    return statement;
}

ccs_status ccs_store_step(struct ccs_store *store, struct sqlite3_stmt *statement, bool *has_row)
{
    if (ccs_store_lacks_memory(store)) { /* for a column of the row before */
        return ccs_store_fail(store, "read");
    }
    int code = sqlite3_step(statement);
    if (has_row != NULL) {
        *has_row = code == SQLITE_ROW;
    }
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return CCS_OK;
    }
    return ccs_store_fail(store, sqlite3_stmt_readonly(statement) ? "read" : "write");
}

ccs_status ccs_store_run(struct ccs_store *store, const char *sql, const char *doing)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? CCS_OK
               : ccs_store_fail(store, doing);
}

/* A query with one number as its answer. */
static ccs_status ask(struct ccs_store *store, const char *sql, int64_t *answer)
{
    sqlite3_stmt *statement = ccs_store_prepare(store, sql);
    bool has_row = false;
    ccs_status status =
        statement == NULL ? store->status : ccs_store_step(store, statement, &has_row);
    *answer = has_row ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return status;
}

/* ---- opening ---- */

/* SQLite's own account of the file; the first complaint is enough. */
static ccs_status check_pages(struct ccs_store *store)
{
    sqlite3_stmt *statement = ccs_store_prepare(store, "PRAGMA quick_check(1)");
    bool has_row = false;
    ccs_status status =
        statement == NULL ? store->status : ccs_store_step(store, statement, &has_row);
    if (status == CCS_OK && has_row) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        int code = 0; /* why a page could not be had */
        const char *reason = text == NULL ? NULL : strstr(text, "error code=");
        if (reason != NULL) {
            sscanf(reason, "error code=%d", &code);
        }
        if (text != NULL && code == 0 && strstr(text, "failed to get page") != NULL) {
            status = ccs_store_refuse(
                store, CCS_EIO, /* one that exists: damage is told otherwise */
                "'%s' cannot be checked: no memory for a page, or the disk fails", store->path);
        } else if ((code & 0xff) == SQLITE_NOMEM || (code & 0xff) == SQLITE_IOERR) {
            status = (code & 0xff) == SQLITE_NOMEM
                         ? ccs_store_refuse(store, CCS_ENOMEM,
                                            "'%s': not enough memory to check it", store->path)
                         : ccs_store_refuse(store, CCS_EIO, "'%s' cannot be read: %s", store->path,
                                            sqlite3_errstr(code));
        } else if (text == NULL || strcmp(text, "ok") != 0) {
            status = ccs_store_damaged(store, text == NULL ? "it cannot be checked" : text);
        }
    }
    sqlite3_finalize(statement);
    return status;
}

/* A study is what its id says. */
static ccs_status check_studies(struct ccs_store *store)
{
    sqlite3_stmt *s = ccs_store_prepare(store, store->edition == 1
                                                   ? "SELECT id, scenario_hash, ccsim, seed, mode, "
                                                     "policy FROM study"
                                                   : "SELECT id, scenario_hash, ccsim, seed, mode, "
                                                     "policy, build FROM study");
    bool has_row = s != NULL;
    ccs_status status = s == NULL ? store->status : CCS_OK;
    while (status == CCS_OK && has_row) {
        status = ccs_store_step(store, s, &has_row);
        if (status != CCS_OK || !has_row) {
            break;
        }
        bool is_whole = true;
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            is_whole = is_whole && sqlite3_column_text(s, i) != NULL;
        }
        if (!is_whole) {
            status = ccs_store_damaged(store, "a study lacks a value");
            break;
        }
        struct ccs_store_study study = {
            .scenario_hash = strtoull((const char *)sqlite3_column_text(s, 1), NULL, 16),
            .ccsim = (const char *)sqlite3_column_text(s, 2),
            .seed = (uint64_t)sqlite3_column_int64(s, 3),
            .is_long_run = strcmp((const char *)sqlite3_column_text(s, 4), "long-run") == 0,
            .policy = (const char *)sqlite3_column_text(s, 5),
            .build = store->edition == 1 ? NULL : (const char *)sqlite3_column_text(s, 6),
        };
        ccs_store_study_identify(&study);
        if (strcmp(study.id, (const char *)sqlite3_column_text(s, 0)) != 0) {
            status = ccs_store_damaged(store, "a study is not what its id says");
        }
    }
    sqlite3_finalize(s);
    return status;
}

static ccs_status check_schema(struct ccs_store *store, int64_t application, int64_t version)
{
    if (application != CCS_STORE_APPLICATION_ID) {
        return ccs_store_refuse(
            store, CCS_EDATA,
            "'%s' is a database of another program; it was left as it is: give --store "
            "another name",
            store->path);
    }
    if (version < 1 || version > CCS_STORE_SCHEMA_VERSION) {
        return ccs_store_refuse(store, CCS_EDATA,
                                "'%s' has tables of edition %" PRId64 ", this ccsim (" CCS_VERSION
                                ") knows edition %d; it was left as it is: use the "
                                "ccsim that wrote it, or another --store",
                                store->path, version, CCS_STORE_SCHEMA_VERSION);
    }
    store->edition = (int)version;
    ccs_status status = check_pages(store);
    return status == CCS_OK ? check_studies(store) : status;
}

static ccs_status read_edition(struct ccs_store *store, int64_t *tables, int64_t *application,
                               int64_t *version)
{
    ccs_status status = ask(store, "SELECT count(*) FROM sqlite_schema", tables);
    status = status == CCS_OK ? ask(store, "PRAGMA application_id", application) : status;
    return status == CCS_OK ? ask(store, "PRAGMA user_version", version) : status;
}

/* Two that turn a new file to WAL in the same moment hold what the other one needs: SQLite then
 * says so at once, without waiting. The other one gets through. */
static ccs_status turn_to_wal(struct ccs_store *store)
{
    for (int waited_ms = 0; waited_ms < BUSY_MS; waited_ms += RETRY_MS) {
        int code = sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if ((code & 0xff) != SQLITE_BUSY) {
            return code == SQLITE_OK ? CCS_OK : ccs_store_fail(store, "create the store");
        }
        sqlite3_sleep(RETRY_MS);
    }
    return ccs_store_run(store, "PRAGMA journal_mode = WAL", "create the store");
}

/* Makes the tables, unless another process has just done so. */
static ccs_status create_tables(struct ccs_store *store)
{
    int64_t tables = 0;
    char pragmas[120];
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             CCS_STORE_APPLICATION_ID, CCS_STORE_SCHEMA_VERSION);
    ccs_status status = turn_to_wal(store);
    status =
        status == CCS_OK ? ccs_store_run(store, "BEGIN IMMEDIATE", "create the store") : status;
    if (status != CCS_OK) {
        return status;
    }
    status = ask(store, "SELECT count(*) FROM sqlite_schema", &tables);
    if (status == CCS_OK && tables == 0) {
        status = ccs_store_run(store, CCS_STORE_SCHEMA, "create the store");
        status = status == CCS_OK ? ccs_store_run(store, pragmas, "create the store") : status;
    }
    status = status == CCS_OK ? ccs_store_run(store, "COMMIT", "create the store") : status;
    if (status != CCS_OK) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return status;
}

static ccs_status set_up(struct ccs_store *store, bool to_write)
{
    int64_t tables = 0;
    int64_t application = 0;
    int64_t version = 0;
    sqlite3_busy_timeout(store->db, BUSY_MS);
    sqlite3_extended_result_codes(store->db, 1);
    ccs_status status = read_edition(store, &tables, &application, &version);
    if (status == CCS_OK && to_write && tables == 0 && application == 0 && version == 0) {
        status = create_tables(store);
        status = status == CCS_OK ? read_edition(store, &tables, &application, &version) : status;
    }
    status = status == CCS_OK ? check_schema(store, application, version) : status;
    if (status == CCS_OK && to_write) {
        ccs_store_forget_dead(store);
        status =
            ccs_store_run(store, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL", "open");
    } else if (status == CCS_OK) {
        status = ccs_store_run(store, "PRAGMA query_only = ON", "open");
    }
    return status;
}

/* "file:PATH?immutable=1" with what a URI reserves written as %XX. */
static char *immutable_uri(const char *path)
{
    char *uri = malloc(3 * strlen(path) + 40);
    if (uri == NULL) {
        return NULL;
    }
    char *out = uri + sprintf(uri, "file:");
    for (const char *c = path; *c != '\0'; c++) {
        if (strchr("?#%", *c) != NULL) {
            out += sprintf(out, "%%%02X", (unsigned char)*c);
        } else {
            *out++ = *c;
        }
    }
    sprintf(out, "?immutable=1");
    return uri;
}

/* Reading a WAL store needs to write its -shm file beside it. Where that cannot be, and nobody can
 * be writing, the file is read as it lies there. */
static ccs_status reopen_immutable(struct ccs_store *store)
{
    struct stat info;
    char *wal = NULL;
    if (asprintf(&wal, "%s-wal", store->path) < 0) {
        return CCS_ENOMEM;
    }
    bool has_wal = stat(wal, &info) == 0 && info.st_size > 0;
    free(wal);
    char *uri = has_wal ? NULL : immutable_uri(store->path);
    if (uri == NULL) {
        return store->status;
    }
    sqlite3_close_v2(store->db);
    int code = sqlite3_open_v2(
        uri, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX, NULL);
    free(uri);
    return code == SQLITE_OK ? set_up(store, false) : ccs_store_fail(store, "open");
}

static ccs_status open_file(struct ccs_store *store, bool to_write)
{
    struct stat info;
    bool is_there = stat(store->path, &info) == 0;
    if (!is_there && (errno != ENOENT || !to_write)) {
        return ccs_store_refuse(store, CCS_EIO, "cannot open the store '%s': %s", store->path,
                                strerror(errno));
    }
    if (is_there && !S_ISREG(info.st_mode)) {
        return ccs_store_refuse(store, CCS_EIO, "cannot open the store '%s': it is no file",
                                store->path);
    }
    /* A reader, too, may write the -wal and -shm files, so that the last to close removes them;
     * where it must not, SQLite opens the file read-only by itself. */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX;
    flags |= to_write ? SQLITE_OPEN_CREATE : 0;
    char *name = NULL; /* ":memory:" and "file:..." mean something else to SQLite */
    if (asprintf(&name, "%s%s", store->path[0] == '/' ? "" : "./", store->path) < 0) {
        return CCS_ENOMEM;
    }
    int code = sqlite3_open_v2(name, &store->db, flags, NULL);
    free(name);
    if (code != SQLITE_OK) {
        return store->db == NULL ? CCS_ENOMEM : ccs_store_fail(store, "open");
    }
    if (to_write && sqlite3_db_readonly(store->db, "main") == 1) {
        return ccs_store_refuse(
            store, CCS_EIO,
            "'%s' is read-only: nothing can be added; make it writable, or sweep into a "
            "copy (`ccsim export` reads it as it is)",
            store->path);
    }
    ccs_status status = set_up(store, to_write);
    if (!to_write && status == CCS_EIO) {
        status = reopen_immutable(store);
    }
    return status;
}

ccs_status ccs_store_may_grow(struct ccs_store *store)
{
    if (store->edition == CCS_STORE_SCHEMA_VERSION) {
        return CCS_OK;
    }
    return ccs_store_refuse(
        store, CCS_EDATA,
        "'%s' is of an older ccsim (edition %d of the tables) and does not say which build "
        "found its numbers: `ccsim export` reads it, but nothing is added to it; give "
        "--store another name",
        store->path, store->edition);
}

bool ccs_store_is_there(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

ccs_status ccs_store_open(struct ccs_store **store, const char *path, bool to_write, char *message,
                          size_t message_size)
{
    *store = NULL;
    if (path[0] == '\0') { /* to SQLite: a database that is gone in the end */
        snprintf(message, message_size, "a store needs a name: --store FILE.db");
        return CCS_EUSAGE;
    }
    struct ccs_store *s = calloc(1, sizeof *s);
    if (s == NULL || (s->path = strdup(path)) == NULL) {
        free(s);
        snprintf(message, message_size, "out of memory");
        return CCS_ENOMEM;
    }
    ccs_status status = open_file(s, to_write);
    if (status != CCS_OK) {
        snprintf(message, message_size, "%s",
                 s->message[0] != '\0' ? s->message : ccs_status_text(status));
        ccs_store_close(s);
        return status;
    }
    *store = s;
    return CCS_OK;
}

void ccs_store_close(struct ccs_store *store)
{
    if (store != NULL) {
        sqlite3_close_v2(store->db);
        free(store->path);
        free(store);
    }
}

/* ---- ids and checksums ---- */

void ccs_store_id_text(char id[CCS_STORE_ID], uint64_t hash)
{
    snprintf(id, CCS_STORE_ID, "%016" PRIx64, hash);
}

/* Hashes of the parts, hashed: needs no memory, and parts cannot run into each other. */
static uint64_t hash_parts(const char *const *part, size_t n)
{
    uint64_t hash[8];
    for (size_t i = 0; i < n; i++) {
        hash[i] = ccs_hash64(part[i], strlen(part[i]));
    }
    return ccs_hash64(hash, n * sizeof hash[0]);
}

void ccs_store_study_identify(struct ccs_store_study *study)
{
    char numbers[80];
    snprintf(numbers, sizeof numbers, "%016" PRIx64 " %" PRIu64 " %d", study->scenario_hash,
             study->seed, study->is_long_run);
    const char *part[] = {numbers, study->ccsim, study->policy, study->build};
    ccs_store_id_text(study->id, hash_parts(part, study->build == NULL ? 3 : 4));
}

void ccs_store_point_identify(struct ccs_store_point *point, const struct ccs_store_study *study)
{
    const char *part[] = {study->id, point->design};
    ccs_store_id_text(point->id, hash_parts(part, 2));
}

/* Types and values of a row. */
static void hash_row(struct ccs_hasher *hasher, sqlite3_stmt *s)
{
    for (int i = 0; i < sqlite3_column_count(s); i++) {
        unsigned char type = (unsigned char)sqlite3_column_type(s, i);
        uint64_t bits = 0;
        const void *bytes = &bits;
        if (type == SQLITE_INTEGER) {
            bits = (uint64_t)sqlite3_column_int64(s, i);
        } else if (type == SQLITE_FLOAT) {
            double value = sqlite3_column_double(s, i);
            memcpy(&bits, &value, sizeof bits);
        } else if (type == SQLITE_TEXT) {
            bytes = sqlite3_column_text(s, i);
        }
        uint64_t n = type == SQLITE_TEXT ? (uint64_t)sqlite3_column_bytes(s, i) : sizeof bits;
        ccs_hasher_add(hasher, &type, 1);
        ccs_hasher_add(hasher, &n, sizeof n);
        ccs_hasher_add(hasher, bytes, n);
    }
}

ccs_status ccs_store_digest(struct ccs_store *store, const char *point, char digest[CCS_STORE_ID])
{
    static const char *const queries[] = {
        ("SELECT id, study, design, scenario_hash, status, replications, baseline, primary_metric, "
         "signature, message FROM point WHERE id = ?1"),
        "SELECT * FROM parameter WHERE point = ?1 ORDER BY pointer",
        "SELECT * FROM estimate WHERE point = ?1 ORDER BY policy, slice, name, metric",
        "SELECT * FROM difference WHERE point = ?1 ORDER BY policy, versus, slice, name, metric",
        "SELECT * FROM value WHERE point = ?1 ORDER BY policy, metric, replication",
        "SELECT * FROM warning WHERE point = ?1 ORDER BY number",
    };
    struct ccs_hasher *hasher = aligned_alloc(64, (sizeof *hasher + 63) / 64 * 64);
    if (hasher == NULL) {
        return ccs_store_refuse(store, CCS_ENOMEM, "out of memory");
    }
    ccs_hasher_init(hasher);
    ccs_status status = CCS_OK;
    for (size_t i = 0; i < sizeof queries / sizeof queries[0] && status == CCS_OK; i++) {
        sqlite3_stmt *s = ccs_store_prepare(store, queries[i]);
        bool has_row = s != NULL;
        status = s == NULL ? store->status : CCS_OK;
        if (s != NULL) {
            sqlite3_bind_text(s, 1, point, -1, SQLITE_STATIC);
        }
        while (status == CCS_OK && has_row) {
            status = ccs_store_step(store, s, &has_row);
            if (status == CCS_OK && has_row) {
                hash_row(hasher, s);
            }
        }
        sqlite3_finalize(s);
    }
    ccs_store_id_text(digest, ccs_hasher_digest(hasher));
    free(hasher);
    return status;
}
