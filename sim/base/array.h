/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Growable array of plain records, addressed by index (never by a kept pointer: growing moves it).
 * Growth is geometric, so adding is amortised constant and the event loop allocates only while a
 * pool reaches its high-water mark. Memory is charged to an arena's budget. The first record
 * starts on a cache line (64 bytes), so records of 64 bytes never straddle two.
 *
 * Invariants: len <= cap; records are plain data (copied with memcpy, compared by no one).
 */
#ifndef CCS_BASE_ARRAY_H
#define CCS_BASE_ARRAY_H

#include <ccsim/status.h>
#include <stddef.h>
#include <stdint.h>

struct ccs_arena;

struct ccs_array {
    void *data;
    uint32_t len;
    uint32_t cap;
    uint32_t size; /* of one record, bytes */
};

void ccs_array_init(struct ccs_array *array, size_t record_size);

/* Frees the storage and uncharges the budget (NULL: none). Safe on a zeroed array. */
void ccs_array_fini(struct ccs_array *array, struct ccs_arena *budget);

/* Room for at least `cap` records: the larger of `cap` and twice what there was (just `cap` where
 * the budget has no room for the double). New room is zeroed. CCS_ENOMEM when memory, the budget
 * or 2^32-2 records are exhausted; the array is unchanged. */
ccs_status ccs_array_reserve(struct ccs_array *array, struct ccs_arena *budget, size_t cap);

/* dst becomes a copy of src (same length, room for it). CCS_ENOMEM as above. */
ccs_status ccs_array_copy(struct ccs_array *dst, const struct ccs_array *src,
                          struct ccs_arena *budget);

#endif
