#include "case/case_asked_int.h"

#include "case/decided.h"
#include "text/edtf.h"
#include "text/fold.h"

static const char *const facet_names[FACETS] = {"state",  "group", "charge",      "place",
                                                "prison", "sex",   "nationality", "arrested"};

const char *facet_name(enum facet facet)
{
    return facet_names[facet];
}

enum facet facet_find(struct str name)
{
    size_t i = 0;
    while (i < FACETS && !str_equal(name, str_of(facet_names[i])))
        i++;
    return (enum facet)i;
}

/* all when it names none */
static enum outcome states_asked(const struct case_rules *rules, struct str name, uint32_t *out,
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

/* ---- whether a trait is what was asked for ---- */

static bool is_label(enum facet facet)
{
    return facet == FACET_GROUP || facet == FACET_SEX || facet == FACET_NATIONALITY;
}

struct str facet_folded(struct arena *arena, enum facet facet, struct str text)
{
    return fold_text(arena, is_label(facet) ? label_words(arena, text) : text);
}

/* whether traits of the kind tell of the facet */
static bool facet_tells(enum facet facet, struct str kind)
{
    if (str_equal(kind, str_of(facet_names[facet])))
        return true;
    return (facet == FACET_CHARGE && str_equal(kind, STR("law"))) ||
           (facet == FACET_PLACE && str_equal(kind, STR("prison")));
}

bool facet_fits(enum facet facet, struct str kind, struct str value, struct str folded,
                struct str asked, struct str asked_folded)
{
    if (!facet_tells(facet, kind))
        return false;
    if (str_equal(kind, STR("law")))
        return str_equal(value, asked);
    if (facet == FACET_SEX || facet == FACET_NATIONALITY)
        return str_equal(folded, asked_folded);
    return asked_folded.len && str_find(folded, asked_folded, 0) != SIZE_MAX;
}

static bool trait_answers(const struct asked *a, enum facet facet, const struct archive_trait *t)
{
    if (facet == FACET_ARRESTED)
        return str_equal(t->kind, STR("arrested")) && t->since <= a->last && a->first <= t->until;
    return facet_tells(facet, t->kind) &&
           facet_fits(facet, t->kind, t->value, facet_folded(a->arena, facet, t->value),
                      a->question->of[facet], a->folded[facet]);
}

static bool answers(const struct asked *a, const struct case_person *p)
{
    struct trait_list traits = {NULL, 0, 0};
    case_traits(a->rules, p, a->arena, &traits);
    for (enum facet f = FACET_STATE + 1; f < FACETS; f++) {
        bool any = !a->question->of[f].len;
        for (size_t i = 0; i < traits.count && !any; i++)
            any = trait_answers(a, f, &traits.at[i]);
        if (!any)
            return false;
    }
    return true;
}

enum outcome asked_read(const struct case_rules *rules, const struct case_question *q,
                        struct arena *arena, struct asked *out, struct fault *why)
{
    struct str date = q->of[FACET_ARRESTED];
    *out = (struct asked){.rules = rules, .question = q, .arena = arena};
    out->name = fold_text(arena, q->name);
    for (enum facet f = 0; f < FACETS; f++)
        out->folded[f] = facet_folded(arena, f, q->of[f]);
    if (date.len && edtf_range(date, &out->first, &out->last, NULL) != OK)
        return refuse(why, REFUSED, "\"%.*s\" is not a date, such as 2022-09 or 2022-09/2022-12",
                      STR_ARG(date));
    return states_asked(rules, q->of[FACET_STATE], &out->states, why);
}

uint32_t asked_answers(const struct asked *a, struct str kind, struct str value, struct str folded)
{
    uint32_t answers = 0;
    size_t state;
    if (facet_tells(FACET_STATE, kind))
        return case_state_find(a->rules, value, &state) ? a->states >> state & 1 : 0;
    for (enum facet f = FACET_STATE + 1; f < FACETS; f++)
        if (a->question->of[f].len &&
            (f == FACET_ARRESTED
                 ? facet_tells(f, kind)
                 : facet_fits(f, kind, value, folded, a->question->of[f], a->folded[f])))
            answers |= UINT32_C(1) << f;
    return answers;
}

uint32_t asked_facets(const struct asked *a)
{
    uint32_t out = 0;
    for (enum facet f = 0; f < FACETS; f++)
        out |= (uint32_t)(a->question->of[f].len > 0) << f;
    return out;
}

/* ---- the list ---- */

static uint32_t states_of(const struct case_standing *s)
{
    uint32_t set = 0;
    for (size_t i = 0; i < s->count; i++)
        set |= UINT32_C(1) << s->at[i].state;
    return set;
}

/* whether what was accepted is enough for all that is asked but the state */
static bool is_decided(const struct asked *a, const struct case_person *p)
{
    struct case_person accepted = *p;
    const struct statement_view **views =
        arena_alloc(a->arena, (p->views_count + 1) * sizeof *views);
    accepted.views = views;
    accepted.views_count = 0;
    for (size_t i = 0; i < p->views_count; i++)
        if (p->views[i]->state == VIEW_ACCEPTED && !p->views[i]->undecided)
            views[accepted.views_count++] = p->views[i];
    return accepted.views_count && answers(a, &accepted);
}

static bool stands_so(const struct asked *a, struct case_row *row)
{
    const struct case_person *p = row->person;
    struct case_history decided, all;
    struct case_standing proposed;
    size_t doubts;
    case_history_make(a->rules, p->views, p->views_count, CASE_DECIDED, a->arena, &decided);
    case_history_make(a->rules, p->views, p->views_count, CASE_PROPOSED, a->arena, &all);
    case_standing_on(&decided, a->question->day, &row->standing);
    case_standing_on(&all, a->question->day, &proposed);
    bool stands = !a->states || (states_of(&row->standing) & a->states);
    if (!(decided.count && stands) && a->states && !(states_of(&proposed) & a->states))
        return false;
    row->proposed = !stands || (all.count && !decided.count) || !is_decided(a, p);
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
    struct asked a;
    enum outcome result = asked_read(rules, q, arena, &a, why);
    size_t room = 0;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; i < people_count && result == OK; i++) {
        struct case_row row = {.person = &people[i]};
        if ((a.name.len && !case_person_is_named(row.person, a.name, false, arena)) ||
            !answers(&a, row.person) || !stands_so(&a, &row))
            continue;
        row.documents = documents_of(row.person);
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] = row;
    }
    if (*count)
        qsort(*out, *count, sizeof **out, compare_rows);
    return result;
}
