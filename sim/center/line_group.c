/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows, checks and use of the "line_groups" section: see line_group.h. */
#include "center/line_group.h"

#include "center/model_compiler.h"

static const struct ccs_field line_group_fields[] = {
    {.key = "lines",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct ccs_line_group_config, lines),
     .min = 1,
     .max = 1000000,
     .unit = "contacts",
     .help = "Contacts that can be in these channels together at once, waiting or served; the next "
             "one finds them busy."},
    {.key = "channels",
     .type = CCS_FIELD_REF_LIST,
     .offset = offsetof(struct ccs_line_group_config, channels),
     .ref = "channels",
     .min = 1,
     .max = 200,
     .help = "The channels that share the lines. One may be in several groups; it then needs a "
             "free line in each."},
};

const struct ccs_section ccs_line_group_section = {
    .title = "line group",
    .help = "Lines that several channels share: trunks behind several numbers.",
    .size = sizeof(struct ccs_line_group_config),
    .field = line_group_fields,
    .field_n = sizeof line_group_fields / sizeof line_group_fields[0],
};

static const struct ccs_line_group_config *group_at(const struct ccs_config *config, size_t i)
{
    return CCS_MAP_AT(config->line_groups, struct ccs_line_group_config, i);
}

static bool has_channel(const struct ccs_line_group_config *group, int channel)
{
    bool found = false;
    for (size_t i = 0; i < group->channels.n; i++) {
        found = found || group->channels.index[i] == channel;
    }
    return found;
}

bool ccs_line_group_is_full(const struct ccs_world *w, int channel)
{
    const struct ccs_config *config = w->model->config;
    const uint32_t *used = w->lines_used.data;
    for (size_t g = 0; g < config->line_groups.n; g++) {
        const struct ccs_line_group_config *group = group_at(config, g);
        int64_t taken = 0; /* a group that this policy has not is empty: no channel is in it */
        for (size_t i = 0; i < group->channels.n; i++) {
            taken += used[group->channels.index[i]];
        }
        if (taken >= group->lines && has_channel(group, channel)) {
            return true;
        }
    }
    return false;
}

void ccs_line_groups_plan(struct compiler *c)
{
    for (size_t g = 0; g < c->config->line_groups.n; g++) {
        const struct ccs_line_group_config *group = group_at(c->config, g);
        for (size_t i = 0; i < group->channels.n; i++) {
            c->model->channels[group->channels.index[i]].shares_lines = true;
        }
    }
}

/* Can the channels of the group never take all its lines? */
static bool is_idle(const struct compiler *c, const struct ccs_line_group_config *group)
{
    int64_t most = 0;
    for (size_t i = 0; i < group->channels.n; i++) {
        int64_t lines = channel_at(c, group->channels.index[i])->lines;
        if (lines == INT64_MIN) {
            return false;
        }
        most += lines;
    }
    return most <= group->lines;
}

void ccs_line_groups_check(struct compiler *c)
{
    for (size_t g = 0; g < c->config->line_groups.n; g++) {
        const struct ccs_line_group_config *group = group_at(c->config, g);
        const char *name = c->config->line_groups.name[g];
        if (!is_present(&c->config->line_groups, (int)g)) {
            continue;
        }
        if (is_idle(c, group)) {
            ccs_model_fail(c, CCS_W404, "line_groups", name, "lines",
                           "has no effect: the channels' own `lines` are no more together");
        }
        for (size_t i = 0; i < group->channels.n; i++) {
            const int32_t channel = group->channels.index[i];
            const struct ccs_channel_config *ch = channel_at(c, channel);
            const char *channel_name = c->config->channels.name[channel];
            if (ch->lines != INT64_MIN && ch->lines > group->lines) {
                ccs_model_fail(c, CCS_W404, "channels", channel_name, "lines",
                               "has no effect: its line group has fewer for all its channels");
            }
            if (ch->queue_limit != INT64_MIN && ch->queue_limit >= group->lines) {
                ccs_model_fail(c, CCS_W404, "channels", channel_name, "queue_limit",
                               "has no effect: no more than the `lines` of its line group can be "
                               "in the channel at all");
            }
        }
    }
}
