/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The studies and their answers: see study.h.
 *
 * The queue is M/M/c with impatient customers (Palm 1957; Garnett, Mandelbaum and Reiman 2002): a
 * birth-death chain with births lambda and deaths min(n, c) mu + max(n - c, 0) theta. It begins
 * empty, and a warm-up of many relaxation times leaves nothing of that: what an interval misses is
 * the fault of the interval. Each policy has a warm-up of its own, as the difference of two steady
 * states is what is known.
 */
#include "study.h"

#include "../json_quotes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- answers ---- */

#define ARRIVALS_PER_S (40.0 / 3600)
#define SERVICE_PER_S (1.0 / 180)
#define PATIENCE_PER_S (1.0 / 180)

enum {
    FEW = 3,
    MANY = 4,
    STATES = 400 /* beyond, nothing is left: the load is 2 */
};

struct chain {
    double wait_probability, queue, busy;
};

static struct chain solve(int servers, double patience_per_s)
{
    double p = 1.0;
    double total = 0.0;
    struct chain chain = {0, 0, 0};
    for (int n = 0; n < STATES; n++) {
        total += p;
        chain.wait_probability += n >= servers ? p : 0;
        chain.queue += n > servers ? (n - servers) * p : 0;
        chain.busy += (n < servers ? n : servers) * p;
        int next = n + 1;
        int waiting = next > servers ? next - servers : 0;
        p *= ARRIVALS_PER_S / ((next - waiting) * SERVICE_PER_S + waiting * patience_per_s);
    }
    chain.wait_probability /= total;
    chain.queue /= total;
    chain.busy /= total;
    return chain;
}

static double wait_of(int servers)
{
    return solve(servers, PATIENCE_PER_S).queue / ARRIVALS_PER_S; /* Little */
}

static double abandoned_of(int servers)
{
    return PATIENCE_PER_S * wait_of(servers);
}

static double wait_few(void)
{
    return wait_of(FEW);
}

static double abandoned_few(void)
{
    return abandoned_of(FEW);
}

static double waiting_few(void)
{
    return solve(FEW, PATIENCE_PER_S).wait_probability;
}

static double occupancy_few(void)
{
    return solve(FEW, PATIENCE_PER_S).busy / FEW;
}

static double wait_difference(void)
{
    return wait_of(FEW) - wait_of(MANY);
}

static double abandoned_difference(void)
{
    return abandoned_of(FEW) - abandoned_of(MANY);
}

/* Without impatience P(wait > t) = C exp(-(c mu - lambda) t) (Erlang 1917). */
static double wait_p90(void)
{
    double c = solve(FEW, 0).wait_probability;
    return log(c / 0.1) / (FEW * SERVICE_PER_S - ARRIVALS_PER_S);
}

static double wait_patient(void)
{
    return solve(FEW, 0).queue / ARRIVALS_PER_S;
}

#define OFTEN_PER_YEAR "1.5"
#define RARELY_PER_YEAR "0.05"

static double often(void)
{
    return 1.5;
}

static double rarely(void)
{
    return 0.05;
}

/* Customers worth V = 120,000 / (0.001 + 0.1) each, of whom a refusal loses one in 2,000. Those who
 * are left, e^(-(h0 + rate p) t), are refused once a year, or paid 20 each time. */
static double dear_leavers(void)
{
    double t = 52 * 7 / 365.25;
    double lost = 0.0005 * 120000 / 0.101 * -expm1(-0.1015 * t) / 0.1015;
    double paid = 20 * -expm1(-0.101 * t) / 0.101;
    return lost - paid;
}

/* ---- scenarios ---- */

#define QUEUE(horizon, patience)                                                                   \
    "{'name': 'queue', 'run': {'horizon': '" horizon "', 'warmup': '8 h', 'follow_up': '4 h', "    \
    "'period': '12 h', 'replications': 20}, 'channels': {'phone': {" patience "}}, "               \
    "'issue_types': {'call': {'volume': {'rate_per_h': 40}, "                                      \
    "'talk': {'dist': 'exponential', 'mean': '3 min'}}}, 'teams': {'agents': {'agents': 3}}, "     \
    "'baseline': 'few', 'policies': {'few': {'kind': 'none'}, "                                    \
    "'many': {'kind': 'none', 'with': {'teams': {'agents': {'agents': 4}}}}}}"

static const char impatient[] =
    QUEUE("12 h", "'patience': {'dist': 'exponential', 'mean': '3 min'}");
static const char patient[] = QUEUE("36 h", "");

/* Customers who leave by themselves: a Poisson process thinned by nothing, so the number of leavers
 * is what the bounds for rare events assume. */
#define CHURN(hazard)                                                                              \
    "{'name': 'churn', 'run': {'horizon': '4 weeks', 'warmup': '0 s', 'follow_up': '1 h', "        \
    "'period': '4 weeks', 'replications': 20}, 'channels': {'phone': {}}, "                        \
    "'segments': {'all': {'population': 60, 'margin_per_month': 10, "                              \
    "'churn_hazard_per_year': " hazard "}}, "                                                      \
    "'issue_types': {'call': {'volume': {'rate_per_h': 0}, 'talk': '1 min'}}, "                    \
    "'teams': {'agents': {'agents': 1}}}"

static const char leaving_often[] = CHURN(OFTEN_PER_YEAR);
static const char leaving_rarely[] = CHURN(RARELY_PER_YEAR);

#define DEAR(replications)                                                                         \
    "{'name': 'dear', 'run': {'horizon': '52 weeks', 'warmup': '0 s', 'follow_up': '1 weeks', "    \
    "'period': '52 weeks', 'replications': " replications ", 'discount_rate_per_year': 0.1}, "     \
    "'channels': {'phone': {}}, 'segments': {'all': {'population': 50, "                           \
    "'margin_per_month': 10000, 'churn_hazard_per_year': 0.001}}, "                                \
    "'issue_types': {'claim': {'rate_per_customer_year': 1, 'needs': 'decision', 'amount': 20, "   \
    "'talk': '3 min'}}, 'teams': {'agents': {'agents': 60}}, "                                     \
    "'behavior': {'leaving': {'given_up': 0.0005}}, 'baseline': 'late', 'policies': {"             \
    "'late': {'kind': 'escalate_late', 'authority_limits': [0], 'discretion': [0], "               \
    "'trigger_contacts': 1000, 'trigger_anger': 1000, 'promise_share': 0}, "                       \
    "'emp': {'kind': 'empowered_first_contact', 'authority_limits': [1000], 'discretion': [1]}}}"

static const char dear_5[] = DEAR("5");
static const char dear_20[] = DEAR("20");

/* ---- studies ---- */

static const struct check queue_checks[] = {
    {"wait_mean", "few", NULL, wait_few, 0.94, 0.96},
    {"abandonment_rate", "few", NULL, abandoned_few, 0.94, 0.96},
    {"wait_probability", "few", NULL, waiting_few, 0.94, 0.96},
    {"occupancy", "few", NULL, occupancy_few, 0.94, 0.96},
    {"wait_mean", "few", "many", wait_difference, 0.94, 0.96},
    {"abandonment_rate", "few", "many", abandoned_difference, 0.94, 0.96},
};

/* A quantile's interval is by a jackknife, first order in the share and in the slope of the curve.
 */
static const struct check patient_checks[] = {
    {"wait_mean", "few", NULL, wait_patient, 0.94, 0.96},
    {"wait_p90", "few", NULL, wait_p90, 0.94, 0.96},
};

static const struct check often_checks[] = {
    {"churn_rate_per_year", "none", NULL, often, 0.94, 0.96},
};

/* Exact bounds for counts hold at least 95 %, mostly more. With 4.6 leavers expected, there is none
 * in one of a hundred experiments, and then no bound. */
static const struct check rarely_checks[] = {
    {"churn_rate_per_year", "none", NULL, rarely, 0.95, 1},
};

/* Hardly ever does anybody leave; the difference is in every interval all the same. */
static const struct check dear_checks[] = {
    {"net_value_per_customer", "emp", "late", dear_leavers, 0.94, 0.96},
};

/* Chosen so that about twice as many replications are needed as it begins with: that is where
 * stopping early tempts most. */
static const struct ccs_precision relative[] = {{"wait_mean", "few", NULL, 0.07, true}};
static const struct ccs_precision difference[] = {{"wait_mean", "few", "many", 0.9, false}};

const struct study studies[] = {
    {"20 replications, impatient customers", impatient, true, NULL, 0, queue_checks,
     sizeof queue_checks / sizeof *queue_checks},
    {"20 replications, patient customers", patient, true, NULL, 0, patient_checks,
     sizeof patient_checks / sizeof *patient_checks},
    {"20 replications, leaving often", leaving_often, false, NULL, 0, often_checks, 1},
    {"20 replications, leaving rarely", leaving_rarely, false, NULL, 0, rarely_checks, 1},
    {"5 replications, few and dear leavers", dear_5, false, NULL, 0, dear_checks, 1},
    {"20 replications, few and dear leavers", dear_20, false, NULL, 0, dear_checks, 1},
    {"--precision few/wait_mean:7%", impatient, true, relative, 1, queue_checks,
     sizeof queue_checks / sizeof *queue_checks},
    {"--precision few-many/wait_mean:0.9", impatient, true, difference, 1, queue_checks,
     sizeof queue_checks / sizeof *queue_checks},
};
const size_t study_n = sizeof studies / sizeof *studies;

/* ---- running them ---- */

static struct ccs_scenario *load(const struct study *study)
{
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    struct ccs_scenario *scenario = NULL;
    char *json = json_text(study->scenario);
    ccs_scenario_parse(&scenario, study->name, "", json, strlen(json), NULL, 0, diags);
    free(json);
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        fprintf(stderr, "%s\n", ccs_diagnostics_line(diags, i));
    }
    ccs_diagnostics_destroy(diags);
    return scenario;
}

static void count(const struct ccs_scenario *scenario, const struct ccs_results *results,
                  const struct check *check, struct tally *tally)
{
    struct ccs_result found = {.lo = NAN, .hi = NAN};
    size_t a = (size_t)ccs_scenario_policy(scenario, check->a);
    if (check->b != NULL) {
        size_t b = (size_t)ccs_scenario_policy(scenario, check->b);
        ccs_results_difference(results, a, b, check->metric, &found);
    } else {
        ccs_results_metric(results, a, check->metric, &found);
    }
    double answer = check->answer();
    tally->trials++;
    tally->missing += isnan(found.lo) || isnan(found.hi);
    tally->above += found.lo > answer;
    tally->below += found.hi < answer;
    tally->held += found.lo <= answer && answer <= found.hi;
    tally->replications += ((double)found.n - tally->replications) / (double)tally->trials;
}

bool study_run(const struct study *study, size_t trials, int64_t seed, int jobs,
               struct tally *tallies)
{
    struct ccs_scenario *scenario = load(study);
    memset(tallies, 0, study->check_n * sizeof *tallies);
    bool is_ok = scenario != NULL;
    for (size_t i = 0; is_ok && i < trials; i++) {
        struct ccs_experiment_options options = CCS_EXPERIMENT_DEFAULTS;
        struct ccs_results *results;
        char message[500];
        options.seed = seed + (int64_t)i;
        options.jobs = jobs;
        options.independent_pasts = study->independent_pasts;
        options.precision = study->precision;
        options.precision_n = study->precision_n;
        is_ok = ccs_experiment_run(scenario, &options, &results, message, sizeof message) == CCS_OK;
        if (!is_ok) {
            fprintf(stderr, "%s, seed %lld: %s\n", study->name, (long long)options.seed, message);
        }
        for (size_t k = 0; is_ok && k < study->check_n; k++) {
            count(scenario, results, &study->checks[k], &tallies[k]);
        }
        ccs_results_destroy(results);
    }
    ccs_scenario_destroy(scenario);
    return is_ok;
}

bool tally_is_ok(const struct tally *tally, const struct check *check, double z_limit)
{
    double n = (double)tally->trials;
    double share = (double)tally->held / n;
    double low = check->least - z_limit * sqrt(check->least * (1 - check->least) / n);
    double high = check->most + z_limit * sqrt(check->most * (1 - check->most) / n);
    return low <= share && share <= high;
}
