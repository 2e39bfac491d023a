/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files that write the JSON Schema share: the state of the writing, and its small pieces.
 * Not for others. In a patch (a `with`, a file that extends another) nothing is required and null
 * deletes, so that each value may be null there.
 */
#ifndef CCS_FORMAT_FIELD_SCHEMA_WRITER_H
#define CCS_FORMAT_FIELD_SCHEMA_WRITER_H

#include "base/json_out.h"
#include "format/field/field.h"

struct ccs_schema_writer {
    struct ccs_json_out out;
    bool is_patch;
};

/* "key": "value" */
void ccs_schema_member(struct ccs_schema_writer *w, const char *key, const char *value);

/* "$ref" to a shared definition, or to its form in a patch. */
void ccs_schema_reference(struct ccs_schema_writer *w, const char *name);

/* An object around what describes one value; in a patch {"anyOf": [{"type": "null"}, { ... }]}. */
void ccs_schema_open(struct ccs_schema_writer *w);
void ccs_schema_close(struct ccs_schema_writer *w);

void ccs_schema_comments_allowed(struct ccs_schema_writer *w);

/* Closes an object's keys, comments excepted. */
void ccs_schema_closed(struct ccs_schema_writer *w);

/* "minimum" and "maximum", where they are finite; with "type": "number". */
void ccs_schema_range(struct ccs_schema_writer *w, double min, double max);
void ccs_schema_number(struct ccs_schema_writer *w, double min, double max);

/* "enum": [...] */
void ccs_schema_choices(struct ccs_schema_writer *w, const char *const *choices);

/* A key and what its value is; `column` is the one of a CSV file. */
void ccs_schema_property_number(struct ccs_schema_writer *w, const char *key);
void ccs_schema_property_type(struct ccs_schema_writer *w, const char *key, const char *type);
void ccs_schema_property_ref(struct ccs_schema_writer *w, const char *key, const char *definition);
void ccs_schema_property_choices(struct ccs_schema_writer *w, const char *key,
                                 const char *const *choices);
void ccs_schema_property_column(struct ccs_schema_writer *w);

/* "required": the keys, a list that ends with NULL; nothing in a patch. */
void ccs_schema_required(struct ccs_schema_writer *w, const char *const *keys);

/* A list of items {key: item, range}. */
void ccs_schema_list(struct ccs_schema_writer *w, const char *key, const char *item, double min,
                     double max);

/* "key": a list of at least one item, from here to its end: what each item is comes between. */
void ccs_schema_open_items(struct ccs_schema_writer *w, const char *key);
void ccs_schema_close_items(struct ccs_schema_writer *w);

/* Definitions that kinds share: distributions and opening hours. */
void ccs_schema_dist_definition(struct ccs_schema_writer *w, bool is_duration, bool is_part);
void ccs_schema_hours_definition(struct ccs_schema_writer *w);

/* The members of a section; `with` among them for a policy's. */
void ccs_schema_section_members(struct ccs_schema_writer *w, const struct ccs_section *section,
                                bool is_policy);

#endif
