/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading: document, then per policy patch, bind, compile. See scenario.h. */
#include "experiment/scenario.h"

#include "base/diag.h"
#include "base/try.h"
#include "base/units.h"
#include "behavior/behavior.h"
#include "experiment/expect.h"
#include "experiment/metrics.h"
#include "experiment/staffing.h"
#include "format/document/json.h"
#include "lint/lint.h"
#include "policy/policy.h"
#include "world/demand/arrival.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_POLICY "none"

/* The whole scenario as bound under one policy. Mechanisms are pointers in registry order. */
struct root {
    int64_t schema_version;
    const char *name, *description, *currency;
    struct ccs_config center;
    struct ccs_map policies; /* struct ccs_variant_value */
    int32_t baseline;
    struct ccs_two_by_two_config *two_by_two;
    struct ccs_string_list expect;
    void *mechanism[];
};

static const char *const groups[] = {"calendars",   "segments", "channels", "line_groups",
                                     "issue_types", "teams",    "policies"};
#define GROUP_N (sizeof groups / sizeof groups[0])

const char *const ccs_scenario_patchable[] = {"calendars", "channels", "line_groups",
                                              "teams",     "routing",  "promises"};
const size_t ccs_scenario_patchable_n =
    sizeof ccs_scenario_patchable / sizeof ccs_scenario_patchable[0];

#define ROOT_MAP(key_, member, section_, help_)                                                    \
    CCS_ROW_AS(key_, MAP, struct root, member, .ref = key_, .section = section_, .help = help_)

/* "behavior" or "promises": one optional section per mechanism of the group. */
static const struct ccs_section *mechanism_section(struct ccs_arena *arena, const char *group,
                                                   const char *help)
{
    struct ccs_section *section = ccs_arena_alloc(arena, sizeof *section);
    struct ccs_field *field = ccs_arena_calloc(arena, ccs_mechanism_n, sizeof *field);
    if (!section || !field) {
        return NULL;
    }
    size_t n = 0;
    for (size_t i = 0; i < ccs_mechanism_n; i++) {
        const struct ccs_mechanism *m = ccs_mechanisms[i];
        if (strcmp(m->group, group) == 0) {
            field[n++] = (struct ccs_field){
                .key = m->key,
                .type = CCS_FIELD_OPTIONAL,
                .offset = i * sizeof(void *),
                .section = m->section,
                .help = ccs_arena_printf(arena, "%s (%s)", m->help, m->id),
            };
        }
    }
    *section = (struct ccs_section){
        .title = group,
        .help = help,
        .size = ccs_mechanism_n * sizeof(void *),
        .field = field,
        .field_n = n,
    };
    return section;
}

static const struct ccs_section *policy_section(struct ccs_arena *arena)
{
    struct ccs_section *section = ccs_arena_alloc(arena, sizeof *section);
    struct ccs_variant *variant = ccs_arena_calloc(arena, ccs_policy_n, sizeof *variant);
    if (!section || !variant) {
        return NULL;
    }
    for (size_t i = 0; i < ccs_policy_n; i++) {
        variant[i] = (struct ccs_variant){ccs_policies[i]->kind, ccs_policies[i]->section};
    }
    *section = (struct ccs_section){
        .title = "policy",
        .help = "What agents may do. `kind` chooses the policy, `with` patches what the company "
                "controls (teams, routing, channels, shared lines, calendars, promises) for this "
                "policy only.",
        .size = sizeof(struct ccs_variant_value),
        .variant = variant,
        .variant_n = ccs_policy_n,
    };
    return section;
}

const struct ccs_section *ccs_scenario_root(struct ccs_arena *arena)
{
    const struct ccs_section *behavior = mechanism_section(
        arena, "behavior", "How customers behave. Each mechanism is off unless it is here.");
    const struct ccs_section *promises = mechanism_section(
        arena, "promises", "How well the company keeps its word. Off unless it is here.");
    const struct ccs_section *policy = policy_section(arena);
    struct ccs_section *root = ccs_arena_alloc(arena, sizeof *root);
    if (!behavior || !promises || !policy || !root) {
        return NULL;
    }
    const struct ccs_field fields[] = {
        CCS_ROW(INT, struct root, schema_version, .def = "1",
                .help = "Edition of the scenario format: 1."),
        CCS_ROW(STRING, struct root, name, .help = "Name of the scenario, as shown in results."),
        CCS_ROW(STRING, struct root, description, .def = "\"\"", .help = "What it is about."),
        CCS_ROW(STRING, struct root, currency, .def = "\"USD\"",
                .help = "Currency of all amounts, as shown in results."),
        CCS_ROW_SECTION_AS("run", struct root, center.run, .section = &ccs_run_section,
                           .help = "How long and how often."),
        ROOT_MAP("calendars", center.calendars, &ccs_calendar_section, "Opening hours, by name."),
        ROOT_MAP("segments", center.segments, &ccs_segment_section,
                 "Customers, by name. Left out: anonymous callers only."),
        ROOT_MAP("issue_types", center.issue_types, &ccs_issue_type_section,
                 "Kinds of problems, by name."),
        ROOT_MAP("channels", center.channels, &ccs_channel_section,
                 "Ways to reach the company, by name."),
        ROOT_MAP("line_groups", center.line_groups, &ccs_line_group_section,
                 "Lines that several channels share, by name, besides each channel's own `lines`."),
        ROOT_MAP("teams", center.teams, &ccs_team_section, "Groups of agents, by name."),
        CCS_ROW_SECTION_AS("routing", struct root, center.routing, .section = &ccs_routing_section,
                           .def = "{}", .help = "Who gets which contact."),
        {.key = "behavior",
         .type = CCS_FIELD_SECTION,
         .offset = offsetof(struct root, mechanism),
         .section = behavior,
         .def = "{}",
         .help = "How customers behave."},
        {.key = "promises",
         .type = CCS_FIELD_SECTION,
         .offset = offsetof(struct root, mechanism),
         .section = promises,
         .def = "{}",
         .help = "How well the company keeps its word."},
        ROOT_MAP("policies", policies, policy,
                 "The policies to compare, by name. Left out: one, `none`, that serves everybody "
                 "and never refuses."),
        CCS_ROW(REF, struct root, baseline, .ref = "policies", .def = "null",
                .help = "The policy of the warm-up, and the one differences are taken to. May be "
                        "left out when there is only one."),
        CCS_ROW_OPTIONAL(struct root, two_by_two, .section = &ccs_two_by_two_section,
                         .help = "Which policies tell policy from quality; changes no result but "
                                 "adds the effects of both."),
        CCS_ROW(STRING_LIST, struct root, expect, .def = "[]",
                .help = "What `ccsim check` holds the results to: \"METRIC < NUMBER\" (under every "
                        "policy), \"POLICY.METRIC[channel=NAME] >= NUMBER\", \"compare(A, "
                        "B).METRIC > NUMBER\". Changes no result, and not the scenario's hash."),
    };
    struct ccs_field *copy = ccs_arena_alloc(arena, sizeof fields);
    if (!copy) {
        return NULL;
    }
    memcpy(copy, fields, sizeof fields);
    *root = (struct ccs_section){
        .title = "scenario",
        .help = "A scenario is one JSON object.",
        .size = sizeof(struct root) + ccs_mechanism_n * sizeof(void *),
        .field = copy,
        .field_n = sizeof fields / sizeof fields[0],
    };
    return root;
}

/* State of loading; what it makes lives in the scenario. */
struct loader {
    struct ccs_scenario *sc;
    const struct ccs_section *root;
    struct ccs_diagnostics *diags;
    struct ccs_name_group group[GROUP_N];
    const struct ccs_string_list *expect;
};

static void report(struct loader *l, enum ccs_diag_code code, const char *pointer,
                   const char *message)
{
    ccs_document_report(l->sc->doc, l->diags, code, pointer, "%s", message);
}

/* Which policies there are; each with its patched document. */
static ccs_status patch_policies(struct loader *l)
{
    struct ccs_scenario *sc = l->sc;
    const char **names = NULL;
    size_t n = 0;
    const struct ccs_document *base[] = {sc->doc};
    CCS_TRY(ccs_document_names(base, 1, "policies", &sc->arena, &names, &n));
    bool given = ccs_json_member(ccs_document_root(sc->doc), "policies") != NULL;
    if (n == 0 && given) {
        report(l, CCS_E302, "/policies", "must name at least one policy, or be left out");
        return CCS_EDATA;
    }
    sc->policy_n = n ? n : 1;
    sc->policies = ccs_arena_calloc(&sc->arena, sc->policy_n, sizeof *sc->policies);
    if (!sc->policies) {
        return CCS_ENOMEM;
    }
    ccs_status status = CCS_OK;
    for (size_t i = 0; i < n; i++) {
        sc->policies[i].name = names[i];
        ccs_status patched =
            ccs_document_patch(&sc->policies[i].doc, sc->doc, names[i], ccs_scenario_patchable,
                               ccs_scenario_patchable_n, l->diags);
        status = patched ? patched : status;
    }
    if (n == 0) {
        sc->policies[0].name = DEFAULT_POLICY;
    }
    return status;
}

static const struct ccs_document *doc_of(const struct ccs_scenario *sc, size_t policy)
{
    return sc->policies[policy].doc ? sc->policies[policy].doc : sc->doc;
}

static ccs_status name_groups(struct loader *l)
{
    struct ccs_scenario *sc = l->sc;
    const struct ccs_document **docs = ccs_arena_calloc(&sc->arena, sc->policy_n, sizeof *docs);
    if (!docs) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < sc->policy_n; i++) {
        docs[i] = doc_of(sc, i);
    }
    for (size_t g = 0; g < GROUP_N; g++) {
        const char **names = NULL;
        size_t n = 0;
        CCS_TRY(ccs_document_names(docs, sc->policy_n, groups[g], &sc->arena, &names, &n));
        l->group[g] = (struct ccs_name_group){groups[g], names, n};
    }
    return CCS_OK;
}

/* The metric that decides has to say which of two policies is better. */
static void check_primary(struct loader *l, int metric)
{
    if (metric < 0 || !(ccs_metrics[metric].slices >> CCS_SLICE_ALL & 1)) {
        report(l, CCS_E312, "/run/primary",
               "is not a metric of the whole run; `ccsim schema --reference` lists them");
    } else if (ccs_metrics[metric].better == 0) {
        report(l, CCS_E312, "/run/primary",
               "does not rank policies: neither more nor less of it is better");
    } else if (ccs_metrics[metric].policy_moves) {
        report(l, CCS_E312, "/run/primary",
               "does not rank policies: a policy also moves what it is divided by; "
               "cost_per_issue and net_value_per_customer are divided by what all policies share");
    }
}

/* What must hold of the bound values before anything is compiled. */
static void check_root(struct loader *l, const struct root *root)
{
    const struct ccs_run_config *run = &root->center.run;
    if (root->schema_version != 1) {
        report(l, CCS_E311, "/schema_version", "must be 1");
    }
    if (root->center.teams.n == 0) {
        report(l, CCS_E300, "/teams", "a scenario needs at least one team");
    }
    if (root->center.issue_types.n == 0) {
        report(l, CCS_E301, "/issue_types", "a scenario needs at least one issue type");
    }
    if (root->center.channels.n == 0) {
        report(l, CCS_E307, "/channels", "a scenario needs at least one channel");
    }
    if (run->period > run->horizon) {
        /* The default of a week is cut for short runs; a period that was given is not. */
        const struct cJSON *given = ccs_json_member(ccs_document_root(l->sc->doc), "run");
        if (given && ccs_json_member(given, "period")) {
            report(l, CCS_E309, "/run/period", "must not be longer than the horizon");
        }
    } else if (run->horizon / run->period > 100000) {
        report(l, CCS_E309, "/run/period", "makes more than 100,000 periods of the horizon");
    }
    if (run->days == CCS_DAYS_INDEPENDENT) {
        for (size_t i = 0; i < root->center.issue_types.n; i++) {
            const struct ccs_issue_type_config *type = ccs_config_type(&root->center, i);
            if (type->volume && type->volume->counts == CCS_COUNTS_ALL_CONTACTS) {
                report(l, CCS_E309, "/run/days",
                       "independent days have windows of their own, while tables that count all "
                       "contacts are calibrated over one: use first_requests, or one window");
            }
        }
    }
    if (run->primary) {
        check_primary(l, ccs_metric_find(run->primary));
    }
    if (root->center.channels.n > 200 || root->center.teams.n > 1000 ||
        root->center.issue_types.n > 1000 || root->center.segments.n > 1000) {
        report(l, CCS_E313, "", "at most 200 channels and 1000 teams, issue types and segments");
    }
}

/* Binds and compiles one policy. */
static ccs_status compile_policy(struct loader *l, size_t i)
{
    struct ccs_scenario *sc = l->sc;
    struct ccs_scenario_policy *policy = &sc->policies[i];
    struct root *root = ccs_arena_alloc(&sc->arena, l->root->size);
    struct ccs_hooks *hooks = ccs_arena_alloc(&sc->arena, sizeof *hooks);
    if (!root || !hooks) {
        return CCS_ENOMEM;
    }
    CCS_TRY(ccs_bind(doc_of(sc, i), "", l->root, l->group, GROUP_N, &sc->arena, l->diags, root));
    size_t errors = ccs_diagnostics_error_count(l->diags);
    check_root(l, root);
    if (ccs_diagnostics_error_count(l->diags) > errors) {
        return CCS_EDATA;
    }
    if (!sc->name) {
        sc->name = root->name;
        sc->description = root->description;
        sc->currency = root->currency;
        l->expect = &root->expect;
        sc->two_by_two = root->two_by_two;
        bool is_named = ccs_index_is_given(root->baseline);
        sc->baseline = is_named ? (size_t)root->baseline : 0;
        if (!is_named && sc->policy_n > 1) {
            report(l, CCS_E303, "",
                   "there are several policies: name the one to compare with in \"baseline\"");
            return CCS_EDATA;
        }
    }
    policy->config = root->center;
    struct ccs_run_config *run = &policy->config.run;
    run->period = run->period > run->horizon ? run->horizon : run->period;
    struct ccs_model *model = &policy->model;
    *model = (struct ccs_model){
        .policy_name = policy->name,
        .policy = &ccs_policy_none,
        .hooks = hooks,
        .desk_team = -1,
        .has_customers = root->center.segments.n > 0,
    };
    if (root->policies.n > 0) {
        const struct ccs_variant_value *value = ccs_map_at(&root->policies, i);
        model->policy = ccs_policies[value->kind];
        model->policy_config = value->value;
    }
    for (size_t k = 0; k < ccs_mechanism_n; k++) {
        if (root->mechanism[k]) {
            ccs_mechanisms[k]->install(root->mechanism[k], model);
            model->has_customers = true;
        }
    }
    CCS_TRY(ccs_model_compile(model, &policy->config, &sc->arena));
    errors = ccs_diagnostics_error_count(l->diags);
    ccs_lint_model(model, &sc->arena, l->diags, doc_of(sc, i));
    if (ccs_diagnostics_error_count(l->diags) > errors) {
        return CCS_EDATA;
    }
    if (model->stream_n == 0) {
        report(l, CCS_E306, "/issue_types",
               "no issue type ever arises: give one a `volume` or a `rate_per_customer_year`");
        return CCS_EDATA;
    }
    return CCS_OK;
}

static void choose_labor_view(struct ccs_scenario *sc)
{
    enum ccs_labor_view view = (enum ccs_labor_view)sc->run.labor;
    if (view == CCS_LABOR_AUTO) {
        view = ccs_scenario_staff_differs(sc) ? CCS_LABOR_STAFFED : CCS_LABOR_WORKLOAD;
    }
    for (size_t i = 0; i < sc->policy_n; i++) {
        sc->policies[i].model.labor_view = view;
    }
}

static ccs_status build(struct loader *l, const char *const *sets, size_t set_n)
{
    struct ccs_scenario *sc = l->sc;
    l->root = ccs_scenario_root(&sc->arena);
    if (!l->root) {
        return CCS_ENOMEM;
    }
    ccs_status status = CCS_OK;
    for (size_t i = 0; i < set_n; i++) {
        ccs_status set = ccs_document_set(sc->doc, l->root, sets[i], l->diags);
        status = set ? set : status;
    }
    CCS_TRY(status);
    CCS_TRY(patch_policies(l));
    CCS_TRY(name_groups(l));
    /* Those without a `with` first: what is wrong with the scenario is not the policy's doing. */
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < sc->policy_n && status != CCS_ENOMEM; i++) {
            if ((ccs_document_patched_by(doc_of(sc, i)) != NULL) == (pass == 1)) {
                ccs_status compiled = compile_policy(l, i);
                bool is_worse = compiled && (status != CCS_EIO || compiled == CCS_ENOMEM);
                status = is_worse ? compiled : status;
            }
        }
    }
    CCS_TRY(status);
    sc->run = sc->policies[sc->baseline].config.run;
    choose_labor_view(sc);
    CCS_TRY(ccs_expectations_load(sc, l->expect, l->diags));
    const char *const ignore[] = CCS_DOCUMENT_UNHASHED;
    return ccs_document_hash(sc->doc, ignore, sizeof ignore / sizeof ignore[0], &sc->hash);
}

/* Warnings of loading belong into the results too: not everybody reads what flew past. */
static ccs_status keep_warnings(struct ccs_scenario *sc, const struct ccs_diagnostics *diags)
{
    size_t n = ccs_diagnostics_count(diags);
    sc->warnings = ccs_arena_calloc(&sc->arena, n + 1, sizeof *sc->warnings);
    for (size_t i = 0; i < n && sc->warnings; i++) {
        const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, i);
        char *text = ccs_arena_printf(&sc->arena, "%s: %s", d->pointer, d->message);
        if (!text) {
            return CCS_ENOMEM;
        }
        sc->warnings[sc->warning_n++] =
            (struct ccs_scenario_warning){ccs_diag_find(d->code)->code, text};
    }
    return sc->warnings ? CCS_OK : CCS_ENOMEM;
}

/* Takes the document over, whatever comes of it. */
static ccs_status finish_load(struct ccs_scenario **scenario, struct ccs_document *doc,
                              const char *const *sets, size_t set_n, struct ccs_diagnostics *diags)
{
    struct ccs_scenario *sc = calloc(1, sizeof *sc);
    if (!sc) {
        ccs_document_destroy(doc);
        return CCS_ENOMEM;
    }
    sc->doc = doc;
    ccs_arena_init(&sc->arena, 0);
    struct loader loader = {.sc = sc, .diags = diags};
    ccs_status status = build(&loader, sets, set_n);
    if (!status && ccs_diagnostics_error_count(diags) > 0) {
        status = CCS_EDATA;
    }
    status = status ? status : keep_warnings(sc, diags);
    if (status) {
        ccs_scenario_destroy(sc);
        return status;
    }
    *scenario = sc;
    return CCS_OK;
}

ccs_status ccs_scenario_load(struct ccs_scenario **scenario, const char *path,
                             const char *const *sets, size_t set_n, struct ccs_diagnostics *diags)
{
    *scenario = NULL;
    struct ccs_document *doc = NULL;
    CCS_TRY(ccs_document_load(&doc, path, diags));
    return finish_load(scenario, doc, sets, set_n, diags);
}

ccs_status ccs_scenario_parse(struct ccs_scenario **scenario, const char *origin,
                              const char *directory, const char *text, size_t size,
                              const char *const *sets, size_t set_n, struct ccs_diagnostics *diags)
{
    *scenario = NULL;
    struct ccs_document *doc = NULL;
    CCS_TRY(ccs_document_parse(&doc, origin, directory, text, size, diags));
    return finish_load(scenario, doc, sets, set_n, diags);
}

void ccs_scenario_destroy(struct ccs_scenario *scenario)
{
    if (!scenario) {
        return;
    }
    for (size_t i = 0; i < scenario->policy_n && scenario->policies; i++) {
        ccs_document_destroy(scenario->policies[i].doc);
    }
    ccs_document_destroy(scenario->doc);
    ccs_arena_fini(&scenario->arena);
    free(scenario);
}

int ccs_scenario_policy(const struct ccs_scenario *scenario, const char *name)
{
    for (size_t i = 0; i < scenario->policy_n; i++) {
        if (strcmp(scenario->policies[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *ccs_scenario_suggest(char text[CCS_SUGGEST_TEXT], const struct ccs_scenario *scenario,
                                 const char *policy)
{
    struct ccs_nearest nearest = ccs_nearest_to(policy);
    for (size_t i = 0; i < scenario->policy_n; i++) {
        ccs_nearest_try(&nearest, scenario->policies[i].name);
    }
    return ccs_nearest_text(text, &nearest);
}

size_t ccs_scenario_policy_count(const struct ccs_scenario *scenario)
{
    return scenario->policy_n;
}

const char *ccs_scenario_policy_name(const struct ccs_scenario *scenario, size_t policy)
{
    return policy < scenario->policy_n ? scenario->policies[policy].name : NULL;
}

size_t ccs_scenario_baseline(const struct ccs_scenario *scenario)
{
    return scenario->baseline;
}

uint64_t ccs_scenario_hash(const struct ccs_scenario *scenario)
{
    return scenario->hash;
}

double ccs_scenario_expected_arrivals(const struct ccs_model *model, uint32_t stream)
{
    return ccs_arrival_expected(model, stream);
}
