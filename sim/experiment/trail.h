/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A trail: every event of one replication in a file, so that the first event in which two versions
 * of the program differ can be told from both sides. Little endian:
 *
 *   "CCSTRAIL"  u32 format version  u32 number of stretches
 *   u64 scenario hash   u64 signature of the baseline it belongs to   u64 seed
 *   per stretch (the past, then each policy):
 *     u64 XXH3 of the policy's name (0: the past)   u64 events   u64 of them recorded
 *     per recorded event: i64 time (us)   u8 kind   u32 entity
 *   u64 XXH3 of everything before
 *
 * Bounded: at most CCS_TRAIL_EVENTS events are recorded, 13 bytes each; what comes later is only
 * counted. Reading checks everything and trusts no size.
 */
#ifndef CCS_EXPERIMENT_TRAIL_H
#define CCS_EXPERIMENT_TRAIL_H

#include "engine/event_list.h"

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CCS_TRAIL_FORMAT 1
#define CCS_TRAIL_EVENTS (UINT64_C(1) << 24) /* 218 MB */
#define CCS_TRAIL_FILE_MAX ((size_t)256 << 20)

/* What a trail belongs to. */
struct ccs_trail_owner {
    uint64_t hash, signature, seed;
};

struct ccs_trail_stretch {
    uint64_t policy; /* hash of its name; 0: the past */
    uint64_t event_n, recorded;
    const unsigned char *events;
};

struct ccs_trail {
    struct ccs_trail_owner owner;
    uint32_t stretch_n;
    struct ccs_trail_stretch *stretch;
};

/* A trail being written; zeroed before use. */
struct ccs_trail_writer {
    unsigned char *bytes;
    size_t size, cap;
    size_t stretch_at; /* where the running stretch begins; 0: none yet */
    uint32_t stretch_n;
    uint64_t recorded; /* in all stretches */
    bool has_failed;   /* memory */
};

void ccs_trail_begin(struct ccs_trail_writer *writer, const char *policy);
void ccs_trail_add(struct ccs_trail_writer *writer, const struct ccs_event *ev);
/* Ends it: writer->bytes are the file. CCS_ENOMEM if memory ran out on the way. */
ccs_status ccs_trail_finish(struct ccs_trail_writer *writer, const struct ccs_trail_owner *owner);
void ccs_trail_writer_fini(struct ccs_trail_writer *writer);

/* Reads `size` bytes, which must stay. CCS_EDATA with the reason in *fault (static); CCS_ENOMEM. */
ccs_status ccs_trail_read(struct ccs_trail *trail, const void *bytes, size_t size,
                          const char **fault);
void ccs_trail_fini(struct ccs_trail *trail);

/* The stretch of a policy (NULL: the past); NULL if there is none. */
const struct ccs_trail_stretch *ccs_trail_find(const struct ccs_trail *trail, const char *policy);

/* Recorded event i. */
struct ccs_event ccs_trail_event(const struct ccs_trail_stretch *stretch, uint64_t i);

#endif
