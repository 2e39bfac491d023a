/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buffered XXH3 (hash.h). */
#include "base/hash.h"

void ccs_hasher_init(struct ccs_hasher *hasher)
{
    memset(hasher, 0, sizeof *hasher); /* XXH3 wants the state zeroed before its first reset */
    XXH3_64bits_reset(&hasher->state);
}

void ccs_hasher_flush(struct ccs_hasher *hasher)
{
    XXH3_64bits_update(&hasher->state, hasher->buffer, hasher->fill);
    hasher->fill = 0;
}

void ccs_hasher_add(struct ccs_hasher *hasher, const void *bytes, size_t n)
{
    if (n == 0) {
        return;
    }
    if (n > CCS_HASHER_BUFFER - hasher->fill) {
        ccs_hasher_flush(hasher);
    }
    if (n > CCS_HASHER_BUFFER) {
        XXH3_64bits_update(&hasher->state, bytes, n);
        return;
    }
    memcpy(hasher->buffer + hasher->fill, bytes, n);
    hasher->fill += n;
}

uint64_t ccs_hasher_digest(const struct ccs_hasher *hasher)
{
    XXH3_state_t state = hasher->state;
    XXH3_64bits_update(&state, hasher->buffer, hasher->fill);
    return XXH3_64bits_digest(&state);
}

uint64_t ccs_hash64(const void *bytes, size_t n)
{
    return XXH3_64bits(bytes, n);
}
