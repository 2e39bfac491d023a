/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values in one spelling: see value.h. */
#include "study/value.h"

#include "base/json_out.h"
#include "format/document/json.h"
#include "format/document/text.h"
#include "format/field/duration.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool begins_like_json(const char *text)
{
    return text[0] == '{' || text[0] == '[' || text[0] == '"';
}

/* cJSON prints numbers with lost bits: they become raw text before it prints. */
static ccs_status spell_numbers(struct cJSON *value)
{
    if (cJSON_IsNumber(value)) {
        char text[CCS_DOUBLE_TEXT];
        value->valuestring = strdup(ccs_double_text(text, value->valuedouble + 0.0));
        if (value->valuestring == NULL) {
            return CCS_ENOMEM;
        }
        value->type = (value->type & ~cJSON_Number) | cJSON_Raw;
    }
    ccs_status status = CCS_OK;
    for (struct cJSON *item = value->child; item != NULL && status == CCS_OK; item = item->next) {
        status = spell_numbers(item);
    }
    return status;
}

static const char *print_json(struct cJSON *value, struct ccs_arena *arena)
{
    char *text = spell_numbers(value) == CCS_OK ? cJSON_PrintUnformatted(value) : NULL;
    const char *copy = text == NULL ? NULL : ccs_arena_strdup(arena, text);
    cJSON_free(text);
    return copy;
}

/* A string goes without quotes unless it would then be read as something else. */
static bool can_go_bare(const char *text)
{
    struct cJSON *value = NULL;
    bool is_json = ccs_json_parse(text, strlen(text), "", "", NULL, &value) == CCS_OK;
    cJSON_Delete(value);
    return text[0] != '\0' && !is_json && !begins_like_json(text);
}

/* Text that is not JSON must be what a JSON string can hold. */
static ccs_status check_bare(const char *text)
{
    struct cJSON *string = cJSON_CreateString(text);
    char *quoted = string == NULL ? NULL : cJSON_PrintUnformatted(string);
    cJSON_Delete(string);
    if (quoted == NULL) {
        return CCS_ENOMEM;
    }
    struct cJSON *value = NULL;
    ccs_status status = ccs_json_parse(quoted, strlen(quoted), "", "", NULL, &value);
    cJSON_Delete(value);
    cJSON_free(quoted);
    return status;
}

const char *ccs_value_from_json(struct cJSON *value, struct ccs_arena *arena)
{
    bool is_bare = cJSON_IsString(value) && can_go_bare(value->valuestring);
    return is_bare ? ccs_arena_strdup(arena, value->valuestring) : print_json(value, arena);
}

ccs_status ccs_value_canonical(const char *text, size_t length, struct ccs_arena *arena,
                               const char **canonical)
{
    const char *bare = ccs_arena_strndup(arena, text, length);
    struct cJSON *value = NULL;
    *canonical = NULL;
    if (bare == NULL) {
        return CCS_ENOMEM;
    }
    ccs_status status = ccs_json_parse(bare, strlen(bare), "", "", NULL, &value);
    if (status == CCS_EDATA && !begins_like_json(bare)) {
        status = check_bare(bare);
        *canonical = status == CCS_OK ? bare : NULL;
        return status;
    }
    if (status != CCS_OK) {
        return status;
    }
    *canonical = ccs_value_from_json(value, arena);
    cJSON_Delete(value);
    return *canonical == NULL ? CCS_ENOMEM : CCS_OK;
}

bool ccs_value_number(const char *canonical, double *number, const char **unit)
{
    char fault[CCS_DURATION_FAULT];
    if (ccs_text_number(canonical, strlen(canonical), number)) {
        *unit = "";
        return true;
    }
    *unit = "s";
    return ccs_duration_parse(canonical, number, fault);
}

const char *ccs_value_json(const char *canonical, struct ccs_arena *arena)
{
    struct cJSON *value = NULL;
    ccs_status status = ccs_json_parse(canonical, strlen(canonical), "", "", NULL, &value);
    if (status == CCS_EDATA) {
        value = cJSON_CreateString(canonical);
    }
    const char *text = value == NULL ? NULL : print_json(value, arena);
    cJSON_Delete(value);
    return text;
}

/* ---- quantities ---- */

static size_t digits(const char *text, size_t n, size_t at)
{
    while (at < n && text[at] >= '0' && text[at] <= '9') {
        at++;
    }
    return at;
}

/* Length of the number at the start of the text; 0: none. */
static size_t number_length(const char *text, size_t n, bool *is_whole)
{
    size_t start = n > 0 && (text[0] == '+' || text[0] == '-');
    size_t at = digits(text, n, start);
    size_t digit_n = at - start;
    *is_whole = true;
    if (at < n && text[at] == '.') {
        size_t end = digits(text, n, at + 1);
        digit_n += end - at - 1;
        at = end;
        *is_whole = false;
    }
    if (digit_n == 0) {
        return 0;
    }
    if (at + 1 < n && (text[at] == 'e' || text[at] == 'E')) {
        size_t sign = text[at + 1] == '+' || text[at + 1] == '-';
        size_t end = digits(text, n, at + 1 + sign);
        if (end > at + 1 + sign) {
            at = end;
            *is_whole = false;
        }
    }
    return at;
}

enum ccs_quantity_kind ccs_quantity_parse(const char *text, size_t length,
                                          struct ccs_quantity *quantity)
{
    while (length > 0 && text[0] == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    *quantity = (struct ccs_quantity){0};
    size_t n = number_length(text, length, &quantity->is_whole);
    if (n == 0 || !ccs_text_number(text, n, &quantity->value)) {
        return CCS_QUANTITY_NOT;
    }
    while (n < length && text[n] == ' ') {
        n++;
    }
    size_t letters = 0;
    while (n + letters < length &&
           ((text[n + letters] | 32) >= 'a' && (text[n + letters] | 32) <= 'z')) {
        letters++;
    }
    if (n + letters < length) {
        return CCS_QUANTITY_NOT;
    }
    double seconds;
    snprintf(quantity->unit, sizeof quantity->unit, "%.*s", (int)letters, text + n);
    return letters == 0 ||
                   (letters < sizeof quantity->unit && ccs_duration_unit(quantity->unit, &seconds))
               ? CCS_QUANTITY
               : CCS_QUANTITY_BAD_UNIT;
}

bool ccs_quantity_unify(struct ccs_quantity *quantity, size_t n)
{
    bool is_same = true;
    for (size_t i = 1; i < n; i++) {
        if ((quantity[i].unit[0] == '\0') != (quantity[0].unit[0] == '\0')) {
            return false;
        }
        is_same = is_same && strcmp(quantity[i].unit, quantity[0].unit) == 0;
    }
    for (size_t i = 0; i < n && !is_same; i++) {
        double seconds = 1.0;
        ccs_duration_unit(quantity[i].unit, &seconds);
        quantity[i].value *= seconds;
        snprintf(quantity[i].unit, sizeof quantity[i].unit, "s");
    }
    return true;
}

int ccs_quantity_decimals(double value)
{
    double scale = 1.0;
    for (int d = 0; d <= 12; d++) {
        /* division by a power of ten up to 10^22 is correctly rounded, as reading a decimal is */
        if (fabs(value * scale) < 0x1p53 && round(value * scale) / scale == value) {
            return d;
        }
        scale *= 10.0;
    }
    return -1;
}

const char *ccs_quantity_text(double value, int decimals, const char *unit, struct ccs_arena *arena)
{
    char text[CCS_DOUBLE_TEXT];
    double scale = pow(10.0, decimals);
    double rounded = fabs(value * scale) < 0x1p53 ? round(value * scale) / scale : value;
    ccs_double_text(text, rounded + 0.0);
    return ccs_arena_printf(arena, "%s%s%s", text, unit[0] == '\0' ? "" : " ", unit);
}
