/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small pieces that schemas are made of: see schema_writer.h. */
#include "format/field/schema_writer.h"

#include <math.h>
#include <stdio.h>

void ccs_schema_member(struct ccs_schema_writer *w, const char *key, const char *value)
{
    ccs_json_out_key(&w->out, key);
    ccs_json_out_string(&w->out, value);
}

void ccs_schema_reference(struct ccs_schema_writer *w, const char *name)
{
    char target[64];
    snprintf(target, sizeof target, "#/$defs/%s%s", name, w->is_patch ? "_patch" : "");
    ccs_schema_member(w, "$ref", target);
}

void ccs_schema_open(struct ccs_schema_writer *w)
{
    ccs_json_out_begin_object(&w->out);
    if (w->is_patch) {
        ccs_json_out_key(&w->out, "anyOf");
        ccs_json_out_begin_array(&w->out);
        ccs_json_out_begin_object(&w->out);
        ccs_schema_member(w, "type", "null");
        ccs_json_out_end_object(&w->out);
        ccs_json_out_begin_object(&w->out);
    }
}

void ccs_schema_close(struct ccs_schema_writer *w)
{
    if (w->is_patch) {
        ccs_json_out_end_object(&w->out);
        ccs_json_out_end_array(&w->out);
    }
    ccs_json_out_end_object(&w->out);
}

void ccs_schema_comments_allowed(struct ccs_schema_writer *w)
{
    ccs_json_out_key(&w->out, "patternProperties");
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "^(\\$|//)");
    ccs_json_out_bool(&w->out, true);
    ccs_json_out_end_object(&w->out);
}

void ccs_schema_closed(struct ccs_schema_writer *w)
{
    ccs_schema_comments_allowed(w);
    ccs_json_out_key(&w->out, "additionalProperties");
    ccs_json_out_bool(&w->out, false);
}

void ccs_schema_range(struct ccs_schema_writer *w, double min, double max)
{
    if (!isinf(min)) {
        ccs_json_out_key(&w->out, "minimum");
        ccs_json_out_double(&w->out, min);
    }
    if (!isinf(max)) {
        ccs_json_out_key(&w->out, "maximum");
        ccs_json_out_double(&w->out, max);
    }
}

void ccs_schema_number(struct ccs_schema_writer *w, double min, double max)
{
    ccs_schema_member(w, "type", "number");
    ccs_schema_range(w, min, max);
}

void ccs_schema_property_number(struct ccs_schema_writer *w, const char *key)
{
    ccs_json_out_key(&w->out, key);
    ccs_schema_open(w);
    ccs_schema_member(w, "type", "number");
    ccs_schema_close(w);
}

void ccs_schema_property_type(struct ccs_schema_writer *w, const char *key, const char *type)
{
    ccs_json_out_key(&w->out, key);
    ccs_schema_open(w);
    ccs_schema_member(w, "type", type);
    ccs_schema_close(w);
}

void ccs_schema_property_ref(struct ccs_schema_writer *w, const char *key, const char *definition)
{
    char target[64];
    snprintf(target, sizeof target, "#/$defs/%s", definition);
    ccs_json_out_key(&w->out, key);
    ccs_schema_open(w);
    ccs_schema_member(w, "$ref", target);
    ccs_schema_close(w);
}

void ccs_schema_choices(struct ccs_schema_writer *w, const char *const *choices)
{
    ccs_json_out_key(&w->out, "enum");
    ccs_json_out_begin_array(&w->out);
    for (; *choices != NULL; choices++) {
        ccs_json_out_string(&w->out, *choices);
    }
    ccs_json_out_end_array(&w->out);
}

void ccs_schema_property_choices(struct ccs_schema_writer *w, const char *key,
                                 const char *const *choices)
{
    ccs_json_out_key(&w->out, key);
    ccs_schema_open(w);
    ccs_schema_choices(w, choices);
    ccs_schema_close(w);
}

void ccs_schema_property_column(struct ccs_schema_writer *w)
{
    ccs_json_out_key(&w->out, "column");
    ccs_schema_open(w);
    ccs_json_out_key(&w->out, "type");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_string(&w->out, "string");
    ccs_json_out_string(&w->out, "integer");
    ccs_json_out_end_array(&w->out);
    ccs_schema_close(w);
}

void ccs_schema_required(struct ccs_schema_writer *w, const char *const *keys)
{
    if (w->is_patch || keys[0] == NULL) {
        return;
    }
    ccs_json_out_key(&w->out, "required");
    ccs_json_out_begin_array(&w->out);
    for (; *keys != NULL; keys++) {
        ccs_json_out_string(&w->out, *keys);
    }
    ccs_json_out_end_array(&w->out);
}

void ccs_schema_list(struct ccs_schema_writer *w, const char *key, const char *item, double min,
                     double max)
{
    ccs_schema_member(w, "type", "array");
    ccs_json_out_key(&w->out, "items");
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, key, item);
    ccs_schema_range(w, min, max);
    ccs_json_out_end_object(&w->out);
}

void ccs_schema_open_items(struct ccs_schema_writer *w, const char *key)
{
    ccs_json_out_key(&w->out, key);
    ccs_schema_open(w);
    ccs_schema_member(w, "type", "array");
    ccs_json_out_key(&w->out, "minItems");
    ccs_json_out_int(&w->out, 1);
    ccs_json_out_key(&w->out, "items");
    ccs_json_out_begin_object(&w->out);
}

void ccs_schema_close_items(struct ccs_schema_writer *w)
{
    ccs_json_out_end_object(&w->out);
    ccs_schema_close(w);
}
