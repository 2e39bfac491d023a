/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * References to names, and numbers by name: see binding.h.
 *
 * A group's names are the union over all policies, so an index means the same everywhere. A name
 * that exists only under other policies is refused where it is referred to (E305).
 */
#include "base/assert.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"
#include "format/document/text.h"
#include "format/field/binding.h"
#include "format/field/kinds.h"
#include "format/field/schema_writer.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NOUN_TEXT = 40
};

const struct ccs_name_group *ccs_binding_group(const struct ccs_binding *b, const char *group)
{
    const struct ccs_name_group *found = NULL;
    for (size_t i = 0; i < b->group_n; i++) {
        found = strcmp(b->group[i].group, group) == 0 ? &b->group[i] : found;
    }
    CCS_REQUIRE(found != NULL); /* a row refers to a group that the caller did not give */
    return found;
}

/* "issue_types" -> "issue type", "policies" -> "policy": the groups are regular plurals. */
static const char *noun(const char *group, char text[NOUN_TEXT])
{
    size_t n = (size_t)snprintf(text, NOUN_TEXT, "%s", group);
    n = n < NOUN_TEXT ? n : NOUN_TEXT - 1;
    if (n > 3 && strcmp(text + n - 3, "ies") == 0) {
        strcpy(text + n - 3, "y");
    } else if (n > 1 && text[n - 1] == 's') {
        text[n - 1] = '\0';
    }
    for (char *c = text; *c != '\0'; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    return text;
}

static int compare_name(const void *key, const void *name)
{
    return strcmp(key, *(const char *const *)name);
}

/* Under this policy, does the document define the name? True if the group is not one of the
 * document's own objects. */
static bool is_defined_here(const struct ccs_binding *b, const char *group, const char *name)
{
    const struct ccs_document *base = b->doc->base;
    const struct cJSON *object = ccs_json_member(b->doc->root, group);
    if (object == NULL) { /* `with` may have deleted the whole group */
        return base == NULL || ccs_json_member(base->root, group) == NULL;
    }
    return ccs_json_member(object, name) != NULL;
}

/* Index of a name in its group; -1, and reported at `path` (at the key if `at_key`), if none. */
static int32_t find_name(struct ccs_binding *b, const char *ref, const char *name,
                         const struct ccs_path *path, bool at_key)
{
    void (*complain)(struct ccs_binding *, enum ccs_diag_code, const struct ccs_path *,
                     const char *, ...) = at_key ? ccs_binding_fail_key : ccs_binding_fail;
    const struct ccs_name_group *group = ccs_binding_group(b, ref);
    char what[NOUN_TEXT], suggestion[CCS_SUGGEST_TEXT];
    const char *const *at =
        group->n == 0 ? NULL
                      : bsearch(name, group->name, group->n, sizeof *group->name, compare_name);
    if (at == NULL) {
        struct ccs_nearest nearest = ccs_nearest_to(name);
        for (size_t i = 0; i < group->n && !ccs_binding_is_flooded(b); i++) {
            ccs_nearest_try(&nearest, group->name[i]);
        }
        complain(b, CCS_E205, path, "no %s named `%.100s`%s", noun(ref, what), name,
                 ccs_nearest_text(suggestion, &nearest));
        return -1;
    }
    if (!is_defined_here(b, ref, name)) {
        const char *policy = ccs_document_policy(b->doc);
        complain(b, CCS_E305, path, "there is no %s `%.100s` %s%s%s", noun(ref, what), name,
                 policy != NULL ? "under policy `" : "without a policy's `with`",
                 policy != NULL ? policy : "", policy != NULL ? "`" : "");
        return -1;
    }
    return (int32_t)(at - group->name);
}

void ccs_bind_ref(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                  const struct ccs_path *path, void *target)
{
    int32_t *out = target;
    char expected[80], what[NOUN_TEXT];
    *out = -1;
    if (!cJSON_IsString(value)) {
        snprintf(expected, sizeof expected, "the name of a %s", noun(field->ref, what));
        ccs_binding_want(b, path, value, expected);
        return;
    }
    *out = find_name(b, field->ref, value->valuestring, path, false);
}

void ccs_bind_ref_list(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *value, const struct ccs_path *path, void *target)
{
    struct ccs_ref_list *out = target;
    char expected[80], what[NOUN_TEXT];
    if (!cJSON_IsArray(value)) {
        snprintf(expected, sizeof expected, "a list of %s names", noun(field->ref, what));
        ccs_binding_want(b, path, value, expected);
        return;
    }
    size_t n = (size_t)cJSON_GetArraySize(value);
    if ((double)n < ccs_field_min(field) || (double)n > ccs_field_max(field)) {
        char range[CCS_RANGE_TEXT];
        ccs_binding_fail(b, CCS_E214, path, "the number of names %s (found %zu)",
                         ccs_text_range(range, ccs_field_min(field), ccs_field_max(field)), n);
    }
    const struct ccs_name_group *group = ccs_binding_group(b, field->ref);
    bool *is_taken = ccs_binding_alloc(b, group->n, sizeof *is_taken);
    out->index = ccs_binding_alloc(b, n, sizeof *out->index);
    if (out->index == NULL || is_taken == NULL) {
        return;
    }
    size_t position = 0;
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        struct ccs_path here = ccs_path_index(path, position++);
        int32_t index;
        ccs_bind_ref(b, field, item, &here, &index);
        if (index >= 0 && is_taken[index]) {
            ccs_binding_fail(b, CCS_E207, &here, "`%.100s` is given twice", item->valuestring);
        } else if (index >= 0) {
            is_taken[index] = true;
            out->index[out->n++] = index;
        }
    }
}

/* The number that stands for names not mentioned: the default, where it is a number. */
static double fallback(const struct ccs_field *field)
{
    double value;
    if (field->def != NULL && ccs_text_number(field->def, strlen(field->def), &value)) {
        return value;
    }
    return 0.0;
}

void ccs_bind_real_map(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *value, const struct ccs_path *path, void *target)
{
    struct ccs_real_map *out = target;
    const struct ccs_name_group *group = ccs_binding_group(b, field->ref);
    double min = ccs_field_min(field), max = ccs_field_max(field), all = fallback(field);
    bool is_number = cJSON_IsNumber(value);
    if (!is_number && !cJSON_IsObject(value)) {
        char expected[100], what[NOUN_TEXT];
        snprintf(expected, sizeof expected, "a number, or an object from %s names to numbers",
                 noun(field->ref, what));
        ccs_binding_want(b, path, value, expected);
        return;
    }
    if (is_number && !ccs_bind_number(b, value, path, min, max, &all)) {
        return;
    }
    out->v = ccs_binding_alloc(b, group->n, sizeof *out->v);
    out->given = ccs_binding_alloc(b, group->n, sizeof *out->given);
    if (out->v == NULL || out->given == NULL) {
        return;
    }
    out->n = group->n;
    for (size_t i = 0; i < group->n; i++) {
        out->v[i] = all;
        out->given[i] = is_number && !b->is_default;
    }
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        struct ccs_path here = ccs_path_key(path, item->string);
        int32_t index = find_name(b, field->ref, item->string, &here, true);
        double number;
        if (ccs_bind_number(b, item, &here, min, max, &number) && index >= 0) {
            out->v[index] = number;
            out->given[index] = !b->is_default;
        }
    }
}

void ccs_bind_real_matrix(struct ccs_binding *b, const struct ccs_field *field,
                          const struct cJSON *value, const struct ccs_path *path, void *target)
{
    struct ccs_real_matrix *out = target;
    const struct ccs_name_group *group = ccs_binding_group(b, field->ref);
    char expected[120], what[NOUN_TEXT];
    noun(field->ref, what);
    if (!cJSON_IsObject(value)) {
        snprintf(expected, sizeof expected, "an object from %s names to rows", what);
        ccs_binding_want(b, path, value, expected);
        return;
    }
    out->v = ccs_binding_alloc(b, group->n, group->n * sizeof *out->v);
    out->given = ccs_binding_alloc(b, group->n, sizeof *out->given);
    if (out->v == NULL || out->given == NULL) {
        return;
    }
    out->n = group->n;
    for (const struct cJSON *row = value->child; row != NULL; row = row->next) {
        struct ccs_path at_row = ccs_path_key(path, row->string);
        int32_t i = find_name(b, field->ref, row->string, &at_row, true);
        if (!cJSON_IsObject(row)) {
            snprintf(expected, sizeof expected, "an object from %s names to numbers", what);
            ccs_binding_want(b, &at_row, row, expected);
            continue;
        }
        for (const struct cJSON *item = row->child; item != NULL; item = item->next) {
            struct ccs_path here = ccs_path_key(&at_row, item->string);
            int32_t j = find_name(b, field->ref, item->string, &here, true);
            double number;
            if (ccs_bind_number(b, item, &here, ccs_field_min(field), ccs_field_max(field),
                                &number) &&
                i >= 0 && j >= 0) {
                out->v[(size_t)i * group->n + (size_t)j] = number;
            }
        }
        if (i >= 0) {
            out->given[i] = !b->is_default;
        }
    }
}

void ccs_schema_ref_list(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_list(w, "type", "string", -INFINITY, INFINITY);
    ccs_json_out_key(&w->out, "uniqueItems");
    ccs_json_out_bool(&w->out, true);
    if (ccs_field_min(field) > 0 && !isinf(ccs_field_min(field))) {
        ccs_json_out_key(&w->out, "minItems");
        ccs_json_out_double(&w->out, ceil(field->min));
    }
}

/* An object whose members, comments excepted, are numbers in the row's range. */
static void numbers_by_name(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_member(w, "type", "object");
    ccs_schema_comments_allowed(w);
    ccs_json_out_key(&w->out, "additionalProperties");
    ccs_schema_open(w);
    ccs_schema_number(w, ccs_field_min(field), ccs_field_max(field));
    ccs_schema_close(w);
}

void ccs_schema_real_map(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_number(w, ccs_field_min(field), ccs_field_max(field));
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    numbers_by_name(w, field);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
}

void ccs_schema_real_matrix(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_member(w, "type", "object");
    ccs_schema_comments_allowed(w);
    ccs_json_out_key(&w->out, "additionalProperties");
    ccs_schema_open(w);
    numbers_by_name(w, field);
    ccs_schema_close(w);
}
