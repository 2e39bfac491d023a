/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A CSV text (RFC 4180, strict), line by line, so that whoever reads the cells knows where they
 * are. A byte order mark and leading lines that begin with # are skipped.
 */
#ifndef CCS_FORMAT_DOCUMENT_CSV_WALK_H
#define CCS_FORMAT_DOCUMENT_CSV_WALK_H

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>

struct ccs_csv_reader {
    void (*on_cell)(void *data, size_t size, void *context); /* as libcsv calls them */
    void (*on_row)(int end, void *context);
    bool (*goes_on)(const void *context); /* asked before each line and at the end */
    void *context;
    size_t *line; /* of the text, from 1: kept up to date */
};

/* CCS_OK, also when it was not to go on; CCS_EDATA with *wrong, what is the matter at *line;
 * CCS_ENOMEM. */
ccs_status ccs_csv_walk(const struct ccs_csv_reader *reader, const char *text, size_t size,
                        const char **wrong);

#endif
