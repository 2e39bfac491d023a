/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways to reach the company: the "channels" section. */
#ifndef CCS_CONFIG_CHANNEL_CONFIG_H
#define CCS_CONFIG_CHANNEL_CONFIG_H

#include "config/access_config.h"

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
    struct ccs_dist retry_delay; /* after finding the channel closed: after the next opening */
    ccs_time service_level_threshold;
    double telecom_cost_per_min;
    int at_closing; /* enum ccs_at_closing */
};

extern const struct ccs_section ccs_channel_section;

#endif
