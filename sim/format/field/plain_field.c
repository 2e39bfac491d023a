/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain values: truth values, numbers, durations, dates, texts, choices. See kinds.h. */
#include "base/units.h"
#include "format/document/text.h"
#include "format/field/binding.h"
#include "format/field/duration.h"
#include "format/field/kinds.h"
#include "format/field/schema_writer.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#define MAX_EXACT_INT INT64_C(9007199254740991) /* 2^53 - 1 */

/* ---- Truth values ---- */

void ccs_bind_bool(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *target)
{
    bool *out = target;
    (void)field;
    if (!cJSON_IsBool(value)) {
        ccs_binding_want(b, path, value, "true or false");
        return;
    }
    *out = cJSON_IsTrue(value);
}

void ccs_schema_bool(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    (void)field;
    ccs_schema_member(w, "type", "boolean");
}

/* ---- Numbers ---- */

void ccs_bind_int(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                  const struct ccs_path *path, void *target)
{
    int64_t *out = target;
    double number, min = ccs_field_min(field), max = ccs_field_max(field);
    if (cJSON_IsNumber(value) && fabs(value->valuedouble) > (double)MAX_EXACT_INT) {
        char found[CCS_FOUND_TEXT];
        ccs_binding_fail(b, CCS_E215, path,
                         "whole numbers may be at most 9007199254740991, 2^53 - 1 (found %s)",
                         ccs_text_found(found, value));
        return;
    }
    if (cJSON_IsNumber(value) && value->valuedouble != floor(value->valuedouble)) {
        char found[CCS_FOUND_TEXT];
        ccs_binding_fail(b, CCS_E215, path, "must be a whole number (found %s)",
                         ccs_text_found(found, value));
        return;
    }
    if (ccs_bind_number(b, value, path, min, max, &number)) {
        *out = (int64_t)number;
    }
}

void ccs_absent_int(struct ccs_binding *b, const struct ccs_field *field,
                    const struct ccs_path *path, void *out)
{
    (void)b, (void)field, (void)path;
    *(int64_t *)out = CCS_INT_ABSENT;
}

void ccs_schema_int(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    double min = ccs_field_min(field), max = ccs_field_max(field);
    ccs_schema_member(w, "type", "integer");
    ccs_json_out_key(&w->out, "minimum");
    ccs_json_out_int(&w->out, min < -(double)MAX_EXACT_INT ? -MAX_EXACT_INT : (int64_t)min);
    ccs_json_out_key(&w->out, "maximum");
    ccs_json_out_int(&w->out, max > (double)MAX_EXACT_INT ? MAX_EXACT_INT : (int64_t)max);
}

void ccs_bind_real(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *out)
{
    ccs_bind_number(b, value, path, ccs_field_min(field), ccs_field_max(field), out);
}

void ccs_absent_real(struct ccs_binding *b, const struct ccs_field *field,
                     const struct ccs_path *path, void *out)
{
    (void)b, (void)field, (void)path;
    *(double *)out = NAN;
}

void ccs_schema_real(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_number(w, ccs_field_min(field), ccs_field_max(field));
}

/* The range of a probability: what its row says of [0, 1]. */
static double share_min(const struct ccs_field *field)
{
    return fmax(ccs_field_min(field), 0.0);
}

static double share_max(const struct ccs_field *field)
{
    return fmin(ccs_field_max(field), 1.0);
}

void ccs_bind_probability(struct ccs_binding *b, const struct ccs_field *field,
                          const struct cJSON *value, const struct ccs_path *path, void *out)
{
    ccs_bind_number(b, value, path, share_min(field), share_max(field), out);
}

void ccs_schema_probability(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_number(w, share_min(field), share_max(field));
}

/* ---- Time ---- */

void ccs_bind_duration(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *value, const struct ccs_path *path, void *target)
{
    ccs_time *out = target;
    double seconds;
    for (size_t i = 0; field->choices != NULL && field->choices[i] != NULL; i++) {
        if (cJSON_IsString(value) && strcmp(value->valuestring, field->choices[i]) == 0) {
            *out = -(ccs_time)(i + 1);
            return;
        }
    }
    bool has_range = field->min != 0 || field->max != 0;
    if (ccs_bind_duration_s(b, value, path, has_range ? field->min : 0.0, ccs_field_max(field),
                            &seconds)) {
        *out = ccs_time_from_s(seconds);
    }
}

void ccs_absent_duration(struct ccs_binding *b, const struct ccs_field *field,
                         const struct ccs_path *path, void *out)
{
    (void)b, (void)field, (void)path;
    *(ccs_time *)out = CCS_TIME_NEVER;
}

/* A duration, or one of the words the key takes instead. */
void ccs_schema_duration(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    if (field->choices == NULL) {
        ccs_schema_member(w, "$ref", "#/$defs/duration");
        return;
    }
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "$ref", "#/$defs/duration");
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_choices(w, field->choices);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
}

bool ccs_bind_day(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                  int64_t *out)
{
    if (!cJSON_IsString(value)) {
        ccs_binding_want(b, path, value, "a date like \"2024-01-31\"");
        return false;
    }
    if (!ccs_date_parse(value->valuestring, out)) {
        ccs_binding_fail(b, CCS_E211, path,
                         "must be a day that exists, written YYYY-MM-DD (found \"%.40s\")",
                         value->valuestring);
        return false;
    }
    return true;
}

void ccs_bind_date(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *out)
{
    (void)field;
    ccs_bind_day(b, value, path, out);
}

void ccs_schema_date(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    (void)field;
    ccs_schema_member(w, "$ref", "#/$defs/date");
}

/* ---- Texts and choices ---- */

void ccs_bind_string(struct ccs_binding *b, const struct ccs_field *field,
                     const struct cJSON *value, const struct ccs_path *path, void *target)
{
    const char **out = target;
    (void)field;
    if (!cJSON_IsString(value)) {
        ccs_binding_want(b, path, value, "a string");
        return;
    }
    *out = ccs_arena_strdup(b->arena, value->valuestring);
    if (*out == NULL) {
        b->status = CCS_ENOMEM;
    }
}

void ccs_schema_string(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    (void)field;
    ccs_schema_member(w, "type", "string");
}

void ccs_bind_enum(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *out)
{
    *(int *)out = ccs_bind_choice(b, value, path, field->choices);
}

void ccs_absent_enum(struct ccs_binding *b, const struct ccs_field *field,
                     const struct ccs_path *path, void *out)
{
    (void)b, (void)field, (void)path;
    *(int *)out = -1;
}

void ccs_schema_enum(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_choices(w, field->choices);
}
