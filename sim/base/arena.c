/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arena (arena.h): a list of chunks, the newest one filled from the front. Chunks come from
 * calloc, so that the pages of a large one cost nothing until they are touched.
 */
#include "base/arena.h"

#include "base/assert.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE = 64, /* bytes of a cache line: alignment of large requests */
    WORD = 16, /* alignment of small ones: max_align_t */
    CHUNK_MIN = 4096,
    CHUNK_MAX = 1 << 20
};

_Static_assert(_Alignof(max_align_t) <= WORD, "small requests must fit any type");

struct ccs_arena_chunk {
    struct ccs_arena_chunk *next;
    size_t size; /* of the whole chunk, header included, bytes */
    size_t fill; /* offset of the first free byte from the chunk's start */
};

void ccs_arena_init(struct ccs_arena *arena, size_t limit)
{
    *arena = (struct ccs_arena){.limit = limit};
}

void ccs_arena_fini(struct ccs_arena *arena)
{
    struct ccs_arena_chunk *chunk = arena->chunks;
    while (chunk != NULL) {
        struct ccs_arena_chunk *next = chunk->next;
        CCS_ASSERT(arena->used >= chunk->size);
        arena->used -= chunk->size;
        free(chunk);
        chunk = next;
    }
    arena->chunks = NULL;
}

/* Takes `size` bytes from the chunk; NULL if they do not fit. */
static void *take(struct ccs_arena_chunk *chunk, size_t size)
{
    uintptr_t start = (uintptr_t)chunk;
    uintptr_t align = size >= LINE ? LINE : WORD;
    uintptr_t from = (start + chunk->fill + align - 1) & ~(align - 1);
    size_t offset = from - start;
    if (offset > chunk->size || size > chunk->size - offset) {
        return NULL;
    }
    chunk->fill = offset + size;
    return (char *)chunk + offset;
}

static size_t room(const struct ccs_arena *arena)
{
    return arena->limit == 0 ? SIZE_MAX : arena->limit - arena->used;
}

void *ccs_arena_alloc(struct ccs_arena *arena, size_t size)
{
    struct ccs_arena_chunk *head = arena->chunks;
    if (size == 0) {
        size = 1; /* distinct pointers, as from malloc */
    }
    if (head != NULL) {
        void *p = take(head, size);
        if (p != NULL) {
            return p;
        }
    }
    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    size_t need = sizeof(struct ccs_arena_chunk) + size + LINE;
    if (need > room(arena)) {
        arena->was_full = true;
        return NULL;
    }
    size_t usual = head == NULL                 ? CHUNK_MIN
                   : head->size < CHUNK_MAX / 2 ? 2 * head->size
                                                : CHUNK_MAX;
    size_t bytes = need > usual / 2 ? need : usual; /* a large request gets a chunk of its own */
    if (bytes > room(arena)) {
        bytes = need;
    }
    struct ccs_arena_chunk *chunk = calloc(1, bytes);
    if (chunk == NULL) {
        return NULL;
    }
    chunk->size = bytes;
    chunk->fill = sizeof *chunk;
    arena->used += bytes;
    if (head != NULL && bytes == need) { /* full at once: the head stays the one being filled */
        chunk->next = head->next;
        head->next = chunk;
    } else {
        chunk->next = head;
        arena->chunks = chunk;
    }
    return take(chunk, size);
}

void *ccs_arena_calloc(struct ccs_arena *arena, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size) {
        return NULL;
    }
    return ccs_arena_alloc(arena, n * size);
}

static char *copy_string(struct ccs_arena *arena, const char *s, size_t length)
{
    char *copy = ccs_arena_alloc(arena, length + 1);
    if (copy != NULL) {
        memcpy(copy, s, length);
    }
    return copy;
}

char *ccs_arena_strdup(struct ccs_arena *arena, const char *s)
{
    return copy_string(arena, s, strlen(s));
}

char *ccs_arena_strndup(struct ccs_arena *arena, const char *s, size_t n)
{
    return copy_string(arena, s, strnlen(s, n));
}

char *ccs_arena_vprintf(struct ccs_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    CCS_REQUIRE(length >= 0);
    char *text = ccs_arena_alloc(arena, (size_t)length + 1);
    if (text != NULL) {
        vsnprintf(text, (size_t)length + 1, format, args);
    }
    return text;
}

char *ccs_arena_printf(struct ccs_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = ccs_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
