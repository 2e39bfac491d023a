/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Streams to print into, whose errors stick: whatever fails while something is written (memory, a
 * full disk, a closed pipe) sets the error flag of the stream, and closing reports it. (The streams
 * of open_memstream lose what they have no memory for without setting it.) So whoever prints need
 * not look at each result.
 */
#ifndef CCS_BASE_SINK_H
#define CCS_BASE_SINK_H

#include "base/file.h"

#include <stdio.h>

/* A text that grows. NULL when memory is exhausted. */
FILE *ccs_sink_to_text(char **text, size_t *size);

/* Ends it: *text, owned by the caller, has *size bytes and a NUL. CCS_ENOMEM if anything that was
 * written is missing; then *text is NULL. `out` may be NULL (after a failed open). */
ccs_status ccs_sink_end_text(FILE *out, char **text, size_t *size);

/* A file, as ccs_file_begin makes it. NULL on failure, with the error; then there is nothing to
 * close. */
FILE *ccs_sink_to_file(struct ccs_file_writer *writer, const char *path,
                       struct ccs_file_error *error);

/* Ends it. Unless all went well, `is_good` included, what was there before stays. CCS_EIO with the
 * error, also if !is_good. */
ccs_status ccs_sink_end_file(FILE *out, struct ccs_file_writer *writer, bool is_good,
                             struct ccs_file_error *error);

#endif
