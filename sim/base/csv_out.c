/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quoting: see csv_out.h. */
#include "base/csv_out.h"

#include <string.h>

void ccs_csv_out_text(FILE *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            fputc('"', out);
        }
        fputc(*text, out);
    }
    fputc('"', out);
}
