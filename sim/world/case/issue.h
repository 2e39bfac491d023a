/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Issues: one problem of one customer, from its beginning to its true end.
 *
 * Invariants: an issue ends exactly once: resolved (truly settled), given up, never voiced, or
 * because the customer has left. A false closure is not an end. While an issue is open it has a
 * timer or a contact, so that something brings it further.
 */
#ifndef CCS_WORLD_CASE_ISSUE_H
#define CCS_WORLD_CASE_ISSUE_H

#include "world/hooks.h"
#include "world/world.h"

enum ccs_issue_end {
    CCS_END_RESOLVED,
    CCS_END_GIVEN_UP,
    CCS_END_LEFT,   /* the customer has left */
    CCS_END_SILENT, /* never voiced */
    CCS_END_OPEN    /* no end: still open at the end of the run */
};

/* Arrival number n of a stream: makes the issue, which arises at once. No issue where the customer
 * has left, or has an open issue and brings one at a time. */
void ccs_issue_arrive(struct ccs_world *w, uint32_t stream, uint64_t n);

/* Makes the record of an issue that is to arise and attaches it to its customer. Nothing is drawn
 * or counted yet but the birth. */
struct ccs_issue *ccs_issue_create(struct ccs_world *w, uint64_t key, uint16_t type,
                                   uint32_t customer, uint16_t segment);

/* CCS_EV_FOLLOW_ON, or called: the issue arises. It joins the cohort if this is in the window; the
 * customer voices it and makes the first attempt, or it ends silently. */
void ccs_issue_arise(struct ccs_world *w, uint32_t issue);

/* The issue has arisen at an unknown time before: its first contact waits already. No cohort. */
void ccs_issue_arise_waiting(struct ccs_world *w, struct ccs_issue *is);

/* The customer of the segment whom key `entity` draws; the customer may have left. Segment -1: a
 * new anonymous customer (ccs_customer_create). */
uint32_t ccs_issue_customer(struct ccs_world *w, int32_t segment, uint64_t entity);

/* An agent with authority has said yes, or an explanation was enough: books concession and
 * fulfilment, then starts back-office work or ends the issue. `is` may be invalid afterwards. */
void ccs_issue_settle(struct ccs_world *w, struct ccs_issue *is, ccs_money concession, int tier);

/* An attempt did not settle the issue: the customer reacts, or gives up. `is` may be invalid
 * afterwards. */
void ccs_issue_fail(struct ccs_world *w, struct ccs_issue *is, enum ccs_failure failure);

/* The true end: counts the issue, frees the record, then is a moment of truth. `is` is invalid
 * afterwards. */
void ccs_issue_end(struct ccs_world *w, struct ccs_issue *is, enum ccs_issue_end how);

/* The customer has left: withdraws a waiting contact, voids timer and promise, ends the issue. A
 * running leg and decided back-office work go on; the issue ends with them. */
void ccs_issue_abandon_by_leaver(struct ccs_world *w, uint32_t issue);

/* CCS_EV_DISCOVER: the customer finds out about a false closure. */
void ccs_issue_discover(struct ccs_world *w, uint32_t issue);

/* At the end of the run: counts the voiced issues of the cohort that are still open, and what is
 * owed to their customers. */
void ccs_issue_censor(struct ccs_world *w);

/* The talk of the issue in seconds, before factors of tier, team, agent and anger: one draw for all
 * its legs, or recorded. */
double ccs_issue_talk_s(const struct ccs_world *w, const struct ccs_issue *is);

/* The customer goes through something: calls the experience hooks. */
void ccs_issue_experience(struct ccs_world *w, const struct ccs_issue *is, enum ccs_experience kind,
                          double amount);

/* The cohort sums of the issue's segment and type. */
static inline struct ccs_cohort *ccs_issue_cohort(struct ccs_world *w, const struct ccs_issue *is)
{
    return &(
        (struct ccs_cohort *)w->measure.cohort.data)[is->segment * w->model->type_n + is->type];
}

/* Is it a claim that the customer has no right to? No policy may ask. */
static inline bool ccs_issue_is_without_right(const struct ccs_world *w, const struct ccs_issue *is)
{
    return !(is->flags & CCS_ISSUE_JUSTIFIED) && ccs_type_of(w, is)->needs == CCS_NEEDS_DECISION;
}

#endif
