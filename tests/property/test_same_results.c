/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must not matter to a result: threads, order, names, where a run was stopped, and mechanisms
 * that are off. */
#include "semantics.h"

#include "behavior/behavior.h"

Suite *suite_same_results(void);

/* ---- what must not matter ---- */

START_TEST(the_number_of_threads_changes_no_bit)
{
    cJSON *doc = read_document(_i == 0 ? EVERYTHING : QUEUE);
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_results *one = experiment_of(sc, 7, 1);
    for (int jobs = 2; jobs <= 3; jobs++) {
        struct ccs_results *more = experiment_of(sc, 7, jobs);
        assert_same_results(one, more);
        ccs_results_destroy(more);
    }
    ccs_results_destroy(one);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(replication_k_is_the_same_however_many_there_are)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_results *two = experiment_of(sc, 2, 1);
    struct ccs_results *four = experiment_of(sc, 4, 1);
    for (size_t i = 0; i < two->policy_n * two->row_n; i++) {
        ck_assert(same_bits(&two->num[i * 2], &four->num[i * 4], 2));
        ck_assert(same_bits(&two->den[i * 2], &four->den[i * 4], 2));
    }
    ccs_results_destroy(two);
    ccs_results_destroy(four);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_same_seed_repeats_and_another_does_not)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    uint64_t signature[3];
    static const int64_t seeds[] = {5, 5, 6};
    for (int i = 0; i < 3; i++) {
        struct ccs_experiment_options options = {.replications = 1, .seed = seeds[i], .jobs = 1};
        struct ccs_results *res = NULL;
        char message[300];
        ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message), CCS_OK);
        signature[i] = res->signature;
        ccs_results_destroy(res);
    }
    ck_assert_uint_eq(signature[0], signature[1]);
    ck_assert_uint_ne(signature[0], signature[2]);
    struct lone_world a;
    struct lone_world b;
    world_warm_up(&a, model_of(sc, NULL), 5, 0);
    world_warm_up(&b, model_of(sc, NULL), 5, 1);
    ck_assert_uint_ne(digest(&a), digest(&b)); /* replications are not repeats of each other */
    world_finish(&a);
    world_finish(&b);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* Turns the order of the members of every object around. */
static void reverse_members(cJSON *item)
{
    cJSON *turned = cJSON_CreateObject();
    cJSON *child;
    while (item->child) {
        child = cJSON_DetachItemViaPointer(item, item->child);
        if (cJSON_IsObject(child) || cJSON_IsArray(child)) {
            for (cJSON *c = child->child; cJSON_IsArray(child) && c; c = c->next) {
                if (cJSON_IsObject(c)) {
                    reverse_members(c);
                }
            }
            if (cJSON_IsObject(child)) {
                reverse_members(child);
            }
        }
        cJSON_AddItemToObject(turned, child->string, child);
    }
    while (turned->child) { /* taken from the end */
        child = turned->child->prev;
        cJSON_DetachItemViaPointer(turned, child);
        cJSON_AddItemToObject(item, child->string, child);
    }
    cJSON_Delete(turned);
}

START_TEST(the_order_of_keys_teams_and_policies_in_the_file_does_not_matter)
{
    cJSON *doc = read_document(_i == 0 ? EVERYTHING : QUEUE);
    struct run forth = run_document(doc, 2);
    reverse_members(doc);
    ck_assert_str_eq(doc->child->string, _i == 0 ? "policies" : "teams"); /* it did turn */
    struct run back = run_document(doc, 2);
    ck_assert_uint_eq(forth.sc->hash, back.sc->hash);
    assert_same_results(forth.res, back.res);
    run_free(&forth);
    run_free(&back);
    cJSON_Delete(doc);
}
END_TEST

/* Renames the member `from` of an object to `to`. */
static void rename_member(cJSON *holder, const char *from, const char *to)
{
    cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(holder, from);
    ck_assert_ptr_nonnull(item);
    cJSON_AddItemToObject(holder, to, item);
}

START_TEST(a_new_name_for_a_team_changes_no_arrival_and_in_a_plain_queue_nothing_at_all)
{
    const char *text = "{'name': 't', 'run': {'horizon': '5 days', 'warmup': '1 days', "
                       "'follow_up': '1 days'}, 'channels': {'phone': {'patience': '5 min'}}, "
                       "'issue_types': {'call': {'volume': {'rate_per_h': 30}, "
                       "'talk': {'dist': 'exponential', 'mean': '5 min'}}}, "
                       "'teams': {'%s': {'agents': 3}}}";
    char one[2000];
    char two[2000];
    snprintf(one, sizeof one, text, "agents");
    snprintf(two, sizeof two, text, "zebras");
    struct ccs_scenario *a = scenario_of(one);
    struct ccs_scenario *b = scenario_of(two);
    struct ccs_results *x = experiment_of(a, 3, 1);
    struct ccs_results *y = experiment_of(b, 3, 1);
    ck_assert_uint_eq(x->signature, y->signature);
    ck_assert_same_numbers(x, 0, y, 0, -1);
    ccs_results_destroy(x);
    ccs_results_destroy(y);
    ccs_scenario_destroy(a);
    ccs_scenario_destroy(b);

    cJSON *doc = read_document(EVERYTHING);
    struct run before = run_document(doc, 2);
    rename_member(cJSON_GetObjectItemCaseSensitive(doc, "teams"), "front", "zfront");
    struct run after = run_document(doc, 2);
    size_t row = row_at(before.res, "unvoiced_share"); /* all issues of the window; silent ones */
    ck_assert(same_bits(&before.res->den[row * 2], &after.res->den[row * 2], 1));
    run_free(&before);
    run_free(&after);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_new_name_for_an_issue_type_draws_other_issues)
{
    cJSON *doc = read_document(QUEUE);
    struct run before = run_document(doc, 2);
    rename_member(cJSON_GetObjectItemCaseSensitive(doc, "issue_types"), "order", "zorder");
    struct run after = run_document(doc, 2);
    const char *which;
    ck_assert_uint_gt(differing_rows(before.res, 0, after.res, 0, -1, &which), 10);
    run_free(&before);
    run_free(&after);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(two_pooled_teams_are_one_team)
{
    cJSON *doc = read_document(QUEUE);
    put(doc, "/issue_types/fault/priority", "0");
    put(doc, "/channels/chat/priority", "0");
    put(doc, "/teams", "{'one': {'agents': 5, 'calendar': 'day'}}");
    struct run one = run_document(doc, 3);
    put(doc, "/teams",
        "{'b': {'agents': 3, 'calendar': 'day'}, "
        "'a': {'agents': 2, 'calendar': 'day'}}");
    struct run two = run_document(doc, 3);
    /* signatures too: which of the two teams takes a call is in no event */
    static const char *const metrics[] = {"wait_mean",     "service_level",    "abandonment_rate",
                                          "occupancy",     "contacts_offered", "resolution_time",
                                          "blocking_rate", "handle_hours"};
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        size_t row = row_at(one.res, metrics[i]);
        ck_assert(same_bits(&one.res->num[row * 3], &two.res->num[row * 3], 3));
        ck_assert(same_bits(&one.res->den[row * 3], &two.res->den[row * 3], 3));
    }
    run_free(&one);
    run_free(&two);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_load_split_into_two_alike_types_waits_as_long)
{
    /* In law, not to the bit: other names draw other numbers. Two independent means, |z| <= 4. */
    const char *whole = "{'name': 't', 'run': {'horizon': '10 days', 'warmup': '1 days', "
                        "'follow_up': '1 days', 'seed': 3}, 'channels': {'phone': "
                        "{'patience': {'dist': 'exponential', 'mean': '6 min'}}}, "
                        "'issue_types': {'call': {'volume': {'rate_per_h': 40}, "
                        "'talk': {'dist': 'exponential', 'mean': '6 min'}}}, "
                        "'teams': {'all': {'agents': 4}}}";
    struct text text = {.n = 0};
    say(&text, "%s", whole);
    struct ccs_scenario *one = scenario_of(text.s);
    cJSON *doc = document_of(whole);
    put(doc, "/issue_types/call/volume/rate_per_h", "28");
    put(doc, "/issue_types/more",
        "{'volume': {'rate_per_h': 12}, 'talk': {'dist': 'exponential', 'mean': '6 min'}}");
    struct ccs_scenario *two = scenario_from(doc);
    struct ccs_results *x = experiment_of(one, 30, 1);
    struct ccs_results *y = experiment_of(two, 30, 1);
    static const char *const metrics[] = {"wait_mean", "service_level",    "abandonment_rate",
                                          "occupancy", "wait_probability", "contacts_offered"};
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        const struct ccs_estimate *a = estimate_of(x, 0, metrics[i]);
        const struct ccs_estimate *b = estimate_of(y, 0, metrics[i]);
        double z = (a->mean - b->mean) / hypot(a->se, b->se);
        ck_assert_msg(fabs(z) <= 4, "%s: %g and %g, z = %g", metrics[i], a->mean, b->mean, z);
    }
    ccs_results_destroy(x);
    ccs_results_destroy(y);
    ccs_scenario_destroy(one);
    ccs_scenario_destroy(two);
    cJSON_Delete(doc);
}
END_TEST

/* ---- stopping ---- */

struct stopper {
    volatile int stop;
    size_t after;
};

static void stop_after(void *context, const struct ccs_progress *progress)
{
    struct stopper *s = context;
    s->stop = progress->done >= s->after;
}

START_TEST(a_run_that_is_stopped_keeps_what_is_finished)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_results *two = experiment_of(sc, 2, 1);
    struct stopper s = {.after = 2};
    struct ccs_experiment_options options = {.replications = 50,
                                             .seed = -1,
                                             .jobs = 1,
                                             .progress = stop_after,
                                             .context = &s,
                                             .stop = &s.stop};
    struct ccs_results *res = NULL;
    char message[300];
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message),
                     CCS_EINTERRUPTED);
    ck_assert_ptr_nonnull(res);
    ck_assert(res->is_partial);
    ck_assert_uint_eq(res->replications, 2);
    ck_assert_uint_eq(res->replications_asked, 50);
    for (size_t p = 0; p < res->policy_n; p++) {
        ck_assert_same_numbers(two, p, res, p, -1);
    }
    ccs_results_destroy(res);
    s.stop = 1; /* before anything is done there is nothing to keep */
    options.progress = NULL;
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message),
                     CCS_EINTERRUPTED);
    ck_assert_ptr_null(res);
    ccs_results_destroy(two);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_run_without_memory_says_so_and_leaves_nothing_behind)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_results *enough = experiment_of(sc, 1, 1);
    ccs_results_destroy(enough);
    bool failed = false;
    /* from next to nothing to enough, so that it runs out in many different places */
    for (size_t limit = 20000; limit < 4000000; limit += limit / 3) {
        struct ccs_experiment_options options = {
            .replications = 1, .seed = -1, .jobs = 1, .memory_limit = limit};
        struct ccs_results *res = NULL;
        char message[300] = "";
        ccs_status status = ccs_experiment_run(sc, &options, &res, message, sizeof message);
        failed = failed || status == CCS_ENOMEM;
        ck_assert(status == CCS_OK || status == CCS_ENOMEM);
        ck_assert((status == CCS_OK) == (res != NULL));
        ck_assert((status == CCS_OK) == (message[0] == '\0'));
        ccs_results_destroy(res);
    }
    ck_assert(failed);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* ---- off is off ---- */

/* A mechanism left out must be the same as one set to values that do nothing. */
static const struct off {
    const char *pointer, *neutral;
} off[] = {
    {"/behavior/anger",
     "{'half_life': '6 weeks', 'weight_wait_per_min': 0, 'weight_transfer': 0, "
     "'weight_retelling': 0, 'weight_refusal': 0, 'weight_contradiction': 0, "
     "'weight_broken_promise': 0, 'weight_repeat_contact': 0, 'weight_second_failure': 0, "
     "'sense_noise_sd': 0}"},
    {"/behavior/voicing", "{'probability': 1}"},
    {"/behavior/recontact", "{}"},
    {"/behavior/retelling", "{'time': {'dist': 'exponential', 'mean': '9 min'}, "
                            "'context_carried_probability': 1}"},
    {"/behavior/supervisor", "{'demand_probability': 0, 'argue': '1 h'}"},
    {"/behavior/leaving", "{'anger_logit': 3}"},
    {"/behavior/retention",
     "{'team': 'desk', 'talk': '5 min', 'threat_probability': 0, 'anger_logit': 2, "
     "'save_probability': 0.5}"},
    {"/promises/false_closure", "{'probability': 0}"},
};
#define OFF_N (sizeof off / sizeof *off)

START_TEST(off_is_off)
{
    cJSON *doc = read_document(EVERYTHING);
    struct run on = run_document(doc, 1);
    put(doc, off[_i].pointer, off[_i].neutral);
    struct run neutral = run_document(doc, 1);
    put(doc, off[_i].pointer, NULL);
    struct run absent = run_document(doc, 1);
    for (size_t p = 0; p < absent.res->policy_n; p++) {
        ck_assert_uint_ne(on.res->signatures[p], absent.res->signatures[p]); /* it does something */
        ck_assert_uint_eq(neutral.res->signatures[p], absent.res->signatures[p]);
        /* but for the three metrics that are not there without the mechanism */
        const char *which;
        size_t differ = differing_rows(neutral.res, p, absent.res, p, -1, &which);
        size_t expected = strcmp(off[_i].pointer, "/behavior/anger") == 0 ? 3 : 0;
        ck_assert_msg(differ == expected, "%s: %zu rows differ, %s among them", off[_i].pointer,
                      differ, which ? which : "");
    }
    run_free(&on);
    run_free(&neutral);
    run_free(&absent);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(promises_that_are_never_made_are_off)
{
    /* The only mechanism without neutral values: used by nobody, it must not be felt. */
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/policies", "{'late': {'kind': 'none'}}");
    struct run with = run_document(doc, 2);
    put(doc, "/promises/callback", NULL);
    struct run without = run_document(doc, 2);
    ck_assert_uint_eq(with.res->signature, without.res->signature);
    ck_assert_same_numbers(with.res, 0, without.res, 0, -1);
    run_free(&with);
    run_free(&without);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(every_mechanism_is_in_the_list_of_those_that_can_be_off)
{
    ck_assert_uint_eq(ccs_mechanism_n, OFF_N + 1); /* and promises, above */
}
END_TEST

START_TEST(with_everything_off_customers_who_remember_nothing_change_nothing)
{
    /* Anonymous callers become customers of one issue as soon as any mechanism is on. */
    cJSON *doc = read_document(QUEUE);
    struct run plain = run_document(doc, 2);
    put(doc, "/behavior", "{'voicing': {'probability': 1}, 'leaving': {}}");
    struct run kept = run_document(doc, 2);
    ck_assert_uint_eq(plain.res->signature, kept.res->signature);
    ck_assert_same_numbers(plain.res, 0, kept.res, 0, -1);
    run_free(&plain);
    run_free(&kept);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_same_results(void)
{
    Suite *suite = suite_create("same_results");
    TCase *matter = tcase_create("what must not matter");
    tcase_add_loop_test(matter, the_number_of_threads_changes_no_bit, 0, 2);
    tcase_add_test(matter, replication_k_is_the_same_however_many_there_are);
    tcase_add_test(matter, the_same_seed_repeats_and_another_does_not);
    tcase_add_loop_test(matter, the_order_of_keys_teams_and_policies_in_the_file_does_not_matter, 0,
                        2);
    tcase_add_test(matter,
                   a_new_name_for_a_team_changes_no_arrival_and_in_a_plain_queue_nothing_at_all);
    tcase_add_test(matter, a_new_name_for_an_issue_type_draws_other_issues);
    tcase_add_test(matter, two_pooled_teams_are_one_team);
    tcase_add_test(matter, a_load_split_into_two_alike_types_waits_as_long);
    suite_add_tcase(suite, matter);
    TCase *stopping = tcase_create("stopping");
    tcase_add_test(stopping, a_run_that_is_stopped_keeps_what_is_finished);
    tcase_add_test(stopping, a_run_without_memory_says_so_and_leaves_nothing_behind);
    suite_add_tcase(suite, stopping);
    TCase *is_off = tcase_create("off is off");
    tcase_add_loop_test(is_off, off_is_off, 0, (int)OFF_N);
    tcase_add_test(is_off, promises_that_are_never_made_are_off);
    tcase_add_test(is_off, every_mechanism_is_in_the_list_of_those_that_can_be_off);
    tcase_add_test(is_off, with_everything_off_customers_who_remember_nothing_change_nothing);
    suite_add_tcase(suite, is_off);
    return suite;
}
