/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A library to load before a program (LD_PRELOAD) in which the n-th call of a kind fails:
 *
 *   FAIL=memory:12    the 12th call of malloc, calloc, realloc, aligned_alloc, posix_memalign;
 *                     as if memory were exhausted for a moment
 *   FAIL=memory:12+   and all after it
 *   FAIL=write:3      the 3rd call of write, pwrite, fsync, fdatasync, ftruncate, rename
 *
 * Calls are counted over all threads, from the first of main on; n = 0 fails none. At the end the
 * number of calls goes to descriptor FAIL_COUNT, if that is set. Calls that libraries make are
 * counted with ours; those within the C library only where memory is concerned. glibc only.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

enum kind {
    KIND_NONE,
    KIND_MEMORY,
    KIND_WRITE
};

static enum kind failing;
static long at;
static bool and_after;
static long calls;

__attribute__((constructor)) static void begin(void)
{
    const char *what = getenv("FAIL");
    const char *colon = what == NULL ? NULL : strchr(what, ':');
    if (colon != NULL) {
        char *end;
        at = strtol(colon + 1, &end, 10);
        and_after = *end == '+';
        failing = strncmp(what, "memory", 6) == 0 ? KIND_MEMORY : KIND_WRITE;
    }
}

__attribute__((destructor)) static void end(void)
{
    const char *count = getenv("FAIL_COUNT");
    if (count != NULL) {
        dprintf(atoi(count), "%ld\n", calls);
    }
}

/* Counts a call; is it one that fails? */
static bool fails(enum kind kind)
{
    if (kind != failing) {
        return false;
    }
    long n = __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
    return n == at || (and_after && n > at && at > 0);
}

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    return fails(KIND_MEMORY) ? no_memory() : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails(KIND_MEMORY) ? no_memory() : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return fails(KIND_MEMORY) ? no_memory() : __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails(KIND_MEMORY) ? no_memory() : __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    void *got = fails(KIND_MEMORY) ? NULL : __libc_memalign(alignment, size);
    if (got == NULL) {
        return ENOMEM;
    }
    *memory = got;
    return 0;
}

/* The function of that name behind ours, called with ARGUMENTS, or a failure with this errno. */
#define PASS_ON(name, type, parameters, arguments, failure)                                        \
    type name parameters                                                                           \
    {                                                                                              \
        static type(*real) parameters;                                                             \
        if (real == NULL) {                                                                        \
            void *found = dlsym(RTLD_NEXT, #name);                                                 \
            memcpy(&real, &found, sizeof real);                                                    \
        }                                                                                          \
        if (fails(KIND_WRITE)) {                                                                   \
            errno = failure;                                                                       \
            return -1;                                                                             \
        }                                                                                          \
        return real arguments;                                                                     \
    }

PASS_ON(write, ssize_t, (int fd, const void *bytes, size_t n), (fd, bytes, n), ENOSPC)
PASS_ON(pwrite, ssize_t, (int fd, const void *bytes, size_t n, off_t offset),
        (fd, bytes, n, offset), ENOSPC)
PASS_ON(pwrite64, ssize_t, (int fd, const void *bytes, size_t n, off64_t offset),
        (fd, bytes, n, offset), ENOSPC)
PASS_ON(fsync, int, (int fd), (fd), EIO)
PASS_ON(fdatasync, int, (int fd), (fd), EIO)
PASS_ON(ftruncate, int, (int fd, off_t size), (fd, size), EIO)
PASS_ON(ftruncate64, int, (int fd, off64_t size), (fd, size), EIO)
PASS_ON(rename, int, (const char *from, const char *to), (from, to), EIO)
