/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arena: memory that is given back all at once. It also carries the memory budget of its owner,
 * so that a scenario that would exhaust the machine stops with a message before it does.
 *
 * Invariants: nothing handed out ever moves; `used` counts chunks plus what growable arrays
 * (array.h) hold on the same budget; `used <= limit` when `limit` is not 0.
 */
#ifndef CCS_BASE_ARENA_H
#define CCS_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct ccs_arena_chunk;

struct ccs_arena {
    struct ccs_arena_chunk *chunks; /* the first one is the one being filled */
    size_t used;                    /* bytes held, arrays included */
    size_t limit;                   /* bytes; 0 = no limit */
    bool was_full;                  /* something was refused because of the limit */
};

/* Starts empty; `limit` in bytes, 0 for none. Cannot fail. */
void ccs_arena_init(struct ccs_arena *arena, size_t limit);

/* Gives everything back. Safe on a zeroed or already finished arena. Arrays charged to it must
 * have been finished before. */
void ccs_arena_fini(struct ccs_arena *arena);

/* Zeroed memory aligned for any type, from 64 bytes on to a cache line (64), owned by the arena;
 * NULL when memory or the limit is exhausted. `size` 0 gives a valid pointer. */
void *ccs_arena_alloc(struct ccs_arena *arena, size_t size);

/* n * size with overflow check; otherwise as ccs_arena_alloc. */
void *ccs_arena_calloc(struct ccs_arena *arena, size_t n, size_t size);

/* Copies of a string (or of its first n bytes), terminated; NULL when exhausted. */
char *ccs_arena_strdup(struct ccs_arena *arena, const char *s);
char *ccs_arena_strndup(struct ccs_arena *arena, const char *s, size_t n);

/* printf into the arena; NULL when exhausted. */
char *ccs_arena_printf(struct ccs_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *ccs_arena_vprintf(struct ccs_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#endif
