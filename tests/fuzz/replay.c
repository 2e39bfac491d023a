/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recorded list of arrivals: the first line is the members of `replay` besides the file, the rest
 * the CSV file. */
#include "fuzz/fuzz.h"

static void replay(char *text, size_t size)
{
    char path[40], json[2000];
    int fd;
    size_t head = strcspn(text, "\n");
    if (head >= size || head > 1000) {
        return;
    }
    text[head] = '\0';
    fuzz_file(path, &fd, text + head + 1, size - head - 1);
    int n = snprintf(json, sizeof json,
                     "{\"name\": \"r\", \"run\": {\"horizon\": \"2 days\"}, "
                     "\"channels\": {\"phone\": {}, \"chat\": {}}, \"issue_types\": "
                     "{\"call\": {\"volume\": {\"replay\": {\"csv\": \"%s\"%s}}, "
                     "\"channel_mix\": {\"phone\": 1, \"chat\": 1}, \"talk\": \"1 min\"}}, "
                     "\"teams\": {\"a\": {\"agents\": 2}}}",
                     path, text);
    struct ccs_scenario *sc;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    ccs_status status = ccs_scenario_parse(&sc, "input", "", json, (size_t)n, NULL, 0, diags);
    fuzz_refusal(diags, status);
    ccs_diagnostics_destroy(diags);
    ccs_scenario_destroy(sc);
    close(fd);
}

FUZZ_TARGET(replay)
