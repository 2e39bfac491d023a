/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every fuzz target, a row each: FUZZ_ROW(name) stands for tests/fuzz/<name>.c and the folder
 * tests/fuzz/corpus/<name>. */
#ifndef CCS_TESTS_FUZZ_TARGETS_H
#define CCS_TESTS_FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>

#define FUZZ_ROWS(FUZZ_ROW)                                                                        \
    FUZZ_ROW(scenario)                                                                             \
    FUZZ_ROW(set)                                                                                  \
    FUZZ_ROW(table)                                                                                \
    FUZZ_ROW(replay)                                                                               \
    FUZZ_ROW(points)                                                                               \
    FUZZ_ROW(baseline)                                                                             \
    FUZZ_ROW(trail)                                                                                \
    FUZZ_ROW(store)

#define FUZZ_DECLARE(name) int fuzz_##name(const uint8_t *data, size_t size);
FUZZ_ROWS(FUZZ_DECLARE)
#undef FUZZ_DECLARE

#endif
