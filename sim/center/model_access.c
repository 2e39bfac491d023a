/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access: what a channel says that can never have an effect (W404). */
#include "center/access.h"
#include "center/model_compiler.h"

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
    if (ch->menus && ch->menus->misroute_probability > 0 && !can_misroute(c, channel)) {
        idle(c, channel, "menus",
             "`misroute_probability` has no effect: all issue types go into the same queue");
    }
}
