/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens when an assertion fails (assert.h): the only place that aborts. */
#include "base/assert.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static _Thread_local const char *context_text;
static _Thread_local const int64_t *context_now_us;
static _Thread_local const uint64_t *context_event_n;

void ccs_assert_context(const char *text)
{
    context_text = text;
}

void ccs_assert_clock(const int64_t *now_us, const uint64_t *event_n)
{
    context_now_us = now_us;
    context_event_n = event_n;
}

_Noreturn void ccs_assert_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, condition);
    if (context_now_us != NULL) {
        fprintf(stderr, "  at simulated time %.6f s", (double)*context_now_us / 1e6);
        if (context_event_n != NULL) {
            fprintf(stderr, ", event %" PRIu64, *context_event_n);
        }
        fputc('\n', stderr);
    }
    if (context_text != NULL) {
        fprintf(stderr, "  %s\n", context_text);
    }
    fputs("  this is a bug in ccsim; please report it with these lines\n", stderr);
    abort();
}
