#include "account/case_traits_int.h"

#include "text/edtf.h"
#include "text/fold.h"

enum { LAWS = 8 };

void trait_add(struct trait_list *l, struct arena *arena, struct archive_trait trait)
{
    if (!trait.value.len)
        return;
    l->at = arena_grow(arena, l->at, l->count, &l->room, sizeof *l->at);
    l->at[l->count++] = trait;
}

static void add_lasting(struct trait_list *l, struct arena *arena, struct str kind,
                        struct str value)
{
    trait_add(l, arena, (struct archive_trait){kind, str_trim(value), INT64_MIN, INT64_MAX});
}

/* The facet that a fact of this property tells of: FACETS when it tells of none. */
static enum facet fact_facet(struct str property)
{
    static const struct {
        const char *property;
        enum facet facet;
    } told[] = {{"role", FACET_GROUP},
                {"occupation", FACET_GROUP},
                {"sex", FACET_SEX},
                {"gender", FACET_SEX},
                {"nationality", FACET_NATIONALITY}};
    for (size_t i = 0; i < COUNT_OF(told); i++)
        if (str_equal(property, str_of(told[i].property)))
            return told[i].facet;
    return FACETS;
}

/* the days on which somebody was taken into prison; false for any other event */
static bool taken_on(const struct case_rules *rules, const struct life_event *e, int64_t *first,
                     int64_t *last)
{
    const struct case_rule *rule = case_rule_of(rules, e);
    return rule && rule->effect == EFFECT_BEGINS &&
           rules->states[rule->state].kept == KEPT_PRISON && e->date.len &&
           edtf_range(e->date, first, last, NULL) == OK;
}

static void add_event(const struct case_rules *rules, const struct life_event *e,
                      struct arena *arena, struct trait_list *out)
{
    const struct charge_law *laws[LAWS];
    struct str charge = case_detail(e, STR("charge"));
    struct archive_trait taken = {STR("arrested"), STR("taken"), 0, 0};
    size_t count = charge.len ? case_charges(rules, arena, charge, laws, LAWS) : 0;
    add_lasting(out, arena, STR("place"), e->place);
    add_lasting(out, arena, STR("prison"), case_detail(e, STR("prison")));
    add_lasting(out, arena, STR("charge"), charge);
    for (size_t i = 0; i < count; i++)
        add_lasting(out, arena, STR("law"), laws[i]->id);
    if (taken_on(rules, e, &taken.since, &taken.until))
        trait_add(out, arena, taken);
}

void case_traits(const struct case_rules *rules, const struct case_person *p, struct arena *arena,
                 struct trait_list *out)
{
    for (size_t i = 0; i < p->views_count; i++) {
        const struct statement *s = &p->views[i]->statement;
        if (s->form == FORM_LIFE_EVENT) {
            add_event(rules, &s->life_event, arena, out);
        } else if (s->form == FORM_FACT) {
            enum facet facet = fact_facet(s->fact.property);
            if (facet != FACETS)
                add_lasting(out, arena, str_of(facet_name(facet)), s->fact.value);
        }
    }
}

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

struct archive_profile case_profile(const struct case_person *p, const struct trait_list *traits,
                                    struct arena *arena)
{
    struct str *keys = arena_alloc(arena, (p->views_count + 1) * sizeof *keys);
    struct buf all;
    struct mention at;
    size_t count = 0;
    for (size_t i = 0; i < p->views_count; i++)
        if (mention_of_view(p->views[i], &at, &keys[count])) {
            keys[count] = fold_text(arena, keys[count]);
            count++;
        }
    if (count)
        qsort(keys, count, sizeof *keys, compare_texts);
    buf_init(&all, SIZE_MAX / 4);
    for (size_t i = 0; i < count; i++) {
        if (i && str_equal(keys[i], keys[i - 1]))
            continue;
        if (all.len)
            buf_add_byte(&all, '\n');
        buf_add(&all, keys[i]);
    }
    struct archive_profile out = {.person = p->address,
                                  .statement = p->views[0]->id,
                                  .text = p->mentions[0].text,
                                  .name = p->name,
                                  .keys = arena_copy(arena, buf_str(&all)),
                                  .traits = traits->at,
                                  .traits_count = traits->count};
    buf_release(&all);
    return out;
}
