/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files in and out (file.h). */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

__attribute__((format(printf, 3, 4))) static ccs_status fail(ccs_status status,
                                                             struct ccs_file_error *error,
                                                             const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return status;
}

static bool is_dash(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

/* ---- reading ---- */

/* Grows *text to hold `want` more bytes and a NUL, but never more than limit + 2: one byte beyond
 * the limit tells that there is one. */
static bool make_room(char **text, size_t *cap, size_t size, size_t limit)
{
    if (size + 1 < *cap) {
        return true;
    }
    size_t most = limit > SIZE_MAX / 2 ? SIZE_MAX / 2 : limit + 2;
    size_t bigger = *cap == 0 ? 64 * 1024 : 2 * *cap;
    bigger = bigger > most ? most : bigger;
    char *grown = realloc(*text, bigger);
    if (grown == NULL) {
        return false;
    }
    *text = grown;
    *cap = bigger;
    return true;
}

static ccs_status read_all(int fd, const char *name, size_t limit, char **text, size_t *size,
                           struct ccs_file_error *error)
{
    size_t cap = 0;
    for (;;) {
        if (!make_room(text, &cap, *size, limit)) {
            return fail(CCS_ENOMEM, error, "cannot read %s: out of memory", name);
        }
        ssize_t n = read(fd, *text + *size, cap - *size - 1);
        if (n < 0 && errno == EINTR) {
            return fail(CCS_EINTERRUPTED, error, "interrupted while reading %s", name);
        }
        if (n < 0) {
            return fail(CCS_EIO, error, "cannot read %s: %s", name, strerror(errno));
        }
        if (n == 0) {
            (*text)[*size] = '\0';
            return CCS_OK;
        }
        *size += (size_t)n;
        if (*size > limit) {
            return fail(CCS_EDATA, error, "%s is larger than the limit of %zu bytes", name, limit);
        }
    }
}

ccs_status ccs_file_read(const char *path, size_t limit, char **text, size_t *size,
                         struct ccs_file_error *error)
{
    char name[320];
    int fd = STDIN_FILENO;
    *text = NULL;
    *size = 0;
    if (is_dash(path)) {
        snprintf(name, sizeof name, "standard input");
    } else {
        snprintf(name, sizeof name, "'%s'", path);
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        if (fd < 0 && errno == EINTR) {
            return fail(CCS_EINTERRUPTED, error, "interrupted while opening %s", name);
        }
        if (fd < 0) {
            return fail(CCS_EIO, error, "cannot open %s: %s", name, strerror(errno));
        }
    }
    ccs_status status = read_all(fd, name, limit, text, size, error);
    if (fd != STDIN_FILENO) {
        close(fd);
    }
    if (status != CCS_OK) {
        free(*text);
        *text = NULL;
        *size = 0;
    }
    return status;
}

/* ---- writing ---- */

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return false;
        }
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

static ccs_status write_failed(const char *path, struct ccs_file_error *error)
{
    return fail(CCS_EIO, error, "cannot write '%s': %s", path, strerror(errno));
}

static ccs_status write_stdout(const void *bytes, size_t size, struct ccs_file_error *error)
{
    if (fflush(stdout) == 0 && write_all(STDOUT_FILENO, bytes, size)) {
        /* Some file systems report a full disk only when a descriptor is closed. */
        int copy = dup(STDOUT_FILENO);
        if (copy >= 0 && close(copy) == 0) {
            return CCS_OK;
        }
    }
    return fail(CCS_EIO, error, "cannot write to standard output: %s", strerror(errno));
}

/* To what is there and is not a regular file. */
static ccs_status write_directly(const char *path, const void *bytes, size_t size,
                                 struct ccs_file_error *error)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return write_failed(path, error);
    }
    bool is_written = write_all(fd, bytes, size);
    int first_errno = errno;
    bool is_closed = close(fd) == 0;
    if (!is_written) {
        errno = first_errno;
    }
    return is_written && is_closed ? CCS_OK : write_failed(path, error);
}

/* Creates a file of an unused name in the directory of `path`; the name, owned by the caller, in
 * *temp. Returns the descriptor, or -1 with errno set. */
static int open_beside(const char *path, char **temp)
{
    const char *slash = strrchr(path, '/');
    int dir_length = slash == NULL ? 0 : (int)(slash + 1 - path);
    size_t capacity = (size_t)dir_length + 64;
    *temp = malloc(capacity);
    if (*temp == NULL) {
        return -1;
    }
    for (int attempt = 0; attempt < 1000; attempt++) {
        snprintf(*temp, capacity, "%.*s.ccsim-%ld-%d.tmp", dir_length, path, (long)getpid(),
                 attempt);
        int fd = open(*temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666); /* less the umask */
        if (fd >= 0 || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

static ccs_status replace(const char *path, const struct stat *old, const void *bytes, size_t size,
                          struct ccs_file_error *error)
{
    char *temp = NULL;
    int fd = open_beside(path, &temp);
    if (fd < 0) {
        free(temp);
        return write_failed(path, error);
    }
    bool is_done = (old == NULL || fchmod(fd, old->st_mode & 07777) == 0) &&
                   write_all(fd, bytes, size) && fsync(fd) == 0;
    int first_errno = errno;
    if (close(fd) != 0 && is_done) {
        is_done = false;
        first_errno = errno;
    }
    if (is_done && rename(temp, path) != 0) {
        is_done = false;
        first_errno = errno;
    }
    if (!is_done) {
        unlink(temp);
        errno = first_errno;
    }
    free(temp);
    return is_done ? CCS_OK : write_failed(path, error);
}

ccs_status ccs_file_write(const char *path, const void *bytes, size_t size,
                          struct ccs_file_error *error)
{
    if (is_dash(path)) {
        return write_stdout(bytes, size, error);
    }
    struct stat old;
    if (stat(path, &old) != 0) {
        return errno == ENOENT ? replace(path, NULL, bytes, size, error)
                               : write_failed(path, error);
    }
    if (!S_ISREG(old.st_mode)) {
        return write_directly(path, bytes, size, error);
    }
    if (access(path, W_OK) != 0) { /* renaming would get around a file's write protection */
        return write_failed(path, error);
    }
    char *real = realpath(path, NULL); /* so that a symbolic link is followed, not replaced */
    if (real == NULL) {
        return write_failed(path, error);
    }
    ccs_status status = replace(real, &old, bytes, size, error);
    free(real);
    return status;
}
