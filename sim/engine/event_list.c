/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of the event list that is not on every event's path: see event_list.h. */
#include "engine/event_list.h"

#include "base/arena.h"

void ccs_event_list_init(struct ccs_event_list *list)
{
    *list = (struct ccs_event_list){.free_slot = CCS_EVENT_NONE};
    ccs_array_init(&list->heap, sizeof(struct ccs_event_entry));
    ccs_array_init(&list->slots, sizeof(struct ccs_event_slot));
}

void ccs_event_list_fini(struct ccs_event_list *list, struct ccs_arena *budget)
{
    ccs_array_fini(&list->heap, budget);
    ccs_array_fini(&list->slots, budget);
}

ccs_status ccs_event_list_reserve(struct ccs_event_list *list, struct ccs_arena *budget, uint32_t n)
{
    uint64_t want = (uint64_t)list->heap.len + n;
    if (want > CCS_EVENT_SLOT_MAX) {
        return CCS_ENOMEM;
    }
    /* Every slot in use has an entry in the heap, so slots never need more room than entries. They
     * get as much as the heap has, not as was wanted: callers look at the heap's room only. */
    ccs_status status = ccs_array_reserve(&list->heap, budget, want);
    return status ? status : ccs_array_reserve(&list->slots, budget, list->heap.cap);
}

ccs_status ccs_event_list_copy(struct ccs_event_list *dst, const struct ccs_event_list *src,
                               struct ccs_arena *budget)
{
    ccs_status status = ccs_array_copy(&dst->heap, &src->heap, budget);
    if (!status) {
        status = ccs_array_copy(&dst->slots, &src->slots, budget);
    }
    if (!status) {
        dst->scheduled = src->scheduled;
        dst->free_slot = src->free_slot;
        dst->dead = src->dead;
        dst->vacant = src->vacant;
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
    struct ccs_event_entry *heap = list->heap.data;
    const struct ccs_event_slot *slots = list->slots.data;
    uint32_t kept = 0;
    for (uint32_t i = list->vacant ? 1 : 0; i < list->heap.len; i++) {
        uint32_t slot = (uint32_t)(heap[i].order & CCS_EVENT_SLOT_MAX);
        if (slots[slot].kind == CCS_EVENT_DEAD) {
            free_slot(list, slot);
        } else {
            heap[kept++] = heap[i];
        }
    }
    list->heap.len = kept;
    list->vacant = false;
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
    if (list->dead > 64 && list->dead > list->heap.len / 2) {
        sweep(list);
    }
}

/* Removes the top entry. */
static void drop_top(struct ccs_event_list *list)
{
    struct ccs_event_entry *heap = list->heap.data;
    uint32_t len = --list->heap.len;
    if (len > 0) {
        ccs_event_sift_down(heap, len, 0, heap[len]);
    }
}

bool ccs_event_list_settle(struct ccs_event_list *list)
{
    if (list->vacant) {
        list->vacant = false;
        drop_top(list);
    }
    const struct ccs_event_slot *slots = list->slots.data;
    while (list->heap.len > 0) {
        const struct ccs_event_entry *top = list->heap.data;
        uint32_t slot = (uint32_t)(top->order & CCS_EVENT_SLOT_MAX);
        if (slots[slot].kind != CCS_EVENT_DEAD) {
            return true;
        }
        free_slot(list, slot);
        list->dead--;
        drop_top(list);
    }
    return false;
}
