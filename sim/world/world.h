/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The world of one replication under one policy: customers, issues, contacts, queues, teams, the
 * books. It holds plain records in growable arrays, addressed by index, so that memcpy copies it
 * (one past, then one copy per policy) and nothing depends on memory addresses.
 *
 * Time: the warm-up runs until the origin (t0), the window is [origin, horizon), the follow-up
 * comes after it. Time 0 is midnight of run.start; the origin is time 0 unless days are
 * independent.
 *
 * Invariants: a contact is in exactly one place (in IVR or menus, in a queue, or with a team); an
 * issue has at most one contact and one timer; `now` never falls; after an event every pool has
 * room for what one event can create (ccs_world_reserve), so that events themselves cannot fail.
 */
#ifndef CCS_WORLD_WORLD_H
#define CCS_WORLD_WORLD_H

#include "base/arena.h"
#include "base/array.h"
#include "base/hash.h"
#include "books/ledger.h"
#include "books/measure.h"
#include "engine/event_list.h"
#include "model/model.h"
#include "world/events.h"

#define CCS_NONE UINT32_MAX

/* A customer makes at most so many attempts for one issue. The limit also ends a scenario in which
 * customers never give up and nothing is ever settled. */
#define CCS_ATTEMPTS_MAX 1000

/* 48 bytes a customer. */
struct ccs_customer {
    double anger; /* as of anger_at */
    ccs_time anger_at;
    double resistance; /* left, as of hazard_at */
    ccs_time hazard_at;
    uint32_t first_issue; /* open issues, linked by next_of_customer */
    uint32_t leave_event;
    uint32_t generation : 24; /* how many customers had this place before, in the warm-up */
    uint32_t is_gone : 1;
    uint32_t complained : 1;
    uint32_t is_opportunist : 1;
    uint32_t unused : 5;
    uint16_t segment; /* segment_n: anonymous */
    uint16_t handled; /* contacts handled so far, saturating */
};

enum ccs_issue_flag {
    CCS_ISSUE_JUSTIFIED = 1,
    CCS_ISSUE_COHORT = 2, /* arose in [t0, T): measured */
    CCS_ISSUE_VOICED = 4,
    CCS_ISSUE_WANTS_OUT = 8, /* the customer wants to cancel: the next contact is for the desk */
    CCS_ISSUE_DECIDED = 16,  /* settled; back-office work may still be open */
    CCS_ISSUE_ESCALATED = 32,
    CCS_ISSUE_PROMISE = 64, /* a promise is open: timer = its due event */
    CCS_ISSUE_FAILED = 128, /* some failure has happened */
    CCS_ISSUE_BROKEN = 256, /* a promise was broken */
    CCS_ISSUE_FALSE = 512,  /* falsely closed, not yet discovered */
    CCS_ISSUE_PAID = 1024,
    CCS_ISSUE_OPENED = 4096, /* a first attempt has got through */
    CCS_ISSUE_OWN = 8192,    /* the policy is charged with what it causes: world/charge.h */
    CCS_ISSUE_LEFT = 2048,   /* the customer has left; a leg or back-office work still runs */
    CCS_ISSUE_FACED = 16384, /* the present event has had its moment of truth */
};

struct ccs_issue {
    uint64_t key;
    ccs_time arose;
    ccs_money amount;
    ccs_money cost; /* attributed so far */
    int64_t handle_us;
    int64_t effort_us; /* what the customer spent: waiting and talking */
    uint32_t customer; /* CCS_NONE: no record is kept of the customer, or a new one has moved in */
    uint32_t next_of_customer;
    uint32_t contact; /* live contact or open work item; CCS_NONE */
    uint32_t timer;   /* pending attempt, due date, discovery */
    uint16_t type;
    uint16_t flags;
    uint16_t attempts;
    uint16_t legs;
    uint16_t contacts; /* handled */
    uint16_t transfers;
    uint16_t refusals;
    uint16_t segment; /* segment_n: anonymous */
    uint8_t channel;
    uint8_t cause;      /* enum ccs_cause of the next contact */
    uint8_t settled_at; /* tier that settled it; 0: the retention desk */
    uint8_t is_used : 1;
    uint8_t settled_way : 7; /* enum ccs_way, once it is settled */
    uint32_t recorded;       /* 1 + its row of the replayed table; 0: none */
};

enum ccs_contact_phase {
    CCS_PHASE_FREE,     /* the record is not in use */
    CCS_PHASE_ENTERING, /* in IVR or menus */
    CCS_PHASE_WAITING,
    CCS_PHASE_RINGING, /* with an agent who has not answered yet */
    CCS_PHASE_TALKING,
    CCS_PHASE_WRAPPING
};

/* A contact in flight takes one cache line. */
struct ccs_contact {
    uint32_t issue;
    uint32_t timer; /* end of menus, of patience, of ringing, of talk and hold, of wrap-up */
    uint16_t queue;
    uint16_t team;
    uint16_t holder; /* team whose agent stays on the line (warm, consult); CCS_NO_TEAM */
    uint8_t kind;    /* enum ccs_contact_kind */
    uint8_t phase;
    uint8_t leg;
    uint8_t tier;
    uint8_t cause;
    uint8_t channel;
    uint8_t action;      /* enum ccs_action, if `decided` */
    uint8_t decided : 1; /* the policy has decided; the agent may still argue */
    uint8_t blocked : 1; /* a supervisor was demanded and not granted */
    uint8_t checked : 1;
    uint8_t has_context : 1;
    uint8_t measured : 1;      /* offered in the window */
    uint8_t answered : 1;      /* an agent has answered, in this leg or before */
    uint8_t consult : 1;       /* the agent who holds the line stays until the leg is over */
    uint8_t serve_out : 1;     /* was inside at closing time and is still to be served */
    uint8_t misrouted : 1;     /* in the queue of another issue type, until the agent finds out */
    uint8_t was_passed_on : 1; /* in the queue of the team that its extra record names */
    uint8_t is_promised : 1;   /* a call of the company that keeps a promise */
    uint8_t transfer;          /* enum ccs_transfer, decided */
    union {
        struct {
            ccs_time since;
            bool hangs_up; /* in a menu: never reaches the queue */
        } enter;
        struct {
            ccs_time since;
            uint64_t order;
            uint32_t next, prev;
            ccs_time holder_from; /* the holder's time is booked up to here */
        } wait;
        struct {
            ccs_time since; /* as in `wait` */
            ccs_time begun;
            ccs_time booked_from; /* the agent's time is booked up to here */
            ccs_time holder_from; /* as in `wait` */
        } ring;
        struct {
            ccs_time booked_from; /* the leg is booked up to here */
            ccs_time talk_end;
            ccs_time hold_end;
            ccs_time holder_from; /* consult: as in `wait` */
        } leg;
        struct {
            ccs_time booked_from;
            struct ccs_ledger_key key; /* the issue may have ended by now */
            ccs_time pause;            /* how long the agent pauses afterwards */
        } wrap;
    } u;
    ccs_money concession;
};

/* What only some models need to know of a contact (has_contact_extras); same index. */
struct ccs_contact_extra {
    uint32_t agent;      /* the agent in the leg; CCS_NONE: there is none */
    uint32_t holder;     /* the agent who stays on the line */
    uint32_t overflow;   /* the event after which further teams may take it */
    uint16_t to;         /* team to which it is passed on after the leg, or has been; CCS_NO_TEAM */
    uint8_t mode;        /* enum ccs_transfer: how */
    uint64_t rules_used; /* rules by which it has been passed on: bits by number */
};

struct ccs_queue {
    uint32_t head, tail;
    uint32_t len;
    uint32_t serve_out_n; /* how many of them are marked `serve_out` */
    ccs_time touched;
    int64_t integral_us; /* of length over time, since t0 */
    ccs_time last_wait;  /* of the last contact that went to an agent; CCS_TIME_NEVER: none has */
    uint64_t past_n;     /* waits remembered in past_waits so far */
};

struct ccs_team {
    int32_t level;           /* on duty by schedule */
    int32_t busy;            /* handling a leg, or holding the line */
    int32_t late;            /* with shifts: how many of the busy are past the end of their shift */
    int32_t away;            /* paid, but in a break or away */
    int32_t present, absent; /* headcount: on duty or in a pause; paid but absent */
    int32_t paused;          /* headcount: how many of the present are in an unplanned pause */
    int32_t pauses_over;     /* pauses whose agents have gone home before the end */
    ccs_time touched;
    ccs_time period_to; /* end of the period in which it was touched; CCS_TIME_NEVER: no window */
    int64_t busy_us, level_us, overtime_us, away_us; /* integrals since t0, see ccs_team_touch */
    ccs_money booked;   /* labour of the window so far, idle time included */
    ccs_money charged;  /* the same as of the last closing: how much is in net value */
    double wage_factor; /* of the surcharge that holds; this and the next members: wage.h */
    int64_t settled_ordinary_us, settled_overtime_us; /* the integrals when last priced */
    double premium_us;                   /* paid beyond the plain wage, in time at that wage */
    ccs_money premium_booked;            /* how much of it is booked */
    uint32_t wage_event;                 /* next change of the factor */
    uint32_t staffing_event;             /* next change of duty */
    int32_t closing_agents;              /* by headcount: agents who serve out after closing */
    bool is_serving_out;                 /* with shifts: agents stay to serve out (agent.h) */
    uint32_t idle_head, idle_tail, pool; /* agents, where they are individuals: agent.h */
};

struct ccs_stream_state {
    uint64_t n;           /* arrivals so far */
    ccs_time at;          /* where the inversion stands */
    ccs_time piece_begin; /* the rate is one line from here ... */
    ccs_time piece_end;   /* ... to here */
    double rate;          /* per microsecond, at piece_begin */
    double slope;         /* per microsecond squared */
    int64_t day;          /* of the day factor */
    double day_factor;
    int64_t count_day;    /* daily counts: the day being filled ... */
    int64_t left;         /* ... contacts of it still to come ... */
    double mass;          /* ... and the profile's weight left for them; bursts: contacts so far */
    double day_weight;    /* random shares: the profile's weight of the day */
    int64_t factor_day;   /* period factors: the day ... */
    int64_t period;       /* ... the part of it ... */
    double score;         /* ... its normal score ... */
    double period_factor; /* ... and its factor */
};

/* Segment totals, for margin and churn. */
struct ccs_population {
    int64_t active;
    ccs_time touched;
    double customer_us;   /* integral of active over time, since t0 */
    double discounted_us; /* the same with e^(-delta t) */
    double booked_us;
    double booked_discounted_us;
    int64_t at_start;
    ccs_time margin_from; /* this and the next members are used where customers differ: worth.h */
    double margin, margin_pv; /* of those who have left since then */
    double hazard_value_pv;   /* integral of h0 V e^(-delta t) of those who have left since t0 */
};

struct ccs_world {
    const struct ccs_model *model;
    uint64_t key;         /* of the replication: seed and number */
    double volume_factor; /* factor on tables that count all contacts: replication.h */
    ccs_time now;
    ccs_time origin;                 /* t0; 0 but for independent days */
    ccs_time horizon;                /* T */
    ccs_status status;               /* sticky: CCS_ENOMEM */
    bool is_warm;                    /* t0 is past */
    bool in_window;                  /* t0 <= now < T */
    ccs_time period_from, period_to; /* the period last counted in, and its row of access sums */
    uint32_t period_row;
    uint64_t events_done;
    uint64_t queue_order;
    int64_t cohort_open; /* issues of the cohort not ended */
    int64_t own_open;    /* issues that the policy is charged with, not ended */
    double discount;     /* as of discount_at: ccs_discount_now */
    ccs_time discount_at;
    struct ccs_arena *budget;
    struct ccs_event_list events;
    struct ccs_hasher signature;
    struct ccs_array customers, issues, contacts; /* pools */
    struct ccs_array
        contact_extras; /* struct ccs_contact_extra, by contact, where the model has them */
    struct ccs_array
        ever_answered;       /* uint64_t: a bit for each open contact that an agent has taken */
    struct ccs_array agents; /* struct ccs_agent, where they are individuals */
    uint64_t idle_order;
    uint32_t free_customer, free_issue, free_contact;
    struct ccs_array queues, teams, streams, populations;
    struct ccs_array lines_used;   /* uint32_t by channel */
    struct ccs_array queued;       /* uint32_t by channel: inbound contacts waiting */
    struct ccs_array tenures;      /* double by customer: years at t0, where the model has worth */
    struct ccs_array past_waits;   /* ccs_time [queue][model->wait_window]: rings */
    struct ccs_array last_contact; /* int32_t [customer][channel]: minutes << 1 | first of cohort */
    struct ccs_ledger window_books;    /* entries of [t0, T) */
    struct ccs_ledger follow_up_books; /* entries after T */
    struct ccs_measure measure;
};

/* Makes an empty world, `model->warmup` before t0. `volume_factor` scales tables that count all
 * contacts (1 if there are none). `budget` outlives the world. CCS_ENOMEM. */
ccs_status ccs_world_init(struct ccs_world *w, const struct ccs_model *model, uint64_t seed,
                          uint64_t replication, double volume_factor, struct ccs_arena *budget);
void ccs_world_fini(struct ccs_world *w);

/* dst (a world, or zeroed with its budget set) becomes a copy of src. CCS_ENOMEM. */
ccs_status ccs_world_copy(struct ccs_world *dst, const struct ccs_world *src);

/* Runs all events before `until`; `now` becomes `until`. CCS_ENOMEM, or CCS_EINTERRUPTED when
 * *stop becomes non-zero. */
ccs_status ccs_world_run(struct ccs_world *w, ccs_time until, const volatile int *stop);

/* The same, slower: `watch` sees every event before it is carried out. */
ccs_status ccs_world_run_watched(struct ccs_world *w, ccs_time until, const volatile int *stop,
                                 const struct ccs_watch *watch);

/* At t0: the world goes on under `model`, and is measured. CCS_ENOMEM. */
ccs_status ccs_world_begin(struct ccs_world *w, const struct ccs_model *model);

/* At t0, where the past is shared: the issues open now are the policy's from here on. */
void ccs_world_take_over(struct ccs_world *w);

/* At T: closes the window. The world may run on, for issues that are not ended. */
void ccs_world_close(struct ccs_world *w);

/* At the end of the run: books open legs up to now and counts open issues of the cohort. */
void ccs_world_finish(struct ccs_world *w);

/* Makes room for what one event can create. CCS_ENOMEM. */
ccs_status ccs_world_reserve(struct ccs_world *w);

/* Makes room for n further contacts and their issues. CCS_ENOMEM. */
ccs_status ccs_world_reserve_contacts(struct ccs_world *w, size_t n);

/* --- records by index --- */
static inline struct ccs_customer *ccs_customer_at(struct ccs_world *w, uint32_t i)
{
    return &((struct ccs_customer *)w->customers.data)[i];
}
static inline struct ccs_issue *ccs_issue_at(struct ccs_world *w, uint32_t i)
{
    return &((struct ccs_issue *)w->issues.data)[i];
}
static inline struct ccs_contact *ccs_contact_at(struct ccs_world *w, uint32_t i)
{
    return &((struct ccs_contact *)w->contacts.data)[i];
}
static inline struct ccs_team *ccs_team_at(struct ccs_world *w, uint32_t i)
{
    return &((struct ccs_team *)w->teams.data)[i];
}
static inline struct ccs_queue *ccs_queue_at(struct ccs_world *w, uint32_t i)
{
    return &((struct ccs_queue *)w->queues.data)[i];
}
static inline struct ccs_contact_extra *ccs_contact_extra_at(struct ccs_world *w, uint32_t contact)
{
    return &((struct ccs_contact_extra *)w->contact_extras.data)[contact];
}
static inline uint64_t *ccs_taken_at(struct ccs_world *w, uint32_t contact)
{
    return &((uint64_t *)w->ever_answered.data)[contact / 64];
}
static inline struct ccs_population *ccs_population_at(struct ccs_world *w, uint32_t i)
{
    return &((struct ccs_population *)w->populations.data)[i];
}
static inline const struct ccs_issue_type_config *ccs_type_of(const struct ccs_world *w,
                                                              const struct ccs_issue *is)
{
    return ccs_config_type(w->model->config, is->type);
}
static inline const struct ccs_segment_config *ccs_segment_of(const struct ccs_world *w,
                                                              int segment)
{
    return ccs_config_segment(w->model->config, segment);
}
static inline const struct ccs_team_config *ccs_team_of(const struct ccs_world *w, int team)
{
    return ccs_config_team(w->model->config, team);
}
static inline const struct ccs_channel_config *ccs_channel_of(const struct ccs_world *w,
                                                              int channel)
{
    return ccs_config_channel(w->model->config, channel);
}
static inline uint32_t ccs_issue_index(const struct ccs_world *w, const struct ccs_issue *is)
{
    return (uint32_t)(is - (const struct ccs_issue *)w->issues.data);
}
static inline uint32_t ccs_contact_index(const struct ccs_world *w, const struct ccs_contact *ct)
{
    return (uint32_t)(ct - (const struct ccs_contact *)w->contacts.data);
}

static inline uint32_t ccs_world_schedule(struct ccs_world *w, ccs_time time,
                                          enum ccs_event_kind kind, uint32_t entity)
{
    CCS_ASSERT(time >= w->now);
    return ccs_event_list_schedule(&w->events, time, kind, entity);
}

/* Cancels the event that *handle names, if any, and sets *handle to CCS_EVENT_NONE. */
static inline void ccs_world_cancel(struct ccs_world *w, uint32_t *handle)
{
    if (*handle != CCS_EVENT_NONE) {
        ccs_event_list_cancel(&w->events, *handle);
        *handle = CCS_EVENT_NONE;
    }
}

/* The uniform number of one purpose for one leg of the issue's present attempt. */
static inline double ccs_issue_uniform(const struct ccs_world *w, const struct ccs_issue *is,
                                       enum ccs_purpose purpose, int leg)
{
    return ccs_uniform_at(w->key, is->key, purpose, (uint32_t)is->attempts << 8 | (uint32_t)leg);
}

/* The stream of one purpose for one leg of the issue's present attempt; leg -1: for the issue, the
 * same at every attempt. */
static inline struct ccs_stream ccs_issue_stream(const struct ccs_world *w,
                                                 const struct ccs_issue *is,
                                                 enum ccs_purpose purpose, int leg)
{
    return ccs_stream_at(w->key, is->key, purpose,
                         leg < 0 ? 0 : (uint32_t)is->attempts << 8 | (uint32_t)leg);
}

#endif
