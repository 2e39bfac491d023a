/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of events: see events.h. */
#include "world/events.h"

#include "engine/event_list.h"
#include "world/booking.h"
#include "world/case/customer.h"
#include "world/case/issue.h"
#include "world/case/leg.h"
#include "world/case/promise.h"
#include "world/demand/arrival.h"
#include "world/queue/contact.h"
#include "world/queue/overflow.h"
#include "world/queue/patience.h"
#include "world/staff/agent.h"
#include "world/staff/pause.h"
#include "world/staff/team.h"
#include "world/staff/wage.h"

_Static_assert((int)CCS_EV_ARRIVAL == CCS_EVENT_SOURCE, "streams are the sources of events");

const struct ccs_event_info ccs_events[CCS_EVENT_KIND_COUNT] = {
#define X(constant, what, entity, handler) {what, entity, handler},
    CCS_EVENTS(X)
#undef X
};
