/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters, strings and places in the raw text of a JSON document: see json_text.h. */
#include "format/document/json_text.h"

bool ccs_json_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool ccs_json_is_word(char c)
{
    return ccs_json_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '+' || c == '-' || c == '.';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

int32_t ccs_json_hex4(const char *text, size_t size, size_t at)
{
    int32_t value = 0;
    if (size - at < 4) {
        return -1;
    }
    for (size_t i = 0; i < 4; i++) {
        int digit = hex_digit(text[at + i]);
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

static size_t encode_utf8(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

size_t ccs_json_next_bytes(const char *text, size_t size, size_t *at, char out[4])
{
    if (*at >= size || text[*at] == '"') {
        return 0;
    }
    char c = text[(*at)++];
    if (c != '\\' || *at >= size) {
        out[0] = c;
        return 1;
    }
    c = text[(*at)++];
    switch (c) {
    case 'b':
        out[0] = '\b';
        return 1;
    case 'f':
        out[0] = '\f';
        return 1;
    case 'n':
        out[0] = '\n';
        return 1;
    case 'r':
        out[0] = '\r';
        return 1;
    case 't':
        out[0] = '\t';
        return 1;
    case 'u':
        break;
    default:
        out[0] = c;
        return 1;
    }
    int32_t code = ccs_json_hex4(text, size, *at);
    if (code < 0) {
        out[0] = c;
        return 1;
    }
    *at += 4;
    if (code >= 0xd800 && code < 0xdc00 && size - *at >= 6 && text[*at] == '\\' &&
        text[*at + 1] == 'u') {
        int32_t low = ccs_json_hex4(text, size, *at + 2);
        if (low >= 0xdc00 && low < 0xe000) {
            *at += 6;
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
    }
    return encode_utf8((uint32_t)code, out);
}

size_t ccs_json_utf8_length(const char *text, size_t size, size_t at)
{
    const unsigned char *s = (const unsigned char *)text + at;
    size_t left = size - at;
    unsigned char low = 0x80, high = 0xbf; /* of the second byte */
    size_t n;
    if (s[0] < 0x80) {
        return 1;
    } else if (s[0] >= 0xc2 && s[0] <= 0xdf) {
        n = 2;
    } else if (s[0] >= 0xe0 && s[0] <= 0xef) {
        n = 3;
        low = s[0] == 0xe0 ? 0xa0 : low;
        high = s[0] == 0xed ? 0x9f : high;
    } else if (s[0] >= 0xf0 && s[0] <= 0xf4) {
        n = 4;
        low = s[0] == 0xf0 ? 0x90 : low;
        high = s[0] == 0xf4 ? 0x8f : high;
    } else {
        return 0;
    }
    if (left < n || s[1] < low || s[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    return n;
}

void ccs_json_place_of(const char *text, size_t at, int *line, int *column)
{
    size_t n = 1, begin = 0;
    for (size_t i = 0; i < at; i++) {
        if (text[i] == '\n') {
            n++;
            begin = i + 1;
        }
    }
    *line = (int)n; /* the text has at most 2^26 bytes */
    *column = (int)(at - begin + 1);
}
