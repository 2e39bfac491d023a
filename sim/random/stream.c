/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names and numbers into keys: the world key of a replication and the entity of a name. Both are
 * part of what a seed means, so changing either changes every result.
 */
#include "random/stream.h"

#include "base/hash.h"

#include <string.h>

/* Philox itself is the mixer: one block at counter (replication, tag) under key = seed. For one
 * seed the block is a bijection of the counter; of its 128 bits the first 64 are taken. */
#define KEY_TAG UINT64_C(0x6363735f776f726c) /* "ccs_worl" */

uint64_t ccs_stream_key(uint64_t seed, uint64_t replication)
{
    philox2x64_ctr_t counter = {{replication, KEY_TAG}};
    philox2x64_key_t key = {{seed}};
    return philox2x64(counter, key).v[0];
}

uint64_t ccs_entity_from_name(const char *kind, const char *name)
{
    struct ccs_hasher hasher;
    ccs_hasher_init(&hasher);
    /* With its terminating 0, so that ("ab", "c") and ("a", "bc") differ. */
    ccs_hasher_add(&hasher, kind, strlen(kind) + 1);
    ccs_hasher_add(&hasher, name, strlen(name));
    return ccs_hasher_digest(&hasher);
}
