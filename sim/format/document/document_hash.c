/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The identity of a scenario: XXH3 over the tree in canonical order. Objects are hashed with
 * sorted keys, strings with their length, numbers as the 8 bytes of the double (little-endian,
 * -0 as 0): nothing depends on spelling, order, locale or machine.
 *
 * An object left empty because all it had is ignored is left out too, so that giving a seed does
 * not change the identity of a scenario without "run".
 */
#include "base/file.h"
#include "base/hash.h"
#include "base/try.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

struct hashing {
    const struct ccs_document *doc;
    struct ccs_hasher hasher;
    const struct cJSON **ignored; /* nodes */
    size_t ignored_n;
};

static void add_tag(struct hashing *h, char tag)
{
    ccs_hasher_add(&h->hasher, &tag, 1);
}

static void add_number(struct hashing *h, uint64_t bits)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(bits >> (8 * i));
    }
    ccs_hasher_add(&h->hasher, bytes, sizeof bytes);
}

static void add_bytes(struct hashing *h, const char *bytes, size_t n)
{
    add_number(h, n);
    ccs_hasher_add(&h->hasher, bytes, n);
}

static bool is_ignored(const struct hashing *h, const struct cJSON *value)
{
    for (size_t i = 0; i < h->ignored_n; i++) {
        if (h->ignored[i] == value) {
            return true;
        }
    }
    if (!cJSON_IsObject(value) || value->child == NULL) {
        return false;
    }
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        if (!is_ignored(h, item)) {
            return false;
        }
    }
    return true;
}

/* A table by its content. One that cannot be read counts by its name: binding will complain. */
static ccs_status add_file(struct hashing *h, const struct ccs_path *path, const char *name)
{
    char *file = ccs_document_file(h->doc, path, name);
    if (file == NULL) {
        return CCS_ENOMEM;
    }
    struct ccs_file_error error;
    char *text;
    size_t size;
    ccs_status status = ccs_file_read(file, CCS_JSON_MAX_BYTES, &text, &size, &error);
    free(file);
    if (status == CCS_OK) {
        add_tag(h, 'F');
        add_number(h, ccs_hash64(text, size));
        free(text);
        return CCS_OK;
    }
    add_tag(h, 'S');
    add_bytes(h, name, strlen(name));
    return status == CCS_ENOMEM || status == CCS_EINTERRUPTED ? status : CCS_OK;
}

static int compare_members(const void *a, const void *b)
{
    const struct cJSON *x = *(const struct cJSON *const *)a;
    const struct cJSON *y = *(const struct cJSON *const *)b;
    return strcmp(x->string, y->string);
}

static ccs_status add_value(struct hashing *h, const struct cJSON *value,
                            const struct ccs_path *path);

static ccs_status add_object(struct hashing *h, const struct cJSON *object,
                             const struct ccs_path *path)
{
    size_t n = 0, room = (size_t)cJSON_GetArraySize(object);
    const struct cJSON **member = calloc(room + 1, sizeof(struct cJSON *));
    if (member == NULL) {
        return CCS_ENOMEM;
    }
    for (const struct cJSON *item = object->child; item != NULL; item = item->next) {
        if (!is_ignored(h, item)) {
            member[n++] = item;
        }
    }
    qsort(member, n, sizeof(struct cJSON *), compare_members);
    add_tag(h, 'O');
    add_number(h, n);
    ccs_status status = CCS_OK;
    for (size_t i = 0; i < n && status == CCS_OK; i++) {
        struct ccs_path here = ccs_path_key(path, member[i]->string);
        add_bytes(h, member[i]->string, strlen(member[i]->string));
        if (strcmp(member[i]->string, "csv") == 0 && cJSON_IsString(member[i])) {
            status = add_file(h, &here, member[i]->valuestring);
        } else {
            status = add_value(h, member[i], &here);
        }
    }
    free(member);
    return status;
}

static ccs_status add_value(struct hashing *h, const struct cJSON *value,
                            const struct ccs_path *path)
{
    if (cJSON_IsObject(value)) {
        return add_object(h, value, path);
    }
    if (cJSON_IsArray(value)) {
        size_t index = 0;
        add_tag(h, 'A');
        add_number(h, (uint64_t)cJSON_GetArraySize(value));
        for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
            struct ccs_path here = ccs_path_index(path, index++);
            CCS_TRY(add_value(h, item, &here));
        }
    } else if (cJSON_IsString(value)) {
        add_tag(h, 'S');
        add_bytes(h, value->valuestring, strlen(value->valuestring));
    } else if (cJSON_IsNumber(value)) {
        double number = value->valuedouble + 0.0; /* -0 becomes 0 */
        uint64_t bits;
        memcpy(&bits, &number, sizeof bits);
        add_tag(h, 'N');
        add_number(h, bits);
    } else {
        add_tag(h, cJSON_IsTrue(value) ? 't' : cJSON_IsFalse(value) ? 'f' : '0');
    }
    return CCS_OK;
}

ccs_status ccs_document_hash(const struct ccs_document *doc, const char *const *ignore,
                             size_t ignore_n, uint64_t *hash)
{
    struct hashing *h = aligned_alloc(64, (sizeof *h + 63) / 64 * 64);
    if (h == NULL) {
        return CCS_ENOMEM;
    }
    memset(h, 0, sizeof *h);
    h->doc = doc;
    ccs_hasher_init(&h->hasher);
    h->ignored = calloc(ignore_n + 1, sizeof(struct cJSON *));
    ccs_status status = h->ignored == NULL ? CCS_ENOMEM : CCS_OK;
    for (size_t i = 0; i < ignore_n && status == CCS_OK; i++) {
        const struct cJSON *value = ccs_json_at(doc->root, ignore[i]);
        if (value != NULL) {
            h->ignored[h->ignored_n++] = value;
        }
    }
    if (status == CCS_OK) {
        status = add_value(h, doc->root, NULL);
    }
    *hash = ccs_hasher_digest(&h->hasher);
    free(h->ignored);
    free(h);
    return status;
}
