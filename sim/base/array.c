/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Growable array (array.h). Storage comes from calloc and is aligned by hand, with the pointer to
 * give back kept in front of the first record: unlike aligned_alloc and memset, this leaves the
 * pages of room not yet used untouched, so doubling a large pool does not double resident memory.
 */
#include "base/array.h"

#include "base/arena.h"
#include "base/assert.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINE = 64,
    OVERHEAD = LINE + sizeof(void *)
};

#define CAP_MAX (UINT32_MAX - 1)

static size_t charge_of(size_t cap, size_t size)
{
    return cap == 0 ? 0 : cap * size + OVERHEAD;
}

static void *storage_new(size_t bytes)
{
    void *raw = calloc(1, bytes);
    if (raw == NULL) {
        return NULL;
    }
    uintptr_t data = ((uintptr_t)raw + sizeof raw + LINE - 1) & ~(uintptr_t)(LINE - 1);
    void **slot = (void **)data;
    slot[-1] = raw;
    return slot;
}

static void storage_free(void *data)
{
    if (data != NULL) {
        free(((void **)data)[-1]);
    }
}

void ccs_array_init(struct ccs_array *array, size_t record_size)
{
    CCS_REQUIRE(record_size > 0 && record_size <= 1 << 20);
    *array = (struct ccs_array){.size = (uint32_t)record_size};
}

void ccs_array_fini(struct ccs_array *array, struct ccs_arena *budget)
{
    if (budget != NULL) {
        size_t charged = charge_of(array->cap, array->size);
        CCS_ASSERT(budget->used >= charged);
        budget->used -= charged;
    }
    storage_free(array->data);
    array->data = NULL;
    array->len = 0;
    array->cap = 0;
}

/* Moves the records to storage for exactly `cap`. */
static ccs_status resize(struct ccs_array *array, struct ccs_arena *budget, size_t cap)
{
    size_t before = charge_of(array->cap, array->size);
    size_t after = charge_of(cap, array->size);
    /* While the records move, both storages exist: the budget must hold them together. */
    if (budget != NULL && budget->limit != 0 &&
        (budget->used > budget->limit || after > budget->limit - budget->used)) {
        budget->was_full = true;
        return CCS_ENOMEM;
    }
    void *data = storage_new(after);
    if (data == NULL) {
        return CCS_ENOMEM;
    }
    if (array->len > 0) {
        memcpy(data, array->data, (size_t)array->len * array->size);
    }
    storage_free(array->data);
    array->data = data;
    array->cap = (uint32_t)cap;
    if (budget != NULL) {
        budget->used += after - before;
    }
    return CCS_OK;
}

ccs_status ccs_array_reserve(struct ccs_array *array, struct ccs_arena *budget, size_t cap)
{
    CCS_ASSERT(array->size > 0);
    if (cap <= array->cap) {
        return CCS_OK;
    }
    if (cap > CAP_MAX) {
        return CCS_ENOMEM;
    }
    size_t twice = 2 * (size_t)array->cap;
    if (twice > CAP_MAX) {
        twice = CAP_MAX;
    }
    if (twice > cap && resize(array, budget, twice) == CCS_OK) {
        return CCS_OK;
    }
    /* No room for that: an eighth at least, or many small requests would each move everything. */
    size_t little = (size_t)array->cap + array->cap / 8;
    return resize(array, budget, little > cap && little <= CAP_MAX ? little : cap);
}

ccs_status ccs_array_copy(struct ccs_array *dst, const struct ccs_array *src,
                          struct ccs_arena *budget)
{
    CCS_REQUIRE(dst->size == src->size);
    ccs_status status = ccs_array_reserve(dst, budget, src->len);
    if (status != CCS_OK) {
        return status;
    }
    if (src->len > 0) {
        memcpy(dst->data, src->data, (size_t)src->len * src->size);
    }
    dst->len = src->len;
    return CCS_OK;
}
