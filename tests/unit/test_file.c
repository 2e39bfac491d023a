/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

Suite *suite_file(void);

static char dir[64];
static struct ccs_file_error error;

static void set_up(void)
{
    const char *base = getenv("TMPDIR");
    snprintf(dir, sizeof dir, "%.40s/ccsim-XXXXXX", base == NULL ? "/tmp" : base);
    ck_assert_ptr_nonnull(mkdtemp(dir));
    error.text[0] = '\0';
}

static void tear_down(void)
{
    DIR *d = opendir(dir);
    ck_assert_ptr_nonnull(d);
    const struct dirent *entry;
    while ((entry = readdir(d)) != NULL) {
        unlinkat(dirfd(d), entry->d_name, 0);
    }
    closedir(d);
    ck_assert_int_eq(rmdir(dir), 0);
}

static const char *in_dir(const char *name)
{
    static char paths[4][128];
    static int turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", dir, name);
    return path;
}

static int entries_in_dir(void)
{
    DIR *d = opendir(dir);
    ck_assert_ptr_nonnull(d);
    int n = 0;
    while (readdir(d) != NULL) {
        n++;
    }
    closedir(d);
    return n - 2; /* . and .. */
}

static void expect_content(const char *path, const char *content)
{
    char *text;
    size_t size;
    ck_assert_int_eq(ccs_file_read(path, 1 << 20, &text, &size, &error), CCS_OK);
    ck_assert_str_eq(text, content);
    ck_assert_uint_eq(size, strlen(content));
    free(text);
}

static void expect_read_error(const char *path, size_t limit, ccs_status status, const char *why)
{
    char *text;
    size_t size;
    ck_assert_int_eq(ccs_file_read(path, limit, &text, &size, &error), status);
    ck_assert_ptr_null(text);
    ck_assert_uint_eq(size, 0);
    ck_assert_msg(strstr(error.text, why) != NULL, "'%s' does not say '%s'", error.text, why);
}

START_TEST(what_is_written_is_read_back_with_its_nul_bytes)
{
    char bytes[200000];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i % 253);
    }
    ck_assert_int_eq(ccs_file_write(in_dir("a"), bytes, sizeof bytes, &error), CCS_OK);
    char *text;
    size_t size;
    ck_assert_int_eq(ccs_file_read(in_dir("a"), sizeof bytes, &text, &size, &error), CCS_OK);
    ck_assert_uint_eq(size, sizeof bytes);
    ck_assert_int_eq(memcmp(text, bytes, size), 0);
    ck_assert_int_eq(text[size], '\0');
    free(text);
}
END_TEST

START_TEST(the_limit_is_exact)
{
    ck_assert_int_eq(ccs_file_write(in_dir("a"), "12345", 5, &error), CCS_OK);
    char *text;
    size_t size;
    ck_assert_int_eq(ccs_file_read(in_dir("a"), 5, &text, &size, &error), CCS_OK);
    ck_assert_str_eq(text, "12345");
    free(text);
    expect_read_error(in_dir("a"), 4, CCS_EDATA, "larger than the limit of 4 bytes");
    ck_assert_int_eq(ccs_file_write(in_dir("a"), "", 0, &error), CCS_OK);
    ck_assert_int_eq(ccs_file_read(in_dir("a"), 0, &text, &size, &error), CCS_OK);
    ck_assert_str_eq(text, "");
    free(text);
}
END_TEST

START_TEST(an_endless_file_ends_at_the_limit)
{
    expect_read_error("/dev/zero", 3 << 20, CCS_EDATA, "'/dev/zero' is larger than the limit");
}
END_TEST

START_TEST(what_cannot_be_read_is_explained)
{
    expect_read_error(in_dir("missing"), 10, CCS_EIO, "missing': No such file or directory");
    expect_read_error(dir, 10, CCS_EIO, "Is a directory");
    expect_read_error("", 10, CCS_EIO, "cannot open ''");
}
END_TEST

START_TEST(no_permission_is_explained)
{
    ck_assert_int_eq(ccs_file_write(in_dir("a"), "x", 1, &error), CCS_OK);
    ck_assert_int_eq(chmod(in_dir("a"), 0), 0);
    if (access(in_dir("a"), R_OK) == 0) { /* root may read anything: become somebody else */
        ck_assert_int_eq(chmod(dir, 0755), 0);
        ck_assert_int_eq(seteuid(65534), 0);
        expect_read_error(in_dir("a"), 10, CCS_EIO, "Permission denied");
        ck_assert_int_eq(ccs_file_write(in_dir("b"), "x", 1, &error), CCS_EIO);
        ck_assert_ptr_nonnull(strstr(error.text, "Permission denied"));
        ck_assert_int_eq(seteuid(0), 0);
    } else {
        expect_read_error(in_dir("a"), 10, CCS_EIO, "Permission denied");
        ck_assert_int_eq(ccs_file_write(in_dir("a"), "x", 1, &error), CCS_EIO);
        ck_assert_ptr_nonnull(strstr(error.text, "Permission denied"));
    }
}
END_TEST

START_TEST(standard_input_is_read_to_its_end)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], "from a pipe", 11), 11);
    close(ends[1]);
    int saved = dup(STDIN_FILENO);
    ck_assert_int_ge(dup2(ends[0], STDIN_FILENO), 0);
    expect_content("-", "from a pipe");
    dup2(saved, STDIN_FILENO);
    close(ends[0]);
    close(saved);
}
END_TEST

static void nothing(int signal_number)
{
    (void)signal_number;
}

START_TEST(a_signal_ends_the_wait_for_input)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    int saved = dup(STDIN_FILENO);
    ck_assert_int_ge(dup2(ends[0], STDIN_FILENO), 0);
    const struct sigaction action = {.sa_handler = nothing}; /* without SA_RESTART */
    ck_assert_int_eq(sigaction(SIGALRM, &action, NULL), 0);
    const struct timespec every_20_ms = {.tv_nsec = 20000000};
    timer_t timer;
    ck_assert_int_eq(timer_create(CLOCK_MONOTONIC, NULL, &timer), 0); /* sends SIGALRM */
    const struct itimerspec spec = {every_20_ms, every_20_ms};
    ck_assert_int_eq(timer_settime(timer, 0, &spec, NULL), 0);
    expect_read_error("-", 10, CCS_EINTERRUPTED, "interrupted while reading standard input");
    timer_delete(timer);
    dup2(saved, STDIN_FILENO);
    close(saved);
}
END_TEST

START_TEST(an_existing_file_is_replaced_and_keeps_its_mode)
{
    ck_assert_int_eq(ccs_file_write(in_dir("a"), "old", 3, &error), CCS_OK);
    ck_assert_int_eq(chmod(in_dir("a"), 0640), 0);
    int reader = open(in_dir("a"), O_RDONLY);
    ck_assert_int_ge(reader, 0);
    ck_assert_int_eq(ccs_file_write(in_dir("a"), "new", 3, &error), CCS_OK);
    expect_content(in_dir("a"), "new");
    struct stat st;
    ck_assert_int_eq(stat(in_dir("a"), &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0640);
    char before[4] = ""; /* who had it open still sees the old content: it was not overwritten */
    ck_assert_int_eq(read(reader, before, 3), 3);
    ck_assert_str_eq(before, "old");
    close(reader);
    ck_assert_int_eq(entries_in_dir(), 1);
}
END_TEST

START_TEST(a_new_file_obeys_the_umask)
{
    mode_t saved = umask(027);
    ck_assert_int_eq(ccs_file_write(in_dir("a"), "x", 1, &error), CCS_OK);
    umask(saved);
    struct stat st;
    ck_assert_int_eq(stat(in_dir("a"), &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0640);
}
END_TEST

START_TEST(a_symbolic_link_stays_one)
{
    ck_assert_int_eq(ccs_file_write(in_dir("target"), "old", 3, &error), CCS_OK);
    ck_assert_int_eq(symlink("target", in_dir("link")), 0);
    ck_assert_int_eq(ccs_file_write(in_dir("link"), "new", 3, &error), CCS_OK);
    expect_content(in_dir("target"), "new");
    struct stat st;
    ck_assert_int_eq(lstat(in_dir("link"), &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
}
END_TEST

START_TEST(a_link_to_nothing_is_written_through)
{
    ck_assert_int_eq(symlink("second", in_dir("first")), 0);
    ck_assert_int_eq(symlink(in_dir("target"), in_dir("second")), 0);
    ck_assert_int_eq(ccs_file_write(in_dir("first"), "new", 3, &error), CCS_OK);
    expect_content(in_dir("target"), "new");
    struct stat st;
    ck_assert_int_eq(lstat(in_dir("first"), &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    ck_assert_int_eq(symlink("circle", in_dir("circle")), 0);
    ck_assert_int_eq(ccs_file_write(in_dir("circle"), "new", 3, &error), CCS_EIO);
    ck_assert_ptr_nonnull(strstr(error.text, "symbolic links"));
}
END_TEST

START_TEST(files_are_the_same_whatever_they_are_called)
{
    ck_assert_int_eq(ccs_file_write(in_dir("a"), "x", 1, &error), CCS_OK);
    ck_assert_int_eq(ccs_file_write(in_dir("b"), "x", 1, &error), CCS_OK);
    ck_assert_int_eq(symlink("a", in_dir("soft")), 0);
    ck_assert_int_eq(link(in_dir("a"), in_dir("hard")), 0);
    ck_assert(ccs_file_is_same(in_dir("a"), in_dir("./a")));
    ck_assert(ccs_file_is_same(in_dir("soft"), in_dir("hard")));
    ck_assert(!ccs_file_is_same(in_dir("a"), in_dir("b")));
    ck_assert(!ccs_file_is_same("/dev/null", "/dev/null"));
    /* and those that do not exist yet */
    ck_assert_int_eq(symlink("none", in_dir("later")), 0);
    ck_assert(ccs_file_is_same(in_dir("none"), in_dir(".//none")));
    ck_assert(ccs_file_is_same(in_dir("later"), in_dir("none")));
    ck_assert(!ccs_file_is_same(in_dir("none"), in_dir("other")));
    ck_assert(!ccs_file_is_same(in_dir("none"), in_dir("a")));
}
END_TEST

START_TEST(a_full_disk_leaves_the_old_file_and_nothing_else)
{
    ck_assert_int_eq(ccs_file_write(in_dir("a"), "old", 3, &error), CCS_OK);
    struct rlimit saved;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &saved), 0);
    signal(SIGXFSZ, SIG_IGN);
    const struct rlimit small = {4096, saved.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    static char bytes[10000];
    ccs_status status = ccs_file_write(in_dir("a"), bytes, sizeof bytes, &error);
    setrlimit(RLIMIT_FSIZE, &saved);
    ck_assert_int_eq(status, CCS_EIO);
    ck_assert_ptr_nonnull(strstr(error.text, "File too large"));
    expect_content(in_dir("a"), "old");
    ck_assert_int_eq(entries_in_dir(), 1);
}
END_TEST

START_TEST(a_full_device_is_an_error)
{
    ck_assert_int_eq(ccs_file_write("/dev/full", "x", 1, &error), CCS_EIO);
    ck_assert_str_eq(error.text, "cannot write '/dev/full': No space left on device");
    struct stat st;
    ck_assert_int_eq(stat("/dev/full", &st), 0);
    ck_assert(S_ISCHR(st.st_mode)); /* it was not replaced */
}
END_TEST

START_TEST(directories_and_missing_directories_are_errors)
{
    ck_assert_int_eq(ccs_file_write(dir, "x", 1, &error), CCS_EIO);
    ck_assert_ptr_nonnull(strstr(error.text, "Is a directory"));
    ck_assert_int_eq(ccs_file_write(in_dir("no/such"), "x", 1, &error), CCS_EIO);
    ck_assert_ptr_nonnull(strstr(error.text, "No such file or directory"));
    ck_assert_int_eq(ccs_file_write("", "x", 1, &error), CCS_EIO);
}
END_TEST

static void *read_fifo(void *path)
{
    static char got[16];
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, got, sizeof got - 1);
    got[n > 0 ? n : 0] = '\0';
    close(fd);
    return got;
}

START_TEST(a_fifo_is_written_directly)
{
    char path[128];
    snprintf(path, sizeof path, "%s", in_dir("fifo"));
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    pthread_t reader;
    ck_assert_int_eq(pthread_create(&reader, NULL, read_fifo, path), 0);
    ck_assert_int_eq(ccs_file_write(path, "through", 7, &error), CCS_OK);
    void *got;
    pthread_join(reader, &got);
    ck_assert_str_eq(got, "through");
}
END_TEST

/* Runs one write to standard output while that is `fd`. */
static ccs_status write_to(int fd, const char *path)
{
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    dup2(fd, STDOUT_FILENO);
    fputs("held by stdio, ", stdout);
    ccs_status status = ccs_file_write(path, "then ours", 9, &error);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    clearerr(stdout);
    return status;
}

START_TEST(standard_output_gets_it_after_what_stdio_holds)
{
    int fd = open(in_dir("out"), O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(write_to(fd, "-"), CCS_OK);
    expect_content(in_dir("out"), "held by stdio, then ours");
    ck_assert_int_eq(write_to(fd, NULL), CCS_OK);
    expect_content(in_dir("out"), "held by stdio, then oursheld by stdio, then ours");
    close(fd);
}
END_TEST

START_TEST(a_full_or_closed_standard_output_is_an_error)
{
    int fd = open("/dev/full", O_WRONLY);
    ck_assert_int_eq(write_to(fd, "-"), CCS_EIO);
    close(fd);
    ck_assert_str_eq(error.text, "cannot write to standard output: No space left on device");
    signal(SIGPIPE, SIG_IGN);
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    ck_assert_int_eq(write_to(ends[1], "-"), CCS_EIO);
    close(ends[1]);
    ck_assert_str_eq(error.text, "cannot write to standard output: Broken pipe");
}
END_TEST

Suite *suite_file(void)
{
    Suite *suite = suite_create("file");
    TCase *tc = tcase_create("reading");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, what_is_written_is_read_back_with_its_nul_bytes);
    tcase_add_test(tc, the_limit_is_exact);
    tcase_add_test(tc, an_endless_file_ends_at_the_limit);
    tcase_add_test(tc, what_cannot_be_read_is_explained);
    tcase_add_test(tc, no_permission_is_explained);
    tcase_add_test(tc, standard_input_is_read_to_its_end);
    tcase_add_test(tc, a_signal_ends_the_wait_for_input);
    suite_add_tcase(suite, tc);
    tc = tcase_create("writing");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, an_existing_file_is_replaced_and_keeps_its_mode);
    tcase_add_test(tc, a_new_file_obeys_the_umask);
    tcase_add_test(tc, a_symbolic_link_stays_one);
    tcase_add_test(tc, a_link_to_nothing_is_written_through);
    tcase_add_test(tc, files_are_the_same_whatever_they_are_called);
    tcase_add_test(tc, a_full_disk_leaves_the_old_file_and_nothing_else);
    tcase_add_test(tc, a_full_device_is_an_error);
    tcase_add_test(tc, directories_and_missing_directories_are_errors);
    tcase_add_test(tc, a_fifo_is_written_directly);
    tcase_add_test(tc, standard_output_gets_it_after_what_stdio_holds);
    tcase_add_test(tc, a_full_or_closed_standard_output_is_an_error);
    suite_add_tcase(suite, tc);
    return suite;
}
