/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the sections that belong to no single process: run and calendars. */
#include "config/run_config.h"

#include "base/units.h"

static const char *const warmup_words[] = {"auto", NULL};
static const char *const labor_choices[] = {"workload", "staffed", "auto", NULL};
static const char *const days_choices[] = {"continuous", "independent", NULL};

static const struct ccs_field run_fields[] = {
    CCS_ROW_AS("start", DATE, struct ccs_run_config, start_day, .def = "\"2026-01-05\"",
               .help = "Date of t0, when each policy begins; the warm-up lies before it."),
    CCS_ROW(DURATION, struct ccs_run_config, horizon, .min = 1, .max = 3.2e9,
            .help = "Length of the measured window [t0, T)."),
    CCS_ROW(DURATION, struct ccs_run_config, warmup, .min = 0, .max = 3.2e9,
            .choices = warmup_words, .def = "null",
            .help = "Time before t0 during which everybody lives under the baseline policy. Left "
                    "out: three half-lives of anger, or none. \"auto\": as long as MSER-5 on pilot "
                    "runs finds necessary, at least that; the results say what it found."),
    CCS_ROW(DURATION, struct ccs_run_config, follow_up, .min = 0, .max = 3.2e9,
            .def = "\"26 weeks\"", .source = "assumption: longer than issues live",
            .help = "Longest time after T in which the issues of the window are followed to their "
                    "end; demand goes on but is not measured. Ends early once all have ended."),
    CCS_ROW(DURATION, struct ccs_run_config, period, .min = 60, .max = 3.2e9, .def = "\"1 week\"",
            .help = "Length of the periods in the series of the results, from t0."),
    CCS_ROW(INT, struct ccs_run_config, replications, .min = 1, .max = 1000000, .def = "20",
            .help = "Independent replications; the unit of inference."),
    CCS_ROW(INT, struct ccs_run_config, seed, .min = 0, .max = 9007199254740991.0, .def = "1",
            .help = "Seed of all random streams, 0 to 2^53 - 1."),
    CCS_ROW(STRING, struct ccs_run_config, primary, .def = "null",
            .help = "The one metric that decides; net_value_per_customer where there is a "
                    "population, else cost_per_issue, or cost_total where `labor` is "
                    "\"staffed\". One that does not rank policies is refused: "
                    "it has no better direction, or the policy moves its denominator."),
    CCS_ROW(REAL, struct ccs_run_config, indifference, .min = 0, .max = 1e12, .def = "0",
            .unit = "unit of the primary metric",
            .help = "A difference of the primary metric that does not matter: where the whole 95 % "
                    "interval lies within plus or minus this, the verdict says so."),
    CCS_ROW(STRING_LIST, struct ccs_run_config, targets, .def = "[]",
            .help = "What a policy has to meet: \"METRIC < NUMBER\", or \"POLICY.METRIC < NUMBER\" "
                    "for one of them, as in `expect`. The verdict says which policies meet them. "
                    "Where policies differ in staff and customers have no value in the model, the "
                    "cheapest policy that meets them wins; without targets the verdict there is a "
                    "trade-off. Changes no number."),
    CCS_ROW(REAL, struct ccs_run_config, discount_rate_per_year, .min = 0, .max = 10, .def = "0",
            .unit = "per year, continuous",
            .help = "Discount rate of net value and of the value of a customer."),
    CCS_ROW(ENUM, struct ccs_run_config, labor, .choices = labor_choices, .def = "\"auto\"",
            .help = "The view of labor in net value and the verdict. workload: minutes that the "
                    "issues cause, at wage / target occupancy, as if staff followed the work. "
                    "staffed: the hours paid in the window; where all policies have the same "
                    "staff they cancel, and hide what a policy saves or burns. auto: staffed "
                    "where policies differ in staff or wages, else workload. The results give "
                    "both."),
    CCS_ROW(ENUM, struct ccs_run_config, days, .choices = days_choices, .def = "\"continuous\"",
            .help =
                "continuous: every replication lives the same dates, one day after the other. "
                "independent: replication r (from 0) lives a window of its own that begins r "
                "horizons (rounded up to whole days) after `start`, so that with a horizon of 1 "
                "day the replications are successive dates, each with an empty center at first."),
    CCS_ROW(REAL_MAP, struct ccs_run_config, backlog, .ref = "issue_types", .min = 0, .max = 1e6,
            .unit = "contacts", .def = "0",
            .help = "Contacts that wait at t0, by issue type, besides those of the warm-up. They "
                    "are not measured as offered, the work they make is."),
};

const struct ccs_section ccs_run_section = {
    .title = "run",
    .help = "How long and how often the scenario is simulated.",
    .size = sizeof(struct ccs_run_config),
    CCS_ROWS(run_fields),
};

ccs_time ccs_run_step(const struct ccs_run_config *run)
{
    return (run->horizon + CCS_US_PER_DAY - 1) / CCS_US_PER_DAY * CCS_US_PER_DAY;
}
