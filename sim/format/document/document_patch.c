/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document as it is under one policy, and the names over several: see document.h. */
#include "base/try.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"
#include "format/document/text.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void report_idle_null(const struct ccs_merge *merge, const struct ccs_path *path)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    const char *below = ccs_path_text(path, &arena);
    const char *pointer =
        below == NULL ? NULL : ccs_arena_printf(&arena, "%s%s", merge->doc->with_pointer, below);
    if (pointer != NULL) {
        ccs_document_report(merge->doc->base, merge->diags, CCS_W403, pointer,
                            "null deletes nothing: there is no such key");
    }
    ccs_arena_fini(&arena);
}

/* Reports members of `with` that are not in the list. */
static ccs_status check_allowed(const struct ccs_document *doc, const char *const *allowed,
                                size_t allowed_n, struct ccs_diagnostics *diags)
{
    ccs_status status = CCS_OK;
    char list[256] = "";
    for (size_t i = 0, n = 0; i < allowed_n && n < sizeof list; i++) {
        n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", i > 0 ? ", " : "", allowed[i]);
    }
    for (const struct cJSON *item = doc->with->child; item != NULL; item = item->next) {
        bool is_allowed = false;
        for (size_t i = 0; i < allowed_n; i++) {
            is_allowed = is_allowed || strcmp(item->string, allowed[i]) == 0;
        }
        if (is_allowed) {
            continue;
        }
        struct ccs_arena arena;
        ccs_arena_init(&arena, 0);
        const char *pointer =
            ccs_pointer_join(&arena, "policies", doc->policy, "with", item->string, NULL);
        if (pointer != NULL) {
            ccs_document_report_key(doc->base, diags, CCS_E218, pointer,
                                    "a policy may only change %s", list);
        }
        ccs_arena_fini(&arena);
        status = CCS_EDATA;
    }
    return status;
}

static ccs_status apply_with(struct ccs_document *doc, const struct cJSON *entry,
                             const char *const *allowed, size_t allowed_n,
                             struct ccs_diagnostics *diags)
{
    const struct cJSON *with = ccs_json_member(entry, "with");
    if (with == NULL) {
        return CCS_OK;
    }
    if (!cJSON_IsObject(with)) {
        char found[CCS_FOUND_TEXT];
        ccs_document_report(doc->base, diags, cJSON_IsNull(with) ? CCS_E203 : CCS_E202,
                            doc->with_pointer, "must be an object (found %s)",
                            ccs_text_found(found, with));
        return CCS_EDATA;
    }
    doc->with = with;
    CCS_TRY(check_allowed(doc, allowed, allowed_n, diags));
    struct ccs_merge merge = {report_idle_null, diags, doc, NULL};
    return ccs_json_merge(doc->root, with, &merge);
}

ccs_status ccs_document_patch(struct ccs_document **patched, const struct ccs_document *base,
                              const char *policy, const char *const *allowed, size_t allowed_n,
                              struct ccs_diagnostics *diags)
{
    const struct cJSON *policies = ccs_json_member(base->root, "policies");
    const struct cJSON *entry = ccs_json_member(policies, policy);
    *patched = NULL;
    if (entry == NULL) {
        return CCS_EUSAGE;
    }
    struct ccs_document *doc = calloc(1, sizeof *doc);
    if (doc == NULL) {
        return CCS_ENOMEM;
    }
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    const char *pointer = ccs_pointer_join(&arena, "policies", policy, "with", NULL);
    doc->base = base;
    doc->policy = strdup(policy);
    doc->with_pointer = pointer == NULL ? NULL : strdup(pointer);
    ccs_arena_fini(&arena);
    doc->root = cJSON_Duplicate(base->root, 1);
    ccs_status status = CCS_ENOMEM;
    if (doc->policy != NULL && doc->with_pointer != NULL && doc->root != NULL) {
        status = apply_with(doc, entry, allowed, allowed_n, diags);
    }
    if (status != CCS_OK) {
        ccs_document_destroy(doc);
        return status;
    }
    *patched = doc;
    return CCS_OK;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

ccs_status ccs_document_names(const struct ccs_document *const *docs, size_t doc_n,
                              const char *group, struct ccs_arena *arena, const char ***names,
                              size_t *n)
{
    size_t room = 0;
    for (size_t i = 0; i < doc_n; i++) {
        const struct cJSON *object = ccs_json_member(docs[i]->root, group);
        room += cJSON_IsObject(object) ? (size_t)cJSON_GetArraySize(object) : 0;
    }
    *n = 0;
    *names = ccs_arena_calloc(arena, room, sizeof **names);
    if (*names == NULL) {
        return CCS_ENOMEM;
    }
    size_t count = 0;
    for (size_t i = 0; i < doc_n; i++) {
        const struct cJSON *object = ccs_json_member(docs[i]->root, group);
        const struct cJSON *item = cJSON_IsObject(object) ? object->child : NULL;
        for (; item != NULL; item = item->next) {
            (*names)[count++] = item->string;
        }
    }
    if (count > 0) {
        qsort(*names, count, sizeof **names, compare_names);
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp((*names)[i], (*names)[*n - 1]) == 0) {
            continue;
        }
        (*names)[*n] = ccs_arena_strdup(arena, (*names)[i]);
        if ((*names)[*n] == NULL) {
            return CCS_ENOMEM;
        }
        (*n)++;
    }
    return CCS_OK;
}
