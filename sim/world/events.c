/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of events: see events.h. */
#include "world/events.h"

#include "engine/event_list.h"

#define X(constant, what, entity, handler) void handler(struct ccs_world *, uint32_t);
CCS_EVENTS(X)
#undef X

_Static_assert((int)CCS_EV_ARRIVAL == CCS_EVENT_SOURCE, "streams are the sources of events");

const struct ccs_event_info ccs_events[CCS_EVENT_KIND_COUNT] = {
#define X(constant, what, entity, handler) {what, entity, handler},
    CCS_EVENTS(X)
#undef X
};
