/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The user's text made harmless: characters that would command a terminal, or make a line read
 * other than it is, written as \xHH or \uHHHH. All that is shown to people goes through here.
 */
#ifndef CCS_BASE_VISIBLE_H
#define CCS_BASE_VISIBLE_H

#include <stddef.h>

enum {
    CCS_VISIBLE_TEXT = 8 /* "\u202e" and a NUL, with room to spare */
};

/* If the character at `s` (`n` > 0 bytes left, UTF-8) must not be shown as it is, its bytes, with
 * what stands for it in `out`; else 0. Such are control characters (C0, DEL and C1), line and
 * paragraph separators, and marks that turn the direction of writing. */
size_t ccs_visible_escape(char out[CCS_VISIBLE_TEXT], const char *s, size_t n);

#endif
