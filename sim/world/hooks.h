/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where mechanisms plug in. The center declares the points; a mechanism (one file in behavior/)
 * exports its field rows and an `install` function that puts its functions on the points it needs.
 * The lists are flat and compiled once per policy: a mechanism the scenario leaves out is not
 * called, not even to find out that it is off.
 *
 * Invariant: a hook reads and changes only what its comment says; it never schedules events itself
 * (the center does, from what the hook returns), so the order of hooks cannot matter for time.
 */
#ifndef CCS_WORLD_HOOKS_H
#define CCS_WORLD_HOOKS_H

#include "books/measure.h"
#include "config/config.h"

struct ccs_world;
struct ccs_issue;
struct ccs_contact;
struct ccs_model;

/* What a customer goes through; burdens are weighed by kind. */
enum ccs_experience {
    CCS_EXPERIENCE_WAIT, /* waited beyond tolerance, or gave up waiting */
    CCS_EXPERIENCE_TRANSFER,
    CCS_EXPERIENCE_RETELLING,
    CCS_EXPERIENCE_REFUSAL,
    CCS_EXPERIENCE_CONTRADICTION, /* told done when it was not */
    CCS_EXPERIENCE_BROKEN_PROMISE,
    CCS_EXPERIENCE_REPEAT_CONTACT,
    CCS_EXPERIENCE_SECOND_FAILURE, /* a failure while an earlier one is being mended */
    CCS_EXPERIENCE_COUNT
};

/* Why an attempt did not bring the end. */
enum ccs_failure {
    CCS_FAILURE_REFUSED,
    CCS_FAILURE_PUT_OFF, /* promised, without a working promise behind it */
    CCS_FAILURE_PROMISE_BROKEN,
    CCS_FAILURE_FALSE_CLOSURE,
    CCS_FAILURE_ABANDONED,
    CCS_FAILURE_COUNT
};

struct ccs_talk {
    double base_us;   /* work content: issue type, tier, team */
    double stretch;   /* factor >= 1 from anger */
    double retell_us; /* telling the story again */
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

struct ccs_promise_terms {
    ccs_time due;   /* from now */
    bool forgotten; /* nobody will ever put it into the queue */
    int tier;       /* who calls back; 0: the tier that promised */
    int16_t priority;
};

struct ccs_desk_result {
    double leave_probability; /* unless the offer is taken */
    ccs_money offer;          /* what saving this customer costs */
    bool settles;             /* a saved customer's open issue is settled here and now */
};

/* A point that at most one mechanism takes; fn is NULL where none does. */
#define CCS_HOOK(name, result, ...)                                                                \
    struct {                                                                                       \
        result (*fn)(const void *config, __VA_ARGS__);                                             \
        const void *config;                                                                        \
    } name

/* A point for several, called in the order in which they were added. */
#define CCS_HOOK_MAX 8
#define CCS_HOOK_LIST(name, result, ...)                                                           \
    struct {                                                                                       \
        result (*fn)(const void *config, __VA_ARGS__);                                             \
        const void *config;                                                                        \
    } name[CCS_HOOK_MAX];                                                                          \
    int name##_n

struct ccs_hooks {
    /* Is a new issue voiced? All must agree. */
    CCS_HOOK_LIST(voiced, bool, struct ccs_world *w, const struct ccs_issue *is);
    /* Share of the customer's patience that is left, multiplied up. */
    CCS_HOOK_LIST(patience, double, struct ccs_world *w, const struct ccs_issue *is);
    /* Changes the talk of a leg about to begin. */
    CCS_HOOK_LIST(talk, void, struct ccs_world *w, struct ccs_issue *is,
                  const struct ccs_contact *ct, struct ccs_talk *talk);
    /* Sees the context of a leg: does the agent know what happened before? All must agree. */
    CCS_HOOK_LIST(context, bool, struct ccs_world *w, const struct ccs_issue *is,
                  const struct ccs_contact *ct);
    /* The customer goes through something: burdens. `amount`: seconds for a wait, else 1. */
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
    /* Minutes an agent argues when a supervisor is demanded and not granted. */
    CCS_HOOK(argues, ccs_time, struct ccs_world *w, const struct ccs_issue *is,
             const struct ccs_contact *ct);
    /* "Everything is fine": CCS_TIME_NEVER if it truly is, else when the customer finds out. */
    CCS_HOOK(false_closure, ccs_time, struct ccs_world *w, const struct ccs_issue *is);
    /* Terms of a promised callback; false if the company makes no working promises. */
    CCS_HOOK(promise, bool, struct ccs_world *w, const struct ccs_issue *is,
             struct ccs_promise_terms *terms);
    /* What the customer does after a failure; the first that decides wins, else gives up. */
    CCS_HOOK_LIST(react, void, struct ccs_world *w, const struct ccs_issue *is,
                  enum ccs_failure failure, struct ccs_reaction *reaction);
    /* Probability of leaving at a moment of truth. */
    CCS_HOOK(leaving, double, struct ccs_world *w, const struct ccs_issue *is,
             enum ccs_moment moment);
    /* The retention desk has talked to somebody who wants to cancel. */
    CCS_HOOK(desk, void, struct ccs_world *w, const struct ccs_issue *is,
             struct ccs_desk_result *result);
};

/* Puts a function on a point; the compile step checks that it fits. */
#define CCS_HOOK_ADD(hooks, point, function, cfg)                                                  \
    do {                                                                                           \
        CCS_REQUIRE((hooks)->point##_n < CCS_HOOK_MAX);                                            \
        (hooks)->point[(hooks)->point##_n].fn = (function);                                        \
        (hooks)->point[(hooks)->point##_n].config = (cfg);                                         \
        (hooks)->point##_n++;                                                                      \
    } while (0)

/* The same on a point for one. */
#define CCS_HOOK_TAKE(hooks, point, function, cfg)                                                 \
    do {                                                                                           \
        CCS_REQUIRE((hooks)->point.fn == NULL);                                                    \
        (hooks)->point.fn = (function);                                                            \
        (hooks)->point.config = (cfg);                                                             \
    } while (0)

/* One mechanism: a file in behavior/ and a row in its registry. */
struct ccs_mechanism {
    const char *id;    /* "P1", as in scenarios/README.md */
    const char *group; /* top-level key: "behavior" or "promises" */
    const char *key;   /* "callback" */
    const char *help;
    const struct ccs_section *section;
    /* `config` is the bound section. May also set the model's desk team and anger half-life. */
    void (*install)(const void *config, struct ccs_model *model);
};

#endif
