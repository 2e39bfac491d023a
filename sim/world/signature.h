/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The signature of a world: one number for all events, all bookings and all counters.
 *
 * Every event feeds the world's hasher as it fires (ccs_world_run). At the end the books (every
 * cell of the ledger) and the raw sums of all measures are added, so that an entry that is lost,
 * doubled or booked to another account changes the signature although every event is the same.
 *
 * Invariant: the events alone decide the signature of the past (ccs_outcome.signature_t0); the
 * order of bookings decides nothing.
 */
#ifndef CCS_WORLD_SIGNATURE_H
#define CCS_WORLD_SIGNATURE_H

#include "world/world.h"

/* The signature of a finished world. */
uint64_t ccs_world_signature(const struct ccs_world *w);

/* A hash of the counters alone, without events and books. */
uint64_t ccs_world_measure_hash(const struct ccs_world *w);

#endif
