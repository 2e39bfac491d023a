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
    error->is_missing = false;
    if (is_dash(path)) {
        snprintf(name, sizeof name, "standard input");
    } else {
        snprintf(name, sizeof name, "'%s'", path);
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        if (fd < 0 && errno == EINTR) {
            return fail(CCS_EINTERRUPTED, error, "interrupted while opening %s", name);
        }
        if (fd < 0) {
            error->is_missing = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG;
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

static ccs_status write_failed(const char *path, struct ccs_file_error *error)
{
    const char *reason = strerror(errno);
    return is_dash(path) ? fail(CCS_EIO, error, "cannot write to standard output: %s", reason)
                         : fail(CCS_EIO, error, "cannot write '%s': %s", path, reason);
}

/* What is there and no regular file. */
static bool open_directly(struct ccs_file_writer *w)
{
    w->fd = open(w->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return w->fd >= 0;
}

/* A file that will take the place of `target`, with the mode of the old one if there is one. */
static bool open_to_replace(struct ccs_file_writer *w, const struct stat *old)
{
    w->fd = w->target == NULL ? -1 : open_beside(w->target, &w->temp);
    return w->fd >= 0 && (old == NULL || fchmod(w->fd, old->st_mode & 07777) == 0);
}

static bool open_target(struct ccs_file_writer *w)
{
    struct stat old;
    if (is_dash(w->path)) {
        w->fd = STDOUT_FILENO;
        return fflush(stdout) == 0;
    }
    if (stat(w->path, &old) != 0) {
        if (errno != ENOENT) {
            return false;
        }
        w->target = ccs_file_follow(w->path); /* or a link to nothing would be replaced */
        return open_to_replace(w, NULL);
    }
    if (!S_ISREG(old.st_mode)) {
        return open_directly(w);
    }
    if (access(w->path, W_OK) != 0) { /* renaming would get around a file's write protection */
        return false;
    }
    w->target = realpath(w->path, NULL); /* so that a symbolic link is followed, not replaced */
    return open_to_replace(w, &old);
}

static void remember(struct ccs_file_writer *w)
{
    w->failure = w->failure != 0 ? w->failure : errno;
}

static void writer_fini(struct ccs_file_writer *w)
{
    free(w->temp);
    free(w->target);
    w->temp = NULL;
    w->target = NULL;
}

ccs_status ccs_file_begin(struct ccs_file_writer *writer, const char *path,
                          struct ccs_file_error *error)
{
    *writer = (struct ccs_file_writer){.path = path, .fd = -1};
    if (open_target(writer)) {
        return CCS_OK;
    }
    remember(writer);
    if (writer->fd >= 0 && writer->fd != STDOUT_FILENO) {
        close(writer->fd);
        unlink(writer->temp);
    }
    writer_fini(writer);
    errno = writer->failure;
    return write_failed(path, error);
}

bool ccs_file_put(struct ccs_file_writer *writer, const void *bytes, size_t size)
{
    if (writer->failure == 0 && !write_all(writer->fd, bytes, size)) {
        remember(writer);
    }
    return writer->failure == 0;
}

/* Closes what was written; some file systems report a full disk only then. */
static void close_target(struct ccs_file_writer *w)
{
    int fd = w->fd == STDOUT_FILENO ? dup(STDOUT_FILENO) : w->fd;
    if (w->temp != NULL && w->failure == 0 && fsync(fd) != 0) {
        remember(w);
    }
    if (fd < 0 || close(fd) != 0) {
        remember(w);
    }
}

ccs_status ccs_file_end(struct ccs_file_writer *writer, bool is_good, struct ccs_file_error *error)
{
    if (!is_good && writer->failure == 0) {
        writer->failure = ECANCELED;
    }
    close_target(writer);
    if (writer->failure == 0 && writer->temp != NULL && rename(writer->temp, writer->target) != 0) {
        remember(writer);
    }
    if (writer->failure != 0 && writer->temp != NULL) {
        unlink(writer->temp);
    }
    writer_fini(writer);
    errno = writer->failure;
    return writer->failure == 0 ? CCS_OK : write_failed(writer->path, error);
}

ccs_status ccs_file_write(const char *path, const void *bytes, size_t size,
                          struct ccs_file_error *error)
{
    struct ccs_file_writer writer;
    ccs_status status = ccs_file_begin(&writer, path, error);
    if (status != CCS_OK) {
        return status;
    }
    return ccs_file_end(&writer, ccs_file_put(&writer, bytes, size), error);
}
