/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The field rows as people read them: the reference table (Markdown), and the resolved values of
 * one document with what was given and what was assumed (`ccsim explain`).
 */
#ifndef CCS_FORMAT_FIELD_REFERENCE_H
#define CCS_FORMAT_FIELD_REFERENCE_H

#include "base/arena.h"
#include "format/document/document.h"
#include "format/field/field.h"

#include <stdbool.h>

/* A table per section, and one of the distributions: key, what it takes, default, range, meaning,
 * source of the default. The text is the caller's to free; NULL when memory is exhausted. */
char *ccs_reference_markdown(const struct ccs_section *root);

/* One key of a document. All strings live until the callback returns. */
struct ccs_explained {
    const char *pointer;           /* "/teams/billing/agents" */
    const char *value;             /* JSON text; long lists are abbreviated; "" for absent */
    bool is_given;                 /* false: the default */
    const char *origin;            /* of a given value: file or --set; else "" */
    int line;                      /* in that file; 0: unknown */
    const struct ccs_field *field; /* help, unit, source, favours */
};

/* Calls `each` for every leaf the rows know, in the order of the rows, records sorted by name;
 * an absent optional section is one call with value "". The document need not be valid: what does
 * not fit the rows is left out. Without places origin is "" and line 0: finding them reads the text
 * again for every value. */
ccs_status ccs_explain_values(const struct ccs_document *doc, const struct ccs_section *root,
                              bool with_places,
                              void (*each)(void *context, const struct ccs_explained *value),
                              void *context);

#endif
