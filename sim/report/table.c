/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables on the terminal (table.h). What fits is found by trying: the block is laid out with as
 * many columns as remain, then with fewer until its widest line fits. Tables are small.
 */
#include "report/table.h"

#include "base/sink.h"

#include "report/writer.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

enum {
    HEADING_WIDTH = 12, /* headings are not broken narrower than this */
    HEADING_LINES = 6,
    PAD_MAX = 80,
    UNLIMITED = 100000
};

void ccs_table_init(struct ccs_table *table, size_t column_n, size_t lead_n)
{
    *table = (struct ccs_table){.column_n = column_n, .lead_n = lead_n};
}

void ccs_table_fini(struct ccs_table *table)
{
    for (size_t i = 0; i < table->row_n * table->column_n; i++) {
        free(table->cell[i]);
    }
    free(table->cell);
    free(table->is_section);
    *table = (struct ccs_table){0};
}

bool ccs_table_is_empty(const struct ccs_table *table)
{
    return table->row_n <= 1 && !table->has_failed;
}

static bool grow(struct ccs_table *table)
{
    size_t cap = table->row_cap == 0 ? 32 : 2 * table->row_cap;
    char **cell = realloc(table->cell, cap * table->column_n * sizeof *cell);
    if (cell == NULL) {
        return false;
    }
    table->cell = cell;
    bool *is_section = realloc(table->is_section, cap * sizeof *is_section);
    if (is_section == NULL) {
        return false;
    }
    table->is_section = is_section;
    table->row_cap = cap;
    return true;
}

void ccs_table_row(struct ccs_table *table)
{
    if (table->row_n == table->row_cap && !grow(table)) {
        table->has_failed = true;
        return;
    }
    memset(table->cell + table->row_n * table->column_n, 0, table->column_n * sizeof *table->cell);
    table->is_section[table->row_n++] = false;
}

void ccs_table_section(struct ccs_table *table, const char *text)
{
    ccs_table_row(table);
    ccs_table_set(table, 0, "%s", text);
    if (!table->has_failed) {
        table->is_section[table->row_n - 1] = true;
    }
}

static char **cell_at(const struct ccs_table *table, size_t row, size_t column)
{
    return &table->cell[row * table->column_n + column];
}

/* Takes `text` (NULL: memory was exhausted) over. */
static void put(struct ccs_table *table, size_t row, size_t column, char *text)
{
    char **cell = cell_at(table, row, column);
    free(*cell);
    *cell = text;
    table->has_failed = table->has_failed || text == NULL;
}

void ccs_table_set(struct ccs_table *table, size_t column, const char *format, ...)
{
    if (table->has_failed) {
        return;
    }
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    put(table, table->row_n - 1, column, n < 0 ? NULL : text);
}

void ccs_table_set_at(struct ccs_table *table, size_t row, size_t column, const char *text)
{
    if (!table->has_failed) {
        put(table, row, column, strdup(text));
    }
}

void ccs_table_append(struct ccs_table *table, size_t row, size_t column, const char *text)
{
    if (table->has_failed) {
        return;
    }
    const char *old = *cell_at(table, row, column);
    char *joined = NULL;
    int n = asprintf(&joined, "%s%s", old == NULL ? "" : old, text);
    put(table, row, column, n < 0 ? NULL : joined);
}

/* Writes the character at `text` so that it can be seen: control characters, and what is not of
 * this locale's encoding, as \xHH, and the \ of a \x that is there, so that nobody can feign one.
 * Adds to `width` the columns it takes and returns its bytes. `out` NULL: writes nothing. */
static size_t visible_character(const char *text, FILE *out, size_t *width)
{
    mbstate_t state = {0};
    wchar_t c = 0;
    size_t n = mbrtowc(&c, text, MB_CUR_MAX, &state);
    bool is_valid = n != (size_t)-1 && n != (size_t)-2;
    n = is_valid ? n : 1;
    bool is_hidden = iscntrl((unsigned char)*text) || (text[0] == '\\' && text[1] == 'x') ||
                     (is_valid ? !iswprint((wint_t)c) : !isprint((unsigned char)*text));
    for (size_t i = 0; i < n && out != NULL; i++) {
        fprintf(out, is_hidden ? "\\x%02x" : "%c", (unsigned char)text[i]);
    }
    *width += is_hidden ? 4 * n : is_valid ? (size_t)wcwidth(c) : 1;
    return n;
}

/* The same for a text; its width in columns. */
static size_t visible(const char *text, FILE *out)
{
    size_t width = 0;
    while (*text != '\0') {
        text += visible_character(text, out, &width);
    }
    return width;
}

/* Columns that `n` bytes take once they are visible. */
static size_t width_of(const char *text, size_t n)
{
    size_t width = 0;
    mbstate_t state = {0};
    while (n > 0) {
        wchar_t c;
        size_t used = mbrtowc(&c, text, n, &state);
        if (used == 0 || used > n) { /* not in this locale's encoding: \xHH */
            used = 1;
            width += 4;
            state = (mbstate_t){0};
        } else {
            int columns = wcwidth(c);
            width += columns > 0 ? (size_t)columns : 0;
        }
        text += used;
        n -= used;
    }
    return width;
}

/* Width of a cell from `mark` on, 0 without it. */
static size_t tail_width(const char *cell, const char *mark)
{
    const char *at = cell == NULL ? NULL : strstr(cell, mark);
    return at == NULL ? 0 : width_of(at, strlen(at));
}

void ccs_table_align(struct ccs_table *table, size_t column, const char *mark)
{
    size_t widest = 0;
    for (size_t row = 1; row < table->row_n && !table->has_failed; row++) {
        size_t width = tail_width(*cell_at(table, row, column), mark);
        widest = width > widest ? width : widest;
    }
    for (size_t row = 1; row < table->row_n && !table->has_failed; row++) {
        size_t width = tail_width(*cell_at(table, row, column), mark);
        char blanks[PAD_MAX];
        if (width > 0 && widest - width < sizeof blanks) {
            memset(blanks, ' ', widest - width);
            blanks[widest - width] = '\0';
            ccs_table_append(table, row, column, blanks);
        }
    }
}

/* ---- headings ---- */

struct heading {
    char *line[HEADING_LINES]; /* the last ones are used, so that headings stand on the rule */
    size_t line_n;
};

/* How much of `text` goes on one line of `width`: up to the last break that fits, else up to the
 * first one there is. */
static size_t line_length(const char *text, size_t width)
{
    size_t fits = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool is_break = text[i] == '_' || text[i] == '-' || text[i] == ' ';
        if (!is_break || text[i + 1] == '\0') {
            continue;
        }
        if (fits > 0 && width_of(text, i + 1) > width) {
            return fits;
        }
        fits = i + 1;
    }
    bool all_fits = fits == 0 || width_of(text, strlen(text)) <= width;
    return all_fits ? strlen(text) : fits;
}

static bool break_heading(const char *text, size_t width, struct heading *heading)
{
    heading->line_n = 0;
    while (*text != '\0') {
        bool is_last = heading->line_n + 1 == HEADING_LINES;
        size_t n = is_last ? strlen(text) : line_length(text, width);
        char *line = strndup(text, n);
        if (line == NULL) {
            return false;
        }
        heading->line[heading->line_n++] = line;
        text += n;
    }
    return true;
}

static size_t body_width(const struct ccs_table *table, size_t column)
{
    size_t widest = HEADING_WIDTH;
    for (size_t row = 1; row < table->row_n; row++) {
        const char *cell = table->is_section[row] ? NULL : *cell_at(table, row, column);
        size_t width = cell == NULL ? 0 : width_of(cell, strlen(cell));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* ---- blocks ---- */

struct block {
    const struct ccs_table *table;
    const struct heading *heading; /* [column_n] */
    size_t heading_n;              /* lines */
    size_t from, to;               /* columns besides the leading ones */
};

static size_t block_column(const struct block *b, size_t i)
{
    return i < b->table->lead_n ? i : b->from + (i - b->table->lead_n);
}

/* Cell `i` of a line: of the heading, or of a row. */
static const char *block_cell(const struct block *b, size_t line, size_t i)
{
    size_t column = block_column(b, i), row = line - b->heading_n + 1;
    const char *text = NULL;
    if (line < b->heading_n) {
        const struct heading *h = &b->heading[column];
        size_t above = b->heading_n - h->line_n; /* empty lines */
        text = line < above ? "" : h->line[line - above];
    } else if (!b->table->is_section[row]) {
        text = *cell_at(b->table, row, column);
    }
    return text == NULL ? "" : text;
}

static void put_blanks(FILE *out, size_t n)
{
    for (; n > 0; n--) {
        fputc(' ', out);
    }
}

/* Two blanks between columns; the leading ones begin, the others end, where the column does. */
static void put_lines(const struct block *b, size_t line_n, const size_t *width, FILE *out)
{
    size_t column_n = b->table->lead_n + b->to - b->from;
    for (size_t line = 0; line < line_n; line++) {
        for (size_t i = 0; i < column_n; i++) {
            const char *text = block_cell(b, line, i);
            size_t padding = width[i] - visible(text, NULL);
            bool is_left = i < b->table->lead_n;
            put_blanks(out, is_left ? 0 : padding);
            visible(text, out);
            if (i + 1 < column_n) {
                put_blanks(out, (is_left ? padding : 0) + 2);
            }
        }
        fputs(line + 1 < line_n ? "\n" : "", out);
    }
}

/* The block as text, to be freed; NULL when memory is exhausted. */
static char *lay_out(const struct block *b)
{
    size_t column_n = b->table->lead_n + b->to - b->from;
    size_t line_n = b->heading_n + b->table->row_n - 1;
    size_t *width = calloc(column_n + 1, sizeof *width);
    char *text = NULL;
    size_t size = 0;
    FILE *out = width == NULL ? NULL : ccs_sink_to_text(&text, &size);
    if (out != NULL) {
        for (size_t i = 0; i < column_n; i++) {
            width[i] = 1;
            for (size_t line = 0; line < line_n; line++) {
                size_t w = visible(block_cell(b, line, i), NULL);
                width[i] = w > width[i] ? w : width[i];
            }
        }
        put_lines(b, line_n, width, out);
        ccs_sink_end_text(out, &text, &size);
    }
    free(width);
    return text;
}

/* Length of the line at `text` without trailing blanks; *next is the line after it. */
static size_t line_at(const char *text, const char **next)
{
    size_t n = strcspn(text, "\n");
    *next = text + n + (text[n] == '\n');
    while (n > 0 && text[n - 1] == ' ') {
        n--;
    }
    return n;
}

static size_t text_width(const char *text)
{
    size_t widest = 0;
    while (*text != '\0') {
        const char *next;
        size_t n = line_at(text, &next);
        size_t width = width_of(text, n);
        widest = width > widest ? width : widest;
        text = next;
    }
    return widest;
}

static void put_rule(size_t width, bool is_utf8, FILE *out)
{
    for (size_t i = 0; i < width; i++) {
        fputs(is_utf8 ? "─" : "-", out);
    }
    fputc('\n', out);
}

static void put_block(const struct block *b, const char *text, size_t line_width, bool is_utf8,
                      FILE *out)
{
    size_t widest = text_width(text);
    size_t width = widest < line_width ? widest : line_width;
    for (size_t line = 0; *text != '\0'; line++) {
        const char *next;
        size_t n = line_at(text, &next);
        size_t row = line < b->heading_n ? 0 : line - b->heading_n + 1;
        if (line == b->heading_n) {
            put_rule(width, is_utf8, out);
        }
        if (row > 0 && b->table->is_section[row]) {
            ccs_write_safe(out, *cell_at(b->table, row, 0), is_utf8);
        } else {
            ccs_write_safe_n(out, text, n, true); /* turning marks, too */
        }
        fputc('\n', out);
        text = next;
    }
}

static size_t heading_lines(const struct block *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->table->lead_n + b->to - b->from; i++) {
        size_t lines = b->heading[block_column(b, i)].line_n;
        n = lines > n ? lines : n;
    }
    return n;
}

/* Lays out and prints the next block; b->to is its end. False when memory is exhausted. */
static bool next_block(struct block *b, size_t width, bool is_utf8, FILE *out)
{
    size_t seam = b->table->seam;
    for (b->to = b->table->column_n;;) {
        b->heading_n = heading_lines(b);
        char *text = lay_out(b);
        if (text == NULL) {
            return false;
        }
        if (b->to <= b->from + 1 || text_width(text) <= width) {
            put_block(b, text, width, is_utf8, out);
            free(text);
            return true;
        }
        free(text);
        b->to = b->to > seam && b->from < seam ? seam : b->to - 1;
    }
}

static ccs_status print_blocks(const struct ccs_table *table, const struct heading *heading,
                               size_t width, bool is_utf8, FILE *out)
{
    struct block b = {.table = table, .heading = heading, .from = table->lead_n};
    do {
        if (b.from > table->lead_n) {
            fputc('\n', out);
        }
        if (!next_block(&b, width, is_utf8, out)) {
            return CCS_ENOMEM;
        }
        b.from = b.to;
    } while (b.from < table->column_n);
    return CCS_OK;
}

ccs_status ccs_table_print(const struct ccs_table *table, size_t width, bool is_utf8, FILE *out)
{
    struct heading *heading = calloc(table->column_n, sizeof *heading);
    bool is_broken = heading != NULL && !table->has_failed;
    for (size_t c = 0; is_broken && c < table->column_n; c++) {
        const char *text = *cell_at(table, 0, c);
        size_t room = c < table->lead_n ? UNLIMITED : body_width(table, c);
        is_broken = break_heading(text == NULL ? "" : text, room, &heading[c]);
    }
    ccs_status status = is_broken ? print_blocks(table, heading, width, is_utf8, out) : CCS_ENOMEM;
    for (size_t c = 0; heading != NULL && c < table->column_n; c++) {
        for (size_t i = 0; i < heading[c].line_n; i++) {
            free(heading[c].line[i]);
        }
    }
    free(heading);
    return status;
}
