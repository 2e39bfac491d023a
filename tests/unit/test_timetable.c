/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/timetable: calendars and interval tables, by hand and against minute-by-minute scans. */
#include "../sim_help.h"

#include "model/timetable.h"

Suite *suite_timetable(void);

#define MONDAY_2026_01_05 20458 /* `date -d 2026-01-05 +%s` / 86400 */
#define WEDNESDAY (MONDAY_2026_01_05 + 2)
#define MINUTE CCS_US_PER_MIN
#define HOUR CCS_US_PER_H
#define DAY CCS_US_PER_DAY
#define WEEK CCS_US_PER_WEEK

#define SPANS_MAX 16
struct calendar {
    struct ccs_week_span span[SPANS_MAX];
    double holiday[SPANS_MAX];
    struct ccs_calendar_config config;
};

static void add_hours(struct calendar *c, int from_min, int to_min)
{
    size_t n = c->config.hours.n;
    c->span[n] = (struct ccs_week_span){from_min, to_min};
    c->config.hours.span = c->span;
    c->config.hours.n = n + 1;
}

static void add_holiday(struct calendar *c, int64_t day)
{
    size_t n = c->config.holidays.n;
    c->holiday[n] = (double)day;
    c->config.holidays.v = c->holiday;
    c->config.holidays.n = n + 1;
}

/* Monday to Friday, 08:00 to 18:00. */
static void make_office(struct calendar *c)
{
    *c = (struct calendar){0};
    for (int d = 0; d < 5; d++) {
        add_hours(c, d * 1440 + 480, d * 1440 + 1080);
    }
}

/* ---- days ---- */

START_TEST(days_and_weekdays_are_right_before_and_after_the_start)
{
    ck_assert_int_eq(ccs_weekday_of(0), 3); /* 1970-01-01 was a Thursday */
    ck_assert_int_eq(ccs_weekday_of(MONDAY_2026_01_05), 0);
    ck_assert_int_eq(ccs_weekday_of(-1), 2);
    ck_assert_int_eq(ccs_weekday_of(-4), 6);
    ck_assert_int_eq(ccs_day_of(100, 0), 100);
    ck_assert_int_eq(ccs_day_of(100, DAY - 1), 100);
    ck_assert_int_eq(ccs_day_of(100, DAY), 101);
    ck_assert_int_eq(ccs_day_of(100, -1), 99);
    ck_assert_int_eq(ccs_day_of(100, -DAY), 99);
    ck_assert_int_eq(ccs_day_of(100, -DAY - 1), 98);
}
END_TEST

/* ---- calendars ---- */

struct when {
    bool is_open;
    ccs_time until;
};

static struct when ask(const struct calendar *c, int64_t start, ccs_time t)
{
    struct when w;
    w.is_open = ccs_calendar_open(&c->config, start, t, &w.until);
    return w;
}

#define ck_assert_when(actual, open_, until_)                                                      \
    do {                                                                                           \
        struct when w_ = (actual);                                                                 \
        ck_assert_int_eq(w_.is_open, open_);                                                       \
        ck_assert_int_eq(w_.until, until_);                                                        \
    } while (0)

START_TEST(office_hours_open_and_close_and_rest_over_the_weekend)
{
    struct calendar c;
    make_office(&c);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 0), false, 8 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 8 * HOUR - 1), false, 8 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 8 * HOUR), true, 18 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 18 * HOUR - 1), true, 18 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 18 * HOUR), false, DAY + 8 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 4 * DAY + 18 * HOUR), false, WEEK + 8 * HOUR);
    ck_assert_when(ask(&c, WEDNESDAY, 2 * DAY + 18 * HOUR), false, 5 * DAY + 8 * HOUR);
}
END_TEST

START_TEST(hours_hold_before_the_start_as_well)
{
    struct calendar c;
    make_office(&c);
    /* three hours before a Monday: Sunday evening; a week before 10:00: open */
    ck_assert_when(ask(&c, MONDAY_2026_01_05, -3 * HOUR), false, 8 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, -WEEK + 10 * HOUR), true, -WEEK + 18 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, -2 * DAY - 1), false, 8 * HOUR);
    ck_assert_when(ask(&c, WEDNESDAY, -1), false, 8 * HOUR);
}
END_TEST

START_TEST(a_holiday_is_closed_all_day_and_joins_the_nights_around_it)
{
    struct calendar c;
    make_office(&c);
    add_holiday(&c, MONDAY_2026_01_05 + 1);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 18 * HOUR), false, 2 * DAY + 8 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, DAY + 10 * HOUR), false, 2 * DAY + 8 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, WEEK + DAY + 10 * HOUR), true,
                   WEEK + DAY + 18 * HOUR);
}
END_TEST

START_TEST(a_span_over_midnight_is_one_stretch)
{
    struct calendar c = {0};
    add_hours(&c, 0, 6 * 60);                             /* Monday until 06:00 ... */
    add_hours(&c, 2 * 1440 + 22 * 60, 3 * 1440 + 6 * 60); /* Wednesday 22:00 to Thursday 06:00 */
    add_hours(&c, 6 * 1440 + 22 * 60, 7 * 1440);          /* ... from Sunday 22:00 on */
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 2 * DAY + 23 * HOUR), true, 3 * DAY + 6 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 3 * DAY + 5 * HOUR), true, 3 * DAY + 6 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 6 * DAY + 23 * HOUR), true, WEEK + 6 * HOUR);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, -HOUR), true, 6 * HOUR);
}
END_TEST

START_TEST(a_calendar_that_never_changes_says_never)
{
    struct calendar always = {0};
    add_hours(&always, 0, 7 * 1440);
    ck_assert_when(ask(&always, MONDAY_2026_01_05, 5 * HOUR), true, CCS_TIME_NEVER);
    ccs_time until;
    ck_assert(ccs_calendar_open(NULL, MONDAY_2026_01_05, -17, &until));
    ck_assert_int_eq(until, CCS_TIME_NEVER);
    struct calendar never = {0};
    ck_assert_when(ask(&never, MONDAY_2026_01_05, 5 * HOUR), false, CCS_TIME_NEVER);
}
END_TEST

START_TEST(an_always_open_calendar_still_closes_on_its_holidays)
{
    struct calendar c = {0};
    add_hours(&c, 0, 7 * 1440);
    add_holiday(&c, WEDNESDAY);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 0), true, 2 * DAY);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 2 * DAY + 5), false, 3 * DAY);
    ck_assert_when(ask(&c, MONDAY_2026_01_05, 3 * DAY), true, CCS_TIME_NEVER);
}
END_TEST

START_TEST(next_open_is_now_or_the_next_opening)
{
    struct calendar c;
    make_office(&c);
    ck_assert_int_eq(ccs_calendar_next_open(&c.config, MONDAY_2026_01_05, 9 * HOUR), 9 * HOUR);
    ck_assert_int_eq(ccs_calendar_next_open(&c.config, MONDAY_2026_01_05, 19 * HOUR),
                     DAY + 8 * HOUR);
    ck_assert_int_eq(ccs_calendar_next_open(&c.config, MONDAY_2026_01_05, 5 * DAY),
                     WEEK + 8 * HOUR);
    ck_assert_int_eq(ccs_calendar_next_open(NULL, MONDAY_2026_01_05, -5), -5);
}
END_TEST

/* One minute of one day, looked up without any cleverness. */
static bool is_open_minute(const struct calendar *c, int64_t start, ccs_time minute)
{
    int64_t shifted = minute + 1000 * 7 * 1440; /* the scans stay within 1000 weeks */
    int64_t day = start + shifted / 1440 - 7000;
    for (size_t i = 0; i < c->config.holidays.n; i++) {
        if ((int64_t)c->config.holidays.v[i] == day) {
            return false;
        }
    }
    int64_t of_week = (day + 3) % 7 * 1440 + shifted % 1440;
    for (size_t i = 0; i < c->config.hours.n; i++) {
        if (of_week >= c->span[i].from_min && of_week < c->span[i].to_min) {
            return true;
        }
    }
    return false;
}

static void make_random_calendar(struct calendar *c, int64_t start)
{
    *c = (struct calendar){0};
    int at = rand() % 600;
    for (int k = 0; k < 10 && at < 7 * 1440; k++) {
        int to = at + 1 + rand() % 2500;
        add_hours(c, at, to < 7 * 1440 ? to : 7 * 1440);
        at = to + 1 + rand() % 1500;
    }
    for (int k = rand() % 5; k > 0; k--) {
        add_holiday(c, start - 10 + rand() % 30);
    }
}

START_TEST(random_calendars_agree_with_a_scan_minute_by_minute)
{
    srand(100 + (unsigned)_i);
    int64_t start = MONDAY_2026_01_05 + _i;
    struct calendar c;
    make_random_calendar(&c, start);
    for (int round = 0; round < 200; round++) {
        ccs_time minute = rand() % (35 * 1440) - 15 * 1440;
        ccs_time t = minute * MINUTE + rand() % 60000000;
        struct when w = ask(&c, start, t);
        ck_assert_int_eq(w.is_open, is_open_minute(&c, start, minute));
        ck_assert_int_gt(w.until, t);
        ccs_time end = minute + 1;
        while (is_open_minute(&c, start, end) == w.is_open && end < minute + 400 * 1440) {
            end++;
        }
        ck_assert_int_eq(w.until, end < minute + 400 * 1440 ? end * MINUTE : CCS_TIME_NEVER);
    }
}
END_TEST

/* ---- interval tables ---- */

static struct ccs_series table(double *v, size_t n, ccs_time interval)
{
    struct ccs_series s = {.interval = interval, .n = n};
    s.v = v;
    return s;
}

struct value {
    double v;
    ccs_time until;
};

static struct value look(const struct ccs_series *s, int64_t start, ccs_time t)
{
    struct value value;
    value.v = ccs_series_at(s, start, t, &value.until);
    return value;
}

#define ck_assert_value(actual, v_, until_)                                                        \
    do {                                                                                           \
        struct value w_ = (actual);                                                                \
        ck_assert_double_eq(w_.v, v_);                                                             \
        ck_assert_int_eq(w_.until, until_);                                                        \
    } while (0)

static double numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

START_TEST(a_constant_holds_forever)
{
    struct ccs_series s = {.is_constant = true, .constant = 12.5};
    ck_assert_value(look(&s, 0, -5), 12.5, CCS_TIME_NEVER);
    ck_assert_double_eq(ccs_series_mean(&s), 12.5);
}
END_TEST

START_TEST(a_table_without_repeat_is_zero_before_and_after)
{
    struct ccs_series s = table(numbers, 3, HOUR);
    s.from = 2 * HOUR;
    ck_assert_value(look(&s, WEDNESDAY, -WEEK), 0, 2 * HOUR);
    ck_assert_value(look(&s, WEDNESDAY, 0), 0, 2 * HOUR);
    ck_assert_value(look(&s, WEDNESDAY, 2 * HOUR), 1, 3 * HOUR);
    ck_assert_value(look(&s, WEDNESDAY, 5 * HOUR - 1), 3, 5 * HOUR);
    ck_assert_value(look(&s, WEDNESDAY, 5 * HOUR), 0, CCS_TIME_NEVER);
}
END_TEST

START_TEST(a_daily_table_starts_at_midnight_of_every_day)
{
    struct ccs_series s = table(numbers, 4, 2 * HOUR);
    s.from = 8 * HOUR;
    s.repeat = CCS_REPEAT_DAY;
    for (int d = -3; d < 10; d++) {
        ccs_time at = d * DAY;
        ck_assert_value(look(&s, WEDNESDAY, at), 0, at + 8 * HOUR);
        ck_assert_value(look(&s, WEDNESDAY, at + 9 * HOUR), 1, at + 10 * HOUR);
        ck_assert_value(look(&s, WEDNESDAY, at + 16 * HOUR - 1), 4, at + 16 * HOUR);
        ck_assert_value(look(&s, WEDNESDAY, at + 16 * HOUR), 0, at + DAY + 8 * HOUR);
    }
    ck_assert_double_eq_tol(ccs_series_mean(&s), (1 + 2 + 3 + 4) * 2.0 / 24, 1e-15);
}
END_TEST

START_TEST(a_weekly_table_is_aligned_to_monday_whatever_the_start_day)
{
    struct ccs_series s = table(numbers, 7, DAY);
    s.repeat = CCS_REPEAT_WEEK;
    ck_assert_value(look(&s, MONDAY_2026_01_05, 0), 1, DAY);
    ck_assert_value(look(&s, WEDNESDAY, 0), 3, DAY);
    ck_assert_value(look(&s, WEDNESDAY, -2 * DAY), 1, -DAY);
    ck_assert_value(look(&s, WEDNESDAY, -2 * DAY - 1), 7, -2 * DAY);
    ck_assert_value(look(&s, WEDNESDAY, 4 * DAY), 7, 5 * DAY);
    ck_assert_value(look(&s, WEDNESDAY, 5 * DAY), 1, 6 * DAY);
    ck_assert_double_eq_tol(ccs_series_mean(&s), 4.0, 1e-15);
}
END_TEST

START_TEST(a_table_repeated_as_a_whole_goes_round_in_both_directions)
{
    struct ccs_series s = table(numbers, 3, HOUR);
    s.repeat = CCS_REPEAT_ALL;
    ck_assert_value(look(&s, WEDNESDAY, 3 * HOUR), 1, 4 * HOUR);
    ck_assert_value(look(&s, WEDNESDAY, 100 * 3 * HOUR + HOUR), 2, 100 * 3 * HOUR + 2 * HOUR);
    ck_assert_value(look(&s, WEDNESDAY, -1), 3, 0);
    ck_assert_value(look(&s, WEDNESDAY, -3 * HOUR), 1, -2 * HOUR);
}
END_TEST

START_TEST(runs_per_day_are_placed_on_calendar_days)
{
    struct ccs_series s = table(numbers, 6, HOUR);
    s.per_day = 3;
    s.from = 7 * HOUR;
    ck_assert_value(look(&s, WEDNESDAY, 0), 0, 7 * HOUR);
    ck_assert_value(look(&s, WEDNESDAY, 7 * HOUR), 1, 8 * HOUR);
    ck_assert_value(look(&s, WEDNESDAY, 10 * HOUR), 0, DAY);
    ck_assert_value(look(&s, WEDNESDAY, DAY + 9 * HOUR), 6, DAY + 10 * HOUR);
    ck_assert_double_eq(look(&s, WEDNESDAY, 2 * DAY + 8 * HOUR).v, 0); /* the table is over */
    ck_assert_double_eq(look(&s, WEDNESDAY, -DAY + 8 * HOUR).v, 0);
}
END_TEST

START_TEST(weekday_runs_skip_the_weekend)
{
    /* 15 values, 3 a day: five days from Wednesday on: Wed Thu Fri, then Mon Tue */
    struct ccs_series s = table(numbers, 15, HOUR);
    s.per_day = 3;
    s.weekdays_only = true;
    static const double first[] = {1, 4, 7, 0, 0, 10, 13, 0};
    for (int d = 0; d < 8; d++) {
        ck_assert_double_eq(look(&s, WEDNESDAY, d * DAY).v, first[d]);
    }
    ck_assert_value(look(&s, WEDNESDAY, 3 * DAY), 0, 4 * DAY);
    s.repeat = CCS_REPEAT_ALL; /* Wed again begins the table: five weekdays a week */
    ck_assert_double_eq(look(&s, WEDNESDAY, 7 * DAY).v, 1);
    ck_assert_double_eq(look(&s, WEDNESDAY, -DAY).v, 13);    /* Tuesday before */
    ck_assert_double_eq(look(&s, WEDNESDAY, -3 * DAY).v, 0); /* Sunday before */
    ck_assert_double_eq(look(&s, WEDNESDAY, -5 * DAY).v, 7); /* Friday before */
    ck_assert_double_eq(look(&s, WEDNESDAY, -WEEK).v, 1);
}
END_TEST

START_TEST(weekday_runs_that_start_on_a_weekend_begin_on_monday)
{
    struct ccs_series s = table(numbers, 15, HOUR);
    s.per_day = 3;
    s.weekdays_only = true;
    int64_t saturday = MONDAY_2026_01_05 + 5;
    static const double first[] = {0, 0, 1, 4, 7, 10, 13, 0, 0, 0};
    for (int d = 0; d < 10; d++) {
        ck_assert_double_eq(look(&s, saturday, d * DAY).v, first[d]);
        ck_assert_double_eq(look(&s, saturday + 1, d * DAY).v, d < 9 ? first[d + 1] : 0);
    }
}
END_TEST

/* Every kind of table that the loader accepts, at random. */
static void make_random_series(struct ccs_series *s, double *v)
{
    *s = table(v, 1 + (size_t)rand() % 40, (1 + rand() % 600) * MINUTE);
    for (size_t i = 0; i < s->n; i++) {
        v[i] = (double)(i + 1);
    }
    s->repeat = (enum ccs_series_repeat)(rand() % 4);
    ccs_time limit = s->repeat == CCS_REPEAT_DAY    ? DAY
                     : s->repeat == CCS_REPEAT_WEEK ? WEEK
                                                    : 40 * DAY;
    if (rand() % 3 == 0) {
        s->repeat = rand() % 2 ? CCS_REPEAT_NONE : CCS_REPEAT_ALL;
        s->per_day = 1 + rand() % 8;
        s->n -= s->n % (size_t)s->per_day;
        s->n = s->n ? s->n : (size_t)s->per_day;
        s->weekdays_only = rand() % 2;
        s->interval = (1 + rand() % 170) * MINUTE;
        for (size_t i = 0; i < s->n; i++) {
            v[i] = (double)(i + 1);
        }
        limit = DAY;
    }
    ccs_time covered = s->interval * (ccs_time)(s->per_day ? (size_t)s->per_day : s->n);
    while (covered > limit) {
        s->n = (s->n + 1) / 2;
        covered = s->interval * (ccs_time)s->n;
    }
    s->from = covered < limit ? rand() % ((limit - covered) / MINUTE) * MINUTE : 0;
}

/* Number of weekdays in [a, b), a <= b. */
static int64_t weekdays_between(int64_t a, int64_t b)
{
    int64_t n = 0;
    for (; a < b; a++) {
        n += (a + 70003) % 7 < 5; /* day 0 was a Thursday; 70000 is a multiple of 7 */
    }
    return n;
}

/* The definition of field.h, minute by minute: which value holds in this minute, 0 if none. */
static double value_of_minute(const struct ccs_series *s, int64_t start, ccs_time minute)
{
    int64_t shifted = minute + 1000 * 7 * 1440;
    int64_t day = start + shifted / 1440 - 7000;
    int64_t of_day = shifted % 1440;
    int64_t interval = s->interval / MINUTE;
    int64_t from = s->from / MINUTE;
    int64_t n = (int64_t)s->n;
    if (s->per_day > 0) {
        if (s->weekdays_only && (day + 70003) % 7 >= 5) {
            return 0;
        }
        int64_t run = s->weekdays_only ? (day >= start ? weekdays_between(start, day)
                                                       : -weekdays_between(day, start))
                                       : day - start;
        if (of_day < from || (of_day - from) / interval >= s->per_day) {
            return 0;
        }
        int64_t at = run * s->per_day + (of_day - from) / interval;
        if (s->repeat == CCS_REPEAT_ALL) {
            at = (at % n + n) % n;
        }
        return at >= 0 && at < n ? s->v[at] : 0;
    }
    int64_t since = minute - from;
    if (s->repeat == CCS_REPEAT_DAY) {
        since = of_day - from;
    } else if (s->repeat == CCS_REPEAT_WEEK) {
        since = (day + 70003) % 7 * 1440 + of_day - from;
    } else if (s->repeat == CCS_REPEAT_ALL) {
        int64_t cycle = n * interval;
        since = (since % cycle + cycle) % cycle;
    }
    return since >= 0 && since < n * interval ? s->v[since / interval] : 0;
}

START_TEST(random_tables_agree_with_their_definition_minute_by_minute)
{
    srand(500 + (unsigned)_i);
    static double v[64];
    struct ccs_series s;
    make_random_series(&s, v);
    int64_t start = MONDAY_2026_01_05 + rand() % 7;
    for (int round = 0; round < 300; round++) {
        ccs_time minute = rand() % (40 * 1440) - 15 * 1440;
        struct value got = look(&s, start, minute * MINUTE + rand() % 60000000);
        ck_assert_double_eq(got.v, value_of_minute(&s, start, minute));
        /* `until` may come before a change, never after one */
        ck_assert_int_gt(got.until, minute * MINUTE);
        ccs_time last = got.until == CCS_TIME_NEVER ? minute + 60 * 1440 : got.until / MINUTE;
        for (ccs_time m = minute; m < last && m < minute + 60 * 1440; m += 7) {
            MUST(value_of_minute(&s, start, m) == got.v);
        }
        if (got.until != CCS_TIME_NEVER) {
            ck_assert_double_eq(value_of_minute(&s, start, got.until / MINUTE - 1), got.v);
        }
    }
}
END_TEST

START_TEST(the_mean_of_a_repeating_table_is_that_of_a_long_scan)
{
    srand(900 + (unsigned)_i);
    static double v[64];
    struct ccs_series s;
    do {
        make_random_series(&s, v);
    } while (s.repeat == CCS_REPEAT_NONE);
    /* a whole number of cycles of whichever length: step through the pieces */
    ccs_time cycle = s.per_day > 0                 ? (s.weekdays_only ? 7 : 1) * DAY * (ccs_time)s.n
                     : s.repeat == CCS_REPEAT_DAY  ? DAY
                     : s.repeat == CCS_REPEAT_WEEK ? WEEK
                                                   : s.interval * (ccs_time)s.n;
    double sum = 0;
    for (ccs_time t = 0; t < cycle;) {
        struct value piece = look(&s, MONDAY_2026_01_05, t);
        ccs_time end = piece.until < cycle ? piece.until : cycle;
        sum += piece.v * (double)(end - t);
        t = end;
    }
    double mean = sum / (double)cycle;
    ck_assert_double_eq_tol(ccs_series_mean(&s), mean, 1e-12 * mean); /* a sum of some 100 terms */
}
END_TEST

Suite *suite_timetable(void)
{
    Suite *suite = suite_create("timetable");
    TCase *calendar = tcase_create("calendar");
    tcase_add_test(calendar, days_and_weekdays_are_right_before_and_after_the_start);
    tcase_add_test(calendar, office_hours_open_and_close_and_rest_over_the_weekend);
    tcase_add_test(calendar, hours_hold_before_the_start_as_well);
    tcase_add_test(calendar, a_holiday_is_closed_all_day_and_joins_the_nights_around_it);
    tcase_add_test(calendar, a_span_over_midnight_is_one_stretch);
    tcase_add_test(calendar, a_calendar_that_never_changes_says_never);
    tcase_add_test(calendar, an_always_open_calendar_still_closes_on_its_holidays);
    tcase_add_test(calendar, next_open_is_now_or_the_next_opening);
    tcase_add_loop_test(calendar, random_calendars_agree_with_a_scan_minute_by_minute, 0, 20);
    suite_add_tcase(suite, calendar);
    TCase *series = tcase_create("series");
    tcase_add_test(series, a_constant_holds_forever);
    tcase_add_test(series, a_table_without_repeat_is_zero_before_and_after);
    tcase_add_test(series, a_daily_table_starts_at_midnight_of_every_day);
    tcase_add_test(series, a_weekly_table_is_aligned_to_monday_whatever_the_start_day);
    tcase_add_test(series, a_table_repeated_as_a_whole_goes_round_in_both_directions);
    tcase_add_test(series, runs_per_day_are_placed_on_calendar_days);
    tcase_add_test(series, weekday_runs_skip_the_weekend);
    tcase_add_test(series, weekday_runs_that_start_on_a_weekend_begin_on_monday);
    tcase_add_loop_test(series, random_tables_agree_with_their_definition_minute_by_minute, 0, 60);
    tcase_add_loop_test(series, the_mean_of_a_repeating_table_is_that_of_a_long_scan, 0, 40);
    suite_add_tcase(suite, series);
    return suite;
}
