/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scenario in plain language: what it says, what it leaves to defaults, and whom these favour.
 * Policies share everything but what their `with` changes, so the center is described as it is
 * under the baseline, and the changes stand with the policies.
 */
#include "base/diag.h"
#include "base/units.h"
#include "behavior/behavior.h"
#include "experiment/number.h"
#include "format/document/json.h"
#include "format/field/duration.h"
#include "format/field/reference.h"
#include "model/timetable.h"
#include "policy/policy.h"
#include "report/explain_late.h"
#include "report/explain_routes.h"
#include "report/explain_sides.h"
#include "report/explain_wages.h"
#include "report/report.h"
#include "report/report_text.h"
#include "report/table.h"
#include "report/writer.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    VALUE_SHOWN = 44 /* bytes of a value in a table */
};

/* One value of a document, kept. Texts in the arena. */
struct value {
    const char *pointer, *text, *origin;
    int line;
    bool is_given;
    const struct ccs_field *field;
};

struct values {
    struct value *v;
    size_t n, cap;
    struct ccs_arena *arena;
    bool has_failed;
};

struct explaining {
    const struct ccs_scenario *sc;
    struct ccs_text text; /* res is NULL: for its writing functions only */
    struct ccs_arena arena;
    const struct ccs_section *root;
    struct values shared; /* of the scenario without any `with` */
};

/* ---- values ---- */

static void keep(void *context, const struct ccs_explained *e)
{
    struct values *values = context;
    if (values->n == values->cap) {
        size_t cap = values->cap == 0 ? 256 : 2 * values->cap;
        struct value *v = realloc(values->v, cap * sizeof *v);
        if (v == NULL) {
            values->has_failed = true;
            return;
        }
        values->v = v;
        values->cap = cap;
    }
    struct value *value = &values->v[values->n++];
    *value = (struct value){
        .pointer = ccs_arena_strdup(values->arena, e->pointer),
        .text = ccs_arena_strdup(values->arena, e->value),
        .origin = ccs_arena_strdup(values->arena, e->origin),
        .line = e->line,
        .is_given = e->is_given,
        .field = e->field,
    };
    if (value->pointer == NULL || value->text == NULL || value->origin == NULL) {
        values->has_failed = true;
        values->n--;
    }
}

static ccs_status collect(struct explaining *e, const struct ccs_document *doc, bool with_places,
                          struct values *values)
{
    *values = (struct values){.arena = &e->arena};
    ccs_status status = ccs_explain_values(doc, e->root, with_places, keep, values);
    return values->has_failed ? CCS_ENOMEM : status;
}

static const struct value *find(const struct values *values, const char *pointer)
{
    for (size_t i = 0; i < values->n; i++) {
        if (strcmp(values->v[i].pointer, pointer) == 0) {
            return &values->v[i];
        }
    }
    return NULL;
}

/* The value, cut to what a table can show (not inside a UTF-8 character), with the unit of a plain
 * number; other values say theirs. */
static void set_value(const struct explaining *e, struct ccs_table *table, size_t column,
                      const struct value *value)
{
    static const char money[] = "currency";
    const struct ccs_field *field = value->field;
    size_t n = strlen(value->text);
    bool is_long = n > VALUE_SHOWN;
    for (n = is_long ? VALUE_SHOWN : n;
         is_long && ((unsigned char)value->text[n] & 0xc0) == 0x80;) {
        n--;
    }
    bool is_plain = field->type == CCS_FIELD_INT || field->type == CCS_FIELD_REAL ||
                    field->type == CCS_FIELD_MONEY;
    const char *unit = is_plain && field->unit != NULL ? field->unit : "";
    bool is_money = strncmp(unit, money, sizeof money - 1) == 0;
    ccs_table_set(table, column, "%.*s%s%s%s%s", (int)n, value->text, is_long ? "..." : "",
                  unit[0] != '\0' ? " " : "", is_money ? e->sc->currency : "",
                  is_money ? unit + sizeof money - 1 : unit);
}

/* "line 12" of the scenario itself, "base.json:12", "--set /run/seed=3", "default: source" */
static void set_origin(const struct explaining *e, struct ccs_table *table, size_t column,
                       const struct value *value)
{
    bool is_own = strcmp(value->origin, ccs_document_origin(e->sc->doc)) == 0;
    if (!value->is_given) {
        ccs_table_set(table, column, "default%s%s", value->field->source != NULL ? ": " : "",
                      value->field->source != NULL ? value->field->source : "");
    } else if (value->line > 0 && is_own) {
        ccs_table_set(table, column, "line %d", value->line);
    } else if (value->line > 0) {
        ccs_table_set(table, column, "%s:%d", value->origin, value->line);
    } else {
        ccs_table_set(table, column, "%s", value->origin);
    }
}

static void print_table(struct explaining *e, struct ccs_table *table)
{
    ccs_status status =
        ccs_table_print(table, e->text.options->width, e->text.options->is_utf8, e->text.out);
    e->text.status = e->text.status != CCS_OK ? e->text.status : status;
    ccs_table_fini(table);
}

/* ---- head and policies ---- */

static void put_run(struct explaining *e)
{
    const struct ccs_scenario *sc = e->sc;
    const struct ccs_run_config *run = &sc->run;
    char horizon[CCS_DURATION_TEXT], warmup[CCS_DURATION_TEXT], follow_up[CCS_DURATION_TEXT];
    char date[CCS_DATE_TEXT];
    ccs_time warmup_us = sc->policies[sc->baseline].model.warmup;
    ccs_text_heading(&e->text, sc->name, "");
    if (sc->description[0] != '\0') {
        ccs_text_paragraph(&e->text, 0, 0, sc->description);
    }
    ccs_text_print(&e->text, 0, 0,
                   "Measured are %s from %s on. Before, everybody lives %s under %s; afterwards "
                   "the issues of the window are followed to their end, for at most %s. %lld "
                   "replications, seed %lld.",
                   ccs_duration_text(horizon, ccs_time_to_s(run->horizon)),
                   ccs_date_text(date, run->start_day),
                   run->warmup == CCS_WARMUP_AUTO ? "as long as pilot runs find necessary"
                   : warmup_us > 0 ? ccs_duration_text(warmup, ccs_time_to_s(warmup_us))
                                   : "no time",
                   sc->policies[sc->baseline].name,
                   ccs_duration_text(follow_up, ccs_time_to_s(run->follow_up)),
                   (long long)run->replications, (long long)run->seed);
}

/* What the policy's `with` makes of the shared values. */
static void put_changes(struct explaining *e, const struct ccs_scenario_policy *policy)
{
    struct values patched;
    if (policy->doc == NULL) {
        return;
    }
    ccs_status status = collect(e, policy->doc, false, &patched);
    e->text.status = e->text.status != CCS_OK ? e->text.status : status;
    for (size_t i = 0; i < patched.n; i++) {
        const struct value *new = &patched.v[i];
        const struct value *old = find(&e->shared, new->pointer);
        if (strncmp(new->pointer, "/policies/", 10) == 0 ||
            (old != NULL && strcmp(old->text, new->text) == 0) ||
            (old == NULL && new->text[0] == '\0')) {
            continue;
        }
        bool is_new = old == NULL || old->text[0] == '\0';
        ccs_text_print(&e->text, 4, 6, "%s = %.*s%s%.*s", new->pointer, VALUE_SHOWN, new->text,
                       is_new ? "" : " instead of ", VALUE_SHOWN, is_new ? "" : old->text);
    }
    for (size_t i = 0; i < e->shared.n; i++) {
        const struct value *old = &e->shared.v[i];
        if (old->is_given && find(&patched, old->pointer) == NULL) {
            ccs_text_print(&e->text, 4, 6, "no %s", old->pointer);
        }
    }
    free(patched.v);
}

static void put_policies(struct explaining *e)
{
    ccs_text_heading(&e->text, "Policies", "");
    for (size_t p = 0; p < e->sc->policy_n; p++) {
        const struct ccs_scenario_policy *policy = &e->sc->policies[p];
        const struct ccs_policy_info *info = policy->model.policy;
        bool is_own_name = strcmp(policy->name, info->kind) == 0;
        ccs_text_print(&e->text, 2, 4, "%s%s%s%s: %s", policy->name, is_own_name ? "" : " is ",
                       is_own_name ? "" : info->kind,
                       p == e->sc->baseline && e->sc->policy_n > 1 ? ", the baseline" : "",
                       info->help);
        put_changes(e, policy);
    }
}

/* ---- teams ---- */

/* "12", "0 to 14" */
static void agents_text(char *text, size_t size, const struct ccs_series *series)
{
    double low = series->constant, high = series->constant;
    for (size_t i = 0; i < series->n; i++) {
        low = i == 0 || series->v[i] < low ? series->v[i] : low;
        high = i == 0 || series->v[i] > high ? series->v[i] : high;
    }
    if (low == high) {
        snprintf(text, size, "%.6g", high);
    } else {
        snprintf(text, size, "%.6g to %.6g", low, high);
    }
}

static void put_teams(struct explaining *e)
{
    const struct ccs_scenario_policy *policy = &e->sc->policies[e->sc->baseline];
    const struct ccs_map *teams = &policy->config.teams;
    struct ccs_table table;
    ccs_table_init(&table, 5, 1);
    ccs_table_row(&table);
    ccs_table_set(&table, 0, "team");
    ccs_table_set(&table, 1, "tier");
    ccs_table_set(&table, 2, "agents");
    ccs_table_set(&table, 3, "calendar");
    ccs_table_set(&table, 4, "wage, %s/h", e->sc->currency);
    for (size_t i = 0; i < teams->n; i++) {
        if (!teams->present[i]) {
            continue;
        }
        const struct ccs_team_config *tm = ccs_config_team(&policy->config, i);
        char agents[80];
        if (tm->shifts.n > 0) {
            snprintf(agents, sizeof agents, "%u in shifts",
                     (unsigned)policy->model.teams[i].agent_n);
        } else {
            agents_text(agents, sizeof agents, &tm->agents);
            if (tm->agents_factor != 1.0) {
                size_t n = strlen(agents);
                snprintf(agents + n, sizeof agents - n, " x %g", tm->agents_factor);
            }
        }
        ccs_table_row(&table);
        ccs_table_set(&table, 0, "%s", teams->name[i]);
        ccs_table_set(&table, 1, "%d", (int)tm->tier);
        ccs_table_set(&table, 2, "%s", agents);
        ccs_table_set(&table, 3, "%s",
                      tm->calendar < 0 ? "always" : policy->config.calendars.name[tm->calendar]);
        ccs_table_set(&table, 4, "%.2f", tm->wage_per_h);
    }
    ccs_text_heading(&e->text, "Teams", e->sc->policies[e->sc->baseline].name);
    print_table(e, &table);
}

/* ---- who serves what ---- */

/* Appends "prefix: a, b" with the names of the types for which `has` is true. */
static void put_types(FILE *out, const struct ccs_model *model, const char *prefix, const bool *has,
                      bool *is_first)
{
    int n = 0;
    for (int ty = 0; ty < model->type_n; ty++) {
        n += has[ty];
    }
    if (n == 0) {
        return;
    }
    fprintf(out, "%s%s: ", *is_first ? "" : "; ", prefix);
    *is_first = false;
    if (n == model->type_n && n > 1) {
        fputs("all types", out);
        return;
    }
    const char *comma = "";
    for (int ty = 0; ty < model->type_n; ty++) {
        if (has[ty]) {
            fprintf(out, "%s%s", comma, model->config->issue_types.name[ty]);
            comma = ", ";
        }
    }
}

/* What waits in a queue, in words, into the writer. */
static void put_queue(FILE *out, const struct ccs_model *m, uint16_t queue, bool *has)
{
    bool is_first = true;
    for (int ch = 0; ch < m->channel_n; ch++) {
        for (int escalated = 0; escalated < 2; escalated++) {
            for (int ty = 0; ty < m->type_n; ty++) {
                int first = ccs_model_first_tier(m, ch, ty);
                has[ty] = false;
                for (int tier = 1; tier <= CCS_TIER_MAX; tier++) {
                    bool here = ccs_model_inbound_queue(m, ch, ty, tier) == queue;
                    has[ty] = has[ty] || (here && (tier != first) == escalated);
                }
            }
            char prefix[200];
            snprintf(prefix, sizeof prefix, "%s%s", m->config->channels.name[ch],
                     escalated ? ", escalated" : "");
            put_types(out, m, prefix, has, &is_first);
        }
    }
    for (int ty = 0; ty < m->type_n; ty++) {
        has[ty] = false;
        for (int tier = 0; tier < CCS_TIER_MAX; tier++) {
            bool here = m->callback[ty * CCS_TIER_MAX + tier] == queue;
            has[ty] = has[ty] || (here && m->makes_promises);
        }
    }
    put_types(out, m, "promised calls", has, &is_first);
    for (int ty = 0; ty < m->type_n; ty++) {
        has[ty] = m->work[ty] == queue;
    }
    put_types(out, m, "back-office work", has, &is_first);
    if (m->desk == queue) {
        fprintf(out, "%scustomers who want to cancel", is_first ? "" : "; ");
    }
}

static void put_routes(struct explaining *e)
{
    const struct ccs_model *m = &e->sc->policies[e->sc->baseline].model;
    bool *has = ccs_arena_calloc(&e->arena, m->type_n, sizeof *has);
    if (has == NULL) {
        e->text.status = CCS_ENOMEM;
        return;
    }
    ccs_text_heading(&e->text, "Who serves what", "most urgent first");
    for (int t = 0; t < m->team_n; t++) {
        const struct ccs_team_plan *plan = &m->teams[t];
        if (!m->config->teams.present[t]) {
            continue;
        }
        ccs_text_print(&e->text, 2, 4, "%s%s", m->config->teams.name[t],
                       plan->queue_n == 0 ? ": nothing" : "");
        for (int i = 0; i < plan->queue_n; i++) {
            struct ccs_report line;
            FILE *out = ccs_writer_open(&line);
            if (out != NULL) {
                fprintf(out, "%d. ", i + 1);
                put_queue(out, m, plan->queue[i], has);
                fprintf(out, " (priority %g)",
                        m->queues[plan->queue[i]].priority + plan->service[i].skill);
            }
            ccs_status status = ccs_writer_close(out, &line, CCS_OK);
            if (status != CCS_OK) {
                e->text.status = status;
                return;
            }
            ccs_text_paragraph(&e->text, 4, 7, line.text);
            free(line.text);
        }
    }
}

/* ---- demand ---- */

static void put_demand(struct explaining *e)
{
    const struct ccs_model *m = &e->sc->policies[e->sc->baseline].model;
    double weeks = (double)e->sc->run.horizon / (double)CCS_US_PER_WEEK;
    struct ccs_table table;
    ccs_table_init(&table, 5, 1);
    ccs_table_row(&table);
    ccs_table_set(&table, 0, "issue type");
    ccs_table_set(&table, 1, "of segment");
    ccs_table_set(&table, 2, "a week");
    ccs_table_set(&table, 3, "needs");
    ccs_table_set(&table, 4, "mean talk, min");
    for (int i = 0; i < m->stream_n; i++) {
        const struct ccs_stream_plan *s = &m->streams[i];
        const struct ccs_issue_type_config *ty = ccs_config_type(m->config, s->issue_type);
        double per_week = ccs_scenario_expected_arrivals(m, (uint32_t)i) / weeks;
        char text[CCS_NUMBER_TEXT], talk[CCS_NUMBER_TEXT];
        double minutes = ccs_dist_mean(&ty->talk) / 60;
        ccs_table_row(&table);
        ccs_table_set(&table, 0, "%s", m->config->issue_types.name[s->issue_type]);
        ccs_table_set(&table, 1, "%s",
                      s->segment < 0 ? "anonymous" : m->config->segments.name[s->segment]);
        ccs_table_set(&table, 2, "%s",
                      ccs_number_text(text, per_week, ccs_number_decimals(per_week, NAN), false));
        ccs_table_set(&table, 3, "%s",
                      ty->needs == CCS_NEEDS_DECISION ? "a decision" : "an explanation");
        ccs_table_set(&table, 4, "%s",
                      ccs_number_text(talk, minutes, ccs_number_decimals(minutes, NAN), false));
    }
    ccs_text_heading(&e->text, "Demand", "issues expected, voiced or not, while nobody leaves");
    print_table(e, &table);
}

/* ---- mechanisms, values, sides ---- */

static bool has_mechanism(const struct ccs_document *doc, const struct ccs_mechanism *m)
{
    const struct cJSON *group = ccs_json_member(ccs_document_root(doc), m->group);
    return cJSON_IsObject(ccs_json_member(group, m->key));
}

static void put_mechanisms(struct explaining *e)
{
    ccs_text_heading(&e->text, "Mechanisms", "off means: never called");
    for (int active = 1; active >= 0; active--) {
        for (size_t i = 0; i < ccs_mechanism_n; i++) {
            const struct ccs_mechanism *m = ccs_mechanisms[i];
            size_t n = 0;
            for (size_t p = 0; p < e->sc->policy_n; p++) {
                const struct ccs_document *doc = e->sc->policies[p].doc;
                n += has_mechanism(doc != NULL ? doc : e->sc->doc, m);
            }
            if ((n > 0) != active) {
                continue;
            }
            ccs_text_print(&e->text, 2, 6, "%s %s %s/%s: %s%s", active ? "active" : "off   ", m->id,
                           m->group, m->key, m->help,
                           n > 0 && n < e->sc->policy_n ? " (under some policies only)" : "");
        }
    }
}

/* Length of the pointer's part before the last key. */
static size_t parent_length(const char *pointer)
{
    const char *slash = strrchr(pointer, '/');
    return slash == NULL ? 0 : (size_t)(slash - pointer);
}

/* A section row with the parent's pointer, whenever that changes; the key alone in the row. */
static void add_key(struct ccs_table *table, const char **parent, const char *pointer)
{
    size_t n = parent_length(pointer);
    bool is_same =
        *parent != NULL && parent_length(*parent) == n && strncmp(*parent, pointer, n) == 0;
    if (!is_same && (n > 0 || *parent != NULL)) {
        char section[400];
        snprintf(section, sizeof section, "%.*s", n > 0 ? (int)n : 1, pointer);
        ccs_table_section(table, section);
    }
    *parent = pointer;
    ccs_table_row(table);
    ccs_table_set(table, 0, "  %s", pointer + n + (pointer[n] == '/'));
}

static void put_values(struct explaining *e)
{
    const char *parent = NULL;
    struct ccs_table table;
    ccs_table_init(&table, 3, 3);
    ccs_table_row(&table);
    ccs_table_set(&table, 0, "key");
    ccs_table_set(&table, 1, "value");
    ccs_table_set(&table, 2, "from");
    for (size_t i = 0; i < e->shared.n; i++) {
        const struct value *value = &e->shared.v[i];
        if (value->text[0] != '\0' && strcmp(value->pointer, "/description") != 0) {
            add_key(&table, &parent, value->pointer);
            set_value(e, &table, 1, value);
            set_origin(e, &table, 2, value);
        }
    }
    ccs_text_heading(&e->text, "Every value", "before any `with`");
    print_table(e, &table);
}

static void put_sides(struct explaining *e)
{
    const char *parent = NULL;
    struct ccs_table table;
    ccs_table_init(&table, 4, 4);
    ccs_table_row(&table);
    ccs_table_set(&table, 0, "key");
    ccs_table_set(&table, 1, "value");
    ccs_table_set(&table, 2, "favours");
    ccs_table_set(&table, 3, "from");
    for (size_t i = 0; i < e->shared.n; i++) {
        const struct value *value = &e->shared.v[i];
        if (value->field->favours != NULL && value->text[0] != '\0') {
            add_key(&table, &parent, value->pointer);
            set_value(e, &table, 1, value);
            ccs_table_set(&table, 2, "%s", value->field->favours);
            set_origin(e, &table, 3, value);
        }
    }
    ccs_text_heading(&e->text, "Assumptions that favour a side", "");
    if (ccs_table_is_empty(&table)) {
        ccs_text_paragraph(&e->text, 0, 0, "None of the values in effect is known to favour one.");
        ccs_table_fini(&table);
    } else {
        print_table(e, &table);
    }
}

ccs_status ccs_report_explain(const struct ccs_scenario *scenario,
                              const struct ccs_report_text_options *options,
                              struct ccs_report *report)
{
    struct explaining e = {.sc = scenario, .text = {.options = options}};
    e.text.out = ccs_writer_open(report);
    ccs_arena_init(&e.arena, 0);
    e.root = ccs_scenario_root(&e.arena);
    if (e.text.out == NULL || e.root == NULL) {
        e.text.status = CCS_ENOMEM;
    } else {
        e.text.status = collect(&e, scenario->doc, true, &e.shared);
    }
    if (e.text.status == CCS_OK) {
        put_run(&e);
        put_policies(&e);
        ccs_explain_late(&e.text, scenario);
        put_teams(&e);
        ccs_explain_wages(&e.text, &e.sc->policies[e.sc->baseline].config);
        put_routes(&e);
        ccs_explain_routes(&e.text, &e.sc->policies[e.sc->baseline].model);
        put_demand(&e);
        put_mechanisms(&e);
        put_values(&e);
        put_sides(&e);
        ccs_explain_sides(&e.text, e.sc);
    }
    free(e.shared.v);
    ccs_arena_fini(&e.arena);
    return ccs_writer_close(e.text.out, report, e.text.status);
}

ccs_status ccs_report_diagnostic(const struct ccs_diag_info *info,
                                 const struct ccs_report_text_options *options,
                                 struct ccs_report *report)
{
    struct ccs_text text = {.options = options, .out = ccs_writer_open(report)};
    if (text.out != NULL) {
        fprintf(text.out, "%s: %s\n\n", info->code, info->title);
        ccs_text_paragraph(&text, 0, 0, info->text);
    }
    return ccs_writer_close(text.out, report, CCS_OK);
}
