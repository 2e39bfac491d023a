/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scenario document: the JSON tree after `extends` and --set, and where each value came from.
 *
 * Layers, later ones win: the files named by `extends` (farthest ancestor first), the file
 * itself, each --set in order; for one policy, its `with` on top. Files and `with` are applied as
 * JSON Merge Patches (RFC 7396): objects are merged, everything else, lists included, replaced
 * whole, null deletes. --set replaces the value it names. Inside /policies/NAME/with two files are
 * *composed*: there a null is kept, because it is for the policy to delete with ("with": null
 * itself drops an inherited patch).
 *
 * Members whose key starts with `$` or `//` are comments and are dropped everywhere.
 *
 * Where a value came from is not stored per value: the last layer that mentions its pointer is
 * it, and the layer's text is read again for line and column (json.h).
 *
 * Invariants: the tree never holds a comment, nor /extends; keys are unique; strings are UTF-8
 * without NUL.
 */
#ifndef CCS_FORMAT_DOCUMENT_DOCUMENT_H
#define CCS_FORMAT_DOCUMENT_DOCUMENT_H

#include "base/arena.h"
#include "base/diag.h"
#include "format/field/field.h"

#include <ccsim/status.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;
struct ccs_document;

#define CCS_DOCUMENT_MAX_EXTENDS 16

/* Reads `path` ("-": standard input), then whatever it extends; a relative `extends` starts at
 * the folder of the file that says it. On failure *doc is NULL and the reason is in `diags`:
 * CCS_EIO when the file itself cannot be read, CCS_EDATA when its content (or a file it extends)
 * is bad, CCS_ENOMEM. */
ccs_status ccs_document_load(struct ccs_document **doc, const char *path,
                             struct ccs_diagnostics *diags);

/* The same from memory. `origin` names the text, `directory` is where relative paths start
 * ("" or ".": the working directory). The text is copied. */
ccs_status ccs_document_parse(struct ccs_document **doc, const char *origin, const char *directory,
                              const char *text, size_t size, struct ccs_diagnostics *diags);

void ccs_document_destroy(struct ccs_document *doc); /* NULL is fine */

/* The tree; valid until the document is changed or destroyed. */
const struct cJSON *ccs_document_root(const struct ccs_document *doc);

/* The name given to load or parse, and for a patched document the policy's name (else NULL). */
const char *ccs_document_origin(const struct ccs_document *doc);
const char *ccs_document_policy(const struct ccs_document *doc);

/* The policy's name if it has a `with`, so that the document differs from the scenario; else NULL.
 */
const char *ccs_document_patched_by(const struct ccs_document *doc);

/* NULL when `assignment` has the form /pointer=value, or what is wrong with it (static text):
 * a fault in its form is one of usage, not of the scenario. */
const char *ccs_document_set_fault(const char *assignment);

/* "/teams/billing/agents=12": replaces (or adds) the value at a JSON pointer (~0 and ~1 as in
 * RFC 6901). The value is JSON if it reads as JSON, otherwise a string, so "/run/horizon=26 weeks"
 * works unquoted. Missing objects on the way are created where `root` has a key of that name; the
 * user's own names (teams, policies ...) must exist, except as the last step, where the whole
 * record is given: so a typing error cannot found a new team. List elements must exist. `root`
 * NULL: any object is created. CCS_OK, CCS_EDATA, CCS_EUSAGE (ccs_document_set_fault), CCS_ENOMEM.
 */
ccs_status ccs_document_set(struct ccs_document *doc, const struct ccs_section *root,
                            const char *assignment, struct ccs_diagnostics *diags);

/* The members of the top-level object `group` in any of the documents, without repetition, sorted
 * by strcmp, in the arena. Absent or not an object: none. */
ccs_status ccs_document_names(const struct ccs_document *const *docs, size_t doc_n,
                              const char *group, struct ccs_arena *arena, const char ***names,
                              size_t *n);

/* The document as it is under one policy: /policies/NAME/with merged into the root. `with` may
 * only have the members named in `allowed`. `base` must outlive the result and not change.
 * CCS_EUSAGE when there is no such policy. */
ccs_status ccs_document_patch(struct ccs_document **patched, const struct ccs_document *base,
                              const char *policy, const char *const *allowed, size_t allowed_n,
                              struct ccs_diagnostics *diags);

/* XXH3 of the document in canonical order, numbers bit by bit, without the values at the `ignore`
 * pointers (CCS_DOCUMENT_UNHASHED for the scenario's identity). A "csv" counts by the content of
 * the file, not by its path. CCS_OK or CCS_ENOMEM. */
#define CCS_DOCUMENT_UNHASHED                                                                      \
    {                                                                                              \
        "/name", "/description", "/run/seed", "/run/replications", "/run/targets",                 \
            "/run/indifference", "/two_by_two", "/expect"                                          \
    }
ccs_status ccs_document_hash(const struct ccs_document *doc, const char *const *ignore,
                             size_t ignore_n, uint64_t *hash);

/* Every file the document was read from ("<stdin>" for standard input), then every "csv" it names;
 * a file may come more than once. Ends with the first status that is not CCS_OK. */
typedef ccs_status ccs_file_visit(void *context, const char *path);
ccs_status ccs_document_files(const struct ccs_document *doc, ccs_file_visit *visit, void *context);

/* Where a value came from. */
struct ccs_document_place {
    const char *origin;    /* file, or "--set /pointer=value"; lives as long as the document */
    const char *directory; /* where relative paths start: "" = the working directory */
    int line, column;      /* of the value; 0: unknown */
    int key_line, key_column;
    const char *pointer;   /* in the arena: inside `with`, where it really stands */
    const char *extending; /* the file that extends `origin`, or NULL */
};

/* The place of `pointer`, or of its nearest ancestor that was written down. */
ccs_status ccs_document_find(const struct ccs_document *doc, const char *pointer,
                             struct ccs_arena *arena, struct ccs_document_place *place);

/* A diagnostic about the value at `pointer` (or about its key), with origin, line and column.
 * The same one is never added twice, so that each policy's document may be checked in turn. */
void ccs_document_report(const struct ccs_document *doc, struct ccs_diagnostics *diags,
                         enum ccs_diag_code code, const char *pointer, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void ccs_document_report_key(const struct ccs_document *doc, struct ccs_diagnostics *diags,
                             enum ccs_diag_code code, const char *pointer, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* "/teams/my~1team/agents" from its parts, the last one NULL; in the arena. */
const char *ccs_pointer_join(struct ccs_arena *arena, ...) __attribute__((sentinel));

#endif
