/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a policy is charged with: see charge.h. */
#include "world/charge.h"

#include "base/units.h"
#include "model/tenure_curve.h"
#include "world/case/customer.h"

#include <math.h>

double ccs_discount_now(struct ccs_world *w)
{
    double delta = w->model->config->run.discount_rate_per_year;
    if (delta > 0 && w->discount_at != w->now) {
        double years = (double)(w->now - w->origin) / (double)CCS_US_PER_YEAR;
        w->discount_at = w->now;
        w->discount = exp(-delta * years);
    }
    return w->discount;
}

static bool is_own(const struct ccs_issue *is)
{
    return (is->flags & CCS_ISSUE_OWN) != 0;
}

/* Adds a discounted amount, in ten-thousandths, to a line. */
static void add(struct ccs_world *w, ccs_money *to, double amount)
{
    double discounted = amount * ccs_discount_now(w);
    if (!(fabs(discounted) < CCS_NET_VALUE_ROOM)) {
        w->measure.net.has_overflowed = true; /* it is no number of ours */
        return;
    }
    ccs_net_value_add(&w->measure.net, to, ccs_round(discounted));
}

void ccs_charge_cost(struct ccs_world *w, const struct ccs_issue *is, enum ccs_account account,
                     ccs_money amount)
{
    if (is_own(is) && amount != 0) {
        add(w, &w->measure.net.line[CCS_LINE_PAID + account], -(double)amount);
    }
}

void ccs_charge_staffed(struct ccs_world *w, ccs_money amount)
{
    if (w->in_window && amount != 0) {
        ccs_time week = w->origin + (w->now - w->origin - 1) / CCS_US_PER_WEEK * CCS_US_PER_WEEK;
        double begin = (double)(week - w->origin) / (double)CCS_US_PER_YEAR;
        double years = (double)(w->now - week) / (double)CCS_US_PER_YEAR;
        double delta = w->model->config->run.discount_rate_per_year;
        double factor = ccs_discounted_years(delta, begin, years) / years;
        ccs_net_value_add(&w->measure.net, &w->measure.net.line[CCS_LINE_STAFFED],
                          -ccs_round((double)amount * factor));
    }
}

void ccs_charge_time(struct ccs_world *w, const struct ccs_issue *is, uint16_t team,
                     enum ccs_cause cause, ccs_time us)
{
    const struct ccs_team_plan *plan = &w->model->teams[team];
    ccs_money *line = w->measure.net.line;
    if (!is_own(is)) {
        return;
    }
    if (plan->workload_per_us > 0) {
        add(w, &line[CCS_LINE_LABOR + cause], -plan->workload_per_us * (double)us);
    }
    if (plan->per_handled_us > 0) {
        add(w, &line[CCS_LINE_PAID + CCS_ACCOUNT_OUTSOURCING], -plan->per_handled_us * (double)us);
    }
}

void ccs_charge_part(struct ccs_world *w, const struct ccs_issue *is, uint16_t team,
                     enum ccs_cause cause, enum ccs_line line, ccs_time us)
{
    double price = w->model->teams[team].workload_per_us;
    if (is_own(is) && price > 0 && us != 0) {
        add(w, &w->measure.net.line[line], -price * (double)us);
        add(w, &w->measure.net.line[CCS_LINE_LABOR + cause], price * (double)us);
    }
}

void ccs_charge_moment(struct ccs_world *w, const struct ccs_issue *is, enum ccs_moment moment,
                       double p, double value)
{
    if (is_own(is)) {
        add(w, &w->measure.net.line[CCS_LINE_LOST + moment],
            -p * value * (double)CCS_MONEY_PER_UNIT);
    }
}

void ccs_charge_leaver(struct ccs_world *w, const struct ccs_issue *is, double value)
{
    if (is_own(is) && !w->in_window) {
        add(w, &w->measure.net.left_after, value * (double)CCS_MONEY_PER_UNIT);
    }
}

void ccs_charge_debt(struct ccs_world *w, const struct ccs_issue *is)
{
    bool is_owed = (is->flags & CCS_ISSUE_JUSTIFIED) && !(is->flags & CCS_ISSUE_PAID);
    if (is_own(is) && is_owed) {
        add(w, &w->measure.net.debts, (double)is->amount);
    }
}
