/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replications on demand, from the options of an experiment to its results. */
#include "../sim_help.h"
#include "experiment/results.h"
#include "report/report.h"

Suite *suite_precision(void);

static const char tiny[] = "tests/data/tiny.json";

static struct ccs_scenario *load(const char *path)
{
    cJSON *doc = read_document(path);
    struct ccs_scenario *sc = scenario_from(doc);
    cJSON_Delete(doc);
    return sc;
}

static struct ccs_experiment_options options_for(const struct ccs_precision *asked, size_t n,
                                                 int64_t max)
{
    return (struct ccs_experiment_options){
        .seed = -1, .jobs = 2, .precision = asked, .precision_n = n, .replications_max = max};
}

static struct ccs_results *run(const struct ccs_scenario *sc,
                               const struct ccs_experiment_options *options)
{
    struct ccs_results *res = NULL;
    char message[500];
    ccs_status status = ccs_experiment_run(sc, options, &res, message, sizeof message);
    ck_assert_msg(status == CCS_OK, "%s: %s", ccs_status_text(status), message);
    return res;
}

/* All numbers as text, without what is said about precision. */
static char *json_of(const struct ccs_results *res)
{
    struct ccs_report report;
    ck_assert_int_eq(ccs_report_json(res, "test", &report), CCS_OK);
    cJSON *doc = cJSON_Parse(report.text);
    free(report.text);
    cJSON_DeleteItemFromObjectCaseSensitive(cJSON_GetObjectItemCaseSensitive(doc, "scenario"),
                                            "precision");
    cJSON_DeleteItemFromObjectCaseSensitive(doc, "warnings");
    char *text = cJSON_PrintUnformatted(doc);
    cJSON_Delete(doc);
    return text;
}

static size_t warnings_of(const struct ccs_results *res, const char *code)
{
    size_t n = 0;
    for (size_t i = 0; i < res->warning_n; i++) {
        n += res->warnings[i].code && strcmp(res->warnings[i].code, code) == 0;
    }
    return n;
}

START_TEST(replications_are_added_until_every_half_width_is_reached)
{
    static const struct ccs_precision asked[] = {
        {.metric = "wait_mean", .half_width = 0.1, .is_relative = true},
        {.metric = "net_value_per_customer", .a = "give_in", .b = "hold_out", .half_width = 0.5},
    };
    struct ccs_scenario *sc = load(tiny);
    struct ccs_experiment_options options = options_for(asked, 2, 0);
    struct ccs_results *res = run(sc, &options);
    ck_assert_uint_gt(res->replications, 22);
    ck_assert_uint_lt(res->replications, CCS_REPLICATIONS_MAX);
    ck_assert(!res->is_partial);
    ck_assert_uint_eq(warnings_of(res, "CCS-W410"), 0);
    struct ccs_precision_result p;
    size_t n = 0;
    size_t decided = 0;
    for (; ccs_results_precision(res, n, &p); n++) {
        ck_assert(p.is_reached);
        ck_assert_double_le(p.half_width, p.asked);
        decided += p.has_decided;
    }
    ck_assert_uint_eq(n, 3); /* two policies, one difference */
    ck_assert_uint_eq(decided, 1);
    /* what is reported is what the table says */
    double sign;
    const struct ccs_paired *pair =
        pair_of(res, policy_at(res, "give_in"), policy_at(res, "hold_out"),
                "net_value_per_customer", &sign);
    ck_assert(ccs_results_precision(res, 2, &p));
    ck_assert_str_eq(p.label, "give_in-hold_out/net_value_per_customer:0.5");
    ck_assert_double_eq(p.half_width, pair->diff.half_width);
    ck_assert_double_eq(p.asked, 0.5);
    ck_assert(ccs_results_precision(res, 0, &p));
    ck_assert_str_eq(p.label, "hold_out/wait_mean:10%");
    ck_assert_double_eq(p.half_width, estimate_of(res, 0, "wait_mean")->half_width);
    ck_assert_double_eq_tol(p.asked, estimate_of(res, 0, "wait_mean")->mean / 11, 1e-9);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(results_are_those_of_that_number_of_replications)
{
    static const struct ccs_precision asked[] = {
        {.metric = "resolution_time_p50", .a = "hold_out", .half_width = 0.1, .is_relative = true},
    };
    struct ccs_scenario *sc = load(tiny);
    struct ccs_experiment_options options = options_for(asked, 1, 0);
    struct ccs_results *two = run(sc, &options);
    options.jobs = 1;
    struct ccs_results *one = run(sc, &options);
    struct ccs_experiment_options plain = {
        .seed = -1, .jobs = 2, .replications = (int64_t)two->replications};
    struct ccs_results *fixed = run(sc, &plain);
    char *texts[] = {json_of(two), json_of(one), json_of(fixed)};
    ck_assert_str_eq(texts[0], texts[1]);
    ck_assert_str_eq(texts[0], texts[2]);
    for (int i = 0; i < 3; i++) {
        cJSON_free(texts[i]);
    }
    ck_assert_uint_eq(fixed->target_n, 0);
    ccs_results_destroy(one);
    ccs_results_destroy(two);
    ccs_results_destroy(fixed);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(a_limit_that_is_too_low_is_told_with_what_it_would_take)
{
    static const struct ccs_precision asked[] = {
        {.metric = "wait_mean", .half_width = 0.001, .is_relative = true},
        {.metric = "occupancy", .a = "give_in", .half_width = 0.5},
    };
    struct ccs_scenario *sc = load(tiny);
    struct ccs_experiment_options options = options_for(asked, 2, 30);
    struct ccs_results *res = run(sc, &options);
    ck_assert_uint_eq(res->replications, 30);
    ck_assert_uint_eq(warnings_of(res, "CCS-W410"), 2);
    struct ccs_precision_result p;
    ck_assert(ccs_results_precision(res, 0, &p));
    ck_assert(!p.is_reached);
    const struct ccs_estimate *e = estimate_of(res, 0, "wait_mean");
    double ratio = e->half_width / (e->mean * 0.001 / 1.001);
    ck_assert_double_eq_tol(p.needed, ceil(30 * ratio * ratio), 1.5);
    ck_assert(ccs_results_precision(res, 2, &p));
    ck_assert(p.is_reached && !p.has_decided && isnan(p.needed));
    ck_assert(!ccs_results_precision(res, 3, &p));
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(it_begins_with_what_is_asked_for_and_confirms)
{
    static const struct ccs_precision asked[] = {{.metric = "wait_mean", .half_width = 1e6}};
    static const struct {
        int64_t reps, max;
        size_t n;
    } cases[] = {{0, 0, 22}, {40, 0, 44}, {40, 40, 40}, {0, 8, 8}, {0, 21, 21}};
    struct ccs_scenario *sc = load(tiny); /* it says 6 */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ccs_experiment_options options = options_for(asked, 1, cases[i].max);
        options.replications = cases[i].reps;
        struct ccs_results *res = run(sc, &options);
        ck_assert_uint_eq(res->replications, cases[i].n);
        ck_assert_int_eq(res->decided_by, -1);
        ck_assert(res->targets[0].is_reached);
        ccs_results_destroy(res);
    }
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(rare_events_are_never_precise_and_constants_are_believed_late)
{
    cJSON *doc = read_document(tiny);
    put(doc, "/segments/readers/churn_hazard_per_year", "0.0001");
    put(doc, "/behavior/leaving", "{}");
    put(doc, "/teams/front/calendar", NULL); /* never closed: no overtime */
    put(doc, "/teams/experts/calendar", NULL);
    struct ccs_scenario *sc = scenario_from(doc);
    static const struct ccs_precision churn[] = {
        {.metric = "churn_rate_per_year", .a = "hold_out", .half_width = 10}};
    struct ccs_experiment_options options = options_for(churn, 1, 70);
    struct ccs_results *res = run(sc, &options);
    ck_assert_uint_eq(res->replications, 70);
    ck_assert_uint_eq(warnings_of(res, "CCS-W410"), 1);
    ck_assert_double_nan(res->targets[0].half_width);
    ck_assert_double_nan(res->targets[0].needed);
    ccs_results_destroy(res);
    static const struct ccs_precision staff[] = {
        {.metric = "staffed_hours", .a = "hold_out", .b = "give_in", .half_width = 0.001}};
    options = options_for(staff, 1, 70);
    res = run(sc, &options);
    ck_assert_double_eq(res->targets[0].half_width, 0);
    ck_assert_uint_eq(res->replications, 33);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

static const struct {
    struct ccs_precision asked;
    int64_t reps, max;
    const char *says;
} nonsense[] = {
    {{.metric = "wait_meen", .half_width = 1}, 0, 0, "did you mean `wait_mean`"},
    {{.metric = "", .half_width = 1}, 0, 0, "no metric named ''"},
    {{.metric = NULL, .half_width = 1}, 0, 0, "no metric"},
    {{.metric = "handle_hours_by_cause", .half_width = 1}, 0, 0, "only by part"},
    {{.metric = "wait_mean", .a = "hold_on", .half_width = 1}, 0, 0, "did you mean `hold_out`"},
    {{.metric = "wait_mean", .b = "hold_out", .half_width = 1}, 0, 0, "b without a"},
    {{.metric = "wait_mean", .half_width = 0}, 0, 0, "greater than 0"},
    {{.metric = "wait_mean", .half_width = -1}, 0, 0, "greater than 0"},
    {{.metric = "wait_mean", .half_width = NAN}, 0, 0, "greater than 0"},
    {{.metric = "wait_mean", .half_width = INFINITY}, 0, 0, "greater than 0"},
    {{.metric = "wait_mean", .half_width = 1, .is_relative = true}, 0, 0, "below 100 %"},
    {{.metric = "wait_mean", .a = "hold_out", .b = "hold_out", .half_width = 1},
     0,
     0,
     "does not differ from itself"},
    {{.metric = "wait_mean",
      .a = "hold_out",
      .b = "give_in",
      .half_width = 0.1,
      .is_relative = true},
     0,
     0,
     "absolute half-width"},
    {{.metric = "wait_mean", .half_width = 1}, 50, 40, "more than the most"},
};

START_TEST(what_makes_no_sense_is_a_usage_error)
{
    struct ccs_scenario *sc = load(tiny);
    struct ccs_experiment_options options = options_for(&nonsense[_i].asked, 1, nonsense[_i].max);
    options.replications = nonsense[_i].reps;
    struct ccs_results *res = NULL;
    char message[500];
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message), CCS_EUSAGE);
    ck_assert_ptr_null(res);
    ck_assert_msg(strstr(message, nonsense[_i].says) != NULL, "%s", message);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(what_a_scenario_cannot_have_is_told_after_the_first_look)
{
    static const struct ccs_precision asked[] = {
        {.metric = "churn_rate_per_year", .half_width = 0.1}};
    struct ccs_scenario *sc = load("tests/data/queue.json");
    struct ccs_experiment_options options = options_for(asked, 1, 0);
    struct ccs_results *res = NULL;
    char message[500];
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message), CCS_EUSAGE);
    ck_assert_ptr_null(res);
    ck_assert_ptr_nonnull(strstr(message, "churn_rate_per_year is not available"));
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(a_policy_that_is_not_run_cannot_be_asked_about)
{
    static const struct ccs_precision asked[] = {
        {.metric = "wait_mean", .a = "hold_out", .b = "give_in", .half_width = 1}};
    struct ccs_scenario *sc = load(tiny);
    struct ccs_experiment_options options = options_for(asked, 1, 0);
    options.policy = "hold_out";
    struct ccs_results *res = NULL;
    char message[500];
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message), CCS_EUSAGE);
    ck_assert_ptr_nonnull(strstr(message, "this run is without policy 'give_in'"));
    ccs_scenario_destroy(sc);
}
END_TEST

struct counter {
    size_t kept, last_total, grew;
    volatile int stop;
    size_t stop_after;
};

static ccs_status keep(void *context, uint64_t r, const void *record, size_t size)
{
    struct counter *c = context;
    (void)r;
    (void)record;
    (void)size;
    c->kept++;
    return CCS_OK;
}

static void watch(void *context, const struct ccs_progress *progress)
{
    struct counter *c = context;
    MUST(progress->done <= progress->total);
    c->grew += progress->total > c->last_total;
    c->last_total = progress->total;
    if (c->stop_after > 0 && progress->done >= c->stop_after) {
        __atomic_store_n(&c->stop, 1, __ATOMIC_RELAXED);
    }
}

START_TEST(every_replication_is_run_once_and_the_total_grows)
{
    static const struct ccs_precision asked[] = {
        {.metric = "wait_mean", .half_width = 0.08, .is_relative = true}};
    struct ccs_scenario *sc = load(tiny);
    struct counter c = {0};
    struct ccs_outcome_cache cache = {.context = &c, .keep = keep};
    struct ccs_experiment_options options = options_for(asked, 1, 0);
    options.progress = watch;
    options.context = &c;
    struct ccs_results *res = NULL;
    char message[500];
    ck_assert_int_eq(ccs_experiment_run_kept(sc, &options, &cache, &res, message, sizeof message),
                     CCS_OK);
    ck_assert_uint_eq(c.kept, res->replications);
    ck_assert_uint_eq(c.last_total, res->replications);
    ck_assert_uint_ge(c.grew, 2);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

/* Whenever that is: also between two batches, when as many are done as were asked for. */
START_TEST(stopping_by_hand_shows_what_there_is)
{
    static const struct ccs_precision asked[] = {
        {.metric = "wait_mean", .half_width = 0.001, .is_relative = true}};
    struct ccs_scenario *sc = load(tiny);
    for (size_t after = 1; after <= 40; after++) {
        struct counter c = {.stop_after = after};
        struct ccs_experiment_options options = options_for(asked, 1, 0);
        options.jobs = 1;
        options.progress = watch;
        options.context = &c;
        options.stop = &c.stop;
        struct ccs_results *res = NULL;
        char message[500];
        ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message),
                         CCS_EINTERRUPTED);
        ck_assert_ptr_nonnull(res);
        ck_assert(res->is_partial);
        ck_assert_uint_eq(res->replications, after);
        ck_assert_uint_eq(warnings_of(res, "CCS-W410"), 0);
        ck_assert(!res->targets[0].is_reached);
        ccs_results_destroy(res);
    }
    ccs_scenario_destroy(sc);
}
END_TEST

Suite *suite_precision(void)
{
    Suite *suite = suite_create("precision");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, replications_are_added_until_every_half_width_is_reached);
    tcase_add_test(tcase, results_are_those_of_that_number_of_replications);
    tcase_add_test(tcase, a_limit_that_is_too_low_is_told_with_what_it_would_take);
    tcase_add_test(tcase, it_begins_with_what_is_asked_for_and_confirms);
    tcase_add_test(tcase, rare_events_are_never_precise_and_constants_are_believed_late);
    tcase_add_loop_test(tcase, what_makes_no_sense_is_a_usage_error, 0,
                        (int)(sizeof nonsense / sizeof *nonsense));
    tcase_add_test(tcase, what_a_scenario_cannot_have_is_told_after_the_first_look);
    tcase_add_test(tcase, a_policy_that_is_not_run_cannot_be_asked_about);
    tcase_add_test(tcase, every_replication_is_run_once_and_the_total_grows);
    tcase_add_test(tcase, stopping_by_hand_shows_what_there_is);
    suite_add_tcase(suite, tcase);
    return suite;
}
