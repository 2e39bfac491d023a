/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The center as the scenario states it: one struct per section, filled by the field rows that
 * stand in the .c file of the same subject (channel.c, issue_type.c, routing.c; config.c has run
 * and calendars) or, where they are many, in one of their own (arrival_fields.c, access_fields.c,
 * team_fields.c). Read-only after binding; model.h turns it into the flat tables of the run.
 *
 * Invariant: maps are aligned over all policies (see struct ccs_map), so an index names the same
 * team, channel, segment or issue type everywhere.
 */
#ifndef CCS_CENTER_CONFIG_H
#define CCS_CENTER_CONFIG_H

#include "center/decision.h"
#include "scenario/field.h"

/* How replications lie in time. */
enum ccs_days {
    CCS_DAYS_CONTINUOUS,
    CCS_DAYS_INDEPENDENT
};

/* As long as a test on pilot runs finds necessary: experiment/warmup.h. */
#define CCS_WARMUP_AUTO ((ccs_time)-1)

struct ccs_run_config {
    int64_t start_day; /* days since 1970-01-01; t = 0 is its midnight */
    ccs_time horizon;
    ccs_time warmup;    /* CCS_TIME_NEVER: three anger half-lives, or none; CCS_WARMUP_AUTO */
    ccs_time follow_up; /* longest */
    ccs_time period;    /* of the period report */
    int64_t replications;
    int64_t seed;
    const char *primary; /* metric that decides */
    double discount_rate_per_year;
    int days;                    /* enum ccs_days */
    struct ccs_real_map backlog; /* contacts that wait at t0, by issue type */
};

/* More than there can be; pilot runs have numbers that are multiples of it and what follows. */
#define CCS_REPLICATION_RANGE (UINT64_C(1) << 40)

/* Independent days: from the window of one replication to that of the next, whole days. */
ccs_time ccs_run_step(const struct ccs_run_config *run);

/* When the last window ends: independent days have one after the other. */
static inline ccs_time ccs_run_last_end(const struct ccs_run_config *run)
{
    ccs_time later =
        run->days == CCS_DAYS_INDEPENDENT ? (run->replications - 1) * ccs_run_step(run) : 0;
    return run->horizon + later;
}

struct ccs_calendar_config {
    struct ccs_week_hours hours;
    struct ccs_real_list holidays; /* day numbers */
};

struct ccs_segment_config {
    int64_t population;
    double margin_per_month;
    double churn_hazard_per_year;
    struct ccs_dist tenure; /* seconds, at t0 */
    bool one_at_a_time;     /* no new issue while one is open */
};

enum ccs_counts {
    CCS_COUNTS_FIRST_REQUESTS,
    CCS_COUNTS_ALL_CONTACTS
};

/* How many contacts; exactly one of the first seven, or `interarrival` alone. Absent: n 0, NAN,
 * kind CCS_DIST_KIND_COUNT. */
struct ccs_volume_config {
    struct ccs_series per_interval;      /* contacts per interval */
    double rate_per_h;                   /* constant rate */
    struct ccs_series rate_points_per_h; /* rate at the beginning of each interval, lines between */
    struct ccs_series daily_counts;      /* exactly so many contacts a day */
    struct ccs_series interval_counts;   /* exactly so many contacts in each interval */
    struct ccs_dist daily_total;         /* random number of contacts a day */
    struct ccs_recording replay;         /* recorded arrivals */
    struct ccs_dist interarrival; /* renewal process: shape, and rate if nothing else is given */
    double profile_concentration; /* of the random shares of the parts of a day; NAN: fixed */
    struct ccs_series share;      /* of the table or rate that is this type */
    double factor;                /* on all of it */
    int counts;                   /* enum ccs_counts */
    int32_t segment;              /* whose customers call; -1: each arrival is its own customer */
};

static inline bool ccs_volume_has_rate(const struct ccs_volume_config *volume)
{
    return volume->rate_per_h == volume->rate_per_h; /* NAN: absent */
}

static inline bool ccs_volume_is_renewal(const struct ccs_volume_config *volume)
{
    return volume->interarrival.kind != CCS_DIST_KIND_COUNT;
}

/* All of the table or rate is of this type. */
static inline bool ccs_volume_is_whole(const struct ccs_volume_config *volume)
{
    return volume->share.is_constant && volume->share.constant == 1;
}

static inline bool ccs_volume_has_total(const struct ccs_volume_config *volume)
{
    return volume->daily_total.kind != CCS_DIST_KIND_COUNT;
}

/* Are counts given, of days or of intervals, instead of a rate? */
static inline bool ccs_volume_has_counts(const struct ccs_volume_config *volume)
{
    return ccs_series_is_given(&volume->daily_counts) ||
           ccs_series_is_given(&volume->interval_counts) || ccs_volume_has_total(volume);
}

/* A day unlike others of its kind. */
struct ccs_special_day_config {
    double factor;                  /* on the day's rate; NAN: 1 */
    struct ccs_series profile;      /* instead of the issue type's; n 0: that one */
    struct ccs_series per_interval; /* instead of the volume's table or rate */
};

struct ccs_holiday_config {
    int32_t calendar;
    struct ccs_special_day_config day;
};

/* Random factors on the rate of parts of a day. */
struct ccs_period_factor_config {
    ccs_time interval;
    struct ccs_series cv;
    double correlation;       /* of neighbours, of the normal scores */
    double correlation_floor; /* variance of the scores that a whole day shares */
    double correlation_noise; /* and that each period has for itself */
};

/* A factor on the days of all issue types that name the group, beside their own. */
struct ccs_common_day_factor_config {
    const char *group;
    double cv;              /* of a gamma distribution; or NAN */
    struct ccs_dist factor; /* or any distribution */
};

enum ccs_burst_shape {
    CCS_BURST_FLAT,
    CCS_BURST_LINEAR,
    CCS_BURST_EXPONENTIAL
};

/* A campaign or an outage: more contacts for a while. */
struct ccs_burst_config {
    int64_t date;
    ccs_time from; /* since midnight */
    ccs_time duration;
    double factor;   /* on the rate; or NAN */
    double contacts; /* expected, on top of the rate; or NAN */
    int shape;       /* enum ccs_burst_shape */
    int32_t segment; /* -1: as the type */
};

struct ccs_back_office_config {
    int32_t team;
    struct ccs_dist work;
};

struct ccs_verification_config {
    struct ccs_dist time;
    double sensitivity; /* P(supports | justified) */
    double specificity; /* P(contradicts | unjustified) */
};

enum ccs_needs {
    CCS_NEEDS_EXPLANATION,
    CCS_NEEDS_DECISION
};

/* What a settled issue leads to, by type: see follow_on.h. */
struct ccs_follow_on_config {
    double probability;
    struct ccs_dist delay;
};

struct ccs_issue_type_config {
    struct ccs_real_map rate_per_customer_year; /* by segment */
    struct ccs_volume_config *volume;           /* NULL: not volume-driven */
    struct ccs_series profile;                  /* relative intensity over the week */
    double day_factor_cv;
    struct ccs_dist day_factor;   /* instead of it: any distribution, scaled to mean 1 */
    const char *day_factor_group; /* NULL: factors of its own */
    struct ccs_common_day_factor_config *common_day_factor;
    struct ccs_period_factor_config *period_factor;
    struct ccs_holiday_config *holidays;
    struct ccs_map special_days;     /* struct ccs_special_day_config, by date */
    struct ccs_map bursts;           /* struct ccs_burst_config */
    struct ccs_real_map channel_mix; /* weights by channel */
    int64_t priority;
    int needs; /* enum ccs_needs */
    struct ccs_dist amount;
    double justified_probability;
    double fulfilment_cost;
    struct ccs_dist talk, hold, wrap;
    struct ccs_series talk_profile; /* factor by the time at which talk begins; absent: 1 */
    struct ccs_real_list talk_factor_by_tier;
    struct ccs_dist patience;                   /* kind CCS_DIST_KIND_COUNT: as the channel says */
    ccs_time service_level_threshold;           /* CCS_TIME_NEVER: the same */
    struct ccs_balking_config *balking;         /* NULL: the same */
    double redial_probability;                  /* NAN: the same */
    struct ccs_redial_config *redial;           /* NULL: the same */
    struct ccs_back_office_config *back_office; /* NULL: nothing to do afterwards */
    struct ccs_verification_config *verification; /* NULL: cannot be checked */
    struct ccs_map leads_to;                      /* struct ccs_follow_on_config by type name */
};

/* Does anything drawn change the rate? */
static inline bool ccs_issue_type_varies(const struct ccs_issue_type_config *type)
{
    return type->day_factor_cv > 0 || type->day_factor.kind != CCS_DIST_KIND_COUNT ||
           type->common_day_factor || type->period_factor;
}

/* Whose customers a burst's contacts are (-1: nobody's); *is_clear false if that is not said. */
int ccs_burst_segment(const struct ccs_issue_type_config *type,
                      const struct ccs_burst_config *burst, bool *is_clear);

enum ccs_channel_kind {
    CCS_CHANNEL_PHONE,
    CCS_CHANNEL_CHAT,
    CCS_CHANNEL_FORM
};

/* What becomes of those inside at closing time: see closing.h. */
enum ccs_at_closing {
    CCS_CLOSING_CARRY_OVER,
    CCS_CLOSING_CLEAR,
    CCS_CLOSING_SERVE_OUT
};

/* Menus before the queue. */
struct ccs_menus_config {
    int64_t depth;
    struct ccs_dist time; /* of one */
    double hang_up_probability;
    double misroute_probability;
    struct ccs_dist found_out_after;
};

enum ccs_wait_estimate {
    CCS_ESTIMATE_LAST_WAIT,
    CCS_ESTIMATE_QUEUE_LENGTH,
    CCS_ESTIMATE_MEAN_OF_LAST
};

/* Turning away from an expected wait. */
struct ccs_balking_config {
    struct ccs_dist tolerance;
    int estimate;     /* enum ccs_wait_estimate */
    int64_t window;   /* waits that the mean of the last ones is of */
    ccs_time initial; /* expected before any wait is known */
    double probability;
};

struct ccs_voicemail_config {
    ccs_time after;
    bool called_back;
};

/* How an attempt came to nothing before an agent answered. */
enum ccs_loss {
    CCS_LOSS_ABANDONED,
    CCS_LOSS_BUSY,
    CCS_LOSS_BALKED,
    CCS_LOSS_HUNG_UP,
    CCS_LOSS_VOICEMAIL,
    CCS_LOSS_COUNT
};

struct ccs_redial_config {
    struct ccs_real_list after[CCS_LOSS_COUNT]; /* probability by attempt, the last repeats; n 0:
                                                   redial_probability */
    struct ccs_real_map channel_mix;
};

struct ccs_channel_config {
    int kind;
    int32_t calendar; /* -1: always open */
    int64_t priority;
    int64_t lines; /* contacts in queue and in service; INT64_MIN: no limit */
    struct ccs_dist ivr;
    struct ccs_dist patience;               /* kind CCS_DIST_KIND_COUNT: infinite */
    int64_t queue_limit;                    /* waiting places; INT64_MIN: no limit */
    double queue_limit_per_agent;           /* the same, by agents on duty; NAN: no limit */
    struct ccs_menus_config *menus;         /* NULL: none */
    struct ccs_balking_config *balking;     /* NULL: nobody balks */
    struct ccs_voicemail_config *voicemail; /* NULL: none */
    struct ccs_redial_config *redial;       /* NULL: redial_probability for all */
    double redial_probability;
    struct ccs_dist redial_delay;
    struct ccs_dist retry_delay; /* after finding the channel closed: after the next opening */
    ccs_time service_level_threshold;
    double telecom_cost_per_min;
    int at_closing; /* enum ccs_at_closing */
};

/* Lines that channels share: see line_group.h. */
struct ccs_line_group_config {
    int64_t lines;
    struct ccs_ref_list channels;
};

struct ccs_break_config {
    ccs_time after; /* the beginning of the shift */
    ccs_time length;
    ccs_time spread; /* over which the agents of the shift begin it one after the other */
    bool paid;
};

struct ccs_shift_config {
    int64_t agents;
    struct ccs_week_hours hours;
    struct ccs_map breaks; /* struct ccs_break_config */
};

/* A factor on the wage at some hours or on holidays: see wage.h. */
struct ccs_surcharge_config {
    struct ccs_week_hours hours; /* n = 0: by holidays */
    int32_t holidays;            /* of this calendar; -1: by hours */
    double factor;
};

/* A pause nobody has planned, after a contact: see pause.h. */
struct ccs_pause_config {
    double probability;
    struct ccs_dist length;
};

struct ccs_team_config {
    struct ccs_series agents;  /* absent: by shifts */
    double agents_factor;      /* on them, before rounding */
    struct ccs_map shifts;     /* struct ccs_shift_config */
    struct ccs_series absence; /* probability per agent and day, or shift, where it begins */
    bool absence_paid;
    struct ccs_series shrinkage; /* share of the scheduled time, where a part begins */
    ccs_time shrinkage_part;     /* in parts of this length */
    double speed_cv;
    int64_t tier;
    int32_t calendar;             /* -1: always */
    struct ccs_ref_list channels; /* absent: all */
    struct ccs_ref_list skills;   /* issue types; absent: all */
    double wage_per_h;
    struct ccs_map wage_surcharges; /* struct ccs_surcharge_config */
    double overtime_factor;
    double target_occupancy;
    struct ccs_real_map talk_factor, wrap_factor; /* by issue type */
    struct ccs_dist answer_delay;                 /* kind CCS_DIST_KIND_COUNT: none */
    struct ccs_pause_config *pause_after_contact; /* NULL: none */
    double cost_per_contact;                      /* billed by an outsourcer, beside the wage */
    double cost_per_handled_min;
    struct ccs_real_map skill_priority;   /* by issue type; n = 0: none */
    struct ccs_real_map agent_priority;   /* the same for choosing agents; n = 0: skill_priority */
    struct ccs_real_map contact_priority; /* and for choosing contacts; n = 0: skill_priority */
    struct ccs_real_map overflow_after_s; /* by issue type */
    struct ccs_real_map reserve;          /* by issue type: agents kept free of it */
};

/* Largest headcount that the team ever has. */
double ccs_team_most_agents(const struct ccs_team_config *team);

/* Contacts that some teams pass on to another: see transfer.h. */
struct ccs_transfer_config {
    double probability;
    int32_t to;                      /* team */
    struct ccs_ref_list by;          /* teams; absent: every other one */
    struct ccs_ref_list issue_types; /* absent: all that the other team serves */
    int mode;                        /* enum ccs_transfer */
    struct ccs_dist after;           /* kind CCS_DIST_KIND_COUNT: a whole talk */
    struct ccs_dist time;            /* it takes, besides */
};

#define CCS_TRANSFER_RULES_MAX 64 /* bits of ccs_seat.done */

/* Does the rule apply to the issue type after a leg by the team? */
bool ccs_transfer_applies(const struct ccs_transfer_config *rule, int type, int team);

struct ccs_routing_config {
    int agent;                            /* enum ccs_agent_rule */
    int contact;                          /* enum ccs_contact_rule */
    struct ccs_real_map weights;          /* by issue type; n = 0: all 1 */
    struct ccs_real_map priority_per_min; /* by issue type */
    struct ccs_map transfers;             /* struct ccs_transfer_config */
    int64_t transferred_priority;         /* added once a contact has been passed on */
};

/* Everything one policy runs on. The opaque parts belong to the layer above. */
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

extern const struct ccs_section ccs_run_section;
extern const struct ccs_section ccs_calendar_section;
extern const struct ccs_section ccs_segment_section;
extern const struct ccs_section ccs_issue_type_section;
extern const struct ccs_section ccs_menus_section;
extern const struct ccs_section ccs_balking_section;
extern const struct ccs_section ccs_voicemail_section;
extern const struct ccs_section ccs_redial_section;
extern const struct ccs_section ccs_special_day_section;
extern const struct ccs_section ccs_holiday_section;
extern const struct ccs_section ccs_period_factor_section;
extern const struct ccs_section ccs_common_day_factor_section;
extern const struct ccs_section ccs_burst_section;
extern const struct ccs_section ccs_channel_section;
extern const struct ccs_section ccs_line_group_section;
extern const struct ccs_section ccs_team_section;
extern const struct ccs_section ccs_pause_section;
extern const struct ccs_section ccs_transfer_section;
extern const struct ccs_section ccs_routing_section;

static inline const struct ccs_team_config *ccs_config_team(const struct ccs_config *config, int i)
{
    return CCS_MAP_AT(config->teams, struct ccs_team_config, i);
}
static inline const struct ccs_issue_type_config *ccs_config_type(const struct ccs_config *config,
                                                                  int i)
{
    return CCS_MAP_AT(config->issue_types, struct ccs_issue_type_config, i);
}
static inline const struct ccs_channel_config *ccs_config_channel(const struct ccs_config *config,
                                                                  int i)
{
    return CCS_MAP_AT(config->channels, struct ccs_channel_config, i);
}
static inline const struct ccs_segment_config *ccs_config_segment(const struct ccs_config *config,
                                                                  int i)
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
