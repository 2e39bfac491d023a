/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON Schema from field rows: see schema.h. */
#include "format/field/schema.h"

#include "base/json_out.h"
#include "format/field/binding.h"
#include "format/field/duration.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_EXACT_INT INT64_C(9007199254740991) /* 2^53 - 1 */

struct writer {
    struct ccs_json_out out;
    bool is_patch; /* nothing is required, null deletes */
};

/* ---- Small pieces ---- */

static void member(struct writer *w, const char *key, const char *value)
{
    ccs_json_out_key(&w->out, key);
    ccs_json_out_string(&w->out, value);
}

static void reference(struct writer *w, const char *name)
{
    char target[64];
    snprintf(target, sizeof target, "#/$defs/%s%s", name, w->is_patch ? "_patch" : "");
    member(w, "$ref", target);
}

/* A nullable value in a patch: {"anyOf": [{"type": "null"}, { ... }]}. Ends with close_value. */
static void open_value(struct writer *w)
{
    ccs_json_out_begin_object(&w->out);
    if (w->is_patch) {
        ccs_json_out_key(&w->out, "anyOf");
        ccs_json_out_begin_array(&w->out);
        ccs_json_out_begin_object(&w->out);
        member(w, "type", "null");
        ccs_json_out_end_object(&w->out);
        ccs_json_out_begin_object(&w->out);
    }
}

static void close_value(struct writer *w)
{
    if (w->is_patch) {
        ccs_json_out_end_object(&w->out);
        ccs_json_out_end_array(&w->out);
    }
    ccs_json_out_end_object(&w->out);
}

static void comments_allowed(struct writer *w)
{
    ccs_json_out_key(&w->out, "patternProperties");
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "^(\\$|//)");
    ccs_json_out_bool(&w->out, true);
    ccs_json_out_end_object(&w->out);
}

/* Closes an object's keys, comments excepted. */
static void closed(struct writer *w)
{
    comments_allowed(w);
    ccs_json_out_key(&w->out, "additionalProperties");
    ccs_json_out_bool(&w->out, false);
}

static void range(struct writer *w, double min, double max)
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

/* Members of a number within a range. */
static void number(struct writer *w, double min, double max)
{
    member(w, "type", "number");
    range(w, min, max);
}

static void property_number(struct writer *w, const char *key)
{
    ccs_json_out_key(&w->out, key);
    open_value(w);
    member(w, "type", "number");
    close_value(w);
}

static void property_type(struct writer *w, const char *key, const char *type)
{
    ccs_json_out_key(&w->out, key);
    open_value(w);
    member(w, "type", type);
    close_value(w);
}

static void property_ref(struct writer *w, const char *key, const char *definition)
{
    char target[64];
    snprintf(target, sizeof target, "#/$defs/%s", definition);
    ccs_json_out_key(&w->out, key);
    open_value(w);
    member(w, "$ref", target);
    close_value(w);
}

static void property_choices(struct writer *w, const char *key, const char *const *choices)
{
    ccs_json_out_key(&w->out, key);
    open_value(w);
    ccs_json_out_key(&w->out, "enum");
    ccs_json_out_begin_array(&w->out);
    for (; *choices != NULL; choices++) {
        ccs_json_out_string(&w->out, *choices);
    }
    ccs_json_out_end_array(&w->out);
    close_value(w);
}

static void property_column(struct writer *w)
{
    ccs_json_out_key(&w->out, "column");
    open_value(w);
    ccs_json_out_key(&w->out, "type");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_string(&w->out, "string");
    ccs_json_out_string(&w->out, "integer");
    ccs_json_out_end_array(&w->out);
    close_value(w);
}

static void required(struct writer *w, const char *const *keys)
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

/* ---- Distributions ---- */

enum dimension {
    DURATION,
    PLAIN
};

/* A parameter in the unit of the quantity. */
static void property_quantity(struct writer *w, const char *key, enum dimension dimension)
{
    if (dimension == DURATION) {
        property_ref(w, key, "duration");
    } else {
        property_number(w, key);
    }
}

static void dist_values(struct writer *w, enum dimension dimension)
{
    ccs_json_out_key(&w->out, "values");
    open_value(w);
    member(w, "type", "array");
    ccs_json_out_key(&w->out, "minItems");
    ccs_json_out_int(&w->out, 1);
    ccs_json_out_key(&w->out, "items");
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "type");
    if (dimension == DURATION) {
        ccs_json_out_begin_array(&w->out);
        ccs_json_out_string(&w->out, "string");
        ccs_json_out_string(&w->out, "number");
        ccs_json_out_end_array(&w->out);
    } else {
        ccs_json_out_string(&w->out, "number");
    }
    ccs_json_out_end_object(&w->out);
    close_value(w);
    property_type(w, "csv", "string");
    property_column(w);
    if (dimension == DURATION) {
        property_type(w, "unit", "string");
    }
}

/* The properties that go with the parameter bits, and "dist" with the given names. */
static void dist_properties(struct writer *w, enum dimension dimension, unsigned bits,
                            const char *const *names, bool is_part)
{
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    property_choices(w, "dist", names);
    if (is_part) {
        ccs_json_out_key(&w->out, "weight");
        ccs_json_out_begin_object(&w->out);
        member(w, "type", "number");
        ccs_json_out_key(&w->out, "exclusiveMinimum");
        ccs_json_out_int(&w->out, 0);
        ccs_json_out_end_object(&w->out);
    }
    if ((bits & CCS_PARAM_MEAN) != 0) {
        property_quantity(w, "mean", dimension);
    }
    if ((bits & CCS_PARAM_CV) != 0) {
        property_number(w, "cv");
        property_quantity(w, "sd", dimension);
    }
    if ((bits & CCS_PARAM_MIN) != 0) {
        property_quantity(w, "min", dimension);
    }
    if ((bits & CCS_PARAM_MODE) != 0) {
        property_quantity(w, "mode", dimension);
    }
    if ((bits & CCS_PARAM_MAX) != 0) {
        property_quantity(w, "max", dimension);
    }
    if ((bits & CCS_PARAM_STAGES) != 0) {
        property_type(w, "stages", "integer");
    }
    if ((bits & CCS_PARAM_VALUES) != 0) {
        dist_values(w, dimension);
    }
    if ((bits & CCS_PARAM_PARTS) != 0) {
        ccs_json_out_key(&w->out, "parts");
        open_value(w);
        member(w, "type", "array");
        ccs_json_out_key(&w->out, "minItems");
        ccs_json_out_int(&w->out, 1);
        ccs_json_out_key(&w->out, "items");
        ccs_json_out_begin_object(&w->out);
        member(w, "$ref", dimension == DURATION ? "#/$defs/dist_part" : "#/$defs/dist_number_part");
        ccs_json_out_end_object(&w->out);
        close_value(w);
    }
    ccs_json_out_end_object(&w->out);
}

static void dist_object(struct writer *w, enum dimension dimension,
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
    member(w, "description", info->help);
    member(w, "type", "object");
    dist_properties(w, dimension, info->required | info->optional, names, is_part);
    required(w, keys);
    closed(w);
    ccs_json_out_end_object(&w->out);
}

/* In a patch the object may hold anything any distribution takes: it is merged with another. */
static void dist_definition(struct writer *w, enum dimension dimension, bool is_part)
{
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    if (!is_part) {
        ccs_json_out_begin_object(&w->out);
        if (dimension == DURATION) {
            member(w, "$ref", "#/$defs/duration");
        } else {
            member(w, "type", "number");
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
        member(w, "type", "object");
        dist_properties(w, dimension, bits, names, is_part);
        closed(w);
        ccs_json_out_end_object(&w->out);
    } else {
        for (size_t i = 0; i < CCS_DIST_KIND_COUNT; i++) {
            dist_object(w, dimension, &ccs_dist_table[i], is_part);
        }
    }
    ccs_json_out_end_array(&w->out);
    ccs_json_out_end_object(&w->out);
}

/* ---- Series and hours ---- */

static void series(struct writer *w, const struct ccs_field *field)
{
    static const char *const keys[] = {"interval", NULL};
    static const char *const repeats[] = {"none", "day", "week", "all", NULL};
    static const char *const days[] = {"all", "weekdays", NULL};
    double min = ccs_field_min(field), max = ccs_field_max(field);
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    number(w, min, max);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    member(w, "type", "object");
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    property_ref(w, "interval", "duration");
    property_ref(w, "from", "duration");
    property_choices(w, "repeat", repeats);
    property_choices(w, "days", days);
    property_type(w, "per_day", "integer");
    property_type(w, "csv", "string");
    property_column(w);
    ccs_json_out_key(&w->out, "values");
    open_value(w);
    member(w, "type", "array");
    ccs_json_out_key(&w->out, "minItems");
    ccs_json_out_int(&w->out, 1);
    ccs_json_out_key(&w->out, "items");
    ccs_json_out_begin_object(&w->out);
    number(w, min, max);
    ccs_json_out_end_object(&w->out);
    close_value(w);
    ccs_json_out_end_object(&w->out);
    required(w, keys);
    closed(w);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
}

static void hours_definition(struct writer *w)
{
    static const char span[] = "^([01][0-9]|2[0-3]):[0-5][0-9]-"
                               "(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
    static const char day[] = "^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$";
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    member(w, "const", "always");
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    member(w, "type", "object");
    ccs_json_out_key(&w->out, "patternProperties");
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "^(\\$|//)");
    ccs_json_out_bool(&w->out, true);
    ccs_json_out_key(&w->out, day);
    open_value(w);
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    member(w, "type", "string");
    member(w, "pattern", span);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    member(w, "type", "array");
    ccs_json_out_key(&w->out, "items");
    ccs_json_out_begin_object(&w->out);
    member(w, "type", "string");
    member(w, "pattern", span);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
    close_value(w);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_key(&w->out, "additionalProperties");
    ccs_json_out_bool(&w->out, false);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
    ccs_json_out_end_object(&w->out);
}

/* ---- Fields ---- */

static void section_members(struct writer *w, const struct ccs_section *section, bool is_policy);

/* An object whose members, comments excepted, are numbers in the row's range. */
static void numbers_by_name(struct writer *w, const struct ccs_field *field)
{
    member(w, "type", "object");
    comments_allowed(w);
    ccs_json_out_key(&w->out, "additionalProperties");
    open_value(w);
    number(w, ccs_field_min(field), ccs_field_max(field));
    close_value(w);
}

static void list_of(struct writer *w, const char *item_type, const char *definition,
                    const struct ccs_field *field)
{
    member(w, "type", "array");
    ccs_json_out_key(&w->out, "items");
    ccs_json_out_begin_object(&w->out);
    if (definition != NULL) {
        member(w, "$ref", definition);
    } else {
        member(w, "type", item_type);
    }
    if (field->type == CCS_FIELD_REAL_LIST) {
        range(w, ccs_field_min(field), ccs_field_max(field));
    }
    ccs_json_out_end_object(&w->out);
    if (field->type == CCS_FIELD_REAL_LIST || field->type == CCS_FIELD_STRING_LIST) {
        return;
    }
    ccs_json_out_key(&w->out, "uniqueItems");
    ccs_json_out_bool(&w->out, true);
    if (field->type == CCS_FIELD_REF_LIST && ccs_field_min(field) > 0 &&
        !isinf(ccs_field_min(field))) {
        ccs_json_out_key(&w->out, "minItems");
        ccs_json_out_double(&w->out, ceil(field->min));
    }
}

static void real_map(struct writer *w, const struct ccs_field *field)
{
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    number(w, ccs_field_min(field), ccs_field_max(field));
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    numbers_by_name(w, field);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
}

static void real_matrix(struct writer *w, const struct ccs_field *field)
{
    member(w, "type", "object");
    comments_allowed(w);
    ccs_json_out_key(&w->out, "additionalProperties");
    open_value(w);
    numbers_by_name(w, field);
    close_value(w);
}

/* A file of recorded arrivals and the names of its columns. */
static void recording(struct writer *w)
{
    static const char *const names[] = {"csv", "arrival", "talk", "issue_type", "channel", NULL};
    static const char *const units[] = {"s", "min", "h", NULL};
    static const char *const keys[] = {"csv", NULL};
    member(w, "type", "object");
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    for (int i = 0; names[i] != NULL; i++) {
        property_type(w, names[i], "string");
    }
    property_choices(w, "unit", units);
    ccs_json_out_end_object(&w->out);
    closed(w);
    required(w, keys);
}

static void map(struct writer *w, const struct ccs_field *field)
{
    member(w, "type", "object");
    comments_allowed(w);
    ccs_json_out_key(&w->out, "additionalProperties");
    open_value(w);
    section_members(w, field->section, strcmp(field->key, "policies") == 0);
    close_value(w);
}

/* A duration, or one of the words the key takes instead. */
static void duration_or_word(struct writer *w, const struct ccs_field *field)
{
    if (field->choices == NULL) {
        member(w, "$ref", "#/$defs/duration");
        return;
    }
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    member(w, "$ref", "#/$defs/duration");
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "enum");
    ccs_json_out_begin_array(&w->out);
    for (size_t i = 0; field->choices[i] != NULL; i++) {
        ccs_json_out_string(&w->out, field->choices[i]);
    }
    ccs_json_out_end_array(&w->out);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
}

static void field_type(struct writer *w, const struct ccs_field *field)
{
    double min = ccs_field_min(field), max = ccs_field_max(field);
    switch (field->type) {
    case CCS_FIELD_BOOL:
        member(w, "type", "boolean");
        break;
    case CCS_FIELD_INT:
        member(w, "type", "integer");
        ccs_json_out_key(&w->out, "minimum");
        ccs_json_out_int(&w->out, min < -(double)MAX_EXACT_INT ? -MAX_EXACT_INT : (int64_t)min);
        ccs_json_out_key(&w->out, "maximum");
        ccs_json_out_int(&w->out, max > (double)MAX_EXACT_INT ? MAX_EXACT_INT : (int64_t)max);
        break;
    case CCS_FIELD_REAL:
    case CCS_FIELD_MONEY:
        number(w, min, max);
        break;
    case CCS_FIELD_PROBABILITY:
        number(w, min > 0 ? min : 0, max < 1 ? max : 1);
        break;
    case CCS_FIELD_DURATION:
        duration_or_word(w, field);
        break;
    case CCS_FIELD_DATE:
        member(w, "$ref", "#/$defs/date");
        break;
    case CCS_FIELD_STRING:
    case CCS_FIELD_REF:
        member(w, "type", "string");
        break;
    case CCS_FIELD_ENUM:
        ccs_json_out_key(&w->out, "enum");
        ccs_json_out_begin_array(&w->out);
        for (size_t i = 0; field->choices[i] != NULL; i++) {
            ccs_json_out_string(&w->out, field->choices[i]);
        }
        ccs_json_out_end_array(&w->out);
        break;
    case CCS_FIELD_REF_LIST:
        list_of(w, "string", NULL, field);
        break;
    case CCS_FIELD_DIST:
        reference(w, "dist");
        break;
    case CCS_FIELD_DIST_MONEY:
    case CCS_FIELD_DIST_REAL:
        reference(w, "dist_number");
        break;
    case CCS_FIELD_STRING_LIST:
        list_of(w, "string", NULL, field);
        break;
    case CCS_FIELD_REAL_LIST:
        list_of(w, "number", NULL, field);
        break;
    case CCS_FIELD_DATE_LIST:
        list_of(w, NULL, "#/$defs/date", field);
        break;
    case CCS_FIELD_REAL_MAP:
        real_map(w, field);
        break;
    case CCS_FIELD_REAL_MATRIX:
        real_matrix(w, field);
        break;
    case CCS_FIELD_HOURS:
        reference(w, "hours");
        break;
    case CCS_FIELD_SERIES:
        series(w, field);
        break;
    case CCS_FIELD_RECORDING:
        recording(w);
        break;
    case CCS_FIELD_SECTION:
    case CCS_FIELD_OPTIONAL:
        section_members(w, field->section, false);
        break;
    case CCS_FIELD_MAP:
        map(w, field);
        break;
    }
}

static void write_field(struct writer *w, const struct ccs_field *field)
{
    char description[512];
    ccs_json_out_key(&w->out, field->key);
    open_value(w);
    snprintf(description, sizeof description, "%s%s%s%s", field->help,
             field->unit != NULL ? " Unit: " : "", field->unit != NULL ? field->unit : "",
             field->unit != NULL ? "." : "");
    member(w, "description", description);
    if (field->def != NULL && strcmp(field->def, "null") != 0) {
        ccs_json_out_key(&w->out, "default");
        ccs_json_out_raw(&w->out, field->def);
    }
    field_type(w, field);
    close_value(w);
}

/* ---- Sections ---- */

static void fields(struct writer *w, const struct ccs_section *section)
{
    for (size_t i = 0; i < section->field_n; i++) {
        write_field(w, &section->field[i]);
    }
}

static bool is_required(const struct ccs_field *field)
{
    return field->def == NULL && field->type != CCS_FIELD_OPTIONAL && field->type != CCS_FIELD_MAP;
}

static void required_keys(struct writer *w, const struct ccs_section *section)
{
    for (size_t i = 0; i < section->field_n; i++) {
        if (is_required(&section->field[i])) {
            ccs_json_out_string(&w->out, section->field[i].key);
        }
    }
}

/* A closed object with the rows of one or two sections (a variant: what all kinds have, and what
 * this kind has). */
static void object(struct writer *w, const struct ccs_section *section, const char *kind,
                   const struct ccs_section *chosen, bool is_policy)
{
    member(w, "type", "object");
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    if (kind != NULL) {
        ccs_json_out_key(&w->out, "kind");
        open_value(w);
        member(w, "const", kind);
        close_value(w);
    }
    if (is_policy) {
        property_ref(w, "with", "with");
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
    closed(w);
}

static void section_members(struct writer *w, const struct ccs_section *section, bool is_policy)
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

/* ---- The document ---- */

static void definition_pattern(struct writer *w, const char *name, const char *pattern)
{
    ccs_json_out_key(&w->out, name);
    ccs_json_out_begin_object(&w->out);
    member(w, "type", "string");
    member(w, "pattern", pattern);
    ccs_json_out_end_object(&w->out);
}

/* The definitions whose form depends on whether they stand in a patch. */
static void shared_definitions(struct writer *w)
{
    ccs_json_out_key(&w->out, w->is_patch ? "dist_patch" : "dist");
    dist_definition(w, DURATION, false);
    ccs_json_out_key(&w->out, w->is_patch ? "dist_number_patch" : "dist_number");
    dist_definition(w, PLAIN, false);
    ccs_json_out_key(&w->out, w->is_patch ? "hours_patch" : "hours");
    hours_definition(w);
}

/* A file that extends another: a patch with the key "extends". */
static void patch_definition(struct writer *w, const struct ccs_section *root)
{
    ccs_json_out_key(&w->out, "patch");
    ccs_json_out_begin_object(&w->out);
    member(w, "type", "object");
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "extends");
    ccs_json_out_begin_object(&w->out);
    member(w, "type", "string");
    ccs_json_out_end_object(&w->out);
    fields(w, root);
    ccs_json_out_end_object(&w->out);
    closed(w);
    ccs_json_out_end_object(&w->out);
}

static void with_definition(struct writer *w, const struct ccs_section *root,
                            const char *const *patchable, size_t patchable_n)
{
    ccs_json_out_key(&w->out, "with");
    ccs_json_out_begin_object(&w->out);
    member(w, "type", "object");
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
    closed(w);
    ccs_json_out_end_object(&w->out);
}

char *ccs_schema_text(const struct ccs_section *root, const char *title,
                      const char *const *patchable, size_t patchable_n)
{
    struct writer w;
    memset(&w, 0, sizeof w);
    ccs_json_out_init(&w.out);
    ccs_json_out_begin_object(&w.out);
    member(&w, "$schema", "https://json-schema.org/draft/2020-12/schema");
    member(&w, "title", title);
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
    dist_definition(&w, DURATION, true);
    ccs_json_out_key(&w.out, "dist_number_part");
    dist_definition(&w, PLAIN, true);
    shared_definitions(&w);
    ccs_json_out_key(&w.out, "scenario");
    ccs_json_out_begin_object(&w.out);
    section_members(&w, root, false);
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
