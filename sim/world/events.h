/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every kind of event: what happens, to which record, and which function carries it out. A new kind
 * is one row at the end and one function.
 *
 * Invariants: rows are never removed or reordered, because the number of a kind is part of the
 * signature; ARRIVAL stays first, as the event list gives its sources kind 0 (CCS_EVENT_SOURCE).
 */
#ifndef CCS_WORLD_EVENTS_H
#define CCS_WORLD_EVENTS_H

#include <stdint.h>

struct ccs_world;

/* X(constant, what happens, what the entity is, handler). Append only. */
#define CCS_EVENTS(X)                                                                              \
    X(ARRIVAL, "arrival", "stream", ccs_arrival_event)                                             \
    X(ATTEMPT, "attempt", "issue", ccs_contact_attempt)                                            \
    X(ENTERED, "through the menu", "contact", ccs_contact_entered_event)                           \
    X(PATIENCE, "end of patience", "contact", ccs_patience_event)                                  \
    X(TALK_END, "end of talk", "contact", ccs_leg_talk_end_event)                                  \
    X(WRAP_END, "end of wrap-up", "contact", ccs_leg_wrap_end_event)                               \
    X(STAFFING, "change of staff", "team", ccs_team_staff)                                         \
    X(CALLBACK_DUE, "promise due", "issue", ccs_promise_due_event)                                 \
    X(DISCOVER, "false closure discovered", "issue", ccs_issue_discover)                           \
    X(LEAVE, "leaves for no reason of ours", "customer", ccs_customer_leave_event)                 \
    X(BOOKS, "week closed", "week", ccs_booking_week_event)                                        \
    X(OVERFLOW, "open to further teams", "contact", ccs_overflow_event)                            \
    X(FOLLOW_ON, "follow-on issue arises", "issue", ccs_issue_arise)                               \
    X(AGENT, "change by the roster", "agent", ccs_agent_event)                                     \
    X(WAGE, "change of wage", "team", ccs_wage_event)                                              \
    X(ANSWER, "agent answers", "contact", ccs_leg_answer_event)                                    \
    X(PAUSE_END, "end of a pause", "team", ccs_pause_end_event)

enum ccs_event_kind {
#define X(constant, what, entity, handler) CCS_EV_##constant,
    CCS_EVENTS(X)
#undef X
    CCS_EVENT_KIND_COUNT
};

struct ccs_event_info {
    const char *what, *entity; /* for people: "end of patience", "contact" */
    void (*handler)(struct ccs_world *w, uint32_t entity);
};

/* Indexed by enum ccs_event_kind. */
extern const struct ccs_event_info ccs_events[CCS_EVENT_KIND_COUNT];

#endif
