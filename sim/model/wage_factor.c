/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The surcharge that holds at a time: see wage_factor.h. */
#include "model/wage_factor.h"

#include "base/units.h"
#include "model/timetable.h"

static bool is_by_holidays(const struct ccs_surcharge_config *surcharge)
{
    return surcharge->holidays >= 0;
}

/* The surcharge for the holiday on which t lies, if any. The answer holds for the day. */
static const struct ccs_surcharge_config *holiday_at(const struct ccs_config *config,
                                                     const struct ccs_team_config *team, ccs_time t,
                                                     ccs_time *until)
{
    int64_t day = ccs_day_of(config->run.start_day, t);
    const struct ccs_surcharge_config *found = NULL;
    for (size_t i = 0; i < team->wage_surcharges.n; i++) {
        const struct ccs_surcharge_config *surcharge =
            CCS_MAP_AT(team->wage_surcharges, struct ccs_surcharge_config, i);
        if (!is_by_holidays(surcharge)) {
            continue;
        }
        *until = (day + 1 - config->run.start_day) * CCS_US_PER_DAY;
        if (ccs_calendar_is_holiday(ccs_config_calendar(config, surcharge->holidays), day)) {
            found = surcharge;
        }
    }
    return found;
}

double ccs_wage_factor(const struct ccs_config *config, const struct ccs_team_config *team,
                       ccs_time t, ccs_time *until)
{
    *until = CCS_TIME_NEVER;
    const struct ccs_surcharge_config *holiday = holiday_at(config, team, t, until);
    if (holiday) {
        return holiday->factor;
    }
    double factor = 1.0;
    for (size_t i = 0; i < team->wage_surcharges.n; i++) {
        const struct ccs_surcharge_config *surcharge =
            CCS_MAP_AT(team->wage_surcharges, struct ccs_surcharge_config, i);
        if (is_by_holidays(surcharge)) {
            continue;
        }
        struct ccs_calendar_config hours = {.hours = surcharge->hours};
        ccs_time change;
        if (ccs_calendar_open(&hours, config->run.start_day, t, &change)) {
            factor = surcharge->factor;
        }
        *until = change < *until ? change : *until;
    }
    return factor;
}
