/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and margins, by count or customer by customer: see worth.h. */
#include "world/case/worth.h"

#include "base/units.h"
#include "world/case/customer.h"

static const struct ccs_customer *customer_of(const struct ccs_world *w, uint32_t customer)
{
    return &((const struct ccs_customer *)w->customers.data)[customer];
}

static double years_since_t0(const struct ccs_world *w, ccs_time t)
{
    return (double)(t - w->origin) / (double)CCS_US_PER_YEAR;
}

/* V where all customers are alike. */
static double segment_value(const struct ccs_world *w, uint16_t segment)
{
    const struct ccs_segment_config *sg = ccs_segment_of(w, segment);
    double rate = sg->churn_hazard_per_year + w->model->config->run.discount_rate_per_year;
    return rate > 0 ? 12.0 * sg->margin_per_month / rate : 0.0;
}

double ccs_customer_value(const struct ccs_world *w, uint32_t customer)
{
    uint16_t segment = customer_of(w, customer)->segment;
    if (segment >= w->model->segment_n) {
        return 0.0;
    }
    const struct ccs_tenure_curve *curve = ccs_customer_curve(w, customer);
    return curve ? ccs_tenure_value(curve, ccs_customer_tenure_at(w, customer, w->now))
                 : segment_value(w, segment);
}

const struct ccs_opportunists_config *ccs_customer_opportunism(const struct ccs_world *w,
                                                               uint32_t customer)
{
    const struct ccs_customer *cu = customer_of(w, customer);
    return cu->is_opportunist ? w->model->worth[cu->segment]->opportunists : NULL;
}

/* The places of a segment's customers: from the first to before the end. */
struct places {
    uint32_t first, end;
};

static struct places places_of(const struct ccs_world *w, uint16_t segment)
{
    struct places places = {0};
    for (uint16_t s = 0; s <= segment; s++) {
        places.first = places.end;
        places.end += (uint32_t)ccs_segment_of(w, s)->population;
    }
    return places;
}

double ccs_population_value(const struct ccs_world *w, uint16_t segment)
{
    const struct ccs_population *pop =
        &((const struct ccs_population *)w->populations.data)[segment];
    if (!w->model->worth[segment]) {
        return segment_value(w, segment) * (double)pop->active;
    }
    struct places places = places_of(w, segment);
    double sum = 0.0;
    for (uint32_t i = places.first; i < places.end; i++) {
        sum += customer_of(w, i)->is_gone ? 0.0
                                          : ccs_tenure_value(ccs_customer_curve(w, i),
                                                             ccs_customer_tenure_at(w, i, w->now));
    }
    return sum;
}

/* Integral of h0 V e^(-delta t) over a customer's time from t0 to `now`. */
static double hazard_value(const struct ccs_world *w, uint32_t customer)
{
    return ccs_tenure_hazard_value(ccs_customer_curve(w, customer),
                                   ccs_customer_tenure_at(w, customer, w->origin),
                                   ccs_customer_tenure_at(w, customer, w->now), 0.0);
}

double ccs_population_hazard_value(const struct ccs_world *w, uint16_t segment)
{
    const struct ccs_population *pop =
        &((const struct ccs_population *)w->populations.data)[segment];
    if (!w->model->worth[segment]) {
        return ccs_segment_of(w, segment)->churn_hazard_per_year * segment_value(w, segment) *
               pop->discounted_us / (double)CCS_US_PER_YEAR;
    }
    struct places places = places_of(w, segment);
    double sum = pop->hazard_value_pv;
    for (uint32_t i = places.first; i < places.end; i++) {
        sum += customer_of(w, i)->is_gone ? 0.0 : hazard_value(w, i);
    }
    return sum;
}

/* Adds what the customer has brought since the last closing. */
static void add_margin(const struct ccs_world *w, uint32_t customer, ccs_time since, double *margin,
                       double *margin_pv)
{
    const struct ccs_tenure_curve *curve = ccs_customer_curve(w, customer);
    double from = ccs_customer_tenure_at(w, customer, since);
    double to = ccs_customer_tenure_at(w, customer, w->now);
    *margin += ccs_tenure_margin(curve, from, to);
    *margin_pv += ccs_tenure_margin_pv(curve, from, to, years_since_t0(w, since));
}

void ccs_population_take_margin(struct ccs_world *w, uint16_t segment, double *margin,
                                double *margin_pv)
{
    struct ccs_population *pop = ccs_population_at(w, segment);
    struct places places = places_of(w, segment);
    double begin = years_since_t0(w, pop->margin_from);
    double years = years_since_t0(w, w->now) - begin;
    double discounted =
        ccs_discounted_years(w->model->config->run.discount_rate_per_year, begin, years);
    double per_year = 0.0; /* of those whose margin has not changed since then */
    *margin = pop->margin;
    *margin_pv = pop->margin_pv;
    for (uint32_t i = places.first; i < places.end; i++) {
        if (customer_of(w, i)->is_gone) {
            continue;
        }
        double from = ccs_customer_tenure_at(w, i, pop->margin_from);
        const struct ccs_tenure_piece *piece =
            ccs_tenure_common_piece(ccs_customer_curve(w, i), from, from + years);
        if (piece) {
            per_year += piece->margin_per_year;
        } else {
            add_margin(w, i, pop->margin_from, margin, margin_pv);
        }
    }
    *margin += per_year * years;
    *margin_pv += per_year * discounted;
    pop->margin_from = w->now;
    pop->margin = pop->margin_pv = 0.0;
}

void ccs_worth_leave(struct ccs_world *w, uint32_t customer)
{
    uint16_t segment = customer_of(w, customer)->segment;
    if (w->model->worth[segment]) {
        struct ccs_population *pop = ccs_population_at(w, segment);
        add_margin(w, customer, pop->margin_from, &pop->margin, &pop->margin_pv);
        pop->hazard_value_pv += hazard_value(w, customer);
    }
}
