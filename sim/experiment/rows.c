/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows the results of a scenario have: see rows.h. */
#include "experiment/rows.h"

#include "base/units.h"
#include "experiment/scenario.h"
#include "format/field/duration.h"
#include "model/timetable.h"

/* "2026-01-05T08:00:00" for a time since t0. */
static const char *date_text(struct ccs_arena *arena, int64_t start_day, ccs_time t)
{
    char date[CCS_DATE_TEXT];
    int64_t day = ccs_day_of(start_day, t);
    int second = (int)((t - (day - start_day) * CCS_US_PER_DAY) / CCS_US_PER_S);
    return ccs_arena_printf(arena, "%sT%02d:%02d:%02d", ccs_date_text(date, day), second / 3600,
                            second / 60 % 60, second % 60);
}

/* Independent days have no date in common: "day 1 08:00:00". */
static const char *period_text(struct ccs_arena *arena, const struct ccs_run_config *run,
                               ccs_time t)
{
    if (run->days == CCS_DAYS_CONTINUOUS) {
        return date_text(arena, run->start_day, t);
    }
    int second = (int)(t % CCS_US_PER_DAY / CCS_US_PER_S);
    return ccs_arena_printf(arena, "day %d %02d:%02d:%02d", (int)(t / CCS_US_PER_DAY) + 1,
                            second / 3600, second / 60 % 60, second % 60);
}

static size_t slice_size(const struct ccs_scenario *sc, enum ccs_slice_kind kind)
{
    const struct ccs_config *config = &sc->policies[sc->baseline].config;
    switch (kind) {
    case CCS_SLICE_ALL:
        return 1;
    case CCS_SLICE_TEAM:
        return config->teams.n;
    case CCS_SLICE_CHANNEL:
        return config->channels.n;
    case CCS_SLICE_SEGMENT:
        return config->segments.n;
    case CCS_SLICE_ISSUE_TYPE:
        return config->issue_types.n;
    case CCS_SLICE_CAUSE:
        return CCS_CAUSE_COUNT;
    case CCS_SLICE_ACCOUNT:
        return CCS_ACCOUNT_COUNT;
    case CCS_SLICE_LINE:
        return CCS_LINE_COUNT;
    case CCS_SLICE_SETTLED:
        return CCS_SETTLED_CELLS;
    case CCS_SLICE_PERIOD:
        return (size_t)((config->run.horizon + config->run.period - 1) / config->run.period);
    case CCS_SLICE_KIND_COUNT:
        break;
    }
    return 0;
}

/* Can an issue of the type on the channel be settled by the tier in this way? */
static bool settles(const struct ccs_model *m, int channel, int type, struct ccs_settled_at at)
{
    const struct ccs_issue_type_config *config = ccs_config_type(m->config, (size_t)type);
    int first = ccs_model_first_tier(m, channel, type);
    switch (at.way) {
    case CCS_WAY_AT_ONCE:
        return at.tier > 0 && at.tier == first;
    case CCS_WAY_ESCALATED:
        return first > 0 && at.tier > first &&
               ccs_model_inbound_queue(m, channel, type, at.tier) != CCS_NO_QUEUE;
    case CCS_WAY_PROMISED_CALL:
        return at.tier > 0 && m->makes_promises &&
               m->callback[type * CCS_TIER_MAX + at.tier - 1] != CCS_NO_QUEUE;
    case CCS_WAY_DESK:
        return at.tier == 0 && m->desk_team >= 0 && m->desk_settles;
    case CCS_WAY_BACK_OFFICE:
        return at.tier == 0 && config->back_office && config->needs != CCS_NEEDS_DECISION;
    case CCS_WAY_COUNT:
        break;
    }
    return false;
}

/* "tier 1, at once, contact 1" */
static const char *settled_text(struct ccs_arena *arena, struct ccs_settled_at at)
{
    static const char *const ways[CCS_WAY_COUNT] = {"at once", "after escalation", "promised call",
                                                    "retention desk", "back office"};
    const char *more = at.contact == CCS_SETTLED_CONTACTS ? " and more" : "";
    return at.tier == 0
               ? ccs_arena_printf(arena, "%s, contact %d%s", ways[at.way], at.contact, more)
               : ccs_arena_printf(arena, "tier %d, %s, contact %d%s", at.tier, ways[at.way],
                                  at.contact, more);
}

static const char *slice_name(const struct ccs_scenario *sc, enum ccs_slice_kind kind, size_t i,
                              struct ccs_arena *arena)
{
    const struct ccs_config *config = &sc->policies[sc->baseline].config;
    switch (kind) {
    case CCS_SLICE_TEAM:
        return config->teams.name[i];
    case CCS_SLICE_CHANNEL:
        return config->channels.name[i];
    case CCS_SLICE_SEGMENT:
        return config->segments.name[i];
    case CCS_SLICE_ISSUE_TYPE:
        return config->issue_types.name[i];
    case CCS_SLICE_CAUSE:
        return ccs_cause_name((enum ccs_cause)i);
    case CCS_SLICE_ACCOUNT:
        return ccs_account_name((enum ccs_account)i);
    case CCS_SLICE_LINE:
        return ccs_line_name((enum ccs_line)i);
    case CCS_SLICE_SETTLED:
        return settled_text(arena, ccs_settled_at(i));
    case CCS_SLICE_PERIOD:
        return period_text(arena, &config->run, (ccs_time)i * config->run.period);
    case CCS_SLICE_ALL:
    case CCS_SLICE_KIND_COUNT:
        break;
    }
    return "";
}

/* Could an issue be settled so under some policy? */
static bool can_settle(const struct ccs_scenario *sc, size_t cell)
{
    for (size_t p = 0; p < sc->policy_n; p++) {
        const struct ccs_model *m = &sc->policies[p].model;
        for (int k = 0; k < m->channel_n * m->type_n; k++) {
            if (settles(m, k / m->type_n, k % m->type_n, ccs_settled_at(cell))) {
                return true;
            }
        }
    }
    return false;
}

/* Only what there can be has a row. Idle time has no leg, so no root cause of its own; of the lines
 * of net value those of the view that decides have rows: these add up. */
static bool has_slice(const struct ccs_scenario *sc, enum ccs_slice_kind kind, size_t i)
{
    switch (kind) {
    case CCS_SLICE_CAUSE:
        return i != CCS_CAUSE_CAPACITY;
    case CCS_SLICE_LINE:
        return ccs_line_is_in((enum ccs_line)i, sc->policies[sc->baseline].model.labor_view);
    case CCS_SLICE_SETTLED:
        return can_settle(sc, i);
    default:
        return true;
    }
}

struct ccs_row *ccs_rows_create(const struct ccs_scenario *scenario, bool with_periods,
                                struct ccs_arena *arena, size_t *n)
{
    int kinds = with_periods ? CCS_SLICE_KIND_COUNT : CCS_SLICE_PERIOD; /* the last kind */
    size_t most = 0;
    for (int kind = 0; kind < kinds; kind++) {
        most += slice_size(scenario, (enum ccs_slice_kind)kind) * ccs_metric_n;
    }
    struct ccs_row *rows = ccs_arena_calloc(arena, most, sizeof *rows);
    *n = 0;
    for (int k = 0; rows && k < kinds; k++) {
        enum ccs_slice_kind kind = (enum ccs_slice_kind)k;
        for (size_t i = 0; i < slice_size(scenario, kind); i++) {
            if (!has_slice(scenario, kind, i)) {
                continue;
            }
            const char *name = slice_name(scenario, kind, i, arena);
            if (!name) {
                return NULL;
            }
            for (size_t m = 0; m < ccs_metric_n; m++) {
                if (ccs_metrics[m].slices >> k & 1) {
                    rows[(*n)++] = (struct ccs_row){&ccs_metrics[m], kind, i, name};
                }
            }
        }
    }
    return rows;
}
