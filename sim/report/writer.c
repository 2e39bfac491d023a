/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing text: see writer.h. */
#include "report/writer.h"

#include "base/visible.h"

#include <stdlib.h>
#include <string.h>

FILE *ccs_writer_open(struct ccs_report *report)
{
    *report = (struct ccs_report){0};
    return open_memstream(&report->text, &report->size);
}

ccs_status ccs_writer_close(FILE *out, struct ccs_report *report, ccs_status status)
{
    if (out == NULL) {
        return CCS_ENOMEM;
    }
    bool has_failed = ferror(out) != 0;
    has_failed = fclose(out) != 0 || has_failed;
    if (!has_failed && status == CCS_OK) {
        return CCS_OK;
    }
    free(report->text);
    *report = (struct ccs_report){0};
    return status != CCS_OK ? status : CCS_ENOMEM;
}

void ccs_write_safe_n(FILE *out, const char *text, size_t n, bool is_utf8)
{
    while (n > 0) {
        char escaped[CCS_VISIBLE_TEXT];
        size_t used = ccs_visible_escape(escaped, text, n);
        if (*text == '\n' || *text == '\t' || *text == '\r') {
            fputc(' ', out);
        } else if (used > 0) {
            fputs(escaped, out);
        } else if ((unsigned char)*text >= 0x80 && !is_utf8) {
            fprintf(out, "\\x%02x", (unsigned char)*text);
        } else {
            fputc(*text, out);
        }
        used = used > 0 ? used : 1;
        text += used;
        n -= used;
    }
}

void ccs_write_safe(FILE *out, const char *text, bool is_utf8)
{
    ccs_write_safe_n(out, text, strlen(text), is_utf8);
}
