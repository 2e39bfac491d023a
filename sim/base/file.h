/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole files in, whole files out, with every error seen and explained.
 *
 * Reading enforces its limit while it reads, so /dev/zero or an endless pipe ends as an error and
 * not as exhausted memory. Writing a regular file goes to a temporary file beside it that is
 * synced and renamed: readers see the old content or the new, never half of it. What is not a
 * regular file (a terminal, a FIFO, /dev/full) is written directly.
 */
#ifndef CCS_BASE_FILE_H
#define CCS_BASE_FILE_H

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>

/* Why a call failed, in one line without full stop: "cannot read 'a.json': Permission denied". */
struct ccs_file_error {
    char text[512];
    bool is_missing; /* there is no file of that name: whoever named it is wrong, not the machine */
};

/* Reads `path` ("-": standard input), at most `limit` bytes. On success *text is the content, owned
 * by the caller (free) and terminated by a NUL that *size does not count.
 * CCS_EIO: cannot be opened or read, or is a directory; CCS_EDATA: larger than the limit;
 * CCS_ENOMEM; CCS_EINTERRUPTED: a signal came while waiting for input. */
ccs_status ccs_file_read(const char *path, size_t limit, char **text, size_t *size,
                         struct ccs_file_error *error);

/* Makes `size` bytes the content of `path` (NULL or "-": standard output, after flushing what
 * stdio still holds for it). An existing file keeps its mode, a symbolic link stays one, also where
 * what it names does not exist yet.
 * CCS_EIO, also for a full disk or a closed pipe (the program must ignore SIGPIPE to get here). */
ccs_status ccs_file_write(const char *path, const void *bytes, size_t size,
                          struct ccs_file_error *error);

/* The same in pieces. Begin opens the temporary file (or what is no regular file); each put adds to
 * it, and is false from the first failure on; end puts it in place if nothing failed and `is_good`,
 * and else removes it. After a successful begin there must be an end. */
struct ccs_file_writer {
    const char *path;    /* as given */
    char *target, *temp; /* NULL: written directly */
    int fd;
    int failure; /* errno of the first failure; 0: none */
};
ccs_status ccs_file_begin(struct ccs_file_writer *writer, const char *path,
                          struct ccs_file_error *error);
bool ccs_file_put(struct ccs_file_writer *writer, const void *bytes, size_t size);
ccs_status ccs_file_end(struct ccs_file_writer *writer, bool is_good, struct ccs_file_error *error);

/* Do both names lead to one regular file? Links are followed, and names of files that do not exist
 * yet are compared by folder and last step. Terminals, pipes and devices are no such file. */
bool ccs_file_is_same(const char *a, const char *b);

/* The name `path` leads to through symbolic links, whether it exists or not; to be freed. NULL with
 * errno set: out of memory, or links in a circle (ELOOP). */
char *ccs_file_follow(const char *path);

#endif
