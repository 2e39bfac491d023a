/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many contacts the demand of a replication is, before anything is simulated: N, the integral
 * of all rates over warm-up and window, with the counts of days, bursts and recordings. (Redials
 * and repeated requests come on top.) Too many would never end (E317), many take long (W406); a
 * rate or table of nothing but zeros brings none (W404); and work beyond any staff is a mistake of
 * units (W400).
 *
 * The integral can have many pieces. A bound comes first, the highest value for all of the time;
 * only where that is too much is it done, week by week and no further than the limit.
 */
#include "base/units.h"
#include "lint/lint_part.h"
#include "model/timetable.h"
#include "world/demand/arrival_rate.h"

#include <math.h>

/* Records are numbered by 32 bits, and at the million contacts a second that can be done at best it
 * would be more than an hour for each replication and policy. */
#define MANY_CONTACTS 1e8
#define MAX_CONTACTS 4e9

/* Fewer contacts cannot wait longer than can be counted, in a run of a century. */
#define MANY_TO_WAIT 2e3

/* In units of the work that all agents could do if all were always there. */
#define FAR_TOO_MUCH 20.0

/* The highest factor that a rule puts on the rate, by itself or by a table of its own. */
static double highest_rule(const struct ccs_stream_plan *plan, double rate, double profile)
{
    double most = rate * profile;
    for (size_t i = 0; i < plan->rule_n; i++) {
        const struct ccs_day_rule *rule = &plan->rule[i];
        double own = rule->volume ? plan->share * ccs_series_highest(rule->volume) /
                                        (double)(rule->volume->interval > 0 ? rule->volume->interval
                                                                            : CCS_US_PER_H)
                                  : rate;
        own *= rule->factor *
               (rule->profile ? ccs_series_highest(rule->profile) / plan->profile_mean : profile);
        most = own > most ? own : most;
    }
    return most;
}

static ccs_time length_of(const struct ccs_model *m)
{
    return m->warmup + m->config->run.horizon;
}

/* An upper bound of what the stream brings. */
static double bound(const struct ccs_model *m, const struct ccs_stream_plan *plan)
{
    double factor = 1.0;
    for (size_t i = 0; i < plan->surge_n; i++) {
        factor *= plan->surge[i].factor > 1 ? plan->surge[i].factor : 1.0;
    }
    double count;
    switch (plan->kind) {
    case CCS_ARRIVAL_BURST:
        return plan->burst->contacts;
    case CCS_ARRIVAL_REPLAY:
        return (double)plan->row_n;
    case CCS_ARRIVAL_DAILY:
        count = plan->total ? ccs_dist_mean(plan->total) : ccs_series_highest(plan->counts);
        return highest_rule(plan, plan->per_count * count, 1.0) *
               ((double)length_of(m) / (double)CCS_US_PER_DAY + 2);
    case CCS_ARRIVAL_INTERVAL:
        return highest_rule(plan, plan->per_count * ccs_series_highest(plan->counts), 1.0) *
               ((double)length_of(m) / (double)plan->counts->interval + 2);
    case CCS_ARRIVAL_POISSON:
    case CCS_ARRIVAL_RENEWAL:
        break;
    }
    double rate = plan->per_us * (plan->volume ? ccs_series_highest(plan->volume) : 1.0) *
                  (plan->share_table ? ccs_series_highest(plan->share_table) : 1.0);
    double profile = plan->profile ? ccs_series_highest(plan->profile) / plan->profile_mean : 1.0;
    return highest_rule(plan, rate, profile) * factor * (double)length_of(m);
}

/* What a stream of daily counts brings. Days that the run cuts count in full. */
static double daily(const struct ccs_model *m, const struct ccs_stream_plan *plan)
{
    double sum = 0.0;
    int64_t start = m->config->run.start_day;
    int64_t end = ccs_day_of(start, m->config->run.horizon - 1);
    for (int64_t day = ccs_day_of(start, -m->warmup); day <= end; day++) {
        ccs_time until;
        double count = plan->total ? ccs_dist_mean(plan->total)
                                   : ccs_series_at(plan->counts, start,
                                                   (day - start) * CCS_US_PER_DAY, &until);
        sum += plan->per_count * ccs_rate_rule_factor(plan, day) * count;
    }
    return sum;
}

/* The same for counts of intervals. */
static double by_interval(const struct ccs_model *m, const struct ccs_stream_plan *plan)
{
    double sum = 0.0;
    int64_t start = m->config->run.start_day;
    for (ccs_time t = -m->warmup, end; t < m->config->run.horizon && sum <= MAX_CONTACTS; t = end) {
        double count = ccs_series_at(plan->counts, start, t, &end);
        sum += plan->per_count * ccs_rate_rule_factor(plan, ccs_day_of(start, t)) * count;
    }
    return sum;
}

double ccs_lint_expected(const struct ccs_model *m, const struct ccs_stream_plan *plan)
{
    if (plan->kind == CCS_ARRIVAL_DAILY) {
        return daily(m, plan);
    }
    if (plan->kind == CCS_ARRIVAL_INTERVAL) {
        return by_interval(m, plan);
    }
    if (plan->kind == CCS_ARRIVAL_BURST || plan->kind == CCS_ARRIVAL_REPLAY) {
        return bound(m, plan);
    }
    double sum = 0.0;
    ccs_time end = m->config->run.horizon;
    for (ccs_time t = -m->warmup; t < end && sum <= MAX_CONTACTS; t += CCS_US_PER_WEEK) {
        ccs_time to = t + CCS_US_PER_WEEK < end ? t + CCS_US_PER_WEEK : end;
        sum += ccs_rate_integral(m, plan, t, to);
    }
    return sum;
}

/* The place in the scenario that describes the stream. */
static const char *pointer_of(struct ccs_lint *c, const struct ccs_stream_plan *plan)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, plan->issue_type);
    const char *name = c->config->issue_types.name[plan->issue_type];
    for (size_t i = 0; plan->kind == CCS_ARRIVAL_BURST && i < ty->bursts.n; i++) {
        if (plan->burst == CCS_MAP_AT(ty->bursts, struct ccs_burst_config, i)) {
            return CCS_AT(c, "issue_types", name, "bursts", ty->bursts.name[i]);
        }
    }
    return CCS_AT(c, "issue_types", name, ty->volume ? "volume" : "rate_per_customer_year");
}

static void check_number(struct ccs_lint *c)
{
    const struct ccs_model *m = c->model;
    const struct ccs_stream_plan *largest = m->streams;
    double sum = 0.0;
    double most = 0.0;
    for (size_t i = 0; i < m->stream_n; i++) {
        double n = ccs_lint_expected(m, &m->streams[i]);
        sum += n;
        if (n >= most) {
            most = n;
            largest = &m->streams[i];
        }
    }
    if (sum > MAX_CONTACTS) {
        ccs_lint_report(
            c, CCS_E317, pointer_of(c, largest),
            "brings more than %.0f contacts in each replication, the most that can be "
            "simulated: check the unit of the rate, simulate a smaller center, or a shorter "
            "`run.horizon`",
            MAX_CONTACTS);
    } else if (sum > MANY_CONTACTS) {
        ccs_lint_report(
            c, CCS_W406, pointer_of(c, largest),
            "all demand together is about %.3g contacts in each replication, most of them "
            "from here: this takes long",
            sum);
    }
}

/* Agents times time, if all of them were there all the time. */
static double most_staff(struct ccs_lint *c)
{
    double agents = 0.0;
    for (int t = 0; t < c->model->team_n; t++) {
        agents += ccs_map_has(&c->config->teams, t)
                      ? ccs_team_most_agents(ccs_config_team(c->config, t))
                      : 0.0;
    }
    return agents * ccs_time_to_s(length_of(c->model));
}

/* Seconds of an agent for one contact, on average. */
static double work_of(struct ccs_lint *c, const struct ccs_stream_plan *plan)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, plan->issue_type);
    return ccs_dist_mean(&ty->talk) + ccs_dist_mean(&ty->hold) + ccs_dist_mean(&ty->wrap);
}

static void check_work(struct ccs_lint *c)
{
    const struct ccs_model *m = c->model;
    const struct ccs_stream_plan *largest = m->streams;
    double contacts = 0.0;
    double sum = 0.0;
    double most = 0.0;
    double staff = most_staff(c);
    for (size_t i = 0; i < m->stream_n; i++) {
        double n = ccs_lint_expected(m, &m->streams[i]);
        double work = n > 0 ? n * work_of(c, &m->streams[i]) : 0.0;
        contacts += n;
        sum += work;
        if (work >= most) {
            most = work;
            largest = &m->streams[i];
        }
    }
    double load = sum / staff;
    if (!(staff > 0) || !isfinite(load)) {
        return;
    }
    if (load > FAR_TOO_MUCH) {
        ccs_lint_report(
            c, CCS_W400, pointer_of(c, largest),
            "all demand together, most of it from here, is %.3g times the work that all "
            "agents could do if they were always there: check the units of demand, talk time "
            "and headcount",
            load);
    }
    ccs_lint_waiting(c, pointer_of(c, largest), contacts, load);
}

static double bound_of_work(struct ccs_lint *c, double *contacts)
{
    const struct ccs_model *m = c->model;
    double work = 0.0;
    *contacts = 0.0;
    for (size_t i = 0; i < m->stream_n; i++) {
        double n = bound(m, &m->streams[i]);
        *contacts += n;
        work += n * work_of(c, &m->streams[i]);
    }
    return work;
}

void ccs_lint_size(struct ccs_lint *c)
{
    double contacts;
    double work = bound_of_work(c, &contacts);
    for (size_t i = 0; i < c->model->stream_n; i++) {
        const struct ccs_stream_plan *plan = &c->model->streams[i];
        if (bound(c->model, plan) <= 0 && plan->kind != CCS_ARRIVAL_REPLAY) {
            ccs_lint_report(c, CCS_W404, pointer_of(c, plan),
                            "is 0 all the time: nobody ever calls");
        }
    }
    if (contacts > MANY_CONTACTS) {
        check_number(c);
    }
    if (work > most_staff(c) && (contacts > MANY_TO_WAIT || work > FAR_TOO_MUCH * most_staff(c)) &&
        ccs_diagnostics_error_count(c->diags) == 0) {
        check_work(c);
    }
}
