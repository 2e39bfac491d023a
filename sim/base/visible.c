/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters that are not shown as they are: see visible.h. Directions of writing: Unicode Standard
 * Annex 9, table 4. */
#include "base/visible.h"

#include <stdbool.h>
#include <stdio.h>

enum {
    FIRST_C1 = 0x80,
    LAST_C1 = 0x9f,
    DEL = 0x7f
};

/* U+061C, U+200E, U+200F, U+2028 ... U+202E, U+2066 ... U+2069 */
static bool turns_line(unsigned c)
{
    return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

size_t ccs_visible_escape(char out[CCS_VISIBLE_TEXT], const char *s, size_t n)
{
    const unsigned char *b = (const unsigned char *)s;
    if (b[0] < 0x20 || b[0] == DEL) {
        snprintf(out, CCS_VISIBLE_TEXT, "\\x%02x", b[0]);
        return 1;
    }
    if (n >= 2 && b[0] == 0xc2 && b[1] >= FIRST_C1 && b[1] <= LAST_C1) {
        snprintf(out, CCS_VISIBLE_TEXT, "\\x%02x", b[1]);
        return 2;
    }
    size_t used = b[0] == 0xd8 ? 2 : b[0] == 0xe2 ? 3 : 0; /* where those above begin */
    if (used == 0 || n < used) {
        return 0;
    }
    unsigned c = used == 2 ? (b[0] & 0x1fU) << 6 | (b[1] & 0x3fU)
                           : (b[0] & 0xfU) << 12 | (b[1] & 0x3fU) << 6 | (b[2] & 0x3fU);
    if (!turns_line(c)) {
        return 0;
    }
    snprintf(out, CCS_VISIBLE_TEXT, "\\u%04x", c);
    return used;
}
