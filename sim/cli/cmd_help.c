/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim help: the commands, or one of them. */
#include "cli/cli.h"
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

void ccs_help_print(FILE *out)
{
    fputs("ccsim simulates a call center and says which policy pays.\n"
          "\n"
          "Usage: ccsim COMMAND [OPTION...] SCENARIO\n"
          "\n",
          out);
    for (size_t i = 0; i < ccs_command_n; i++) {
        char call[40];
        snprintf(call, sizeof call, "%s %s", ccs_commands[i]->name, ccs_commands[i]->args);
        fprintf(out, "  %-24s %s\n", call, ccs_commands[i]->summary);
    }
    fputs("\n"
          "  ccsim compare scenarios/newspaper-refund.json      is the place to start.\n"
          "  ccsim COMMAND --help                               tells the options of one.\n",
          out);
}

int ccs_help_run(int argc, char **argv)
{
    const char *word = argc < 2 ? "help" : argv[1];
    bool is_help = strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
    const struct ccs_command *command = ccs_command_find(is_help ? "help" : word);
    if (command == NULL) {
        return ccs_command_unknown(word);
    }
    if (command == &ccs_command_help) {
        ccs_help_print(stdout);
        return CCS_EXIT_OK;
    }
    char *help[] = {NULL, "--help", NULL};
    return ccs_command_call(command, 2, help);
}

const struct ccs_command ccs_command_help = {
    .name = "help",
    .args = "[COMMAND]",
    .summary = "this list, or the options of a command",
};
