/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of texts, numbers and dates. See kinds.h. */
#include "format/field/binding.h"
#include "format/field/duration.h"
#include "format/field/kinds.h"
#include "format/field/schema_writer.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>

void ccs_bind_string_list(struct ccs_binding *b, const struct ccs_field *field,
                          const struct cJSON *value, const struct ccs_path *path, void *target)
{
    struct ccs_string_list *out = target;
    if (!cJSON_IsArray(value)) {
        ccs_binding_want(b, path, value, "a list of strings");
        return;
    }
    out->v = ccs_binding_alloc(b, (size_t)cJSON_GetArraySize(value), sizeof *out->v);
    for (const struct cJSON *item = value->child; item != NULL && out->v != NULL;
         item = item->next) {
        struct ccs_path here = ccs_path_index(path, out->n);
        ccs_bind_string(b, field, item, &here, &out->v[out->n++]);
    }
}

void ccs_schema_string_list(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    (void)field;
    ccs_schema_list(w, "type", "string", -INFINITY, INFINITY);
}

void ccs_bind_real_list(struct ccs_binding *b, const struct ccs_field *field,
                        const struct cJSON *value, const struct ccs_path *path, void *out)
{
    ccs_bind_numbers(b, value, path, ccs_field_min(field), ccs_field_max(field), out);
    if (cJSON_IsArray(value) && (size_t)cJSON_GetArraySize(value) < field->at_least) {
        ccs_binding_fail(b, CCS_E214, path, "must have at least %zu element%s", field->at_least,
                         field->at_least == 1 ? "" : "s");
    }
}

void ccs_schema_real_list(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_list(w, "type", "number", ccs_field_min(field), ccs_field_max(field));
}

static int compare_reals(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void ccs_bind_date_list(struct ccs_binding *b, const struct ccs_field *field,
                        const struct cJSON *value, const struct ccs_path *path, void *target)
{
    struct ccs_real_list *out = target;
    (void)field;
    if (!cJSON_IsArray(value)) {
        ccs_binding_want(b, path, value, "a list of dates");
        return;
    }
    out->v = ccs_binding_alloc(b, (size_t)cJSON_GetArraySize(value), sizeof *out->v);
    if (out->v == NULL) {
        return;
    }
    size_t index = 0;
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        struct ccs_path here = ccs_path_index(path, index++);
        int64_t day;
        if (ccs_bind_day(b, item, &here, &day)) {
            out->v[out->n++] = (double)day;
        }
    }
    qsort(out->v, out->n, sizeof *out->v, compare_reals);
    for (size_t i = 1; i < out->n; i++) {
        char date[CCS_DATE_TEXT];
        if (out->v[i] == out->v[i - 1]) {
            ccs_binding_fail(b, CCS_E207, path, "%s is given twice",
                             ccs_date_text(date, (int64_t)out->v[i]));
        }
    }
}

void ccs_schema_date_list(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    (void)field;
    ccs_schema_list(w, "$ref", "#/$defs/date", -INFINITY, INFINITY);
    ccs_json_out_key(&w->out, "uniqueItems");
    ccs_json_out_bool(&w->out, true);
}
