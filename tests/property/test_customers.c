/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers against closed forms: issues arise, are voiced and come back; who leaves; anger. */
#include "closed_forms.h"

#include "behavior/odds.h"
#include "world/hooks.h"

Suite *suite_customers(void);

/* ---- voicing and arrivals ---- */

START_TEST(issues_are_voiced_with_their_probability_and_arise_at_their_rate)
{
    cJSON *doc = simple();
    put(doc, "/behavior/voicing", "{'probability': {'refund': 0.35}}");
    put(doc, "/issue_types/refund/profile",
        "{'interval': '1 h', 'per_day': 10, 'from': '8 h', 'days': 'weekdays', 'repeat': 'all', "
        "'values': [1, 2, 3, 4, 5, 5, 4, 3, 2, 1]}");
    struct run run = run_document(doc, 3);
    double issues = den(&run, "unvoiced_share");
    /* eight whole weeks: a profile only moves issues about, it does not make or lose any */
    double mean = 3 * 20000 * 2 * 56 / 365.25;
    ck_assert_z("issues", issues, mean, sqrt(mean));
    assert_share("voiced", den(&run, "contacts_per_issue"), issues, 0.35);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(customers_are_drawn_evenly_and_first_channels_by_their_weights)
{
    cJSON *doc = simple();
    put(doc, "/channels", "{'phone': {}, 'chat': {'kind': 'chat'}, 'form': {'kind': 'form'}}");
    put(doc, "/issue_types/refund/channel_mix", "{'phone': 5, 'chat': 2, 'form': 1}");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    static const char *const names[] = {"phone", "chat", "form"};
    static const double share[] = {0.625, 0.25, 0.125};
    for (int c = 0; c < 3; c++) {
        assert_share(names[c], slice_sum(&run, "contacts_offered", CCS_SLICE_CHANNEL, names[c]), n,
                     share[c]);
    }
    run_free(&run);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 2, 0);
    world_live(&lone, model_of(sc, NULL));
    double by_quarter[4] = {0};
    double all = 0;
    for (uint32_t i = 0; i < 20000; i++) {
        uint16_t handled = ccs_customer_at(lone.w, i)->handled;
        by_quarter[i / 5000] += handled;
        all += handled;
    }
    for (int q = 0; q < 4; q++) {
        assert_share("a quarter of the customers", by_quarter[q], all, 0.25);
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_day_factor_spreads_daily_counts_by_its_cv)
{
    /* Var(N) of a day = m + (m cv)^2; 60 days of 4 replications, each count nearly normal: the
     * standard error of a variance of k counts is about its value x sqrt(2 / k) (gamma: a bit
     * more); |z| <= 4 leaves room for that. */
    cJSON *doc = simple();
    put(doc, "/run/horizon", "'60 days'");
    put(doc, "/run/period", "'1 days'");
    put(doc, "/issue_types/refund/day_factor_cv", "0.3");
    put(doc, "/issue_types/refund/rate_per_customer_year", NULL);
    put(doc, "/issue_types/refund/volume", "{'rate_per_h': 20}");
    struct run run = run_document(doc, 4);
    double sum = 0;
    double square = 0;
    size_t days = 0;
    for (size_t i = 0; i < run.res->row_n; i++) {
        if (run.res->rows[i].slice == CCS_SLICE_PERIOD &&
            strcmp(run.res->rows[i].metric->name, "contacts_offered") == 0) {
            for (size_t r = 0; r < 4; r++, days++) {
                double x = run.res->num[i * 4 + r];
                sum += x;
                square += x * x;
            }
        }
    }
    ck_assert_uint_eq(days, 240);
    double k = (double)days;
    double variance = (square - sum * sum / k) / (k - 1);
    double want = 480 + 480 * 480 * 0.09;
    ck_assert_z("mean", sum / k, 480, sqrt(want / k));
    ck_assert_z("variance", variance, want, want * sqrt(2.5 / k));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- contacts ---- */

START_TEST(false_closures_make_geometric_contacts)
{
    static const double p[] = {0.1, 0.3, 0.6};
    cJSON *doc = simple();
    putf(doc, "/promises/false_closure", "{'probability': %g, 'discovery_delay': '1 h'}", p[_i]);
    put(doc, "/behavior/recontact", "{'after_false_closure': 1, 'delay': '1 h'}");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    /* var of a geometric number of contacts: p / (1 - p)^2 */
    ck_assert_z("contacts", num(&run, "contacts_per_issue"), n / (1 - p[_i]),
                sqrt(n * p[_i]) / (1 - p[_i]));
    assert_share("resolved at once", num(&run, "first_contact_resolution"), n, 1 - p[_i]);
    ck_assert_double_eq(num(&run, "false_closures_per_issue"), num(&run, "contacts_per_issue") - n);
    /* each return costs an hour until it is found out and one until the call */
    ck_assert_double_eq_tol(num(&run, "resolution_time"),
                            n * 300 + (num(&run, "contacts_per_issue") - n) * 7500, 1e-3);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(who_is_always_refused_comes_back_geometrically_and_then_gives_up)
{
    cJSON *doc = stubborn();
    put(doc, "/behavior/recontact", "{'after_refusal': 0.75, 'delay': '1 h'}");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "given_up_share"), n);
    ck_assert_double_eq(num(&run, "refusals_per_issue"), num(&run, "contacts_per_issue"));
    ck_assert_z("contacts", num(&run, "contacts_per_issue"), 4 * n, sqrt(12 * n));
    ck_assert_double_eq(num(&run, "justified_unpaid"), 50 * n);
    ck_assert_double_eq(num(&run, "concession_cost"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/*
 * The absorbing chain of CHURN-01: per contact resolved with .70; else the customer leaves at once
 * with .06; else tries again with .80 or gives up with .20; leaves after resolution with .01, after
 * giving up with .25. Own algebra: N is geometric with 1 - (1 - .7)(1 - .06)(.8).
 * Here one event is one moment, and giving up comes before a failed contact: the two chances of
 * whoever gives up are one, 1 - (1 - .06)(1 - .25).
 */
START_TEST(the_chain_of_contacts_and_churn_is_absorbed_as_computed)
{
    cJSON *doc = stubborn();
    put(doc, "/run/horizon", "'26 weeks'");
    put(doc, "/issue_types/refund/rate_per_customer_year", "0.5"); /* hardly two at a time */
    put(doc, "/policies/p/discretion", "[0.7]");
    put(doc, "/behavior/recontact", "{'after_refusal': 0.8, 'delay': '1 min'}");
    putf(doc, "/behavior/leaving",
         "{'given_up': %.17g, 'issue_ended': 0.01, 'failed_contact': 0.06}", 1 - 0.94 * 0.75);
    struct run run = run_document(doc, 4);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_gt(n, 15000);
    ck_assert_z("contacts", num(&run, "contacts_per_issue"), n * 1.2913223140495869,
                sqrt(n * 0.3761910047127929));
    assert_share("resolved", num(&run, "resolved_share"), n, 0.9039256198347108);
    assert_share("left", num(&run, "churn_rate_per_year"), n, 0.050490702479338845);
    assert_share("resolved by the first contact", num(&run, "first_contact_resolution"), n, 0.7);
    /* gave up: .3 x .2 per contact, whether leaving for it or not */
    assert_share("given up", num(&run, "given_up_share"), n, 1.2913223140495869 * 0.06);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(redials_after_a_busy_signal_are_geometric)
{
    /* One line that is never free: every issue holds it for longer than the run. */
    cJSON *doc = simple();
    put(doc, "/channels/phone", "{'lines': 1, 'redial_probability': 0.6, 'redial_delay': '1 min'}");
    put(doc, "/issue_types/refund/talk", "'2 years'");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue") - 2; /* but for the one on the line */
    ck_assert_double_eq(num(&run, "contacts_offered"), 2);
    ck_assert_z("blocked", num(&run, "blocking_rate"), n / 0.4, sqrt(n * 0.6) / 0.4);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- leaving ---- */

START_TEST(a_silent_problem_drives_away_with_exactly_its_probability)
{
    cJSON *doc = simple();
    put(doc, "/behavior/voicing", "{'probability': 0}");
    put(doc, "/behavior/leaving", "{'silent_issue': 0.1}");
    struct run run = run_document(doc, 3);
    double issues = den(&run, "unvoiced_share");
    double leavers = num(&run, "churn_rate_per_year");
    ck_assert_double_eq(num(&run, "unvoiced_share"), issues);
    ck_assert_double_eq(num(&run, "contacts_offered"), 0);
    assert_share("per moment", leavers, issues, 0.1);
    /* per customer: K ~ Poisson(r T) moments, E (1 - p)^K = e^(-r T p) */
    double left = 1 - exp(-2 * 8 * 7 / 365.25 * 0.1);
    assert_share("per customer", leavers, 3 * 20000, left);
    ck_assert_double_eq(num(&run, "churn_silent_share"), leavers);
    ck_assert_double_eq(num(&run, "churn_complained_share"), 0); /* they never said a word */
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_baseline_hazard_alone_leaves_exponentially)
{
    cJSON *doc = simple();
    put(doc, "/segments/all/churn_hazard_per_year", "1.5");
    put(doc, "/segments/all/margin_per_month", "10");
    struct run run = run_document(doc, 3);
    double t = 8 * 7 / 365.25;
    double leavers = num(&run, "churn_rate_per_year");
    assert_share("leavers", leavers, 3 * 20000, 1 - exp(-1.5 * t));
    /* customer-years: integral of e^(-ht); the variance per customer is below t^2 / 4 */
    ck_assert_z("years", den(&run, "churn_rate_per_year"), 60000 * (1 - exp(-1.5 * t)) / 1.5,
                t / 2 * sqrt(60000));
    /* V = 12 m / h, lost with every leaver, nothing discounted */
    ck_assert_double_eq_tol(num(&run, "lifetime_value_lost"), leavers * 120 / 1.5, 1e-6 * leavers);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(moments_and_hazard_compete_and_do_not_disturb_each_other)
{
    /* Independent risks: survival is e^(-hT) x e^(-rTp). */
    cJSON *doc = simple();
    put(doc, "/segments/all/churn_hazard_per_year", "1");
    put(doc, "/behavior/leaving", "{'issue_ended': 0.2}");
    put(doc, "/issue_types/refund/talk", "'1 s'");
    struct run run = run_document(doc, 3);
    double t = 8 * 7 / 365.25;
    assert_share("stayed", 60000 - num(&run, "churn_rate_per_year"), 60000,
                 exp(-t) * exp(-2 * t * 0.2));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_higher_burden_never_keeps_anybody)
{
    /* Coupling: everybody who leaves at a lower probability leaves at the higher one as well. */
    static const char *const low[] = {"{'issue_ended': 0.02}", "{'issue_ended': 0.05}"};
    static bool is_gone[2][20000];
    for (int k = 0; k < 2; k++) {
        cJSON *doc = simple();
        put(doc, "/behavior/leaving", low[k]);
        put(doc, "/segments/all/churn_hazard_per_year", "0.3");
        struct ccs_scenario *sc = scenario_from(doc);
        struct lone_world lone;
        world_warm_up(&lone, model_of(sc, NULL), 4, 0);
        world_begin(&lone, model_of(sc, NULL));
        world_run(&lone, lone.w->horizon);
        for (uint32_t i = 0; i < 20000; i++) {
            is_gone[k][i] = ccs_customer_at(lone.w, i)->is_gone;
        }
        world_finish(&lone);
        ccs_scenario_destroy(sc);
        cJSON_Delete(doc);
    }
    int more = 0;
    for (int i = 0; i < 20000; i++) {
        MUST(!is_gone[0][i] || is_gone[1][i]);
        more += is_gone[1][i] && !is_gone[0][i];
    }
    ck_assert_int_gt(more, 50);
}
END_TEST

START_TEST(anger_shifts_the_odds_of_leaving)
{
    ck_assert_double_eq(ccs_odds_shift(0.2, 0), 0.2);
    ck_assert_double_eq(ccs_odds_shift(0, 5), 0);
    ck_assert_double_eq(ccs_odds_shift(1, -5), 1);
    /* odds 1/4 times 3 */
    ck_assert_double_eq_tol(ccs_odds_shift(0.2, log(3)), 3.0 / 7, 1e-15);
    ck_assert_double_eq_tol(ccs_odds_shift(3.0 / 7, -log(3)), 0.2, 1e-15);
    ck_assert_double_eq_tol(ccs_odds_shift(0.5, 800), 1, 1e-15);
    ck_assert_double_eq_tol(ccs_odds_shift(0.5, -800), 0, 1e-15);
    /* in a run: everybody is refused once (anger 1) and gives up: odds 1/9 times e */
    cJSON *doc = stubborn();
    put(doc, "/issue_types/refund/rate_per_customer_year", "0.3"); /* few are refused twice ... */
    put(doc, "/behavior/anger",
        "{'half_life': '60 s', 'weight_refusal': 1}"); /* ... and those have forgotten */
    put(doc, "/behavior/leaving", "{'given_up': 0.1, 'anger_logit': 1}");
    struct run run = run_document(doc, 3);
    assert_share("left", num(&run, "churn_rate_per_year"), num(&run, "given_up_share"),
                 ccs_odds_shift(0.1, 1));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_desk_saves_exactly_its_probability_and_pays_for_it)
{
    cJSON *doc = stubborn();
    /* before `front` in the alphabet: it would get every call if it served any other */
    put(doc, "/teams/desk", "{'agents': 10000}");
    put(doc, "/issue_types/refund/justified_probability", "0.3");
    put(doc, "/behavior/retention",
        "{'team': 'desk', 'talk': '10 min', 'threat_probability': 0.25, 'delay': '1 h', "
        "'save_probability': 0.6, 'offer_cost': 35}");
    struct run run = run_document(doc, 3);
    double issues = den(&run, "contacts_per_issue");
    double desk = num(&run, "cancellations_per_customer");
    double saves = num(&run, "saved_share");
    assert_share("threats", desk, issues, 0.25);
    assert_share("saves", saves, desk, 0.6);
    ck_assert_double_eq(num(&run, "churn_rate_per_year"), desk - saves);
    ck_assert_double_eq(num(&run, "churn_silent_share"), 0); /* all of them have said so */
    ck_assert_double_eq_tol(slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "retention_offers"),
                            35 * saves, 1e-6);
    /* the desk also settles; those it cannot keep, and those who did not threaten, go unpaid */
    /* (those of the last hour are saved after T: the issue counts, the contact does not) */
    double paid = num(&run, "claims_justified_paid") + num(&run, "claims_unjustified_paid");
    double late = paid - saves;
    ck_assert(late >= 0 && late <= 10);
    ck_assert_double_eq_tol(num(&run, "concession_cost"), 50 * saves, 1e-6);
    ck_assert_double_eq_tol(cause_hours(&run, "cancellation"), desk / 6, 1e-9 * desk);
    ck_assert_double_eq_tol(slice_sum(&run, "handle_hours", CCS_SLICE_TEAM, "desk"), desk / 6,
                            1e-9 * desk);
    ck_assert_double_eq(den(&run, "avoidable_saves_share"), saves);
    assert_share("avoidable", num(&run, "avoidable_saves_share"), saves, 0.3);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- anger ---- */

/* A world with one issue under way, for calling hooks by hand. */
static struct ccs_issue *first_issue(struct lone_world *lone, const struct ccs_model *model)
{
    world_warm_up(lone, model, 1, 0);
    world_begin(lone, model);
    while (lone->w->measure.conserved.issues_born == lone->w->measure.conserved.issues_ended) {
        world_run(lone, lone->w->now + CCS_US_PER_MIN);
    }
    for (uint32_t i = 0;; i++) {
        if (ccs_issue_at(lone->w, i)->is_used) {
            return ccs_issue_at(lone->w, i);
        }
    }
}

static void burden(struct ccs_world *w, const struct ccs_issue *is, enum ccs_experience kind,
                   double amount)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    ck_assert_int_eq(hooks->experience_n, 1);
    hooks->experience[0].fn(hooks->experience[0].config, w, is, kind, amount);
}

static double anger(struct ccs_world *w, const struct ccs_issue *is)
{
    return w->model->hooks->anger.fn(w->model->hooks->anger.config, w, is);
}

static const char *const ANGER =
    "{'half_life': '10 days', 'wait_tolerance': '2 min', 'weight_wait_per_min': 0.25, "
    "'weight_transfer': 2, 'weight_retelling': 3, 'weight_refusal': 1, 'weight_contradiction': 4, "
    "'weight_broken_promise': 5, 'weight_repeat_contact': 6, 'weight_second_failure': 7, "
    "'stretch_per_anger': 0.5, 'stretch_max': 3, 'patience_per_anger': 0.25, "
    "'sense_noise_sd': 0}";

START_TEST(anger_halves_in_a_half_life_and_adds_up)
{
    cJSON *doc = simple();
    put(doc, "/behavior/anger", ANGER);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    const struct ccs_issue *is = first_issue(&lone, model_of(sc, NULL));
    struct ccs_world *w = lone.w;
    ck_assert_double_eq(anger(w, is), 0);
    burden(w, is, CCS_EXPERIENCE_REFUSAL, 1);
    ck_assert_double_eq(anger(w, is), 1);
    w->now += 10 * CCS_US_PER_DAY;
    ck_assert_double_eq_tol(anger(w, is), 0.5, 1e-15);
    ck_assert_double_eq_tol(anger(w, is), 0.5, 1e-15); /* reading it does not age it */
    w->now += 20 * CCS_US_PER_DAY;
    burden(w, is, CCS_EXPERIENCE_BROKEN_PROMISE, 1);
    ck_assert_double_eq_tol(anger(w, is), 5.125, 1e-14);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(anger_is_the_sum_over_all_burdens_each_with_its_own_age)
{
    static const double weight[] = {
        [CCS_EXPERIENCE_TRANSFER] = 2,       [CCS_EXPERIENCE_RETELLING] = 3,
        [CCS_EXPERIENCE_REFUSAL] = 1,        [CCS_EXPERIENCE_CONTRADICTION] = 4,
        [CCS_EXPERIENCE_BROKEN_PROMISE] = 5, [CCS_EXPERIENCE_REPEAT_CONTACT] = 6,
        [CCS_EXPERIENCE_SECOND_FAILURE] = 7};
    enum {
        N = 300
    };
    cJSON *doc = simple();
    put(doc, "/behavior/anger", ANGER);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    const struct ccs_issue *is = first_issue(&lone, model_of(sc, NULL));
    struct ccs_world *w = lone.w;
    ccs_time when[N];
    double size[N];
    srand(8);
    for (int i = 0; i < N; i++) {
        enum ccs_experience kind = (enum ccs_experience)(rand() % CCS_EXPERIENCE_COUNT);
        double amount = kind == CCS_EXPERIENCE_WAIT ? rand() % 600 : 1;
        when[i] = w->now;
        size[i] = kind == CCS_EXPERIENCE_WAIT ? 0.25 * fmax(amount - 120, 0) / 60 : weight[kind];
        burden(w, is, kind, amount);
        w->now += rand() % 1000 * CCS_US_PER_MIN;
        double sum = 0;
        for (int k = 0; k <= i; k++) {
            sum += size[k] * exp2(-(double)(w->now - when[k]) / (10.0 * CCS_US_PER_DAY));
        }
        ck_assert_double_eq_tol(anger(w, is), sum, 1e-12 * (1 + sum)); /* 300 roundings */
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(anger_stretches_talk_up_to_its_bound_and_shortens_patience)
{
    cJSON *doc = simple();
    put(doc, "/behavior/anger", ANGER);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    struct ccs_issue *is = first_issue(&lone, model_of(sc, NULL));
    const struct ccs_hooks *hooks = lone.w->model->hooks;
    static const double stretch[] = {1, 1.5, 2, 2.5, 3, 3, 3};
    for (int a = 0; a < 7; a++) {
        struct ccs_talk talk = {.base_us = 100, .stretch = 1};
        hooks->talk[0].fn(hooks->talk[0].config, lone.w, is, NULL, &talk);
        ck_assert_double_eq(talk.stretch, stretch[a]);
        ck_assert_double_eq(hooks->patience[0].fn(hooks->patience[0].config, lone.w, is),
                            1 / (1 + 0.25 * a));
        burden(lone.w, is, CCS_EXPERIENCE_REFUSAL, 1);
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_second_call_of_a_refused_customer_takes_longer_by_the_stretch)
{
    /* refused (anger 1), comes back 10 days later (anger 1/2 + 1/4 for having to), is settled */
    cJSON *doc = stubborn();
    put(doc, "/run/horizon", "'20 weeks'");
    put(doc, "/issue_types/refund/rate_per_customer_year", "0");
    put(doc, "/issue_types/refund/rate_per_customer_year", NULL);
    put(doc, "/issue_types/refund/volume",
        "{'per_interval': {'interval': '1 h', 'values': [500]}}"); /* all in hour 0 */
    put(doc, "/policies/p/trigger_contacts", "2");
    put(doc, "/behavior/anger",
        "{'half_life': '10 days', 'weight_refusal': 1, 'weight_repeat_contact': 0.25, "
        "'stretch_per_anger': 0.4, 'weight_second_failure': 9}");
    put(doc, "/behavior/recontact", "{'after_refusal': 1, 'delay': '10 days'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * (300 + 300 * 1.3), 1e-3);
    /* root causes: the first calls are demand, the second are failure demand */
    ck_assert_double_eq_tol(cause_hours(&run, "first_request"), n / 12, 1e-9);
    ck_assert_double_eq_tol(cause_hours(&run, "unresolved_before"), n / 12 * 1.3, 1e-6);
    ck_assert_double_eq_tol(num(&run, "failure_demand_share"), n * 390, 1e-3);
    ck_assert_double_eq_tol(num(&run, "resolution_time"), n * (300 + 864000 + 390), 1e-3);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_customers(void)
{
    Suite *suite = suite_create("customers");
    TCase *demand = tcase_create("demand");
    tcase_add_test(demand, issues_are_voiced_with_their_probability_and_arise_at_their_rate);
    tcase_add_test(demand, customers_are_drawn_evenly_and_first_channels_by_their_weights);
    tcase_add_test(demand, a_day_factor_spreads_daily_counts_by_its_cv);
    suite_add_tcase(suite, demand);
    TCase *contacts = tcase_create("contacts");
    tcase_add_loop_test(contacts, false_closures_make_geometric_contacts, 0, 3);
    tcase_add_test(contacts, who_is_always_refused_comes_back_geometrically_and_then_gives_up);
    tcase_add_test(contacts, the_chain_of_contacts_and_churn_is_absorbed_as_computed);
    tcase_add_test(contacts, redials_after_a_busy_signal_are_geometric);
    suite_add_tcase(suite, contacts);
    TCase *leaving = tcase_create("leaving");
    tcase_add_test(leaving, a_silent_problem_drives_away_with_exactly_its_probability);
    tcase_add_test(leaving, the_baseline_hazard_alone_leaves_exponentially);
    tcase_add_test(leaving, moments_and_hazard_compete_and_do_not_disturb_each_other);
    tcase_add_test(leaving, a_higher_burden_never_keeps_anybody);
    tcase_add_test(leaving, anger_shifts_the_odds_of_leaving);
    tcase_add_test(leaving, the_desk_saves_exactly_its_probability_and_pays_for_it);
    suite_add_tcase(suite, leaving);
    TCase *angry = tcase_create("anger");
    tcase_add_test(angry, anger_halves_in_a_half_life_and_adds_up);
    tcase_add_test(angry, anger_is_the_sum_over_all_burdens_each_with_its_own_age);
    tcase_add_test(angry, anger_stretches_talk_up_to_its_bound_and_shortens_patience);
    tcase_add_test(angry, the_second_call_of_a_refused_customer_takes_longer_by_the_stretch);
    suite_add_tcase(suite, angry);
    return suite;
}
