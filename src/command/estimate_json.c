#include <math.h>

#include "command/estimate_print.h"
#include "command/list.h"
#include "publish/estimate_words.h"

static const char *const method_keys[METHODS] = {
    [METHOD_LOGLINEAR] = "loglinear",
    [METHOD_STEPWISE] = "stepwise",
    [METHOD_LATENT] = "latent_classes",
    [METHOD_GRAPHS] = "decomposable_graphs",
};

static const char *const ruling_keys[] = {
    [RULING_REPORT] = "report", [RULING_DO_NOT_CITE] = "do not cite", [RULING_REFUSE] = "refuse"};

static const char *const reason_keys[] = {
    [REASON_TWO_LISTS] = "too_few_lists",  [REASON_NO_OVERLAP] = "no_overlap",
    [REASON_NO_MAXIMUM] = "no_maximum",    [REASON_NOT_SETTLED] = "not_settled",
    [REASON_AT_BOUND] = "at_bound",        [REASON_MODELS] = "models_disagree",
    [REASON_METHODS] = "methods_disagree", [REASON_INTERVALS] = "intervals_apart",
    [REASON_TWO_MODES] = "two_modes",      [REASON_ONE_CASE] = "one_case",
    [REASON_ONE_LIST] = "one_list",        [REASON_DELTA] = "prior_of_graphs",
    [REASON_UNBOUNDED] = "unbounded",      [REASON_INSIDE] = "list_inside",
    [REASON_APART] = "list_apart",
};

static void put_people(json_t *object, const char *key, double people)
{
    bool whole = isfinite(people) && people < 9e15;
    json_put_new(object, key, whole ? json_integer(llround(people)) : json_null());
}

static void put_decimal(json_t *object, const char *key, double value, int places)
{
    char text[40];
    snprintf(text, sizeof text, "%.*f", places, value);
    json_put_new(object, key, isfinite(value) ? json_string(text) : json_null());
}

static json_t *estimate_value(const struct estimate *e)
{
    json_t *out = json_object();
    put_people(out, "value", e->value);
    put_people(out, "low", e->low);
    put_people(out, "high", e->high);
    return out;
}

static json_t *names_of(const struct overlap *o, uint32_t lists)
{
    json_t *out = json_array();
    for (size_t i = 0; i < o->lists; i++)
        if (lists >> i & 1)
            json_append_text(out, o->names[i]);
    return out;
}

static void put_table(json_t *out, const struct overlap *o)
{
    json_t *cells = json_array(), *empty = json_array();
    for (size_t i = 0; i < o->cells_count; i++) {
        json_t *cell = json_object();
        json_put_new(cell, "lists", names_of(o, o->cells[i].lists));
        json_put_int(cell, "count", o->cells[i].count);
        json_append(cells, cell);
    }
    for (size_t i = 0; i < o->lists; i++)
        for (size_t k = i + 1; k < o->lists; k++) {
            uint32_t both = UINT32_C(1) << i | UINT32_C(1) << k;
            if (!overlap_margin(o, both))
                json_append(empty, names_of(o, both));
        }
    json_put_new(out, "lists", names_of(o, UINT32_MAX));
    json_put_new(out, "cells", cells);
    json_put_new(out, "empty_pairs", empty);
}

static void put_estimates(json_t *out, const struct assessment *a)
{
    json_t *all = json_object(), *modes = json_array();
    for (size_t i = 0; i < METHODS; i++) {
        if (!isnan(a->estimates[i].value))
            json_put_new(all, method_keys[i], estimate_value(&a->estimates[i]));
        for (size_t k = 0; a->modes_count[i] > 1 && k < a->modes_count[i]; k++)
            json_append(modes, json_integer(llround(a->modes[i][k])));
    }
    json_put_new(out, "reported",
                 a->ruling == RULING_REPORT ? estimate_value(&a->reported) : json_null());
    json_put_new(out, "estimates", all);
    json_put_new(out, "modes", modes);
}

static void put_models(json_t *out, const struct assessment *a, struct arena *arena)
{
    json_t *models = json_array();
    for (size_t i = 0; i < a->catalogue.estimable && i < MODELS_SHOWN; i++) {
        const struct candidate *c = &a->catalogue.candidates[i];
        json_t *model = json_object();
        json_put(model, "model", model_name(a->overlap, &c->model, arena));
        put_decimal(model, "bic", c->fit.bic, 4);
        put_people(model, "estimate", c->fit.estimate);
        put_decimal(model, "error", c->fit.error, 2);
        put_decimal(model, "deviance", c->fit.deviance, 5);
        json_put_int(model, "freedom", c->fit.freedom);
        json_append(models, model);
    }
    json_put_int(out, "models_fitted", (int64_t)a->catalogue.count);
    json_put_new(out, "models", models);
}

static void put_scenarios(json_t *out, const struct voice *v, const struct assessment *a,
                          struct arena *arena)
{
    json_t *changes = json_array();
    for (size_t i = 0; i < a->scenarios_count; i++) {
        const struct scenario *s = &a->scenarios[i];
        json_t *change = estimate_value(&s->latent);
        json_put(change, "change", change_words(v, arena, a->overlap, s));
        put_people(change, "stepwise", s->stepwise.value);
        json_put_new(change, "settled", json_boolean(s->settled));
        json_append(changes, change);
    }
    json_put_new(out, "sensitivity", changes);
}

static void put_chains(json_t *out, const struct latent *l)
{
    json_t *chains = json_object();
    json_put_int(chains, "chains", (int64_t)l->chains);
    json_put_int(chains, "draws", (int64_t)l->count);
    put_decimal(chains, "r_hat", l->diagnosis.shrink, 4);
    put_people(chains, "ess_bulk", l->diagnosis.bulk);
    put_people(chains, "ess_tail", l->diagnosis.tail);
    put_decimal(chains, "monte_carlo_error", l->diagnosis.error, 2);
    put_decimal(chains, "posterior_predictive", l->predictive, 3);
    json_put_new(out, "chains", chains);
}

static void put_reasons(json_t *out, const struct voice *v, const struct assessment *a,
                        struct arena *arena)
{
    json_t *reasons = json_array();
    for (size_t i = 0; i < a->reasons_count; i++) {
        json_t *reason = json_object();
        json_put(reason, "kind", str_of(reason_keys[a->reasons[i].kind]));
        json_put(reason, "text", reason_words(v, arena, a->overlap, &a->reasons[i]));
        json_append(reasons, reason);
    }
    json_put(out, "ruling", str_of(ruling_keys[a->ruling]));
    json_put_new(out, "reasons", reasons);
}

static void put_dependences(json_t *out, const struct assessment *a)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < DEPENDENCES; i++) {
        json_t *row = json_object();
        put_decimal(row, "odds_ratio", a->dependences[i].ratio, 2);
        put_people(row, "people", a->dependences[i].people);
        json_append(rows, row);
    }
    json_put_new(out, "dependence", rows);
}

void estimate_print_json(const struct voice *v, const struct estimate_source *source,
                         const struct assessment *a)
{
    json_t *out = json_object();
    struct arena arena;
    arena_init(&arena);
    json_put(out, "file", source->name);
    json_put(out, "sha256", source->hash);
    json_put_int(out, "seed", (int64_t)source->seed);
    list_json_text(out, "stratum", a->overlap->stratum);
    json_put_int(out, "documented", a->overlap->total);
    put_table(out, a->overlap);
    put_reasons(out, v, a, &arena);
    put_people(out, "chao_corrected", a->bounds.corrected);
    put_people(out, "chao_alike", a->bounds.alike);
    put_people(out, "chao_unlike", a->bounds.unlike);
    if (a->overlap->lists == 2)
        put_dependences(out, a);
    if (a->latent.count)
        put_chains(out, &a->latent);
    if (a->ruling == RULING_REFUSE) {
        json_put_new(out, "estimates", json_null());
    } else {
        put_estimates(out, a);
        put_models(out, a, &arena);
        put_scenarios(out, v, a, &arena);
    }
    print_json(out);
    arena_release(&arena);
}
