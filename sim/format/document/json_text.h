/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading the raw text of a JSON document in place: what json_check.c and json.c share. Not for
 * others.
 */
#ifndef CCS_FORMAT_DOCUMENT_JSON_TEXT_H
#define CCS_FORMAT_DOCUMENT_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool ccs_json_is_digit(char c);

/* A character of a number or of an unquoted word. */
bool ccs_json_is_word(char c);

/* The four digits of \uXXXX at `at`, or -1. */
int32_t ccs_json_hex4(const char *text, size_t size, size_t at);

/* The next character of a string that passed the check, as UTF-8 bytes; `*at` moves on. Returns
 * their number, 0 at the closing quote (or, in a broken text, at its end). */
size_t ccs_json_next_bytes(const char *text, size_t size, size_t *at, char out[4]);

/* Bytes of the UTF-8 character at `at`, 0 if it is not one (RFC 3629, section 4). */
size_t ccs_json_utf8_length(const char *text, size_t size, size_t at);

/* Line and column of an offset, both from 1, counted from the start: only diagnostics ask. */
void ccs_json_place_of(const char *text, size_t at, int *line, int *column);

#endif
