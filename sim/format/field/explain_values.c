/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The resolved values of a document, one call per row: see reference.h. */
#include "base/json_out.h"
#include "base/sink.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"
#include "format/field/kinds.h"
#include "format/field/reference.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIST_SHOWN = 6 /* elements of a longer list that are written out */
};

struct explaining {
    const struct ccs_document *doc;
    bool with_places;
    void (*each)(void *context, const struct ccs_explained *value);
    void *context;
    ccs_status status;
};

/* ---- Values as text ---- */

static void write_string(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') {
            fprintf(out, "\\%c", c);
        } else if (c < 0x20) {
            fprintf(out, "\\u%04x", c);
        } else {
            fputc(c, out); /* what else must not be shown as it is, the table escapes */
        }
    }
    fputc('"', out);
}

static void write_value(FILE *out, const struct cJSON *value)
{
    char number[CCS_DOUBLE_TEXT];
    if (cJSON_IsString(value)) {
        write_string(out, value->valuestring);
    } else if (cJSON_IsNumber(value)) {
        fputs(ccs_double_text(number, value->valuedouble), out);
    } else if (cJSON_IsArray(value)) {
        int n = cJSON_GetArraySize(value), i = 0;
        fputc('[', out);
        for (const struct cJSON *item = value->child; item != NULL && i < LIST_SHOWN;
             item = item->next, i++) {
            fputs(i > 0 ? ", " : "", out);
            write_value(out, item);
        }
        if (n > LIST_SHOWN) {
            fprintf(out, ", ... %d in all", n);
        }
        fputc(']', out);
    } else if (cJSON_IsObject(value)) {
        fputc('{', out);
        for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
            fputs(item != value->child ? ", " : "", out);
            write_string(out, item->string);
            fputs(": ", out);
            write_value(out, item);
        }
        fputc('}', out);
    } else {
        fputs(cJSON_IsTrue(value) ? "true" : cJSON_IsFalse(value) ? "false" : "null", out);
    }
}

/* To be freed; NULL when memory is exhausted. */
static char *value_text(const struct cJSON *value)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = ccs_sink_to_text(&text, &size);
    if (out == NULL) {
        return NULL;
    }
    write_value(out, value);
    ccs_sink_end_text(out, &text, &size);
    return text;
}

/* ---- The walk ---- */

static void explain_section(struct explaining *e, const struct ccs_section *section,
                            const struct cJSON *object, const struct ccs_path *path);

/* `value` NULL: the default holds. */
static void explain_leaf(struct explaining *e, const struct ccs_field *field,
                         const struct cJSON *value, const struct ccs_path *path)
{
    struct ccs_arena arena;
    struct ccs_document_place place = {.origin = ""};
    ccs_arena_init(&arena, 0);
    const char *def = ccs_field_default(field) == CCS_DEFAULT_VALUE ? field->def : "";
    const char *pointer = ccs_path_text(path, &arena);
    char *given = value == NULL ? NULL : value_text(value);
    if (pointer == NULL || (value != NULL && given == NULL) ||
        (value != NULL && e->with_places &&
         ccs_document_find(e->doc, pointer, &arena, &place) != CCS_OK)) {
        e->status = CCS_ENOMEM;
    } else {
        struct ccs_explained explained = {
            .pointer = pointer,
            .value = value == NULL ? def : given,
            .is_given = value != NULL,
            .origin = place.origin,
            .line = place.line,
            .field = field,
        };
        e->each(e->context, &explained);
    }
    free(given);
    ccs_arena_fini(&arena);
}

static int compare_members(const void *a, const void *b)
{
    const struct cJSON *x = *(const struct cJSON *const *)a;
    const struct cJSON *y = *(const struct cJSON *const *)b;
    return strcmp(x->string, y->string);
}

static void explain_map(struct explaining *e, const struct ccs_field *field,
                        const struct cJSON *object, const struct ccs_path *path)
{
    size_t n = 0, room = cJSON_IsObject(object) ? (size_t)cJSON_GetArraySize(object) : 0;
    const struct cJSON **record = calloc(room + 1, sizeof(struct cJSON *));
    if (record == NULL) {
        e->status = CCS_ENOMEM;
        return;
    }
    for (const struct cJSON *item = room > 0 ? object->child : NULL; item != NULL;
         item = item->next) {
        record[n++] = item;
    }
    qsort(record, n, sizeof(struct cJSON *), compare_members);
    for (size_t i = 0; i < n; i++) {
        struct ccs_path here = ccs_path_key(path, record[i]->string);
        explain_section(e, field->section, record[i], &here);
    }
    free(record);
}

static void explain_field(struct explaining *e, const struct ccs_field *field,
                          const struct cJSON *object, const struct ccs_path *path)
{
    const struct cJSON *value = ccs_json_member(object, field->key);
    struct ccs_path here = ccs_path_key(path, field->key);
    enum ccs_kind_holds holds = ccs_kind_of(field)->holds;
    bool is_absent = value == NULL && ccs_field_default(field) == CCS_DEFAULT_ABSENT;
    if (holds == CCS_HOLDS_RECORDS) {
        explain_map(e, field, value, &here);
    } else if (holds == CCS_HOLDS_SECTION && !is_absent) {
        explain_section(e, field->section, value, &here);
    } else {
        explain_leaf(e, field, value, &here);
    }
}

static void explain_section(struct explaining *e, const struct ccs_section *section,
                            const struct cJSON *object, const struct ccs_path *path)
{
    const struct cJSON *kind = ccs_json_member(object, "kind");
    for (size_t i = 0; i < section->field_n; i++) {
        explain_field(e, &section->field[i], object, path);
    }
    for (size_t i = 0; cJSON_IsString(kind) && i < section->variant_n; i++) {
        if (strcmp(section->variant[i].kind, kind->valuestring) != 0) {
            continue;
        }
        const struct ccs_section *chosen = section->variant[i].section;
        for (size_t j = 0; j < chosen->field_n; j++) {
            explain_field(e, &chosen->field[j], object, path);
        }
    }
}

ccs_status ccs_explain_values(const struct ccs_document *doc, const struct ccs_section *root,
                              bool with_places,
                              void (*each)(void *context, const struct ccs_explained *value),
                              void *context)
{
    struct explaining e = {doc, with_places, each, context, CCS_OK};
    explain_section(&e, root, doc->root, NULL);
    return e.status;
}
