/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which files a document was read from, and which it names: itself, what it extends, and every
 * "csv". The patches of policies are part of the tree, so their tables are found as well.
 */
#include "format/document/document_internal.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

struct visiting {
    const struct ccs_document *doc;
    ccs_file_visit *visit;
    void *context;
};

char *ccs_document_file(const struct ccs_document *doc, const struct ccs_path *path,
                        const char *name)
{
    struct ccs_arena arena;
    struct ccs_document_place place;
    ccs_arena_init(&arena, 0);
    const char *pointer = ccs_path_text(path, &arena);
    ccs_status status =
        pointer == NULL ? CCS_ENOMEM : ccs_document_find(doc, pointer, &arena, &place);
    char *file = status == CCS_OK ? ccs_path_from(place.directory, name) : NULL;
    ccs_arena_fini(&arena);
    return file;
}

static ccs_status visit_table(const struct visiting *v, const struct ccs_path *path,
                              const char *name)
{
    char *file = ccs_document_file(v->doc, path, name);
    ccs_status status = file == NULL ? CCS_ENOMEM : v->visit(v->context, file);
    free(file);
    return status;
}

static ccs_status visit_tables(const struct visiting *v, const struct cJSON *value,
                               const struct ccs_path *path)
{
    size_t index = 0;
    ccs_status status = CCS_OK;
    bool is_array = cJSON_IsArray(value);
    for (const struct cJSON *item = value->child; item != NULL && status == CCS_OK;
         item = item->next) {
        struct ccs_path here =
            is_array ? ccs_path_index(path, index++) : ccs_path_key(path, item->string);
        bool is_table = !is_array && strcmp(item->string, "csv") == 0 && cJSON_IsString(item);
        status = is_table ? visit_table(v, &here, item->valuestring) : visit_tables(v, item, &here);
    }
    return status;
}

ccs_status ccs_document_files(const struct ccs_document *doc, ccs_file_visit *visit, void *context)
{
    const struct visiting v = {doc, visit, context};
    ccs_status status = CCS_OK;
    for (size_t i = 0; i < doc->file_n && status == CCS_OK; i++) {
        status = visit(context, doc->layer[i].origin);
    }
    return status == CCS_OK ? visit_tables(&v, doc->root, NULL) : status;
}
