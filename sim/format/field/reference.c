/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference tables, in Markdown, from field rows: see reference.h. */
#include "format/field/reference.h"

#include "base/json_out.h"
#include "base/sink.h"
#include "format/field/binding.h"
#include "format/field/duration.h"
#include "format/field/kinds.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A vertical bar would end the cell. */
static void cell(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|') {
            fputc('\\', out);
        }
        fputc(*text == '\n' ? ' ' : *text, out);
    }
}

static const char *group_noun(const struct ccs_field *field)
{
    return field->ref == NULL ? "name" : field->ref;
}

static void write_type(FILE *out, const struct ccs_field *field)
{
    const char *takes = ccs_kind_of(field)->takes;
    for (const char *c = takes; *c != '\0'; c++) {
        if (*c == '$') {
            fputs(group_noun(field), out);
        } else {
            fputc(*c, out);
        }
    }
    for (size_t i = 0; field->choices != NULL && field->choices[i] != NULL; i++) {
        const char *between = takes[0] != '\0' ? " or " : i > 0 ? ", " : "";
        fprintf(out, "%s`\"%s\"`", between, field->choices[i]);
    }
    if (field->unit != NULL) {
        fputs(" (", out);
        cell(out, field->unit);
        fputc(')', out);
    }
}

static void write_default(FILE *out, const struct ccs_field *field)
{
    switch (ccs_field_default(field)) {
    case CCS_DEFAULT_NONE:
        fputs("*required*", out);
        break;
    case CCS_DEFAULT_ABSENT:
        fputs("none", out);
        break;
    case CCS_DEFAULT_VALUE:
        fputc('`', out);
        cell(out, field->def);
        fputc('`', out);
        break;
    }
}

static void write_limit(FILE *out, const struct ccs_field *field, double limit)
{
    char duration[CCS_DURATION_TEXT], number[CCS_DOUBLE_TEXT];
    bool is_time = ccs_kind_of(field)->is_time;
    fputs(is_time ? ccs_duration_text(duration, limit) : ccs_double_text(number, limit), out);
}

static void write_range(FILE *out, const struct ccs_field *field)
{
    double min = ccs_field_min(field), max = ccs_field_max(field);
    if (!isinf(min) && !isinf(max)) {
        write_limit(out, field, min);
        fputs(" to ", out);
        write_limit(out, field, max);
    } else if (!isinf(min)) {
        fputs(">= ", out);
        write_limit(out, field, min);
    } else if (!isinf(max)) {
        fputs("<= ", out);
        write_limit(out, field, max);
    }
}

static void write_rows(FILE *out, const struct ccs_section *section)
{
    fputs("| key | takes | default | range | meaning | source of the default |\n", out);
    fputs("|---|---|---|---|---|---|\n", out);
    for (size_t i = 0; i < section->field_n; i++) {
        const struct ccs_field *field = &section->field[i];
        fprintf(out, "| `%s` | ", field->key);
        write_type(out, field);
        fputs(" | ", out);
        write_default(out, field);
        fputs(" | ", out);
        write_range(out, field);
        fputs(" | ", out);
        cell(out, field->help);
        fputs(" | ", out);
        cell(out, field->source == NULL ? "" : field->source);
        if (field->favours != NULL) {
            fprintf(out, "%sfavours %s", field->source == NULL ? "" : "; ", field->favours);
        }
        fputs(" |\n", out);
    }
}

static void write_section(FILE *out, const struct ccs_section *section, const char *pointer);

/* The tables of what the rows contain, at the rows' own pointers. */
static void write_below(FILE *out, const struct ccs_section *section, const char *pointer)
{
    char below[512];
    for (size_t i = 0; i < section->field_n; i++) {
        const struct ccs_field *field = &section->field[i];
        if (field->section == NULL) {
            continue;
        }
        snprintf(below, sizeof below, "%s/%s%s", pointer, field->key,
                 ccs_kind_of(field)->holds == CCS_HOLDS_RECORDS ? "/NAME" : "");
        write_section(out, field->section, below);
    }
}

static void write_section(FILE *out, const struct ccs_section *section, const char *pointer)
{
    fprintf(out, "### `%s`: %s\n\n%s\n\n", pointer[0] == '\0' ? "/" : pointer, section->title,
            section->help == NULL ? "" : section->help);
    if (section->field_n > 0) {
        write_rows(out, section);
        fputc('\n', out);
    }
    write_below(out, section, pointer);
    for (size_t i = 0; i < section->variant_n; i++) {
        const struct ccs_section *chosen = section->variant[i].section;
        fprintf(out, "#### `%s` with `\"kind\": \"%s\"`: %s\n\n%s\n\n", pointer,
                section->variant[i].kind, chosen->title, chosen->help == NULL ? "" : chosen->help);
        if (chosen->field_n > 0) {
            write_rows(out, chosen);
            fputc('\n', out);
        }
        write_below(out, chosen, pointer);
    }
}

static void write_parameters(FILE *out, unsigned bits)
{
    static const struct {
        unsigned bit;
        const char *name;
    } names[] = {
        {CCS_PARAM_MEAN, "`mean`"},
        {CCS_PARAM_CV, "`cv` or `sd`"},
        {CCS_PARAM_MIN, "`min`"},
        {CCS_PARAM_MODE, "`mode`"},
        {CCS_PARAM_MAX, "`max`"},
        {CCS_PARAM_STAGES, "`stages`"},
        {CCS_PARAM_VALUES, "`values`, or `csv` and `column`"},
        {CCS_PARAM_PARTS, "`parts`"},
    };
    bool is_first = true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((bits & names[i].bit) != 0) {
            fprintf(out, "%s%s", is_first ? "" : ", ", names[i].name);
            is_first = false;
        }
    }
}

static void write_distributions(FILE *out)
{
    fputs("### Distributions\n\n| `dist` | needs | may have | meaning |\n|---|---|---|---|\n", out);
    for (size_t i = 0; i < CCS_DIST_KIND_COUNT; i++) {
        const struct ccs_dist_info *info = &ccs_dist_table[i];
        fprintf(out, "| `%s` | ", info->name);
        write_parameters(out, info->required);
        fputs(" | ", out);
        write_parameters(out, info->optional);
        fputs(" | ", out);
        cell(out, info->help);
        fputs(" |\n", out);
    }
}

char *ccs_reference_markdown(const struct ccs_section *root)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = ccs_sink_to_text(&text, &size);
    if (out == NULL) {
        return NULL;
    }
    write_section(out, root, "");
    write_distributions(out);
    ccs_sink_end_text(out, &text, &size);
    return text;
}
