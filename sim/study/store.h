/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store of a study: an SQLite database in WAL mode, one transaction per finished point
 * (tables: store_schema.h).
 *
 * Invariants: saving the same thing twice changes nothing, so that processes that do the same work
 * do no harm; a point's estimates are only ever replaced by those of more replications; each point
 * carries a checksum of its rows, and each record one of its own, so that damage SQLite does not
 * see is seen here. A file that is not a store, of another schema or damaged is never written.
 */
#ifndef CCS_STUDY_STORE_H
#define CCS_STUDY_STORE_H

#include "base/arena.h"
#include "experiment/results.h"

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

enum {
    CCS_STORE_ID = 17,
    CCS_STORE_MESSAGE = 700
};

struct ccs_store {
    struct sqlite3 *db;
    char *path;
    int edition;            /* of its tables */
    ccs_status status;      /* of the last failure, and what it was: */
    ccs_status read_status; /* of the first estimate that could not be read */
    char message[CCS_STORE_MESSAGE];
};

struct ccs_store_study {
    char id[CCS_STORE_ID];
    const char *scenario, *ccsim, *policy, *currency;
    const char *build, *commit; /* NULL: a study of edition 1, which does not tell */
    uint64_t scenario_hash, seed;
    bool is_long_run;
};

struct ccs_store_point {
    char id[CCS_STORE_ID];
    size_t parameter_n;
    const char *const *pointers, *const *values; /* values may be NULL: as in the scenario */
    const char *design;                          /* JSON of those that are not */
    uint64_t scenario_hash;
};

struct ccs_store_record {
    uint64_t number; /* from 1 */
    size_t size;
    const void *bytes;
};

/* What the store knows of a point. */
struct ccs_store_state {
    bool is_there, is_done, is_failed;
    size_t replications; /* behind the estimates */
    char primary[80];    /* the metric that decides; "": none */
    char message[CCS_STORE_MESSAGE];
};

/* Ids from the other members. */
void ccs_store_study_identify(struct ccs_store_study *study);
void ccs_store_point_identify(struct ccs_store_point *point, const struct ccs_store_study *study);

/* Opens; with `to_write` creates it where there is none. CCS_EIO, CCS_EDATA (damaged, not a store,
 * another schema) or CCS_ENOMEM, with *store NULL and a message. */
ccs_status ccs_store_open(struct ccs_store **store, const char *path, bool to_write, char *message,
                          size_t message_size);
/* CCS_EDATA, with the reason in store->message, if nothing may be added: an old edition. */
ccs_status ccs_store_may_grow(struct ccs_store *store);

/* Is there anything of that name? */
bool ccs_store_is_there(const char *path);

void ccs_store_close(struct ccs_store *store); /* NULL is fine */

/* All below: what went wrong is in store->message. */

/* The state of a point, whose rows are checked against its checksum. */
ccs_status ccs_store_look(struct ccs_store *store, const char *point,
                          struct ccs_store_state *state);

/* How many replications with numbers up to n are there; and them themselves, in the arena, in
 * order of their numbers, each checked. */
ccs_status ccs_store_count(struct ccs_store *store, const char *point, size_t n, size_t *count);
ccs_status ccs_store_records(struct ccs_store *store, const char *point, size_t n,
                             struct ccs_arena *arena, struct ccs_store_record **records,
                             size_t *count);

/* In one transaction: study and point (if they are new), records (those that are), and
 *   results              they replace those of fewer replications,
 *   failure (a text)     the point has failed, unless it has results,
 *   neither              the point is partial, unless it has results. */
ccs_status ccs_store_save(struct ccs_store *store, const struct ccs_store_study *study,
                          const struct ccs_store_point *point,
                          const struct ccs_store_record *records, size_t record_n,
                          const struct ccs_results *results, const char *failure);

/* A metric of the whole run, or with `versus` its difference. False if there is none. */
bool ccs_store_estimate(struct ccs_store *store, const char *point, const char *policy,
                        const char *versus, const char *metric, struct ccs_result *result);

/* The mean difference of two policies over the replications, paired. False if there is none. */
bool ccs_store_paired(struct ccs_store *store, const char *point, const char *a, const char *b,
                      const char *metric, struct ccs_result *result);

/* Says that this process works on the point; false if a living process does already, or in
 * doubt. Claims of dead processes do not count. */
bool ccs_store_claim(struct ccs_store *store, const char *point);
void ccs_store_release(struct ccs_store *store, const char *point);
void ccs_store_forget_dead(struct ccs_store *store);

/* ---- for the files of this folder ---- */

/* Records a failure, printf-like; returns `status`. */
ccs_status ccs_store_refuse(struct ccs_store *store, ccs_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Records the failure of SQLite that has just happened; `doing` completes "cannot ... ". */
ccs_status ccs_store_fail(struct ccs_store *store, const char *doing);

/* Records that a value is not what it must be; but not for want of memory to look at it. */
ccs_status ccs_store_damaged(struct ccs_store *store, const char *what);

/* Has the last call of SQLite run out of memory? Columns tell it only so: their value is missing.
 */
bool ccs_store_lacks_memory(const struct ccs_store *store);

/* NULL after a failure. Finalize with sqlite3_finalize. */
struct sqlite3_stmt *ccs_store_prepare(struct ccs_store *store, const char *sql);

/* One step; *has_row may be NULL. */
ccs_status ccs_store_step(struct ccs_store *store, struct sqlite3_stmt *statement, bool *has_row);

/* As ccs_store_look, inside a transaction and without the checksum. */
ccs_status ccs_store_state_now(struct ccs_store *store, const char *point,
                               struct ccs_store_state *state);

/* Statements without an answer; `doing` completes "cannot ... ". */
ccs_status ccs_store_run(struct ccs_store *store, const char *sql, const char *doing);

/* A hash as the store writes it: 16 hexadecimal digits. */
void ccs_store_id_text(char id[CCS_STORE_ID], uint64_t hash);

/* The checksum of a point's rows as they are now, and of a record with its place. */
ccs_status ccs_store_digest(struct ccs_store *store, const char *point, char digest[CCS_STORE_ID]);
void ccs_store_record_digest(const char *point, const struct ccs_store_record *record,
                             char digest[CCS_STORE_ID]);

#endif
