/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether the sums of a run fit into 63 bits (E318). Times are counted in microseconds and money in
 * ten-thousandths: 292,000 years of one agent or one waiting contact, 9.2e14 units of currency. The
 * limit here is half of that; the rest is for overtime and the follow-up.
 */
#include "base/units.h"
#include "lint/lint_part.h"
#include "model/tenure_curve.h"

#include <math.h>

#define ROOM 4.6e18 /* 2^62 */

static double highest_wage(const struct ccs_team_config *team)
{
    double factor = 1.0;
    for (size_t i = 0; i < team->wage_surcharges.n; i++) {
        double own = CCS_MAP_AT(team->wage_surcharges, struct ccs_surcharge_config, i)->factor;
        factor = own > factor ? own : factor;
    }
    return team->wage_per_h * factor * (team->overtime_factor > 1 ? team->overtime_factor : 1.0);
}

/* By how much the customers of the segment exaggerate on average; anonymous ones do not. */
static double mean_factor(struct ccs_lint *c, int32_t segment)
{
    const struct ccs_opportunists_config *opportunists =
        segment < 0 ? NULL : ccs_config_segment(c->config, segment)->opportunists;
    return opportunists ? 1.0 + opportunists->share * (opportunists->amount_factor - 1.0) : 1.0;
}

/* What all issues of a type may cost: each is paid and fulfilled at most once. */
static void check_amounts(struct ccs_lint *c)
{
    for (size_t i = 0; i < c->model->stream_n; i++) {
        const struct ccs_stream_plan *plan = &c->model->streams[i];
        const struct ccs_issue_type_config *type = ccs_config_type(c->config, plan->issue_type);
        double each =
            ccs_dist_mean(&type->amount) * mean_factor(c, plan->segment) + type->fulfilment_cost;
        double money = each > 0 ? each * ccs_lint_expected(c->model, plan) : 0.0;
        if (!(money * (double)CCS_MONEY_PER_UNIT <= ROOM)) {
            ccs_lint_report(
                c, CCS_E318,
                CCS_AT(c, "issue_types", c->config->issue_types.name[plan->issue_type], "amount"),
                "the amounts of all issues may come to %.3g, more than can be counted (%.3g): give "
                "them in a larger unit of currency",
                money, ROOM / (double)CCS_MONEY_PER_UNIT);
            return;
        }
    }
}

/* The most that one customer is worth at any tenure: within a band the value moves one way, so it
 * is at an end of one, or before the first. Without end it is refused elsewhere. */
static double highest_value(const struct ccs_tenure_curve *curve)
{
    double rate = curve->piece[0].hazard_per_year + curve->discount_per_year;
    double most = rate > 0 ? curve->piece[0].margin_per_year / rate : ccs_tenure_value(curve, 0);
    for (uint32_t i = 0; i < curve->n; i++) {
        most = fmax(most, curve->piece[i].value_to);
    }
    return isfinite(most) ? most : 0.0;
}

static double worth_of_segment(const struct ccs_lint *c, size_t s)
{
    const struct ccs_segment_config *segment = ccs_config_segment(c->config, (int)s);
    const struct ccs_worth_plan *worth = c->model->worth[s];
    double rate = segment->churn_hazard_per_year + c->config->run.discount_rate_per_year;
    double each = worth      ? highest_value(&worth->plain)
                  : rate > 0 ? 12 * segment->margin_per_month / rate
                             : 0.0;
    if (worth && worth->opportunists) {
        each = fmax(each, highest_value(&worth->opportunist));
    }
    return (double)segment->population * each;
}

/* Net value counts what customers who leave are worth: all of them at most. */
static void check_worth(struct ccs_lint *c)
{
    double all = 0.0;
    for (size_t s = 0; s < c->config->segments.n; s++) {
        all += worth_of_segment(c, s);
        if (all * (double)CCS_MONEY_PER_UNIT > ROOM) {
            ccs_lint_report(
                c, CCS_E318, CCS_AT(c, "segments", c->config->segments.name[s], "margin_per_month"),
                "customers are worth %.3g in all, margin / (hazard + discount rate), more than can "
                "be counted (%.3g): give a hazard that lets them leave one day, or margins in a "
                "larger unit of currency",
                all, ROOM / (double)CCS_MONEY_PER_UNIT);
            return;
        }
    }
}

void ccs_lint_count(struct ccs_lint *c)
{
    double time_us = 0.0;
    double money = 0.0;
    double most = 0.0;
    int largest = 0;
    double length_us = (double)(c->model->warmup + c->config->run.horizon);
    for (int t = 0; t < c->model->team_n; t++) {
        if (!ccs_map_has(&c->config->teams, t)) {
            continue;
        }
        const struct ccs_team_config *team = ccs_config_team(c->config, t);
        double agents = ccs_team_most_agents(team);
        double own = agents * length_us;
        time_us += own;
        money += own / (double)CCS_US_PER_H * highest_wage(team) * (double)CCS_MONEY_PER_UNIT;
        largest = agents > most ? t : largest;
        most = agents > most ? agents : most;
    }
    const char *name = c->model->team_n > 0 ? c->config->teams.name[largest] : "";
    if (time_us > ROOM) {
        ccs_lint_report(
            c, CCS_E318, CCS_AT(c, "teams", name),
            "the agents of all teams, most of them here, and the length of the run make %.3g "
            "years of staffed time, more than can be counted (%.3g)",
            time_us / (double)CCS_US_PER_YEAR, ROOM / (double)CCS_US_PER_YEAR);
    } else if (money > ROOM) {
        ccs_lint_report(
            c, CCS_E318, CCS_AT(c, "teams", name),
            "wages of all teams may come to %.3g, more than can be counted (%.3g): give them "
            "in a larger unit of currency",
            money / (double)CCS_MONEY_PER_UNIT, ROOM / (double)CCS_MONEY_PER_UNIT);
    }
    for (size_t s = 0; s < c->config->segments.n; s++) {
        const struct ccs_segment_config *segment = ccs_config_segment(c->config, s);
        double margin = (double)segment->population * ccs_segment_highest_margin(segment) *
                        length_us / (double)CCS_US_PER_MONTH;
        if (margin * (double)CCS_MONEY_PER_UNIT > ROOM) {
            ccs_lint_report(
                c, CCS_E318, CCS_AT(c, "segments", c->config->segments.name[s], "margin_per_month"),
                "margins come to %.3g, more than can be counted (%.3g): give them in a larger "
                "unit of currency",
                margin, ROOM / (double)CCS_MONEY_PER_UNIT);
        }
    }
    check_amounts(c);
    check_worth(c);
}

/* Is there a type whose callers on the channel have no patience that ends? */
static bool waits_for_ever(struct ccs_lint *c, int channel)
{
    bool found = false;
    for (int ty = 0; ty < c->model->type_n; ty++) {
        found = found || (!ccs_model_access_terms(c->model, channel, ty)->patience &&
                          ccs_model_first_tier(c->model, channel, ty) > 0);
    }
    return found;
}

/* Can a contact wait until an agent comes, however long that takes? */
static bool has_patient(struct ccs_lint *c)
{
    bool found = false;
    for (int ch = 0; ch < c->model->channel_n; ch++) {
        const struct ccs_channel_config *cfg = ccs_config_channel(c->config, ch);
        found = found || (ccs_map_has(&c->config->channels, ch) && waits_for_ever(c, ch) &&
                          !c->model->channels[ch].shares_lines &&
                          !ccs_real_is_given(cfg->queue_limit_per_agent) &&
                          cfg->at_closing == CCS_CLOSING_CARRY_OVER && !cfg->voicemail &&
                          !ccs_int_is_given(cfg->queue_limit) && !ccs_int_is_given(cfg->lines));
    }
    return found;
}

/* Contacts for which there is no staff wait for half of the run on average. */
void ccs_lint_waiting(struct ccs_lint *c, const char *pointer, double contacts, double load)
{
    if (load <= 1 || !has_patient(c)) {
        return;
    }
    double waiting = contacts * (1 - 1 / load);
    double wait_us = waiting * (double)c->config->run.horizon / 2;
    if (wait_us > ROOM) {
        ccs_lint_report(
            c, CCS_E318, pointer,
            "demand is %.3g times what the staff can do, so that about %.3g contacts would "
            "wait for half of the run, more time than can be counted: add staff, or patience",
            load, waiting);
    }
}
