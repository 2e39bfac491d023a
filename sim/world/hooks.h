/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where mechanisms plug in. The world declares the points; a mechanism (one file in behavior/)
 * exports its field rows and an `install` function that puts its functions on the points it needs.
 * The loader fills the lists once per policy: the world never calls a mechanism that the scenario
 * leaves out, not even to find out that it is off.
 *
 * The world calls hooks for issues with a customer record only (is->customer is not CCS_NONE).
 *
 * Invariant: a hook reads and changes only what its comment says. It never schedules events; the
 * world does, from what the hook returns, so the order of hooks cannot matter for time.
 */
#ifndef CCS_WORLD_HOOKS_H
#define CCS_WORLD_HOOKS_H

#include "books/measure.h"
#include "config/config.h"

struct ccs_world;
struct ccs_issue;
struct ccs_contact;
struct ccs_model;

/* What a customer goes through. Anger weighs each kind (behavior/anger.c). */
enum ccs_experience {
    CCS_EXPERIENCE_WAIT, /* a wait has ended, answered or not; `amount` is its length */
    CCS_EXPERIENCE_TRANSFER,
    CCS_EXPERIENCE_RETELLING,
    CCS_EXPERIENCE_REFUSAL,
    CCS_EXPERIENCE_CONTRADICTION, /* the company called the issue settled when it was not */
    CCS_EXPERIENCE_BROKEN_PROMISE,
    CCS_EXPERIENCE_REPEAT_CONTACT,
    CCS_EXPERIENCE_SECOND_FAILURE, /* a failure of an issue that has failed before */
    CCS_EXPERIENCE_COUNT
};

/* Why an attempt did not settle the issue. */
enum ccs_failure {
    CCS_FAILURE_REFUSED,
    CCS_FAILURE_PUT_OFF, /* the agent promised a call, but the company makes no such calls */
    CCS_FAILURE_PROMISE_BROKEN,
    CCS_FAILURE_FALSE_CLOSURE,
    CCS_FAILURE_ABANDONED,
    CCS_FAILURE_COUNT
};

struct ccs_talk {
    double base_us;   /* work content: issue type, tier, team */
    double stretch;   /* factor >= 1 from anger */
    double retell_us; /* the customer tells the story again */
};

enum ccs_reaction_kind {
    CCS_REACT_UNDECIDED,
    CCS_REACT_RECONTACT,
    CCS_REACT_THREATEN
};

struct ccs_reaction {
    enum ccs_reaction_kind kind;
    ccs_time delay;
    int32_t channel;
};

struct ccs_promise_conditions {
    ccs_time due;   /* from now */
    bool forgotten; /* the promise never becomes a call in a queue */
    int tier;       /* the tier that calls back; 0: the tier that promised */
    int16_t priority;
};

struct ccs_desk_result {
    double leave_probability; /* the customer leaves in spite of the desk */
    ccs_money offer;          /* cost if the customer stays */
    bool settles;             /* if the customer stays, the desk settles the open issue at once */
};

/* A point for at most one mechanism; fn is NULL where none has taken it. */
#define CCS_HOOK(name, result, ...)                                                                \
    struct {                                                                                       \
        result (*fn)(const void *config, __VA_ARGS__);                                             \
        const void *config;                                                                        \
    } name

/* A point for several mechanisms, called in the order in which they were added. */
#define CCS_HOOK_MAX 8
#define CCS_HOOK_LIST(name, result, ...)                                                           \
    struct {                                                                                       \
        result (*fn)(const void *config, __VA_ARGS__);                                             \
        const void *config;                                                                        \
    } name[CCS_HOOK_MAX];                                                                          \
    int name##_n

struct ccs_hooks {
    /* Does the customer voice a new issue? True if all hooks say so. */
    CCS_HOOK_LIST(voiced, bool, struct ccs_world *w, const struct ccs_issue *is);
    /* Factor on the patience of a customer who begins to wait; factors are multiplied. */
    CCS_HOOK_LIST(patience, double, struct ccs_world *w, const struct ccs_issue *is);
    /* Changes the talk of a leg that is about to begin. */
    CCS_HOOK_LIST(talk, void, struct ccs_world *w, struct ccs_issue *is,
                  const struct ccs_contact *ct, struct ccs_talk *talk);
    /* Does the agent of a leg know what happened before? True if all hooks say so. */
    CCS_HOOK_LIST(context, bool, struct ccs_world *w, const struct ccs_issue *is,
                  const struct ccs_contact *ct);
    /* Does the agent see the record of the issue: how often the customer has called about it, has
     * been refused, was promised something in vain? Where no mechanism says otherwise the system
     * shows it, whether or not the story is known. */
    CCS_HOOK(record, bool, struct ccs_world *w, const struct ccs_issue *is,
             const struct ccs_contact *ct);
    /* The customer goes through something, which adds to burdens. `amount`: seconds for a wait,
     * else 1. */
    CCS_HOOK_LIST(experience, void, struct ccs_world *w, const struct ccs_issue *is,
                  enum ccs_experience kind, double amount);
    /* True anger of the customer now. */
    CCS_HOOK(anger, double, struct ccs_world *w, const struct ccs_issue *is);
    /* The same as sensed by an agent (noise included). */
    CCS_HOOK(sensed_anger, double, struct ccs_world *w, const struct ccs_issue *is,
             const struct ccs_contact *ct);
    /* Refused in a live contact: does the customer demand a supervisor? */
    CCS_HOOK(demands, bool, struct ccs_world *w, const struct ccs_issue *is,
             const struct ccs_contact *ct);
    /* How long an agent argues (microseconds) when a supervisor is demanded and not granted. */
    CCS_HOOK(argues, ccs_time, struct ccs_world *w, const struct ccs_issue *is,
             const struct ccs_contact *ct);
    /* An issue has been called settled: CCS_TIME_NEVER if it truly is, else the time until the
     * customer finds out that it is not. */
    CCS_HOOK(false_closure, ccs_time, struct ccs_world *w, const struct ccs_issue *is);
    /* Terms of a promised callback. False: nothing is promised, the customer was put off. */
    CCS_HOOK(promise, bool, struct ccs_world *w, const struct ccs_issue *is,
             struct ccs_promise_conditions *terms);
    /* What the customer does after a failure. The first hook that decides wins; if none does, the
     * customer gives up. */
    CCS_HOOK_LIST(react, void, struct ccs_world *w, const struct ccs_issue *is,
                  enum ccs_failure failure, struct ccs_reaction *reaction);
    /* Probability that the customer leaves at a moment of truth. */
    CCS_HOOK(leaving, double, struct ccs_world *w, const struct ccs_issue *is,
             enum ccs_moment moment);
    /* The retention desk has talked to a customer who wants to cancel. */
    CCS_HOOK(desk, void, struct ccs_world *w, const struct ccs_issue *is,
             struct ccs_desk_result *result);
};

/* Puts a function on a point; the C compiler checks its type. */
#define CCS_HOOK_ADD(hooks, point, function, cfg)                                                  \
    do {                                                                                           \
        CCS_REQUIRE((hooks)->point##_n < CCS_HOOK_MAX);                                            \
        (hooks)->point[(hooks)->point##_n].fn = (function);                                        \
        (hooks)->point[(hooks)->point##_n].config = (cfg);                                         \
        (hooks)->point##_n++;                                                                      \
    } while (0)

/* The same on a point for one mechanism, which must be free. */
#define CCS_HOOK_TAKE(hooks, point, function, cfg)                                                 \
    do {                                                                                           \
        CCS_REQUIRE((hooks)->point.fn == NULL);                                                    \
        (hooks)->point.fn = (function);                                                            \
        (hooks)->point.config = (cfg);                                                             \
    } while (0)

/* One mechanism: a file in behavior/ and a row in behavior/behavior.c. */
struct ccs_mechanism {
    const char *id;    /* "P1", as in scenarios/README.md */
    const char *group; /* top-level key: "behavior" or "promises" */
    const char *key;   /* "callback" */
    const char *help;
    const struct ccs_section *section;
    /* `config` is the bound section. Besides hooks, `install` may set what struct ccs_model
     * says a mechanism sets: the retention desk, the priority of promised calls, the half-life
     * of anger, what lint and `explain` say of it. */
    void (*install)(const void *config, struct ccs_model *model);
};

#endif
