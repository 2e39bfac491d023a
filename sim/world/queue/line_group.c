/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines in use of a group: see line_group.h. */
#include "world/queue/line_group.h"

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
        int64_t taken = 0; /* a group that this policy leaves out has no channels */
        for (size_t i = 0; i < group->channels.n; i++) {
            taken += used[group->channels.index[i]];
        }
        if (taken >= group->lines && has_channel(group, channel)) {
            return true;
        }
    }
    return false;
}
