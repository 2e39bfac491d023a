/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For LD_PRELOAD: the FAIL_AT-th allocation of the process fails, and those after it, or with
 * FAIL_N only so many. It stands in for a memory limit, which nobody can set to fail at a chosen
 * place. At the end of the process the number of allocations is written into the file FAIL_COUNT.
 * With FAIL_TRAP the process stops where one fails, for a debugger.
 *
 * Nothing fails inside setlocale: it answers as if there were no such locale, and nobody can tell.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <locale.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_long seen;
static long fail_at, fail_n;
static atomic_int is_paused;

__attribute__((constructor)) static void start(void)
{
    const char *at = getenv("FAIL_AT");
    const char *n = getenv("FAIL_N");
    fail_n = n == NULL ? 0 : atol(n);
    atomic_store(&seen, 0);
    fail_at = at == NULL ? 0 : atol(at);
}

__attribute__((destructor)) static void end(void)
{
    long count = atomic_load(&seen);
    const char *name = getenv("FAIL_COUNT");
    fail_at = 0;
    FILE *out = name == NULL ? NULL : fopen(name, "w");
    if (out != NULL) {
        fprintf(out, "%ld\n", count);
        fclose(out);
    }
}

static int fails(void)
{
    if (atomic_load(&is_paused)) {
        return 0;
    }
    long now = atomic_fetch_add(&seen, 1) + 1;
    if (fail_at == 0 || now < fail_at || (fail_n > 0 && now >= fail_at + fail_n)) {
        return 0;
    }
    if (getenv("FAIL_TRAP") != NULL) {
        __builtin_trap();
    }
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

char *setlocale(int category, const char *name)
{
    atomic_store(&is_paused, 1);
    void *next = dlsym(RTLD_NEXT, "setlocale");
    char *(*real)(int, const char *) = NULL;
    *(void **)&real = next;
    char *answer = real(category, name);
    atomic_store(&is_paused, 0);
    return answer;
}
