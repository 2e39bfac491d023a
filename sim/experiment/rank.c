/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of two policies a metric speaks for: see rank.h. */
#include "experiment/rank.h"

double ccs_rank_p(const struct ccs_paired *pair)
{
    const struct ccs_estimate *d = &pair->diff;
    if (!isnan(pair->p) || !ccs_estimate_is_defined(d) || !ccs_estimate_has_interval(d)) {
        return pair->p;
    }
    return d->lo > 0 || d->hi < 0 ? CCS_RANK_LEVEL : 1.0;
}

static int sign_of(double p, double diff)
{
    return !(p <= CCS_RANK_LEVEL) || diff == 0 ? 0 : diff > 0 ? 1 : -1;
}

int ccs_rank_sign(const struct ccs_comparison *cmp, int row)
{
    return sign_of(cmp->p_adjusted[row], cmp->rows[row].diff.mean);
}

/* The same without adjustment, for one metric by name; 0 if there is no such row. */
static int plain_sign(const struct ccs_results *res, const struct ccs_comparison *cmp,
                      const char *metric)
{
    int row = ccs_results_row(res, metric, CCS_SLICE_ALL, NULL);
    return row < 0 ? 0 : sign_of(ccs_rank_p(&cmp->rows[row]), cmp->rows[row].diff.mean);
}

int ccs_rank_loses(const struct ccs_results *res, const struct ccs_comparison *cmp)
{
    int lost = plain_sign(res, cmp, "callers_lost_share");
    return lost != 0 ? lost : plain_sign(res, cmp, "given_up_share");
}

bool ccs_rank_is_spoiled(const struct ccs_results *res, const struct ccs_comparison *cmp,
                         const struct ccs_metric *metric, int favors)
{
    return metric->gets_better_by_losing && favors != 0 && ccs_rank_loses(res, cmp) == favors;
}

int ccs_rank_better(const struct ccs_results *res, const struct ccs_comparison *cmp, int row)
{
    const struct ccs_metric *metric = res->rows[row].metric;
    int favors = ccs_rank_sign(cmp, row) * metric->better;
    return metric->policy_moves || ccs_rank_is_spoiled(res, cmp, metric, favors) ? 0 : favors;
}
