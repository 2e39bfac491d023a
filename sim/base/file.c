/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files in and out (file.h). */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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

/* ---- names ---- */

enum {
    LINKS_MAX = 40 /* as the kernel */
};

static char *text_of_link(const char *path)
{
    char text[PATH_MAX];
    ssize_t n = readlink(path, text, sizeof text - 1);
    return n < 0 ? NULL : strndup(text, (size_t)n);
}

/* The folder part with its final slash: its length. */
static size_t folder_size(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash + 1 - path);
}

char *ccs_file_follow(const char *path)
{
    char *name = strdup(path);
    for (int i = 0; i < LINKS_MAX && name != NULL; i++) {
        struct stat info;
        if (lstat(name, &info) != 0 || !S_ISLNK(info.st_mode)) {
            return name;
        }
        char *target = text_of_link(name);
        char *next = NULL;
        size_t folder = target == NULL || target[0] == '/' ? 0 : folder_size(name);
        if (target != NULL && asprintf(&next, "%.*s%s", (int)folder, name, target) < 0) {
            next = NULL;
        }
        free(target);
        free(name);
        name = next;
    }
    if (name != NULL) {
        free(name);
        errno = ELOOP;
    }
    return NULL;
}

static bool is_same_inode(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Two files that do not exist: the same folder, and the same name in it? */
static bool will_be_same(const char *a, const char *b)
{
    size_t folder_a = folder_size(a);
    size_t folder_b = folder_size(b);
    struct stat x;
    struct stat y;
    char *in_a = folder_a == 0 ? strdup(".") : strndup(a, folder_a);
    char *in_b = folder_b == 0 ? strdup(".") : strndup(b, folder_b);
    bool is_same = strcmp(a + folder_a, b + folder_b) == 0 && in_a != NULL && in_b != NULL &&
                   stat(in_a, &x) == 0 && stat(in_b, &y) == 0 && is_same_inode(&x, &y);
    free(in_a);
    free(in_b);
    return is_same;
}

bool ccs_file_is_same(const char *a, const char *b)
{
    struct stat x;
    struct stat y;
    bool has_a = stat(a, &x) == 0;
    bool has_b = stat(b, &y) == 0;
    if (has_a || has_b) {
        return has_a && has_b && S_ISREG(x.st_mode) && is_same_inode(&x, &y);
    }
    char *final_a = ccs_file_follow(a);
    char *final_b = ccs_file_follow(b);
    bool is_same = final_a != NULL && final_b != NULL && will_be_same(final_a, final_b);
    free(final_a);
    free(final_b);
    return is_same;
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

/* What does not exist yet: behind a symbolic link the file it names, or the link would be lost. */
static ccs_status create(const char *path, const void *bytes, size_t size,
                         struct ccs_file_error *error)
{
    char *final = ccs_file_follow(path);
    if (final == NULL) {
        return write_failed(path, error);
    }
    ccs_status status = replace(final, NULL, bytes, size, error);
    free(final);
    return status;
}

ccs_status ccs_file_write(const char *path, const void *bytes, size_t size,
                          struct ccs_file_error *error)
{
    if (is_dash(path)) {
        return write_stdout(bytes, size, error);
    }
    struct stat old;
    if (stat(path, &old) != 0) {
        return errno == ENOENT ? create(path, bytes, size, error) : write_failed(path, error);
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
