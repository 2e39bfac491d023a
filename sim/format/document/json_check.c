/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The strict check of a JSON text: see json.h.
 *
 * It is a state machine over the raw text with an explicit stack, so that depth costs no C stack.
 * It goes on after a fault where the intention is plain (a missing comma, a trailing one, single
 * quotes, a comment, a bad number, a bad byte in a string) and stops where it is not.
 *
 * Invariant: what passes is parsed by cJSON to exactly what it says; the tests hold the two
 * against each other.
 */
#include "base/diag.h"
#include "format/document/json.h"
#include "format/document/json_text.h"
#include "format/document/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_FAULTS = 100,  /* then the text is not worth reading on */
    POINTER_MAX = 1024 /* bytes; a longer pointer is cut at a key */
};

enum expected {
    VALUE,
    VALUE_OR_CLOSE,
    KEY,
    KEY_OR_CLOSE,
    COLON,
    COMMA_OR_CLOSE,
    END
};

struct frame {
    char close;       /* '}' or ']' */
    bool has_key;     /* object: a key has been read */
    size_t key_at;    /* offset of its opening quote */
    size_t index;     /* array: of the current element */
    size_t first_key; /* where this object's keys begin in scan.key */
};

struct seen_key {
    uint64_t hash;
    size_t at; /* offset of the opening quote */
};

struct scan {
    const char *text;
    size_t size;
    size_t at;
    const char *origin;
    const char *only;
    struct ccs_diagnostics *diags;
    size_t faults;
    size_t values;
    bool is_stopped;
    ccs_status status;
    enum expected expected;
    size_t depth;
    struct frame frame[CCS_JSON_MAX_DEPTH];
    struct seen_key *key; /* of all objects that are open */
    size_t key_n, key_cap;
};

/* ---- Keys, compared without copying them ---- */

/* FNV-1a of the string whose opening quote is at `at`; only to find candidates for equality. */
static uint64_t hash_string(const char *text, size_t size, size_t at)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    char bytes[4];
    at++;
    for (size_t n; (n = ccs_json_next_bytes(text, size, &at, bytes)) > 0;) {
        for (size_t i = 0; i < n; i++) {
            hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
        }
    }
    return hash;
}

/* Order of two strings (by their opening quotes) as decoded bytes. */
static int compare_strings(const char *text, size_t size, size_t a, size_t b)
{
    char bytes_a[4], bytes_b[4];
    a++;
    b++;
    for (;;) {
        size_t n = ccs_json_next_bytes(text, size, &a, bytes_a);
        size_t m = ccs_json_next_bytes(text, size, &b, bytes_b);
        size_t common = n < m ? n : m;
        int order = memcmp(bytes_a, bytes_b, common);
        if (order != 0 || n != m || n == 0) {
            /* One character's encoding is never the beginning of another's. */
            return order != 0 ? order : (n > m) - (n < m);
        }
    }
}

/* ---- Reporting ---- */

/* Adds "/key" to a pointer, escaped; false, and nothing added, when it does not fit. */
static bool append_key(char *pointer, size_t *length, const struct scan *s, size_t key_at)
{
    size_t n = *length;
    size_t at = key_at + 1;
    char bytes[4];
    pointer[n++] = '/';
    for (size_t count; (count = ccs_json_next_bytes(s->text, s->size, &at, bytes)) > 0;) {
        if (n + 6 > POINTER_MAX) {
            pointer[*length] = '\0';
            return false;
        }
        if (bytes[0] == '~' || bytes[0] == '/') {
            pointer[n++] = '~';
            pointer[n++] = bytes[0] == '~' ? '0' : '1';
        } else {
            memcpy(pointer + n, bytes, count);
            n += count;
        }
    }
    pointer[n] = '\0';
    *length = n;
    return true;
}

/* Where the scan stands, as a JSON pointer. */
static void pointer_of(const struct scan *s, char pointer[POINTER_MAX])
{
    int written = snprintf(pointer, POINTER_MAX, "%s", s->only);
    size_t length = (size_t)written < POINTER_MAX ? (size_t)written : POINTER_MAX - 1;
    for (size_t i = 0; i < s->depth && length + 32 < POINTER_MAX; i++) {
        const struct frame *f = &s->frame[i];
        if (f->close == ']') {
            length += (size_t)snprintf(pointer + length, 32, "/%zu", f->index);
        } else if (!f->has_key || !append_key(pointer, &length, s, f->key_at)) {
            break;
        }
    }
}

static void fault(struct scan *s, enum ccs_diag_code code, size_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void fault(struct scan *s, enum ccs_diag_code code, size_t at, const char *format, ...)
{
    if (s->is_stopped) {
        return;
    }
    s->faults++;
    if (s->faults >= MAX_FAULTS) {
        s->is_stopped = true;
    }
    if (s->diags == NULL) {
        return;
    }
    char pointer[POINTER_MAX], message[512];
    int line, column;
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    ccs_json_place_of(s->text, at, &line, &column);
    pointer_of(s, pointer);
    ccs_diag_add_once(s->diags, code, s->origin, line, column, pointer, message);
}

/* A fault after which nothing that follows can be trusted. */
static void stop(struct scan *s)
{
    s->is_stopped = true;
}

/* The character at `at` as a message names it. */
static const char *name_of(const struct scan *s, size_t at, char name[16])
{
    if (at >= s->size) {
        return "the end of the text";
    }
    unsigned char c = (unsigned char)s->text[at];
    size_t n = ccs_json_utf8_length(s->text, s->size, at);
    if (c < 0x20 || c == 0x7f || n == 0) {
        snprintf(name, 16, "byte 0x%02X", c);
    } else {
        snprintf(name, 16, "`%.*s`", (int)n, s->text + at);
    }
    return name;
}

/* ---- Tokens ---- */

static bool starts(const struct scan *s, size_t at, const char *word)
{
    size_t n = strlen(word);
    return s->size - at >= n && memcmp(s->text + at, word, n) == 0;
}

/* White space, and comments with a fault. */
static void skip_blank(struct scan *s)
{
    while (s->at < s->size && !s->is_stopped) {
        char c = s->text[s->at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            s->at++;
        } else if (starts(s, s->at, "//") || c == '#') {
            fault(s, CCS_E108, s->at,
                  "JSON has no comments: write a member whose key starts with "
                  "//, as in \"// why\": \"measured in 2023\"");
            while (s->at < s->size && s->text[s->at] != '\n') {
                s->at++;
            }
        } else if (starts(s, s->at, "/*")) {
            fault(s, CCS_E108, s->at,
                  "JSON has no comments: write a member whose key starts with "
                  "//, as in \"// why\": \"measured in 2023\"");
            s->at += 2;
            while (s->at < s->size && !starts(s, s->at, "*/")) {
                s->at++;
            }
            s->at += s->at < s->size ? 2 : 0;
        } else {
            return;
        }
    }
}

/* The escape whose backslash is at s->at; moves behind it. */
static void scan_escape(struct scan *s)
{
    size_t begin = s->at;
    s->at++;
    if (s->at >= s->size) {
        return; /* the caller reports the missing quote */
    }
    char c = s->text[s->at];
    if (c != 'u') {
        if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL) {
            fault(s, CCS_E107, begin, "no such escape; a backslash itself is written \\\\");
        }
        /* Whatever follows an unknown escape is read as text, so that its own fault shows too. */
        s->at += c != '\0' && strchr("\"\\/bfnrt", c) != NULL ? 1 : 0;
        return;
    }
    s->at++;
    int32_t code = ccs_json_hex4(s->text, s->size, s->at);
    if (code < 0) {
        fault(s, CCS_E107, begin, "\\u needs four hexadecimal digits");
        return;
    }
    s->at += 4;
    if (code == 0) {
        fault(s, CCS_E105, begin, "\\u0000 is not allowed in any text");
    } else if (code >= 0xdc00 && code < 0xe000) {
        fault(s, CCS_E106, begin, "second half of a surrogate pair without the first");
    } else if (code >= 0xd800 && code < 0xdc00) {
        int32_t low = -1;
        if (starts(s, s->at, "\\u")) {
            low = ccs_json_hex4(s->text, s->size, s->at + 2);
        }
        if (low >= 0xdc00 && low < 0xe000) {
            s->at += 6;
        } else {
            fault(s, CCS_E106, begin, "first half of a surrogate pair without the second");
        }
    }
}

/* The string whose opening quote is at s->at; moves behind its closing quote. False when it is
 * faulty (then it is not compared with other keys). */
static bool scan_string(struct scan *s)
{
    size_t begin = s->at;
    size_t faults = s->faults;
    bool has_bad_bytes = false;
    s->at++;
    while (s->at < s->size && !s->is_stopped) {
        unsigned char c = (unsigned char)s->text[s->at];
        if (c == '"') {
            s->at++;
            return s->faults == faults;
        }
        if (c == '\\') {
            scan_escape(s);
        } else if (c == '\n' || c == '\r') {
            fault(s, CCS_E104, s->at,
                  "line break in a string: the closing quote is missing, or "
                  "write \\n");
            stop(s);
        } else if (c < 0x20) {
            fault(s, CCS_E104, s->at, "control character 0x%02X in a string: write \\u%04x", c, c);
            s->at++;
        } else {
            size_t n = ccs_json_utf8_length(s->text, s->size, s->at);
            if (n == 0 && !has_bad_bytes) { /* a Latin-1 text has many: one for each string */
                fault(s, CCS_E103, s->at, "byte 0x%02X is not UTF-8 here", c);
                has_bad_bytes = true;
            }
            s->at += n == 0 ? 1 : n;
        }
    }
    if (!s->is_stopped) {
        fault(s, CCS_E108, begin, "the text ends inside the string that begins here");
        stop(s);
    }
    return false;
}

/* 'text' in single quotes: reported, then skipped. */
static void skip_single_quoted(struct scan *s)
{
    fault(s, CCS_E108, s->at, "strings are in double quotes: \"...\"");
    s->at++;
    while (s->at < s->size && s->text[s->at] != '\'' && s->text[s->at] != '\n') {
        s->at++;
    }
    if (s->at < s->size && s->text[s->at] == '\'') {
        s->at++;
    } else {
        stop(s);
    }
}

/* NULL when the text is a number of RFC 8259, section 6; otherwise what is wrong. */
static const char *number_fault(const char *text, size_t n)
{
    size_t at = 0;
    if (at < n && text[at] == '+') {
        return "no plus sign before a number";
    }
    if (at < n && text[at] == '-') {
        at++;
    }
    if (at < n && text[at] == '.') {
        return "a digit is missing before the point: 0.5, not .5";
    }
    size_t first = at;
    while (at < n && ccs_json_is_digit(text[at])) {
        at++;
    }
    if (at == first) {
        return "not a number";
    }
    if (text[first] == '0' && at > first + 1) {
        return "no leading zeros: 1, not 01";
    }
    if (at < n && text[at] == '.') {
        at++;
        if (at >= n || !ccs_json_is_digit(text[at])) {
            return "a digit is missing after the point: 1.0, not 1.";
        }
        while (at < n && ccs_json_is_digit(text[at])) {
            at++;
        }
    }
    if (at < n && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        if (at < n && (text[at] == '+' || text[at] == '-')) {
            at++;
        }
        if (at >= n || !ccs_json_is_digit(text[at])) {
            return "a digit is missing in the exponent";
        }
        while (at < n && ccs_json_is_digit(text[at])) {
            at++;
        }
    }
    return at == n ? NULL : "not a number; a quantity with a unit is a string: \"90 s\"";
}

/* Digits other than 0 before the exponent. */
static bool is_zero(const char *text, size_t n)
{
    for (size_t i = 0; i < n && text[i] != 'e' && text[i] != 'E'; i++) {
        if (text[i] >= '1' && text[i] <= '9') {
            return false;
        }
    }
    return true;
}

static void check_number(struct scan *s, size_t at, size_t n)
{
    const char *text = s->text + at;
    const char *wrong = number_fault(text, n);
    int shown = n > 40 ? 40 : (int)n;
    double value;
    if (wrong != NULL) {
        fault(s, CCS_E110, at, "%s (found %.*s)", wrong, shown, text);
    } else if (n > CCS_JSON_MAX_NUMBER) {
        fault(s, CCS_E110, at, "a number may have at most %d characters", CCS_JSON_MAX_NUMBER);
    } else if (!ccs_text_number(text, n, &value)) {
        fault(s, CCS_E111, at, "larger than a double can hold (found %.*s)", shown, text);
    } else if (value == 0.0 && !is_zero(text, n)) {
        fault(s, CCS_E111, at, "smaller than a double can hold (found %.*s)", shown, text);
    }
}

static bool word_is(const char *text, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(text, word, n) == 0;
}

/* true, false, null, a number, or something that is none of them. */
static void scan_word(struct scan *s)
{
    size_t begin = s->at;
    while (s->at < s->size && ccs_json_is_word(s->text[s->at])) {
        s->at++;
    }
    const char *text = s->text + begin;
    size_t n = s->at - begin;
    const char *sign = n > 0 && (text[0] == '-' || text[0] == '+') ? text + 1 : text;
    size_t unsigned_n = n - (size_t)(sign - text);
    int shown = n > 40 ? 40 : (int)n;
    if (word_is(text, n, "true") || word_is(text, n, "false") || word_is(text, n, "null")) {
        return;
    }
    if (word_is(sign, unsigned_n, "NaN") || word_is(sign, unsigned_n, "nan") ||
        word_is(sign, unsigned_n, "Infinity") || word_is(sign, unsigned_n, "inf")) {
        fault(s, CCS_E110, begin, "JSON has no %.*s", shown, text);
    } else if (word_is(text, n, "True") || word_is(text, n, "False") || word_is(text, n, "None")) {
        fault(s, CCS_E108, begin, "write %s, not %.*s",
              text[0] == 'T'   ? "true"
              : text[0] == 'F' ? "false"
                               : "null",
              shown, text);
    } else if (ccs_json_is_digit(text[0]) || text[0] == '-' || text[0] == '+' || text[0] == '.') {
        check_number(s, begin, n);
    } else {
        fault(s, CCS_E108, begin, "text needs double quotes: \"%.*s\"", shown, text);
    }
}

/* ---- Structure ---- */

static void push(struct scan *s, char close)
{
    if (s->depth == CCS_JSON_MAX_DEPTH) {
        fault(s, CCS_E113, s->at, "brackets are nested more than %d deep", CCS_JSON_MAX_DEPTH);
        stop(s);
        return;
    }
    s->frame[s->depth++] = (struct frame){.close = close, .first_key = s->key_n};
    s->at++;
    s->expected = close == '}' ? KEY_OR_CLOSE : VALUE_OR_CLOSE;
}

static int compare_keys(const void *a, const void *b, void *context)
{
    const struct seen_key *x = a, *y = b;
    const struct scan *s = context;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    int order = compare_strings(s->text, s->size, x->at, y->at);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/* Reports the keys that the object being closed has twice. */
static void check_duplicates(struct scan *s)
{
    struct frame *f = &s->frame[s->depth - 1];
    size_t n = s->key_n - f->first_key;
    if (n < 2) {
        return;
    }
    struct seen_key *key = s->key + f->first_key;
    qsort_r(key, n, sizeof *key, compare_keys, s);
    size_t first = 0;
    for (size_t i = 1; i < n; i++) {
        if (key[i].hash != key[first].hash ||
            compare_strings(s->text, s->size, key[i].at, key[first].at) != 0) {
            first = i;
            continue;
        }
        int line, column;
        ccs_json_place_of(s->text, key[first].at, &line, &column);
        f->has_key = true; /* for the pointer; the object is being left */
        f->key_at = key[i].at;
        fault(s, CCS_E112, key[i].at, "the key was given before, in line %d column %d", line,
              column);
        if (s->is_stopped) {
            return;
        }
    }
}

static void after_value(struct scan *s)
{
    s->expected = s->depth == 0 ? END : COMMA_OR_CLOSE;
}

static void pop(struct scan *s)
{
    if (s->frame[s->depth - 1].close == '}') {
        check_duplicates(s);
        s->key_n = s->frame[s->depth - 1].first_key;
    }
    s->depth--;
    s->at++;
    after_value(s);
}

static void remember_key(struct scan *s, size_t at)
{
    if (s->key_n == s->key_cap) {
        size_t cap = s->key_cap == 0 ? 64 : 2 * s->key_cap;
        struct seen_key *grown = realloc(s->key, cap * sizeof *grown);
        if (grown == NULL) {
            s->status = CCS_ENOMEM;
            stop(s);
            return;
        }
        s->key = grown;
        s->key_cap = cap;
    }
    s->key[s->key_n++] = (struct seen_key){hash_string(s->text, s->size, at), at};
}

static void scan_value(struct scan *s)
{
    char c = s->text[s->at];
    char name[16];
    if (++s->values > CCS_JSON_MAX_VALUES) {
        fault(s, CCS_E101, s->at, "more than %zu values: move tables into CSV files",
              CCS_JSON_MAX_VALUES);
        stop(s);
        return;
    }
    if (c == '{' || c == '[') {
        push(s, c == '{' ? '}' : ']');
        return;
    }
    if (c == '"') {
        scan_string(s);
    } else if (c == '\'') {
        skip_single_quoted(s);
    } else if (ccs_json_is_word(c)) {
        scan_word(s);
    } else {
        fault(s, CCS_E108, s->at, "a value is missing before %s", name_of(s, s->at, name));
        if (s->depth == 0 || (c != ',' && c != s->frame[s->depth - 1].close)) {
            stop(s);
        }
    }
    after_value(s);
}

static void scan_key(struct scan *s)
{
    struct frame *f = &s->frame[s->depth - 1];
    size_t begin = s->at;
    char c = s->text[s->at];
    char name[16];
    s->expected = COLON;
    if (c == '"') {
        f->has_key = false; /* a fault inside the key belongs to the object */
        bool is_sound = scan_string(s);
        f->has_key = is_sound;
        f->key_at = begin;
        if (is_sound) {
            remember_key(s, begin);
        }
    } else if (c == '\'') {
        f->has_key = false;
        skip_single_quoted(s);
    } else if (ccs_json_is_word(c) && !ccs_json_is_digit(c)) {
        f->has_key = false;
        while (s->at < s->size && ccs_json_is_word(s->text[s->at])) {
            s->at++;
        }
        size_t n = s->at - begin;
        fault(s, CCS_E108, begin, "keys need double quotes: \"%.*s\"", n > 40 ? 40 : (int)n,
              s->text + begin);
    } else {
        fault(s, CCS_E108, begin, "expected a key in double quotes, found %s",
              name_of(s, begin, name));
        stop(s);
    }
}

/* A closing bracket where a value or a key should be; `after_comma` is a trailing comma. */
static bool close_early(struct scan *s, bool after_comma)
{
    struct frame *f = s->depth > 0 ? &s->frame[s->depth - 1] : NULL;
    if (f == NULL || s->text[s->at] != f->close) {
        return false;
    }
    if (after_comma) {
        fault(s, CCS_E108, s->at, "no comma before the closing `%c`", f->close);
    }
    pop(s);
    return true;
}

static void scan_comma(struct scan *s)
{
    struct frame *f = &s->frame[s->depth - 1];
    char c = s->text[s->at];
    char name[16];
    bool is_object = f->close == '}';
    if (c == f->close) {
        pop(s);
        return;
    }
    f->has_key = false;
    if (c == ',') {
        s->at++;
    } else if (c == '"' || (!is_object && (c == '{' || c == '[' || ccs_json_is_word(c)))) {
        fault(s, CCS_E108, s->at, "a comma is missing before this");
    } else {
        fault(s, CCS_E108, s->at, "expected `,` or `%c`, found %s", f->close,
              name_of(s, s->at, name));
        stop(s);
    }
    f->index++;
    s->expected = is_object ? KEY : VALUE;
}

static void scan_step(struct scan *s)
{
    char name[16];
    switch (s->expected) {
    case VALUE:
    case VALUE_OR_CLOSE:
        /* After a colon a bracket is a missing value, not a trailing comma. */
        if (s->depth == 0 || s->frame[s->depth - 1].close != ']' ||
            !close_early(s, s->expected == VALUE)) {
            scan_value(s);
        }
        break;
    case KEY:
    case KEY_OR_CLOSE:
        if (!close_early(s, s->expected == KEY)) {
            scan_key(s);
        }
        break;
    case COLON:
        if (s->text[s->at] == ':') {
            s->at++;
        } else {
            fault(s, CCS_E108, s->at, "expected `:` after the key, found %s",
                  name_of(s, s->at, name));
            stop(s);
        }
        s->expected = VALUE;
        break;
    case COMMA_OR_CLOSE:
        scan_comma(s);
        break;
    case END:
        fault(s, CCS_E109, s->at, "text after the end of the document, beginning with %s",
              name_of(s, s->at, name));
        stop(s);
        break;
    }
}

static void check_encoding_mark(struct scan *s)
{
    if (starts(s, 0, "\xef\xbb\xbf")) {
        fault(s, CCS_E102, 0, "the file begins with a byte order mark: save it without");
        s->at = 3;
    } else if (starts(s, 0, "\xff\xfe") || starts(s, 0, "\xfe\xff")) {
        fault(s, CCS_E102, 0, "the file is UTF-16: save it as UTF-8");
        stop(s);
    }
}

ccs_status ccs_json_check(const char *text, size_t size, const char *origin, const char *only,
                          struct ccs_diagnostics *diags)
{
    struct scan *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return CCS_ENOMEM;
    }
    s->text = text;
    s->size = size;
    s->origin = origin;
    s->only = only;
    s->diags = diags;
    if (size > CCS_JSON_MAX_BYTES) {
        fault(s, CCS_E101, 0, "larger than %zu MiB", CCS_JSON_MAX_BYTES >> 20);
        stop(s);
    }
    check_encoding_mark(s);
    for (;;) {
        skip_blank(s);
        if (s->is_stopped || s->at >= s->size) {
            break;
        }
        scan_step(s);
    }
    if (!s->is_stopped && s->expected != END) {
        if (s->depth > 0) {
            fault(s, CCS_E108, s->size, "the text ends early: a closing `%c` is missing",
                  s->frame[s->depth - 1].close);
        } else {
            fault(s, CCS_E108, s->size, "there is nothing in the text");
        }
    }
    ccs_status status = s->status != CCS_OK ? s->status : s->faults > 0 ? CCS_EDATA : CCS_OK;
    free(s->key);
    free(s);
    return status;
}
