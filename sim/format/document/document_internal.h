/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the document_*.c files share: the struct, and the tree operations under it. Not for others.
 */
#ifndef CCS_FORMAT_DOCUMENT_DOCUMENT_INTERNAL_H
#define CCS_FORMAT_DOCUMENT_DOCUMENT_INTERNAL_H

#include "format/document/document.h"
#include "format/document/path.h"

#include <stdbool.h>

/* One text that contributed values: a file, or a --set. Everything in it is owned. */
struct ccs_layer {
    char *origin;    /* file name, or "--set /pointer=value" */
    char *directory; /* where its relative paths start */
    char *text;      /* file: to find lines and columns in; --set: NULL */
    size_t size;
    char *pointer; /* --set: what it replaces; file: NULL */
};

struct ccs_document {
    struct cJSON *root;
    struct ccs_layer *layer; /* oldest first: ancestors, the file, each --set */
    size_t layer_n, layer_cap;
    size_t file_n; /* layers that are files; the last of them is the scenario itself */
    /* A patched document has no layers of its own but these: */
    const struct ccs_document *base; /* borrowed */
    const struct cJSON *with;        /* borrowed from base; NULL: the policy has none */
    char *policy;                    /* its name */
    char *with_pointer;              /* "/policies/NAME/with" */
};

ccs_status ccs_document_add_layer(struct ccs_document *doc, struct ccs_layer **layer);

/* `path` as seen from `directory`, to be freed; NULL when memory is exhausted. "-" becomes "./-":
 * only the command line means standard input by it. */
char *ccs_path_from(const char *directory, const char *path);

/* The file called `name` at `path` of the document, as seen from the working directory; to be
 * freed. NULL when memory is exhausted. */
char *ccs_document_file(const struct ccs_document *doc, const struct ccs_path *path,
                        const char *name);

bool ccs_key_is_comment(const char *key);

/* Removes members with a comment key, at every level. */
void ccs_json_drop_comments(struct cJSON *value);

/* Makes `value` (taken over even on failure; NULL counts as exhausted memory) the member `key`. */
ccs_status ccs_json_put(struct cJSON *object, const char *key, struct cJSON *value);

/* A JSON Merge Patch of one object onto another. `idle` is called for every null that deletes
 * nothing, with the path of that null in the patch. */
struct ccs_merge {
    void (*idle)(const struct ccs_merge *merge, const struct ccs_path *path);
    struct ccs_diagnostics *diags;
    const struct ccs_document *doc; /* for `idle` */
    const struct ccs_layer *layer;  /* for `idle` */
};
ccs_status ccs_json_merge(struct cJSON *target, const struct cJSON *patch,
                          const struct ccs_merge *merge);

#endif
