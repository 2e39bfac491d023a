/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines that several channels share (trunks): the contacts of these channels together occupy at
 * most so many, besides what each channel allows itself. A channel may be in several groups; an
 * attempt needs a free line in each of them. Who finds none has a busy signal.
 *
 * Nothing is kept for it: the lines of a group in use are those of its channels in use.
 */
#ifndef CCS_WORLD_QUEUE_LINE_GROUP_H
#define CCS_WORLD_QUEUE_LINE_GROUP_H

#include "world/world.h"

/* Has any group of the channel no free line? Ask only where the channel's plan shares lines. */
bool ccs_line_group_is_full(const struct ccs_world *w, int channel);

#endif
