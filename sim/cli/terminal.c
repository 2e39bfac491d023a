/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal can do, and messages on it. */
#include "base/visible.h"
#include "cli/cli.h"

#include <langinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    MESSAGE_MAX = 4000
};

bool ccs_terminal_is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

size_t ccs_terminal_width(void)
{
    struct winsize size;
    bool is_known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return is_known ? size.ws_col : 80;
}

bool ccs_terminal_is_dumb(void)
{
    const char *term = getenv("TERM");
    return term == NULL || strcmp(term, "dumb") == 0;
}

bool ccs_terminal_has_color(int fd, enum ccs_when color)
{
    if (color != CCS_WHEN_AUTO) {
        return color == CCS_WHEN_ALWAYS;
    }
    const char *no_color = getenv("NO_COLOR");
    bool is_refused = no_color != NULL && no_color[0] != '\0';
    return !is_refused && !ccs_terminal_is_dumb() && isatty(fd);
}

void ccs_complain(const struct ccs_options *options, const char *format, ...)
{
    char text[MESSAGE_MAX]; /* longer ones are cut: only names could make them so */
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fprintf(stderr, "%s: ", options->program);
    for (size_t n = strlen(text), used, at = 0; at < n; at += used) {
        char escaped[CCS_VISIBLE_TEXT];
        used = ccs_visible_escape(escaped, text + at, n - at);
        if (used > 0) {
            fputs(escaped, stderr);
        } else {
            used = 1;
            fputc(text[at], stderr);
        }
    }
    fputc('\n', stderr);
}

/* The line with its first word about it ("error", "warning") in color. */
static void print_line(const char *line, const struct ccs_diagnostic *d, bool has_color)
{
    const char *word = d->is_error ? "error" : "warning";
    char start[40];
    snprintf(start, sizeof start, "%s %s", word, d->code);
    const char *at = has_color ? strstr(line, start) : NULL;
    if (at == NULL) {
        fprintf(stderr, "%s\n", line);
        return;
    }
    fprintf(stderr, "%.*s\033[1;%sm%s\033[0m%s\n", (int)(at - line), line,
            d->is_error ? "31" : "35", word, at + strlen(word));
}

void ccs_print_diagnostics(const struct ccs_options *options,
                           const struct ccs_diagnostics *diagnostics)
{
    bool has_color = ccs_terminal_has_color(STDERR_FILENO, options->color);
    for (size_t i = 0; i < ccs_diagnostics_count(diagnostics); i++) {
        const struct ccs_diagnostic *d = ccs_diagnostics_get(diagnostics, i);
        if (d->is_error || !options->is_quiet) {
            print_line(ccs_diagnostics_line(diagnostics, i), d, has_color);
        }
    }
    size_t omitted = ccs_diagnostics_omitted(diagnostics);
    if (omitted > 0) {
        ccs_complain(options, "%zu more are not shown", omitted);
    }
}
