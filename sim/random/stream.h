/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random streams addressed by key. There is no state to advance and nothing is drawn "in order":
 * a number belongs to (seed, replication; entity; purpose; occurrence), so two policies, two
 * thread counts and two orders of execution meet the same numbers (common random numbers).
 *
 * Generator: Philox2x64-10 of Random123 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as
 * easy as 1, 2, 3", SC'11). Key = world key; counter word 0 = entity; counter word 1 =
 * purpose (8 bits) | occurrence (32 bits) | draw number within the stream (24 bits).
 *
 * Invariants: purposes are append-only numbers (an ABI: renumbering changes every result);
 * entities are hashed from names and ordinals, never from array indices.
 */
#ifndef CCS_RANDOM_STREAM_H
#define CCS_RANDOM_STREAM_H

#include "base/assert.h"

#include <Random123/philox.h>
#include <stdint.h>

/* Append only. */
enum ccs_purpose {
    CCS_DRAW_DESIGN_CELL = 200, /* from here on: studies, not the world */
    CCS_DRAW_DESIGN_PLACE = 201,
    CCS_DRAW_ARRIVAL = 1,
    CCS_DRAW_DAY_FACTOR = 2,
    CCS_DRAW_CUSTOMER = 3,
    CCS_DRAW_AMOUNT = 4,
    CCS_DRAW_JUSTIFIED = 5,
    CCS_DRAW_VOICED = 6,
    CCS_DRAW_PATIENCE = 7,
    CCS_DRAW_TALK = 8,
    CCS_DRAW_HOLD = 9,
    CCS_DRAW_WRAP = 10,
    CCS_DRAW_CHANNEL = 11,
    CCS_DRAW_TENURE = 12,
    CCS_DRAW_RESISTANCE = 13,
    CCS_DRAW_IVR = 14,
    CCS_DRAW_REDIAL = 15,
    CCS_DRAW_REDIAL_DELAY = 16,
    CCS_DRAW_RETRY_DELAY = 17,
    CCS_DRAW_BACK_OFFICE_WORK = 18,
    CCS_DRAW_DISCRETION = 19,
    CCS_DRAW_INSTEAD = 20,
    CCS_DRAW_SENSED_ANGER = 21,
    CCS_DRAW_EVIDENCE = 22,
    CCS_DRAW_SUPERVISOR_DEMAND = 23,
    CCS_DRAW_SUPERVISOR_GRANTED = 24,
    CCS_DRAW_PROMISE_FORGOTTEN = 25,
    CCS_DRAW_PROMISE_TALK = 26,
    CCS_DRAW_FALSE_CLOSURE = 27,
    CCS_DRAW_DISCOVERY_DELAY = 28,
    CCS_DRAW_RECONTACT = 29,
    CCS_DRAW_RECONTACT_DELAY = 30,
    CCS_DRAW_SWITCH_CHANNEL = 31,
    CCS_DRAW_RETELLING = 32,
    CCS_DRAW_CONTEXT_CARRIED = 33,
    CCS_DRAW_THREAT = 34,
    CCS_DRAW_SAVED = 35,
    CCS_DRAW_RETENTION_TALK = 36,
    CCS_DRAW_WORK_CONTENT = 37,
    CCS_DRAW_BOOTSTRAP = 38,
    CCS_DRAW_ARGUE = 39,
    CCS_DRAW_THREAT_DELAY = 40,
    CCS_DRAW_ROUTE = 60,
    CCS_DRAW_AGENT_SPEED = 61,
    CCS_DRAW_ABSENCE = 62,
    CCS_DRAW_SHRINKAGE = 63,
    CCS_DRAW_FOLLOW_ON = 80,
    CCS_DRAW_FOLLOW_ON_DELAY = 81,
    CCS_DRAW_BACKLOG_SEGMENT = 82,
    CCS_DRAW_DAY_COUNT = 90,
    CCS_DRAW_PERIOD_FACTOR = 91,
    CCS_DRAW_MENU = 92,
    CCS_DRAW_HANG_UP = 93,
    CCS_DRAW_MISROUTE = 94,
    CCS_DRAW_MISROUTE_TO = 95,
    CCS_DRAW_FOUND_OUT = 96,
    CCS_DRAW_BALKS = 97,
    CCS_DRAW_TOLERANCE = 98,
    CCS_DRAW_REDIAL_CHANNEL = 99,
    CCS_DRAW_ANSWER_DELAY = 130,
    CCS_DRAW_PAUSE = 131,
    CCS_DRAW_TRANSFER = 140,
    CCS_DRAW_TRANSFER_AFTER = 141,
    CCS_DRAW_TRANSFER_TIME = 142,
    CCS_DRAW_INTERVAL_COUNT = 150,
    CCS_DRAW_DAY_TOTAL = 151,
    CCS_DRAW_PROFILE_SHARE = 152,
    CCS_DRAW_PERIOD_NOISE = 153,
    CCS_DRAW_OPPORTUNIST = 154,
    CCS_DRAW_RECORD_KNOWN = 155,
    CCS_DRAW_RETRY = 156
};

/* World key of one replication: mixes seed (0..2^53-1) and replication number. */
uint64_t ccs_stream_key(uint64_t seed, uint64_t replication);

/* Entity from a name: XXH3 over the bytes of `kind`, a 0 byte, the bytes of `name`. Distinct
 * pairs collide with probability about 2^-64. Both borrowed. */
uint64_t ccs_entity_from_name(const char *kind, const char *name);

/* The member of an entity by ordinal (or by a further hash): the finaliser of SplitMix64 (Steele,
 * Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). It is a bijection,
 * so distinct ordinals under one parent never collide; it mixes, so that members of members
 * (customer i, issue n) do not run into each other as parent + i + n would. Members of distinct
 * parents collide with probability about 2^-64 per pair. */
static inline uint64_t ccs_entity_member(uint64_t parent, uint64_t ordinal)
{
    uint64_t z = parent + (ordinal + 1) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

struct ccs_stream {
    uint64_t key;
    uint64_t entity;
    uint64_t lane; /* purpose << 56 | occurrence << 24 | next draw */
};

/* A stream holds this many draws; after that it would run into the next occurrence. */
#define CCS_STREAM_DRAWS (UINT64_C(1) << 24)

static inline struct ccs_stream ccs_stream_at(uint64_t key, uint64_t entity,
                                              enum ccs_purpose purpose, uint32_t occurrence)
{
    struct ccs_stream s = {key, entity, (uint64_t)purpose << 56 | (uint64_t)occurrence << 24};
    return s;
}

/* The next 64 bits of the stream. */
static inline uint64_t ccs_stream_bits(struct ccs_stream *s)
{
    CCS_ASSERT((s->lane & (CCS_STREAM_DRAWS - 1)) != CCS_STREAM_DRAWS - 1);
    philox2x64_ctr_t counter = {{s->entity, s->lane++}};
    philox2x64_key_t key = {{s->key}};
    return philox2x64(counter, key).v[0];
}

/* 64 bits to a uniform on the open interval (0, 1): the odd multiples of 2^-53, that is the
 * midpoints of 2^52 equal cells. Never 0, never 1, exact, and 1 - u is in the set whenever u is.
 * (One bit more, (k + 1/2) / 2^53, has no exact double above 1/2 and rounds to 1 at the top.) */
static inline double ccs_uniform_from_bits(uint64_t bits)
{
    return (double)(int64_t)(bits >> 11 | 1) * 0x1p-53;
}

/* The next uniform of the stream. */
static inline double ccs_stream_uniform(struct ccs_stream *s)
{
    return ccs_uniform_from_bits(ccs_stream_bits(s));
}

/* One uniform, for the many places that need exactly one. */
static inline double ccs_uniform_at(uint64_t key, uint64_t entity, enum ccs_purpose purpose,
                                    uint32_t occurrence)
{
    struct ccs_stream s = ccs_stream_at(key, entity, purpose, occurrence);
    return ccs_stream_uniform(&s);
}

#endif
