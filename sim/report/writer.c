/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing text: see writer.h. */
#include "report/writer.h"

#include "base/sink.h"

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
    const unsigned char *s = (const unsigned char *)text;
    for (const unsigned char *end = s + n; s < end; s++) {
        bool is_c1 = end - s > 1 && s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0; /* U+0080 ... */
        bool is_hidden = *s < 0x20 || *s == 0x7f || is_c1 || (*s >= 0x80 && !is_utf8);
        if (*s == '\n' || *s == '\t' || *s == '\r') {
            fputc(' ', out);
        } else if (!is_hidden) {
            fputc(*s, out);
        } else {
            fprintf(out, "\\x%02x", is_c1 ? *++s : *s);
        }
    }
}

void ccs_write_safe(FILE *out, const char *text, bool is_utf8)
{
    ccs_write_safe_n(out, text, strlen(text), is_utf8);
}
