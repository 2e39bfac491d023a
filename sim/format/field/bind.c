/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections, variants and maps of records: see bind.h. What a value is, its kind says (kinds.h). */
#include "format/field/bind.h"

#include "base/assert.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"
#include "format/document/text.h"
#include "format/field/binding.h"
#include "format/field/kinds.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME_MAX_BYTES = 100
};

static void bind_section(struct ccs_binding *b, const struct ccs_section *section,
                         const struct cJSON *object, const struct ccs_path *path, void *out);

/* ---- Maps: records under the user's names ---- */

static void check_name(struct ccs_binding *b, const char *name, const struct ccs_path *path)
{
    bool has_control = false;
    for (const char *c = name; *c != '\0'; c++) {
        has_control = has_control || (unsigned char)*c < 0x20 || *c == 0x7f;
    }
    if (name[0] == '\0') {
        ccs_binding_fail_key(b, CCS_E206, path, "a name must not be empty");
    } else if (strlen(name) > NAME_MAX_BYTES) {
        ccs_binding_fail_key(b, CCS_E206, path, "a name may have at most %d bytes", NAME_MAX_BYTES);
    } else if (has_control) {
        ccs_binding_fail_key(b, CCS_E206, path, "a name must not contain control characters");
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names a map is aligned with: those of its group, or its own. Copied into the arena. */
static void name_records(struct ccs_binding *b, const struct ccs_field *field,
                         const struct cJSON *object, struct ccs_map *out)
{
    const struct ccs_name_group *group =
        field->ref == NULL ? NULL : ccs_binding_group(b, field->ref);
    size_t n = group != NULL ? group->n : object != NULL ? (size_t)cJSON_GetArraySize(object) : 0;
    const struct cJSON *item = group == NULL && object != NULL ? object->child : NULL;
    out->name = ccs_binding_alloc(b, n, sizeof *out->name);
    for (size_t i = 0; i < n && out->name != NULL; i++) {
        const char *name = group != NULL ? group->name[i] : item->string;
        out->name[i] = ccs_arena_strdup(b->arena, name);
        if (out->name[i] == NULL) {
            b->status = CCS_ENOMEM;
            return;
        }
        item = item == NULL ? NULL : item->next;
    }
    if (out->name != NULL && group == NULL && n > 0) {
        qsort(out->name, n, sizeof *out->name, compare_names);
    }
    out->n = out->name != NULL ? n : 0;
}

/* `value` is NULL when the map is absent. */
void ccs_bind_map(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                  const struct ccs_path *path, void *target)
{
    const struct cJSON *object = value;
    struct ccs_map *out = target;
    if (object != NULL && !cJSON_IsObject(object)) {
        ccs_binding_want(b, path, object, "an object keyed by names");
        return;
    }
    if (object == NULL && field->ref == NULL) {
        return;
    }
    name_records(b, field, object, out);
    size_t n = out->n;
    out->record_size = field->section->size;
    out->present = ccs_binding_alloc(b, n, sizeof *out->present);
    out->data = ccs_binding_alloc(b, n, out->record_size);
    if (b->status == CCS_ENOMEM) {
        out->n = 0;
        return;
    }
    const struct cJSON *item = object == NULL ? NULL : object->child;
    for (; item != NULL; item = item->next) {
        struct ccs_path here = ccs_path_key(path, item->string);
        const char **name =
            bsearch(&(const char *){item->string}, out->name, n, sizeof *out->name, compare_names);
        check_name(b, item->string, &here);
        CCS_REQUIRE(name != NULL); /* the caller's union of names covers every document */
        size_t i = (size_t)(name - out->name);
        out->present[i] = true;
        bind_section(b, field->section, item, &here, (char *)out->data + i * out->record_size);
    }
}

/* ---- Fields ---- */

void ccs_absent_map(struct ccs_binding *b, const struct ccs_field *field,
                    const struct ccs_path *path, void *out)
{
    ccs_bind_map(b, field, NULL, path, out); /* aligned with its group even so */
}

static void bind_value(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *value, const struct ccs_path *path, void *out)
{
    if (cJSON_IsNull(value)) {
        ccs_binding_want(b, path, value, "");
    } else {
        ccs_kind_of(field)->bind(b, field, value, path, out);
    }
}

static void bind_default(struct ccs_binding *b, const struct ccs_field *field,
                         const struct ccs_path *path, void *out)
{
    struct cJSON *value;
    ccs_status status = ccs_json_parse(field->def, strlen(field->def), "default", "", NULL, &value);
    CCS_REQUIRE(status != CCS_EDATA); /* a row's default is JSON */
    if (status != CCS_OK) {
        b->status = status;
        return;
    }
    bool was_default = b->is_default;
    b->is_default = true;
    bind_value(b, field, value, path, out);
    b->is_default = was_default;
    cJSON_Delete(value);
}

static void bind_field(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *object, const struct ccs_path *path, void *out)
{
    const struct cJSON *value = ccs_json_member(object, field->key);
    struct ccs_path here = ccs_path_key(path, field->key);
    void *target = (char *)out + field->offset;
    if (value != NULL) {
        bind_value(b, field, value, &here, target);
        return;
    }
    switch (ccs_field_default(field)) {
    case CCS_DEFAULT_NONE:
        ccs_binding_fail(b, CCS_E201, &here, "is required but missing");
        break;
    case CCS_DEFAULT_ABSENT:
        if (ccs_kind_of(field)->absent != NULL) {
            ccs_kind_of(field)->absent(b, field, &here, target);
        }
        break;
    case CCS_DEFAULT_VALUE:
        bind_default(b, field, &here, target);
        break;
    }
}

static void bind_fields(struct ccs_binding *b, const struct ccs_section *section,
                        const struct cJSON *object, const struct ccs_path *path, void *out)
{
    for (size_t i = 0; i < section->field_n && b->status != CCS_ENOMEM; i++) {
        bind_field(b, &section->field[i], object, path, out);
    }
}

/* ---- Sections ---- */

static bool has_row(const struct ccs_section *section, const char *key)
{
    for (size_t i = 0; i < section->field_n; i++) {
        if (strcmp(section->field[i].key, key) == 0) {
            return true;
        }
    }
    return false;
}

/* /policies/NAME: `with` there is the document's affair (document.h). */
static bool is_policy(const struct ccs_path *path)
{
    return path != NULL && path->up != NULL && path->up->up == NULL && path->up->key != NULL &&
           strcmp(path->up->key, "policies") == 0;
}

static void try_rows(struct ccs_nearest *nearest, const struct ccs_section *section)
{
    for (size_t i = 0; section != NULL && i < section->field_n; i++) {
        ccs_nearest_try(nearest, section->field[i].key);
    }
}

/* The kind of variant whose rows have this key, or NULL. */
static const char *kind_with(const struct ccs_section *section, const char *key)
{
    for (size_t i = 0; section->variant != NULL && i < section->variant_n; i++) {
        if (has_row(section->variant[i].section, key)) {
            return section->variant[i].kind;
        }
    }
    return NULL;
}

/* Reports keys that neither the section nor its chosen variant has. */
static void check_keys(struct ccs_binding *b, const struct ccs_section *section,
                       const struct ccs_section *chosen, const struct cJSON *object,
                       const struct ccs_path *path)
{
    bool is_variant = section->variant != NULL;
    const struct cJSON *item = object->child;
    for (; item != NULL && !ccs_binding_is_flooded(b); item = item->next) {
        const char *key = item->string;
        if (has_row(section, key) || (chosen != NULL && has_row(chosen, key)) ||
            (is_variant && strcmp(key, "kind") == 0) ||
            (is_policy(path) && strcmp(key, "with") == 0)) {
            continue;
        }
        const char *other = kind_with(section, key);
        if (other != NULL && chosen == NULL) {
            continue; /* the kind is wrong: what belongs to it cannot be told */
        }
        struct ccs_path here = ccs_path_key(path, key);
        struct ccs_nearest nearest = ccs_nearest_to(key);
        char suggestion[CCS_SUGGEST_TEXT];
        try_rows(&nearest, section);
        try_rows(&nearest, chosen);
        if (other != NULL) {
            ccs_binding_fail_key(b, CCS_E200, &here, "unknown key here: it belongs to kind \"%s\"",
                                 other);
        } else {
            ccs_binding_fail_key(b, CCS_E200, &here, "unknown key%s",
                                 ccs_nearest_text(suggestion, &nearest));
        }
    }
}

/* The variant that "kind" names, its struct bound; NULL and reported if there is none. */
static const struct ccs_section *bind_variant(struct ccs_binding *b,
                                              const struct ccs_section *section,
                                              const struct cJSON *object,
                                              const struct ccs_path *path,
                                              struct ccs_variant_value *out)
{
    const struct cJSON *kind = ccs_json_member(object, "kind");
    struct ccs_path here = ccs_path_key(path, "kind");
    out->kind = -1;
    if (kind == NULL) {
        ccs_binding_fail(b, CCS_E201, &here, "is required but missing");
        return NULL;
    }
    const char **kinds = ccs_binding_alloc(b, section->variant_n + 1, sizeof *kinds);
    if (kinds == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < section->variant_n; i++) {
        kinds[i] = section->variant[i].kind;
    }
    out->kind = ccs_bind_choice(b, kind, &here, kinds);
    if (out->kind < 0) {
        return NULL;
    }
    const struct ccs_section *chosen = section->variant[out->kind].section;
    out->value = ccs_binding_alloc(b, 1, chosen->size);
    if (out->value != NULL) {
        bind_fields(b, chosen, object, path, out->value);
    }
    return chosen;
}

static void bind_section(struct ccs_binding *b, const struct ccs_section *section,
                         const struct cJSON *object, const struct ccs_path *path, void *out)
{
    const struct ccs_section *chosen = NULL;
    if (!cJSON_IsObject(object)) {
        ccs_binding_want(b, path, object, "an object");
        return;
    }
    if (section->variant != NULL) {
        chosen = bind_variant(b, section, object, path, out);
    }
    bind_fields(b, section, object, path, out);
    check_keys(b, section, chosen, object, path);
}

void ccs_bind_section(struct ccs_binding *b, const struct ccs_field *field,
                      const struct cJSON *value, const struct ccs_path *path, void *out)
{
    bind_section(b, field->section, value, path, out);
}

void ccs_bind_optional(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *value, const struct ccs_path *path, void *out)
{
    void *target = ccs_binding_alloc(b, 1, field->section->size);
    if (target != NULL) {
        *(void **)out = target;
        bind_section(b, field->section, value, path, target);
    }
}

/* The steps of a pointer as a path whose links lie in the arena; NULL for "" (status tells). */
static const struct ccs_path *path_from(struct ccs_binding *b, const char *pointer)
{
    const struct ccs_path *path = NULL;
    while (*pointer == '/') {
        size_t n = strcspn(pointer + 1, "/");
        char *key = ccs_arena_strndup(b->arena, pointer + 1, n);
        struct ccs_path *step = ccs_binding_alloc(b, 1, sizeof *step);
        if (key == NULL || step == NULL) {
            b->status = CCS_ENOMEM;
            return NULL;
        }
        char *to = key;
        for (const char *from = key; *from != '\0'; from++) {
            bool is_escape = *from == '~' && from[1] != '\0';
            *to++ = !is_escape ? *from : *++from == '0' ? '~' : '/';
        }
        *to = '\0';
        *step = ccs_path_key(path, key);
        path = step;
        pointer += n + 1;
    }
    return path;
}

ccs_status ccs_bind(const struct ccs_document *doc, const char *pointer,
                    const struct ccs_section *section, const struct ccs_name_group *group,
                    size_t group_n, struct ccs_arena *arena, struct ccs_diagnostics *diags,
                    void *out)
{
    struct ccs_binding b = {
        .doc = doc,
        .group = group,
        .group_n = group_n,
        .arena = arena,
        .diags = diags,
    };
    memset(out, 0, section->size);
    const struct ccs_path *path = path_from(&b, pointer);
    const struct cJSON *object = ccs_json_at(doc->root, pointer);
    struct cJSON *empty = object == NULL ? cJSON_CreateObject() : NULL;
    if (object == NULL && empty == NULL) {
        b.status = CCS_ENOMEM;
    }
    if (b.status == CCS_OK) {
        bind_section(&b, section, object != NULL ? object : empty, path, out);
    }
    cJSON_Delete(empty);
    return b.status;
}
