/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Strict JSON: what cJSON 1.7 lets through is caught here, on the raw text, before cJSON sees it.
 *
 * Refused: a byte order mark, bytes that are not UTF-8, raw control characters and NUL, \u0000,
 * lone surrogates, text after the end, 01 1. .5 +1 NaN Infinity, numbers beyond a double, keys
 * given twice in one object, comments, trailing commas, single quotes; more than
 * CCS_JSON_MAX_DEPTH nested brackets or CCS_JSON_MAX_VALUES values (cJSON needs about 64 bytes
 * for each). Grammar: RFC 8259; encoding: RFC 3629.
 *
 * It also finds where a value stands: the text is read again when a diagnostic needs a line and
 * a column, so nothing has to be kept per value.
 */
#ifndef CCS_FORMAT_DOCUMENT_JSON_H
#define CCS_FORMAT_DOCUMENT_JSON_H

#include <ccsim/diagnostic.h>
#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>

struct cJSON;

#define CCS_JSON_MAX_BYTES ((size_t)64 * 1024 * 1024)
#define CCS_JSON_MAX_DEPTH 200
#define CCS_JSON_MAX_VALUES ((size_t)4 * 1000 * 1000)
#define CCS_JSON_MAX_NUMBER 63 /* characters: cJSON copies a number into 64 bytes */

/* Line and column, 1-based, in bytes; 0 where unknown. A value without a key (array element,
 * root) has its own place as key place. */
struct ccs_json_place {
    int line, column;
    int key_line, key_column;
};

/* Checks the whole text. Every fault that does not hide the rest is reported (at most 100);
 * `diags` may be NULL. `origin` names the text in the diagnostics. `only` is prepended to the
 * pointers of the diagnostics ("" for a whole document). CCS_OK, CCS_EDATA or CCS_ENOMEM. */
ccs_status ccs_json_check(const char *text, size_t size, const char *origin, const char *only,
                          struct ccs_diagnostics *diags);

/* Checks, then parses. `*root` is the caller's, to be freed with cJSON_Delete. */
ccs_status ccs_json_parse(const char *text, size_t size, const char *origin, const char *only,
                          struct ccs_diagnostics *diags, struct cJSON **root);

/* Where the value at `pointer` stands in a text that ccs_json_check accepted; false when the
 * text has no such value. */
bool ccs_json_locate(const char *text, size_t size, const char *pointer,
                     struct ccs_json_place *place);

/* The value at a JSON pointer (RFC 6901), keys compared exactly; NULL when there is none. */
struct cJSON *ccs_json_at(const struct cJSON *root, const char *pointer);

/* The member of an object, keys compared exactly; NULL when absent or not an object. */
struct cJSON *ccs_json_member(const struct cJSON *object, const char *key);

#endif
