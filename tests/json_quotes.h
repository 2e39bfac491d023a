/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON in tests is written with single quotes, to be readable inside a string of C:
 *
 *     scenario_of("{'name': 'small', 'run': {'horizon': '2 days'}}")
 *
 * Helpers that take such text turn it with json_text(), the only place that does. A quote inside a
 * JSON string is "\\'". A text with any double quote in it is left as it is: so is what was turned
 * before or printed from a document, and so one writes what needs an apostrophe, or is about the
 * quotes themselves.
 */
#ifndef TESTS_JSON_QUOTES_H
#define TESTS_JSON_QUOTES_H

#include <stdlib.h>
#include <string.h>

/* The same text as JSON; the caller's, to be freed. */
static inline char *json_text(const char *text)
{
    char *json = strdup(text);
    if (json == NULL) {
        abort();
    }
    if (strchr(json, '"') == NULL) {
        for (char *c = json; (c = strchr(c, '\'')) != NULL; c++) {
            *c = '"';
        }
    }
    return json;
}

#endif
