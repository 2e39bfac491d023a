/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The record of a replication: what all its policies left behind, as bytes that can be kept and
 * read again. Results are put together from records only, so they are the same to the bit whether
 * a replication was run just now or found in a store.
 *
 *   0   "CCSR"
 *   4   format version, 4 bytes
 *   8   size of the record, 8 bytes
 *   16  XXH3 of everything from byte 24 on, 8 bytes
 *   24  identity of the experiment (shape), 8 bytes
 *   32  number of the replication, 8 bytes
 *   40  volume factor and fit; then for each policy the numbers of all rows, the weekly curves,
 *       three histograms (bins that hold something), signatures, load and balance
 *
 * All integers are little endian. A *count* is 7 bits a byte, the low ones first, the top bit set
 * on all bytes but the last (LEB128). A *number* is a count: 0, then the 8 bytes of a double; 1 for
 * NAN; c >= 2 for the whole number c - 2, which most numbers are.
 *
 * Invariants: equal runs give equal bytes, on any machine and with any number of threads; reading
 * trusts nothing: a damaged record ends as a text that says so.
 */
#ifndef CCS_EXPERIMENT_RECORD_H
#define CCS_EXPERIMENT_RECORD_H

#include "experiment/replication.h"

#define CCS_RECORD_VERSION 1

/* What all records of one experiment have in common. */
struct ccs_record_shape {
    uint64_t identity; /* hash of scenario, seed, policies, rows, weeks, kind of past */
    size_t policy_n, row_n, weeks;
};

struct ccs_record {
    const void *bytes; /* NULL: not there */
    size_t size;
};

/* The factor on tables that count all contacts, and the fit it reached. */
struct ccs_volume {
    double factor, fit;
};

/* The shape of what the plan makes. */
struct ccs_record_shape ccs_record_shape_of(const struct ccs_replication_plan *plan);

/* Writes the record of replication r; its bytes are the caller's to free. CCS_ENOMEM. */
ccs_status ccs_record_encode(const struct ccs_record_shape *shape, uint64_t r,
                             const struct ccs_volume *volume, const struct ccs_outcome *outcomes,
                             struct ccs_record *record);

/* What is wrong with these bytes, whatever experiment they belong to; NULL: they are an undamaged
 * record. Static text, in words that go on "the record ...". */
const char *ccs_record_fault(const void *bytes, size_t size);

/* Reads the record of replication r. outcome[p] has its arrays allocated, the histograms too; all
 * of it is overwritten. NULL, or what is wrong (then the outcomes hold anything). */
const char *ccs_record_decode(const struct ccs_record_shape *shape, uint64_t r,
                              const struct ccs_record *record, struct ccs_volume *volume,
                              struct ccs_outcome *outcomes);

/* The factor and fit alone. */
const char *ccs_record_volume(const struct ccs_record_shape *shape, uint64_t r,
                              const struct ccs_record *record, struct ccs_volume *volume);

#endif
