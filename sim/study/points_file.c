/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points from a file, for designs made elsewhere: CSV with JSON pointers as header and a point per
 * line (cells as after the = of --set), or a JSON array of objects {"/pointer": value}. What is
 * empty or left out stays as the scenario says. Lines that begin with # are comments.
 */
#include "base/file.h"
#include "format/document/document.h"
#include "format/document/json.h"
#include "format/document/reader.h"
#include "study/design.h"
#include "study/factor.h"
#include "study/value.h"

#include <cjson/cJSON.h>
#include <csv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_POINTERS = 1000
};

struct reading {
    struct ccs_design *design;
    const char *path;
    size_t line; /* of a table; 0: not in one */
    size_t column;
    size_t value_cap;
    bool has_header;
    ccs_status status;
    char *message;
    size_t message_size;
};

__attribute__((format(printf, 3, 4))) static void fail(struct reading *r, ccs_status status,
                                                       const char *format, ...)
{
    if (r->status != CCS_OK) {
        return;
    }
    r->status = status;
    int n = r->line > 0 ? snprintf(r->message, r->message_size, "%.300s:%zu: ", r->path, r->line)
                        : snprintf(r->message, r->message_size, "%.300s: ", r->path);
    va_list args;
    va_start(args, format);
    if (n >= 0 && (size_t)n < r->message_size) {
        vsnprintf(r->message + n, r->message_size - (size_t)n, format, args);
    }
    va_end(args);
}

static const char *pointer_fault(const char *pointer)
{
    char *assignment = NULL;
    if (strchr(pointer, '=') != NULL) {
        return "a pointer with = in it cannot be set";
    }
    if (asprintf(&assignment, "%s=0", pointer) < 0) {
        return "out of memory";
    }
    const char *fault = ccs_document_set_fault(assignment);
    free(assignment);
    return fault;
}

static void add_pointer(struct reading *r, const char *text, size_t length)
{
    struct ccs_design *d = r->design;
    const char *pointer = ccs_arena_strndup(&d->arena, text, length);
    const char *fault = pointer == NULL ? NULL : pointer_fault(pointer);
    if (pointer == NULL) {
        fail(r, CCS_ENOMEM, "out of memory");
    } else if (d->pointer_n == MAX_POINTERS) {
        fail(r, CCS_EDATA, "more than %d pointers", MAX_POINTERS);
    } else if (fault != NULL) {
        fail(r, CCS_EDATA, "'%.100s' is no pointer: %s", pointer, fault);
    } else {
        d->pointers[d->pointer_n++] = pointer;
    }
}

static void begin_point(struct reading *r)
{
    struct ccs_design *d = r->design;
    if (d->point_n == CCS_DESIGN_MAX_POINTS) {
        fail(r, CCS_EDATA, "more than %zu points", CCS_DESIGN_MAX_POINTS);
        return;
    }
    size_t need = (d->point_n + 1) * d->pointer_n;
    if (need > r->value_cap) {
        size_t cap = 2 * need + 64;
        const char **grown = ccs_arena_calloc(&d->arena, cap, sizeof(char *));
        if (grown == NULL) {
            fail(r, CCS_ENOMEM, "out of memory");
            return;
        }
        if (d->point_n > 0) {
            memcpy(grown, d->values, d->point_n * d->pointer_n * sizeof(char *));
        }
        d->values = grown;
        r->value_cap = cap;
    }
    d->point_n++;
}

static void put_value(struct reading *r, size_t pointer, const char *text, size_t length)
{
    struct ccs_design *d = r->design;
    const char *value = NULL;
    ccs_status status = ccs_value_canonical(text, length, &d->arena, &value);
    if (status == CCS_EDATA) {
        fail(r, status, "%s: '%.*s' is neither JSON nor plain text", d->pointers[pointer],
             length > 100 ? 100 : (int)length, text);
    } else if (status != CCS_OK) {
        fail(r, status, "out of memory");
    } else {
        d->values[(d->point_n - 1) * d->pointer_n + pointer] = value;
    }
}

/* ---- CSV ---- */

static void on_cell(void *cell, size_t length, void *context)
{
    struct reading *r = context;
    struct ccs_design *d = r->design;
    size_t column = r->column++;
    if (r->status != CCS_OK) {
        return;
    }
    if (!r->has_header) {
        add_pointer(r, cell, length);
        return;
    }
    if (column == 0) {
        begin_point(r);
    }
    if (column >= d->pointer_n) {
        fail(r, CCS_EDATA, "more cells than the header has pointers (%zu)", d->pointer_n);
    } else if (length > 0 && r->status == CCS_OK) {
        put_value(r, column, cell, length);
    }
}

static void on_row(int terminator, void *context)
{
    struct reading *r = context;
    (void)terminator;
    if (!r->has_header) {
        r->has_header = true;
    } else if (r->status == CCS_OK && r->column < r->design->pointer_n) {
        fail(r, CCS_EDATA, "%zu cells, the header has %zu pointers", r->column,
             r->design->pointer_n);
    }
    r->column = 0;
}

/* A line at a time, so that a fault can name it; quoted cells may go over several. */
static void read_csv(struct reading *r, const char *text, size_t size)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        fail(r, CCS_ENOMEM, "out of memory");
        return;
    }
    size_t at = 0;
    while (at < size && r->status == CCS_OK) {
        const char *newline = memchr(text + at, '\n', size - at);
        size_t n = newline == NULL ? size - at : (size_t)(newline - text) + 1 - at;
        r->line++;
        bool is_comment = text[at] == '#' && r->column == 0;
        if (!is_comment && csv_parse(&parser, text + at, n, on_cell, on_row, r) != n) {
            fail(r, CCS_EDATA, "not CSV: %s", csv_strerror(csv_error(&parser)));
        }
        at += n;
    }
    if (r->status == CCS_OK && csv_fini(&parser, on_cell, on_row, r) != 0) {
        fail(r, CCS_EDATA, "not CSV: %s", csv_strerror(csv_error(&parser)));
    }
    csv_free(&parser);
    r->line = 0;
}

/* ---- JSON ---- */

static size_t find_pointer(const struct ccs_design *d, const char *pointer)
{
    size_t i = 0;
    while (i < d->pointer_n && strcmp(d->pointers[i], pointer) != 0) {
        i++;
    }
    return i;
}

/* All pointers first: a later object may have one that the first has not. */
static void collect_pointers(struct reading *r, struct ccs_reader *json, struct ccs_node *list)
{
    size_t n = 0;
    if (!ccs_reader_is(json, list, cJSON_Array)) {
        return;
    }
    for (const struct cJSON *item = ccs_node_first(list); item != NULL; item = item->next) {
        struct ccs_node object = ccs_node_child(list, item, n++);
        if (!ccs_reader_is(json, &object, cJSON_Object)) {
            return;
        }
        const struct cJSON *member = ccs_node_first(&object);
        for (; member != NULL; member = member->next) {
            if (find_pointer(r->design, member->string) == r->design->pointer_n) {
                add_pointer(r, member->string, strlen(member->string));
            }
        }
    }
}

static void read_json(struct reading *r, const char *text, size_t size)
{
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    struct ccs_reader json = {
        .origin = r->path, .text = text, .size = size, .arena = &r->design->arena, .diags = diags};
    struct cJSON *list = NULL;
    ccs_status status =
        diags == NULL ? CCS_ENOMEM : ccs_json_parse(text, size, r->path, "", diags, &list);
    if (status == CCS_OK) {
        struct ccs_node root = ccs_node_root(list);
        collect_pointers(r, &json, &root);
        status = ccs_reader_status(&json);
    }
    if (status == CCS_EDATA && ccs_diagnostics_count(diags) > 0) {
        snprintf(r->message, r->message_size, "%s", ccs_diagnostics_line(diags, 0));
        r->status = status;
    } else if (status != CCS_OK) {
        fail(r, status, "%s", ccs_status_text(status));
    }
    const struct cJSON *object = list == NULL ? NULL : list->child;
    for (; object != NULL && r->status == CCS_OK; object = object->next) {
        begin_point(r);
        struct cJSON *item = object->child;
        for (; item != NULL && r->status == CCS_OK; item = item->next) {
            const char *value = ccs_value_from_json(item, &r->design->arena);
            if (value == NULL) {
                fail(r, CCS_ENOMEM, "out of memory");
            } else {
                size_t i = find_pointer(r->design, item->string);
                r->design->values[(r->design->point_n - 1) * r->design->pointer_n + i] = value;
            }
        }
    }
    cJSON_Delete(list);
    ccs_diagnostics_destroy(diags);
}

/* Spreadsheets put a byte order mark before UTF-8. */
static size_t bom_length(const char *text, size_t size)
{
    return size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static bool looks_like_json(const char *text, size_t size)
{
    size_t i = 0;
    while (i < size && strchr(" \t\r\n", text[i]) != NULL) {
        i++;
    }
    return i < size && (text[i] == '[' || text[i] == '{');
}

ccs_status ccs_design_read(struct ccs_design *design, const char *path, char *message,
                           size_t message_size)
{
    struct reading r = {
        .design = design, .path = path, .message = message, .message_size = message_size};
    struct ccs_file_error error;
    char *text = NULL;
    size_t size = 0;
    design->pointers = ccs_arena_calloc(&design->arena, MAX_POINTERS, sizeof(char *));
    if (design->pointers == NULL) {
        return CCS_ENOMEM;
    }
    ccs_status status = ccs_file_read(path, CCS_JSON_MAX_BYTES, &text, &size, &error);
    if (status != CCS_OK) {
        snprintf(message, message_size, "%s", error.text);
        return status;
    }
    size_t at = bom_length(text, size);
    if (looks_like_json(text + at, size - at)) {
        read_json(&r, text + at, size - at);
    } else {
        read_csv(&r, text + at, size - at);
    }
    free(text);
    if (r.status == CCS_OK && design->point_n == 0) {
        fail(&r, CCS_EDATA,
             "has no points: a header of pointers and a line for each point, or a "
             "JSON list of objects");
    }
    return r.status;
}
