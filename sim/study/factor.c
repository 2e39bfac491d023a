/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One --vary: see factor.h. */
#include "study/factor.h"

#include "format/document/document.h"
#include "study/value.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct parsing {
    struct ccs_factor *factor;
    const char *text; /* the whole --vary */
    struct ccs_arena *arena;
    char *message;
    size_t message_size;
};

__attribute__((format(printf, 2, 3))) static ccs_status fail(const struct parsing *p,
                                                             const char *format, ...)
{
    int n = snprintf(p->message, p->message_size, "--vary '%.200s': ", p->text);
    va_list args;
    va_start(args, format);
    if (n >= 0 && (size_t)n < p->message_size) {
        vsnprintf(p->message + n, p->message_size - (size_t)n, format, args);
    }
    va_end(args);
    return CCS_EUSAGE;
}

/* Length of the text up to the next `separator` that is in no quotes and no brackets. */
static size_t until(const char *text, char separator)
{
    int depth = 0;
    bool is_quoted = false;
    size_t i = 0;
    for (; text[i] != '\0'; i++) {
        char c = text[i];
        if (is_quoted) {
            i += c == '\\' && text[i + 1] != '\0';
            is_quoted = c != '"';
        } else if (c == separator && depth <= 0) {
            break;
        } else if (c == '"') {
            is_quoted = true;
        } else {
            depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        }
    }
    return i;
}

static ccs_status add_level(struct parsing *p, const char *level)
{
    struct ccs_factor *f = p->factor;
    for (size_t i = 0; i < f->level_n; i++) {
        if (strcmp(f->levels[i], level) == 0) {
            return fail(p, "the value %s is given twice", level);
        }
    }
    f->levels[f->level_n++] = level;
    return CCS_OK;
}

static ccs_status parse_list(struct parsing *p, const char *text)
{
    size_t n = 1;
    for (const char *c = text; *c != '\0'; c++) {
        n += *c == ',';
    }
    if (n > CCS_DESIGN_MAX_POINTS) {
        return fail(p, "more than %zu values", CCS_DESIGN_MAX_POINTS);
    }
    p->factor->levels = ccs_arena_calloc(p->arena, n, sizeof(char *));
    if (p->factor->levels == NULL) {
        return CCS_ENOMEM;
    }
    for (const char *at = text;; at++) {
        size_t length = until(at, ',');
        const char *level = NULL;
        if (length == 0) {
            return fail(p, "a value is missing (two commas, or one at an end)");
        }
        ccs_status status = ccs_value_canonical(at, length, p->arena, &level);
        if (status == CCS_EDATA) {
            return fail(p, "'%.*s' is neither JSON nor plain text", (int)length, at);
        }
        status = status == CCS_OK ? add_level(p, level) : status;
        at += length;
        if (status != CCS_OK || *at == '\0') {
            return status;
        }
    }
}

static ccs_status parse_steps(struct parsing *p, struct ccs_quantity *q)
{
    int decimals = 0;
    if (!ccs_quantity_unify(q, 3)) {
        return fail(p, "give all three of lo:hi:step a unit, or none");
    }
    for (int i = 0; i < 3; i++) {
        int d = ccs_quantity_decimals(q[i].value);
        if (d < 0) {
            return fail(p, "steps take numbers with at most 12 decimals");
        }
        decimals = d > decimals ? d : decimals;
    }
    double scale = pow(10.0, decimals);
    double lo = round(q[0].value * scale);
    double hi = round(q[1].value * scale);
    double step = round(q[2].value * scale);
    if (step == 0) {
        return fail(p, "the step must not be 0");
    }
    if ((hi - lo) * step < 0) {
        return fail(p, "the step leads away from the end: from %g to %g it must be %s", q[0].value,
                    q[1].value, hi > lo ? "positive" : "negative");
    }
    if (!(fabs(lo) < 0x1p53 && fabs(hi) < 0x1p53)) {
        return fail(p, "the numbers have too many digits");
    }
    double n = floor((hi - lo) / step) + 1;
    if (n > (double)CCS_DESIGN_MAX_POINTS) {
        return fail(p, "makes %.0f values; at most %zu points fit into a sweep", n,
                    CCS_DESIGN_MAX_POINTS);
    }
    p->factor->levels = ccs_arena_calloc(p->arena, (size_t)n, sizeof(char *));
    if (p->factor->levels == NULL) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < (size_t)n; i++) {
        const char *level =
            ccs_quantity_text((lo + (double)i * step) / scale, decimals, q[0].unit, p->arena);
        if (level == NULL) {
            return CCS_ENOMEM;
        }
        p->factor->levels[p->factor->level_n++] = level;
    }
    return CCS_OK;
}

static ccs_status parse_range(struct parsing *p, struct ccs_quantity *q)
{
    struct ccs_factor *f = p->factor;
    if (!ccs_quantity_unify(q, 2)) {
        return fail(p, "give both ends of lo..hi a unit, or none");
    }
    if (q[0].value >= q[1].value) {
        return fail(p, "the range is empty: the lower end comes first");
    }
    f->is_range = true;
    f->lo = q[0].value;
    f->hi = q[1].value;
    f->unit = ccs_arena_strdup(p->arena, q[0].unit);
    f->may_be_whole = q[0].is_whole && q[1].is_whole && f->unit != NULL && f->unit[0] == '\0';
    double decimals = ceil(6.0 - log10(f->hi - f->lo));
    f->decimals = decimals < 0 ? 0 : decimals > 22 ? 22 : (int)decimals;
    return f->unit == NULL ? CCS_ENOMEM : CCS_OK;
}

/* Are the parts quantities, all of them? A wrong unit is a fault only if they are all numbers. */
static enum ccs_quantity_kind parse_parts(const char *const *part, const size_t *length, size_t n,
                                          struct ccs_quantity *q)
{
    enum ccs_quantity_kind worst = CCS_QUANTITY;
    for (size_t i = 0; i < n; i++) {
        enum ccs_quantity_kind kind = ccs_quantity_parse(part[i], length[i], &q[i]);
        worst = kind > worst ? kind : worst;
    }
    return worst;
}

static ccs_status bad_unit(const struct parsing *p)
{
    return fail(p, "a unit is none of ms, s, min, h, days, weeks, months, years; put a text in "
                   "double quotes");
}

static ccs_status parse_values(struct parsing *p, const char *text)
{
    const char *part[3];
    size_t length[3];
    size_t n = 0;
    struct ccs_quantity q[3];
    const char *dots = strstr(text, "..");
    if (dots != NULL) {
        part[0] = text;
        length[0] = (size_t)(dots - text);
        part[1] = dots + 2;
        length[1] = strlen(part[1]);
        enum ccs_quantity_kind kind = parse_parts(part, length, 2, q);
        if (kind != CCS_QUANTITY_NOT) {
            return kind == CCS_QUANTITY ? parse_range(p, q) : bad_unit(p);
        }
    }
    for (const char *at = text; n < 3; at++) {
        part[n] = at;
        length[n] = until(at, ':');
        at += length[n++];
        if (*at == '\0') {
            break;
        }
    }
    if (n == 3 && part[2][length[2]] == '\0') {
        enum ccs_quantity_kind kind = parse_parts(part, length, 3, q);
        if (kind != CCS_QUANTITY_NOT) {
            return kind == CCS_QUANTITY ? parse_steps(p, q) : bad_unit(p);
        }
    }
    if (n == 2 && part[1][length[1]] == '\0' && parse_parts(part, length, 2, q) == CCS_QUANTITY) {
        return fail(p, "write lo:hi:step, or lo..hi with --design and --points; put a text in "
                       "double quotes");
    }
    return parse_list(p, text);
}

ccs_status ccs_factor_parse(struct ccs_factor *factor, const char *text, struct ccs_arena *arena,
                            char *message, size_t message_size)
{
    struct parsing p = {.factor = factor, .text = text, .arena = arena};
    p.message = message;
    p.message_size = message_size;
    *factor = (struct ccs_factor){0};
    const char *fault = ccs_document_set_fault(text);
    if (fault != NULL) {
        return fail(&p, "%s", fault);
    }
    const char *equals = strchr(text, '=');
    factor->pointer = ccs_arena_strndup(arena, text, (size_t)(equals - text));
    if (factor->pointer == NULL) {
        return CCS_ENOMEM;
    }
    return parse_values(&p, equals + 1);
}

const char *ccs_factor_at(const struct ccs_factor *factor, double u, struct ccs_arena *arena)
{
    if (!factor->is_range) {
        size_t i = (size_t)(u * (double)factor->level_n);
        return factor->levels[i < factor->level_n ? i : factor->level_n - 1];
    }
    if (factor->is_whole) {
        double x = floor(factor->lo + u * (factor->hi - factor->lo + 1));
        return ccs_quantity_text(fmin(x, factor->hi), 0, "", arena);
    }
    return ccs_quantity_text(factor->lo + u * (factor->hi - factor->lo), factor->decimals,
                             factor->unit, arena);
}
