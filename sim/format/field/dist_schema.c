/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a distribution may be, as JSON Schema: by the table in random/dist.h. */
#include "format/field/schema_writer.h"

/* A parameter in the unit of the quantity. */
static void property_quantity(struct ccs_schema_writer *w, const char *key, bool is_duration)
{
    if (is_duration) {
        ccs_schema_property_ref(w, key, "duration");
    } else {
        ccs_schema_property_number(w, key);
    }
}

static void dist_values(struct ccs_schema_writer *w, bool is_duration)
{
    ccs_schema_open_items(w, "values");
    ccs_json_out_key(&w->out, "type");
    if (is_duration) {
        ccs_json_out_begin_array(&w->out);
        ccs_json_out_string(&w->out, "string");
        ccs_json_out_string(&w->out, "number");
        ccs_json_out_end_array(&w->out);
    } else {
        ccs_json_out_string(&w->out, "number");
    }
    ccs_schema_close_items(w);
    ccs_schema_property_type(w, "csv", "string");
    ccs_schema_property_column(w);
    if (is_duration) {
        ccs_schema_property_type(w, "unit", "string");
    }
}

/* The properties that go with the parameter bits, and "dist" with the given names. */
static void dist_properties(struct ccs_schema_writer *w, bool is_duration, unsigned bits,
                            const char *const *names, bool is_part)
{
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    ccs_schema_property_choices(w, "dist", names);
    if (is_part) {
        ccs_json_out_key(&w->out, "weight");
        ccs_json_out_begin_object(&w->out);
        ccs_schema_member(w, "type", "number");
        ccs_json_out_key(&w->out, "exclusiveMinimum");
        ccs_json_out_int(&w->out, 0);
        ccs_json_out_end_object(&w->out);
    }
    if ((bits & CCS_PARAM_MEAN) != 0) {
        property_quantity(w, "mean", is_duration);
    }
    if ((bits & CCS_PARAM_CV) != 0) {
        ccs_schema_property_number(w, "cv");
        property_quantity(w, "sd", is_duration);
    }
    if ((bits & CCS_PARAM_MIN) != 0) {
        property_quantity(w, "min", is_duration);
    }
    if ((bits & CCS_PARAM_MODE) != 0) {
        property_quantity(w, "mode", is_duration);
    }
    if ((bits & CCS_PARAM_MAX) != 0) {
        property_quantity(w, "max", is_duration);
    }
    if ((bits & CCS_PARAM_STAGES) != 0) {
        ccs_schema_property_type(w, "stages", "integer");
    }
    if ((bits & CCS_PARAM_VALUES) != 0) {
        dist_values(w, is_duration);
    }
    if ((bits & CCS_PARAM_PARTS) != 0) {
        ccs_schema_open_items(w, "parts");
        ccs_schema_member(w, "$ref",
                          is_duration ? "#/$defs/dist_part" : "#/$defs/dist_number_part");
        ccs_schema_close_items(w);
    }
    ccs_json_out_end_object(&w->out);
}

static void dist_object(struct ccs_schema_writer *w, bool is_duration,
                        const struct ccs_dist_info *info, bool is_part)
{
    const char *const names[] = {info->name, NULL};
    const char *keys[8];
    size_t n = 0;
    keys[n++] = "dist";
    if (is_part) {
        keys[n++] = "weight";
    }
    const struct {
        unsigned bit;
        const char *key;
    } needed[] = {{CCS_PARAM_MEAN, "mean"},
                  {CCS_PARAM_MIN, "min"},
                  {CCS_PARAM_MODE, "mode"},
                  {CCS_PARAM_MAX, "max"},
                  {CCS_PARAM_PARTS, "parts"}};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if ((info->required & needed[i].bit) != 0) {
            keys[n++] = needed[i].key;
        }
    }
    keys[n] = NULL;
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "description", info->help);
    ccs_schema_member(w, "type", "object");
    dist_properties(w, is_duration, info->required | info->optional, names, is_part);
    ccs_schema_required(w, keys);
    ccs_schema_closed(w);
    ccs_json_out_end_object(&w->out);
}

/* In a patch the object may hold anything any distribution takes: it is merged with another. */
void ccs_schema_dist_definition(struct ccs_schema_writer *w, bool is_duration, bool is_part)
{
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    if (!is_part) {
        ccs_json_out_begin_object(&w->out);
        if (is_duration) {
            ccs_schema_member(w, "$ref", "#/$defs/duration");
        } else {
            ccs_schema_member(w, "type", "number");
        }
        ccs_json_out_end_object(&w->out);
    }
    if (w->is_patch) {
        const char *names[CCS_DIST_KIND_COUNT + 1] = {NULL};
        unsigned bits = 0;
        for (size_t i = 0; i < CCS_DIST_KIND_COUNT; i++) {
            names[i] = ccs_dist_table[i].name;
            bits |= ccs_dist_table[i].required | ccs_dist_table[i].optional;
        }
        ccs_json_out_begin_object(&w->out);
        ccs_schema_member(w, "type", "object");
        dist_properties(w, is_duration, bits, names, is_part);
        ccs_schema_closed(w);
        ccs_json_out_end_object(&w->out);
    } else {
        for (size_t i = 0; i < CCS_DIST_KIND_COUNT; i++) {
            dist_object(w, is_duration, &ccs_dist_table[i], is_part);
        }
    }
    ccs_json_out_end_array(&w->out);
    ccs_json_out_end_object(&w->out);
}
