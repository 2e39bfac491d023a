/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A check as JSON: {"ok", "scenario": {"name", "hash", "seed", "replications"}, "baseline": null or
 * {"file", "mode", "verdict", "silence", "facts": [...], "metrics": [every metric]},
 * "expectations": [...]}.
 */
#include "report/check.h"

#include "base/json_out.h"

#include <math.h>

static void put_interval(struct ccs_json_out *out, const char *key, double lo, double hi)
{
    ccs_json_out_key(out, key);
    if (isnan(lo) || isnan(hi)) {
        ccs_json_out_null(out);
        return;
    }
    ccs_json_out_begin_array(out);
    ccs_json_out_double(out, lo);
    ccs_json_out_double(out, hi);
    ccs_json_out_end_array(out);
}

static void put_side(struct ccs_json_out *out, const char *key, const struct ccs_baseline_metric *m)
{
    ccs_json_out_key(out, key);
    if (!m) {
        ccs_json_out_null(out);
        return;
    }
    ccs_json_out_begin_object(out);
    ccs_json_out_put_double(out, "mean", m->mean);
    put_interval(out, "ci95", m->lo, m->hi);
    ccs_json_out_end_object(out);
}

static void put_line(struct ccs_json_out *out, enum ccs_regression_mode mode,
                     const struct ccs_regression_line *line)
{
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "policy", line->policy);
    ccs_json_out_put_string(out, "metric", line->metric);
    ccs_json_out_put_string(out, "unit", line->unit);
    put_side(out, "baseline", line->was);
    put_side(out, "now", line->now);
    ccs_json_out_put_double(out, "difference", line->difference);
    ccs_json_out_put_double(out, mode == CCS_REGRESSION_EQUIVALENCE ? "margin" : "tolerance",
                            line->width);
    if (mode == CCS_REGRESSION_EQUIVALENCE) {
        ccs_json_out_put_double(out, "p", line->p);
    }
    ccs_json_out_put_string(out, "outcome", ccs_regression_outcome_name(mode, line->outcome));
    ccs_json_out_end_object(out);
}

static void put_gate(struct ccs_json_out *out, const struct ccs_check *check)
{
    const struct ccs_regression *regression = check->regression;
    ccs_json_out_key(out, "baseline");
    if (!regression) {
        ccs_json_out_null(out);
        return;
    }
    ccs_json_out_begin_object(out);
    ccs_json_out_put_string(out, "file", check->baseline);
    ccs_json_out_put_string(out, "mode", ccs_regression_mode_name(regression->mode));
    ccs_json_out_put_bool(out, "ok", regression->is_ok);
    ccs_json_out_put_string(out, "verdict", regression->verdict);
    if (regression->mode == CCS_REGRESSION_EQUIVALENCE) {
        ccs_json_out_put_double(out, "silence",
                                regression->is_lenient ? 0.95 : regression->silence);
    }
    ccs_json_out_key(out, "facts");
    ccs_json_out_begin_array(out);
    for (size_t i = 0; i < regression->fact_n; i++) {
        ccs_json_out_begin_object(out);
        ccs_json_out_put_string(out, "what", regression->facts[i].what);
        ccs_json_out_put_string(out, "text", regression->facts[i].text);
        ccs_json_out_put_bool(out, "fails", regression->facts[i].is_fault);
        ccs_json_out_end_object(out);
    }
    ccs_json_out_end_array(out);
    ccs_json_out_key(out, "metrics");
    ccs_json_out_begin_array(out);
    for (size_t i = 0; i < regression->line_n; i++) {
        put_line(out, regression->mode, &regression->lines[i]);
    }
    ccs_json_out_end_array(out);
    ccs_json_out_end_object(out);
}

static void put_expectations(struct ccs_json_out *out, const struct ccs_expect_report *expect)
{
    ccs_json_out_key(out, "expectations");
    ccs_json_out_begin_array(out);
    for (size_t i = 0; i < expect->n; i++) {
        const struct ccs_expect_test *t = &expect->tests[i];
        ccs_json_out_begin_object(out);
        ccs_json_out_put_string(out, "expectation", t->expectation->text);
        ccs_json_out_put_string(out, "policy", t->policy);
        ccs_json_out_put_double(out, "mean", t->estimate.mean);
        put_interval(out, "ci95", t->estimate.lo, t->estimate.hi);
        ccs_json_out_put_double(out, "p_adjusted", t->p);
        ccs_json_out_put_string(out, "outcome", ccs_expect_outcome_name(t->outcome));
        ccs_json_out_end_object(out);
    }
    ccs_json_out_end_array(out);
}

ccs_status ccs_report_check_json(const struct ccs_check *check, struct ccs_report *report)
{
    struct ccs_json_out out;
    *report = (struct ccs_report){0};
    ccs_json_out_init(&out);
    ccs_json_out_begin_object(&out);
    ccs_json_out_put_bool(&out, "ok", check->is_ok);
    ccs_json_out_key(&out, "scenario");
    ccs_json_out_begin_object(&out);
    ccs_json_out_put_string(&out, "name", check->scenario->name);
    ccs_json_out_put_hash(&out, "hash", check->scenario->hash);
    ccs_json_out_put_int(&out, "seed", (int64_t)check->seed);
    ccs_json_out_put_int(&out, "replications", (int64_t)check->replications);
    ccs_json_out_end_object(&out);
    put_gate(&out, check);
    put_expectations(&out, check->expect);
    ccs_json_out_end_object(&out);
    ccs_status status = ccs_json_out_finish(&out);
    if (!status) {
        *report = (struct ccs_report){out.text, out.len};
        out.text = NULL;
    }
    ccs_json_out_fini(&out);
    return status;
}
