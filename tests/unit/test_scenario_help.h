/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the scenario tests share: a small scenario format of their own, and looking into
 * diagnostics. */
#ifndef TEST_SCENARIO_HELP_H
#define TEST_SCENARIO_HELP_H

#include "base/arena.h"
#include "base/diag.h"
#include "format/document/document.h"
#include "format/field/bind.h"

#include "../json_quotes.h"

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Diagnostics ---- */

/* The first diagnostic with this code (and pointer, unless NULL), or NULL. */
static inline const struct ccs_diagnostic *find_diag(const struct ccs_diagnostics *diags,
                                                     const char *code, const char *pointer)
{
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, i);
        if (strcmp(d->code + 4, code) == 0 &&
            (pointer == NULL || strcmp(d->pointer, pointer) == 0)) {
            return d;
        }
    }
    return NULL;
}

static inline void print_diags(const struct ccs_diagnostics *diags)
{
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        fprintf(stderr, "    %s\n", ccs_diagnostics_line(diags, i));
    }
}

/* ---- Files ---- */

/* A fresh folder; "DIR/" with the slash. */
static inline void make_folder(char folder[64])
{
    const char *base = getenv("TMPDIR");
    snprintf(folder, 62, "%.40s/ccsim-XXXXXX", base == NULL ? "/tmp" : base);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    strcat(folder, "/");
}

static inline void path_in(char path[256], const char *folder, const char *name)
{
    snprintf(path, 256, "%s%s", folder, name);
}

static inline void write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    path_in(path, folder, name);
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), f), strlen(text));
    ck_assert_int_eq(fclose(f), 0);
}

/* The same for JSON with single quotes (json_quotes.h). */
static inline void write_json(const char *folder, const char *name, const char *text)
{
    char *json = json_text(text);
    write_file(folder, name, json);
    free(json);
}

/* Removes the folder and the files directly in it. */
static inline void remove_folder(const char *folder)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

/* ---- Documents ---- */

/* From JSON text with single quotes that must be sound. */
static inline struct ccs_document *sound_document(const char *text)
{
    struct ccs_document *doc;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    char *json = json_text(text);
    ccs_status status = ccs_document_parse(&doc, "a.json", "", json, strlen(json), diags);
    free(json);
    if (status != CCS_OK) {
        print_diags(diags);
    }
    ck_assert_int_eq(status, CCS_OK);
    ccs_diagnostics_destroy(diags);
    return doc;
}

/* --set, the value with single quotes. */
static inline ccs_status set_document(struct ccs_document *doc, const struct ccs_section *root,
                                      const char *assignment, struct ccs_diagnostics *diags)
{
    char *json = json_text(assignment);
    ccs_status status = ccs_document_set(doc, root, json, diags);
    free(json);
    return status;
}

/* ---- A small scenario format ---- */

struct mini_skill {
    double level;
};

struct mini_team {
    int64_t agents;
    double wage;
    ccs_time break_time;
    struct ccs_dist talk;
    struct ccs_map skills; /* struct mini_skill, under names of its own */
};

struct mini_alarm {
    int64_t threshold;
    const char *text;
};

struct mini_run {
    ccs_time horizon;
    int64_t seed;
    int64_t replications;
};

struct mini_policy {
    struct ccs_variant_value kind;
    double discretion;
};

struct mini_late {
    double limit;
};

struct mini_early {
    int64_t tier;
};

/* One member of every type, all optional. */
struct mini_all {
    bool flag;
    int64_t count;
    double real;
    double share;
    double money;
    ccs_time wait;
    int64_t day;
    const char *text;
    struct ccs_string_list texts;
    int choice;
    int32_t team;
    struct ccs_ref_list teams;
    struct ccs_dist talk;
    struct ccs_dist price;
    struct ccs_dist factor;
    struct ccs_real_list list;
    struct ccs_real_list days;
    struct ccs_real_map by_team;
    struct ccs_real_matrix moves;
    struct ccs_week_hours hours;
    struct ccs_series calls;
    struct mini_run nested;
    struct mini_alarm *alarm;
    struct ccs_map pool; /* struct mini_team, not aligned with a group */
};

struct mini_root {
    const char *name;
    struct mini_run run;
    struct ccs_map teams;    /* struct mini_team */
    struct ccs_map policies; /* struct mini_policy */
    struct mini_all all;
};

#define MINI_FIELDS(rows) .field = rows, .field_n = sizeof rows / sizeof rows[0]

static const struct ccs_field mini_skill_rows[] = {
    {.key = "level",
     .type = CCS_FIELD_PROBABILITY,
     .offset = offsetof(struct mini_skill, level),
     .def = "0.5",
     .help = "How good."},
};
static const struct ccs_section mini_skill_section = {.title = "skill",
                                                      .help = "A skill.",
                                                      .size = sizeof(struct mini_skill),
                                                      MINI_FIELDS(mini_skill_rows)};

static const struct ccs_field mini_team_rows[] = {
    {.key = "agents",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct mini_team, agents),
     .min = 1,
     .max = INFINITY,
     .help = "Agents on duty."},
    {.key = "wage_per_h",
     .type = CCS_FIELD_MONEY,
     .offset = offsetof(struct mini_team, wage),
     .min = 0,
     .max = 1000,
     .unit = "currency/h",
     .def = "25",
     .help = "Wage | gross.",
     .source = "assumption",
     .favours = "nobody"},
    {.key = "break",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct mini_team, break_time),
     .min = 60,
     .max = 3600,
     .def = "\"15 min\"",
     .help = "Length of a break."},
    {.key = "talk",
     .type = CCS_FIELD_DIST,
     .offset = offsetof(struct mini_team, talk),
     .def = "{\"dist\": \"lognormal\", \"mean\": \"6 min\", \"cv\": 1.2}",
     .help = "Talk time."},
    {.key = "skills",
     .type = CCS_FIELD_MAP,
     .offset = offsetof(struct mini_team, skills),
     .section = &mini_skill_section,
     .help = "What they can do."},
};
static const struct ccs_section mini_team_section = {.title = "team",
                                                     .help = "A team.",
                                                     .size = sizeof(struct mini_team),
                                                     MINI_FIELDS(mini_team_rows)};

static const struct ccs_field mini_run_rows[] = {
    {.key = "horizon",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct mini_run, horizon),
     .def = "\"4 weeks\"",
     .help = "How long."},
    {.key = "seed",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct mini_run, seed),
     .min = 0,
     .max = 9007199254740991.0,
     .def = "1",
     .help = "Seed."},
    {.key = "replications",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct mini_run, replications),
     .min = 1,
     .max = 1e6,
     .def = "20",
     .help = "How often."},
};
static const struct ccs_section mini_run_section = {.title = "run",
                                                    .help = "The run.",
                                                    .size = sizeof(struct mini_run),
                                                    MINI_FIELDS(mini_run_rows)};

static const struct ccs_field mini_alarm_rows[] = {
    {.key = "threshold",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct mini_alarm, threshold),
     .help = "When."},
    {.key = "text",
     .type = CCS_FIELD_STRING,
     .offset = offsetof(struct mini_alarm, text),
     .def = "\"ring\"",
     .help = "What."},
};
static const struct ccs_section mini_alarm_section = {.title = "alarm",
                                                      .help = "An alarm.",
                                                      .size = sizeof(struct mini_alarm),
                                                      MINI_FIELDS(mini_alarm_rows)};

static const struct ccs_field mini_late_rows[] = {
    {.key = "limit",
     .type = CCS_FIELD_MONEY,
     .offset = offsetof(struct mini_late, limit),
     .def = "50",
     .help = "Limit."},
};
static const struct ccs_section mini_late_section = {.title = "late",
                                                     .help = "Late.",
                                                     .size = sizeof(struct mini_late),
                                                     MINI_FIELDS(mini_late_rows)};

static const struct ccs_field mini_early_rows[] = {
    {.key = "tier",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct mini_early, tier),
     .help = "Tier."},
};
static const struct ccs_section mini_early_section = {.title = "early",
                                                      .help = "Early.",
                                                      .size = sizeof(struct mini_early),
                                                      MINI_FIELDS(mini_early_rows)};

static const struct ccs_variant mini_kinds[] = {
    {"late", &mini_late_section},
    {"early", &mini_early_section},
};
static const struct ccs_field mini_policy_rows[] = {
    {.key = "discretion",
     .type = CCS_FIELD_PROBABILITY,
     .offset = offsetof(struct mini_policy, discretion),
     .def = "0.1",
     .help = "Discretion."},
};
static const struct ccs_section mini_policy_section = {.title = "policy",
                                                       .help = "A policy.",
                                                       .size = sizeof(struct mini_policy),
                                                       MINI_FIELDS(mini_policy_rows),
                                                       .variant = mini_kinds,
                                                       .variant_n = 2};

static const char *const mini_choices[] = {"fifo", "priority", NULL};

#define MINI_ALL(member, row_type, ...)                                                            \
    {                                                                                              \
        .key = #member, .type = row_type, .offset = offsetof(struct mini_all, member),             \
        .def = "null", .help = "A member.", __VA_ARGS__                                            \
    }
static const struct ccs_field mini_all_rows[] = {
    {.key = "flag",
     .type = CCS_FIELD_BOOL,
     .offset = offsetof(struct mini_all, flag),
     .def = "false",
     .help = "A flag."},
    MINI_ALL(count, CCS_FIELD_INT, .min = -5, .max = 10),
    MINI_ALL(real, CCS_FIELD_REAL, .min = -INFINITY, .max = 5),
    MINI_ALL(share, CCS_FIELD_PROBABILITY, .ref = NULL),
    MINI_ALL(money, CCS_FIELD_MONEY, .ref = NULL),
    MINI_ALL(wait, CCS_FIELD_DURATION, .ref = NULL),
    MINI_ALL(day, CCS_FIELD_DATE, .ref = NULL),
    MINI_ALL(text, CCS_FIELD_STRING, .ref = NULL),
    MINI_ALL(texts, CCS_FIELD_STRING_LIST, .ref = NULL),
    MINI_ALL(choice, CCS_FIELD_ENUM, .choices = mini_choices),
    MINI_ALL(team, CCS_FIELD_REF, .ref = "teams"),
    MINI_ALL(teams, CCS_FIELD_REF_LIST, .ref = "teams", .min = 1, .max = INFINITY),
    MINI_ALL(talk, CCS_FIELD_DIST, .min = 1, .max = 3600),
    MINI_ALL(price, CCS_FIELD_DIST_MONEY, .ref = NULL),
    MINI_ALL(factor, CCS_FIELD_DIST_REAL, .ref = NULL),
    MINI_ALL(list, CCS_FIELD_REAL_LIST, .min = 0, .max = 9),
    MINI_ALL(days, CCS_FIELD_DATE_LIST, .ref = NULL),
    MINI_ALL(by_team, CCS_FIELD_REAL_MAP, .ref = "teams", .min = 0, .max = 100),
    MINI_ALL(moves, CCS_FIELD_REAL_MATRIX, .ref = "teams", .min = 0, .max = 1),
    MINI_ALL(hours, CCS_FIELD_HOURS, .ref = NULL),
    MINI_ALL(calls, CCS_FIELD_SERIES, .min = 0, .max = 1e6),
    {.key = "nested",
     .type = CCS_FIELD_SECTION,
     .offset = offsetof(struct mini_all, nested),
     .def = "{}",
     .section = &mini_run_section,
     .help = "A section."},
    MINI_ALL(alarm, CCS_FIELD_OPTIONAL, .section = &mini_alarm_section),
    MINI_ALL(pool, CCS_FIELD_MAP, .section = &mini_team_section),
};
static const struct ccs_section mini_all_section = {.title = "all",
                                                    .help = "One of every type.",
                                                    .size = sizeof(struct mini_all),
                                                    MINI_FIELDS(mini_all_rows)};

static const struct ccs_field mini_root_rows[] = {
    {.key = "name",
     .type = CCS_FIELD_STRING,
     .offset = offsetof(struct mini_root, name),
     .def = "\"\"",
     .help = "Name."},
    {.key = "run",
     .type = CCS_FIELD_SECTION,
     .offset = offsetof(struct mini_root, run),
     .def = "{}",
     .section = &mini_run_section,
     .help = "Run."},
    {.key = "teams",
     .type = CCS_FIELD_MAP,
     .offset = offsetof(struct mini_root, teams),
     .ref = "teams",
     .section = &mini_team_section,
     .help = "Teams."},
    {.key = "policies",
     .type = CCS_FIELD_MAP,
     .offset = offsetof(struct mini_root, policies),
     .section = &mini_policy_section,
     .help = "Policies."},
    {.key = "all",
     .type = CCS_FIELD_SECTION,
     .offset = offsetof(struct mini_root, all),
     .def = "{}",
     .section = &mini_all_section,
     .help = "All."},
};
static const struct ccs_section mini_root_section = {.title = "scenario",
                                                     .help = "A scenario.",
                                                     .size = sizeof(struct mini_root),
                                                     MINI_FIELDS(mini_root_rows)};

/* Binds the root with the names of the document's own teams. */
static inline ccs_status bind_root(const struct ccs_document *doc, struct ccs_arena *arena,
                                   struct ccs_diagnostics *diags, struct mini_root *out)
{
    struct ccs_name_group group = {.group = "teams"};
    const char **names;
    ck_assert_int_eq(ccs_document_names(&doc, 1, "teams", arena, &names, &group.n), CCS_OK);
    group.name = names;
    return ccs_bind(doc, "", &mini_root_section, &group, 1, arena, diags, out);
}

#endif
