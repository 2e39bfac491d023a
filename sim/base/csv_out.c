/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quoting: see csv_out.h. */
#include "base/csv_out.h"

#include <string.h>

void ccs_csv_out_text(FILE *out, const char *text)
{
    const char *guard = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL ? "'" : "";
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fprintf(out, "%s%s", guard, text);
        return;
    }
    fprintf(out, "\"%s", guard);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            fputc('"', out);
        }
        fputc(*text, out);
    }
    fputc('"', out);
}
