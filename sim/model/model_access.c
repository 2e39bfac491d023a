/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access: the terms of waiting by channel and issue type. See struct ccs_access_terms. */
#include "model/model_compiler.h"

#include <math.h>

/* The balking of the issue type, or else of the channel; NULL: none. Nobody waits at a form. */
static const struct ccs_balking_config *balking_of(const struct ccs_channel_config *ch,
                                                   const struct ccs_issue_type_config *type)
{
    if (ch->kind == CCS_CHANNEL_FORM) {
        return NULL;
    }
    return type->balking ? type->balking : ch->balking;
}

static const struct ccs_dist *patience_of(const struct ccs_channel_config *ch,
                                          const struct ccs_issue_type_config *type)
{
    const struct ccs_dist *patience =
        ccs_dist_is_given(&type->patience) ? &type->patience : &ch->patience;
    bool waits = ch->kind != CCS_CHANNEL_FORM && ccs_dist_is_given(patience);
    return waits ? patience : NULL;
}

void ccs_model_plan_access(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ch = 0; ch < m->channel_n; ch++) {
        for (int ty = 0; ty < m->type_n; ty++) {
            const struct ccs_channel_config *channel = ccs_config_channel(c->config, ch);
            const struct ccs_issue_type_config *type = ccs_config_type(c->config, ty);
            struct ccs_access_terms *terms = &m->terms[ch * m->type_n + ty];
            terms->patience = patience_of(channel, type);
            terms->balking = balking_of(channel, type);
            terms->in_target = type->service_level_threshold != CCS_TIME_NEVER
                                   ? type->service_level_threshold
                                   : channel->service_level_threshold;
            if (terms->balking) {
                uint32_t window = terms->balking->estimate == CCS_ESTIMATE_MEAN_OF_LAST
                                      ? (uint32_t)terms->balking->window
                                      : 0;
                m->channels[ch].may_turn_away = true;
                m->wait_window = window > m->wait_window ? window : m->wait_window;
            }
        }
    }
}
