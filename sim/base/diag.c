/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Collected diagnostics (diag.h, ccsim/diagnostic.h).
 *
 * Texts quote the user's data: they are cut to a length one can read and their control characters
 * are written as \xHH, so that a scenario cannot send commands to the terminal that shows them.
 */
#include "base/diag.h"

#include "base/arena.h"
#include "base/assert.h"
#include "base/visible.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    KEEP_MAX = 100, /* of each severity */
    TEXT_MAX = 400  /* bytes of one quoted text */
};

struct entry {
    struct ccs_diagnostic diagnostic;
    const char *line;
};

struct ccs_diagnostics {
    struct ccs_arena arena;
    struct entry entries[2 * KEEP_MAX];
    size_t entry_n;
    size_t error_n;   /* reported, kept or not */
    size_t warning_n; /* likewise */
};

static const struct ccs_diag_info infos[] = {
#define X(code, title, text) {"CCS-" #code, title, text},
#include "base/diag_texts.inc"
#undef X
};

/* One text per code, in the order of the codes. */
enum text_row {
#define X(code, title, text) TEXT_##code,
#include "base/diag_texts.inc"
#undef X
    TEXT_COUNT
};
#define X(code, title, text) _Static_assert((int)TEXT_##code == (int)CCS_##code, "in order");
#include "base/diag_texts.inc"
#undef X
_Static_assert((int)TEXT_COUNT == (int)CCS_DIAG_CODE_COUNT, "a text for every code");

const struct ccs_diag_info *ccs_diag_info(enum ccs_diag_code code)
{
    CCS_REQUIRE((size_t)code < CCS_DIAG_CODE_COUNT);
    return &infos[code];
}

const struct ccs_diag_info *ccs_diag_find(const char *code)
{
    static const char prefix[] = "CCS-";
    if (strncasecmp(code, prefix, sizeof prefix - 1) == 0) {
        code += sizeof prefix - 1;
    }
    for (size_t i = 0; i < CCS_DIAG_CODE_COUNT; i++) {
        if (strcasecmp(infos[i].code + sizeof prefix - 1, code) == 0) {
            return &infos[i];
        }
    }
    return NULL;
}

struct ccs_diagnostics *ccs_diagnostics_create(void)
{
    struct ccs_diagnostics *diagnostics = calloc(1, sizeof *diagnostics);
    if (diagnostics != NULL) {
        ccs_arena_init(&diagnostics->arena, 0);
    }
    return diagnostics;
}

void ccs_diagnostics_destroy(struct ccs_diagnostics *diagnostics)
{
    if (diagnostics != NULL) {
        ccs_arena_fini(&diagnostics->arena);
        free(diagnostics);
    }
}

size_t ccs_diagnostics_count(const struct ccs_diagnostics *diagnostics)
{
    return diagnostics->entry_n;
}

size_t ccs_diagnostics_error_count(const struct ccs_diagnostics *diagnostics)
{
    return diagnostics->error_n;
}

size_t ccs_diagnostics_omitted(const struct ccs_diagnostics *diagnostics)
{
    return diagnostics->error_n + diagnostics->warning_n - diagnostics->entry_n;
}

const struct ccs_diagnostic *ccs_diagnostics_get(const struct ccs_diagnostics *diagnostics,
                                                 size_t index)
{
    CCS_REQUIRE(index < diagnostics->entry_n);
    return &diagnostics->entries[index].diagnostic;
}

const char *ccs_diagnostics_line(const struct ccs_diagnostics *diagnostics, size_t index)
{
    CCS_REQUIRE(index < diagnostics->entry_n);
    return diagnostics->entries[index].line;
}

/* A readable copy of at most TEXT_MAX bytes and "..."; NULL when memory is exhausted. */
static const char *readable(struct ccs_arena *arena, const char *text)
{
    char out[TEXT_MAX + 16];
    size_t n = 0;
    const unsigned char *s = (const unsigned char *)text;
    while (*s != '\0' && n < TEXT_MAX) {
        char escaped[CCS_VISIBLE_TEXT];
        size_t used = ccs_visible_escape(escaped, (const char *)s, strnlen((const char *)s, 4));
        if (used > 0) {
            n += (size_t)snprintf(out + n, sizeof out - n, "%s", escaped);
            s += used;
        } else {
            out[n++] = (char)*s++;
        }
    }
    if (*s != '\0') {
        while (n > 0 && (*s & 0xc0) == 0x80) { /* never cut inside a UTF-8 character */
            s--;
            n--;
        }
        memcpy(out + n, "...", 3);
        n += 3;
    }
    return ccs_arena_strndup(arena, out, n);
}

/* file:line:col: error CCS-E214 at /pointer: message */
static const char *format_line(struct ccs_arena *arena, const struct ccs_diagnostic *d)
{
    char place[32] = "";
    if (d->line > 0 && d->column > 0) {
        snprintf(place, sizeof place, ":%d:%d", d->line, d->column);
    } else if (d->line > 0) {
        snprintf(place, sizeof place, ":%d", d->line);
    }
    bool has_origin = d->origin[0] != '\0';
    bool has_pointer = d->pointer[0] != '\0';
    return ccs_arena_printf(arena, "%s%s%s%s %s%s%s: %s", d->origin, has_origin ? place : "",
                            has_origin ? ": " : "", d->is_error ? "error" : "warning", d->code,
                            has_pointer ? " at " : "", d->pointer, d->message);
}

static bool entry_fill(struct ccs_arena *arena, struct entry *entry, const char *origin,
                       const char *pointer, const char *message)
{
    struct ccs_diagnostic *d = &entry->diagnostic;
    d->origin = readable(arena, origin == NULL ? "" : origin);
    d->pointer = readable(arena, pointer == NULL ? "" : pointer);
    d->message = readable(arena, message);
    if (d->origin == NULL || d->pointer == NULL || d->message == NULL) {
        return false;
    }
    entry->line = format_line(arena, d);
    return entry->line != NULL;
}

void ccs_diag_add(struct ccs_diagnostics *diags, enum ccs_diag_code code, const char *origin,
                  int line, int column, const char *pointer, const char *format, ...)
{
    const struct ccs_diag_info *info = ccs_diag_info(code);
    bool is_error = info->code[sizeof "CCS-" - 1] == 'E';
    size_t *count = is_error ? &diags->error_n : &diags->warning_n;
    (*count)++; /* first of all: an error that cannot be kept is still an error */
    if (*count > KEEP_MAX) {
        return;
    }
    char message[4 * TEXT_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);

    struct entry *entry = &diags->entries[diags->entry_n];
    entry->diagnostic = (struct ccs_diagnostic){
        .code = info->code,
        .is_error = is_error,
        .line = line,
        .column = column,
    };
    if (entry_fill(&diags->arena, entry, origin, pointer, message)) {
        diags->entry_n++;
    }
}
