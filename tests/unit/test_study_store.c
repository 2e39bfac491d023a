/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study/: the store by itself, and a study through the public interface. */
#include "../sim_help.h"
#include "study/store.h"

#include <ccsim/ccsim.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *suite_study_store(void);

static char folder[64];
static char path[100];
static char message[1600];

static void set_up(void)
{
    snprintf(folder, sizeof folder, "/tmp/ccsim-store-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/store.db", folder);
}

static void tear_down(void)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char name[120];
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
    rmdir(folder);
}

/* ---- a store with a study and a point ---- */

static const char *const pointers[] = {"/a"};
static const char *const values[] = {"6 min"};

static struct ccs_store_study study_of(uint64_t seed, const char *version)
{
    struct ccs_store_study study = {.scenario = "s",
                                    .ccsim = version,
                                    .build = "00112233aabbccdd",
                                    .commit = "",
                                    .policy = "",
                                    .currency = "EUR",
                                    .scenario_hash = 0xabc,
                                    .seed = seed};
    ccs_store_study_identify(&study);
    return study;
}

static struct ccs_store_point point_of(const struct ccs_store_study *study, const char *design)
{
    struct ccs_store_point point = {.parameter_n = 1,
                                    .pointers = pointers,
                                    .values = values,
                                    .design = design,
                                    .scenario_hash = 7};
    ccs_store_point_identify(&point, study);
    return point;
}

static struct ccs_store *open_store(void)
{
    struct ccs_store *store;
    ck_assert_msg(ccs_store_open(&store, path, true, message, sizeof message) == CCS_OK, "%s",
                  message);
    return store;
}

static int64_t count(struct ccs_store *store, const char *what)
{
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", what);
    sqlite3_stmt *s = ccs_store_prepare(store, sql);
    bool has_row;
    ck_assert_int_eq(ccs_store_step(store, s, &has_row), CCS_OK);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static struct ccs_store_state look(struct ccs_store *store, const char *id)
{
    struct ccs_store_state state;
    ck_assert_msg(ccs_store_look(store, id, &state) == CCS_OK, "%s", store->message);
    return state;
}

START_TEST(records_come_back_as_they_were_and_twice_is_once)
{
    struct ccs_store *store = open_store();
    struct ccs_store_study study = study_of(1, "1.0");
    struct ccs_store_point point = point_of(&study, "{\"/a\": \"6 min\"}");
    const struct ccs_store_record in[] = {{3, 4, "wxyz"}, {1, 3, "a\0b"}};
    const struct ccs_store_record other[] = {{1, 1, "!"}};
    ck_assert_int_eq(ccs_store_save(store, &study, &point, in, 2, NULL, NULL), CCS_OK);
    ck_assert_int_eq(ccs_store_save(store, &study, &point, in, 2, NULL, NULL), CCS_OK);
    ck_assert_int_eq(ccs_store_save(store, &study, &point, other, 1, NULL, NULL), CCS_OK);
    ccs_store_close(store);

    store = open_store();
    struct ccs_arena arena;
    struct ccs_store_record *out;
    size_t n;
    ccs_arena_init(&arena, 0);
    ck_assert_int_eq(ccs_store_records(store, point.id, 10, &arena, &out, &n), CCS_OK);
    ck_assert_uint_eq(n, 2);
    ck_assert_uint_eq(out[0].number, 1);
    ck_assert_uint_eq(out[0].size, 3);
    ck_assert_int_eq(memcmp(out[0].bytes, "a\0b", 3), 0); /* the first to come stays */
    ck_assert_int_eq(memcmp(out[1].bytes, "wxyz", 4), 0);
    ck_assert_int_eq(ccs_store_records(store, point.id, 2, &arena, &out, &n), CCS_OK);
    ck_assert_uint_eq(n, 1);
    ccs_arena_fini(&arena);
    ck_assert_int_eq(count(store, "study"), 1);
    ck_assert_int_eq(count(store, "point"), 1);
    ck_assert_int_eq(
        count(store, "parameter WHERE value = '6 min' AND number = 360 AND unit = 's'"), 1);
    struct ccs_store_state state = look(store, point.id);
    ck_assert(state.is_there && !state.is_done && !state.is_failed);
    ck_assert(!look(store, "0000000000000000").is_there);
    ccs_store_close(store);
}
END_TEST

START_TEST(versions_builds_seeds_and_designs_live_side_by_side)
{
    struct ccs_store *store = open_store();
    struct ccs_store_study study[] = {study_of(1, "1.0"), study_of(2, "1.0"), study_of(1, "1.1"),
                                      study_of(1, "1.0")};
    study[3].build = "another build";
    ccs_store_study_identify(&study[3]);
    for (size_t i = 0; i < 4; i++) {
        for (int k = 0; k < 2; k++) {
            struct ccs_store_point point = point_of(&study[i], k == 0 ? "{}" : "{\"/a\": 1}");
            ck_assert_int_eq(ccs_store_save(store, &study[i], &point, NULL, 0, NULL, NULL), CCS_OK);
        }
    }
    ck_assert_int_eq(count(store, "study"), 4);
    ck_assert_int_eq(count(store, "point"), 8);
    ccs_store_close(store);
}
END_TEST

START_TEST(a_failure_is_kept_with_its_reason_until_there_is_more)
{
    struct ccs_store *store = open_store();
    struct ccs_store_study study = study_of(1, "1.0");
    struct ccs_store_point point = point_of(&study, "{}");
    ck_assert_int_eq(ccs_store_save(store, &study, &point, NULL, 0, NULL, "no memory"), CCS_OK);
    struct ccs_store_state state = look(store, point.id);
    ck_assert(state.is_failed);
    ck_assert_str_eq(state.message, "no memory");
    ck_assert_int_eq(ccs_store_save(store, &study, &point, NULL, 0, NULL, NULL), CCS_OK);
    ck_assert(!look(store, point.id).is_failed);
    ccs_store_close(store);
}
END_TEST

START_TEST(a_changed_row_does_not_match_its_checksum)
{
    static const char *const changes[] = {
        "UPDATE parameter SET number = 361",
        "UPDATE point SET design = '{}'",
        "UPDATE point SET status = 'done'",
        "DELETE FROM parameter",
        "INSERT INTO value SELECT id, 'p', 'm', 1, 0.5 FROM point",
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct ccs_store *store = open_store();
        struct ccs_store_study study = study_of(i, "1.0");
        struct ccs_store_point point = point_of(&study, "{\"/a\": 1}");
        struct ccs_store_state state;
        char sql[200];
        ck_assert_int_eq(ccs_store_save(store, &study, &point, NULL, 0, NULL, NULL), CCS_OK);
        look(store, point.id);
        bool is_insert = changes[i][0] == 'I';
        snprintf(sql, sizeof sql, "%s WHERE %s = '%s'", changes[i],
                 strstr(changes[i], "parameter") != NULL ? "point" : "id", point.id);
        ck_assert_int_eq(ccs_store_run(store, sql, "test"), CCS_OK);
        ck_assert_msg(ccs_store_look(store, point.id, &state) == CCS_EDATA, "%s%s", changes[i],
                      is_insert ? " (insert)" : "");
        ck_assert_msg(strstr(store->message, "checksum") != NULL, "%s", store->message);
        ccs_store_close(store);
    }
}
END_TEST

START_TEST(a_changed_record_does_not_match_its_checksum)
{
    static const char *const changes[] = {"UPDATE replication SET record = x'77'",
                                          "UPDATE replication SET number = 2"};
    for (size_t i = 0; i < 2; i++) {
        struct ccs_store *store = open_store();
        struct ccs_store_study study = study_of(i, "1.0");
        struct ccs_store_point point = point_of(&study, "{}");
        const struct ccs_store_record record = {1, 1, "x"};
        struct ccs_store_record *out;
        struct ccs_arena arena;
        size_t n;
        ccs_arena_init(&arena, 0);
        ck_assert_int_eq(ccs_store_save(store, &study, &point, &record, 1, NULL, NULL), CCS_OK);
        ck_assert_int_eq(ccs_store_records(store, point.id, 9, &arena, &out, &n), CCS_OK);
        ck_assert_int_eq(ccs_store_run(store, changes[i], "test"), CCS_OK);
        ck_assert_int_eq(ccs_store_records(store, point.id, 9, &arena, &out, &n), CCS_EDATA);
        ck_assert(strstr(store->message, "checksum") != NULL);
        ccs_arena_fini(&arena);
        ccs_store_close(store);
    }
}
END_TEST

START_TEST(a_full_store_rolls_back_and_says_so)
{
    struct ccs_store *store = open_store();
    struct ccs_store_study study = study_of(1, "1.0");
    struct ccs_store_point small = point_of(&study, "{}");
    struct ccs_store_point large = point_of(&study, "{\"/a\": 1}");
    size_t size = 1000000;
    char *bytes = calloc(1, size);
    const struct ccs_store_record record = {1, size, bytes};
    ck_assert_int_eq(ccs_store_save(store, &study, &small, NULL, 0, NULL, NULL), CCS_OK);
    ck_assert_int_eq(ccs_store_run(store, "PRAGMA max_page_count = 60", "test"), CCS_OK);
    ck_assert_int_eq(ccs_store_save(store, &study, &large, &record, 1, NULL, NULL), CCS_EIO);
    ck_assert(strstr(store->message, "the disk is full") != NULL);
    ck_assert_int_eq(count(store, "point"), 1);
    look(store, small.id);
    ck_assert_int_eq(ccs_store_run(store, "PRAGMA max_page_count = 6000", "test"), CCS_OK);
    ck_assert_int_eq(ccs_store_save(store, &study, &large, &record, 1, NULL, NULL), CCS_OK);
    ck_assert_int_eq(count(store, "point"), 2);
    free(bytes);
    ccs_store_close(store);
}
END_TEST

START_TEST(a_claim_holds_while_its_process_lives)
{
    struct ccs_store *store = open_store();
    ck_assert(ccs_store_claim(store, "p"));
    ck_assert(ccs_store_claim(store, "p")); /* it is ours */
    ccs_store_release(store, "p");
    /* a dead process, and one that lives: the parent of this test */
    ck_assert_int_eq(ccs_store_run(store, "INSERT INTO claim VALUES ('p', 999999999, 5)", "test"),
                     CCS_OK);
    ck_assert(ccs_store_claim(store, "p"));
    ccs_store_release(store, "p");
    ck_assert_int_eq(count(store, "claim"), 0);
    ck_assert_int_eq(ccs_store_run(store, "INSERT INTO claim VALUES ('p', 999999999, 5)", "test"),
                     CCS_OK);
    ccs_store_forget_dead(store);
    ck_assert_int_eq(count(store, "claim"), 0);
    ccs_store_close(store);
}
END_TEST

/* Point p is claimed by that process, as it would do itself. */
static void claim_for(struct ccs_store *store, pid_t pid)
{
    char name[60], line[1000] = "", statement[200];
    long long ticks = 0;
    snprintf(name, sizeof name, "/proc/%d/stat", (int)pid);
    FILE *in = fopen(name, "r");
    ck_assert_ptr_nonnull(in);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, in));
    fclose(in);
    char *at = strrchr(line, ')');
    ck_assert_int_eq(sscanf(at,
                            ") %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
                            "%*s %*s %*s %*s %lld",
                            &ticks),
                     1);
    snprintf(statement, sizeof statement, "INSERT OR REPLACE INTO claim VALUES ('p', %d, %lld)",
             (int)pid, ticks);
    ck_assert_int_eq(ccs_store_run(store, statement, "test"), CCS_OK);
}

START_TEST(a_process_that_ended_holds_nothing_before_its_parent_takes_note)
{
    struct ccs_store *store = open_store();
    pid_t child = fork();
    if (child == 0) {
        _exit(pause());
    }
    claim_for(store, child);
    ccs_store_forget_dead(store);
    ck_assert_int_eq(count(store, "claim"), 1);
    ck_assert(!ccs_store_claim(store, "p"));
    siginfo_t info;
    kill(child, SIGKILL);
    ck_assert_int_eq(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0); /* a zombie now */
    ccs_store_forget_dead(store);
    ck_assert_int_eq(count(store, "claim"), 0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ccs_store_close(store);
}
END_TEST

/* ---- a study through the public interface ---- */

static const char *const vary[] = {"/teams/front/agents=1,2"};

static struct ccs_study_options options_of(int64_t replications)
{
    struct ccs_study_options o = CCS_STUDY_DEFAULTS;
    o.scenario = "tests/data/tiny.json";
    o.vary = vary;
    o.vary_n = 1;
    o.store = path;
    o.replications = replications;
    o.jobs = 1;
    return o;
}

static struct ccs_study *open_study(const struct ccs_study_options *o)
{
    struct ccs_study *study;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    ccs_status status = ccs_study_open(&study, o, diags, message, sizeof message);
    ck_assert_msg(status == CCS_OK, "%d: %s", status, message);
    ccs_diagnostics_destroy(diags);
    return study;
}

static void run_study(struct ccs_study *study, ccs_status expected)
{
    ccs_status status = ccs_study_run(study, message, sizeof message);
    ck_assert_msg(status == expected, "%d, not %d: %s", status, expected, message);
}

START_TEST(a_study_finds_what_an_experiment_finds)
{
    struct ccs_study_options o = options_of(5);
    struct ccs_study *study = open_study(&o);
    run_study(study, CCS_OK);
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    const char *set = "/teams/front/agents=2";
    struct ccs_scenario *scenario;
    ck_assert_int_eq(ccs_scenario_load(&scenario, o.scenario, &set, 1, diags), CCS_OK);
    struct ccs_experiment_options e = CCS_EXPERIMENT_DEFAULTS;
    e.replications = 5;
    struct ccs_results *results;
    ck_assert_int_eq(ccs_experiment_run(scenario, &e, &results, message, sizeof message), CCS_OK);
    static const char *const metrics[] = {"service_level", "net_value_per_customer",
                                          "resolution_time_p90", "churn_rate_per_year"};
    for (size_t i = 0; i < 4; i++) {
        struct ccs_result a, b;
        ck_assert(ccs_study_metric(study, 1, "give_in", metrics[i], &a));
        ck_assert(ccs_results_metric(results, (size_t)ccs_scenario_policy(scenario, "give_in"),
                                     metrics[i], &b));
        ck_assert_double_eq(a.mean, b.mean);
        ck_assert_double_eq(a.lo, b.lo);
        ck_assert_double_eq(a.hi, b.hi);
        ck_assert_uint_eq(a.n, 5);
        ck_assert(ccs_study_difference(study, 1, "give_in", NULL, metrics[i], &a));
        ck_assert(ccs_results_difference(results, 0, 1, metrics[i], &b));
        ck_assert_double_eq(a.mean, b.mean);
        ck_assert_double_eq(a.p, b.p);
    }
    /* the other way round it is made of the replications: for a plain mean, the same */
    struct ccs_result there, back;
    ck_assert(ccs_study_difference(study, 1, "give_in", "hold_out", "cost_total", &there));
    ck_assert(ccs_study_difference(study, 1, "hold_out", "give_in", "cost_total", &back));
    ck_assert_double_eq_tol(there.mean, -back.mean, 1e-9);
    ck_assert_double_eq_tol(there.lo, -back.hi, 1e-9);
    ck_assert_double_eq_tol(there.p, back.p, 1e-9);
    ck_assert(ccs_study_balanced(study));
    ccs_results_destroy(results);
    ccs_scenario_destroy(scenario);
    ccs_diagnostics_destroy(diags);
    ccs_study_close(study);
}
END_TEST

struct watch {
    size_t calls, stop_after;
    struct ccs_study_progress last;
    volatile int stop;
};

static void on_progress(void *context, const struct ccs_study_progress *progress)
{
    struct watch *watch = context;
    watch->last = *progress;
    watch->stop = ++watch->calls == watch->stop_after;
}

START_TEST(a_stopped_study_keeps_its_replications_and_runs_only_the_rest)
{
    struct watch watch = {.stop_after = 3};
    struct ccs_study_options o = options_of(8);
    o.progress = on_progress;
    o.context = &watch;
    o.stop = &watch.stop;
    struct ccs_study *study = open_study(&o);
    run_study(study, CCS_EINTERRUPTED);
    struct ccs_study_point point;
    ck_assert(ccs_study_point(study, 0, &point));
    ck_assert_int_eq(point.state, CCS_POINT_PARTIAL);
    ck_assert_uint_eq(point.missing, 5);
    ck_assert_uint_eq(point.replications, 0);
    ccs_study_close(study);

    watch = (struct watch){0};
    study = open_study(&o);
    ck_assert(ccs_study_point(study, 0, &point));
    ck_assert_uint_eq(point.missing, 5);
    run_study(study, CCS_OK);
    ck_assert_uint_eq(watch.last.replications, 13);
    ck_assert_uint_eq(watch.last.replications_done, 13);
    ck_assert_uint_eq(watch.last.points_done, 2);
    ck_assert(ccs_study_point(study, 1, &point));
    ck_assert_int_eq(point.state, CCS_POINT_DONE);
    ck_assert_uint_eq(point.replications, 8);
    ck_assert_str_eq(point.primary, "net_value_per_customer");
    ck_assert(!ccs_study_point(study, 2, &point));
    ccs_study_close(study);

    watch = (struct watch){0};
    study = open_study(&o);
    run_study(study, CCS_OK);
    ck_assert_uint_eq(watch.calls, 0); /* all is there */
    ccs_study_close(study);
}
END_TEST

START_TEST(invalid_points_are_known_before_anything_is_run)
{
    static const char *const bad[] = {"/teams/front/agents=1,-1"};
    struct ccs_study_options o = options_of(2);
    o.vary = bad;
    struct ccs_study *study = open_study(&o);
    struct ccs_study_point point;
    ck_assert(ccs_study_point(study, 1, &point));
    ck_assert_int_eq(point.state, CCS_POINT_INVALID);
    ck_assert_msg(strncmp(point.message, "--vary /teams/front/agents=-1: error", 36) == 0, "%s",
                  point.message);
    run_study(study, CCS_EDATA);
    ck_assert(strstr(message, "nothing was run") != NULL);
    ck_assert(ccs_study_point(study, 0, &point));
    ck_assert_int_eq(point.state, CCS_POINT_NEW);
    ccs_study_close(study);
    o.keep_going = true;
    study = open_study(&o);
    run_study(study, CCS_EDATA);
    ck_assert(ccs_study_point(study, 0, &point));
    ck_assert_int_eq(point.state, CCS_POINT_DONE);
    ccs_study_close(study);
}
END_TEST

START_TEST(a_point_that_needs_too_much_memory_fails_and_the_others_are_run)
{
    static const char *const heavy[] = {"/segments/readers/population=2000000,300"};
    struct ccs_study_options o = options_of(2);
    o.vary = heavy;
    o.memory_limit = 30000000;
    struct ccs_study *study = open_study(&o);
    run_study(study, CCS_ENOMEM);
    ck_assert_msg(strstr(message, "point 1 of 2") != NULL, "%s", message);
    struct ccs_study_point point;
    ck_assert(ccs_study_point(study, 0, &point));
    ck_assert_int_eq(point.state, CCS_POINT_FAILED);
    ck_assert_msg(strstr(point.message, "CCS-E313") != NULL, "%s", point.message);
    ck_assert(ccs_study_point(study, 1, &point));
    ck_assert_int_eq(point.state, CCS_POINT_NEW);
    ccs_study_close(study);
    o.keep_going = true;
    study = open_study(&o);
    run_study(study, CCS_ENOMEM);
    ck_assert(ccs_study_point(study, 1, &point));
    ck_assert_int_eq(point.state, CCS_POINT_DONE);
    ccs_study_close(study);
}
END_TEST

START_TEST(a_study_says_what_is_wrong_with_its_options)
{
    struct ccs_study *study;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    struct ccs_study_options o = options_of(2);
    o.policy = "nobody";
    ck_assert_int_eq(ccs_study_open(&study, &o, diags, message, sizeof message), CCS_EUSAGE);
    ck_assert(strstr(message, "nobody") != NULL);
    o.policy = NULL;
    o.store = NULL;
    ck_assert_int_eq(ccs_study_open(&study, &o, diags, message, sizeof message), CCS_EUSAGE);
    o = options_of(2);
    o.scenario = "nowhere.json";
    ck_assert_int_eq(ccs_study_open(&study, &o, diags, message, sizeof message), CCS_EIO);
    ck_assert_ptr_null(study);
    o = options_of(2);
    o.is_dry = true;
    study = open_study(&o);
    run_study(study, CCS_EUSAGE);
    ck_assert_int_ne(access(path, F_OK), 0);
    ccs_study_close(study);
    ccs_diagnostics_destroy(diags);
}
END_TEST

Suite *suite_study_store(void)
{
    Suite *suite = suite_create("study_store");
    TCase *store = tcase_create("store");
    tcase_add_checked_fixture(store, set_up, tear_down);
    tcase_add_test(store, records_come_back_as_they_were_and_twice_is_once);
    tcase_add_test(store, versions_builds_seeds_and_designs_live_side_by_side);
    tcase_add_test(store, a_failure_is_kept_with_its_reason_until_there_is_more);
    tcase_add_test(store, a_changed_row_does_not_match_its_checksum);
    tcase_add_test(store, a_changed_record_does_not_match_its_checksum);
    tcase_add_test(store, a_full_store_rolls_back_and_says_so);
    tcase_add_test(store, a_claim_holds_while_its_process_lives);
    tcase_add_test(store, a_process_that_ended_holds_nothing_before_its_parent_takes_note);
    suite_add_tcase(suite, store);
    TCase *study = tcase_create("study");
    tcase_add_checked_fixture(study, set_up, tear_down);
    tcase_add_test(study, a_study_finds_what_an_experiment_finds);
    tcase_add_test(study, a_stopped_study_keeps_its_replications_and_runs_only_the_rest);
    tcase_add_test(study, invalid_points_are_known_before_anything_is_run);
    tcase_add_test(study, a_point_that_needs_too_much_memory_fails_and_the_others_are_run);
    tcase_add_test(study, a_study_says_what_is_wrong_with_its_options);
    suite_add_tcase(suite, study);
    return suite;
}
