/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fuzz targets: each file of this folder feeds arbitrary bytes to one reader. FUZZ_TARGET(x) makes
 * the entry that libFuzzer calls (weak, as the tests link all targets together) of
 * `static void x(const char *text, size_t size)`. The text ends with a NUL that size does not
 * count. What must not happen aborts; memory and undefined behavior are left to the sanitizers.
 *
 * `make fuzz` searches; the suite `fuzz_corpus` replays tests/fuzz/corpus/ in `make test`: a crash
 * that was found is kept there as a file.
 */
#ifndef CCS_TESTS_FUZZ_H
#define CCS_TESTS_FUZZ_H

#include "fuzz/targets.h"

#include <ccsim/ccsim.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_TARGET(name)                                                                          \
    int fuzz_##name(const uint8_t *data, size_t size)                                              \
    {                                                                                              \
        char *text = malloc(size + 1);                                                             \
        FUZZ_CHECK(text != NULL);                                                                  \
        memcpy(text, data, size);                                                                  \
        text[size] = '\0';                                                                         \
        ccs_library_init();                                                                        \
        name(text, size);                                                                          \
        free(text);                                                                                \
        return 0;                                                                                  \
    }                                                                                              \
    __attribute__((weak)) int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)             \
    {                                                                                              \
        return fuzz_##name(data, size);                                                            \
    }

#define FUZZ_CHECK(condition)                                                                      \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* A file that holds these bytes and has no name but `path`; close *fd when done. */
static inline void fuzz_file(char path[40], int *fd, const void *bytes, size_t size)
{
    *fd = memfd_create("fuzz", MFD_CLOEXEC);
    FUZZ_CHECK(*fd >= 0 && write(*fd, bytes, size) == (ssize_t)size);
    snprintf(path, 40, "/proc/self/fd/%d", *fd);
}

/* Corpora are text: \xHH stands for a byte. In place; returns the new size. */
static inline size_t fuzz_unescape(char *text, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned byte;
        if (size - i >= 4 && sscanf(text + i, "\\x%2x", &byte) == 1) {
            text[n++] = (char)byte;
            i += 3;
        } else {
            text[n++] = text[i];
        }
    }
    text[n] = '\0';
    return n;
}

/* What a refusal must look like: every diagnostic says something. */
static inline void fuzz_refusal(const struct ccs_diagnostics *diags, ccs_status status)
{
    FUZZ_CHECK(status != CCS_EDATA || ccs_diagnostics_error_count(diags) > 0);
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        FUZZ_CHECK(ccs_diagnostics_get(diags, i)->message[0] != '\0');
        FUZZ_CHECK(ccs_diagnostics_line(diags, i)[0] != '\0');
    }
}

#endif
