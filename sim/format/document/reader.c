/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strict reading of JSON files: see reader.h. */
#include "format/document/reader.h"

#include "format/document/document_internal.h"
#include "format/document/json.h"
#include "format/document/text.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct ccs_path *path_of(const struct ccs_node *node)
{
    return node->up == NULL ? NULL : &node->path;
}

struct ccs_node ccs_node_root(const struct cJSON *value)
{
    return (struct ccs_node){.value = value};
}

struct ccs_node ccs_node_child(const struct ccs_node *parent, const struct cJSON *item,
                               size_t index)
{
    struct ccs_node node = {.value = item, .up = parent};
    node.path = item->string != NULL ? ccs_path_key(path_of(parent), item->string)
                                     : ccs_path_index(path_of(parent), index);
    return node;
}

struct ccs_node ccs_node_key(const struct ccs_node *parent, const char *key)
{
    return (struct ccs_node){
        .value = ccs_json_member(parent->value, key),
        .up = parent,
        .path = ccs_path_key(path_of(parent), key),
    };
}

struct ccs_node ccs_node_element(const struct ccs_node *parent, size_t index)
{
    return (struct ccs_node){
        .value = cJSON_GetArrayItem(parent->value, (int)index),
        .up = parent,
        .path = ccs_path_index(path_of(parent), index),
    };
}

const struct cJSON *ccs_node_first(const struct ccs_node *node)
{
    return node->value == NULL ? NULL : node->value->child;
}

void ccs_reader_fail(struct ccs_reader *r, enum ccs_diag_code code, const struct ccs_node *at,
                     const char *format, ...)
{
    struct ccs_json_place place = {0};
    char message[300];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const char *pointer = ccs_path_text(path_of(at), r->arena);
    r->no_memory = r->no_memory || pointer == NULL;
    ccs_json_locate(r->text, r->size, pointer == NULL ? "" : pointer, &place);
    ccs_diag_add(r->diags, code, r->origin, place.line, place.column, pointer, "%s", message);
    r->is_bad = true;
}

static const char *type_name(int type)
{
    return type == cJSON_String   ? "a string"
           : type == cJSON_Number ? "a number"
           : type == cJSON_Array  ? "a list"
                                  : "an object";
}

bool ccs_reader_is(struct ccs_reader *r, struct ccs_node *node, int type)
{
    char found[CCS_FOUND_TEXT];
    if ((node->value->type & 0xFF) == type) {
        return true;
    }
    ccs_reader_fail(r, CCS_E202, node, "must be %s (found %s)", type_name(type),
                    ccs_text_found(found, node->value));
    node->value = NULL;
    return false;
}

struct ccs_node ccs_reader_optional(struct ccs_reader *r, const struct ccs_node *parent,
                                    const char *key, int type)
{
    struct ccs_node node = ccs_node_key(parent, key);
    if (node.value != NULL) {
        ccs_reader_is(r, &node, type);
    }
    return node;
}

struct ccs_node ccs_reader_member(struct ccs_reader *r, const struct ccs_node *parent,
                                  const char *key, int type)
{
    struct ccs_node node = ccs_node_key(parent, key);
    if (parent->value != NULL && node.value == NULL) {
        ccs_reader_fail(r, CCS_E201, &node, "is required");
    }
    return ccs_reader_optional(r, parent, key, type);
}

void ccs_reader_keys(struct ccs_reader *r, const struct ccs_node *object, const char *const *keys)
{
    for (const cJSON *item = ccs_node_first(object); item != NULL; item = item->next) {
        struct ccs_nearest nearest = ccs_nearest_to(item->string);
        char suggestion[CCS_SUGGEST_TEXT];
        bool is_known = r->may_comment && ccs_key_is_comment(item->string);
        for (size_t i = 0; keys[i] != NULL && !is_known; i++) {
            is_known = strcmp(keys[i], item->string) == 0;
            ccs_nearest_try(&nearest, keys[i]);
        }
        if (!is_known) {
            struct ccs_node node = ccs_node_child(object, item, 0);
            ccs_reader_fail(r, CCS_E200, &node, "unknown key%s",
                            ccs_nearest_text(suggestion, &nearest));
        }
    }
}

const char *ccs_reader_text(struct ccs_reader *r, const struct ccs_node *node)
{
    if (node->value == NULL) {
        return NULL;
    }
    char *text = ccs_arena_strdup(r->arena, node->value->valuestring);
    r->no_memory = r->no_memory || text == NULL;
    return text;
}

double ccs_reader_real(struct ccs_reader *r, const struct cJSON *item, const struct ccs_node *at)
{
    if (item != NULL && !cJSON_IsNumber(item) && !cJSON_IsNull(item)) {
        ccs_reader_fail(r, CCS_E202, at, "must be a number or null");
    }
    return cJSON_IsNumber(item) ? item->valuedouble : NAN;
}

void *ccs_reader_keep(struct ccs_reader *r, size_t n, size_t size)
{
    void *memory = ccs_arena_calloc(r->arena, n > 0 ? n : 1, size);
    r->no_memory = r->no_memory || memory == NULL;
    return memory;
}

ccs_status ccs_reader_status(const struct ccs_reader *r)
{
    return r->no_memory ? CCS_ENOMEM : r->is_bad ? CCS_EDATA : CCS_OK;
}
