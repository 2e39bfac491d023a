/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loading a scenario document and the files it extends: see document.h. The rest of it is in
 * merge.c, document_set.c, document_patch.c, document_place.c and document_hash.c.
 */
#include "format/document/document.h"

#include "base/file.h"
#include "base/try.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"
#include "format/document/path.h"
#include "format/document/text.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Layers ---- */

ccs_status ccs_document_add_layer(struct ccs_document *doc, struct ccs_layer **layer)
{
    if (doc->layer_n == doc->layer_cap) {
        size_t cap = doc->layer_cap == 0 ? 4 : 2 * doc->layer_cap;
        struct ccs_layer *grown = realloc(doc->layer, cap * sizeof *grown);
        if (grown == NULL) {
            return CCS_ENOMEM;
        }
        doc->layer = grown;
        doc->layer_cap = cap;
    }
    *layer = &doc->layer[doc->layer_n++];
    memset(*layer, 0, sizeof **layer);
    return CCS_OK;
}

void ccs_document_destroy(struct ccs_document *doc)
{
    if (doc == NULL) {
        return;
    }
    for (size_t i = 0; i < doc->layer_n; i++) {
        free(doc->layer[i].origin);
        free(doc->layer[i].directory);
        free(doc->layer[i].text);
        free(doc->layer[i].pointer);
    }
    free(doc->layer);
    free(doc->policy);
    free(doc->with_pointer);
    cJSON_Delete(doc->root);
    free(doc);
}

const struct cJSON *ccs_document_root(const struct ccs_document *doc)
{
    return doc->root;
}

const char *ccs_document_origin(const struct ccs_document *doc)
{
    return doc->base != NULL ? ccs_document_origin(doc->base) : doc->layer[doc->file_n - 1].origin;
}

const char *ccs_document_policy(const struct ccs_document *doc)
{
    return doc->policy;
}

const char *ccs_document_patched_by(const struct ccs_document *doc)
{
    return doc->with ? doc->policy : NULL;
}

/* ---- Loading ---- */

/* The folder part of a path with its final slash, "" if there is none. */
static char *directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return strndup(path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
}

char *ccs_path_from(const char *directory, const char *path)
{
    size_t n = strlen(directory);
    char *joined = NULL;
    int length;
    if (path[0] == '/') {
        return strdup(path);
    }
    if (n == 0) {
        /* A file called "-" is a file: only the command line means standard input by it. */
        length = asprintf(&joined, "%s%s", strcmp(path, "-") == 0 ? "./" : "", path);
    } else {
        length = asprintf(&joined, "%s%s%s", directory, directory[n - 1] == '/' ? "" : "/", path);
    }
    return length < 0 ? NULL : joined;
}

/* A chain of files while it is being loaded: [0] is the scenario, each further one its parent. */
struct chain {
    struct ccs_layer layer[CCS_DOCUMENT_MAX_EXTENDS];
    struct cJSON *root[CCS_DOCUMENT_MAX_EXTENDS];
    size_t n;
};

static void report_layer(const struct ccs_layer *layer, struct ccs_diagnostics *diags,
                         enum ccs_diag_code code, const char *pointer, const char *message)
{
    struct ccs_json_place place = {0, 0, 0, 0};
    ccs_json_locate(layer->text, layer->size, pointer, &place);
    ccs_diag_add_once(diags, code, layer->origin, place.line, place.column, pointer, message);
}

/* Parses the newest layer of the chain, whose text is already there. */
static ccs_status parse_layer(struct chain *chain, struct ccs_diagnostics *diags)
{
    struct ccs_layer *layer = &chain->layer[chain->n - 1];
    struct cJSON **root = &chain->root[chain->n - 1];
    /* the chain owns layer and root, which the analyzer does not see */
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
    CCS_TRY(ccs_json_parse(layer->text, layer->size, layer->origin, "", diags, root));
    if (!cJSON_IsObject(*root)) {
        char found[CCS_FOUND_TEXT], message[160];
        snprintf(message, sizeof message, "a scenario is an object in braces, not %s",
                 ccs_text_found(found, *root));
        report_layer(layer, diags, CCS_E114, "", message);
        return CCS_EDATA;
    }
    ccs_json_drop_comments(*root);
    return CCS_OK;
}

/* Do the two names lead to the same file? */
static bool is_same_file(const char *a, const char *b)
{
    char real_a[PATH_MAX], real_b[PATH_MAX];
    return realpath(a, real_a) != NULL && realpath(b, real_b) != NULL &&
           strcmp(real_a, real_b) == 0;
}

/* Opens the file that the newest layer extends, as the next layer. `path` is owned. */
static ccs_status open_parent(struct chain *chain, char *path, struct ccs_diagnostics *diags)
{
    struct ccs_layer *child = &chain->layer[chain->n - 1];
    char message[640];
    for (size_t i = 0; i < chain->n; i++) {
        if (is_same_file(chain->layer[i].origin, path)) {
            snprintf(message, sizeof message, "the files extend each other in a circle: '%s' %s",
                     path, i + 1 == chain->n ? "extends itself" : "comes before this one");
            report_layer(child, diags, CCS_E115, "/extends", message);
            free(path);
            return CCS_EDATA;
        }
    }
    if (chain->n == CCS_DOCUMENT_MAX_EXTENDS) {
        snprintf(message, sizeof message, "a chain of more than %d files",
                 CCS_DOCUMENT_MAX_EXTENDS);
        report_layer(child, diags, CCS_E115, "/extends", message);
        free(path);
        return CCS_EDATA;
    }
    struct ccs_file_error error;
    struct ccs_layer *parent = &chain->layer[chain->n];
    ccs_status status =
        ccs_file_read(path, CCS_JSON_MAX_BYTES, &parent->text, &parent->size, &error);
    if (status != CCS_OK) {
        if (status == CCS_EIO || status == CCS_EDATA) {
            report_layer(child, diags, status == CCS_EIO ? CCS_E100 : CCS_E101, "/extends",
                         error.text);
            /* a name that is wrong is one of the scenario, what else there is of the environment */
            status = status == CCS_EIO && !error.is_missing ? CCS_EIO : CCS_EDATA;
        }
        free(path);
        return status;
    }
    chain->n++;
    parent->origin = path;
    parent->directory = directory_of(path);
    return parent->directory == NULL ? CCS_ENOMEM : CCS_OK;
}

/* Follows `extends` from the newest layer; *has_parent tells whether there was one. */
static ccs_status follow_extends(struct chain *chain, bool *has_parent,
                                 struct ccs_diagnostics *diags)
{
    struct ccs_layer *child = &chain->layer[chain->n - 1];
    struct cJSON *root = chain->root[chain->n - 1];
    struct cJSON *extends = ccs_json_member(root, "extends");
    *has_parent = false;
    if (extends == NULL) {
        return CCS_OK;
    }
    if (!cJSON_IsString(extends) || extends->valuestring[0] == '\0') {
        char found[CCS_FOUND_TEXT], message[160];
        snprintf(message, sizeof message, "must be the name of a scenario file (found %s)",
                 ccs_text_found(found, extends));
        report_layer(child, diags, CCS_E202, "/extends", message);
        return CCS_EDATA;
    }
    char *path = ccs_path_from(child->directory, extends->valuestring);
    if (path == NULL) {
        return CCS_ENOMEM;
    }
    cJSON_Delete(cJSON_DetachItemViaPointer(root, extends));
    *has_parent = true;
    return open_parent(chain, path, diags);
}

static void report_idle_null(const struct ccs_merge *merge, const struct ccs_path *path)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    const char *pointer = ccs_path_text(path, &arena);
    if (pointer != NULL) {
        report_layer(merge->layer, merge->diags, CCS_W403, pointer,
                     "null deletes nothing: the extended file has no such key");
    }
    ccs_arena_fini(&arena);
}

/* Merges the chain, farthest ancestor first, into a document that takes over the layers. */
static ccs_status join_chain(struct chain *chain, struct ccs_document *doc,
                             struct ccs_diagnostics *diags)
{
    doc->root = chain->root[chain->n - 1];
    chain->root[chain->n - 1] = NULL;
    for (size_t i = chain->n - 1; i-- > 0;) {
        struct ccs_merge merge = {report_idle_null, diags, doc, &chain->layer[i]};
        CCS_TRY(ccs_json_merge(doc->root, chain->root[i], &merge));
    }
    for (size_t i = chain->n; i-- > 0;) {
        struct ccs_layer *layer;
        CCS_TRY(ccs_document_add_layer(doc, &layer));
        *layer = chain->layer[i];
        memset(&chain->layer[i], 0, sizeof chain->layer[i]);
    }
    doc->file_n = doc->layer_n;
    return CCS_OK;
}

/* The first layer is open; reads the rest. */
static ccs_status load_chain(struct chain *chain, struct ccs_document **doc,
                             struct ccs_diagnostics *diags)
{
    for (bool has_parent = true; has_parent;) {
        CCS_TRY(parse_layer(chain, diags));
        CCS_TRY(follow_extends(chain, &has_parent, diags));
    }
    *doc = calloc(1, sizeof **doc);
    if (*doc == NULL) {
        return CCS_ENOMEM;
    }
    ccs_status status = join_chain(chain, *doc, diags);
    if (status != CCS_OK) {
        ccs_document_destroy(*doc);
        *doc = NULL;
    }
    return status;
}

static void chain_fini(struct chain *chain)
{
    for (size_t i = 0; i < chain->n; i++) {
        free(chain->layer[i].origin);
        free(chain->layer[i].directory);
        free(chain->layer[i].text);
        cJSON_Delete(chain->root[i]);
    }
}

ccs_status ccs_document_load(struct ccs_document **doc, const char *path,
                             struct ccs_diagnostics *diags)
{
    struct chain chain;
    struct ccs_file_error error;
    bool is_stdin = strcmp(path, "-") == 0;
    const char *origin = is_stdin ? "<stdin>" : path;
    *doc = NULL;
    memset(&chain, 0, sizeof chain);
    ccs_status status =
        ccs_file_read(path, CCS_JSON_MAX_BYTES, &chain.layer[0].text, &chain.layer[0].size, &error);
    if (status == CCS_EIO || status == CCS_EDATA) {
        ccs_diag_add_once(diags, status == CCS_EIO ? CCS_E100 : CCS_E101, origin, 0, 0, "",
                          error.text);
    }
    if (status != CCS_OK) {
        return status;
    }
    chain.n = 1;
    chain.layer[0].origin = strdup(origin);
    chain.layer[0].directory = is_stdin ? strdup("") : directory_of(path);
    if (chain.layer[0].origin == NULL || chain.layer[0].directory == NULL) {
        status = CCS_ENOMEM;
    } else {
        status = load_chain(&chain, doc, diags);
    }
    chain_fini(&chain);
    return status;
}

ccs_status ccs_document_parse(struct ccs_document **doc, const char *origin, const char *directory,
                              const char *text, size_t size, struct ccs_diagnostics *diags)
{
    struct chain chain;
    *doc = NULL;
    memset(&chain, 0, sizeof chain);
    chain.n = 1;
    chain.layer[0].origin = strdup(origin);
    chain.layer[0].directory = strdup(directory);
    chain.layer[0].text = malloc(size + 1);
    chain.layer[0].size = size;
    ccs_status status = CCS_ENOMEM;
    if (chain.layer[0].origin != NULL && chain.layer[0].directory != NULL &&
        chain.layer[0].text != NULL) {
        memcpy(chain.layer[0].text, text, size);
        chain.layer[0].text[size] = '\0';
        status = load_chain(&chain, doc, diags);
    }
    chain_fini(&chain);
    return status;
}
