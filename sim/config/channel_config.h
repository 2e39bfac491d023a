/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways to reach the company, the "channels" section, and what can happen there before an agent
 * answers: menus, balking, voicemail, redialling. What happens: world/queue/. */
#ifndef CCS_CONFIG_CHANNEL_CONFIG_H
#define CCS_CONFIG_CHANNEL_CONFIG_H

#include "format/field/field.h"

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

struct ccs_channel_config {
    int kind;
    int32_t calendar; /* -1: always open */
    int64_t priority;
    int64_t lines; /* contacts in queue and in service; absent: no limit */
    struct ccs_dist ivr;
    struct ccs_dist patience;               /* absent: infinite */
    int64_t queue_limit;                    /* waiting places; absent: no limit */
    double queue_limit_per_agent;           /* the same, by agents on duty; absent: no limit */
    struct ccs_menus_config *menus;         /* NULL: none */
    struct ccs_balking_config *balking;     /* NULL: nobody balks */
    struct ccs_voicemail_config *voicemail; /* NULL: none */
    struct ccs_redial_config *redial;       /* NULL: redial_probability for all */
    double redial_probability;
    struct ccs_dist redial_delay;
    double retry_probability;    /* who finds the channel closed comes back */
    struct ccs_dist retry_delay; /* after finding the channel closed: after the next opening */
    ccs_time service_level_threshold;
    double telecom_cost_per_min;
    int at_closing; /* enum ccs_at_closing */
};

extern const struct ccs_section ccs_channel_section;
extern const struct ccs_section ccs_menus_section;
extern const struct ccs_section ccs_balking_section;
extern const struct ccs_section ccs_voicemail_section;
extern const struct ccs_section ccs_redial_section;

#endif
