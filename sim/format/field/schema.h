/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON Schema (draft 2020-12) of a scenario file, made from the field rows.
 *
 * What it can say it says: keys, types, ranges, choices, units, defaults. Objects are closed,
 * comment keys excepted. It cannot say that a name exists or that two keys fit together: `ccsim
 * validate` can. A file with `extends` and the inside of `with` are patches: nothing is required
 * there and null is allowed.
 */
#ifndef CCS_FORMAT_FIELD_SCHEMA_H
#define CCS_FORMAT_FIELD_SCHEMA_H

#include "format/field/field.h"

#include <stddef.h>

/* The schema as JSON text, to be freed by the caller; NULL when memory is exhausted. `patchable`
 * lists the top-level keys a policy's `with` may have. */
char *ccs_schema_text(const struct ccs_section *root, const char *title,
                      const char *const *patchable, size_t patchable_n);

#endif
