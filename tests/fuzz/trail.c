/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trail: the text is what stands between the first word and the checksum, which are put around
 * it, as no mutation would find them. */
#include "experiment/trail.h"
#include "base/hash.h"
#include "fuzz/fuzz.h"

static void read_trail(const void *bytes, size_t size)
{
    struct ccs_trail trail = {0};
    const char *fault = NULL;
    ccs_status status = ccs_trail_read(&trail, bytes, size, &fault);
    FUZZ_CHECK(status == CCS_OK || fault != NULL);
    for (uint32_t i = 0; status == CCS_OK && i < trail.stretch_n; i++) {
        for (uint64_t k = 0; k < trail.stretch[i].recorded; k++) {
            (void)ccs_trail_event(&trail.stretch[i], k);
        }
    }
    (void)(status == CCS_OK && ccs_trail_find(&trail, NULL) == NULL);
    ccs_trail_fini(&trail);
}

static void trail(char *text, size_t size)
{
    static const char magic[8] = "CCSTRAIL";
    size = fuzz_unescape(text, size);
    read_trail(text, size);
    char *whole = malloc(size + 16);
    FUZZ_CHECK(whole != NULL);
    memcpy(whole, magic, sizeof magic);
    memcpy(whole + 8, text, size);
    uint64_t sum = ccs_hash64(whole, size + 8);
    memcpy(whole + 8 + size, &sum, 8);
    read_trail(whole, size + 16);
    free(whole);
}

FUZZ_TARGET(trail)
