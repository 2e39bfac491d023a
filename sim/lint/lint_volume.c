/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand: counts of days and intervals, and shares, with keys that they cannot go with (E314). */
#include "lint/lint_part.h"
#include "model/timetable.h"

#include <math.h>

#define DAILY_MAX 1e7 /* as of `daily_counts` */

static void fail(struct ccs_lint *c, int type, const char *message)
{
    ccs_lint_report(c, CCS_E314,
                    CCS_AT(c, "issue_types", c->config->issue_types.name[type], "volume"), "%s",
                    message);
}

static void check_total(struct ccs_lint *c, int type)
{
    const struct ccs_volume_config *volume = ccs_config_type(c->config, type)->volume;
    double mean = ccs_dist_mean(&volume->daily_total);
    if (!(mean > 0) || mean > DAILY_MAX) {
        fail(c, type, "the mean of `daily_total` must be above 0 and at most 10,000,000");
    }
    if (volume->counts == CCS_COUNTS_ALL_CONTACTS) {
        fail(c, type,
             "`all_contacts` cannot be calibrated with a random `daily_total`: the pilot runs "
             "would fit to the days they happen to meet. Calibrate with `daily_counts` (the "
             "`volume_factor` of the results) and put it in as `factor`");
    }
}

static bool has_profile(const struct ccs_issue_type_config *ty)
{
    bool found = !ty->profile.is_constant;
    for (size_t i = 0; i < ty->special_days.n; i++) {
        found =
            found || ccs_series_is_given(
                         &CCS_MAP_AT(ty->special_days, struct ccs_special_day_config, i)->profile);
    }
    return found || (ty->holidays && ccs_series_is_given(&ty->holidays->day.profile));
}

static void check_intervals(struct ccs_lint *c, int type)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    if (ty->volume->interval_counts.is_constant) {
        fail(c, type, "a constant `interval_counts` has no interval: give \"interval\" and values");
    }
    if (has_profile(ty)) {
        fail(c, type,
             "`interval_counts` are spread evenly over their intervals: leave `profile` out, or "
             "make the intervals shorter");
    }
}

static void check_concentration(struct ccs_lint *c, int type)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    if (!ccs_volume_has_total(ty->volume) && !ccs_series_is_given(&ty->volume->daily_counts)) {
        fail(c, type,
             "`profile_concentration` belongs to `daily_total` or `daily_counts`; for a rate use "
             "`period_factor`");
    } else if (ty->profile.is_constant) {
        fail(c, type,
             "`profile_concentration` needs a `profile`: its intervals are the parts of the day");
    }
}

void ccs_lint_counts(struct ccs_lint *c, int type)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    const struct ccs_volume_config *volume = ty->volume;
    bool has_counts = ccs_volume_has_counts(volume);
    if (volume->share.is_constant && volume->share.constant < 1e-9) {
        fail(c, type, "`share` must be above 0; for no contacts at all use \"factor\": 0");
    }
    if (has_counts && !volume->share.is_constant) {
        fail(c, type,
             "`share` by interval needs a rate: with counts of days or intervals give one number");
    }
    if (has_counts && ccs_issue_type_varies(ty)) {
        fail(c, type,
             "counts of days and intervals are fixed, or drawn as `daily_total`: leave "
             "`day_factor_cv`, `day_factor`, `common_day_factor` and `period_factor` out");
    }
    if (ccs_volume_has_total(volume)) {
        check_total(c, type);
    }
    if (ccs_series_is_given(&volume->interval_counts)) {
        check_intervals(c, type);
    }
    if (!isnan(volume->profile_concentration)) {
        check_concentration(c, type);
    }
}
