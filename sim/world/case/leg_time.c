/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting the time of a leg: see leg_time.h. */
#include "world/case/leg_time.h"

#include "base/units.h"
#include "world/case/issue.h"
#include "world/charge.h"
#include "world/queue/contact.h"

void ccs_leg_count_time(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is,
                        uint16_t team, enum ccs_account account, ccs_time us, ccs_time extra_us)
{
    is->handle_us += us;
    const struct ccs_team_plan *plan = &w->model->teams[team];
    double price = plan->workload_per_us + plan->per_handled_us;
    if (price > 0) {
        is->cost += ccs_round(price * (double)us);
        ccs_charge_time(w, is, team, (enum ccs_cause)ct->cause, us);
    }
    if (!w->in_window) {
        return;
    }
    struct ccs_team_sums *sums = &((struct ccs_team_sums *)w->measure.teams.data)[team];
    ccs_time failure_us =
        ccs_cause_is_failure((enum ccs_cause)ct->cause) || ct->cause == CCS_CAUSE_CANCELLATION
            ? us
            : extra_us;
    sums->talk_us += account == CCS_ACCOUNT_LABOR_TALK ? us : 0;
    sums->hold_us += account == CCS_ACCOUNT_LABOR_HOLD ? us : 0;
    sums->wrap_us += account == CCS_ACCOUNT_LABOR_WRAP ? us : 0;
    sums->failure_us += failure_us;
    w->measure.sums.handle_us += us;
    w->measure.sums.failure_us += failure_us;
    ((int64_t *)w->measure.cause_us.data)[ct->cause] += us;
    ccs_access_at(w, w->now, ct->channel)->handle_us += us;
}

void ccs_leg_count_holder(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is,
                          ccs_time us)
{
    if (ct->holder != CCS_NO_TEAM && us > 0) {
        ccs_leg_count_time(w, ct, is, ct->holder, CCS_ACCOUNT_LABOR_HOLD, us, 0);
    }
}
