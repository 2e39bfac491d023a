/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim export: what a store holds, as CSV or JSON lines. */
#include "base/sink.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

static const struct argp_option options[] = {
    {"format", CCS_KEY_EXPORT_FORMAT, "csv|jsonl", 0,
     "Form of the result (default: csv); jsonl: a JSON object per line", 1},
    {"metric", CCS_KEY_METRIC, "NAME", 0, "Only this metric (repeatable)", 1},
    {"policy", CCS_KEY_POLICY, "NAME", 0, "Only this policy", 1},
    {"study", CCS_KEY_STUDY, "ID", 0, "Only this study, where the store holds several", 1},
    {"replications", CCS_KEY_REPLICATIONS, NULL, 0,
     "Also the value of each replication, for metrics of the whole run", 1},
    CCS_OPTION_OUTPUT,
    CCS_OPTION_QUIET,
    CCS_OPTION_COLOR,
    CCS_OPTION_END,
};

static int run(struct ccs_options *o)
{
    const struct ccs_export_options wanted = {
        .format = o->format == CCS_FORMAT_JSON ? CCS_EXPORT_JSONL : CCS_EXPORT_CSV,
        .metrics = o->metrics,
        .metric_n = o->metric_n,
        .policy = o->policy,
        .study = o->study,
        .with_replications = o->with_replications,
        .stop = ccs_catch_interrupt(),
    };
    struct ccs_file_writer writer;
    struct ccs_file_error error;
    char message[1000];
    FILE *out = ccs_sink_to_file(&writer, o->output, &error);
    if (out == NULL) {
        ccs_complain(o, "%s", error.text);
        return CCS_EXIT_IO;
    }
    ccs_status status = ccs_study_export_to(o->files[0], &wanted, out, message, sizeof message);
    bool has_written = !ferror(out);
    ccs_status closed = ccs_sink_end_file(out, &writer, status == CCS_OK, &error);
    if (closed != CCS_OK && (status == CCS_OK || !has_written)) {
        ccs_complain(o, "%s", error.text);
        return CCS_EXIT_IO;
    }
    if (status != CCS_OK) {
        ccs_complain(o, "%s", message);
    }
    return ccs_exit_of(status);
}

const struct ccs_command ccs_command_export = {
    .name = "export",
    .summary = "write the results of a sweep as CSV or JSON lines",
    .args = "STORE",
    .doc =
        "Write the results in the store of a sweep as one tidy table: a line per number, a column "
        "for each parameter (durations in seconds, as /pointer_s), then the columns of `ccsim "
        "compare --format csv`. Lines do not depend on the order in which points were run.\v"
        "Examples:\n"
        "  ccsim export bank.db -o bank.csv\n"
        "  ccsim export bank.db --metric service_level --metric cost_total\n"
        "  ccsim export bank.db --format jsonl --replications | jq .value\n",
    .file_min = 1,
    .file_max = 1,
    .options = options,
    .run = run,
};
