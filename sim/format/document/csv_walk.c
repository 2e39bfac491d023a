/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcsv, a line at a time: see csv_walk.h. */
#include "format/document/csv_walk.h"

#include <csv.h>
#include <string.h>

static ccs_status walk(const struct ccs_csv_reader *reader, struct csv_parser *parser,
                       const char *text, size_t size, const char **wrong)
{
    bool is_preamble = true;
    size_t at = size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < size && reader->goes_on(reader->context)) {
        const char *newline = memchr(text + at, '\n', size - at);
        size_t n = newline == NULL ? size - at : (size_t)(newline - (text + at)) + 1;
        (*reader->line)++;
        is_preamble = is_preamble && text[at] == '#';
        if (!is_preamble && csv_parse(parser, text + at, n, reader->on_cell, reader->on_row,
                                      reader->context) != n) {
            *wrong = "a quote inside a cell must be doubled, and the cell be in quotes";
            return csv_error(parser) == CSV_ENOMEM ? CCS_ENOMEM : CCS_EDATA;
        }
        at += n;
    }
    if (reader->goes_on(reader->context) &&
        csv_fini(parser, reader->on_cell, reader->on_row, reader->context) != 0) {
        *wrong = "the text ends inside a quoted cell";
        return CCS_EDATA;
    }
    return CCS_OK;
}

ccs_status ccs_csv_walk(const struct ccs_csv_reader *reader, const char *text, size_t size,
                        const char **wrong)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        return CCS_ENOMEM;
    }
    ccs_status status = walk(reader, &parser, text, size, wrong);
    csv_free(&parser);
    return status;
}
