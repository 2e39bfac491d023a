/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 64-bit hashes: XXH3 (Y. Collet, xxHash 0.8). Small records are gathered in a buffer first, so
 * that hashing every event costs a few nanoseconds.
 *
 * Invariants: the digest depends on the bytes only, not on how they were cut into calls; a hasher
 * holds no pointer into itself, so plain assignment copies it. Records are hashed as they lie in
 * memory: digests are comparable between machines of the same byte order.
 */
#ifndef CCS_BASE_HASH_H
#define CCS_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define XXH_STATIC_LINKING_ONLY /* the state embedded, not on the heap */
#include <xxhash.h>

enum {
    CCS_HASHER_BUFFER = 2048
};

struct ccs_hasher {
    XXH3_state_t state; /* 64-byte aligned: so is whatever embeds a hasher */
    size_t fill;
    unsigned char buffer[CCS_HASHER_BUFFER];
};

void ccs_hasher_init(struct ccs_hasher *hasher);

void ccs_hasher_add(struct ccs_hasher *hasher, const void *bytes, size_t n);

void ccs_hasher_flush(struct ccs_hasher *hasher); /* for the inline function below */

/* The same as adding the 16 bytes of a, then b. */
static inline void ccs_hasher_add16(struct ccs_hasher *hasher, uint64_t a, uint64_t b)
{
    if (hasher->fill > CCS_HASHER_BUFFER - 16) {
        ccs_hasher_flush(hasher);
    }
    memcpy(hasher->buffer + hasher->fill, &a, 8);
    memcpy(hasher->buffer + hasher->fill + 8, &b, 8);
    hasher->fill += 16;
}

/* Of everything added so far; more may be added afterwards. */
uint64_t ccs_hasher_digest(const struct ccs_hasher *hasher);

/* In one go; equals init, add, digest. `bytes` may be NULL when n is 0. */
uint64_t ccs_hash64(const void *bytes, size_t n);

#endif
