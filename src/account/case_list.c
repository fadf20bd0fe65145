#include "account/case_list.h"

#include "account/value.h"
#include "text/fold.h"

struct asked {
    const struct case_rules *rules;
    uint32_t states; /* 0: all */
    struct str group, charge, place, name;
    const struct charge_law *law; /* that `charge` is the id of, or NULL */
    int64_t day;
    struct arena *arena;
};

enum outcome case_states_asked(const struct case_rules *rules, struct str name, uint32_t *out,
                               struct fault *why)
{
    size_t state;
    *out = 0;
    if (!name.len)
        return OK;
    for (size_t i = 0; i < rules->states_count && str_equal(name, STR("held")); i++)
        *out |= (uint32_t)(rules->states[i].kept != KEPT_NOT) << i;
    if (case_state_find(rules, name, &state))
        *out = UINT32_C(1) << state;
    if (*out)
        return OK;
    struct buf names;
    buf_init(&names, 1024);
    for (size_t i = 0; i < rules->states_count; i++)
        buf_print(&names, " %.*s", STR_ARG(rules->states[i].name));
    enum outcome result = refuse(why, REFUSED, "no state is called \"%.*s\"; there are held%.*s",
                                 STR_ARG(name), STR_ARG(buf_str(&names)));
    buf_release(&names);
    return result;
}

static bool holds_part(const struct asked *a, struct str text, struct str part)
{
    return text.len && str_find(fold_text(a->arena, text), part, 0) != SIZE_MAX;
}

static bool is_in_group(const struct asked *a, const struct statement *s)
{
    return s->form == FORM_FACT &&
           (str_equal(s->fact.property, STR("role")) ||
            str_equal(s->fact.property, STR("occupation"))) &&
           holds_part(a, label_words(a->arena, s->fact.value), a->group);
}

static bool is_charged(const struct asked *a, const struct statement *s)
{
    const struct charge_law *laws[8];
    struct str charge =
        s->form == FORM_LIFE_EVENT ? case_detail(&s->life_event, STR("charge")) : STR_NONE;
    if (!charge.len)
        return false;
    if (holds_part(a, charge, a->charge))
        return true;
    size_t count = a->law ? case_charges(a->rules, a->arena, charge, laws, COUNT_OF(laws)) : 0;
    for (size_t i = 0; i < count; i++)
        if (laws[i] == a->law)
            return true;
    return false;
}

static bool is_at_place(const struct asked *a, const struct statement *s)
{
    return s->form == FORM_LIFE_EVENT &&
           (holds_part(a, s->life_event.place, a->place) ||
            holds_part(a, case_detail(&s->life_event, STR("prison")), a->place));
}

static bool any_says(const struct asked *a, const struct case_person *p, struct str part,
                     bool (*says)(const struct asked *, const struct statement *))
{
    for (size_t i = 0; i < p->views_count; i++)
        if (says(a, &p->views[i]->statement))
            return true;
    return !part.len;
}

static uint32_t states_of(const struct case_standing *s)
{
    uint32_t set = 0;
    for (size_t i = 0; i < s->count; i++)
        set |= UINT32_C(1) << s->at[i].state;
    return set;
}

static bool stands_so(const struct asked *a, struct case_row *row)
{
    const struct case_person *p = row->person;
    struct case_history decided, all;
    struct case_standing proposed;
    size_t doubts;
    case_history_make(a->rules, p->views, p->views_count, CASE_DECIDED, a->arena, &decided);
    case_history_make(a->rules, p->views, p->views_count, CASE_PROPOSED, a->arena, &all);
    case_standing_on(&decided, a->day, &row->standing);
    case_standing_on(&all, a->day, &proposed);
    bool fits = !a->states || (states_of(&row->standing) & a->states);
    if (!fits && !(states_of(&proposed) & a->states))
        return false;
    row->proposed = !fits || !decided.count;
    if (row->proposed)
        row->standing = proposed;
    struct case_doubt *found = case_doubts(&all, a->arena, &doubts);
    for (size_t i = 0; i < doubts; i++)
        row->doubtful |= case_doubt_contradicts(found[i].kind);
    return true;
}

static size_t documents_of(const struct case_person *p)
{
    size_t documents = 0;
    for (size_t i = 0; i < p->views_count; i++) {
        size_t known = 0;
        while (known < i && !hash_equal(&p->views[known]->document, &p->views[i]->document))
            known++;
        documents += known == i;
    }
    return documents;
}

static int compare_rows(const void *left, const void *right)
{
    const struct case_row *a = left, *b = right;
    int order = str_compare(a->person->name, b->person->name);
    return order ? order : hash_compare(&a->person->address, &b->person->address);
}

enum outcome case_list(const struct case_rules *rules, const struct case_question *q,
                       const struct case_person *people, size_t people_count, struct arena *arena,
                       struct case_row **out, size_t *count, struct fault *why)
{
    struct asked a = {.rules = rules,
                      .group = fold_text(arena, q->group),
                      .charge = fold_text(arena, q->charge),
                      .place = fold_text(arena, q->place),
                      .name = fold_text(arena, q->name),
                      .day = q->day,
                      .arena = arena};
    enum outcome result = case_states_asked(rules, q->state, &a.states, why);
    for (size_t i = 0; i < rules->charges_count; i++)
        if (str_equal(rules->charges[i].id, q->charge))
            a.law = &rules->charges[i];
    size_t room = 0;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; i < people_count && result == OK; i++) {
        struct case_row row = {.person = &people[i]};
        if (!any_says(&a, row.person, a.group, is_in_group) ||
            !any_says(&a, row.person, a.charge, is_charged) ||
            !any_says(&a, row.person, a.place, is_at_place) ||
            (a.name.len && !case_person_is_named(row.person, a.name, false, arena)) ||
            !stands_so(&a, &row))
            continue;
        row.documents = documents_of(row.person);
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] = row;
    }
    if (*count)
        qsort(*out, *count, sizeof **out, compare_rows);
    return result;
}
