/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of commands. */
#ifndef CCS_CLI_HELP_H
#define CCS_CLI_HELP_H

#include <stdio.h>

void ccs_help_print(FILE *out);

/* ccsim help [COMMAND]; argv[0] is "help". Returns an exit code. */
int ccs_help_run(int argc, char **argv);

#endif
