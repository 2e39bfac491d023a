/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points from factors: see design.h. */
#include "study/design.h"

#include "base/hash.h"
#include "base/json_out.h"
#include "format/document/document.h"
#include "random/stream.h"
#include "study/factor.h"

#include <gsl/gsl_qrng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {"grid", "lhs", "sobol", "halton"};

struct making {
    const struct ccs_design_spec *spec;
    struct ccs_design *design;
    struct ccs_factor *factor;
    size_t factor_n;
    char *message;
    size_t message_size;
};

/* ---- what must hold of pointers ---- */

/* What the study decides for all points, and what changes nothing. NULL: it may be varied. */
static const char *fault_of(const char *pointer)
{
    if (strcmp(pointer, "/run/seed") == 0) {
        return "all points share one seed (common random numbers); sweep again with another "
               "--seed into the same store";
    }
    if (strcmp(pointer, "/run/replications") == 0) {
        return "all points have the same number of replications: --reps";
    }
    if (strcmp(pointer, "/name") == 0 || strcmp(pointer, "/description") == 0) {
        return "it has no effect on the results";
    }
    return NULL;
}

static bool is_inside(const char *inner, const char *outer)
{
    size_t n = strlen(outer);
    return strncmp(inner, outer, n) == 0 && (inner[n] == '/' || inner[n] == '\0');
}

static ccs_status check_pointers(const struct making *m)
{
    const struct ccs_design *d = m->design;
    for (size_t i = 0; i < d->pointer_n; i++) {
        const char *fault = fault_of(d->pointers[i]);
        if (fault != NULL) {
            snprintf(m->message, m->message_size, "%.200s cannot be varied: %s", d->pointers[i],
                     fault);
            return CCS_EUSAGE;
        }
        for (size_t k = 0; k < d->pointer_n; k++) {
            if (k != i && is_inside(d->pointers[i], d->pointers[k])) {
                bool is_same = strcmp(d->pointers[i], d->pointers[k]) == 0;
                snprintf(m->message, m->message_size, "%.200s is varied %s%.200s", d->pointers[i],
                         is_same ? "twice" : "inside ", is_same ? "" : d->pointers[k]);
                return CCS_EUSAGE;
            }
        }
    }
    return CCS_OK;
}

/* ---- factors ---- */

/* The scenario accepts half an agent, and rounds it. */
static bool is_headcount(const char *pointer)
{
    return strcmp(strrchr(pointer, '/'), "/agents") == 0;
}

/* Whole numbers only where fractions are refused and whole numbers are not, and for agents. */
static ccs_status choose_whole(const struct making *m, struct ccs_factor *f)
{
    if (!f->is_range || !f->may_be_whole) {
        return CCS_OK;
    }
    if (is_headcount(f->pointer) || m->spec->accepts == NULL) {
        f->is_whole = is_headcount(f->pointer);
        return CCS_OK;
    }
    char lo[CCS_DOUBLE_TEXT];
    char middle[CCS_DOUBLE_TEXT];
    struct ccs_arena *arena = &m->design->arena;
    const char *whole =
        ccs_arena_printf(arena, "%s=%s", f->pointer, ccs_double_text(lo, f->lo + 1));
    const char *fraction =
        ccs_arena_printf(arena, "%s=%s", f->pointer, ccs_double_text(middle, f->lo + 0.5));
    if (whole == NULL || fraction == NULL) {
        return CCS_ENOMEM;
    }
    f->is_whole =
        !m->spec->accepts(m->spec->context, fraction) && m->spec->accepts(m->spec->context, whole);
    return CCS_OK;
}

static ccs_status parse_factors(struct making *m)
{
    const struct ccs_design_spec *spec = m->spec;
    struct ccs_design *d = m->design;
    m->factor_n = d->pointer_n = spec->vary_n;
    m->factor = ccs_arena_calloc(&d->arena, spec->vary_n, sizeof *m->factor);
    d->pointers = ccs_arena_calloc(&d->arena, spec->vary_n, sizeof(char *));
    if (m->factor == NULL || d->pointers == NULL) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < spec->vary_n; i++) {
        ccs_status status =
            ccs_factor_parse(&m->factor[i], spec->vary[i], &d->arena, m->message, m->message_size);
        if (status != CCS_OK) {
            return status;
        }
        d->pointers[i] = m->factor[i].pointer;
    }
    ccs_status status = check_pointers(m);
    for (size_t i = 0; i < spec->vary_n && status == CCS_OK; i++) {
        status = choose_whole(m, &m->factor[i]);
    }
    return status;
}

/* ---- points ---- */

static ccs_status make_room(struct making *m, size_t points)
{
    struct ccs_design *d = m->design;
    d->values = ccs_arena_calloc(&d->arena, points * d->pointer_n, sizeof(char *));
    return d->values == NULL ? CCS_ENOMEM : CCS_OK;
}

static ccs_status make_grid(struct making *m)
{
    struct ccs_design *d = m->design;
    size_t n = 1;
    if (m->spec->points > 0) {
        snprintf(m->message, m->message_size,
                 "--points needs --design lhs, sobol or halton: a "
                 "grid has as many as its levels make");
        return CCS_EUSAGE;
    }
    for (size_t i = 0; i < m->factor_n; i++) {
        const struct ccs_factor *f = &m->factor[i];
        if (f->is_range) {
            snprintf(m->message, m->message_size,
                     "--vary %.200s: a grid needs a step (%s=lo:hi:step); a range needs --design "
                     "lhs, sobol or halton with --points N",
                     f->pointer, f->pointer);
            return CCS_EUSAGE;
        }
        if (f->level_n > CCS_DESIGN_MAX_POINTS / n) {
            snprintf(m->message, m->message_size,
                     "the grid has more than %zu points; use fewer levels, or --design sobol "
                     "--points N",
                     CCS_DESIGN_MAX_POINTS);
            return CCS_EUSAGE;
        }
        n *= f->level_n;
    }
    if (make_room(m, n) != CCS_OK) {
        return CCS_ENOMEM;
    }
    for (size_t p = 0; p < n; p++) {
        size_t rest = p;
        for (size_t i = m->factor_n; i-- > 0;) {
            d->values[p * d->pointer_n + i] = m->factor[i].levels[rest % m->factor[i].level_n];
            rest /= m->factor[i].level_n;
        }
    }
    d->point_n = n;
    return CCS_OK;
}

/* u[points][factors], by cells in random order: Fisher and Yates. */
static ccs_status fill_lhs(const struct making *m, double *u)
{
    size_t n = m->spec->points;
    size_t *cell = calloc(n, sizeof *cell);
    if (cell == NULL) {
        return CCS_ENOMEM;
    }
    uint64_t key = ccs_stream_key(m->spec->seed, 0);
    for (size_t i = 0; i < m->factor_n; i++) {
        uint64_t entity = ccs_entity_from_name("design", m->factor[i].pointer);
        for (size_t p = 0; p < n; p++) {
            cell[p] = p;
        }
        for (size_t p = n; p-- > 1;) {
            double draw = ccs_uniform_at(key, entity, CCS_DRAW_DESIGN_CELL, (uint32_t)p);
            size_t k = (size_t)(draw * (double)(p + 1));
            size_t swap = cell[p];
            cell[p] = cell[k];
            cell[k] = swap;
        }
        for (size_t p = 0; p < n; p++) {
            double within = ccs_uniform_at(key, entity, CCS_DRAW_DESIGN_PLACE, (uint32_t)p);
            u[p * m->factor_n + i] = ((double)cell[p] + within) / (double)n;
        }
    }
    free(cell);
    return CCS_OK;
}

static ccs_status fill_sequence(const struct making *m, double *u)
{
    bool is_sobol = m->spec->kind == CCS_DESIGN_SOBOL;
    const gsl_qrng_type *type = is_sobol ? gsl_qrng_sobol : gsl_qrng_halton;
    if (m->factor_n > type->max_dimension) {
        snprintf(m->message, m->message_size,
                 "--design %s takes at most %u factors (found %zu); use lhs",
                 kind_names[m->spec->kind], type->max_dimension, m->factor_n);
        return CCS_EUSAGE;
    }
    gsl_qrng *sequence = gsl_qrng_alloc(type, (unsigned)m->factor_n);
    if (sequence == NULL) {
        return CCS_ENOMEM;
    }
    for (size_t p = 0; p < m->spec->points; p++) {
        gsl_qrng_get(sequence, &u[p * m->factor_n]);
    }
    gsl_qrng_free(sequence);
    return CCS_OK;
}

static ccs_status make_sampled(struct making *m)
{
    struct ccs_design *d = m->design;
    size_t n = m->spec->points;
    if (n == 0) {
        snprintf(m->message, m->message_size, "--design %s needs --points N",
                 kind_names[m->spec->kind]);
        return CCS_EUSAGE;
    }
    double *u = calloc(n * m->factor_n, sizeof *u);
    if (u == NULL || make_room(m, n) != CCS_OK) {
        free(u);
        return CCS_ENOMEM;
    }
    ccs_status status = m->spec->kind == CCS_DESIGN_LHS ? fill_lhs(m, u) : fill_sequence(m, u);
    for (size_t i = 0; i < n * m->factor_n && status == CCS_OK; i++) {
        d->values[i] = ccs_factor_at(&m->factor[i % m->factor_n], u[i], &d->arena);
        status = d->values[i] == NULL ? CCS_ENOMEM : CCS_OK;
    }
    d->point_n = n;
    free(u);
    return status;
}

/* ---- points that fall together ---- */

struct keyed {
    uint64_t hash;
    size_t point;
};

static int by_hash(const void *a, const void *b)
{
    const struct keyed *x = a;
    const struct keyed *y = b;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    return x->point < y->point ? -1 : x->point > y->point;
}

static uint64_t hash_of(const struct ccs_design *d, size_t point)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < d->pointer_n; i++) {
        const char *value = ccs_design_value(d, point, i);
        hash = ccs_entity_member(hash, value == NULL ? 1 : ccs_hash64(value, strlen(value)));
    }
    return hash;
}

/* Keeps the first of equal points (equal by their 64-bit hash); in a file they are a fault. */
static ccs_status drop_equal(struct making *m)
{
    struct ccs_design *d = m->design;
    struct keyed *keyed = calloc(d->point_n, sizeof *keyed);
    bool *is_again = calloc(d->point_n, sizeof *is_again);
    ccs_status status = keyed == NULL || is_again == NULL ? CCS_ENOMEM : CCS_OK;
    for (size_t p = 0; p < d->point_n && status == CCS_OK; p++) {
        keyed[p] = (struct keyed){hash_of(d, p), p};
    }
    if (status == CCS_OK) {
        qsort(keyed, d->point_n, sizeof *keyed, by_hash);
    }
    for (size_t i = 1; i < d->point_n && status == CCS_OK; i++) {
        is_again[keyed[i].point] = keyed[i].hash == keyed[i - 1].hash;
        if (is_again[keyed[i].point] && d->is_from_file) {
            snprintf(m->message, m->message_size, "%.300s: points %zu and %zu are the same",
                     m->spec->points_file, keyed[i - 1].point + 1, keyed[i].point + 1);
            status = CCS_EDATA;
        }
    }
    size_t kept = 0;
    for (size_t p = 0; p < d->point_n && status == CCS_OK; p++) {
        if (!is_again[p]) {
            memmove(&d->values[kept++ * d->pointer_n], &d->values[p * d->pointer_n],
                    d->pointer_n * sizeof(char *));
        }
    }
    d->dropped = d->point_n - kept;
    d->point_n = kept;
    free(keyed);
    free(is_again);
    return status;
}

/* ---- all of it ---- */

static ccs_status from_file(struct making *m)
{
    const struct ccs_design_spec *spec = m->spec;
    if (spec->vary_n > 0 || spec->points > 0 || spec->kind != CCS_DESIGN_GRID) {
        snprintf(m->message, m->message_size,
                 "--points-file names all points: leave out --vary, --design and --points");
        return CCS_EUSAGE;
    }
    m->design->is_from_file = true;
    ccs_status status = ccs_design_read(m->design, spec->points_file, m->message, m->message_size);
    return status == CCS_OK ? check_pointers(m) : status;
}

static ccs_status make(struct making *m)
{
    const struct ccs_design_spec *spec = m->spec;
    ccs_status status;
    if (spec->points_file != NULL) {
        status = from_file(m);
    } else if (spec->vary_n == 0) {
        snprintf(m->message, m->message_size, "nothing is varied: give --vary or --points-file");
        return CCS_EUSAGE;
    } else if (spec->points > CCS_DESIGN_MAX_POINTS) {
        snprintf(m->message, m->message_size, "at most %zu points fit into a sweep",
                 CCS_DESIGN_MAX_POINTS);
        return CCS_EUSAGE;
    } else {
        status = parse_factors(m);
        if (status == CCS_OK) {
            status = spec->kind == CCS_DESIGN_GRID ? make_grid(m) : make_sampled(m);
        }
    }
    return status == CCS_OK ? drop_equal(m) : status;
}

ccs_status ccs_design_create(struct ccs_design **design, const struct ccs_design_spec *spec,
                             char *message, size_t message_size)
{
    message[0] = '\0';
    *design = NULL;
    struct ccs_design *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return CCS_ENOMEM;
    }
    ccs_arena_init(&d->arena, 0);
    struct making m = {.spec = spec, .design = d, .message = message, .message_size = message_size};
    ccs_status status = make(&m);
    if (status != CCS_OK) {
        ccs_design_destroy(d);
        return status;
    }
    *design = d;
    return CCS_OK;
}

void ccs_design_destroy(struct ccs_design *design)
{
    if (design != NULL) {
        ccs_arena_fini(&design->arena);
        free(design);
    }
}
