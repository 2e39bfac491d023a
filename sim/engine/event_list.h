/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The future event list: a 4-ary heap of 16-byte entries ordered by (time, schedule order), so
 * that equal times fire in the order in which they were scheduled.
 *
 * What an event means stands in its slot (8 bytes: kind and entity); entries point to slots, and
 * the slot number is the handle by which an event is cancelled. Cancelling marks the slot and is
 * O(1); dead entries are dropped when they reach the top, unseen by the clock, and swept out
 * together once they outnumber the living.
 *
 * Sources (arrival streams) are few, and each has at most one pending event, which is never
 * cancelled: these stand in a heap of their own, without slots. So the next arrival, which mostly
 * comes soon, does not wander through the many events that come late, nor they around it.
 *
 * Invariants: an entry's slot is never reused while the entry is in the heap; a cancelled event is
 * never returned and never decides what `ccs_event_list_peek` says; handles are valid until their
 * event fires or is cancelled; the owner forgets the handle then.
 * Limits: 2^24 - 1 pending events, as many sources, 2^40 scheduled events per run.
 */
#ifndef CCS_ENGINE_EVENT_LIST_H
#define CCS_ENGINE_EVENT_LIST_H

#include "base/array.h"
#include "base/assert.h"

#include <ccsim/status.h>
#include <ccsim/types.h>
#include <stdbool.h>
#include <stdint.h>

#define CCS_EVENT_NONE UINT32_MAX
#define CCS_EVENT_SLOT_BITS 24
#define CCS_EVENT_SLOT_MAX ((UINT32_C(1) << CCS_EVENT_SLOT_BITS) - 1)

struct ccs_event_entry {
    ccs_time time;
    uint64_t order; /* schedule number << 24 | slot or source */
};

struct ccs_event_slot {
    uint32_t entity; /* for a free slot: the next free one */
    uint32_t kind;   /* CCS_EVENT_DEAD when cancelled */
};

#define CCS_EVENT_DEAD UINT32_MAX
#define CCS_EVENT_SOURCE 0 /* the kind of a source's event; the entity is the source */

struct ccs_event {
    ccs_time time;
    uint32_t kind;
    uint32_t entity;
};

struct ccs_event_heap {
    struct ccs_array entries; /* struct ccs_event_entry; the first may be vacant */
    bool vacant;              /* the top was popped and not yet replaced */
};

struct ccs_event_list {
    struct ccs_event_heap heap;
    struct ccs_event_heap sources; /* what sources schedule */
    struct ccs_array slots;        /* struct ccs_event_slot, of what is in `heap` */
    uint64_t scheduled;            /* events ever scheduled */
    uint32_t free_slot;            /* head of the free list, CCS_EVENT_NONE when empty */
    uint32_t dead;                 /* cancelled entries still in the heap */
};

void ccs_event_list_init(struct ccs_event_list *list);
void ccs_event_list_fini(struct ccs_event_list *list, struct ccs_arena *budget);

/* Makes room for n further events, so that scheduling cannot fail. CCS_ENOMEM otherwise. */
ccs_status ccs_event_list_reserve(struct ccs_event_list *list, struct ccs_arena *budget,
                                  uint32_t n);

/* Makes room for n sources in all. CCS_ENOMEM otherwise. */
ccs_status ccs_event_list_reserve_sources(struct ccs_event_list *list, struct ccs_arena *budget,
                                          uint32_t n);

/* dst becomes an equal list: it fires the same events in the same order. */
ccs_status ccs_event_list_copy(struct ccs_event_list *dst, const struct ccs_event_list *src,
                               struct ccs_arena *budget);

/* Marks the event dead. The handle must be of a pending event. */
void ccs_event_list_cancel(struct ccs_event_list *list, uint32_t handle);

/* Is there room for n further events? */
static inline bool ccs_event_list_has_room(const struct ccs_event_list *list, uint32_t n)
{
    return list->heap.entries.len + n <= list->heap.entries.cap;
}

static inline uint32_t ccs_event_heap_count(const struct ccs_event_heap *heap)
{
    return heap->entries.len - (heap->vacant ? 1 : 0);
}

/* Number of living events. */
static inline uint32_t ccs_event_list_count(const struct ccs_event_list *list)
{
    return ccs_event_heap_count(&list->heap) - list->dead + ccs_event_heap_count(&list->sources);
}

/* (time, order) as one 128-bit number: comparing it takes no branch the processor could guess
 * wrong, and in a heap it would guess wrong half of the time. */
static inline __int128 ccs_event_key(const struct ccs_event_entry *e)
{
    return (__int128)((unsigned __int128)(uint64_t)e->time << 64 | e->order);
}

static inline bool ccs_event_before(const struct ccs_event_entry *a,
                                    const struct ccs_event_entry *b)
{
    return ccs_event_key(a) < ccs_event_key(b);
}

/* The first of up to four siblings. */
static inline __attribute__((always_inline)) uint32_t ccs_event_first_child(
    const struct ccs_event_entry *heap, uint32_t child, uint32_t len)
{
    if (child + 4 <= len) {
        uint32_t left = child + ccs_event_before(&heap[child + 1], &heap[child]);
        uint32_t right = child + 2 + ccs_event_before(&heap[child + 3], &heap[child + 2]);
        return ccs_event_before(&heap[right], &heap[left]) ? right : left;
    }
    uint32_t best = child;
    for (uint32_t k = child + 1; k < len; k++) {
        best = ccs_event_before(&heap[k], &heap[best]) ? k : best;
    }
    return best;
}

/* Puts `entry` where it belongs below `at`. */
static inline void ccs_event_sift_down(struct ccs_event_entry *heap, uint32_t len, uint32_t at,
                                       struct ccs_event_entry entry)
{
    for (uint32_t child = 4 * at + 1; child < len; child = 4 * at + 1) {
        uint32_t best = ccs_event_first_child(heap, child, len);
        if (!ccs_event_before(&heap[best], &entry)) {
            break;
        }
        heap[at] = heap[best];
        at = best;
    }
    heap[at] = entry;
}

/* Puts an entry into a heap that has room. */
static inline __attribute__((always_inline)) void ccs_event_heap_put(struct ccs_event_heap *heap,
                                                                     struct ccs_event_entry entry)
{
    struct ccs_event_entry *entries = heap->entries.data;
    if (heap->vacant) {
        heap->vacant = false;
        ccs_event_sift_down(entries, heap->entries.len, 0, entry);
        return;
    }
    CCS_ASSERT(heap->entries.len < heap->entries.cap);
    uint32_t at = heap->entries.len++;
    while (at > 0) {
        uint32_t parent = (at - 1) / 4;
        if (!ccs_event_before(&entry, &entries[parent])) {
            break;
        }
        entries[at] = entries[parent];
        at = parent;
    }
    entries[at] = entry;
}

/* Schedules an event; room must have been reserved. Returns its handle. */
static inline uint32_t ccs_event_list_schedule(struct ccs_event_list *list, ccs_time time,
                                               uint32_t kind, uint32_t entity)
{
    struct ccs_event_slot *slots = list->slots.data;
    uint32_t slot = list->free_slot;
    if (slot != CCS_EVENT_NONE) {
        list->free_slot = slots[slot].entity;
    } else {
        CCS_ASSERT(list->slots.len < list->slots.cap);
        slot = list->slots.len++;
    }
    slots[slot].entity = entity;
    slots[slot].kind = kind;
    struct ccs_event_entry entry = {time, list->scheduled++ << CCS_EVENT_SLOT_BITS | slot};
    ccs_event_heap_put(&list->heap, entry);
    return slot;
}

/* Schedules the next event of a source, which must have none pending. */
static inline void ccs_event_list_schedule_source(struct ccs_event_list *list, ccs_time time,
                                                  uint32_t source)
{
    CCS_ASSERT(source <= CCS_EVENT_SLOT_MAX);
    struct ccs_event_entry entry = {time, list->scheduled++ << CCS_EVENT_SLOT_BITS | source};
    ccs_event_heap_put(&list->sources, entry);
}

static inline bool ccs_event_is_dead(const struct ccs_event_list *list,
                                     const struct ccs_event_entry *entry)
{
    return ((const struct ccs_event_slot *)list->slots.data)[entry->order & CCS_EVENT_SLOT_MAX]
               .kind == CCS_EVENT_DEAD;
}

/* Fills vacant tops and drops dead entries from them. */
void ccs_event_list_clear_tops(struct ccs_event_list *list);

/* The first living entry, or NULL when none is left; *heap is where it stands, at the top. */
static inline const struct ccs_event_entry *ccs_event_list_settle(struct ccs_event_list *list,
                                                                  struct ccs_event_heap **heap)
{
    const struct ccs_event_entry *top = list->heap.entries.data;
    if (list->heap.vacant || list->sources.vacant ||
        (list->heap.entries.len > 0 && ccs_event_is_dead(list, top))) {
        ccs_event_list_clear_tops(list);
    }
    const struct ccs_event_entry *source = list->sources.entries.data;
    *heap = &list->heap;
    if (list->sources.entries.len > 0 &&
        (list->heap.entries.len == 0 || ccs_event_before(source, top))) {
        *heap = &list->sources;
        return source;
    }
    return list->heap.entries.len > 0 ? top : NULL;
}

/* Time of the next living event; CCS_TIME_NEVER when there is none. */
static inline ccs_time ccs_event_list_peek(struct ccs_event_list *list)
{
    struct ccs_event_heap *heap;
    const struct ccs_event_entry *top = ccs_event_list_settle(list, &heap);
    return top ? top->time : CCS_TIME_NEVER;
}

/* Takes the next living event not later than `until`. False, with no living event touched, when
 * there is none. */
static inline bool ccs_event_list_pop(struct ccs_event_list *list, ccs_time until,
                                      struct ccs_event *event)
{
    struct ccs_event_heap *heap;
    const struct ccs_event_entry *top = ccs_event_list_settle(list, &heap);
    if (!top || top->time > until) {
        return false;
    }
    uint32_t slot = (uint32_t)(top->order & CCS_EVENT_SLOT_MAX);
    event->time = top->time;
    heap->vacant = true;
    if (heap == &list->sources) {
        event->kind = CCS_EVENT_SOURCE;
        event->entity = slot;
        return true;
    }
    struct ccs_event_slot *slots = list->slots.data;
    event->kind = slots[slot].kind;
    event->entity = slots[slot].entity;
    slots[slot].entity = list->free_slot;
    list->free_slot = slot;
    return true;
}

/* An observer that sees every event before it is carried out; for finding the first event in which
 * two versions of the program differ. */
struct ccs_watch {
    void *context;
    void (*event)(void *context, const struct ccs_event *ev);
};

#endif
