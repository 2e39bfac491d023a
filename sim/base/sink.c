/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams by fopencookie: see sink.h. A short count from the writer sets the error flag. */
#include "base/sink.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_SIZE = 4096
};

struct growing {
    char **text;
    size_t *size;
    size_t cap;
};

static bool make_room(struct growing *g, size_t n)
{
    size_t cap = g->cap;
    while (cap - *g->size <= n) {
        if (cap > SIZE_MAX / 2) {
            return false;
        }
        cap *= 2;
    }
    char *grown = cap == g->cap ? *g->text : realloc(*g->text, cap);
    if (grown == NULL) {
        return false;
    }
    *g->text = grown;
    g->cap = cap;
    return true;
}

static ssize_t write_text(void *cookie, const char *bytes, size_t n)
{
    struct growing *g = cookie;
    if (!make_room(g, n)) {
        return 0;
    }
    memcpy(*g->text + *g->size, bytes, n);
    *g->size += n;
    (*g->text)[*g->size] = '\0';
    return (ssize_t)n;
}

static int close_text(void *cookie)
{
    free(cookie);
    return 0;
}

FILE *ccs_sink_to_text(char **text, size_t *size)
{
    const cookie_io_functions_t functions = {.write = write_text, .close = close_text};
    struct growing *g = malloc(sizeof *g);
    *size = 0;
    *text = calloc(FIRST_SIZE, 1);
    FILE *out = NULL;
    if (g != NULL && *text != NULL) {
        *g = (struct growing){text, size, FIRST_SIZE};
        out = fopencookie(g, "w", functions);
    }
    if (out == NULL) {
        free(g);
        free(*text);
        *text = NULL;
    }
    return out;
}

ccs_status ccs_sink_end_text(FILE *out, char **text, size_t *size)
{
    if (out == NULL) {
        return CCS_ENOMEM;
    }
    bool has_failed = fflush(out) != 0;
    has_failed = ferror(out) != 0 || has_failed;
    has_failed = fclose(out) != 0 || has_failed;
    if (has_failed) {
        free(*text);
        *text = NULL;
        *size = 0;
    }
    return has_failed ? CCS_ENOMEM : CCS_OK;
}

/* ---- files ---- */

static ssize_t write_file(void *cookie, const char *bytes, size_t n)
{
    return ccs_file_put(cookie, bytes, n) ? (ssize_t)n : 0;
}

FILE *ccs_sink_to_file(struct ccs_file_writer *writer, const char *path,
                       struct ccs_file_error *error)
{
    const cookie_io_functions_t functions = {.write = write_file};
    if (ccs_file_begin(writer, path, error) != CCS_OK) {
        return NULL;
    }
    FILE *out = fopencookie(writer, "w", functions);
    if (out == NULL) {
        ccs_file_end(writer, false, error);
        snprintf(error->text, sizeof error->text, "cannot write: out of memory");
    }
    return out;
}

ccs_status ccs_sink_end_file(FILE *out, struct ccs_file_writer *writer, bool is_good,
                             struct ccs_file_error *error)
{
    is_good = fflush(out) == 0 && is_good;
    is_good = ferror(out) == 0 && is_good;
    is_good = fclose(out) == 0 && is_good;
    return ccs_file_end(writer, is_good, error);
}
