/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A naive simulator of the same model, against which the engine is tested.
 *
 * It reads the bound scenario (not the compiled tables) and works with linear scans only: no heap,
 * no queues, no pools, no linked lists. It draws from the same keyed streams, so on any scenario
 * both must agree in every count and in every sum of times to the microsecond. What it covers:
 * arrivals (rate, interval table, population rate, profile, factors of days and periods, special
 * days and holidays, bursts), channels with hours,
 * lines, IVR, patience and redial, teams with tiers, skills, calendars and staffing by interval,
 * priorities, talk + hold + wrap, the rules of routing with priorities of skills, overflow delays
 * and reserves, shifts with breaks, absence, shrinkage, agents of different speed; waiting places,
 * balking, voicemail, menus that lose or misroute, redial by reason, attempt and channel; what
 * becomes of those inside at closing time; lines between rates, renewal arrivals, daily counts,
 * recorded arrivals, customers with one issue at a time.
 */
#ifndef TESTS_PROPERTY_REFERENCE_H
#define TESTS_PROPERTY_REFERENCE_H

#include "../sim_help.h"

enum {
    MAX_STREAMS = 20,
    MAX_TEAMS = 8,
    MAX_AGENTS = 200,
    MAX_CHANNELS = 4,
    MAX_TYPES = 4,
    MAX_PERIODS = 64
};

enum what {
    ARRIVAL,
    ATTEMPT,
    QUEUE,
    PATIENCE,
    TALK_END,
    WRAP_END,
    STAFFING,
    OVERFLOW,
    ROSTER
};

struct event {
    ccs_time time;
    uint64_t order; /* of scheduling: ties */
    enum what what;
    int who;
};

enum state {
    AWAY,
    IN_IVR,
    WAITING,
    TALKING,
    OVER
};

struct call {
    uint64_t key;
    int type, channel, team, agent;
    int queue_type;   /* the type in whose queue it is: another one if misrouted */
    int tier;         /* a message: who calls back */
    bool is_callback; /* the company calls */
    bool hangs_up;    /* in a menu */
    bool is_answered; /* this contact has reached an agent before */
    bool stays;       /* was inside at closing time, to be served */
    int customer;     /* of the population; -1: nobody known */
    double talk_s;    /* recorded; or NAN */
    uint32_t leg;     /* of this contact */
    uint32_t legs, transfers;
    enum state state;
    uint32_t attempts, contacts;
    ccs_time arose, since;
    uint64_t joined; /* order of joining */
    bool is_offered; /* in the window */
    bool is_cohort;
    int64_t handle_us, effort_us;
};

struct stream {
    uint64_t entity;
    int type;
    double per_us;
    const struct ccs_series *volume, *profile;
    double profile_mean;
    int64_t factor_day; /* random factors ... */
    int factor_period;
    double factor;                       /* ... as they are at that time */
    bool is_line;                        /* straight lines between the values of the volume */
    const struct ccs_dist *interarrival; /* a renewal process */
    const struct ccs_series *counts;     /* fixed daily counts ... */
    int64_t day, left;                   /* ... day, contacts of it to come, weight left */
    double mass;
    const struct ccs_recording *replay;
    const struct ccs_burst_config *burst; /* its mass: what has come so far */
    int segment;                          /* -1: everybody calls once */
    uint64_t n;
    ccs_time at;
};

enum where {
    OFF,
    FREE,
    BUSY,
    PAUSE
};

/* An agent, told apart from the others whether it matters or not. */
struct agent {
    int team, slot;
    enum where where;
    bool is_late, is_paid, owed_paid;
    bool stays;         /* after closing time, to serve out (teams with shifts) */
    int64_t free_since; /* order of becoming free, or of going */
    ccs_time since, busy_from, owed, back;
    int64_t busy_us;
    double speed;
};

struct team {
    int level, busy, away; /* level and away: of teams by headcount */
    int staying;           /* who serve out after closing time (teams by headcount) */
    bool has_shifts;
    int64_t legs, talk_us, hold_us, wrap_us;
};

/* Integrals over a period: agents in legs, on duty, working after it, paid without working. */
struct team_time {
    int64_t busy_us, level_us, late_us, away_us;
};

struct tally {
    struct ccs_access access[MAX_PERIODS][MAX_CHANNELS];
    struct ccs_cohort cohort[MAX_TYPES];
    struct team_time time[MAX_PERIODS][MAX_TEAMS];
    int64_t worked_us[MAX_PERIODS][MAX_TEAMS]; /* the same work, by leg as it ends */
    int64_t queue_us, unreachable, held_off;
    int64_t waited_us; /* inside the window, summed by contact as its wait ends */
};

/* A contact has gone from its queue to an agent. */
struct departure {
    int channel, type;
    ccs_time wait;
};

struct reference {
    const struct ccs_config *config;
    uint64_t world_key;
    ccs_time now, horizon, end;
    struct event *events;
    size_t event_n, event_cap;
    uint64_t scheduled, joined;
    struct call *calls;
    size_t call_n, call_cap;
    struct departure *departures;
    size_t departure_n, departure_cap;
    struct stream stream[MAX_STREAMS];
    int stream_n;
    struct team team[MAX_TEAMS];
    struct agent agent[MAX_AGENTS];
    int agent_n;
    int64_t moves; /* of agents */
    int team_n, channel_n, type_n;
    int in_channel[MAX_CHANNELS];
    struct tally tally;
};

/* --- reference_center.c: the center --- */
const struct ccs_channel_config *ref_channel_of(const struct reference *m, int c);
const struct ccs_issue_type_config *ref_type_of(const struct reference *m, int y);
const struct ccs_team_config *ref_team_of(const struct reference *m, int t);
bool ref_takes(const struct reference *m, int t, int channel, int type);
void ref_schedule(struct reference *m, ccs_time time, enum what what, int who);
void ref_cancel(struct reference *m, enum what what, int who);
bool ref_is_live(const struct reference *m, int channel);
struct ccs_stream ref_draw(const struct reference *m, const struct call *call,
                           enum ccs_purpose purpose, bool by_attempt);
double ref_uniform(const struct reference *m, const struct call *call, enum ccs_purpose purpose,
                   uint32_t leg);
ccs_time ref_duration(const struct reference *m, const struct call *call,
                      const struct ccs_dist *dist, enum ccs_purpose purpose, uint32_t leg);
struct ccs_access *ref_access_of(struct reference *m, ccs_time t, int channel);
bool ref_in_window(const struct reference *m);
void ref_serve(struct reference *m, int t);
void ref_join(struct reference *m, int c);
void ref_end(struct reference *m, struct call *call, bool is_resolved);
void ref_attempt(struct reference *m, int c);
void ref_run(struct reference *m, const struct ccs_model *model, uint64_t seed);
void ref_free(struct reference *m);

void ref_note_work(struct reference *m, const struct agent *ag);
void ref_note_wait(struct reference *m, const struct call *call, ccs_time until);

/* --- reference_staff.c: who is there, and whose turn it is --- */
void ref_follow(struct reference *m, int a);
bool ref_is_due(const struct reference *m, const struct agent *ag, ccs_time at);
int ref_level_of(const struct reference *m, int t);
int ref_free_of(const struct reference *m, int t);
int ref_first_of(const struct reference *m, int t, enum where where, bool longest);
double ref_occupancy_of(const struct reference *m, const struct agent *ag);
int ref_least_occupied_of(const struct reference *m, int t);
int ref_agent_for(const struct reference *m, int t, const struct call *call);
void ref_let_go(struct reference *m, int a);
void ref_hire(struct reference *m, int t);
void ref_set_staff(struct reference *m, int t);

/* --- reference_access.c: between the attempt and the agent --- */
ccs_time ref_enter(struct reference *m, int c);
bool ref_turns_away(struct reference *m, int c);
void ref_leave_message(struct reference *m, int c);
void ref_lose(struct reference *m, int c, enum ccs_loss loss);
void ref_note_departure(struct reference *m, const struct call *call, ccs_time wait);
ccs_time ref_longest_wait(const struct reference *m, const struct call *call);

/* --- reference_closing.c: when hours end --- */
void ref_close(struct reference *m, int t, int before);
int ref_staying_of(const struct reference *m, int t);
int ref_staying_agent(const struct reference *m, int t);
int ref_staying_team_for(const struct reference *m, const struct call *call);

/* --- reference_routing.c: who takes what --- */
bool ref_serves(const struct reference *m, int t, const struct call *call);
bool ref_has_same_terms(const struct reference *m, int t, int a, int b);
bool ref_ranks_alike(const struct reference *m, int a, int b);
bool ref_ranks_before(const struct reference *m, int a, int b, int type);
int64_t ref_priority_of(const struct reference *m, const struct call *call);
ccs_time ref_delay_of(const struct reference *m, int t, int type);
int ref_free_team_for(const struct reference *m, const struct call *call);
int ref_best_for(const struct reference *m, int t);

/* --- reference_time.c: days, hours, tables --- */
int64_t ref_day_of(const struct reference *m, ccs_time t);
ccs_time ref_midnight_of(const struct reference *m, int64_t day);
int ref_weekday_of(int64_t day); /* 0: Monday */
const struct ccs_calendar_config *ref_calendar_of(const struct reference *m, int index);
bool ref_is_holiday(const struct ccs_calendar_config *calendar, int64_t day);
bool ref_is_open(const struct reference *m, const struct ccs_calendar_config *calendar, ccs_time t);
/* When hours begin or end next after t. */
ccs_time ref_hours_change(const struct reference *m, const struct ccs_calendar_config *calendar,
                          ccs_time t);
/* Value of a table at t, and the end of its interval; time 0 is midnight of day_0. */
double ref_table_at(const struct ccs_series *series, int64_t day_0, ccs_time t, ccs_time *end);
/* The same on the lines between points, and what it has become `later` on that line. */
double ref_line_at(const struct ccs_series *series, int64_t day_0, ccs_time t, ccs_time later,
                   double *then);
double ref_table_mean(const struct ccs_series *series, int64_t day_0);

/* --- reference_rate.c: how many come, and when --- */
const struct ccs_special_day_config *ref_special_day(const struct reference *m, int type,
                                                     int64_t day);
bool ref_walk(const struct reference *m, struct stream *st, double need, ccs_time limit);
double ref_weight_of_day(const struct reference *m, const struct stream *st, int64_t day);
ccs_time ref_burst_at(const struct reference *m, const struct ccs_burst_config *b, double part);

/* --- reference_demand.c: arrivals --- */
void ref_schedule_arrival(struct reference *m, int index);
void ref_arrive(struct reference *m, int index);
void ref_add_streams(struct reference *m);

/* --- reference_checks.c: what holds of both --- */
/* From t0 to the end, as world_live; and what the teams did in each period. */
void ref_live_by_period(struct lone_world *lone, const struct ccs_model *model,
                        struct team_time time[MAX_PERIODS][MAX_TEAMS]);
void ref_check(const struct reference *m, const struct ccs_world *w,
               struct team_time time[MAX_PERIODS][MAX_TEAMS]);

/* --- reference_scenarios.c: random scenarios, the same for the same seed --- */
struct features {
    bool routing, staff, access, arrivals, closing, days;
};

/* Where contacts of a type come from. */
enum ref_demand {
    REF_VOLUME,
    REF_CUSTOMERS,
    REF_COUNTS,
    REF_RECORDED
};

int ref_pick(int n); /* 0 .. n - 1 */
bool ref_chance(int percent);
void ref_say_days(struct text *t, int start, enum ref_demand demand, bool has_segment);
void ref_scenario(struct text *t, unsigned seed, struct features has);

#endif
