/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Issues: one problem of one customer, from its beginning to its true end.
 *
 * Invariant: an issue ends exactly once: settled (truly resolved), given up, or because the
 * customer has gone. A false closure is not an end.
 */
#ifndef CCS_WORLD_CASE_ISSUE_H
#define CCS_WORLD_CASE_ISSUE_H

#include "world/hooks.h"
#include "world/world.h"

enum ccs_issue_end {
    CCS_END_RESOLVED,
    CCS_END_GIVEN_UP,
    CCS_END_LEFT,
    CCS_END_SILENT
};

/* The next arrival of a stream: makes the issue and, if it is voiced, its first attempt. */
void ccs_issue_arrive(struct ccs_world *w, uint32_t stream, uint64_t n);

/* An issue that is to arise: a record attached to its customer, nothing drawn, not counted. */
struct ccs_issue *ccs_issue_create(struct ccs_world *w, uint64_t key, uint16_t type,
                                   uint32_t customer, uint16_t segment);

/* It arises now: belongs to the cohort or not, is voiced or not, makes its first attempt. */
void ccs_issue_arise(struct ccs_world *w, uint32_t issue);

/* It has arisen before, is voiced and waits in its channel: belongs to no cohort. */
void ccs_issue_arise_waiting(struct ccs_world *w, struct ccs_issue *is);

/* The customer of a segment whom the key of the issue chooses (who may have left); a new one, or
 * CCS_NONE where nobody is remembered, for segment -1. */
uint32_t ccs_issue_customer(struct ccs_world *w, int32_t segment, uint64_t entity);

/* Somebody with authority has said yes (or an explanation was enough): books the concession,
 * starts back-office work or ends the issue. `is` may be invalid afterwards. */
void ccs_issue_settle(struct ccs_world *w, struct ccs_issue *is, ccs_money concession, int tier);

/* The last thing that was tried did not help: the customer reacts. `is` may be invalid after. */
void ccs_issue_fail(struct ccs_world *w, struct ccs_issue *is, enum ccs_failure failure);

/* The true end. `is` is invalid afterwards. */
void ccs_issue_end(struct ccs_world *w, struct ccs_issue *is, enum ccs_issue_end how);

/* Its customer has gone: waiting contacts are withdrawn, timers and promises void. */
void ccs_issue_abandon_by_leaver(struct ccs_world *w, uint32_t issue);

/* The event: a false closure comes to light. */
void ccs_issue_discover(struct ccs_world *w, uint32_t issue);

/* At the end of the run: counts what is still open. */
void ccs_issue_censor(struct ccs_world *w);

/* Its work content in seconds, before tier, team and anger: drawn once, or recorded. */
double ccs_issue_talk_s(const struct ccs_world *w, const struct ccs_issue *is);

/* Calls the experience hooks. */
void ccs_issue_experience(struct ccs_world *w, const struct ccs_issue *is, enum ccs_experience kind,
                          double amount);

/* Attributes cost (ten-thousandths) to the issue. */
static inline struct ccs_cohort *ccs_issue_cohort(struct ccs_world *w, const struct ccs_issue *is)
{
    return &(
        (struct ccs_cohort *)w->measure.cohort.data)[is->segment * w->model->type_n + is->type];
}

#endif
