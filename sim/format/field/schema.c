/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON Schema from field rows: see schema.h. */
#include "format/field/schema.h"

#include "format/field/duration.h"
#include "format/field/kinds.h"
#include "format/field/schema_writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Fields ---- */

static void write_field(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    char description[512];
    ccs_json_out_key(&w->out, field->key);
    ccs_schema_open(w);
    snprintf(description, sizeof description, "%s%s%s%s", field->help,
             field->unit != NULL ? " Unit: " : "", field->unit != NULL ? field->unit : "",
             field->unit != NULL ? "." : "");
    ccs_schema_member(w, "description", description);
    if (ccs_field_default(field) == CCS_DEFAULT_VALUE) {
        ccs_json_out_key(&w->out, "default");
        ccs_json_out_raw(&w->out, field->def);
    }
    ccs_kind_of(field)->schema(w, field);
    ccs_schema_close(w);
}

/* ---- Sections ---- */

static void fields(struct ccs_schema_writer *w, const struct ccs_section *section)
{
    for (size_t i = 0; i < section->field_n; i++) {
        write_field(w, &section->field[i]);
    }
}

static void required_keys(struct ccs_schema_writer *w, const struct ccs_section *section)
{
    for (size_t i = 0; i < section->field_n; i++) {
        if (ccs_field_default(&section->field[i]) == CCS_DEFAULT_NONE) {
            ccs_json_out_string(&w->out, section->field[i].key);
        }
    }
}

/* A closed object with the rows of one or two sections (a variant: what all kinds have, and what
 * this kind has). */
static void object(struct ccs_schema_writer *w, const struct ccs_section *section, const char *kind,
                   const struct ccs_section *chosen, bool is_policy)
{
    ccs_schema_member(w, "type", "object");
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    if (kind != NULL) {
        ccs_json_out_key(&w->out, "kind");
        ccs_schema_open(w);
        ccs_schema_member(w, "const", kind);
        ccs_schema_close(w);
    }
    if (is_policy) {
        ccs_schema_property_ref(w, "with", "with");
    }
    fields(w, section);
    if (chosen != NULL) {
        fields(w, chosen);
    }
    ccs_json_out_end_object(&w->out);
    if (!w->is_patch) {
        ccs_json_out_key(&w->out, "required");
        ccs_json_out_begin_array(&w->out);
        if (kind != NULL) {
            ccs_json_out_string(&w->out, "kind");
        }
        required_keys(w, section);
        if (chosen != NULL) {
            required_keys(w, chosen);
        }
        ccs_json_out_end_array(&w->out);
    }
    ccs_schema_closed(w);
}

void ccs_schema_section_members(struct ccs_schema_writer *w, const struct ccs_section *section,
                                bool is_policy)
{
    if (section->variant == NULL) {
        object(w, section, NULL, NULL, is_policy);
        return;
    }
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    for (size_t i = 0; i < section->variant_n; i++) {
        ccs_json_out_begin_object(&w->out);
        object(w, section, section->variant[i].kind, section->variant[i].section, is_policy);
        ccs_json_out_end_object(&w->out);
    }
    ccs_json_out_end_array(&w->out);
}

void ccs_schema_section(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_section_members(w, field->section, false);
}

void ccs_schema_map(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_member(w, "type", "object");
    ccs_schema_comments_allowed(w);
    ccs_json_out_key(&w->out, "additionalProperties");
    ccs_schema_open(w);
    ccs_schema_section_members(w, field->section, strcmp(field->key, "policies") == 0);
    ccs_schema_close(w);
}

/* ---- The document ---- */

static void definition_pattern(struct ccs_schema_writer *w, const char *name, const char *pattern)
{
    ccs_json_out_key(&w->out, name);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "type", "string");
    ccs_schema_member(w, "pattern", pattern);
    ccs_json_out_end_object(&w->out);
}

/* The definitions whose form depends on whether they stand in a patch. */
static void shared_definitions(struct ccs_schema_writer *w)
{
    ccs_json_out_key(&w->out, w->is_patch ? "dist_patch" : "dist");
    ccs_schema_dist_definition(w, true, false);
    ccs_json_out_key(&w->out, w->is_patch ? "dist_number_patch" : "dist_number");
    ccs_schema_dist_definition(w, false, false);
    ccs_json_out_key(&w->out, w->is_patch ? "hours_patch" : "hours");
    ccs_schema_hours_definition(w);
}

/* A file that extends another: a patch with the key "extends". */
static void patch_definition(struct ccs_schema_writer *w, const struct ccs_section *root)
{
    ccs_json_out_key(&w->out, "patch");
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "type", "object");
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "extends");
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "type", "string");
    ccs_json_out_end_object(&w->out);
    fields(w, root);
    ccs_json_out_end_object(&w->out);
    ccs_schema_closed(w);
    ccs_json_out_end_object(&w->out);
}

static void with_definition(struct ccs_schema_writer *w, const struct ccs_section *root,
                            const char *const *patchable, size_t patchable_n)
{
    ccs_json_out_key(&w->out, "with");
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "type", "object");
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    for (size_t i = 0; i < root->field_n; i++) {
        for (size_t j = 0; j < patchable_n; j++) {
            if (strcmp(root->field[i].key, patchable[j]) == 0) {
                write_field(w, &root->field[i]);
            }
        }
    }
    ccs_json_out_end_object(&w->out);
    ccs_schema_closed(w);
    ccs_json_out_end_object(&w->out);
}

char *ccs_schema_text(const struct ccs_section *root, const char *title,
                      const char *const *patchable, size_t patchable_n)
{
    struct ccs_schema_writer w;
    memset(&w, 0, sizeof w);
    ccs_json_out_init(&w.out);
    ccs_json_out_begin_object(&w.out);
    ccs_schema_member(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
    ccs_schema_member(&w, "title", title);
    ccs_json_out_key(&w.out, "if");
    ccs_json_out_raw(&w.out, "{\"type\": \"object\", \"required\": [\"extends\"]}");
    ccs_json_out_key(&w.out, "then");
    ccs_json_out_raw(&w.out, "{\"$ref\": \"#/$defs/patch\"}");
    ccs_json_out_key(&w.out, "else");
    ccs_json_out_raw(&w.out, "{\"$ref\": \"#/$defs/scenario\"}");
    ccs_json_out_key(&w.out, "$defs");
    ccs_json_out_begin_object(&w.out);
    definition_pattern(&w, "duration", CCS_DURATION_PATTERN);
    definition_pattern(&w, "date", "^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");
    ccs_json_out_key(&w.out, "dist_part");
    ccs_schema_dist_definition(&w, true, true);
    ccs_json_out_key(&w.out, "dist_number_part");
    ccs_schema_dist_definition(&w, false, true);
    shared_definitions(&w);
    ccs_json_out_key(&w.out, "scenario");
    ccs_json_out_begin_object(&w.out);
    ccs_schema_section_members(&w, root, false);
    ccs_json_out_end_object(&w.out);
    w.is_patch = true;
    shared_definitions(&w);
    with_definition(&w, root, patchable, patchable_n);
    patch_definition(&w, root);
    ccs_json_out_end_object(&w.out);
    ccs_json_out_end_object(&w.out);
    char *text = ccs_json_out_finish(&w.out) == CCS_OK ? strdup(w.out.text) : NULL;
    ccs_json_out_fini(&w.out);
    return text;
}
