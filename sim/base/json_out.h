/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Streaming JSON writer into a growing buffer: RFC 8259, indented by two spaces, arrays of at most
 * four scalars on one line. The result does not depend on the locale, and every double is written
 * with the fewest digits (15 to 17) that give the same bits back.
 *
 * The first failure (memory) sticks: later calls do nothing and ccs_json_out_finish reports it.
 * Wrong nesting is our own bug and asserted.
 */
#ifndef CCS_BASE_JSON_OUT_H
#define CCS_BASE_JSON_OUT_H

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CCS_JSON_OUT_DEPTH = 64, /* levels of nesting */
    CCS_DOUBLE_TEXT = 32     /* bytes that hold any double as text */
};

struct ccs_json_level {
    size_t start;  /* offset of the bracket */
    size_t item_n; /* members or elements so far */
    bool is_array;
    bool is_flat; /* no array or object inside */
};

struct ccs_json_out {
    char *text; /* owned, not terminated before finish */
    size_t len;
    size_t cap;
    ccs_status status;
    bool after_key;
    int depth;
    struct ccs_json_level level[CCS_JSON_OUT_DEPTH];
};

void ccs_json_out_init(struct ccs_json_out *out);
void ccs_json_out_fini(struct ccs_json_out *out); /* frees the text; safe when zeroed */

void ccs_json_out_begin_object(struct ccs_json_out *out);
void ccs_json_out_end_object(struct ccs_json_out *out);
void ccs_json_out_begin_array(struct ccs_json_out *out);
void ccs_json_out_end_array(struct ccs_json_out *out);
void ccs_json_out_key(struct ccs_json_out *out, const char *key);

/* UTF-8; bytes that are not become U+FFFD. NULL becomes null. */
void ccs_json_out_string(struct ccs_json_out *out, const char *s);
void ccs_json_out_int(struct ccs_json_out *out, int64_t value);
void ccs_json_out_double(struct ccs_json_out *out, double value); /* not finite: null */
void ccs_json_out_bool(struct ccs_json_out *out, bool value);
void ccs_json_out_null(struct ccs_json_out *out);

/* A value that is JSON already, such as a default in a field row; written as it is. */
void ccs_json_out_raw(struct ccs_json_out *out, const char *json);

/* A member: key and value. */
void ccs_json_out_put_string(struct ccs_json_out *out, const char *key, const char *value);
void ccs_json_out_put_int(struct ccs_json_out *out, const char *key, int64_t value);
void ccs_json_out_put_double(struct ccs_json_out *out, const char *key, double value);
void ccs_json_out_put_bool(struct ccs_json_out *out, const char *key, bool value);
/* 16 hexadecimal digits: a number of 64 bits would not survive most readers of JSON. */
void ccs_json_out_put_hash(struct ccs_json_out *out, const char *key, uint64_t value);

/* Closes the text with a newline and a terminating NUL. `out->text` (out->len bytes) is valid until
 * fini. CCS_ENOMEM if memory ran out on the way. */
ccs_status ccs_json_out_finish(struct ccs_json_out *out);

/* The shortest decimal text (%.15g, %.16g or %.17g) that reads back as the same double, with a
 * point in any locale; for CSV and the like. "nan", "inf" or "-inf" when not finite. Returns
 * `text`. */
char *ccs_double_text(char text[CCS_DOUBLE_TEXT], double value);

#endif
