/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON writer (json_out.h). Arrays are first written one element per line; a short flat one is
 * joined to one line when it ends. That is safe because inside strings a newline is always
 * escaped: any raw newline is formatting.
 */
#include "base/json_out.h"

#include "base/assert.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    INDENT = 2,
    SHORT_ARRAY = 4 /* scalars that still go on one line */
};

void ccs_json_out_init(struct ccs_json_out *out)
{
    memset(out, 0, sizeof *out);
}

void ccs_json_out_fini(struct ccs_json_out *out)
{
    free(out->text);
    memset(out, 0, sizeof *out);
}

static void append(struct ccs_json_out *out, const char *bytes, size_t n)
{
    if (out->status != CCS_OK) {
        return;
    }
    if (n > out->cap - out->len) {
        size_t cap = out->cap == 0 ? 4096 : out->cap;
        while (cap - out->len < n) {
            if (cap > SIZE_MAX / 2) {
                out->status = CCS_ENOMEM;
                return;
            }
            cap *= 2;
        }
        char *text = realloc(out->text, cap);
        if (text == NULL) {
            out->status = CCS_ENOMEM;
            return;
        }
        out->text = text;
        out->cap = cap;
    }
    memcpy(out->text + out->len, bytes, n);
    out->len += n;
}

static void append_text(struct ccs_json_out *out, const char *s)
{
    append(out, s, strlen(s));
}

static void newline(struct ccs_json_out *out)
{
    append(out, "\n", 1);
    for (int i = 0; i < out->depth; i++) {
        append(out, "  ", INDENT);
    }
}

/* The comma and the line break before a value or a key. */
static void separate(struct ccs_json_out *out)
{
    if (out->depth > 0) {
        struct ccs_json_level *level = &out->level[out->depth - 1];
        if (level->item_n > 0) {
            append(out, ",", 1);
        }
        level->item_n++;
        newline(out);
    }
}

static void before_value(struct ccs_json_out *out)
{
    if (out->after_key) {
        out->after_key = false;
        return;
    }
    CCS_REQUIRE(out->depth == 0 || out->level[out->depth - 1].is_array);
    separate(out);
}

static void begin(struct ccs_json_out *out, bool is_array)
{
    before_value(out);
    CCS_REQUIRE(out->depth < CCS_JSON_OUT_DEPTH);
    if (out->depth > 0) {
        out->level[out->depth - 1].is_flat = false;
    }
    out->level[out->depth] =
        (struct ccs_json_level){.start = out->len, .is_array = is_array, .is_flat = true};
    out->depth++;
    append(out, is_array ? "[" : "{", 1);
}

/* Removes line breaks and indentation from `start` on; a space stays after each comma. */
static void join_lines(struct ccs_json_out *out, size_t start, size_t indent)
{
    size_t to = start;
    for (size_t from = start; from < out->len; from++) {
        if (out->text[from] != '\n') {
            out->text[to++] = out->text[from];
            continue;
        }
        if (out->text[from - 1] == ',') {
            out->text[to++] = ' ';
        }
        from += indent;
    }
    out->len = to;
}

static void end(struct ccs_json_out *out, bool is_array)
{
    CCS_REQUIRE(out->depth > 0 && !out->after_key);
    const struct ccs_json_level level = out->level[out->depth - 1];
    CCS_REQUIRE(level.is_array == is_array);
    bool on_one_line = is_array && level.is_flat && level.item_n <= SHORT_ARRAY;
    if (on_one_line && out->status == CCS_OK) {
        join_lines(out, level.start, (size_t)out->depth * INDENT);
    }
    out->depth--;
    if (level.item_n > 0 && !on_one_line) {
        newline(out);
    }
    append(out, is_array ? "]" : "}", 1);
}

void ccs_json_out_begin_object(struct ccs_json_out *out)
{
    begin(out, false);
}

void ccs_json_out_end_object(struct ccs_json_out *out)
{
    end(out, false);
}

void ccs_json_out_begin_array(struct ccs_json_out *out)
{
    begin(out, true);
}

void ccs_json_out_end_array(struct ccs_json_out *out)
{
    end(out, true);
}

/* Length of the well-formed UTF-8 character at `s` (Unicode 15, table 3-7), or 0. */
static size_t utf8_length(const unsigned char *s)
{
    if (s[0] < 0x80) {
        return 1;
    }
    size_t n = s[0] >= 0xc2 && s[0] <= 0xdf ? 2 : (s[0] & 0xf0) == 0xe0 ? 3 : 4;
    if (s[0] < 0xc2 || s[0] > 0xf4) {
        return 0;
    }
    unsigned char low = s[0] == 0xe0 ? 0xa0 : s[0] == 0xf0 ? 0x90 : 0x80;
    unsigned char high = s[0] == 0xed ? 0x9f : s[0] == 0xf4 ? 0x8f : 0xbf;
    if (s[1] < low || s[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    return n;
}

static void append_escaped(struct ccs_json_out *out, unsigned char c)
{
    static const char names[] = "\"\"\\\\\bb\ff\nn\rr\tt"; /* character, letter of its escape */
    for (size_t i = 0; i + 1 < sizeof names; i += 2) {
        if ((unsigned char)names[i] == c) {
            append(out, (char[]){'\\', names[i + 1]}, 2);
            return;
        }
    }
    char text[8];
    snprintf(text, sizeof text, "\\u%04x", c);
    append_text(out, text);
}

static void append_string(struct ccs_json_out *out, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    append(out, "\"", 1);
    while (*s != '\0') {
        size_t n = utf8_length(s);
        if (n == 0) {
            append_text(out, "\xef\xbf\xbd"); /* U+FFFD */
            s++;
        } else if (*s < 0x20 || *s == '"' || *s == '\\') {
            append_escaped(out, *s++);
        } else {
            append(out, (const char *)s, n);
            s += n;
        }
    }
    append(out, "\"", 1);
}

void ccs_json_out_key(struct ccs_json_out *out, const char *key)
{
    CCS_REQUIRE(out->depth > 0 && !out->level[out->depth - 1].is_array && !out->after_key);
    separate(out);
    append_string(out, key);
    append(out, ": ", 2);
    out->after_key = true;
}

void ccs_json_out_raw(struct ccs_json_out *out, const char *json)
{
    before_value(out);
    if (out->depth > 0 && (json[0] == '[' || json[0] == '{')) {
        out->level[out->depth - 1].is_flat = false;
    }
    append_text(out, json);
}

void ccs_json_out_string(struct ccs_json_out *out, const char *s)
{
    if (s == NULL) {
        ccs_json_out_null(out);
        return;
    }
    before_value(out);
    append_string(out, s);
}

void ccs_json_out_int(struct ccs_json_out *out, int64_t value)
{
    char text[CCS_DOUBLE_TEXT];
    snprintf(text, sizeof text, "%" PRId64, value);
    ccs_json_out_raw(out, text);
}

void ccs_json_out_double(struct ccs_json_out *out, double value)
{
    char text[CCS_DOUBLE_TEXT];
    ccs_json_out_raw(out, isfinite(value) ? ccs_double_text(text, value) : "null");
}

void ccs_json_out_bool(struct ccs_json_out *out, bool value)
{
    ccs_json_out_raw(out, value ? "true" : "false");
}

void ccs_json_out_null(struct ccs_json_out *out)
{
    ccs_json_out_raw(out, "null");
}

void ccs_json_out_put_string(struct ccs_json_out *out, const char *key, const char *value)
{
    ccs_json_out_key(out, key);
    ccs_json_out_string(out, value);
}

void ccs_json_out_put_int(struct ccs_json_out *out, const char *key, int64_t value)
{
    ccs_json_out_key(out, key);
    ccs_json_out_int(out, value);
}

void ccs_json_out_put_double(struct ccs_json_out *out, const char *key, double value)
{
    ccs_json_out_key(out, key);
    ccs_json_out_double(out, value);
}

void ccs_json_out_put_bool(struct ccs_json_out *out, const char *key, bool value)
{
    ccs_json_out_key(out, key);
    ccs_json_out_bool(out, value);
}

void ccs_json_out_put_hash(struct ccs_json_out *out, const char *key, uint64_t value)
{
    char text[17];
    snprintf(text, sizeof text, "%016" PRIx64, value);
    ccs_json_out_put_string(out, key, text);
}

ccs_status ccs_json_out_finish(struct ccs_json_out *out)
{
    CCS_REQUIRE(out->depth == 0 && !out->after_key);
    append(out, "\n", 2); /* with the NUL, which does not count */
    if (out->status == CCS_OK) {
        out->len--;
    }
    return out->status;
}

char *ccs_double_text(char text[CCS_DOUBLE_TEXT], double value)
{
    if (!isfinite(value)) {
        strcpy(text, isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
        return text;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, CCS_DOUBLE_TEXT, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    for (char *p = text; *p != '\0'; p++) {
        if (*p == ',') { /* the program leaves LC_NUMERIC alone, another user may not */
            *p = '.';
        }
    }
    return text;
}
