/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access: what a channel says that can never have an effect (W404),
 * and the terms that hold by channel and issue type. */
#include "center/access.h"
#include "center/model_compiler.h"

#include <math.h>

static void idle(struct compiler *c, int channel, const char *key, const char *message)
{
    ccs_model_fail(c, CCS_W404, "channels", c->config->channels.name[channel], key, message);
}

/* Is there a type whose contacts menus could send into another lane? */
static bool can_misroute(const struct compiler *c, int channel)
{
    for (int ty = 0; ty < c->model->type_n; ty++) {
        if (ccs_model_first_tier(c->model, channel, ty) > 0 &&
            ccs_access_can_misroute(c->model, channel, ty)) {
            return true;
        }
    }
    return false;
}

void ccs_model_check_access(struct compiler *c, int channel)
{
    const struct ccs_channel_config *ch = channel_at(c, channel);
    if (!is_present(&c->config->channels, channel)) {
        return;
    }
    if (ch->kind == CCS_CHANNEL_FORM && ch->balking) {
        idle(c, channel, "balking", "has no effect on a form: nobody waits there");
    }
    if (ch->kind == CCS_CHANNEL_FORM && ch->voicemail) {
        idle(c, channel, "voicemail", "has no effect on a form: nobody waits there");
    }
    if (ch->queue_limit != INT64_MIN && ch->lines != INT64_MIN && ch->queue_limit >= ch->lines) {
        idle(c, channel, "queue_limit",
             "has no effect: no more than `lines` can be in the channel at all");
    }
    if (!isnan(ch->queue_limit_per_agent) && ch->queue_limit == 0) {
        idle(c, channel, "queue_limit_per_agent",
             "has no effect: `queue_limit` leaves no waiting place at all");
    }
    if (ch->menus && ch->menus->misroute_probability > 0 && !can_misroute(c, channel)) {
        idle(c, channel, "menus",
             "`misroute_probability` has no effect: all issue types go into the same queue");
    }
}

/* Does the issue type, or else the channel, say anything about balking there? */
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
        type->patience.kind != CCS_DIST_KIND_COUNT ? &type->patience : &ch->patience;
    bool waits = ch->kind != CCS_CHANNEL_FORM && patience->kind != CCS_DIST_KIND_COUNT;
    return waits ? patience : NULL;
}

void ccs_model_plan_access(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ch = 0; ch < m->channel_n; ch++) {
        for (int ty = 0; ty < m->type_n; ty++) {
            const struct ccs_channel_config *channel = channel_at(c, ch);
            const struct ccs_issue_type_config *type = type_at(c, ty);
            struct ccs_terms *terms = &m->terms[ch * m->type_n + ty];
            terms->patience = patience_of(channel, type);
            terms->balking = balking_of(channel, type);
            terms->in_target = type->service_level_threshold != CCS_TIME_NEVER
                                   ? type->service_level_threshold
                                   : channel->service_level_threshold;
            if (terms->balking) {
                uint32_t window = terms->balking->estimate == CCS_ESTIMATE_MEAN_OF_LAST
                                      ? (uint32_t)terms->balking->window
                                      : 0;
                m->channels[ch].has_gate = true;
                m->wait_window = window > m->wait_window ? window : m->wait_window;
            }
        }
    }
}

void ccs_model_check_type_access(struct compiler *c, int type)
{
    const struct ccs_issue_type_config *ty = type_at(c, type);
    const char *name = c->config->issue_types.name[type];
    bool waits = false;
    for (int ch = 0; ch < c->model->channel_n; ch++) {
        waits = waits || (channel_at(c, ch)->kind != CCS_CHANNEL_FORM &&
                          ccs_model_first_tier(c->model, ch, type) > 0);
    }
    if (!waits && ty->patience.kind != CCS_DIST_KIND_COUNT) {
        ccs_model_fail(c, CCS_W404, "issue_types", name, "patience",
                       "has no effect: no phone or chat takes this type");
    }
    if (!waits && ty->balking) {
        ccs_model_fail(c, CCS_W404, "issue_types", name, "balking",
                       "has no effect: no phone or chat takes this type");
    }
}
