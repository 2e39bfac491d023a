/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of the event list that is not on every event's path: see event_list.h. */
#include "engine/event_list.h"

#include "base/arena.h"

void ccs_event_list_init(struct ccs_event_list *list)
{
    *list = (struct ccs_event_list){.free_slot = CCS_EVENT_NONE};
    ccs_array_init(&list->heap.entries, sizeof(struct ccs_event_entry));
    ccs_array_init(&list->sources.entries, sizeof(struct ccs_event_entry));
    ccs_array_init(&list->slots, sizeof(struct ccs_event_slot));
}

void ccs_event_list_fini(struct ccs_event_list *list, struct ccs_arena *budget)
{
    ccs_array_fini(&list->heap.entries, budget);
    ccs_array_fini(&list->sources.entries, budget);
    ccs_array_fini(&list->slots, budget);
}

ccs_status ccs_event_list_reserve(struct ccs_event_list *list, struct ccs_arena *budget, uint32_t n)
{
    uint64_t want = (uint64_t)list->heap.entries.len + n;
    if (want > CCS_EVENT_SLOT_MAX) {
        return CCS_ENOMEM;
    }
    /* Every slot in use has an entry in the heap, so slots never need more room than entries. They
     * get as much as the heap has, not as was wanted: callers look at the heap's room only. */
    ccs_status status = ccs_array_reserve(&list->heap.entries, budget, want);
    return status ? status : ccs_array_reserve(&list->slots, budget, list->heap.entries.cap);
}

ccs_status ccs_event_list_reserve_sources(struct ccs_event_list *list, struct ccs_arena *budget,
                                          uint32_t n)
{
    return ccs_array_reserve(&list->sources.entries, budget, n);
}

static ccs_status copy_heap(struct ccs_event_heap *dst, const struct ccs_event_heap *src,
                            struct ccs_arena *budget)
{
    dst->vacant = src->vacant;
    return ccs_array_copy(&dst->entries, &src->entries, budget);
}

ccs_status ccs_event_list_copy(struct ccs_event_list *dst, const struct ccs_event_list *src,
                               struct ccs_arena *budget)
{
    ccs_status status = copy_heap(&dst->heap, &src->heap, budget);
    if (!status) {
        status = ccs_array_reserve(&dst->sources.entries, budget, src->sources.entries.cap);
    }
    if (!status) {
        status = copy_heap(&dst->sources, &src->sources, budget);
    }
    if (!status) {
        status = ccs_array_copy(&dst->slots, &src->slots, budget);
    }
    if (!status) {
        dst->scheduled = src->scheduled;
        dst->free_slot = src->free_slot;
        dst->dead = src->dead;
    }
    return status;
}

static void free_slot(struct ccs_event_list *list, uint32_t slot)
{
    struct ccs_event_slot *slots = list->slots.data;
    slots[slot].entity = list->free_slot;
    list->free_slot = slot;
}

/* Rebuilds the heap from its living entries. The order is total, so the result of popping does
 * not depend on when this happens. */
static void sweep(struct ccs_event_list *list)
{
    struct ccs_event_entry *heap = list->heap.entries.data;
    uint32_t kept = 0;
    for (uint32_t i = list->heap.vacant ? 1 : 0; i < list->heap.entries.len; i++) {
        if (ccs_event_is_dead(list, &heap[i])) {
            free_slot(list, (uint32_t)(heap[i].order & CCS_EVENT_SLOT_MAX));
        } else {
            heap[kept++] = heap[i];
        }
    }
    list->heap.entries.len = kept;
    list->heap.vacant = false;
    list->dead = 0;
    for (uint32_t i = kept / 4 + 1; i-- > 0;) {
        if (i < kept) {
            ccs_event_sift_down(heap, kept, i, heap[i]);
        }
    }
}

void ccs_event_list_cancel(struct ccs_event_list *list, uint32_t handle)
{
    struct ccs_event_slot *slots = list->slots.data;
    CCS_ASSERT(handle < list->slots.len && slots[handle].kind != CCS_EVENT_DEAD);
    slots[handle].kind = CCS_EVENT_DEAD;
    list->dead++;
    if (list->dead > 64 && list->dead > list->heap.entries.len / 2) {
        sweep(list);
    }
}

/* Removes the top entry. */
static void drop_top(struct ccs_event_heap *heap)
{
    struct ccs_event_entry *entries = heap->entries.data;
    uint32_t len = --heap->entries.len;
    heap->vacant = false;
    if (len > 0) {
        ccs_event_sift_down(entries, len, 0, entries[len]);
    }
}

void ccs_event_list_clear_tops(struct ccs_event_list *list)
{
    if (list->sources.vacant) {
        drop_top(&list->sources);
    }
    if (list->heap.vacant) {
        drop_top(&list->heap);
    }
    const struct ccs_event_entry *top = list->heap.entries.data;
    while (list->heap.entries.len > 0 && ccs_event_is_dead(list, top)) {
        free_slot(list, (uint32_t)(top->order & CCS_EVENT_SLOT_MAX));
        list->dead--;
        drop_top(&list->heap);
    }
}
