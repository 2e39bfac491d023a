/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can happen before an agent answers: menus, balking, voicemail, redialling. */
#ifndef CCS_CONFIG_ACCESS_CONFIG_H
#define CCS_CONFIG_ACCESS_CONFIG_H

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

extern const struct ccs_section ccs_menus_section;

extern const struct ccs_section ccs_balking_section;

extern const struct ccs_section ccs_voicemail_section;

extern const struct ccs_section ccs_redial_section;

#endif
