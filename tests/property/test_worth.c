/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers are worth by tenure and kind: the curve against numerical integration, leavers
 * against the hazard of their bands, and the identity of values in whole runs. */
#include "closed_forms.h"

#include "world/case/customer.h"
#include "world/case/worth.h"

Suite *suite_worth(void);

/* ---- the curve ---- */

/* New customers leave often and bring most; those of three years and more stay. */
static struct ccs_tenure_curve two_bands(struct ccs_tenure_piece piece[2], double hazard,
                                         double discount)
{
    piece[0] =
        (struct ccs_tenure_piece){.to = 3, .hazard_per_year = hazard, .margin_per_year = 132};
    piece[1] =
        (struct ccs_tenure_piece){.to = INFINITY, .hazard_per_year = 0.15, .margin_per_year = 96};
    struct ccs_tenure_curve curve = {.n = 2, .piece = piece, .discount_per_year = discount};
    ccs_tenure_curve_set_values(&curve);
    return curve;
}

/* Simpson's rule over [a, b], whose integrand has no step inside. */
static double integral(double (*f)(const struct ccs_tenure_curve *, double, double),
                       const struct ccs_tenure_curve *curve, double from, double a, double b)
{
    enum {
        N = 4000
    };
    double h = (b - a) / N;
    double sum = 0.0;
    for (int i = 0; i <= N; i++) {
        sum += (i == 0 || i == N ? 1 : i % 2 == 1 ? 4 : 2) * f(curve, from, a + i * h);
    }
    return sum * h / 3;
}

/* Below, `x` is the time since the customer had the tenure `from`. At a step the value inside the
 * stretch that is integrated is meant: stretches end just before it. */
static bool is_new(double tenure)
{
    return tenure < 3;
}

static double discounted_margin(const struct ccs_tenure_curve *curve, double from, double x)
{
    return curve->piece[is_new(from + x) ? 0 : 1].margin_per_year *
           exp(-curve->discount_per_year * x);
}

static double expected_margin(const struct ccs_tenure_curve *curve, double from, double x)
{
    double young = is_new(from) ? 3 - from : 0;
    double h0 = curve->piece[0].hazard_per_year;
    double h1 = curve->piece[1].hazard_per_year;
    double hazard = x < young ? h0 * x : h0 * young + h1 * (x - young);
    return exp(-hazard) * discounted_margin(curve, from, x);
}

static double hazard_of_value(const struct ccs_tenure_curve *curve, double from, double x)
{
    return curve->piece[is_new(from + x) ? 0 : 1].hazard_per_year *
           ccs_tenure_value(curve, from + x) * exp(-curve->discount_per_year * x);
}

static double integral_over_bands(double (*f)(const struct ccs_tenure_curve *, double, double),
                                  const struct ccs_tenure_curve *curve, double from, double years)
{
    double step = 3 - from;
    if (step <= 0 || step >= years) {
        return integral(f, curve, from, 0, years);
    }
    return integral(f, curve, from, 0, step * (1 - 1e-14)) + integral(f, curve, from, step, years);
}

static const double hazards[] = {0.45, 0, 1e-9, 30};
static const double discounts[] = {0.08, 0};

START_TEST(the_value_is_the_discounted_margin_that_is_still_to_be_expected)
{
    struct ccs_tenure_piece piece[2];
    struct ccs_tenure_curve curve = two_bands(piece, hazards[_i / 2], discounts[_i % 2]);
    for (double tenure = 0; tenure < 5; tenure += 0.7) {
        double want = integral_over_bands(expected_margin, &curve, tenure, 300);
        ck_assert_double_eq_tol(ccs_tenure_value(&curve, tenure), want, 1e-4 * want);
    }
    ck_assert_double_eq_tol(ccs_tenure_value(&curve, 3), 96 / (0.15 + discounts[_i % 2]), 1e-12);
}
END_TEST

START_TEST(a_value_that_is_far_away_keeps_its_digits)
{
    struct ccs_tenure_piece piece[] = {
        {.to = 30, .hazard_per_year = 1},
        {.to = INFINITY, .hazard_per_year = 0.5, .margin_per_year = 2},
    };
    struct ccs_tenure_curve curve = {.n = 2, .piece = piece};
    ccs_tenure_curve_set_values(&curve);
    ck_assert_double_eq_tol(ccs_tenure_value(&curve, 0) / (4 * exp(-30)), 1, 1e-14);
    ck_assert_double_eq_tol((4 - ccs_tenure_value(&curve, 30 - 0x1p-40)) / 0x1p-38, 1, 1e-3);
}
END_TEST

START_TEST(sums_along_the_curve_are_integrals_over_time)
{
    struct ccs_tenure_piece piece[2];
    struct ccs_tenure_curve curve = two_bands(piece, hazards[_i / 2], discounts[_i % 2]);
    for (double from = 0.5; from < 5; from += 1.1) {
        for (double years = 0.02; years < 4; years *= 3) {
            double to = from + years;
            double t0 = exp(-curve.discount_per_year * 0.4); /* all of it begins 0.4 years on */
            double margin = integral_over_bands(discounted_margin, &curve, from, years);
            ck_assert_double_eq_tol(ccs_tenure_margin_pv(&curve, from, to, 0.4), t0 * margin,
                                    1e-9 * margin);
            double lost = integral_over_bands(hazard_of_value, &curve, from, years);
            double value = ccs_tenure_value(&curve, from);
            ck_assert_double_eq_tol(ccs_tenure_hazard_value(&curve, from, to, 0.4), t0 * lost,
                                    1e-9 * (lost + value));
            /* what a customer who stays has brought makes up for the change in value */
            double kept = ccs_tenure_value(&curve, to) * exp(-curve.discount_per_year * years);
            ck_assert_double_eq_tol(margin + kept - value, lost, 1e-9 * (lost + value));
        }
    }
    ck_assert_double_eq_tol(ccs_tenure_margin(&curve, 2, 5), 132 + 2 * 96, 1e-12);
    ck_assert_double_eq_tol(ccs_tenure_hazard(&curve, 2, 5), hazards[_i / 2] + 2 * 0.15, 1e-12);
}
END_TEST

START_TEST(the_wait_undoes_the_hazard)
{
    struct ccs_tenure_piece piece[2];
    struct ccs_tenure_curve curve = two_bands(piece, hazards[_i / 2], 0);
    for (double from = -1; from < 5; from += 0.6) {
        for (double hazard = 0.01; hazard < 100; hazard *= 3) {
            double wait = ccs_tenure_wait(&curve, from, hazard);
            ck_assert_double_eq_tol(ccs_tenure_hazard(&curve, from, from + wait), hazard,
                                    1e-12 * (1 + hazard) + 1e-13 * hazards[_i / 2]);
        }
    }
    piece[1].hazard_per_year = 0;
    ck_assert(isinf(ccs_tenure_wait(&curve, 4, 0.1)));
    ck_assert(isinf(ccs_tenure_wait(&curve, 2, hazards[_i / 2] + 0.1)));
}
END_TEST

/* ---- leaving ---- */

START_TEST(leavers_follow_the_hazard_of_the_band_they_are_in)
{
    /* Everybody passes from one band to the next a month after t0. */
    cJSON *doc = simple();
    put(doc, "/segments/all",
        "{'population': 20000, 'margin_per_month': 10, 'churn_hazard_per_year': 9, 'tenure': "
        "'35 months', 'by_tenure': {'old': {'from': '3 years', 'churn_hazard_per_year': 0.4}, "
        "'new': {'churn_hazard_per_year': 2}}}");
    put(doc, "/behavior/leaving", "{'issue_ended': 0.2}");
    struct run run = run_document(doc, 3);
    double t = 56 / 365.25;
    double month = 1 / 12.0;
    double moments = 2 * 0.2; /* a year */
    double stayed = exp(-2 * month - 0.4 * (t - month) - moments * t);
    double leavers = num(&run, "churn_rate_per_year");
    assert_share("stayed", 60000 - leavers, 60000, stayed);
    double young = (1 - exp(-(2 + moments) * month)) / (2 + moments);
    double old =
        exp(-(2 + moments) * month) * (1 - exp(-(0.4 + moments) * (t - month))) / (0.4 + moments);
    ck_assert_z("years", den(&run, "churn_rate_per_year"), 60000 * (young + old),
                t / 2 * sqrt(60000));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(who_leaves_takes_the_value_at_that_tenure)
{
    /* Whoever leaves in the first year takes 12 x 10 / 2 and a bit more with them. */
    cJSON *doc = simple();
    put(doc, "/segments/all",
        "{'population': 20000, 'margin_per_month': 10, 'churn_hazard_per_year': 2, 'tenure': "
        "'20 years', 'by_tenure': {'new': {'churn_hazard_per_year': 1}, "
        "'old': {'from': '10 years'}}}");
    struct run run = run_document(doc, 1);
    double leavers = num(&run, "churn_rate_per_year");
    ck_assert_double_eq_tol(num(&run, "lifetime_value_lost"), leavers * 60, 1e-6 * leavers);
    run_free(&run);
    put(doc, "/segments/all/tenure", "'0 s'");
    run = run_document(doc, 1);
    leavers = num(&run, "churn_rate_per_year");
    /* 10 years at hazard 1: all but e^-10 of the way to 120 */
    ck_assert_double_eq_tol(num(&run, "lifetime_value_lost"), leavers * (120 - 60 * exp(-9.9)),
                            2e-3 * leavers);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- whole runs ---- */

#define BANDS                                                                                      \
    "{'new': {'churn_hazard_per_year': 2.5, 'margin_per_month': 6}, "                              \
    "'second': {'from': '6 months', 'churn_hazard_per_year': 0}, "                                 \
    "'third': {'from': '9 months', 'margin_per_month': 0}, 'old': {'from': '3 years'}}"

/* From hours to far beyond any life. */
#define EXTREME "{'dist': 'weibull', 'mean': '100000 years', 'cv': 50}"

/* Every mechanism, and customers who differ in tenure and kind. */
static cJSON *all_kinds(const char *discount)
{
    cJSON *doc = read_document("tests/data/everything.json");
    put(doc, "/run/discount_rate_per_year", discount);
    put(doc, "/segments/fickle/by_tenure", BANDS);
    put(doc, "/segments/fickle/opportunists",
        "{'share': 0.3, 'justified_probability': 0.2, 'churn_hazard_per_year': 1.7}");
    put(doc, "/segments/loyal/opportunists",
        "{'share': 0.2, 'margin_per_month': 3, 'amount_factor': 1.5}");
    return doc;
}

START_TEST(margins_and_values_balance_where_customers_differ)
{
    cJSON *doc = all_kinds(_i == 0 ? "0.1" : "0");
    if (_i == 2) {
        put(doc, "/segments/fickle/tenure", EXTREME);
    }
    struct run run = run_document(doc, 3); /* asserts that it does, per replication */
    for (size_t p = 0; p < run.res->policy_n; p++) {
        ck_assert_double_gt(total_of(run.res, run.res->num, p, "churn_rate_per_year"), 50);
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_wrong_value_or_margin_of_customers_who_differ_is_noticed)
{
    cJSON *doc = all_kinds("0.1");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, "late"), 7, 0);
    world_live(&lone, model_of(sc, "late"));
    struct ccs_churn *churn = lone.w->measure.churn.data;
    double *const numbers[] = {&churn[0].margin_pv, &churn[0].value_end, &churn[0].value_start,
                               &churn[0].value_lost, &churn[0].hazard_value_pv};
    struct ccs_balance balance;
    ccs_balance_check(lone.w, &balance);
    ck_assert(balance.is_ok);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        double right = *numbers[i];
        *numbers[i] *= 1.00001;
        ccs_balance_check(lone.w, &balance);
        ck_assert(!balance.is_ok);
        *numbers[i] = right;
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_value_of_a_population_is_that_of_its_customers)
{
    cJSON *doc = all_kinds("0.1");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, "late"), 7, 0);
    world_begin(&lone, model_of(sc, "late"));
    world_run(&lone, lone.w->horizon / 2);
    double sum[2] = {0};
    for (uint32_t i = 0; i < 800; i++) { /* fickle, then loyal */
        sum[i >= 300] += ccs_customer_at(lone.w, i)->is_gone ? 0 : ccs_customer_value(lone.w, i);
    }
    for (uint16_t s = 0; s < 2; s++) {
        ck_assert_double_gt(sum[s], 0);
        ck_assert_double_eq_tol(ccs_population_value(lone.w, s), sum[s], 1e-9 * sum[s]);
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* ---- what changes nothing ---- */

static void assert_same_runs(const cJSON *a, const cJSON *b)
{
    struct run one = run_document(a, 2);
    struct run other = run_document(b, 2);
    for (size_t p = 0; p < one.res->policy_n; p++) {
        ck_assert_same_numbers(one.res, p, other.res, p, -1);
    }
    run_free(&one);
    run_free(&other);
}

START_TEST(bands_that_say_what_the_segment_says_change_no_bit)
{
    static const char *const bands[] = {
        "{'a': {}, 'b': {'from': '6 months'}}",
        "{'a': {'from': '1 year', 'churn_hazard_per_year': 1.1}, "
        "'b': {'from': '3 months', 'margin_per_month': 30}}",
    };
    cJSON *plain = read_document("tests/data/everything.json");
    cJSON *doc = read_document("tests/data/everything.json");
    put(doc, "/segments/fickle/by_tenure", bands[_i]);
    assert_same_runs(plain, doc);
    cJSON_Delete(plain);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(opportunists_of_whom_there_are_none_change_no_bit)
{
    cJSON *plain = read_document("tests/data/everything.json");
    cJSON *doc = read_document("tests/data/everything.json");
    put(doc, "/segments/fickle/opportunists",
        "{'share': 0, 'margin_per_month': 1, 'churn_hazard_per_year': 9, 'amount_factor': 3}");
    assert_same_runs(plain, doc);
    cJSON_Delete(plain);
    cJSON_Delete(doc);
}
END_TEST

/* Leavers and contacts are the same; sums of values are, up to rounding. */
static void assert_nearly_same_runs(const cJSON *a, const cJSON *b)
{
    static const char *const metrics[] = {"churn_rate_per_year", "contacts_offered",
                                          "net_value_per_customer", "lifetime_value_lost"};
    struct run one = run_document(a, 2);
    struct run other = run_document(b, 2);
    for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
        double want = num(&one, metrics[i]);
        ck_assert_double_ne(want, 0);
        ck_assert_double_eq_tol(num(&other, metrics[i]), want, 1e-9 * fabs(want));
    }
    run_free(&one);
    run_free(&other);
}

static cJSON *worth_something(void)
{
    cJSON *doc = simple();
    put(doc, "/run/discount_rate_per_year", "0.1");
    put(doc, "/segments/all/margin_per_month", "10");
    put(doc, "/segments/all/churn_hazard_per_year", "1");
    put(doc, "/behavior/leaving", "{'issue_ended': 0.05}");
    return doc;
}

START_TEST(opportunists_who_differ_in_nothing_change_numbers_only_by_rounding)
{
    cJSON *plain = worth_something();
    cJSON *doc = worth_something();
    put(doc, "/segments/all/opportunists", "{'share': 0.5, 'justified_probability': 1}");
    assert_nearly_same_runs(plain, doc);
    cJSON_Delete(plain);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_segment_of_opportunists_is_a_segment_with_their_values)
{
    cJSON *plain = worth_something();
    cJSON *doc = worth_something();
    put(plain, "/issue_types/refund/amount", "75");
    put(plain, "/issue_types/refund/justified_probability", "0.25");
    put(doc, "/segments/all/margin_per_month", "4");
    put(doc, "/segments/all/churn_hazard_per_year", "5");
    put(doc, "/segments/all/by_tenure",
        "{'new': {'churn_hazard_per_year': 7}, "
        "'old': {'from': '2 weeks', 'margin_per_month': 3}}");
    put(doc, "/segments/all/opportunists",
        "{'share': 1, 'margin_per_month': 10, 'churn_hazard_per_year': 1, 'amount_factor': 1.5, "
        "'justified_probability': 0.25}");
    assert_nearly_same_runs(plain, doc);
    cJSON_Delete(plain);
    cJSON_Delete(doc);
}
END_TEST

/* ---- opportunists ---- */

START_TEST(opportunists_claim_without_right_and_more)
{
    cJSON *doc = simple();
    put(doc, "/segments/all/opportunists",
        "{'share': 0.1, 'justified_probability': 0.2, 'amount_factor': 2}");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    double wrong = slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "concessions_unjustified") / 100;
    /* customers have 0.3 issues each: those of one are all an opportunist's, or none is */
    ck_assert_z("unjustified", wrong, 0.08 * n, sqrt(n * 0.08 * 0.92 * 1.3));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(anonymous_callers_are_no_opportunists)
{
    cJSON *doc = simple();
    put(doc, "/segments/all/opportunists", "{'share': 1}");
    put(doc, "/issue_types/refund/rate_per_customer_year", NULL);
    put(doc, "/issue_types/refund/volume", "{'rate_per_h': 5}");
    struct run run = run_document(doc, 1);
    ck_assert_double_gt(num(&run, "concession_cost"), 0);
    ck_assert_double_eq(slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "concessions_unjustified"),
                        0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_population_at_t0_is_the_stated_one_after_any_warm_up)
{
    /* New customers and opportunists leave soon; whoever takes their place is like them. */
    double tenure[2] = {0};
    int opportunists[2] = {0};
    for (int k = 0; k < 2; k++) {
        cJSON *doc = simple();
        put(doc, "/run/warmup", k == 0 ? "'0 s'" : "'26 weeks'");
        put(doc, "/segments/all",
            "{'population': 20000, 'tenure': {'dist': 'exponential', 'mean': '2 years'}, "
            "'churn_hazard_per_year': 0.1, 'by_tenure': {'new': {'churn_hazard_per_year': 3}, "
            "'old': {'from': '1 year'}}, "
            "'opportunists': {'share': 0.3, 'churn_hazard_per_year': 5}}");
        struct ccs_scenario *sc = scenario_from(doc);
        struct lone_world lone;
        world_warm_up(&lone, model_of(sc, NULL), 3, 0);
        world_begin(&lone, model_of(sc, NULL));
        for (uint32_t i = 0; i < 20000; i++) {
            tenure[k] += ccs_customer_tenure_at(lone.w, i, 0);
            opportunists[k] += ccs_customer_at(lone.w, i)->is_opportunist;
        }
        world_finish(&lone);
        ccs_scenario_destroy(sc);
        cJSON_Delete(doc);
    }
    ck_assert_double_eq(tenure[0], tenure[1]);
    ck_assert_int_eq(opportunists[0], opportunists[1]);
    assert_share("opportunists", opportunists[0], 20000, 0.3);
    ck_assert_z("tenure", tenure[0], 2 * 20000, 2 * sqrt(20000));
}
END_TEST

Suite *suite_worth(void)
{
    Suite *suite = suite_create("worth");
    TCase *curve = tcase_create("curve");
    tcase_add_loop_test(curve, the_value_is_the_discounted_margin_that_is_still_to_be_expected, 0,
                        8);
    tcase_add_test(curve, a_value_that_is_far_away_keeps_its_digits);
    tcase_add_loop_test(curve, sums_along_the_curve_are_integrals_over_time, 0, 8);
    tcase_add_loop_test(curve, the_wait_undoes_the_hazard, 0, 8);
    suite_add_tcase(suite, curve);
    TCase *leaving = tcase_create("leaving");
    tcase_add_test(leaving, leavers_follow_the_hazard_of_the_band_they_are_in);
    tcase_add_test(leaving, who_leaves_takes_the_value_at_that_tenure);
    suite_add_tcase(suite, leaving);
    TCase *runs = tcase_create("runs");
    tcase_add_loop_test(runs, margins_and_values_balance_where_customers_differ, 0, 3);
    tcase_add_test(runs, a_wrong_value_or_margin_of_customers_who_differ_is_noticed);
    tcase_add_test(runs, the_value_of_a_population_is_that_of_its_customers);
    suite_add_tcase(suite, runs);
    TCase *nothing = tcase_create("nothing");
    tcase_add_loop_test(nothing, bands_that_say_what_the_segment_says_change_no_bit, 0, 2);
    tcase_add_test(nothing, opportunists_of_whom_there_are_none_change_no_bit);
    tcase_add_test(nothing, opportunists_who_differ_in_nothing_change_numbers_only_by_rounding);
    tcase_add_test(nothing, a_segment_of_opportunists_is_a_segment_with_their_values);
    suite_add_tcase(suite, nothing);
    TCase *opportunists = tcase_create("opportunists");
    tcase_add_test(opportunists, opportunists_claim_without_right_and_more);
    tcase_add_test(opportunists, anonymous_callers_are_no_opportunists);
    tcase_add_test(opportunists, the_population_at_t0_is_the_stated_one_after_any_warm_up);
    suite_add_tcase(suite, opportunists);
    return suite;
}
