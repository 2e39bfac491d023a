/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a run counts: raw sums from which metrics are made later (experiment/metrics.c).
 *
 * Window sums belong to [t0, T). Access is attributed to the time at which the contact was offered,
 * agents' time to the time at which it is counted. Cohort sums belong to issues that arose in
 * [t0, T), however long it takes them to end.
 *
 * Invariants: sums of counts and times are integers, so that they do not depend on order; structs
 * that metrics.c adds up by words (ccs_access, ccs_team_sums, ccs_cohort) have members of 8 bytes,
 * all of them integers.
 */
#ifndef CCS_BOOKS_MEASURE_H
#define CCS_BOOKS_MEASURE_H

#include "base/array.h"
#include "books/net_value.h"
#include "config/team_config.h"
#include "stats/histogram.h"

struct ccs_arena;

/* Parts of the sums of access. They are not in the signature, so that a new one changes none. */
struct ccs_access_parts {
    int64_t abandoned_in_target; /* within the threshold */
    int64_t wait_abandoned_us;
    int64_t wait_beyond_us; /* of all offered: the part of the wait beyond the threshold */
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
    int64_t withdrawn; /* the customer left while it waited */
    int64_t misrouted; /* offered, but in a wrong queue */
    int64_t in_target; /* answered within the threshold: struct ccs_access_terms */
    int64_t waited;    /* had to wait */
    int64_t over_2min, over_5min;
    int64_t wait_us; /* waits of all offered that have ended, answered or not */
    int64_t wait_answered_us;
    int64_t handle_us;     /* of legs, by the period in which talk, hold or wrap-up begins */
    int64_t handled;       /* contacts that reached an agent, calls of the company included */
    int64_t cleared;       /* disconnected at closing time while waiting; part of offered */
    int64_t cleared_early; /* the same in IVR and menus; never offered */
    struct ccs_access_parts parts;
};

/* Work, by team. */
struct ccs_team_sums {
    int64_t busy_us, paid_us, level_us; /* integrals over the window; paid includes overtime */
    int64_t away_us;                    /* paid breaks, meetings, absence: not in paid_us */
    int64_t legs;
    int64_t talk_us, hold_us, wrap_us;
    int64_t failure_us; /* the part that is failure demand */
};

/* Integrals of a team from t0 to the end of a period. The integral over the period is the
 * difference from the period before. */
struct ccs_work {
    int64_t busy_us, level_us, overtime_us, away_us;
};

/* Claims: voiced issues that need a decision. Those with right (justified) and those without add up
 * to what has become of them. */
struct ccs_claims {
    int64_t justified, unjustified;
    int64_t justified_paid, unjustified_paid; /* the amount was conceded */
    int64_t justified_unpaid;                 /* ended unpaid */
    int64_t unjustified_refused;              /* ended unpaid, refused by an agent at least once */
    int64_t refused_given_up;    /* of the refused: the customer gave up; the others have left */
    int64_t unjustified_dropped; /* ended unpaid, and no agent has ever refused */
    int64_t open;                /* neither ended nor paid at the end of the follow-up */
};

/* Issues of the cohort, by segment and type. */
struct ccs_cohort {
    int64_t issues, voiced;
    int64_t resolved;       /* truly ended, settled: rightly or not */
    int64_t given_up, left; /* ended because the customer gave up / left */
    int64_t open;           /* censored at the end of the follow-up */
    int64_t contacted;      /* voiced issues with at least one handled contact */
    int64_t first_contact;  /* rightly ended with exactly one handled contact */
    int64_t contacts, transfers, legs, escalated, refusals;
    int64_t promises, kept, broken, voided;
    int64_t false_closures;
    int64_t handle_us, effort_us;
    int64_t resolution_us; /* of the rightly ended */
    ccs_money cost;        /* attributed, labour at workload price */
    ccs_money justified_unpaid;
    ccs_money conceded;
    int64_t settled_by_tier[CCS_TIER_MAX + 1]; /* 0: retention desk */
    int64_t wrongly_settled;                   /* of the resolved: claims without right */
    struct ccs_claims claims;
};

/* Issues that are rightly ended: settled, unless the claim was without right; or refused, if it
 * was. */
static inline int64_t ccs_cohort_rightly_ended(const struct ccs_cohort *c)
{
    return c->resolved - c->wrongly_settled + c->claims.unjustified_refused;
}
/* In which way an issue was settled. */
enum ccs_way {
    CCS_WAY_AT_ONCE,       /* by the first tier that serves it, in a contact of the customer's */
    CCS_WAY_ESCALATED,     /* by a higher tier to which the contact was passed on */
    CCS_WAY_PROMISED_CALL, /* in a promised call, by the tier that made it */
    CCS_WAY_DESK,          /* by the retention desk */
    CCS_WAY_BACK_OFFICE,   /* nobody had to decide, but the back office had to work */
    CCS_WAY_COUNT
};

/* The contact in which an issue was settled: the first, second, third, and all later ones. */
#define CCS_SETTLED_CONTACTS 4

/* Settled issues of the cohort, rightly or not, by tier (0: desk and back office), way and contact.
 * They are not in the signature, so that counting them changes none. */
struct ccs_settled {
    int64_t n[CCS_TIER_MAX + 1][CCS_WAY_COUNT][CCS_SETTLED_CONTACTS];
};

/* Customers, by segment. */
struct ccs_churn {
    int64_t at_start, leavers, silent, announced, complained_before;
    int64_t by_moment[CCS_MOMENT_NONE + 1]; /* the last is the baseline hazard */
    double customer_years;
    double value_lost; /* discounted, currency units */
    double value_start, value_end;
    double margin_pv;       /* discounted */
    double hazard_value_pv; /* right side of the identity: integrals of h0 V e^(-delta t) */
    int64_t desk_contacts, saves, avoidable_saves;
};

/* End-of-week state, for break-even, in the view of labor that decides. */
struct ccs_week_sums {
    double cash;  /* cumulative discounted margin - costs charged to the policy, currency units */
    double value; /* net value so far, currency units */
};

/* Sums without dimensions, over the window unless said otherwise; 8 bytes each, in the
 * signature. */
struct ccs_run_sums {
    int64_t first_contacts; /* handled first contacts of the cohort ... */
    int64_t apparent;       /* ... without another on that channel within 7 days */
    int64_t unreachable;    /* attempts that found the channel closed */
    int64_t lost_to_churn;  /* arrivals whose customer had left */
    int64_t held_off;       /* arrivals whose customer had an open issue (one_at_a_time) */
    int64_t contacts_withdrawn;
    int64_t supervisor_asked, supervisor_granted;
    int64_t failure_us, stretch_us, retell_us, handle_us; /* agents' time */
    int64_t queue_us;  /* integral over the window of the number waiting, all queues */
    int64_t waited_us; /* the same integral, added up contact by contact */
    int64_t backlog_start, backlog_end; /* waiting at t0 and at T */
};

/* First attempts of the window that get through, and the anger of their customers. They are counted
 * only where anger is on, and are not in the signature: a mechanism without effect must leave the
 * signature of one that is off. */
struct ccs_openings {
    double anger; /* sum */
    int64_t n, angry;
    double quarter_anger[2]; /* of customers of the first generation, in the first and in the last
                                quarter of the window: does it still rise? */
    int64_t quarter_n[2];
};

/* Issues and contacts made and ended, warm-up and follow-up included; in the signature. The balance
 * compares them with what is still open. */
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
    struct ccs_settled settled;
    struct ccs_conserved conserved;
    struct ccs_net_value net; /* not in the signature: it only reads what happens */
};

/* Sizes of the dimensions. */
struct ccs_measure_size {
    size_t periods, weeks;
    size_t channels, teams, segments, types;
};

/* Makes the arrays with all sums 0. CCS_ENOMEM, or CCS_OK. */
ccs_status ccs_measure_init(struct ccs_measure *m, const struct ccs_measure_size *size,
                            struct ccs_arena *budget);
void ccs_measure_fini(struct ccs_measure *m, struct ccs_arena *budget);
ccs_status ccs_measure_copy(struct ccs_measure *dst, const struct ccs_measure *src,
                            struct ccs_arena *budget);

#endif
