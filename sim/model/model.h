/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The compiled model: the flat tables on which one policy runs, made once per policy from its bound
 * configuration. A *plan* is the compiled record of one thing (queue, team, channel, stream,
 * shift).
 *
 * A *queue* is a place to wait: contacts that the same teams serve on the same terms with the same
 * priority share one. The route tables say which queue a contact of a kind goes to; the plan of a
 * team lists its queues, the most urgent first.
 *
 * Invariants: a model is read-only during runs and shared by all threads; indices of channels,
 * teams, segments and issue types are the same in the models of all policies; those of queues are
 * not (at t0, when the policy changes, a waiting contact moves to its queue under the new model).
 */
#ifndef CCS_MODEL_MODEL_H
#define CCS_MODEL_MODEL_H

#include "base/arena.h"
#include "config/config.h"
#include "model/tenure_curve.h"
#include "random/stream.h"

#define CCS_NO_QUEUE UINT16_MAX
#define CCS_NO_TEAM UINT16_MAX

enum ccs_contact_kind {
    CCS_CONTACT_INBOUND,  /* phone, chat, form */
    CCS_CONTACT_CALLBACK, /* a call that the company owes: promised, or for a message */
    CCS_CONTACT_WORK,     /* back office: no customer on the line */
    CCS_CONTACT_DESK      /* retention desk */
};

/* The terms on which a team serves the contacts of a queue. */
struct ccs_service {
    double skill;    /* agent_priority: teams with a higher one are asked first */
    double urgency;  /* contact_priority: added to the priority of the queue */
    ccs_time after;  /* the team takes a contact only once it has waited so long ... */
    int32_t reserve; /* ... and only while more agents than that are free */
};

struct ccs_queue_plan {
    int16_t priority;
    uint16_t team_n;
    uint16_t *team;              /* in the order in which they are asked */
    struct ccs_service *service; /* terms of each team */
    double weight;               /* of waiting, for rules that weigh it */
    int32_t by_type;             /* issue type, where the rule has a queue for each; else -1 */
};

struct ccs_shift_plan {
    const struct ccs_shift_config *config;
    struct ccs_calendar_config hours; /* of the shift, with the team's holidays */
    uint32_t agents;
};

struct ccs_team_plan {
    uint16_t queue_n;
    uint16_t *queue;                   /* by falling priority, that of the skill included */
    struct ccs_service *service;       /* terms in each queue */
    double wage_per_us;                /* ten-thousandths per microsecond */
    double workload_per_us;            /* wage / target occupancy */
    double *talk_factor, *wrap_factor; /* by issue type */
    bool rings;                        /* agents have an `answer_delay` */
    bool pauses;                       /* agents may pause after a contact */
    ccs_money per_contact;             /* price of a leg */
    double per_handled_us;             /* price of handled time, ten-thousandths per microsecond */
    uint8_t tier;
    const struct ccs_team_config *config;
    uint64_t entity;
    uint32_t agent_n; /* most agents the team ever has */
    uint16_t shift_n; /* 0: staffed by headcount */
    struct ccs_shift_plan *shift;
    struct ccs_dist speed; /* factor on talk by agent; kind CCS_DIST_KIND_COUNT: always 1 */
};

/* A special day or holiday, whose rate is not that of its weekday. */
struct ccs_day_rule {
    int64_t day;
    double factor;
    const struct ccs_series *profile; /* NULL: that of the stream */
    const struct ccs_series *volume;  /* NULL: that of the stream */
};

/* A burst that multiplies the rate for a while. */
struct ccs_surge {
    ccs_time from, to;
    double factor;
};

/* Arrival processes: one file each (world/demand/arrival_<name>.c), in the order of arrival.c. */
enum ccs_arrival_kind {
    CCS_ARRIVAL_POISSON,
    CCS_ARRIVAL_RENEWAL,
    CCS_ARRIVAL_DAILY,
    CCS_ARRIVAL_BURST,
    CCS_ARRIVAL_REPLAY,
    CCS_ARRIVAL_INTERVAL
};

/* A random factor on a day's rate. */
struct ccs_day_factor {
    uint64_t entity;
    struct ccs_dist dist;
    double mean; /* of dist; drawn values are divided by it */
};

struct ccs_channel_plan {
    double telecom_per_us;
    uint32_t lines;    /* UINT32_MAX: no limit */
    bool is_live;      /* the customer waits on the line: phone, chat */
    bool shares_lines; /* is in a line group */
    bool has_ivr;
    bool has_entry;           /* ivr or menus */
    bool may_turn_away;       /* a customer who would have to wait may find no place, or balk */
    uint32_t queue_limit;     /* UINT32_MAX: none */
    ccs_time voicemail_after; /* CCS_TIME_NEVER: none */
};

/* Terms of waiting for contacts of a type on a channel: those of the type, else of the channel. */
struct ccs_access_terms {
    const struct ccs_dist *patience;          /* NULL: customers wait for ever */
    ccs_time in_target;                       /* threshold of the service level */
    const struct ccs_balking_config *balking; /* NULL: customers do not balk */
};

/* One source of exogenous issues. */
struct ccs_stream_plan {
    uint64_t entity;
    enum ccs_arrival_kind kind;
    uint16_t issue_type;
    int32_t segment;                 /* -1: anonymous arrivals */
    double per_us;                   /* factor on the series: population x rate, or 1 / interval */
    const struct ccs_series *volume; /* NULL: constant 1 */
    bool is_line;                    /* the volume's values are points joined by straight lines */
    const struct ccs_dist *interarrival; /* RENEWAL */
    double interarrival_mean_s;
    const struct ccs_series *counts;      /* DAILY, times by the rate; INTERVAL */
    const struct ccs_dist *total;         /* DAILY: instead of counts */
    double per_count;                     /* factor on the counts */
    double concentration;                 /* DAILY: of random shares; 0: fixed shares */
    const struct ccs_burst_config *burst; /* BURST */
    struct ccs_recording_row *row;        /* REPLAY: times since t0 */
    size_t row_n;
    struct ccs_day_rule *rule; /* by day */
    size_t rule_n;
    double share;                         /* factor on the volume of a rule */
    const struct ccs_series *share_table; /* a further factor on the rate; NULL: 1 */
    struct ccs_surge *surge;
    size_t surge_n;
    const struct ccs_period_factor_config *period; /* NULL: none */
    struct ccs_day_factor day_factor[2];           /* own, common */
    int day_factor_n;
    const struct ccs_series *profile;
    double profile_mean;
    bool has_factor; /* the rate has random factors: see arrival_factor.c */
    bool counts_all; /* the volume contains redials and repeats: scaled by the world's factor */
};

/* One follow-on of an issue type: see world/case/follow_on.h. */
struct ccs_follow_on_branch {
    double upto; /* chosen if the uniform number is below this, but not below the branch before */
    uint64_t kind;
    const struct ccs_dist *delay; /* seconds */
    uint16_t type;
};

struct ccs_follow_on_plan {
    uint16_t n;
    struct ccs_follow_on_branch *branch; /* by name of the type */
};

/* Hazard, margin and value of a segment's customers where these differ. */
struct ccs_worth_plan {
    struct ccs_tenure_curve plain, opportunist;
    const struct ccs_opportunists_config *opportunists; /* NULL: there are none */
};

struct ccs_hooks;
struct ccs_policy_info;

struct ccs_model {
    const struct ccs_config *config;
    const char *policy_name;
    const struct ccs_policy_info *policy;
    const void *policy_config;
    struct ccs_hooks *hooks; /* functions of mechanisms at the points of world/hooks.h */

    uint16_t channel_n, team_n, segment_n, type_n, queue_n, stream_n;
    struct ccs_queue_plan *queues;
    struct ccs_team_plan *teams;
    struct ccs_channel_plan *channels;
    struct ccs_access_terms *terms; /* [channel][type] */
    uint32_t wait_window;           /* most waits that an estimate of balking looks back on */
    struct ccs_stream_plan *streams;
    const struct ccs_stream_plan **replay; /* by issue type: its recorded stream, or NULL */
    uint64_t *segment_entity;
    double *channel_cdf;     /* [type][channel]: cumulative first-channel mix */
    uint16_t *inbound;       /* queue by [channel][type][tier - 1] */
    uint16_t *callback;      /* queue by [type][tier - 1] */
    uint16_t *work;          /* queue by [type] */
    uint16_t desk;           /* queue of the retention desk, or CCS_NO_QUEUE */
    uint16_t *inbound_again; /* as `inbound`, for contacts passed on; often the same table */
    uint16_t *team_queue;    /* queue by [channel][type][team]: transfers; NULL: there are none */
    struct ccs_follow_on_plan *follow_on; /* by type; NULL: no issue leads to another */

    const struct ccs_worth_plan **worth; /* by segment, anonymous last; NULL: all are alike */
    bool has_worth;                      /* some segment has a plan */

    int agent_rule, contact_rule; /* enum ccs_agent_rule, ccs_contact_rule */
    bool routes_plainly;          /* first team with a free agent, most urgent contact, no terms */
    bool has_overflow;            /* some team takes contacts of some queue only after a delay */
    bool has_agents;              /* agents are individuals: world/staff/agent.h */
    bool has_contact_extras; /* contacts have a record beside their own: struct ccs_contact_extra */

    enum ccs_labor_view labor_view; /* that decides: set by the loader, one for all policies */

    int32_t desk_team;              /* set by a mechanism before compiling; -1: none */
    struct ccs_dist desk_talk;      /* set with it */
    int16_t callback_priority;      /* set by a mechanism */
    bool makes_promises;            /* set by a mechanism: promised calls are made */
    int outbound_channel;           /* the phone, for calls the company makes; -1: none */
    ccs_time anger_half_life;       /* set by a mechanism; 0: customers do not remember burdens */
    double record_lost_probability; /* set by a mechanism: agents do not see the issue's record */
    bool next_tier_calls; /* set by a mechanism: promised calls are made by a higher tier */
    bool desk_settles;    /* set by a mechanism: the desk settles the issues of the saved */
    bool has_customers;   /* set by the loader: the world keeps customers, anonymous ones too */
    bool has_population;
    bool has_closing; /* some channel does not carry its contacts over at closing time */
    ccs_time warmup;  /* resolved */
};

/* Builds the tables in `arena`, whether or not the configuration fits together: that is for
 * ccs_lint_model to say. Policy, hooks and the members that mechanisms set are filled in before.
 * CCS_ENOMEM, or CCS_OK. */
ccs_status ccs_model_compile(struct ccs_model *model, const struct ccs_config *config,
                             struct ccs_arena *arena);

/* Do both plans have the same teams on the same terms, the same priority, weight and type? They may
 * be of two models. */
bool ccs_model_same_queue(const struct ccs_queue_plan *a, const struct ccs_queue_plan *b);

/* The lowest tier that serves the type on the channel; 0 if no team does. */
int ccs_model_first_tier(const struct ccs_model *model, int channel, int type);
/* The next higher tier that serves it; 0 if `tier` is the top. */
int ccs_model_next_tier(const struct ccs_model *model, int channel, int type, int tier);

/* The queue of a type's first contacts on a channel; CCS_NO_QUEUE if no team serves it there. */
uint16_t ccs_model_first_queue(const struct ccs_model *model, int channel, int type);

/* How many issue types of the channel have another first queue than this type: a menu can misroute
 * into these. `queue`: that of the k-th such type, its own if there are not so many. */
uint32_t ccs_model_other_queues(const struct ccs_model *model, int channel, int type, uint32_t k,
                                uint16_t *queue);

/* Can an issue of this type follow on another issue? */
bool ccs_model_is_followed_to(const struct ccs_model *model, uint16_t type);

static inline const struct ccs_access_terms *ccs_model_access_terms(const struct ccs_model *model,
                                                                    int channel, int type)
{
    return &model->terms[channel * model->type_n + type];
}

static inline uint16_t ccs_model_inbound_queue(const struct ccs_model *model, int channel, int type,
                                               int tier)
{
    return model->inbound[(channel * model->type_n + type) * CCS_TIER_MAX + tier - 1];
}

#endif
