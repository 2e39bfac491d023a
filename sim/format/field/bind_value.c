/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all binding shares: complaining, numbers, durations, lists, tables, choices. */
#include "base/file.h"
#include "base/json_out.h"
#include "base/units.h"
#include "format/document/csv.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"
#include "format/document/text.h"
#include "format/field/binding.h"
#include "format/field/duration.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(struct ccs_binding *b, enum ccs_diag_code code, const struct ccs_path *path,
                 bool at_key, const char *format, va_list args)
{
    char message[512];
    int n = vsnprintf(message, sizeof message, format, args);
    if (b->is_default && n >= 0 && (size_t)n < sizeof message) {
        snprintf(message + n, sizeof message - (size_t)n, " (this is the default)");
    }
    if (b->status == CCS_OK) {
        b->status = CCS_EDATA;
    }
    const char *pointer = ccs_binding_pointer(b, path);
    if (pointer != NULL && at_key) {
        ccs_document_report_key(b->doc, b->diags, code, pointer, "%s", message);
    } else if (pointer != NULL) {
        ccs_document_report(b->doc, b->diags, code, pointer, "%s", message);
    }
}

void ccs_binding_fail(struct ccs_binding *b, enum ccs_diag_code code, const struct ccs_path *path,
                      const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fail(b, code, path, false, format, args);
    va_end(args);
}

void ccs_binding_fail_key(struct ccs_binding *b, enum ccs_diag_code code,
                          const struct ccs_path *path, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fail(b, code, path, true, format, args);
    va_end(args);
}

void ccs_binding_want(struct ccs_binding *b, const struct ccs_path *path, const struct cJSON *value,
                      const char *expected)
{
    char found[CCS_FOUND_TEXT];
    if (cJSON_IsNull(value)) {
        ccs_binding_fail(b, CCS_E203, path,
                         "null has no meaning here: leave the key out (it deletes only inside "
                         "`with` and in a file that extends another)");
    } else {
        ccs_binding_fail(b, CCS_E202, path, "must be %s (found %s)", expected,
                         ccs_text_found(found, value));
    }
}

bool ccs_binding_is_flooded(const struct ccs_binding *b)
{
    return ccs_diagnostics_error_count(b->diags) >= 100;
}

void *ccs_binding_alloc(struct ccs_binding *b, size_t n, size_t size)
{
    void *memory = ccs_arena_calloc(b->arena, n, size);
    if (memory == NULL) {
        b->status = CCS_ENOMEM;
    }
    return memory;
}

const char *ccs_binding_pointer(struct ccs_binding *b, const struct ccs_path *path)
{
    const char *pointer = ccs_path_text(path, b->arena);
    if (pointer == NULL) {
        b->status = CCS_ENOMEM;
    }
    return pointer;
}

double ccs_field_min(const struct ccs_field *field)
{
    return field->min == 0 && field->max == 0 ? -INFINITY : field->min;
}

double ccs_field_max(const struct ccs_field *field)
{
    return field->min == 0 && field->max == 0 ? INFINITY : field->max;
}

/* A string that would be a number without its quotes. */
static bool is_quoted_number(const struct cJSON *value)
{
    double number;
    return cJSON_IsString(value) &&
           ccs_text_number(value->valuestring, strlen(value->valuestring), &number);
}

bool ccs_bind_number(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                     double min, double max, double *out)
{
    if (is_quoted_number(value)) {
        ccs_binding_fail(b, CCS_E202, path, "must be a number: write %.40s without quotes",
                         value->valuestring);
        return false;
    }
    if (!cJSON_IsNumber(value)) {
        ccs_binding_want(b, path, value, "a number");
        return false;
    }
    if (value->valuedouble < min || value->valuedouble > max) {
        char range[CCS_RANGE_TEXT], found[CCS_FOUND_TEXT];
        bool is_share = min >= 0 && max == 1 && value->valuedouble > 1;
        ccs_binding_fail(b, CCS_E214, path, "%s (found %s)%s", ccs_text_range(range, min, max),
                         ccs_text_found(found, value),
                         is_share ? "; it is a share, not a percentage" : "");
        return false;
    }
    *out = value->valuedouble + 0.0; /* no -0 */
    return true;
}

static void fail_duration_range(struct ccs_binding *b, const struct ccs_path *path, double min,
                                double max, double seconds)
{
    char low[CCS_DURATION_TEXT], high[CCS_DURATION_TEXT], found[CCS_DURATION_TEXT];
    ccs_duration_text(found, seconds);
    if (isinf(max)) {
        ccs_binding_fail(b, CCS_E214, path, "must be >= %s (found %s)", ccs_duration_text(low, min),
                         found);
    } else if (isinf(min)) {
        ccs_binding_fail(b, CCS_E214, path, "must be <= %s (found %s)",
                         ccs_duration_text(high, max), found);
    } else {
        ccs_binding_fail(b, CCS_E214, path, "must be between %s and %s (found %s)",
                         ccs_duration_text(low, min), ccs_duration_text(high, max), found);
    }
}

bool ccs_bind_duration_s(struct ccs_binding *b, const struct cJSON *value,
                         const struct ccs_path *path, double min, double max, double *seconds)
{
    char fault[CCS_DURATION_FAULT];
    if (cJSON_IsNumber(value)) {
        char number[CCS_DOUBLE_TEXT];
        ccs_double_text(number, value->valuedouble);
        ccs_binding_fail(b, CCS_E210, path,
                         "must be a duration with a unit: write \"%s s\" if seconds are meant",
                         number);
        return false;
    }
    if (!cJSON_IsString(value)) {
        ccs_binding_want(b, path, value, "a duration like \"90 s\"");
        return false;
    }
    if (!ccs_duration_parse(value->valuestring, seconds, fault)) {
        ccs_binding_fail(b, CCS_E210, path, "%s", fault);
        return false;
    }
    if (*seconds < min || *seconds > max) {
        fail_duration_range(b, path, min, max, *seconds);
        return false;
    }
    *seconds += 0.0;
    return true;
}

void ccs_bind_numbers(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                      double min, double max, struct ccs_real_list *out)
{
    if (!cJSON_IsArray(value)) {
        ccs_binding_want(b, path, value, "a list of numbers");
        return;
    }
    size_t n = (size_t)cJSON_GetArraySize(value);
    out->v = ccs_binding_alloc(b, n, sizeof *out->v);
    if (out->v == NULL) {
        return;
    }
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        struct ccs_path here = ccs_path_index(path, out->n);
        ccs_bind_number(b, item, &here, min, max, &out->v[out->n++]);
    }
}

static bool read_column(struct ccs_binding *b, const struct cJSON *object,
                        const struct ccs_path *path, struct ccs_csv_column *column)
{
    const struct cJSON *choice = ccs_json_member(object, "column");
    struct ccs_path here = ccs_path_key(path, "column");
    double number;
    if (choice == NULL) {
        return true;
    }
    if (cJSON_IsString(choice)) {
        column->name = choice->valuestring;
        return true;
    }
    if (!cJSON_IsNumber(choice)) {
        ccs_binding_want(b, &here, choice, "the name of a column or its number from 1");
        return false;
    }
    if (!ccs_bind_number(b, choice, &here, 1, 100000, &number)) {
        return false;
    }
    if (number != floor(number)) {
        ccs_binding_fail(b, CCS_E215, &here, "must be a whole number");
        return false;
    }
    column->number = (size_t)number;
    return true;
}

bool ccs_bind_file(struct ccs_binding *b, const struct cJSON *object, const struct ccs_path *path,
                   struct ccs_bound_file *file)
{
    const struct cJSON *csv = ccs_json_member(object, "csv");
    struct ccs_path here = ccs_path_key(path, "csv");
    struct ccs_document_place place;
    struct ccs_file_error error;
    *file = (struct ccs_bound_file){0};
    if (!cJSON_IsString(csv) || csv->valuestring[0] == '\0') {
        ccs_binding_want(b, &here, csv, "the name of a file");
        return false;
    }
    const char *pointer = ccs_binding_pointer(b, &here);
    ccs_status status = pointer ? ccs_document_find(b->doc, pointer, b->arena, &place) : CCS_ENOMEM;
    file->name = status == CCS_OK ? ccs_path_from(place.directory, csv->valuestring) : NULL;
    if (file->name == NULL) {
        b->status = CCS_ENOMEM;
        return false;
    }
    file->pointer = place.pointer;
    status = ccs_file_read(file->name, CCS_JSON_MAX_BYTES, &file->text, &file->size, &error);
    if (status == CCS_OK) {
        return true;
    }
    if (status == CCS_EIO || status == CCS_EDATA) {
        ccs_binding_fail(b, status == CCS_EIO ? CCS_E100 : CCS_E101, &here, "%s", error.text);
        if (status == CCS_EIO && !error.is_missing && b->status == CCS_EDATA) {
            b->status = CCS_EIO; /* the name is right: the environment is at fault */
        }
    } else {
        b->status = status;
    }
    free(file->name);
    return false;
}

void ccs_bind_csv(struct ccs_binding *b, const struct cJSON *object, const struct ccs_path *path,
                  double min, double max, struct ccs_real_list *out)
{
    struct ccs_csv_column column = {.min = min, .max = max};
    struct ccs_bound_file file;
    if (!read_column(b, object, path, &column) || !ccs_bind_file(b, object, path, &file)) {
        return;
    }
    column.file = file.name;
    column.pointer = file.pointer;
    ccs_status status = ccs_csv_read(&column, file.text, file.size, b->arena, b->diags, out);
    b->status = status == CCS_OK || b->status == CCS_ENOMEM ? b->status : status;
    free(file.text);
    free(file.name);
}

void ccs_bind_check_keys(struct ccs_binding *b, const struct cJSON *object,
                         const struct ccs_path *path, const char *const *keys)
{
    const struct cJSON *item = object->child;
    for (; item != NULL && !ccs_binding_is_flooded(b); item = item->next) {
        struct ccs_path here = ccs_path_key(path, item->string);
        struct ccs_nearest nearest = ccs_nearest_to(item->string);
        char suggestion[CCS_SUGGEST_TEXT];
        bool is_known = false;
        for (size_t i = 0; keys[i] != NULL; i++) {
            is_known = is_known || strcmp(item->string, keys[i]) == 0;
            ccs_nearest_try(&nearest, keys[i]);
        }
        if (!is_known) {
            ccs_binding_fail_key(b, CCS_E200, &here, "unknown key%s",
                                 ccs_nearest_text(suggestion, &nearest));
        }
    }
}

int ccs_bind_choice(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                    const char *const *choices)
{
    char list[256] = "", suggestion[CCS_SUGGEST_TEXT], found[CCS_FOUND_TEXT];
    size_t length = 0;
    if (!cJSON_IsString(value)) {
        ccs_binding_want(b, path, value, "a string");
        return -1;
    }
    struct ccs_nearest nearest =
        ccs_nearest_to(ccs_binding_is_flooded(b) ? "" : value->valuestring);
    for (int i = 0; choices[i] != NULL; i++) {
        if (strcmp(choices[i], value->valuestring) == 0) {
            return i;
        }
        ccs_nearest_try(&nearest, choices[i]);
        if (length < sizeof list) {
            length += (size_t)snprintf(list + length, sizeof list - length, "%s%s",
                                       i > 0 ? ", " : "", choices[i]);
        }
    }
    ccs_binding_fail(b, CCS_E204, path, "must be one of %s (found %s)%s", list,
                     ccs_text_found(found, value), ccs_nearest_text(suggestion, &nearest));
    return -1;
}
