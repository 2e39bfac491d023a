/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --set /pointer=value: see document.h. The walk down the tree is accompanied by a walk down the
 * field rows, which tell the format's own keys (may be created on the way) from the user's names
 * (must exist).
 */
#include "base/try.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"
#include "format/document/text.h"
#include "format/field/kinds.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_STEPS = 64
};

const char *ccs_document_set_fault(const char *assignment)
{
    const char *equals = strchr(assignment, '=');
    if (assignment[0] != '/') {
        return "must begin with a slash: /teams/billing/agents=12";
    }
    if (equals == NULL) {
        return "must have the form /pointer=value";
    }
    size_t steps = 0;
    for (const char *c = assignment; c < equals; c++) {
        if (*c == '~' && c[1] != '0' && c[1] != '1') {
            return "in a pointer ~ is written ~0 and a / inside a name ~1";
        }
        steps += *c == '/';
    }
    return steps > MAX_STEPS ? "has too many steps" : NULL;
}

/* What the rows know about the place the walk has reached. */
struct place {
    enum {
        ANYTHING, /* a value whose inside no row describes, or no rows were given */
        SECTION,  /* the object of a section */
        NAMES     /* an object keyed by the user's names */
    } kind;
    const struct ccs_section *section; /* SECTION: its rows; NAMES: those of each record */
};

struct walk {
    struct ccs_document *doc;
    struct ccs_diagnostics *diags;
    const struct ccs_section *root;
    const char *assignment;
    char *origin;          /* "--set /pointer=value" */
    char *step[MAX_STEPS]; /* decoded keys, into `buffer` */
    char *buffer;
    size_t step_n;
    const char *value;          /* as written */
    struct cJSON *at;           /* the object or list reached */
    const struct cJSON *shadow; /* inside `with`: the same place of the document, or NULL */
    struct place place;
    size_t depth; /* steps taken */
};

static const struct ccs_field *find_row(const struct ccs_field *field, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(field[i].key, key) == 0) {
            return &field[i];
        }
    }
    return NULL;
}

/* The row of `key` in a section, among those of the kind the object says it is if need be. */
static const struct ccs_field *row_of(const struct ccs_section *section, const struct cJSON *object,
                                      const char *key)
{
    const struct ccs_field *row = find_row(section->field, section->field_n, key);
    const struct cJSON *kind = ccs_json_member(object, "kind");
    for (size_t i = 0; row == NULL && cJSON_IsString(kind) && i < section->variant_n; i++) {
        if (strcmp(section->variant[i].kind, kind->valuestring) == 0) {
            const struct ccs_section *rows = section->variant[i].section;
            row = find_row(rows->field, rows->field_n, key);
        }
    }
    return row;
}

static struct place place_below(const struct walk *w, const char *key)
{
    struct place anything = {ANYTHING, NULL};
    if (w->place.kind == NAMES) {
        return (struct place){SECTION, w->place.section};
    }
    if (w->place.kind == ANYTHING) {
        return anything;
    }
    if (w->depth == 2 && strcmp(w->step[0], "policies") == 0 && strcmp(key, "with") == 0) {
        return (struct place){SECTION, w->root};
    }
    const struct ccs_field *row = row_of(w->place.section, w->at, key);
    if (row == NULL) {
        return anything; /* an unknown key: binding will say so, with a suggestion */
    }
    switch (ccs_kind_of(row)->holds) {
    case CCS_HOLDS_SECTION:
        return (struct place){SECTION, row->section};
    case CCS_HOLDS_RECORDS:
        return (struct place){NAMES, row->section};
    case CCS_HOLDS_VALUE:
        break;
    }
    return anything;
}

/* The first `n` steps as a pointer, reported at --set's own origin. */
static ccs_status fail(const struct walk *w, enum ccs_diag_code code, size_t n, const char *message)
{
    char pointer[512];
    size_t length = 0;
    pointer[0] = '\0';
    const char *at = w->assignment;
    for (size_t i = 0; i < n; i++) {
        length += 1 + strcspn(at + length + 1, "/=");
    }
    snprintf(pointer, sizeof pointer, "%.*s", (int)length, at);
    ccs_diag_add_once(w->diags, code, w->origin, 0, 0, pointer, message);
    return CCS_EDATA;
}

static ccs_status fail_name(const struct walk *w, const char *key)
{
    char message[320], suggestion[CCS_SUGGEST_TEXT];
    struct ccs_nearest nearest = ccs_nearest_to(key);
    const struct cJSON *places[] = {w->at, w->shadow};
    for (size_t i = 0; i < 2; i++) {
        const struct cJSON *item = cJSON_IsObject(places[i]) ? places[i]->child : NULL;
        for (; item != NULL; item = item->next) {
            ccs_nearest_try(&nearest, item->string);
        }
    }
    snprintf(message, sizeof message, "there is no `%.100s` here%s", key,
             ccs_nearest_text(suggestion, &nearest));
    return fail(w, CCS_E205, w->depth + 1, message);
}

/* Splits the pointer into decoded steps. */
static ccs_status split(struct walk *w)
{
    size_t n = (size_t)(strchr(w->assignment, '=') - w->assignment);
    w->value = w->assignment + n + 1;
    w->buffer = strndup(w->assignment, n);
    if (w->buffer == NULL) {
        return CCS_ENOMEM;
    }
    char *out = w->buffer;
    for (const char *in = w->assignment; in < w->assignment + n; in++) {
        if (*in == '/') {
            *out = '\0'; /* ends the step before; the slash made room for it */
            w->step[w->step_n++] = ++out;
        } else if (*in == '~') {
            *out++ = *++in == '0' ? '~' : '/';
        } else {
            *out++ = *in;
        }
    }
    *out = '\0';
    return CCS_OK;
}

/* The list element a step names, or NULL. */
static struct cJSON *element(const struct cJSON *list, const char *step)
{
    char pointer[32];
    snprintf(pointer, sizeof pointer, "/%.20s", step);
    return strpbrk(step, "/~") == NULL && strlen(step) <= 20 ? ccs_json_at(list, pointer) : NULL;
}

/* One step down, creating an object if it may. */
static ccs_status step_down(struct walk *w)
{
    const char *key = w->step[w->depth];
    struct place below = {ANYTHING, NULL};
    struct cJSON *child;
    if (cJSON_IsArray(w->at)) {
        child = element(w->at, key);
        if (child == NULL) {
            return fail(w, CCS_E205, w->depth + 1, "the list has no such element");
        }
    } else {
        below = place_below(w, key);
        child = ccs_json_member(w->at, key);
        const struct cJSON *shadow = ccs_json_member(w->shadow, key);
        if (child == NULL && w->place.kind == NAMES && shadow == NULL) {
            return fail_name(w, key);
        }
        w->shadow = shadow;
        if (child == NULL) {
            CCS_TRY(ccs_json_put(w->at, key, cJSON_CreateObject()));
            child = ccs_json_member(w->at, key);
        }
    }
    if (!cJSON_IsObject(child) && !cJSON_IsArray(child)) {
        char found[CCS_FOUND_TEXT], message[160];
        snprintf(message, sizeof message, "is no object, nothing can be set inside (found %s)",
                 ccs_text_found(found, child));
        return fail(w, CCS_E202, w->depth + 1, message);
    }
    w->depth++;
    w->at = child;
    w->place = below;
    if (w->depth == 3 && w->place.kind == SECTION && w->place.section == w->root) {
        w->shadow = w->doc->root; /* entered `with` */
    }
    return CCS_OK;
}

/* The value: JSON if it reads as JSON, else a string. */
static ccs_status parse_value(const struct walk *w, const char *pointer, struct cJSON **value)
{
    size_t n = strlen(w->value);
    ccs_status status = ccs_json_parse(w->value, n, w->origin, pointer, NULL, value);
    if (status != CCS_EDATA) {
        return status;
    }
    if (w->value[0] == '{' || w->value[0] == '[' || w->value[0] == '"') {
        return ccs_json_parse(w->value, n, w->origin, pointer, w->diags, value); /* meant as JSON */
    }
    /* Plain text: it must be what a JSON string could hold. */
    struct cJSON *text = cJSON_CreateString(w->value);
    char *quoted = text == NULL ? NULL : cJSON_PrintUnformatted(text);
    cJSON_Delete(text);
    if (quoted == NULL) {
        return CCS_ENOMEM;
    }
    status = ccs_json_parse(quoted, strlen(quoted), w->origin, pointer, w->diags, value);
    cJSON_free(quoted);
    return status;
}

static ccs_status replace_last(struct walk *w, const char *pointer)
{
    const char *key = w->step[w->depth];
    struct cJSON *value;
    struct cJSON *old = cJSON_IsArray(w->at) ? element(w->at, key) : NULL;
    if (cJSON_IsArray(w->at) && old == NULL) {
        return fail(w, CCS_E205, w->step_n, "the list has no such element");
    }
    CCS_TRY(parse_value(w, pointer, &value));
    ccs_json_drop_comments(value);
    if (old == NULL) {
        return ccs_json_put(w->at, key, value);
    }
    if (!cJSON_ReplaceItemViaPointer(w->at, old, value)) {
        cJSON_Delete(value);
        return CCS_ENOMEM;
    }
    return CCS_OK;
}

static ccs_status add_layer(struct walk *w, char *pointer)
{
    struct ccs_layer *layer;
    char *directory = strdup("");
    ccs_status status = directory == NULL ? CCS_ENOMEM : ccs_document_add_layer(w->doc, &layer);
    if (status != CCS_OK) {
        free(directory);
        free(pointer);
        return status;
    }
    layer->origin = w->origin;
    layer->directory = directory;
    layer->pointer = pointer;
    w->origin = NULL;
    return CCS_OK;
}

static ccs_status run(struct walk *w)
{
    CCS_TRY(split(w));
    for (size_t i = 0; i < w->step_n; i++) {
        if (ccs_key_is_comment(w->step[i])) {
            return fail(w, CCS_E200, i + 1, "keys that start with $ or // are comments");
        }
    }
    if (w->step_n == 1 && strcmp(w->step[0], "extends") == 0) {
        return fail(w, CCS_E200, 1, "`extends` can only be written in the file");
    }
    while (w->depth + 1 < w->step_n) {
        CCS_TRY(step_down(w));
    }
    char *pointer = strndup(w->assignment, (size_t)(w->value - 1 - w->assignment));
    if (pointer == NULL) {
        return CCS_ENOMEM;
    }
    ccs_status status = replace_last(w, pointer);
    if (status != CCS_OK) {
        free(pointer);
        return status;
    }
    return add_layer(w, pointer);
}

ccs_status ccs_document_set(struct ccs_document *doc, const struct ccs_section *root,
                            const char *assignment, struct ccs_diagnostics *diags)
{
    if (doc->base != NULL || ccs_document_set_fault(assignment) != NULL) {
        return CCS_EUSAGE;
    }
    struct walk w = {
        .doc = doc,
        .diags = diags,
        .root = root,
        .assignment = assignment,
        .at = doc->root,
        .place = {root == NULL ? ANYTHING : SECTION, root},
    };
    if (asprintf(&w.origin, "--set %s", assignment) < 0) {
        return CCS_ENOMEM;
    }
    ccs_status status = run(&w);
    free(w.origin);
    free(w.buffer);
    return status;
}
