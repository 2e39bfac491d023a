/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/number: digits by the interval, thousands, units that suit. */
#include "experiment/number.h"

#include <check.h>
#include <math.h>

Suite *suite_report_number(void);

static const char *shown(double value, int decimals, bool with_sign)
{
    static char text[CCS_NUMBER_TEXT];
    return ccs_number_text(text, value, decimals, with_sign);
}

START_TEST(thousands_are_separated_and_decimals_are_exact)
{
    ck_assert_str_eq(shown(0, 0, false), "0");
    ck_assert_str_eq(shown(999, 0, false), "999");
    ck_assert_str_eq(shown(1000, 0, false), "1,000");
    ck_assert_str_eq(shown(1234567.891, 2, false), "1,234,567.89");
    ck_assert_str_eq(shown(12.5, 3, false), "12.500");
    ck_assert_str_eq(shown(0.004, 2, false), "0.00");
    ck_assert_str_eq(shown(999.996, 2, false), "1,000.00");
}
END_TEST

START_TEST(negative_decimals_round_to_tens_and_hundreds)
{
    ck_assert_str_eq(shown(12345, -1, false), "12,350"); /* half away from zero */
    ck_assert_str_eq(shown(12345, -2, false), "12,300");
    ck_assert_str_eq(shown(-12345, -3, false), "-12,000");
    ck_assert_str_eq(shown(449, -3, false), "0");
}
END_TEST

START_TEST(a_sign_stands_only_where_something_is_left_of_the_number)
{
    ck_assert_str_eq(shown(1.5, 1, true), "+1.5");
    ck_assert_str_eq(shown(-1.5, 1, true), "-1.5");
    ck_assert_str_eq(shown(-0.04, 1, false), "0.0");
    ck_assert_str_eq(shown(0.04, 1, true), "0.0");
    ck_assert_str_eq(shown(-0.0, 0, false), "0");
}
END_TEST

START_TEST(what_is_no_number_is_said_so)
{
    ck_assert_str_eq(shown(NAN, 2, true), "-");
    ck_assert_str_eq(shown(INFINITY, 2, false), "inf");
    ck_assert_str_eq(shown(-INFINITY, 2, false), "-inf");
    ck_assert_str_eq(shown(1e300, 0, false), "1e+300");
}
END_TEST

START_TEST(digits_follow_the_half_width)
{
    /* three leading digits 100 to 354: two digits; 355 to 949: one; from 950 on: rounded up */
    static const struct {
        double half_width;
        int decimals;
    } cases[] = {
        {1, 1},      {3.54, 1},   {3.55, 0},   {9.49, 0},  {9.5, 0},  {0.10, 2},
        {0.0354, 3}, {0.0356, 2}, {0.0996, 2}, {12, 0},    {35.4, 0}, {36, -1},
        {1234, -2},  {9990, -3},  {1e-30, 6},  {1e30, -9}, {100, -1}, {99.99, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_msg(ccs_number_decimals(5, cases[i].half_width) == cases[i].decimals,
                      "half-width %g: %d decimals", cases[i].half_width,
                      ccs_number_decimals(5, cases[i].half_width));
    }
}
END_TEST

START_TEST(without_a_half_width_four_digits_are_shown)
{
    ck_assert_int_eq(ccs_number_decimals(1.23456, NAN), 3);
    ck_assert_int_eq(ccs_number_decimals(123.456, 0), 1);
    ck_assert_int_eq(ccs_number_decimals(12345.6, NAN), 0); /* the whole part in full */
    ck_assert_int_eq(ccs_number_decimals(40, NAN), 0);      /* not 40.00 */
    ck_assert_int_eq(ccs_number_decimals(2.5, 0), 1);
    ck_assert_int_eq(ccs_number_decimals(0, NAN), 0);
    ck_assert_int_eq(ccs_number_decimals(NAN, NAN), 0);
}
END_TEST

static void check_scale(const char *unit, double largest, double factor, const char *shown_unit)
{
    char text[CCS_UNIT_TEXT];
    struct ccs_scale scale = ccs_scale_of(unit, largest, "EUR", text);
    ck_assert_double_eq(scale.factor, factor);
    ck_assert_str_eq(scale.unit, shown_unit);
}

START_TEST(units_suit_the_size)
{
    check_scale("s", 0, 1, "s");
    check_scale("s", 119, 1, "s");
    check_scale("s", 120, 1 / 60.0, "min");
    check_scale("s", 7200, 1 / 3600.0, "h");
    check_scale("s", 172800, 1 / 86400.0, "days");
    check_scale("share", 0.2, 100, "%");
    check_scale("per year", 0.2, 100, "%");
    check_scale("currency", 99999, 1, "EUR");
    check_scale("currency", 1e5, 1e-3, "k EUR");
    check_scale("currency", 1e8, 1e-6, "M EUR");
    check_scale("h", 5e5, 1, "h");
    check_scale("contacts", 2, 1, "");
    check_scale("transfers", 0.01, 100, "/100");
    check_scale("transfers", 0, 1, "");
}
END_TEST

Suite *suite_report_number(void)
{
    Suite *suite = suite_create("report_number");
    TCase *tcase = tcase_create("number");
    tcase_add_test(tcase, thousands_are_separated_and_decimals_are_exact);
    tcase_add_test(tcase, negative_decimals_round_to_tens_and_hundreds);
    tcase_add_test(tcase, a_sign_stands_only_where_something_is_left_of_the_number);
    tcase_add_test(tcase, what_is_no_number_is_said_so);
    tcase_add_test(tcase, digits_follow_the_half_width);
    tcase_add_test(tcase, without_a_half_width_four_digits_are_shown);
    tcase_add_test(tcase, units_suit_the_size);
    suite_add_tcase(suite, tcase);
    return suite;
}
