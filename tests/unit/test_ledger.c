/* SPDX-License-Identifier: GPL-3.0-or-later */
/* books/ledger: double entry, sums by dimension, copies, and that the check can fail. */
#include "base/arena.h"
#include "books/ledger.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_ledger(void);

enum {
    TEAMS = 2,
    SEGMENTS = 3,
    TYPES = 2
};

static struct ccs_arena budget;
static struct ccs_ledger ledger;

static void set_up(void)
{
    ccs_arena_init(&budget, 0);
    ck_assert_int_eq(ccs_ledger_init(&ledger, &budget, TEAMS, SEGMENTS, TYPES), CCS_OK);
}

static void tear_down(void)
{
    ccs_ledger_fini(&ledger, &budget);
    ck_assert_uint_eq(budget.used, 0);
    ccs_arena_fini(&budget);
}

static struct ccs_ledger_key key(int team, int segment, int type, enum ccs_cause cause)
{
    struct ccs_ledger_key k = {(uint16_t)team, (uint16_t)segment, (uint16_t)type, (uint16_t)cause};
    return k;
}

START_TEST(a_new_ledger_is_empty_and_balances)
{
    for (int a = 0; a < CCS_ACCOUNT_COUNT; a++) {
        ck_assert_int_eq(ledger.total[a], 0);
        ck_assert_int_eq(ccs_ledger_sum(&ledger, (enum ccs_account)a, -1, -1, -1, -1), 0);
    }
    ck_assert_int_eq(ccs_ledger_check(&ledger), 0);
}
END_TEST

START_TEST(an_entry_moves_an_amount_between_two_accounts)
{
    ccs_ledger_book(&ledger, CCS_ACCOUNT_LABOR_TALK, CCS_ACCOUNT_CASH,
                    key(1, 2, 0, CCS_CAUSE_TRANSFER), 12345);
    ck_assert_int_eq(ledger.total[CCS_ACCOUNT_LABOR_TALK], 12345);
    ck_assert_int_eq(ledger.total[CCS_ACCOUNT_CASH], -12345);
    ck_assert_uint_eq(ledger.entries, 1);
    ck_assert_int_eq(ccs_ledger_check(&ledger), 0);
}
END_TEST

START_TEST(a_refund_owed_and_income_have_their_signs)
{
    struct ccs_ledger_key k = key(TEAMS, 0, 0, CCS_CAUSE_FIRST_REQUEST);
    ccs_ledger_book(&ledger, CCS_ACCOUNT_CONCESSIONS_JUSTIFIED, CCS_ACCOUNT_PAYABLE, k, 500000);
    ccs_ledger_book(&ledger, CCS_ACCOUNT_MARGIN, CCS_ACCOUNT_CASH, k, -900000);
    ck_assert_int_eq(ledger.total[CCS_ACCOUNT_PAYABLE], -500000);
    ck_assert_int_eq(ledger.total[CCS_ACCOUNT_CASH], 900000);
    ck_assert_int_eq(ledger.total[CCS_ACCOUNT_MARGIN], -900000);
    ck_assert_int_eq(ccs_ledger_check(&ledger), 0);
}
END_TEST

START_TEST(sums_by_any_dimension_agree_with_a_list_of_the_entries)
{
    enum {
        N = 5000
    };
    static struct {
        enum ccs_account account;
        struct ccs_ledger_key key;
        ccs_money amount;
    } entry[N];
    srand(11);
    for (int i = 0; i < N; i++) {
        entry[i].account = (enum ccs_account)(rand() % CCS_ACCOUNT_MARGIN);
        entry[i].key = key(rand() % (TEAMS + 1), rand() % (SEGMENTS + 1), rand() % (TYPES + 1),
                           (enum ccs_cause)(rand() % CCS_CAUSE_COUNT));
        entry[i].amount = rand() % 2000001 - 1000000;
        ccs_ledger_book(&ledger, entry[i].account, CCS_ACCOUNT_CASH, entry[i].key, entry[i].amount);
    }
    for (int round = 0; round < 500; round++) {
        int a = rand() % CCS_ACCOUNT_MARGIN;
        int t = rand() % (TEAMS + 2) - 1;
        int s = rand() % (SEGMENTS + 2) - 1;
        int y = rand() % (TYPES + 2) - 1;
        int c = rand() % (CCS_CAUSE_COUNT + 1) - 1;
        ccs_money want = 0;
        for (int i = 0; i < N; i++) {
            bool fits = (int)entry[i].account == a && (t < 0 || entry[i].key.team == t) &&
                        (s < 0 || entry[i].key.segment == s) &&
                        (y < 0 || entry[i].key.issue_type == y) &&
                        (c < 0 || entry[i].key.cause == c);
            want += fits ? entry[i].amount : 0;
        }
        ck_assert_int_eq(ccs_ledger_sum(&ledger, (enum ccs_account)a, t, s, y, c), want);
    }
    ck_assert_uint_eq(ledger.entries, N);
    ck_assert_int_eq(ccs_ledger_check(&ledger), 0);
}
END_TEST

START_TEST(a_copy_is_equal_and_independent)
{
    struct ccs_ledger copy;
    ck_assert_int_eq(ccs_ledger_init(&copy, &budget, TEAMS, SEGMENTS, TYPES), CCS_OK);
    struct ccs_ledger_key k = key(0, 1, 1, CCS_CAUSE_CALLBACK);
    ccs_ledger_book(&ledger, CCS_ACCOUNT_TELECOM, CCS_ACCOUNT_CASH, k, 7);
    ck_assert_int_eq(ccs_ledger_copy(&copy, &ledger, &budget), CCS_OK);
    ccs_ledger_book(&copy, CCS_ACCOUNT_TELECOM, CCS_ACCOUNT_CASH, k, 10);
    ck_assert_int_eq(ledger.total[CCS_ACCOUNT_TELECOM], 7);
    ck_assert_int_eq(copy.total[CCS_ACCOUNT_TELECOM], 17);
    ck_assert_int_eq(ccs_ledger_sum(&ledger, CCS_ACCOUNT_TELECOM, 0, 1, 1, CCS_CAUSE_CALLBACK), 7);
    ck_assert_int_eq(ccs_ledger_sum(&copy, CCS_ACCOUNT_TELECOM, 0, 1, 1, CCS_CAUSE_CALLBACK), 17);
    ck_assert_int_eq(ccs_ledger_check(&copy), 0);
    ccs_ledger_fini(&copy, &budget);
}
END_TEST

START_TEST(the_check_finds_a_total_that_is_off)
{
    ccs_ledger_book(&ledger, CCS_ACCOUNT_LABOR_IDLE, CCS_ACCOUNT_CASH,
                    key(0, SEGMENTS, TYPES, CCS_CAUSE_CAPACITY), 100);
    ledger.total[CCS_ACCOUNT_LABOR_IDLE] += 3;
    ck_assert_int_eq(ccs_ledger_check(&ledger), 6); /* against cash, and against its cells */
}
END_TEST

START_TEST(the_check_finds_a_cell_that_is_off)
{
    ccs_ledger_book(&ledger, CCS_ACCOUNT_LABOR_IDLE, CCS_ACCOUNT_CASH,
                    key(0, SEGMENTS, TYPES, CCS_CAUSE_CAPACITY), 100);
    for (uint32_t i = 0; i < ledger.cells.len; i++) {
        ((ccs_money *)ledger.cells.data)[i] -= ((ccs_money *)ledger.cells.data)[i] == 100;
    }
    ck_assert_int_eq(ccs_ledger_check(&ledger), 1);
}
END_TEST

START_TEST(names_are_there_and_differ)
{
    for (int a = 0; a < CCS_ACCOUNT_COUNT; a++) {
        for (int b = 0; b < a; b++) {
            ck_assert_str_ne(ccs_account_name((enum ccs_account)a),
                             ccs_account_name((enum ccs_account)b));
        }
    }
    for (int a = 0; a < CCS_CAUSE_COUNT; a++) {
        for (int b = 0; b < a; b++) {
            ck_assert_str_ne(ccs_cause_name((enum ccs_cause)a), ccs_cause_name((enum ccs_cause)b));
        }
    }
}
END_TEST

START_TEST(failure_demand_is_the_first_eight_causes_in_their_order)
{
    static const char *const failures[] = {"broken_promise", "false_closure",    "contradiction",
                                           "misrouted",      "transfer",         "abandoned_before",
                                           "status_chase",   "unresolved_before"};
    for (int c = 0; c < CCS_CAUSE_COUNT; c++) {
        ck_assert_int_eq(ccs_cause_is_failure((enum ccs_cause)c), c < 8);
        if (c < 8) {
            ck_assert_str_eq(ccs_cause_name((enum ccs_cause)c), failures[c]);
        }
    }
}
END_TEST

START_TEST(costs_are_costs_and_income_and_contra_accounts_are_not)
{
    ck_assert(ccs_account_is_cost(CCS_ACCOUNT_LABOR_IDLE));
    ck_assert(ccs_account_is_cost(CCS_ACCOUNT_RETENTION_OFFERS));
    ck_assert(ccs_account_is_cost(CCS_ACCOUNT_FULFILMENT));
    ck_assert(!ccs_account_is_cost(CCS_ACCOUNT_MARGIN));
    ck_assert(!ccs_account_is_cost(CCS_ACCOUNT_CASH));
    ck_assert(!ccs_account_is_cost(CCS_ACCOUNT_PAYABLE));
}
END_TEST

Suite *suite_ledger(void)
{
    Suite *suite = suite_create("ledger");
    TCase *tc = tcase_create("double entry");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_new_ledger_is_empty_and_balances);
    tcase_add_test(tc, an_entry_moves_an_amount_between_two_accounts);
    tcase_add_test(tc, a_refund_owed_and_income_have_their_signs);
    tcase_add_test(tc, sums_by_any_dimension_agree_with_a_list_of_the_entries);
    tcase_add_test(tc, a_copy_is_equal_and_independent);
    tcase_add_test(tc, the_check_finds_a_total_that_is_off);
    tcase_add_test(tc, the_check_finds_a_cell_that_is_off);
    suite_add_tcase(suite, tc);
    TCase *names = tcase_create("names");
    tcase_add_test(names, names_are_there_and_differ);
    tcase_add_test(names, failure_demand_is_the_first_eight_causes_in_their_order);
    tcase_add_test(names, costs_are_costs_and_income_and_contra_accounts_are_not);
    suite_add_tcase(suite, names);
    return suite;
}
