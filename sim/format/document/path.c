/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON pointers from paths: see path.h. */
#include "format/document/path.h"

#include "format/document/document.h" /* ccs_pointer_join */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Bytes of a key in a pointer, with ~ and / escaped. */
static size_t escaped_length(const char *key)
{
    size_t n = 0;
    for (; *key != '\0'; key++) {
        n += *key == '~' || *key == '/' ? 2 : 1;
    }
    return n;
}

/* Writes "/key" and returns the byte after it. */
static char *append_escaped(char *at, const char *key)
{
    *at++ = '/';
    for (; *key != '\0'; key++) {
        if (*key == '~' || *key == '/') {
            *at++ = '~';
            *at++ = *key == '~' ? '0' : '1';
        } else {
            *at++ = *key;
        }
    }
    return at;
}

const char *ccs_path_text(const struct ccs_path *path, struct ccs_arena *arena)
{
    char digits[24];
    size_t length = 0;
    for (const struct ccs_path *p = path; p != NULL; p = p->up) {
        length += 1 + (p->key != NULL ? escaped_length(p->key)
                                      : (size_t)snprintf(digits, sizeof digits, "%zu", p->index));
    }
    char *text = ccs_arena_alloc(arena, length + 1);
    if (text == NULL) {
        return NULL;
    }
    /* From the end, as the chain only knows its way up. */
    char *at = text + length;
    for (const struct ccs_path *p = path; p != NULL; p = p->up) {
        const char *key = p->key;
        if (key == NULL) {
            snprintf(digits, sizeof digits, "%zu", p->index);
            key = digits;
        }
        at -= 1 + escaped_length(key);
        append_escaped(at, key);
    }
    return text;
}

const char *ccs_pointer_join(struct ccs_arena *arena, ...)
{
    va_list parts;
    size_t length = 0;
    va_start(parts, arena);
    for (const char *part; (part = va_arg(parts, const char *)) != NULL;) {
        length += 1 + escaped_length(part);
    }
    va_end(parts);
    char *text = ccs_arena_alloc(arena, length + 1);
    if (text == NULL) {
        return NULL;
    }
    char *at = text;
    va_start(parts, arena);
    for (const char *part; (part = va_arg(parts, const char *)) != NULL;) {
        at = append_escaped(at, part);
    }
    va_end(parts);
    return text;
}
