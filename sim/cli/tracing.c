/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tracing and keeping: see tracing.h. */
#include "cli/tracing.h"

#include "base/file.h"

#include <stdlib.h>

int ccs_tracing_run(struct ccs_tracing *tracing, const struct ccs_options *options,
                    const struct ccs_results *results, const struct ccs_trace *old,
                    const struct ccs_trail *old_trail, bool with_trail)
{
    *tracing = (struct ccs_tracing){0};
    ccs_arena_init(&tracing->arena, 0);
    struct ccs_trace_options how = {
        .old = old,
        .old_trail = old_trail,
        .trail = with_trail ? &tracing->trail : NULL,
        .stop = ccs_catch_interrupt(),
    };
    ccs_status status =
        ccs_trace_run(results, &how, &tracing->arena, &tracing->trace, &tracing->divergence);
    if (status != CCS_OK) {
        ccs_complain(options, "%s", ccs_status_text(status));
    }
    return ccs_exit_of(status);
}

void ccs_tracing_fini(struct ccs_tracing *tracing)
{
    ccs_trail_writer_fini(&tracing->trail);
    ccs_arena_fini(&tracing->arena);
}

static int save(const struct ccs_options *options, const char *path, const void *bytes, size_t size)
{
    struct ccs_file_error error;
    ccs_status status = ccs_file_write(path, bytes, size, &error);
    if (status != CCS_OK) {
        ccs_complain(options, "%s", error.text);
    }
    return ccs_exit_of(status);
}

int ccs_tracing_save(const struct ccs_options *options, const struct ccs_baseline *baseline,
                     const char *path, struct ccs_tracing *tracing, const char *trail_path)
{
    char *text = NULL;
    size_t size = 0;
    struct ccs_trail_owner owner = {baseline->hash, baseline->signature, baseline->seed};
    ccs_status status = ccs_baseline_write(baseline, &text, &size);
    if (status == CCS_OK && trail_path != NULL) {
        status = ccs_trail_finish(&tracing->trail, &owner);
    }
    if (status != CCS_OK) {
        free(text);
        ccs_complain(options, "%s", ccs_status_text(status));
        return ccs_exit_of(status);
    }
    int code = CCS_EXIT_OK;
    if (trail_path != NULL) {
        code = save(options, trail_path, tracing->trail.bytes, tracing->trail.size);
    }
    if (code == CCS_EXIT_OK) {
        code = save(options, path, text, size);
    }
    free(text);
    return code;
}

/* What cannot be read is wrong data, whatever makes it so. */
static int exit_of_reading(ccs_status status)
{
    return status == CCS_EIO ? CCS_EXIT_DATA : ccs_exit_of(status);
}

int ccs_tracing_load_baseline(const struct ccs_options *options, struct ccs_baseline *baseline)
{
    struct ccs_file_error error = {.text = ""};
    struct ccs_diagnostics *diagnostics = ccs_diagnostics_create();
    ccs_status status = diagnostics == NULL
                            ? CCS_ENOMEM
                            : ccs_baseline_load(baseline, options->baseline, diagnostics, &error);
    if (diagnostics != NULL) {
        ccs_print_diagnostics(options, diagnostics);
    }
    if (error.text[0] != '\0') {
        ccs_complain(options, "%s", error.text);
    } else if (status == CCS_ENOMEM) {
        ccs_complain(options, "out of memory");
    }
    ccs_diagnostics_destroy(diagnostics);
    return exit_of_reading(status);
}

int ccs_tracing_load_trail(const struct ccs_options *options, const struct ccs_baseline *baseline,
                           struct ccs_trail *trail, char **bytes)
{
    struct ccs_file_error error;
    const char *fault = NULL;
    size_t size;
    ccs_status status = ccs_file_read(options->trail, CCS_TRAIL_FILE_MAX, bytes, &size, &error);
    if (status != CCS_OK) {
        ccs_complain(options, "%s", error.text);
        return exit_of_reading(status);
    }
    status = ccs_trail_read(trail, *bytes, size, &fault);
    const struct ccs_trail_owner *owner = &trail->owner;
    if (status == CCS_OK &&
        (owner->hash != baseline->hash || owner->signature != baseline->signature ||
         owner->seed != baseline->seed)) {
        fault = "is the trail of another baseline: write both anew with ccsim baseline --trail";
        status = CCS_EDATA;
    }
    if (status != CCS_OK) {
        ccs_complain(options, "'%s' %s", options->trail, fault);
    }
    return ccs_exit_of(status);
}
