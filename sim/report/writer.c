/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing text: see writer.h. */
#include "report/writer.h"

#include "base/sink.h"
#include "base/visible.h"

#include <stdlib.h>
#include <string.h>

FILE *ccs_writer_open(struct ccs_report *report)
{
    *report = (struct ccs_report){0};
    return ccs_sink_to_text(&report->text, &report->size);
}

ccs_status ccs_writer_close(FILE *out, struct ccs_report *report, ccs_status status)
{
    ccs_status closed = ccs_sink_end_text(out, &report->text, &report->size);
    if (closed == CCS_OK && status == CCS_OK) {
        return CCS_OK;
    }
    free(report->text);
    *report = (struct ccs_report){0};
    return status != CCS_OK ? status : closed;
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
