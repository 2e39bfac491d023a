/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a run counts: raw sums from which metrics are made later (experiment/metrics.c). Sums are
 * integers where the thing is countable or a time, so they do not depend on order.
 *
 * Window sums belong to [t0, T) and are attributed to the moment a contact was offered; cohort
 * sums belong to issues that arose in [t0, T), however long it takes them to end.
 */
#ifndef CCS_BOOKS_MEASURE_H
#define CCS_BOOKS_MEASURE_H

#include "base/array.h"
#include "books/ledger.h"
#include "config/team_config.h"
#include "stats/histogram.h"

struct ccs_arena;

/* Moments of truth, in order of precedence: one event is one moment. */
enum ccs_moment {
    CCS_MOMENT_CANCELLATION, /* at the retention desk */
    CCS_MOMENT_GIVEN_UP,
    CCS_MOMENT_PROMISE_BROKEN,
    CCS_MOMENT_ISSUE_ENDED,
    CCS_MOMENT_FAILED_CONTACT,
    CCS_MOMENT_ABANDONED,
    CCS_MOMENT_SILENT_ISSUE,
    CCS_MOMENT_NONE
};

/* Parts of the sums of access: not in the signature, so that a further one changes none. */
struct ccs_access_parts {
    int64_t abandoned_in_target; /* within the threshold */
    int64_t wait_abandoned_us;
    int64_t wait_beyond_us; /* of all offered, beyond the threshold */
};

/* Access, by period and channel: contacts by the period in which they were offered. */
struct ccs_access {
    int64_t offered;
    int64_t answered;
    int64_t abandoned;
    int64_t blocked;    /* all lines busy; not counted as offered */
    int64_t queue_full; /* no waiting place left; not counted as offered */
    int64_t hung_up;    /* in a menu, before the queue; not counted as offered */
    int64_t balked;
    int64_t voicemail;
    int64_t withdrawn; /* the issue ended while it waited */
    int64_t misrouted; /* of the offered */
    int64_t in_target; /* answered within the threshold: struct ccs_terms */
    int64_t waited;    /* had to wait at all */
    int64_t over_2min, over_5min;
    int64_t wait_us; /* all offered, abandoners included */
    int64_t wait_answered_us;
    int64_t handle_us;     /* of legs, by the period in which they begin */
    int64_t handled;       /* contacts that reached an agent, promised calls included */
    int64_t cleared;       /* disconnected at closing time while waiting; part of offered */
    int64_t cleared_early; /* the same in the IVR; never offered */
    struct ccs_access_parts parts;
};

/* Work, by team. */
struct ccs_team_sums {
    int64_t busy_us, paid_us, level_us; /* integrals over the window; paid includes overtime */
    int64_t away_us;                    /* paid breaks, meetings, absence: not in paid_us */
    int64_t legs;
    int64_t talk_us, hold_us, wrap_us;
    int64_t failure_us; /* minutes that are failure demand */
};

/* Integrals of a team over time, from t0 to the end of a period: what was in the period is the
 * difference from the one before. */
struct ccs_work {
    int64_t busy_us, level_us, overtime_us, away_us;
};

/* Issues of the cohort, by segment and type. */
struct ccs_cohort {
    int64_t issues, voiced;
    int64_t resolved;       /* truly ended, settled */
    int64_t given_up, left; /* ended because the customer gave up / had gone */
    int64_t open;           /* censored at the end of the follow-up */
    int64_t contacted;      /* voiced issues with at least one handled contact */
    int64_t first_contact;  /* truly ended with exactly one */
    int64_t contacts, transfers, legs, escalated, refusals;
    int64_t promises, kept, broken, voided;
    int64_t false_closures;
    int64_t handle_us, effort_us;
    int64_t resolution_us; /* of the resolved */
    ccs_money cost;        /* attributed, labour at workload price */
    ccs_money justified_unpaid;
    ccs_money conceded;
    int64_t settled_by_tier[CCS_TIER_MAX + 1]; /* 0: retention desk */
};

/* Customers, by segment. */
struct ccs_churn {
    int64_t at_start, leavers, silent, announced, complained_before;
    int64_t by_moment[CCS_MOMENT_NONE + 1]; /* the last is the baseline hazard */
    double customer_years;
    double value_lost; /* discounted, currency units */
    double value_start, value_end;
    double margin_pv;       /* discounted */
    double hazard_value_pv; /* right side of the identity: integral of h0 V N e^(-delta t) */
    int64_t desk_contacts, saves, avoidable_saves;
};

/* End-of-week state, for break-even. */
struct ccs_week_sums {
    double cash;  /* cumulative discounted margin - cash costs, currency units */
    double value; /* discounted value of the active at this moment */
};

/* Sums of the whole run, 8 bytes each: in the signature. */
struct ccs_run_sums {
    int64_t first_contacts; /* handled first contacts of the cohort ... */
    int64_t apparent;       /* ... without another on that channel within 7 days */
    int64_t unreachable;    /* attempts that found the channel closed */
    int64_t lost_to_churn;  /* arrivals whose customer had gone */
    int64_t held_off;       /* arrivals whose customer had an open issue (one_at_a_time) */
    int64_t contacts_withdrawn;
    int64_t supervisor_asked, supervisor_granted;
    int64_t failure_us, stretch_us, retell_us, handle_us; /* window */
    int64_t queue_us;  /* integral over the window of the number waiting, all queues */
    int64_t waited_us; /* the same by contact: time each waited inside the window */
    int64_t backlog_start, backlog_end; /* waiting at t0 and at T */
    double cash_cost_pv;                /* discounted cash costs, currency units */
};

/* Voiced first contacts of the window and the anger in them; not in the signature, for they are
 * counted only where there is anger, and a mechanism without effect has to have the signature of
 * one that is not there. */
struct ccs_openings {
    double anger; /* sum */
    int64_t n, angry;
};

/* What must not get lost, warm-up and follow-up included: in the signature. */
struct ccs_conserved {
    int64_t issues_born, issues_ended, contacts_born, contacts_ended;
};

struct ccs_measure {
    struct ccs_array access;   /* struct ccs_access [period][channel] */
    struct ccs_array teams;    /* struct ccs_team_sums */
    struct ccs_array work;     /* struct ccs_work [period][team] */
    struct ccs_array cohort;   /* struct ccs_cohort [segment + 1][type]; last segment: anonymous */
    struct ccs_array churn;    /* struct ccs_churn [segment] */
    struct ccs_array weeks;    /* struct ccs_week_sums */
    struct ccs_array cause_us; /* int64_t [cause]: handle time by root cause, window */
    struct ccs_array waits;    /* struct ccs_histogram, one: wait of the answered */
    struct ccs_array resolution; /* struct ccs_histogram, one: with censored counts */
    uint32_t period_n;
    struct ccs_run_sums sums;
    struct ccs_openings openings;
    struct ccs_conserved conserved;
};

/* How many of what there are to count. */
struct ccs_measure_size {
    size_t periods, weeks;
    size_t channels, teams, segments, types;
};

/* All sums 0. CCS_ENOMEM, or CCS_OK. */
ccs_status ccs_measure_init(struct ccs_measure *m, const struct ccs_measure_size *size,
                            struct ccs_arena *budget);
void ccs_measure_fini(struct ccs_measure *m, struct ccs_arena *budget);
ccs_status ccs_measure_copy(struct ccs_measure *dst, const struct ccs_measure *src,
                            struct ccs_arena *budget);

#endif
