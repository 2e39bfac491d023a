/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Line groups: lines that several channels share (trunks). The contacts of these channels together
 * occupy at most so many lines, besides the limit of each channel. A channel may be in several
 * groups; an attempt needs a free line in each of them, else the caller gets a busy signal.
 *
 * No state is kept: the lines of a group in use are the sum of its channels' lines in use. Rows:
 * config/line_group_config.c.
 */
#ifndef CCS_WORLD_QUEUE_LINE_GROUP_H
#define CCS_WORLD_QUEUE_LINE_GROUP_H

#include "world/world.h"

/* Is a group of the channel without a free line? Only for channels whose plan says shares_lines. */
bool ccs_line_group_is_full(const struct ccs_world *w, int channel);

#endif
