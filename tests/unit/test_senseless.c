/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings that cannot be meant are named, each by its code and the place it stands at; their
 * neighbours that can be meant are not. (Whole files, one per code: scenarios/bad.)
 */
#include "../sim_help.h"

Suite *suite_senseless(void);

#define CENTER                                                                                     \
    "{'name': 't', 'run': {'start': '2026-01-05', 'horizon': '2 days',"                            \
    "   'warmup': '1 day', 'follow_up': '1 day'},"                                                 \
    " 'calendars': {'day': {'hours': {'mon-fri': '08:00-17:00'}},"                                 \
    "   'night': {'hours': {'mon-fri': ['00:00-06:00', '20:00-24:00']}},"                          \
    "   'sunday': {'hours': {'sun': '08:00-17:00'}}},"                                             \
    " 'channels': {'phone': {}},"                                                                  \
    " 'issue_types': {'call': {'volume': {'rate_per_h': 10}, 'talk': '5 min'}},"                   \
    " 'teams': {'a': {'agents': 3}, 'b': {'agents': 3}}}"

#define SHIFT "{'shifts': {'d': {'agents': 2, 'hours': {'mon-sun': '08:00-16:00'}"
#define OUTAGE "{'o': {'from': '9 h', 'duration': '1 h', "
#define ZEROS_12 "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0"
#define ONES_12 "1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1"

#define VOLUME "/issue_types/call/volume"
#define DAYS "/issue_types/call/special_days"

/* Sets up to three places; then exactly this code is there, at this place (NULL: none at all). */
static const struct {
    const char *set[6];
    const char *code, *at;
} cases[] = {
    /* how much */
    {{VOLUME, "{'rate_per_h': 1e8}"}, "CCS-E317", VOLUME},
    {{VOLUME, "{'interarrival': '0.001 ms'}"}, "CCS-E317", VOLUME},
    {{VOLUME, "{'daily_counts': 1e7}", "/teams", "{'a': {'agents': 1e5}}", "/run/horizon",
      "'401 days'"},
     "CCS-E317",
     VOLUME},
    {{VOLUME, "{'rate_per_h': 3e6}", "/teams/a/agents", "1000000"}, "CCS-W406", VOLUME},
    {{VOLUME, "{'rate_per_h': 1e6}", "/teams/a/agents", "1000000"}, NULL, NULL}, /* 7.2e7 */
    {{VOLUME, "{'rate_per_h': 1440}"}, NULL, NULL}, /* 20 times six agents, and no more */
    {{VOLUME, "{'rate_per_h': 1450}"}, "CCS-W400", VOLUME},
    /* one high value in a table is not the whole of it: 6e8 an hour, but for one minute */
    {{VOLUME,
      "{'per_interval': {'interval': '1 min', 'values': [0, 1e7], 'from': '0 s', "
      "'repeat': 'week'}}",
      "/teams/a/agents", "1000000"},
     NULL,
     NULL},
    {{VOLUME, "{'rate_per_h': 0}"}, "CCS-W404", VOLUME},
    /* what has no room in 63 bits of microseconds or ten-thousandths: 5e18 of 4.6e18, and 4e18 */
    {{"/teams/a/agents", "600000", "/run/horizon", "'100 days'"}, "CCS-E318", "/teams/a"},
    {{"/teams/a/agents", "450000", "/run/horizon", "'100 days'"}, NULL, NULL},
    {{"/teams/a", "{'agents': 100000, 'wage_per_h': 1e6}", "/run/horizon", "'198 days'"},
     "CCS-E318",
     "/teams/a"},
    {{"/teams/a", "{'agents': 100000, 'wage_per_h': 1e6}", "/run/horizon", "'180 days'"},
     NULL,
     NULL},
    /* customers worth 12 / 1e-9 each, in all 5e18 of 4.6e18, and 4e18; so in a later band */
    {{"/segments", "{'s': {'population': 41667, 'margin_per_month': 1, "
                   "'churn_hazard_per_year': 1e-9}}"},
     "CCS-E318",
     "/segments/s/margin_per_month"},
    {{"/segments", "{'s': {'population': 33333, 'margin_per_month': 1, "
                   "'churn_hazard_per_year': 1e-9}}"},
     NULL,
     NULL},
    {{"/segments",
      "{'s': {'population': 41667, 'churn_hazard_per_year': 0.5, 'by_tenure': "
      "{'old': {'from': '9 years', 'margin_per_month': 1, 'churn_hazard_per_year': 1e-9}}}}"},
     "CCS-E318",
     "/segments/s/margin_per_month"},
    /* 1000 calls an hour for the staff of 72, for half of 300 or 100 days */
    {{VOLUME, "{'rate_per_h': 1000}", "/run/horizon", "'300 days'"}, "CCS-E318", VOLUME},
    {{VOLUME, "{'rate_per_h': 1000}", "/run/horizon", "'60 days'"}, NULL, NULL},
    {{VOLUME, "{'rate_per_h': 1000}", "/run/horizon", "'300 days'", "/channels/phone/patience",
      "'1 h'"},
     NULL,
     NULL},
    /* staff */
    {{"/teams/a/absence", "1"}, "CCS-W408", "/teams/a/absence"},
    {{"/teams/a/absence", "0.7"}, NULL, NULL},
    {{"/teams/a/absence", "0.7", "/teams/a/shrinkage", "0.5"}, "CCS-W408", "/teams/a/absence"},
    {{"/teams/a/speed_cv", "1"}, NULL, NULL},
    {{"/teams/a/speed_cv", "1.5"}, "CCS-W408", "/teams/a/speed_cv"},
    {{"/teams/a", SHIFT ", 'breaks': {'x': {'after': '0 s', 'length': '8 h'}}}}}"},
     "CCS-E331",
     "/teams/a/shifts/d"},
    {{"/teams/a", SHIFT ", 'breaks': {'x': {'after': '0 s', 'length': '7 h'}}}}}"}, NULL, NULL},
    {{"/teams/a", SHIFT "}}}", "/teams/a/shifts/d/agents", "0"}, "CCS-W404", "/teams/a/shifts/d"},
    /* a policy may send a shift home */
    {{"/teams/a", SHIFT "}}}", "/policies",
      "{'x': {'kind': 'none'}, 'y': {'kind': 'none', "
      "'with': {'teams': {'a': {'shifts': {'d': {'agents': 0}}}}}}}",
      "/baseline", "'x'"},
     NULL,
     NULL},
    {{"/teams/b/overflow_after_s", "{'call': 172800}"},
     "CCS-W404",
     "/teams/b/overflow_after_s/call"},
    {{"/teams/b/overflow_after_s", "{'call': 600}", "/channels/phone/patience", "'10 min'"},
     "CCS-W404",
     "/teams/b/overflow_after_s/call"},
    {{"/teams/b/overflow_after_s", "{'call': 599}", "/channels/phone/patience", "'10 min'"},
     NULL,
     NULL},
    {{"/teams/b/overflow_after_s", "{'call': 600}", "/channels/phone/patience",
      "{'dist': 'exponential', 'mean': '5 min'}"},
     NULL,
     NULL},
    {{"/teams/b/reserve", "{'call': 3}"}, "CCS-W404", "/teams/b/reserve/call"},
    {{"/teams/b/reserve", "{'call': 2}"}, NULL, NULL},
    /* hours */
    {{"/channels/phone/calendar", "'sunday'"}, "CCS-W407", "/channels/phone/calendar"},
    {{"/teams/a/calendar", "'sunday'"}, "CCS-W407", "/teams/a/calendar"},
    {{"/teams/a/calendar", "'sunday'", "/run/horizon", "'1 week'"}, NULL, NULL},
    {{"/channels/phone/calendar", "'day'", "/teams/a/calendar", "'night'", "/teams/b/calendar",
      "'night'"},
     "CCS-W407",
     "/issue_types/call"},
    {{"/channels/phone/calendar", "'day'", "/teams/a/calendar", "'night'"}, NULL, NULL},
    /* letters of the day may be answered at night, and so may messages */
    {{"/channels/phone", "{'kind': 'form', 'calendar': 'day'}", "/teams/a/calendar", "'night'",
      "/teams/b/calendar", "'night'"},
     NULL,
     NULL},
    {{"/channels/phone", "{'calendar': 'day', 'voicemail': {'after': '1 min'}}",
      "/teams/a/calendar", "'night'", "/teams/b/calendar", "'night'"},
     NULL,
     NULL},
    {{"/channels/phone/calendar", "'day'", "/teams/a/agents",
      "{'interval': '8 h', 'repeat': 'day', 'values': [2, 0, 0]}", "/teams/b", NULL},
     "CCS-W407",
     "/issue_types/call"},
    /* tables */
    {{"/teams/a/agents", "{'interval': '1 day', 'values': [2]}"}, "CCS-W402", "/teams/a/agents"},
    {{"/teams/a/agents", "{'interval': '1 day', 'values': [2, 2]}"}, NULL, NULL},
    {{"/teams/a/agents", "{'interval': '41 h', 'values': [2]}", "/teams/a/calendar",
      "'day'"}, /* until 17:00 of the last day: after that it is closed */
     NULL,
     NULL},
    {{"/issue_types/call/profile", "{'interval': '1 h', 'values': [1, 2, 3]}"},
     "CCS-W402",
     "/issue_types/call/profile"},
    {{DAYS,
      "{'2026-01-06': {'profile': {'interval': '1 h', 'values': [" ZEROS_12 ", " ONES_12 "]}}}"},
     NULL,
     NULL},
    {{DAYS, "{'2026-01-06': {'profile': {'interval': '1 h', 'values': [" ONES_12 "]}}}"},
     "CCS-W402",
     DAYS "/2026-01-06"},
    {{DAYS, "{'2026-01-06': {'per_interval': {'interval': '1 h', 'from': '8 h', "
            "'values': [" ONES_12 "]}}}"},
     NULL,
     NULL},
    {{DAYS, "{'2026-01-06': {'per_interval': {'interval': '1 h', 'from': '13 h', "
            "'values': [" ONES_12 "]}}}"},
     "CCS-W402",
     DAYS "/2026-01-06"},
    /* dates; the warm-up is part of the run, and a list of the whole year may be given */
    {{DAYS, "{'2026-01-04': {'factor': 2}}"}, NULL, NULL},
    {{DAYS, "{'2026-01-03': {'factor': 2}}"}, "CCS-W404", DAYS},
    {{DAYS, "{'2026-01-06': {'factor': 2}, '2026-12-24': {'factor': 2}}"}, NULL, NULL},
    {{DAYS, "{'2026-01-06': {'factor': 2}, '2027-12-24': {'factor': 2}}"},
     "CCS-W404",
     DAYS "/2027-12-24"},
    {{"/issue_types/call/bursts", OUTAGE "'date': '2026-01-04', 'contacts': 9}}"}, NULL, NULL},
    {{"/issue_types/call/bursts", OUTAGE "'date': '2026-01-07', 'contacts': 9}}"},
     "CCS-W404",
     "/issue_types/call/bursts/o"},
    {{"/calendars/day/holidays", "['2024-12-25', '2025-12-25', '2026-12-25']"}, NULL, NULL},
    {{"/calendars/day/holidays", "['2024-12-25', '2025-12-25']"},
     "CCS-W404",
     "/calendars/day/holidays"},
};

START_TEST(what_cannot_be_meant_is_named_and_its_neighbour_is_not)
{
    cJSON *doc = document_of(CENTER);
    for (int i = 0; i < 6 && cases[_i].set[i]; i += 2) {
        put(doc, cases[_i].set[i], cases[_i].set[i + 1]);
    }
    char *text = cJSON_PrintUnformatted(doc);
    const char *code = cases[_i].code;
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_scenario(text, NULL, &diags);
    if (code) {
        assert_diagnostic(diags, code, cases[_i].at, text);
    }
    size_t n = ccs_diagnostics_count(diags);
    if (n != (code != NULL)) {
        print_diagnostics(diags);
        ck_abort_msg("%zu diagnostics, not %d, in %s", n, code != NULL, text);
    }
    ck_assert_int_eq(sc != NULL, !code || code[4] == 'W');
    ccs_scenario_destroy(sc);
    ccs_diagnostics_destroy(diags);
    cJSON_free(text);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_model_of_a_century_by_the_second_is_judged_at_once)
{
    /* A hundred years of a table by the minute that repeats every day: 53 million pieces, of which
     * none is looked at, because even its highest value is little. */
    cJSON *doc = document_of(CENTER);
    put(doc, "/run/horizon", "'36500 days'");
    put(doc, "/issue_types/call/volume",
        "{'per_interval': {'interval': '1 min', 'repeat': 'all', 'values': [0, 1, 0]}}");
    struct ccs_scenario *sc = scenario_from(doc);
    ck_assert_uint_eq(sc->warning_n, 0);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(far_too_much_work_is_overload_before_and_after_the_run)
{
    cJSON *doc = document_of(CENTER);
    put(doc, "/run/horizon", "'6 h'");
    put(doc, "/run/warmup", "'0 s'");
    put(doc, "/run/follow_up", "'0 s'");
    put(doc, "/run/replications", "4");
    put(doc, "/issue_types/call/volume/rate_per_h", "7200"); /* 100 times six agents */
    struct run run = run_document(doc, 0);
    size_t n = 0;
    bool grows = false;
    for (size_t i = 0; i < run.res->warning_n; i++) {
        const struct ccs_warning *w = &run.res->warnings[i];
        n += w->code && strcmp(w->code, "CCS-W400") == 0;
        grows = grows || strstr(w->text, "the number waiting grows") != NULL;
    }
    ck_assert_uint_eq(n, 2);
    ck_assert(grows);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_senseless(void)
{
    Suite *suite = suite_create("senseless");
    TCase *c = tcase_create("named");
    tcase_add_loop_test(c, what_cannot_be_meant_is_named_and_its_neighbour_is_not, 0,
                        sizeof cases / sizeof cases[0]);
    tcase_add_test(c, a_model_of_a_century_by_the_second_is_judged_at_once);
    tcase_add_test(c, far_too_much_work_is_overload_before_and_after_the_run);
    suite_add_tcase(suite, c);
    return suite;
}
