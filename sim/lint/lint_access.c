/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of a channel or a line group that can never have an effect (W404). */
#include "lint/lint_part.h"

#include <math.h>

static void idle(struct ccs_lint *c, int channel, const char *key, const char *message)
{
    ccs_lint_report(c, CCS_W404, CCS_AT(c, "channels", c->config->channels.name[channel], key),
                    "%s", message);
}

/* Is there a type whose contacts menus could misroute into another queue? */
static bool can_misroute(const struct ccs_model *m, int channel)
{
    bool found = false;
    uint16_t queue;
    for (int ty = 0; ty < m->type_n; ty++) {
        found = found || (ccs_model_first_tier(m, channel, ty) > 0 &&
                          ccs_model_other_queues(m, channel, ty, 0, &queue) > 0);
    }
    return found;
}

void ccs_lint_access(struct ccs_lint *c, int channel)
{
    const struct ccs_channel_config *ch = ccs_config_channel(c->config, channel);
    if (!ccs_map_has(&c->config->channels, channel)) {
        return;
    }
    if (ch->kind == CCS_CHANNEL_FORM && ch->balking) {
        idle(c, channel, "balking", "has no effect on a form: nobody waits there");
    }
    if (ch->kind == CCS_CHANNEL_FORM && ch->voicemail) {
        idle(c, channel, "voicemail", "has no effect on a form: nobody waits there");
    }
    if (ccs_int_is_given(ch->queue_limit) && ccs_int_is_given(ch->lines) &&
        ch->queue_limit >= ch->lines) {
        idle(c, channel, "queue_limit",
             "has no effect: no more than `lines` can be in the channel at all");
    }
    if (ccs_real_is_given(ch->queue_limit_per_agent) && ch->queue_limit == 0) {
        idle(c, channel, "queue_limit_per_agent",
             "has no effect: `queue_limit` leaves no waiting place at all");
    }
    if (ch->menus && ch->menus->misroute_probability > 0 && !can_misroute(c->model, channel)) {
        idle(c, channel, "menus",
             "`misroute_probability` has no effect: all issue types go into the same queue");
    }
}

void ccs_lint_type_access(struct ccs_lint *c, int type)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    const char *name = c->config->issue_types.name[type];
    bool waits = false;
    for (int ch = 0; ch < c->model->channel_n; ch++) {
        waits = waits || (ccs_config_channel(c->config, ch)->kind != CCS_CHANNEL_FORM &&
                          ccs_model_first_tier(c->model, ch, type) > 0);
    }
    if (!waits && ccs_dist_is_given(&ty->patience)) {
        ccs_lint_report(c, CCS_W404, CCS_AT(c, "issue_types", name, "patience"),
                        "has no effect: no phone or chat takes this type");
    }
    if (!waits && ty->balking) {
        ccs_lint_report(c, CCS_W404, CCS_AT(c, "issue_types", name, "balking"),
                        "has no effect: no phone or chat takes this type");
    }
}

/* Do the channels' own lines add up to no more than the lines of the group? */
static bool is_idle(struct ccs_lint *c, const struct ccs_line_group_config *group)
{
    int64_t most = 0;
    for (size_t i = 0; i < group->channels.n; i++) {
        int64_t lines = ccs_config_channel(c->config, group->channels.index[i])->lines;
        if (!ccs_int_is_given(lines)) {
            return false;
        }
        most += lines;
    }
    return most <= group->lines;
}

void ccs_lint_line_groups(struct ccs_lint *c)
{
    for (size_t g = 0; g < c->config->line_groups.n; g++) {
        const struct ccs_line_group_config *group =
            CCS_MAP_AT(c->config->line_groups, struct ccs_line_group_config, g);
        const char *name = c->config->line_groups.name[g];
        if (!ccs_map_has(&c->config->line_groups, (int)g)) {
            continue;
        }
        if (is_idle(c, group)) {
            ccs_lint_report(c, CCS_W404, CCS_AT(c, "line_groups", name, "lines"),
                            "has no effect: the channels' own `lines` are no more together");
        }
        for (size_t i = 0; i < group->channels.n; i++) {
            const int32_t channel = group->channels.index[i];
            const struct ccs_channel_config *ch = ccs_config_channel(c->config, channel);
            const char *channel_name = c->config->channels.name[channel];
            if (ccs_int_is_given(ch->lines) && ch->lines > group->lines) {
                ccs_lint_report(c, CCS_W404, CCS_AT(c, "channels", channel_name, "lines"),
                                "has no effect: its line group has fewer for all its channels");
            }
            if (ccs_int_is_given(ch->queue_limit) && ch->queue_limit >= group->lines) {
                ccs_lint_report(c, CCS_W404, CCS_AT(c, "channels", channel_name, "queue_limit"),
                                "has no effect: no more than the `lines` of its line group can be "
                                "in the channel at all");
            }
        }
    }
}

/* Does any team that serves the channel have a calendar? */
static bool can_close(const struct ccs_model *model, int channel)
{
    for (int type = 0; type < model->type_n; type++) {
        for (int tier = 1; tier <= CCS_TIER_MAX; tier++) {
            uint16_t queue = ccs_model_inbound_queue(model, channel, type, tier);
            for (uint16_t i = 0; queue != CCS_NO_QUEUE && i < model->queues[queue].team_n; i++) {
                uint16_t team = model->queues[queue].team[i];
                if (ccs_config_team(model->config, team)->calendar >= 0) {
                    return true;
                }
            }
        }
    }
    return false;
}

void ccs_lint_closing(struct ccs_lint *c)
{
    for (int ch = 0; ch < c->model->channel_n; ch++) {
        int what = ccs_config_channel(c->config, ch)->at_closing;
        if (what == CCS_CLOSING_CLEAR && !c->model->channels[ch].is_live) {
            idle(c, ch, "at_closing",
                 "nobody is on the line of a form: nothing can be disconnected");
        } else if (what != CCS_CLOSING_CARRY_OVER && !can_close(c->model, ch)) {
            idle(c, ch, "at_closing",
                 "no team that serves this channel has a calendar, so it never closes");
        }
    }
}
