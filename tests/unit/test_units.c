/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"

#include <ccsim/status.h>
#include <check.h>
#include <string.h>

Suite *suite_units(void);

START_TEST(money_is_rounded_half_away_from_zero)
{
    /* 0.00005 and 0.00015 are not exact in binary; halves of a power of two are: n + 0.5 in
     * ten-thousandths is (2n + 1) / 20000, so test the multiples that are exact, 1/32 = 312.5. */
    ck_assert_int_eq(ccs_money_from_units(1.0 / 32), 313);
    ck_assert_int_eq(ccs_money_from_units(-1.0 / 32), -313);
    ck_assert_int_eq(ccs_money_from_units(3.0 / 32), 938);
    ck_assert_int_eq(ccs_money_from_units(12.3456), 123456);
    ck_assert_int_eq(ccs_money_from_units(0), 0);
}
END_TEST

START_TEST(time_is_rounded_half_away_from_zero)
{
    ck_assert_int_eq(ccs_time_from_s(1.0 / 128), 7813); /* 7812.5 */
    ck_assert_int_eq(ccs_time_from_s(-1.0 / 128), -7813);
    ck_assert_int_eq(ccs_time_from_s(90.0), INT64_C(90000000));
}
END_TEST

START_TEST(conversions_there_and_back_are_exact)
{
    for (int64_t n = -1000000; n <= 1000000; n += 997) {
        ck_assert_int_eq(ccs_money_from_units(ccs_money_to_units(n)), n);
        ck_assert_int_eq(ccs_time_from_s(ccs_time_to_s(n * 31557600)), n * 31557600);
    }
}
END_TEST

START_TEST(months_and_years_have_the_length_the_reference_says)
{
    ck_assert_double_eq((double)CCS_US_PER_MONTH / (double)CCS_US_PER_DAY, 30.4375);
    ck_assert_double_eq((double)CCS_US_PER_YEAR / (double)CCS_US_PER_DAY, 365.25);
    ck_assert_int_eq(CCS_US_PER_WEEK, 7 * 24 * CCS_US_PER_H);
    ck_assert_int_eq(CCS_US_PER_H, 60 * CCS_US_PER_MIN);
}
END_TEST

START_TEST(each_status_has_a_text_of_its_own)
{
    const ccs_status all[] = {CCS_OK, CCS_ENOMEM, CCS_EIO, CCS_EDATA, CCS_EUSAGE, CCS_EINTERRUPTED};
    const size_t n = sizeof all / sizeof all[0];
    for (size_t i = 0; i < n; i++) {
        ck_assert_str_ne(ccs_status_text(all[i]), "unknown status");
        for (size_t k = 0; k < i; k++) {
            ck_assert_str_ne(ccs_status_text(all[i]), ccs_status_text(all[k]));
        }
    }
    ck_assert_str_eq(ccs_status_text((ccs_status)-99), "unknown status");
}
END_TEST

Suite *suite_units(void)
{
    Suite *suite = suite_create("units");
    TCase *tc = tcase_create("units");
    tcase_add_test(tc, money_is_rounded_half_away_from_zero);
    tcase_add_test(tc, time_is_rounded_half_away_from_zero);
    tcase_add_test(tc, conversions_there_and_back_are_exact);
    tcase_add_test(tc, months_and_years_have_the_length_the_reference_says);
    tcase_add_test(tc, each_status_has_a_text_of_its_own);
    suite_add_tcase(suite, tc);
    return suite;
}
