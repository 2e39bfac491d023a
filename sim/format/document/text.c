/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text helpers of the diagnostics: see text.h. */
#include "format/document/text.h"

#include "base/json_out.h"

#include <cjson/cJSON.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    QUOTE_MAX = 40, /* bytes of a quoted string */
    WORD_MAX = 48   /* longer words get no suggestion */
};

/* Bytes of `s` that fit into `max` without cutting a UTF-8 character. */
static size_t cut(const char *s, size_t max)
{
    size_t n = strlen(s);
    if (n <= max) {
        return n;
    }
    n = max;
    while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80) {
        n--;
    }
    return n;
}

char *ccs_text_found(char text[CCS_FOUND_TEXT], const struct cJSON *value)
{
    if (cJSON_IsString(value)) {
        size_t n = cut(value->valuestring, QUOTE_MAX);
        snprintf(text, CCS_FOUND_TEXT, "\"%.*s%s\"", (int)n, value->valuestring,
                 value->valuestring[n] == '\0' ? "" : "...");
    } else if (cJSON_IsNumber(value)) {
        ccs_double_text(text, value->valuedouble);
    } else if (cJSON_IsObject(value)) {
        snprintf(text, CCS_FOUND_TEXT, "an object");
    } else if (cJSON_IsArray(value)) {
        snprintf(text, CCS_FOUND_TEXT, "a list");
    } else if (cJSON_IsBool(value)) {
        snprintf(text, CCS_FOUND_TEXT, "%s", cJSON_IsTrue(value) ? "true" : "false");
    } else {
        snprintf(text, CCS_FOUND_TEXT, "null");
    }
    return text;
}

char *ccs_text_range(char text[CCS_RANGE_TEXT], double min, double max)
{
    char low[CCS_DOUBLE_TEXT], high[CCS_DOUBLE_TEXT];
    ccs_double_text(low, min);
    ccs_double_text(high, max);
    if (isinf(max)) {
        snprintf(text, CCS_RANGE_TEXT, "must be >= %s", low);
    } else if (isinf(min)) {
        snprintf(text, CCS_RANGE_TEXT, "must be <= %s", high);
    } else {
        snprintf(text, CCS_RANGE_TEXT, "must be between %s and %s", low, high);
    }
    return text;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Characters of the number at the start of `text`, 0 if there is none. */
static size_t number_length(const char *text, size_t length)
{
    size_t at = 0;
    size_t digits = 0;
    if (at < length && (text[at] == '+' || text[at] == '-')) {
        at++;
    }
    for (; at < length && is_digit(text[at]); at++) {
        digits++;
    }
    if (at < length && text[at] == '.') {
        at++;
        for (; at < length && is_digit(text[at]); at++) {
            digits++;
        }
    }
    if (digits == 0) {
        return 0;
    }
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        size_t exponent = at + 1;
        if (exponent < length && (text[exponent] == '+' || text[exponent] == '-')) {
            exponent++;
        }
        if (exponent < length && is_digit(text[exponent])) {
            while (exponent < length && is_digit(text[exponent])) {
                exponent++;
            }
            at = exponent;
        }
    }
    return at;
}

bool ccs_text_number(const char *text, size_t length, double *value)
{
    char copy[128];
    if (length == 0 || length >= sizeof copy || number_length(text, length) != length) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    /* The "C" locale object is static in glibc: this allocates nothing and cannot fail there. */
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0) {
        return false;
    }
    *value = strtod_l(copy, NULL, c_locale);
    freelocale(c_locale);
    return isfinite(*value);
}

static unsigned char fold(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return (unsigned char)(c - 'A' + 'a');
    }
    return c == '-' || c == ' ' ? '_' : (unsigned char)c;
}

static size_t min_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Row i of the table holds the distances of the first i letters of a to every prefix of b; a
 * transposition looks back two rows. */
static size_t edit_distance(const char *a, size_t n, const char *b, size_t m)
{
    size_t d[3][WORD_MAX + 1];
    for (size_t j = 0; j <= m; j++) {
        d[0][j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t *row = d[i % 3];
        const size_t *above = d[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = fold(a[i - 1]) == fold(b[j - 1]) ? 0 : 1;
            row[j] = min_of(above[j - 1] + change, min_of(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) &&
                fold(a[i - 2]) == fold(b[j - 1])) {
                row[j] = min_of(row[j], d[(i - 2) % 3][j - 2] + 1);
            }
        }
    }
    return d[n % 3][m];
}

struct ccs_nearest ccs_nearest_to(const char *word)
{
    /* About one slip in four letters; `distance` is the first one that is too far. */
    struct ccs_nearest nearest = {word, NULL, (strlen(word) + 2) / 4 + 1};
    if (nearest.distance < 2) {
        nearest.distance = 2;
    }
    return nearest;
}

void ccs_nearest_try(struct ccs_nearest *nearest, const char *candidate)
{
    size_t n = strlen(nearest->word);
    size_t m = strlen(candidate);
    if (n == 0 || m == 0 || n > WORD_MAX || m > WORD_MAX) {
        return;
    }
    size_t distance = edit_distance(nearest->word, n, candidate, m);
    bool is_prefix = n >= 3 && strncmp(nearest->word, candidate, n) == 0;
    if (is_prefix && distance >= nearest->distance && nearest->best == NULL) {
        nearest->best = candidate; /* "wage" for "wage_per_h": only while nothing is nearer */
        return;
    }
    /* Changing every letter is not a misspelling. */
    if (distance < nearest->distance && distance < (n > m ? n : m)) {
        nearest->best = candidate;
        nearest->distance = distance;
    }
}

char *ccs_nearest_text(char text[CCS_SUGGEST_TEXT], const struct ccs_nearest *nearest)
{
    text[0] = '\0';
    if (nearest->best != NULL) {
        snprintf(text, CCS_SUGGEST_TEXT, "; did you mean `%s`?", nearest->best);
    }
    return text;
}

void ccs_diag_add_once(struct ccs_diagnostics *diags, enum ccs_diag_code code, const char *origin,
                       int line, int column, const char *pointer, const char *message)
{
    if (diags == NULL) {
        return;
    }
    const char *name = ccs_diag_info(code)->code;
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, i);
        /* Long or unprintable texts are kept changed; those few may appear again. */
        if (strcmp(d->code, name) == 0 && d->line == line && d->column == column &&
            strcmp(d->origin, origin) == 0 && strcmp(d->pointer, pointer) == 0 &&
            strcmp(d->message, message) == 0) {
            return;
        }
    }
    ccs_diag_add(diags, code, origin, line, column, pointer, "%s", message);
}
