/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim schema: the scenario format, for programs or for people. */
#include "cli/cli.h"
#include "format/field/reference.h"
#include "format/field/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct argp_option options[] = {
    CCS_OPTION_REFERENCE,
    CCS_OPTION_OUTPUT,
    CCS_OPTION_END,
};

static char *make_reference(const struct ccs_section *root)
{
    char *keys = ccs_reference_markdown(root);
    struct ccs_report metrics = {0};
    char *text = NULL;
    if (keys != NULL && ccs_report_metrics_markdown(&metrics) == CCS_OK &&
        asprintf(&text, "%s\n%s", keys, metrics.text) < 0) {
        text = NULL;
    }
    free(keys);
    free(metrics.text);
    return text;
}

static int run(struct ccs_options *o)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    const struct ccs_section *root = ccs_scenario_root(&arena);
    char *text = NULL;
    if (root != NULL) {
        text = o->is_reference ? make_reference(root)
                               : ccs_schema_text(root, "ccsim scenario", ccs_scenario_patchable,
                                                 ccs_scenario_patchable_n);
    }
    int code = CCS_EXIT_IO;
    if (text == NULL) {
        ccs_complain(o, "out of memory");
    } else {
        struct ccs_report out = {text, strlen(text)};
        code = ccs_deliver(o, &out);
    }
    ccs_arena_fini(&arena);
    return code;
}

const struct ccs_command ccs_command_schema = {
    .name = "schema",
    .summary = "print the scenario format as JSON Schema, or its reference",
    .args = "",
    .doc = "Print the JSON Schema of scenario files, or the reference of all keys and metrics.\v"
           "Examples:\n"
           "  ccsim schema -o scenario.schema.json\n"
           "  ccsim schema --reference | less\n",
    .options = options,
    .run = run,
};
