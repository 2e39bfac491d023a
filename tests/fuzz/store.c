/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store of a study as somebody else may have left it: each line of the text does something to a
 * good one, then it is exported in every form.
 *
 *   #OFFSET BYTES    bytes of the file (\xHH), after all statements
 *   =SIZE            the file is cut to that size
 *   anything else    an SQL statement
 */
#include "base/file.h"
#include "fuzz/fuzz.h"

#include <sqlite3.h>

enum {
    STEPS_MAX = 20000 /* of SQLite's machine in one statement */
};

static char folder[64], path[80];
static char *good;
static size_t good_size;

static void remove_files(void)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char name[100];
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

static void clean_up(void)
{
    remove_files();
    rmdir(folder);
    free(good);
    good = NULL;
}

static int deny(void *context, int action, const char *a, const char *b, const char *c,
                const char *d)
{
    (void)context;
    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return action == SQLITE_ATTACH ? SQLITE_DENY : SQLITE_OK; /* VACUUM INTO, too */
}

static int out_of_steps(void *context)
{
    (void)context;
    return 1;
}

static void execute(const char *sql)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
        sqlite3_set_authorizer(db, deny, NULL);
        sqlite3_progress_handler(db, STEPS_MAX, out_of_steps, NULL);
        sqlite3_exec(db, sql, NULL, NULL, NULL);
    }
    sqlite3_close(db);
}

/* One point, one policy, two replications; a single file without a log beside it. */
static void make_good(void)
{
    static const char text[] =
        "{\"name\": \"s\", \"run\": {\"horizon\": \"6 h\", \"follow_up\": \"1 h\"}, \"channels\": "
        "{\"phone\": {}}, \"issue_types\": {\"call\": {\"volume\": {\"rate_per_h\": 20}, \"talk\": "
        "\"3 min\"}}, \"teams\": {\"a\": {\"agents\": 2}}}";
    static const char *const vary[] = {"/teams/a/agents=2,3"};
    char scenario[40], message[1000];
    int fd;
    snprintf(folder, sizeof folder, "%s/fuzz-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    FUZZ_CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/s.db", folder);
    atexit(clean_up);
    fuzz_file(scenario, &fd, text, sizeof text - 1);
    struct ccs_study_options options = CCS_STUDY_DEFAULTS;
    options.scenario = scenario;
    options.vary = vary;
    options.vary_n = 1;
    options.store = path;
    options.replications = 2;
    options.jobs = 1;
    struct ccs_study *study = NULL;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    FUZZ_CHECK(ccs_study_open(&study, &options, diags, message, sizeof message) == CCS_OK);
    FUZZ_CHECK(ccs_study_run(study, message, sizeof message) == CCS_OK);
    ccs_study_close(study);
    ccs_diagnostics_destroy(diags);
    close(fd);
    execute("PRAGMA journal_mode = DELETE");
    struct ccs_file_error error;
    FUZZ_CHECK(ccs_file_read(path, 1 << 24, &good, &good_size, &error) == CCS_OK);
}

static void damage(char *line)
{
    char *end;
    long at = strtol(line + 1, &end, 10);
    FILE *file = at < 0 ? NULL : fopen(path, "r+b");
    if (file == NULL) {
        return;
    }
    if (line[0] == '=') {
        (void)!ftruncate(fileno(file), at % (long)(good_size + 1));
    } else if (*end == ' ') {
        size_t n = fuzz_unescape(end + 1, strlen(end + 1));
        fseek(file, at % (long)good_size, SEEK_SET);
        fwrite(end + 1, 1, n, file);
    }
    fclose(file);
}

static void export(enum ccs_export_format format, bool with_replications)
{
    const struct ccs_export_options options = {.format = format,
                                               .with_replications = with_replications};
    char *text = NULL, message[1000] = "";
    size_t size = 0;
    ccs_status status = ccs_study_export(path, &options, &text, &size, message, sizeof message);
    FUZZ_CHECK(status == CCS_OK ? text != NULL && strlen(text) == size : message[0] != '\0');
    FUZZ_CHECK(status == CCS_OK || status == CCS_EDATA || status == CCS_EIO ||
               status == CCS_ENOMEM);
    free(text);
}

static void store(char *text, size_t size)
{
    struct ccs_file_error error;
    char *lines[16], *rest = NULL;
    size_t n = 0;
    (void)size;
    if (good == NULL) {
        make_good();
    }
    remove_files();
    FUZZ_CHECK(ccs_file_write(path, good, good_size, &error) == CCS_OK);
    for (char *line = strtok_r(text, "\n", &rest); line != NULL && n < 16;
         line = strtok_r(NULL, "\n", &rest)) {
        if (line[0] == '#' || line[0] == '=') {
            lines[n++] = line;
        } else {
            execute(line);
        }
    }
    for (size_t i = 0; i < n; i++) {
        damage(lines[i]);
    }
    export(CCS_EXPORT_CSV, true);
    export(CCS_EXPORT_JSONL, false);
}

FUZZ_TARGET(store)
