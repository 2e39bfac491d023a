/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Assertions for our own bugs. CCS_REQUIRE always checks; CCS_ASSERT only in debug builds
 * (CCS_DEBUG), for conditions too frequent or too dear for a release run.
 *
 * A failure says where in the simulated world it happened and how to get there again, if the
 * thread has registered that. The registration is per thread and holds borrowed pointers: whoever
 * registers clears it (with NULL) before what it points to goes away.
 */
#ifndef CCS_BASE_ASSERT_H
#define CCS_BASE_ASSERT_H

#include <stdint.h>

/* Prints "file:line: assertion failed: condition", the thread's run context if set, and aborts. */
_Noreturn void ccs_assert_failed(const char *file, int line, const char *condition);

/* One line that says which run this thread is in: seed, replication, policy, the command to
 * repeat it. Borrowed until the next call; NULL clears it. */
void ccs_assert_context(const char *text);

/* Where the run is: its clock (microseconds) and its count of executed events, read at the moment
 * of a failure. Borrowed until the next call; NULLs clear it. */
void ccs_assert_clock(const int64_t *now_us, const uint64_t *event_n);

#define CCS_REQUIRE(condition)                                                                     \
    ((condition) ? (void)0 : ccs_assert_failed(__FILE__, __LINE__, #condition))

#ifdef CCS_DEBUG
#define CCS_ASSERT(condition) CCS_REQUIRE(condition)
#else
#define CCS_ASSERT(condition) ((void)sizeof(condition))
#endif

#endif
