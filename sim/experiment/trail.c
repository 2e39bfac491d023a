/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of a trail: see trail.h. */
#include "experiment/trail.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static const char magic[8] = {'C', 'C', 'S', 'T', 'R', 'A', 'I', 'L'};

enum {
    HEADER = 8 + 4 + 4 + 3 * 8,
    STRETCH = 3 * 8,
    EVENT = 13
};

static void put(unsigned char *at, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        at[i] = (unsigned char)(value >> (8 * i));
    }
}

static uint64_t get(const unsigned char *at, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++) {
        value |= (uint64_t)at[i] << (8 * i);
    }
    return value;
}

/* Room for n more bytes at the end; NULL when memory is exhausted. */
static unsigned char *extend(struct ccs_trail_writer *w, size_t n)
{
    if (w->has_failed) {
        return NULL;
    }
    if (w->size + n > w->cap) {
        size_t cap = w->cap ? 2 * w->cap : 1 << 16;
        unsigned char *bytes = realloc(w->bytes, cap);
        if (!bytes) {
            w->has_failed = true;
            return NULL;
        }
        w->bytes = bytes;
        w->cap = cap;
    }
    unsigned char *at = w->bytes + w->size;
    w->size += n;
    return at;
}

/* Hash by which a stretch names its policy; NULL: the past. */
static uint64_t hash_of(const char *name)
{
    return name ? ccs_hash64(name, strlen(name)) : 0;
}

void ccs_trail_begin(struct ccs_trail_writer *w, const char *policy)
{
    if (w->size == 0) {
        extend(w, HEADER);
    }
    unsigned char *at = extend(w, STRETCH);
    if (at) {
        w->stretch_at = w->size - STRETCH;
        w->stretch_n++;
        put(at, hash_of(policy), 8);
        put(at + 8, 0, 8);
        put(at + 16, 0, 8);
    }
}

static void count_up(struct ccs_trail_writer *w, size_t at)
{
    put(w->bytes + w->stretch_at + at, get(w->bytes + w->stretch_at + at, 8) + 1, 8);
}

void ccs_trail_add(struct ccs_trail_writer *w, const struct ccs_event *ev)
{
    if (w->has_failed) {
        return;
    }
    count_up(w, 8);
    unsigned char *at = w->recorded < CCS_TRAIL_EVENTS ? extend(w, EVENT) : NULL;
    if (at) {
        put(at, (uint64_t)ev->time, 8);
        put(at + 8, ev->kind, 1);
        put(at + 9, ev->entity, 4);
        count_up(w, 16);
        w->recorded++;
    }
}

ccs_status ccs_trail_finish(struct ccs_trail_writer *w, const struct ccs_trail_owner *owner)
{
    if (w->size == 0) {
        extend(w, HEADER);
    }
    unsigned char *end = extend(w, 8);
    if (!end) {
        return CCS_ENOMEM;
    }
    memcpy(w->bytes, magic, sizeof magic);
    put(w->bytes + 8, CCS_TRAIL_FORMAT, 4);
    put(w->bytes + 12, w->stretch_n, 4);
    put(w->bytes + 16, owner->hash, 8);
    put(w->bytes + 24, owner->signature, 8);
    put(w->bytes + 32, owner->seed, 8);
    put(end, ccs_hash64(w->bytes, w->size - 8), 8);
    return CCS_OK;
}

void ccs_trail_writer_fini(struct ccs_trail_writer *w)
{
    free(w->bytes);
    *w = (struct ccs_trail_writer){0};
}

static bool read_stretches(struct ccs_trail *trail, const unsigned char *bytes, size_t size)
{
    size_t at = HEADER;
    for (uint32_t i = 0; i < trail->stretch_n; i++) {
        if (size - at < STRETCH) {
            return false;
        }
        struct ccs_trail_stretch *s = &trail->stretch[i];
        s->policy = get(bytes + at, 8);
        s->event_n = get(bytes + at + 8, 8);
        s->recorded = get(bytes + at + 16, 8);
        at += STRETCH;
        s->events = bytes + at;
        if (s->recorded > s->event_n || s->recorded > (size - at) / EVENT) {
            return false;
        }
        at += (size_t)s->recorded * EVENT;
    }
    return at == size;
}

ccs_status ccs_trail_read(struct ccs_trail *trail, const void *data, size_t size,
                          const char **fault)
{
    const unsigned char *bytes = data;
    *trail = (struct ccs_trail){0};
    *fault = "is no trail of events (ccsim baseline --trail writes one)";
    if (size < HEADER + 8 || memcmp(bytes, magic, sizeof magic) != 0) {
        return CCS_EDATA;
    }
    *fault = "is a trail in another format version";
    if (get(bytes + 8, 4) != CCS_TRAIL_FORMAT) {
        return CCS_EDATA;
    }
    *fault = "is damaged: its checksum does not agree with its content";
    trail->stretch_n = (uint32_t)get(bytes + 12, 4);
    size -= 8;
    if (get(bytes + size, 8) != ccs_hash64(bytes, size) ||
        trail->stretch_n > (size - HEADER) / STRETCH) {
        return CCS_EDATA;
    }
    trail->owner =
        (struct ccs_trail_owner){get(bytes + 16, 8), get(bytes + 24, 8), get(bytes + 32, 8)};
    trail->stretch = calloc(trail->stretch_n + 1, sizeof *trail->stretch);
    if (!trail->stretch) {
        return CCS_ENOMEM;
    }
    if (!read_stretches(trail, bytes, size)) {
        ccs_trail_fini(trail);
        return CCS_EDATA;
    }
    return CCS_OK;
}

void ccs_trail_fini(struct ccs_trail *trail)
{
    free(trail->stretch);
    *trail = (struct ccs_trail){0};
}

const struct ccs_trail_stretch *ccs_trail_find(const struct ccs_trail *trail, const char *policy)
{
    uint64_t hash = hash_of(policy);
    for (uint32_t i = 0; i < trail->stretch_n; i++) {
        if (trail->stretch[i].policy == hash) {
            return &trail->stretch[i];
        }
    }
    return NULL;
}

struct ccs_event ccs_trail_event(const struct ccs_trail_stretch *stretch, uint64_t i)
{
    const unsigned char *at = stretch->events + i * EVENT;
    return (struct ccs_event){.time = (ccs_time)get(at, 8),
                              .kind = (uint32_t)get(at + 8, 1),
                              .entity = (uint32_t)get(at + 9, 4)};
}
