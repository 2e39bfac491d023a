/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Strict reading of JSON files that no field rows describe: baselines, cases of known answers. What
 * is not understood is an error with line, column and JSON pointer (RFC 6901: ~ and / in a key are
 * ~0 and ~1): unknown keys, with the one that was probably meant; wrong types; what is missing.
 * Keys given twice, and all else that JSON itself forbids, ccs_json_parse has refused before.
 *
 * null is a value only where ccs_reader_real reads one: a number that the results did not have.
 *
 * A node is a value and the way to it. Its way leads through its parent, which must live as long. A
 * function that finds something wrong reports it and goes on; ccs_reader_status sums up.
 */
#ifndef CCS_FORMAT_DOCUMENT_READER_H
#define CCS_FORMAT_DOCUMENT_READER_H

#include "base/arena.h"
#include "base/diag.h"
#include "format/document/path.h"

#include <ccsim/status.h>
#include <stdbool.h>
#include <stdint.h>

struct cJSON;

struct ccs_reader {
    const char *origin, *text; /* of the file, borrowed */
    size_t size;
    bool may_comment;        /* keys that begin with $ or // are passed over */
    struct ccs_arena *arena; /* holds what is kept */
    struct ccs_diagnostics *diags;
    bool is_bad, no_memory;
};

struct ccs_node {
    const struct cJSON *value; /* NULL: not there, or of the wrong type and reported */
    const struct ccs_node *up; /* NULL: the root */
    struct ccs_path path;
};

struct ccs_node ccs_node_root(const struct cJSON *value);

/* The child that `item` is: a member of an object, or element `index` of a list. */
struct ccs_node ccs_node_child(const struct ccs_node *parent, const struct cJSON *item,
                               size_t index);

/* A member or an element of whatever type, there or not. */
struct ccs_node ccs_node_key(const struct ccs_node *parent, const char *key);
struct ccs_node ccs_node_element(const struct ccs_node *parent, size_t index);

/* The first child of an object or list, NULL without one: they are walked by `next`. */
const struct cJSON *ccs_node_first(const struct ccs_node *node);

void ccs_reader_fail(struct ccs_reader *r, enum ccs_diag_code code, const struct ccs_node *at,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Is it of the cJSON type? Otherwise reported, and the node has no value any more. */
bool ccs_reader_is(struct ccs_reader *r, struct ccs_node *node, int type);

/* A member of that type; reported when it has another, and `member` when it is not there either
 * (but not where the parent has no value, which has been reported). */
struct ccs_node ccs_reader_optional(struct ccs_reader *r, const struct ccs_node *parent,
                                    const char *key, int type);
struct ccs_node ccs_reader_member(struct ccs_reader *r, const struct ccs_node *parent,
                                  const char *key, int type);

/* Every key must be one of the list, which ends with NULL. */
void ccs_reader_keys(struct ccs_reader *r, const struct ccs_node *object, const char *const *keys);

/* The text of a string, in the arena; NULL if the node has no value. */
const char *ccs_reader_text(struct ccs_reader *r, const struct ccs_node *node);

/* A number or null: NAN. `at` is the place to report. */
double ccs_reader_real(struct ccs_reader *r, const struct cJSON *item, const struct ccs_node *at);

/* Zeroed memory in the arena; NULL, and ccs_reader_status says so, when it is exhausted. */
void *ccs_reader_keep(struct ccs_reader *r, size_t n, size_t size);

/* CCS_OK, CCS_EDATA (see the diagnostics) or CCS_ENOMEM. */
ccs_status ccs_reader_status(const struct ccs_reader *r);

#endif
