/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Binding: a section of a document becomes a C struct, by its field rows. Everything wrong with it
 * is reported in one go; a struct is fit for use only when CCS_OK came back.
 *
 * What each field type accepts is written at its row type (field.h) and, per type, in duration.c,
 * date.c, hours.c, series.c and dist_field.c. A default (`def`) is JSON text that takes the same
 * way as a value in a file, so it is checked like one.
 */
#ifndef CCS_FORMAT_FIELD_BIND_H
#define CCS_FORMAT_FIELD_BIND_H

#include "base/arena.h"
#include "format/document/document.h"
#include "format/field/field.h"

#include <ccsim/status.h>
#include <stddef.h>

/* Names that fields may refer to (`ref`). When the document has a top-level object called like
 * the group, a name must also be in it: `name` may be the union over all policies. */
struct ccs_name_group {
    const char *group;       /* "teams" */
    const char *const *name; /* sorted by strcmp */
    size_t n;
};

/* Binds the object at `pointer` ("" for the root; an absent one counts as {}) to `*out`, a struct
 * of section->size bytes. Everything it points to lives in `arena`; nothing borrows from the
 * document or the groups. Every group a row refers to must be given. CCS_OK, CCS_EDATA (see
 * `diags`), CCS_ENOMEM, or CCS_EINTERRUPTED while reading a table. */
ccs_status ccs_bind(const struct ccs_document *doc, const char *pointer,
                    const struct ccs_section *section, const struct ccs_name_group *group,
                    size_t group_n, struct ccs_arena *arena, struct ccs_diagnostics *diags,
                    void *out);

/* Record i of a map, NULL when it is not present. */
static inline void *ccs_map_at(const struct ccs_map *map, size_t i)
{
    return map->present[i] ? (char *)map->data + i * map->record_size : NULL;
}

#endif
