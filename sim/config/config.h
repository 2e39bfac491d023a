/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The center as the scenario states it: one struct per section, beside the field rows that fill it
 * (a pair of files each). Read-only after binding; model/ turns it into the flat tables of the run.
 *
 * Invariant: maps are aligned over all policies (see struct ccs_map), so an index names the same
 * team, channel, segment or issue type everywhere.
 */
#ifndef CCS_CONFIG_CONFIG_H
#define CCS_CONFIG_CONFIG_H

#include "config/calendar_config.h"
#include "config/channel_config.h"
#include "config/issue_type_config.h"
#include "config/line_group_config.h"
#include "config/routing_config.h"
#include "config/run_config.h"
#include "config/segment_config.h"
#include "config/team_config.h"

/* Everything one policy runs on. */
struct ccs_config {
    struct ccs_run_config run;
    struct ccs_map calendars;   /* struct ccs_calendar_config */
    struct ccs_map segments;    /* struct ccs_segment_config */
    struct ccs_map issue_types; /* struct ccs_issue_type_config */
    struct ccs_map channels;    /* struct ccs_channel_config */
    struct ccs_map line_groups; /* struct ccs_line_group_config */
    struct ccs_map teams;       /* struct ccs_team_config */
    struct ccs_routing_config routing;
};

static inline const struct ccs_team_config *ccs_config_team(const struct ccs_config *config,
                                                            size_t i)
{
    return CCS_MAP_AT(config->teams, struct ccs_team_config, i);
}
static inline const struct ccs_issue_type_config *ccs_config_type(const struct ccs_config *config,
                                                                  size_t i)
{
    return CCS_MAP_AT(config->issue_types, struct ccs_issue_type_config, i);
}
static inline const struct ccs_channel_config *ccs_config_channel(const struct ccs_config *config,
                                                                  size_t i)
{
    return CCS_MAP_AT(config->channels, struct ccs_channel_config, i);
}
static inline const struct ccs_segment_config *ccs_config_segment(const struct ccs_config *config,
                                                                  size_t i)
{
    return CCS_MAP_AT(config->segments, struct ccs_segment_config, i);
}
/* NULL for -1: always open. */
static inline const struct ccs_calendar_config *ccs_config_calendar(const struct ccs_config *config,
                                                                    int i)
{
    return i < 0 ? NULL : CCS_MAP_AT(config->calendars, struct ccs_calendar_config, i);
}

/* Weight with which customers try the channel first about the type. */
static inline double ccs_config_first_weight(const struct ccs_config *config, int type, int channel)
{
    const struct ccs_real_map *mix = &ccs_config_type(config, type)->channel_mix;
    return config->channels.n == 1 ? 1.0 : mix->n > 0 ? mix->v[channel] : 0.0;
}

#endif
