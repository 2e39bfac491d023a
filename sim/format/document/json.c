/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parsing, pointers and places of JSON: see json.h. The check is in json_check.c. */
#include "format/document/json.h"

#include "base/try.h"
#include "format/document/json_text.h"

#include <cjson/cJSON.h>
#include <stdint.h>
#include <string.h>

ccs_status ccs_json_parse(const char *text, size_t size, const char *origin, const char *only,
                          struct ccs_diagnostics *diags, struct cJSON **root)
{
    *root = NULL;
    CCS_TRY(ccs_json_check(text, size, origin, only, diags));
    *root = cJSON_ParseWithLengthOpts(text, size, NULL, 0);
    return *root == NULL ? CCS_ENOMEM : CCS_OK;
}

/* ---- Finding a place in the text ---- */

static void pass_blank(const char *text, size_t size, size_t *at)
{
    while (*at < size &&
           (text[*at] == ' ' || text[*at] == '\t' || text[*at] == '\n' || text[*at] == '\r')) {
        (*at)++;
    }
}

static void pass_string(const char *text, size_t size, size_t *at)
{
    (*at)++;
    while (*at < size && text[*at] != '"') {
        *at += text[*at] == '\\' ? 2 : 1;
    }
    (*at)++;
}

/* Moves behind the value at *at. */
static void pass_value(const char *text, size_t size, size_t *at)
{
    size_t depth = 0;
    while (*at < size) {
        char c = text[*at];
        if (c == '"') {
            pass_string(text, size, at);
        } else if (c == '{' || c == '[') {
            depth++;
            (*at)++;
        } else if (c == '}' || c == ']') {
            depth--;
            (*at)++;
        } else if (ccs_json_is_word(c)) {
            while (*at < size && ccs_json_is_word(text[*at])) {
                (*at)++;
            }
        } else { /* comma, colon or blank inside brackets */
            (*at)++;
            continue;
        }
        if (depth == 0) {
            return;
        }
    }
}

/* Does the string at `at` equal the pointer token of n bytes (with ~0 and ~1)? */
static bool key_is(const char *text, size_t size, size_t at, const char *token, size_t n)
{
    char bytes[4];
    size_t i = 0;
    at++;
    for (size_t count; (count = ccs_json_next_bytes(text, size, &at, bytes)) > 0;) {
        for (size_t k = 0; k < count; k++) {
            char c = i < n ? token[i++] : '\0';
            if (c == '~' && i < n) {
                c = token[i++] == '0' ? '~' : '/';
            }
            if (c != bytes[k]) {
                return false;
            }
        }
    }
    return i == n;
}

/* From an opening `{` to the value of a member; *key_at is its key. */
static bool enter_member(const char *text, size_t size, size_t *at, const char *token, size_t n,
                         size_t *key_at)
{
    (*at)++;
    for (;;) {
        pass_blank(text, size, at);
        if (*at >= size || text[*at] != '"') {
            return false;
        }
        *key_at = *at;
        pass_string(text, size, at);
        pass_blank(text, size, at);
        (*at)++; /* the colon */
        pass_blank(text, size, at);
        if (key_is(text, size, *key_at, token, n)) {
            return *at < size;
        }
        pass_value(text, size, at);
        pass_blank(text, size, at);
        (*at)++; /* comma, or the closing bracket: then no quote follows as next key */
        if (*at > size || text[*at - 1] != ',') {
            return false;
        }
    }
}

/* The index a pointer token stands for (RFC 6901: no leading zeros), or SIZE_MAX. */
static size_t token_index(const char *token, size_t n)
{
    size_t index = 0;
    if (n == 0 || n > 9 || (n > 1 && token[0] == '0')) {
        return SIZE_MAX;
    }
    for (size_t i = 0; i < n; i++) {
        if (!ccs_json_is_digit(token[i])) {
            return SIZE_MAX;
        }
        index = index * 10 + (size_t)(token[i] - '0');
    }
    return index;
}

static bool enter_element(const char *text, size_t size, size_t *at, size_t index)
{
    (*at)++;
    pass_blank(text, size, at);
    if (index == SIZE_MAX || *at >= size || text[*at] == ']') {
        return false;
    }
    for (size_t i = 0; i < index; i++) {
        pass_value(text, size, at);
        pass_blank(text, size, at);
        if (*at >= size || text[*at] != ',') {
            return false;
        }
        (*at)++;
        pass_blank(text, size, at);
    }
    return *at < size;
}

bool ccs_json_locate(const char *text, size_t size, const char *pointer,
                     struct ccs_json_place *place)
{
    size_t at = 0, key_at = 0;
    pass_blank(text, size, &at);
    key_at = at;
    while (*pointer == '/') {
        const char *token = pointer + 1;
        size_t n = strcspn(token, "/");
        pointer = token + n;
        if (at >= size) {
            return false;
        }
        if (text[at] == '{') {
            if (!enter_member(text, size, &at, token, n, &key_at)) {
                return false;
            }
        } else if (text[at] == '[') {
            if (!enter_element(text, size, &at, token_index(token, n))) {
                return false;
            }
            key_at = at;
        } else {
            return false;
        }
    }
    if (*pointer != '\0' || at >= size) {
        return false;
    }
    ccs_json_place_of(text, at, &place->line, &place->column);
    ccs_json_place_of(text, key_at, &place->key_line, &place->key_column);
    return true;
}

/* ---- Pointers into the tree ---- */

struct cJSON *ccs_json_member(const struct cJSON *object, const char *key)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

/* Does a plain key equal a pointer token? */
static bool token_is(const char *token, size_t n, const char *key)
{
    size_t i = 0;
    for (; *key != '\0'; key++) {
        char c = i < n ? token[i++] : '\0';
        if (c == '~' && i < n) {
            c = token[i++] == '0' ? '~' : '/';
        }
        if (c != *key) {
            return false;
        }
    }
    return i == n;
}

struct cJSON *ccs_json_at(const struct cJSON *root, const char *pointer)
{
    const struct cJSON *at = root;
    while (at != NULL && *pointer == '/') {
        const char *token = pointer + 1;
        size_t n = strcspn(token, "/");
        pointer = token + n;
        if (cJSON_IsObject(at)) {
            const struct cJSON *member = at->child;
            while (member != NULL && !token_is(token, n, member->string)) {
                member = member->next;
            }
            at = member;
        } else if (cJSON_IsArray(at)) {
            size_t index = token_index(token, n);
            const struct cJSON *element = index == SIZE_MAX ? NULL : at->child;
            for (; element != NULL && index > 0; index--) {
                element = element->next;
            }
            at = element;
        } else {
            at = NULL;
        }
    }
    return at != NULL && *pointer == '\0' ? (struct cJSON *)(uintptr_t)at : NULL;
}
