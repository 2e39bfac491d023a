/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What fuzzing has found, and where it starts: every file of tests/fuzz/corpus/TARGET through its
 * target, each target a test. After a crash FUZZ_VERBOSE=1 tells the file. Under the address
 * and undefined-behavior sanitizers this is the same replay with more to see.
 */
#include "fuzz/targets.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_fuzz_corpus(void);

struct target {
    const char *name;
    int (*feed)(const uint8_t *data, size_t size);
};

#define TARGET(name) {#name, fuzz_##name},
static const struct target targets[] = {FUZZ_ROWS(TARGET)};
#undef TARGET

enum {
    TARGET_N = sizeof targets / sizeof targets[0],
    BYTES_MAX = 1 << 16
};

static void feed(const struct target *target, const char *path)
{
    static uint8_t bytes[BYTES_MAX];
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    size_t n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (getenv("FUZZ_VERBOSE") != NULL) {
        fprintf(stderr, "%s\n", path);
    }
    target->feed(bytes, n);
    for (size_t cut = 1; cut < 4 && n > 0; cut++) { /* and as if it ended early */
        target->feed(bytes, n * cut / 4);
    }
}

START_TEST(a_target_survives_its_corpus)
{
    const struct target *target = &targets[_i];
    char folder[200];
    char path[500];
    size_t n = 0;
    snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", target->name);
    DIR *dir = opendir(folder);
    ck_assert_msg(dir != NULL, "no folder %s", folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            feed(target, path);
            n++;
        }
    }
    closedir(dir);
    ck_assert_msg(n > 0, "%s is empty", folder);
}
END_TEST

Suite *suite_fuzz_corpus(void)
{
    Suite *suite = suite_create("fuzz_corpus");
    TCase *tc = tcase_create("corpus");
    tcase_add_loop_test(tc, a_target_survives_its_corpus, 0, TARGET_N);
    suite_add_tcase(suite, tc);
    return suite;
}
