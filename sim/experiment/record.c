/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing and reading records: see record.h. */
#include "experiment/record.h"

#include "base/hash.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC "CCSR"

enum {
    AT_VERSION = 4,
    AT_SIZE = 8,
    AT_CHECKSUM = 16,
    AT_IDENTITY = 24,
    AT_REPLICATION = 32,
    AT_BODY = 40,
    COUNT_BYTES = 10 /* of the largest count */
};

#define WHOLE_MAX 9007199254740992.0 /* 2^53: beyond, doubles are whole but not all of them */

/* ---- shape ---- */

static void hash_text(struct ccs_hasher *hasher, const char *text)
{
    ccs_hasher_add(hasher, text, strlen(text) + 1);
}

static void hash_int(struct ccs_hasher *hasher, uint64_t value)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (unsigned char)(value >> 8 * i);
    }
    ccs_hasher_add(hasher, bytes, sizeof bytes);
}

struct ccs_record_shape ccs_record_shape_of(const struct ccs_replication_plan *plan)
{
    struct ccs_hasher hasher;
    ccs_hasher_init(&hasher);
    hash_int(&hasher, plan->scenario->hash);
    hash_int(&hasher, plan->seed);
    hash_int(&hasher, plan->independent_pasts);
    hash_int(&hasher, plan->weeks);
    hash_int(&hasher, plan->policy_n);
    for (size_t p = 0; p < plan->policy_n; p++) {
        hash_text(&hasher, plan->scenario->policies[plan->policies[p]].name);
    }
    for (size_t row = 0; row < plan->row_n; row++) {
        hash_text(&hasher, plan->rows[row].metric->name);
        hash_text(&hasher, ccs_slice_kind_name(plan->rows[row].slice));
        hash_text(&hasher, plan->rows[row].name);
    }
    return (struct ccs_record_shape){ccs_hasher_digest(&hasher), plan->policy_n, plan->row_n,
                                     plan->weeks};
}

/* ---- writing ---- */

struct bytes {
    unsigned char *at;
    size_t len, cap;
    bool is_exhausted;
};

static unsigned char *extend(struct bytes *out, size_t n)
{
    if (out->len + n > out->cap && !out->is_exhausted) {
        size_t cap = 2 * out->cap + n + 4096;
        void *at = realloc(out->at, cap);
        out->is_exhausted = at == NULL;
        if (at) {
            out->at = at;
            out->cap = cap;
        }
    }
    if (out->is_exhausted) {
        return NULL;
    }
    out->len += n;
    return out->at + out->len - n;
}

static void store(unsigned char *to, uint64_t value, int n)
{
    for (int i = 0; i < n; i++) {
        to[i] = (unsigned char)(value >> 8 * i);
    }
}

static void put_u64(struct bytes *out, uint64_t value)
{
    unsigned char *to = extend(out, 8);
    if (to) {
        store(to, value, 8);
    }
}

static void put_count(struct bytes *out, uint64_t value)
{
    unsigned char text[COUNT_BYTES];
    size_t n = 0;
    for (; value >= 0x80; value >>= 7) {
        text[n++] = (unsigned char)(value | 0x80);
    }
    text[n++] = (unsigned char)value;
    unsigned char *to = extend(out, n);
    if (to) {
        memcpy(to, text, n);
    }
}

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static void put_number(struct bytes *out, double x)
{
    bool is_whole = x >= 0 && x < WHOLE_MAX && !signbit(x) && x == floor(x);
    if (is_whole) {
        put_count(out, (uint64_t)x + 2);
    } else if (isnan(x)) {
        put_count(out, 1);
    } else {
        put_count(out, 0);
        put_u64(out, bits_of(x));
    }
}

static void put_numbers(struct bytes *out, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        put_number(out, x[i]);
    }
}

/* How many bins hold something; for each its distance to the one before, and what it holds. */
static void put_histogram(struct bytes *out, const struct ccs_histogram *histogram)
{
    uint64_t used = 0;
    for (uint32_t bin = 0; bin < CCS_HISTOGRAM_BINS; bin++) {
        used += histogram->count[bin] > 0;
    }
    put_count(out, used);
    uint32_t from = 0;
    for (uint32_t bin = 0; bin < CCS_HISTOGRAM_BINS; bin++) {
        if (histogram->count[bin] > 0) {
            put_count(out, bin - from);
            put_count(out, histogram->count[bin]);
            from = bin + 1;
        }
    }
}

static void put_balance(struct bytes *out, const struct ccs_balance *b)
{
    put_count(out, (uint64_t)b->runs);
    put_number(out, b->ledger);
    put_number(out, b->net_value);
    put_number(out, b->labor);
    put_count(out, (uint64_t)b->issues_lost);
    put_count(out, (uint64_t)b->contacts_lost);
    put_count(out, (uint64_t)b->customers_lost);
    put_number(out, b->little);
    put_count(out, b->is_ok);
}

static void put_outcome(struct bytes *out, const struct ccs_record_shape *shape,
                        const struct ccs_outcome *o)
{
    put_numbers(out, o->num, shape->row_n);
    put_numbers(out, o->den, shape->row_n);
    put_numbers(out, o->events, shape->row_n);
    put_numbers(out, o->cash, shape->weeks);
    put_numbers(out, o->value, shape->weeks);
    put_histogram(out, o->waits);
    put_histogram(out, o->ended);
    put_histogram(out, o->censored);
    put_u64(out, o->signature);
    put_u64(out, o->signature_t0);
    put_count(out, o->events_done);
    put_number(out, o->utilisation);
    put_number(out, o->backlog_per_day);
    put_balance(out, &o->balance);
}

ccs_status ccs_record_encode(const struct ccs_record_shape *shape, uint64_t r,
                             const struct ccs_volume *volume, const struct ccs_outcome *outcomes,
                             struct ccs_record *record)
{
    struct bytes out = {0};
    extend(&out, AT_IDENTITY); /* the head, when all else is known */
    put_u64(&out, shape->identity);
    put_u64(&out, r);
    put_number(&out, volume->factor);
    put_number(&out, volume->fit);
    for (size_t p = 0; p < shape->policy_n; p++) {
        put_outcome(&out, shape, &outcomes[p]);
    }
    *record = (struct ccs_record){0};
    if (out.is_exhausted) {
        free(out.at);
        return CCS_ENOMEM;
    }
    memcpy(out.at, MAGIC, AT_VERSION);
    store(out.at + AT_VERSION, CCS_RECORD_VERSION, 4);
    store(out.at + AT_SIZE, out.len, 8);
    store(out.at + AT_CHECKSUM, ccs_hash64(out.at + AT_IDENTITY, out.len - AT_IDENTITY), 8);
    unsigned char *fitting = realloc(out.at, out.len);
    *record = (struct ccs_record){fitting ? fitting : out.at, out.len};
    return CCS_OK;
}

/* ---- reading ---- */

struct reader {
    const unsigned char *at, *end;
    bool is_bad;
};

static uint64_t load(const unsigned char *from, int n)
{
    uint64_t value = 0;
    for (int i = 0; i < n; i++) {
        value |= (uint64_t)from[i] << 8 * i;
    }
    return value;
}

static uint64_t get_u64(struct reader *in)
{
    if (in->is_bad || in->end - in->at < 8) {
        in->is_bad = true;
        return 0;
    }
    in->at += 8;
    return load(in->at - 8, 8);
}

static uint64_t get_count(struct reader *in)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !in->is_bad && in->at < in->end; shift += 7) {
        uint64_t bits = *in->at & 0x7F;
        bool is_last = !(*in->at++ & 0x80);
        if (bits << shift >> shift != bits) {
            break;
        }
        value |= bits << shift;
        if (is_last) {
            return value;
        }
    }
    in->is_bad = true;
    return 0;
}

/* A count that ends up in a signed member. */
static int64_t get_int(struct reader *in)
{
    uint64_t value = get_count(in);
    in->is_bad = in->is_bad || value > INT64_MAX;
    return in->is_bad ? 0 : (int64_t)value;
}

static double get_number(struct reader *in)
{
    uint64_t count = get_count(in);
    if (count == 0) {
        uint64_t bits = get_u64(in);
        double x;
        memcpy(&x, &bits, sizeof x);
        return x;
    }
    return count == 1 ? NAN : (double)(count - 2);
}

static void get_numbers(struct reader *in, double *x, size_t n)
{
    for (size_t i = 0; i < n && !in->is_bad; i++) {
        x[i] = get_number(in);
    }
}

static void get_histogram(struct reader *in, struct ccs_histogram *histogram)
{
    memset(histogram, 0, sizeof *histogram);
    uint64_t used = get_count(in);
    uint64_t bin = 0;
    for (uint64_t i = 0; i < used && !in->is_bad; i++) {
        uint64_t gap = get_count(in);
        uint64_t count = get_count(in);
        in->is_bad = in->is_bad || gap >= CCS_HISTOGRAM_BINS - bin || count == 0 ||
                     count > UINT64_MAX - histogram->n;
        if (!in->is_bad) {
            bin += gap;
            histogram->count[bin++] = count;
            histogram->n += count;
        }
    }
}

static void get_balance(struct reader *in, struct ccs_balance *b)
{
    b->runs = get_int(in);
    b->ledger = get_number(in);
    b->net_value = get_number(in);
    b->labor = get_number(in);
    b->issues_lost = get_int(in);
    b->contacts_lost = get_int(in);
    b->customers_lost = get_int(in);
    b->little = get_number(in);
    uint64_t is_ok = get_count(in);
    b->is_ok = is_ok == 1;
    in->is_bad = in->is_bad || is_ok > 1;
}

static void get_outcome(struct reader *in, const struct ccs_record_shape *shape,
                        struct ccs_outcome *o)
{
    get_numbers(in, o->num, shape->row_n);
    get_numbers(in, o->den, shape->row_n);
    get_numbers(in, o->events, shape->row_n);
    get_numbers(in, o->cash, shape->weeks);
    get_numbers(in, o->value, shape->weeks);
    get_histogram(in, o->waits);
    get_histogram(in, o->ended);
    get_histogram(in, o->censored);
    o->signature = get_u64(in);
    o->signature_t0 = get_u64(in);
    o->events_done = get_count(in);
    o->utilisation = get_number(in);
    o->backlog_per_day = get_number(in);
    get_balance(in, &o->balance);
}

const char *ccs_record_fault(const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    if (size < AT_BODY) {
        return "is cut off";
    }
    if (memcmp(at, MAGIC, AT_VERSION) != 0) {
        return "does not begin as one";
    }
    if (load(at + AT_VERSION, 4) != CCS_RECORD_VERSION) {
        return "has the format of another version of ccsim";
    }
    if (load(at + AT_SIZE, 8) != size) {
        return "has another length than it should";
    }
    if (load(at + AT_CHECKSUM, 8) != ccs_hash64(at + AT_IDENTITY, size - AT_IDENTITY)) {
        return "is damaged: its checksum does not fit";
    }
    return NULL;
}

static const char *open_record(const struct ccs_record_shape *shape, uint64_t r,
                               const struct ccs_record *record, struct reader *in,
                               struct ccs_volume *volume)
{
    const char *fault = ccs_record_fault(record->bytes, record->size);
    if (fault) {
        return fault;
    }
    const unsigned char *at = record->bytes;
    if (load(at + AT_IDENTITY, 8) != shape->identity) {
        return "belongs to another scenario, seed, set of policies or list of metrics";
    }
    if (load(at + AT_REPLICATION, 8) != r) {
        return "is that of another replication";
    }
    *in = (struct reader){at + AT_BODY, at + record->size, false};
    volume->factor = get_number(in);
    volume->fit = get_number(in);
    return NULL;
}

static const char contents[] = "is damaged: its contents make no sense";

const char *ccs_record_decode(const struct ccs_record_shape *shape, uint64_t r,
                              const struct ccs_record *record, struct ccs_volume *volume,
                              struct ccs_outcome *outcomes)
{
    struct reader in;
    const char *fault = open_record(shape, r, record, &in, volume);
    if (fault) {
        return fault;
    }
    for (size_t p = 0; p < shape->policy_n && !in.is_bad; p++) {
        get_outcome(&in, shape, &outcomes[p]);
    }
    return in.is_bad || in.at != in.end ? contents : NULL;
}

const char *ccs_record_volume(const struct ccs_record_shape *shape, uint64_t r,
                              const struct ccs_record *record, struct ccs_volume *volume)
{
    struct reader in;
    const char *fault = open_record(shape, r, record, &in, volume);
    return fault ? fault : in.is_bad ? contents : NULL;
}
