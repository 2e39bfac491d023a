/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The waterfall: what the paired differences in net value to the baseline consist of. The largest
 * lines by themselves, the rest in one, so that the table adds up.
 */
#include "report/report_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LARGEST = 5 /* lines that are shown by themselves */
};

/* A line of net value, and how much it ever matters. */
struct step {
    size_t row;
    double size; /* largest |difference| to the baseline */
};

/* The larger first, then in the order of the rows. */
static int by_size(const void *a, const void *b)
{
    const struct step *x = a;
    const struct step *y = b;
    if (x->size != y->size) {
        return x->size < y->size ? 1 : -1;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

static const struct ccs_estimate *difference(const struct ccs_text *t, size_t comparison,
                                             size_t row)
{
    return &t->res->comparisons[comparison].rows[row].diff;
}

/* Lines that differ under some policy; at most `cap` of them. */
static size_t collect(const struct ccs_text *t, struct step *steps, size_t cap)
{
    size_t n = 0;
    for (size_t row = 0; row < t->res->row_n && n < cap; row++) {
        double size = 0.0;
        for (size_t d = 0; t->res->rows[row].slice == CCS_SLICE_LINE && d < t->res->verdict_n;
             d++) {
            size = fmax(size, fabs(difference(t, d, row)->mean));
        }
        if (size > 0) {
            steps[n++] = (struct step){row, size};
        }
    }
    qsort(steps, n, sizeof *steps, by_size);
    return n;
}

/* "customers lost: given up", "labor: first request", "telecom" */
static void label(char *text, size_t size, enum ccs_line line)
{
    char words[100];
    const char *part;
    const char *group = ccs_line_group(line, &part);
    ccs_text_words(words, sizeof words, part);
    snprintf(text, size, "%s%s%s", group ? group : "", group ? ": " : "", words);
}

static void put_line(const struct ccs_text *t, struct ccs_table *table, const struct step *step,
                     const struct ccs_scale *scale)
{
    char name[120];
    label(name, sizeof name, (enum ccs_line)t->res->rows[step->row].index);
    ccs_table_row(table);
    ccs_table_set(table, 0, "  %s", name);
    ccs_table_set(table, 1, "%s", scale->unit);
    for (size_t d = 0; d < t->res->verdict_n; d++) {
        ccs_text_set_estimate(t, table, CCS_TEXT_LEAD + d, difference(t, d, step->row),
                              scale->factor, true);
    }
}

/* A row of sums over steps[from] to steps[n - 1]. */
static void put_sum(const struct ccs_text *t, struct ccs_table *table, const char *name,
                    const struct step *steps, size_t from, size_t n, const struct ccs_scale *scale)
{
    ccs_table_row(table);
    ccs_table_set(table, 0, "%s", name);
    ccs_table_set(table, 1, "%s", scale->unit);
    for (size_t d = 0; d < t->res->verdict_n; d++) {
        char text[CCS_NUMBER_TEXT];
        double sum = 0.0;
        double widest = 0.0; /* the digits of the sum are those of its widest line */
        for (size_t i = from; i < n; i++) {
            const struct ccs_estimate *e = difference(t, d, steps[i].row);
            sum += e->mean;
            widest = fmax(widest, e->half_width); /* NAN: no interval, no say */
        }
        int decimals = ccs_number_decimals(sum * scale->factor, widest * scale->factor);
        ccs_table_set(table, CCS_TEXT_LEAD + d, "%s",
                      ccs_number_text(text, sum * scale->factor, decimals, true));
    }
}

/* Net value with its interval; without a population it has none, and the sum of the lines
 * stands. */
static void put_total(const struct ccs_text *t, struct ccs_table *table, const struct step *steps,
                      size_t n, const struct ccs_scale *scale)
{
    int row = ccs_text_row(t, "net_value_total");
    if (!ccs_text_is_defined(t, row)) {
        put_sum(t, table, "sum", steps, 0, n, scale);
        return;
    }
    ccs_table_row(table);
    ccs_table_set(table, 0, "net value");
    ccs_table_set(table, 1, "%s", scale->unit);
    for (size_t d = 0; d < t->res->verdict_n; d++) {
        ccs_text_set_estimate(t, table, CCS_TEXT_LEAD + d, difference(t, d, (size_t)row),
                              scale->factor, true);
    }
}

void ccs_text_waterfall(struct ccs_text *t)
{
    struct step *steps = calloc(t->res->row_n + 1, sizeof *steps);
    if (!steps) {
        t->status = CCS_ENOMEM;
        return;
    }
    size_t n = collect(t, steps, t->res->row_n);
    if (n > 0) {
        char unit[CCS_UNIT_TEXT];
        struct ccs_scale scale =
            ccs_scale_of("currency", steps[0].size, t->res->scenario->currency, unit);
        struct ccs_table table;
        ccs_table_init(&table, CCS_TEXT_LEAD + t->res->verdict_n, CCS_TEXT_LEAD);
        ccs_table_row(&table);
        for (size_t d = 0; d < t->res->verdict_n; d++) {
            ccs_table_set(&table, CCS_TEXT_LEAD + d, "%s - %s",
                          ccs_text_policy(t, t->res->comparisons[d].a),
                          ccs_text_policy(t, t->res->comparisons[d].b));
        }
        for (size_t i = 0; i < n && i < LARGEST; i++) {
            put_line(t, &table, &steps[i], &scale);
        }
        if (n > LARGEST) {
            char rest[60];
            snprintf(rest, sizeof rest, "  %zu smaller lines", n - LARGEST);
            put_sum(t, &table, rest, steps, LARGEST, n, &scale);
        }
        put_total(t, &table, steps, n, &scale);
        ccs_text_heading(t, "What the difference consists of",
                         "discounted, to the end of the issues; positive is better");
        ccs_text_print_table(t, &table);
    }
    free(steps);
}
