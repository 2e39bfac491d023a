/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way from the root of a document to a value, as a chain on the C stack: walking down costs
 * nothing, the JSON pointer (RFC 6901) is only written when somebody asks.
 */
#ifndef CCS_FORMAT_DOCUMENT_PATH_H
#define CCS_FORMAT_DOCUMENT_PATH_H

#include "base/arena.h"

#include <stddef.h>

struct ccs_path {
    const struct ccs_path *up; /* NULL at the root */
    const char *key;           /* NULL: element `index` of a list */
    size_t index;
};

static inline struct ccs_path ccs_path_key(const struct ccs_path *up, const char *key)
{
    struct ccs_path path = {up, key, 0};
    return path;
}

static inline struct ccs_path ccs_path_index(const struct ccs_path *up, size_t index)
{
    struct ccs_path path = {up, NULL, index};
    return path;
}

/* "" for NULL (the root); in the arena, NULL when it is exhausted. */
const char *ccs_path_text(const struct ccs_path *path, struct ccs_arena *arena);

#endif
