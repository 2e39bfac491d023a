/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a value came from, and diagnostics that say so: see document.h. */
#include "base/try.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"
#include "format/document/text.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    MAX_KEPT = 100
}; /* diagnostics of one severity that base/diag.c keeps */

/* Is `pointer` equal to `top` or below it? */
static bool is_within(const char *pointer, const char *top)
{
    size_t n = strlen(top);
    return strncmp(pointer, top, n) == 0 && (pointer[n] == '\0' || pointer[n] == '/');
}

/* The last layer that mentions exactly this pointer. */
static bool find_in_layers(const struct ccs_document *doc, const char *pointer,
                           struct ccs_document_place *place)
{
    struct ccs_json_place at;
    for (size_t i = doc->layer_n; i-- > 0;) {
        const struct ccs_layer *layer = &doc->layer[i];
        bool is_file = layer->pointer == NULL;
        if (is_file ? !ccs_json_locate(layer->text, layer->size, pointer, &at)
                    : !is_within(pointer, layer->pointer)) {
            continue;
        }
        place->origin = layer->origin;
        place->directory = layer->directory;
        if (is_file) {
            place->line = at.line;
            place->column = at.column;
            place->key_line = at.key_line;
            place->key_column = at.key_column;
            place->extending = i + 1 < doc->file_n ? doc->layer[i + 1].origin : NULL;
        }
        return true;
    }
    /* An object that came into being on the way to what a --set sets. */
    for (size_t i = doc->layer_n; i-- > doc->file_n;) {
        if (is_within(doc->layer[i].pointer, pointer)) {
            place->origin = doc->layer[i].origin;
            place->directory = doc->layer[i].directory;
            return true;
        }
    }
    return false;
}

/* Exactly this pointer; place->pointer is set to where it stands. */
static ccs_status find_exactly(const struct ccs_document *doc, const char *pointer,
                               struct ccs_arena *arena, struct ccs_document_place *place,
                               bool *is_found)
{
    const struct ccs_document *base = doc->base != NULL ? doc->base : doc;
    const struct cJSON *patch = doc->with == NULL ? NULL : ccs_json_at(doc->with, pointer);
    if (patch != NULL && cJSON_IsObject(patch) &&
        cJSON_IsObject(ccs_json_at(base->root, pointer))) {
        patch = NULL; /* an object both have: what is wrong with it as a whole is the base's */
    }
    if (patch != NULL) {
        pointer = ccs_arena_printf(arena, "%s%s", doc->with_pointer, pointer);
        if (pointer == NULL) {
            return CCS_ENOMEM;
        }
    }
    place->pointer = pointer;
    *is_found = find_in_layers(base, pointer, place);
    return CCS_OK;
}

ccs_status ccs_document_find(const struct ccs_document *doc, const char *pointer,
                             struct ccs_arena *arena, struct ccs_document_place *place)
{
    char *ancestor = ccs_arena_strdup(arena, pointer);
    if (ancestor == NULL) {
        return CCS_ENOMEM;
    }
    for (;;) {
        bool is_found;
        memset(place, 0, sizeof *place);
        CCS_TRY(find_exactly(doc, ancestor, arena, place, &is_found));
        char *slash = strrchr(ancestor, '/');
        if (is_found || slash == NULL) {
            /* A whole file always has a root, so here something was found. */
            const char *rest = pointer + strlen(ancestor);
            place->pointer = ccs_arena_printf(arena, "%s%s", place->pointer, rest);
            return place->pointer == NULL ? CCS_ENOMEM : CCS_OK;
        }
        *slash = '\0';
    }
}

/* Are so many kept already that this one would only be counted? Then nobody needs its place, which
 * is dear to find in a large file. */
static bool is_only_counted(const struct ccs_diagnostics *diags, enum ccs_diag_code code)
{
    size_t errors = 0, kept = ccs_diagnostics_count(diags);
    bool is_error = ccs_diag_info(code)->code[sizeof "CCS-" - 1] == 'E';
    for (size_t i = 0; i < kept; i++) {
        errors += ccs_diagnostics_get(diags, i)->is_error ? 1 : 0;
    }
    return (is_error ? errors : kept - errors) >= MAX_KEPT;
}

static void report(const struct ccs_document *doc, struct ccs_diagnostics *diags,
                   enum ccs_diag_code code, const char *pointer, bool at_key, const char *format,
                   va_list args)
{
    char message[1024];
    struct ccs_arena arena;
    struct ccs_document_place place;
    if (is_only_counted(diags, code)) {
        ccs_diag_add(diags, code, "", 0, 0, "", "%s", "");
        return;
    }
    ccs_arena_init(&arena, 0);
    int n = vsnprintf(message, sizeof message, format, args);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof message ? (size_t)n : sizeof message - 1;
    if (ccs_document_find(doc, pointer, &arena, &place) == CCS_OK) {
        if (place.extending != NULL) {
            snprintf(message + length, sizeof message - length, " [extended by %s]",
                     place.extending);
        }
        ccs_diag_add_once(diags, code, place.origin, at_key ? place.key_line : place.line,
                          at_key ? place.key_column : place.column, place.pointer, message);
    } else {
        ccs_diag_add_once(diags, code, ccs_document_origin(doc), 0, 0, pointer, message);
    }
    ccs_arena_fini(&arena);
}

void ccs_document_report(const struct ccs_document *doc, struct ccs_diagnostics *diags,
                         enum ccs_diag_code code, const char *pointer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(doc, diags, code, pointer, false, format, args);
    va_end(args);
}

void ccs_document_report_key(const struct ccs_document *doc, struct ccs_diagnostics *diags,
                             enum ccs_diag_code code, const char *pointer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report(doc, diags, code, pointer, true, format, args);
    va_end(args);
}
