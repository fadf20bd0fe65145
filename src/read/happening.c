#include "read/happening_int.h"

enum { TOLL_REACH = 20, PHRASE_WORDS = 8, VERBS_APART = 16 };

bool event_at(const struct tokens *t, size_t i, size_t limit, unsigned kinds,
              const struct entry **event, size_t *end)
{
    if (i >= limit || !(t->at[i].classes >> WORD_EVENT & 1))
        return false;
    for (const struct phrase *p = t->at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (e->class == WORD_EVENT && kinds >> e->kind & 1 && i + p->words <= limit) {
                *event = e;
                *end = i + p->words;
                return true;
            }
    return false;
}

/* the longest phrase of the kinds that ends right before `end` */
bool event_before(const struct tokens *t, size_t first, size_t end, unsigned kinds,
                  const struct entry **event, size_t *begin)
{
    size_t longest = end - first < PHRASE_WORDS ? end - first : PHRASE_WORDS;
    for (size_t words = longest; words > 0; words--) {
        size_t i = end - words;
        if (!(t->at[i].classes >> WORD_EVENT & 1))
            continue;
        for (const struct phrase *p = t->at[i].phrase; p; p = p->shorter)
            for (const struct entry *e = p->words == words ? p->entries : NULL; e; e = e->next)
                if (e->class == WORD_EVENT && kinds >> e->kind & 1) {
                    *event = e;
                    *begin = i;
                    return true;
                }
    }
    return false;
}

/* backwards over what may stand between a verb and its number */
size_t skip_back(const struct page *page, size_t first, size_t i)
{
    const struct tokens *t = &page->tokens;
    for (size_t steps = 0; i > first && steps < 4; steps++) {
        size_t begin = i;
        bool skipped = (!page_particle(page, i - 1, "relative") &&
                        token_is_before(t, i, WORD_DETERMINER, NULL, &begin)) ||
                       token_is_before(t, i, WORD_ADVERB, NULL, &begin);
        if (!skipped && t->at[i - 1].shape == SHAPE_MARK &&
            (token_is_mark(t, i - 1, '"') || token_is_mark(t, i - 1, '\'')))
            begin = i - 1;
        if (begin == i || begin < first)
            break;
        i = begin;
    }
    return i;
}

bool event_is_other(const struct entry *event)
{
    return str_starts(event->value, STR("other:"));
}

void first_of_list(const struct page *page, size_t first, unsigned kinds, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const struct entry *event = NULL;
    size_t at = h->first, begin = 0;
    for (size_t words = 0; words < 4; words++) {
        size_t i = at;
        while (i > first && at - i < 2 &&
               (page_particle(page, i - 1, "and") || token_is_mark(t, i - 1, ',') ||
                page_particle(page, i - 1, "comma") || token_is_mark(t, i - 1, '/')))
            i--;
        if (i == at || !event_before(t, first, i, kinds, &event, &begin))
            return;
        bool counted = begin > first && (t->at[begin - 1].shape == SHAPE_NUMBER ||
                                         token_is(t, begin - 1, WORD_NUMBER, NULL, NULL));
        if (counted)
            return;
        at = begin;
        if (event_is_other(event) && !event_is_other(h->event))
            continue;
        h->event = event;
        h->first = begin;
    }
}

/* "the number of detainees at N", "the death toll reached N" */
static bool toll(const struct page *page, const struct number *n, const struct counted *c,
                 const struct passage *p, struct happening *h)
{
    static const struct entry held = {.class = WORD_EVENT, .value = {"imprisoned", 10}};
    static const struct entry custody = {.class = WORD_EVENT, .value = {"detained", 8}};
    const struct tokens *t = &page->tokens;
    const struct entry *population = NULL;
    size_t end = 0, first = p->first;
    unsigned kinds = KINDS_OF(KIND_NOUN) | KINDS_BEHIND;
    size_t least = n->from - first < TOLL_REACH ? first : n->from - TOLL_REACH;
    size_t k = n->from;
    bool stated = p->verb_final &&
                  (page_particle(page, c->end, "stated") || page_particle(page, c->end, "copula"));
    k -= k > first && token_is_mark(t, k - 1, '"');
    bool exceeds = (n->from < n->first && page_particle(page, n->from, "reaches")) ||
                   (p->verb_final && n->bound == BOUND_MORE_THAN && k > first &&
                    page_particle(page, k - 1, "of"));
    if (k == first || (!stated && !exceeds && !page_particle(page, k - 1, "reaches")))
        return false;
    bool changed = false;
    while (k > least && !page_particle(page, k - 1, "toll") &&
           !(changed && token_is_kind(t, k - 1, WORD_POPULATION, KIND_EVENT, NULL, NULL))) {
        changed |= page_particle(page, k - 1, "changed");
        k--;
    }
    if (k == least)
        return false;
    h->rule = RULE("a toll before the number");
    h->firm = true;
    for (size_t i = k > first + 1 ? k - 2 : k - 1; i < n->from; i++) {
        if (!h->what.len && token_is(t, i, WORD_POPULATION, &population, NULL))
            h->what = population->value;
        if (event_at(t, i, n->from, kinds, &h->event, &end)) {
            h->first = i;
            h->end = end;
            if (!h->what.len)
                h->what = STR("people");
            return true;
        }
        if (!token_is(t, i, WORD_POPULATION, &population, &end))
            continue;
        bool prisoners = population->kind == KIND_HELD;
        if (!prisoners && population->kind != KIND_CUSTODY)
            continue;
        h->event = prisoners ? &held : &custody;
        h->first = i;
        h->end = end;
        return true;
    }
    return false;
}

static bool implied(const struct counted *c, struct happening *h)
{
    static const struct entry held = {.class = WORD_EVENT, .value = {"imprisoned", 10}};
    static const struct entry custody = {.class = WORD_EVENT, .value = {"detained", 8}};
    if (!c->population)
        return false;
    bool prisoners = c->population->kind == KIND_HELD,
         detained = c->population->kind == KIND_CUSTODY;
    if (!prisoners && !detained)
        return false;
    *h = (struct happening){.event = prisoners ? &held : &custody,
                            .first = c->end - 1,
                            .end = c->end,
                            .rule = RULE("the counted are held"),
                            .implied = true};
    return true;
}

/* 16 beheadings: what is counted is what happened */
static bool counted_itself(const struct page *page, const struct counted *c, struct happening *h)
{
    if (!c->population || c->population->kind != KIND_EVENT)
        return false;
    size_t begin = c->end;
    const struct entry *event = NULL;
    if (!event_before(&page->tokens, c->first, c->end,
                      KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_PARTICIPLE), &event, &begin))
        return false;
    *h = (struct happening){
        .event = event, .first = begin, .end = c->end, .rule = RULE("happenings are counted")};
    return true;
}

/* 40 cases of harassment: the noun behind the cases, or the cases themselves */
static bool inside_container(const struct page *page, const struct counted *c, size_t limit,
                             struct happening *h)
{
    static const struct entry violated = {.class = WORD_EVENT, .value = {"other:violations", 16}};
    if (!c->population || c->population->kind != KIND_CONTAINER)
        return false;
    const struct entry *event = NULL;
    size_t end = 0;
    for (size_t i = c->end; i < limit && i < c->end + 5; i++)
        if (event_at(&page->tokens, i, limit, KINDS_OF(KIND_NOUN), &event, &end)) {
            *h = (struct happening){
                .event = event, .first = i, .end = end, .rule = RULE("cases of a happening")};
            return true;
        }
    bool of = page_particle(page, c->end, "of") || page_particle(page, c->end, "against");
    *h = (struct happening){
        .event = &violated, .first = c->end - 1, .end = c->end, .rule = RULE("cases are counted")};
    return of;
}

/* the verb-final counterpart: "N cases execution" */
static bool case_of(const struct page *page, const struct counted *c, size_t limit,
                    struct happening *h)
{
    const struct entry *event = NULL;
    size_t end = 0;
    bool cases = c->population && c->population->kind == KIND_CONTAINER;
    if (!cases || !event_at(&page->tokens, c->end, limit, KINDS_OF(KIND_NOUN), &event, &end))
        return false;
    *h = (struct happening){
        .event = event, .first = c->end, .end = end, .rule = RULE("cases of a happening")};
    return true;
}

/* "the protests have reached N towns" */
static bool gatherings_before(const struct page *page, size_t first, size_t verb,
                              struct happening *h)
{
    static const struct entry held = {.class = WORD_EVENT, .value = {"other:held", 10}};
    const struct entry *who = NULL;
    for (size_t i = first; i < verb; i++)
        if (token_is(&page->tokens, i, WORD_POPULATION, &who, NULL) &&
            str_equal(who->value, STR("gatherings"))) {
            *h = (struct happening){.event = &held,
                                    .first = i,
                                    .end = verb + 1,
                                    .rule = RULE("gatherings that reach places")};
            return true;
        }
    return false;
}

/* gatherings took place in N provinces: the happening before the places */
static bool spread_over(const struct page *page, const struct number *n, const struct counted *c,
                        size_t first, struct happening *h)
{
    size_t before = n->from > first ? skip_back(page, first, n->from) : first;
    bool places = c->population && c->population->kind == KIND_PLACES && before > first;
    bool spread = places && page_particle(page, before - 1, "spreads");
    if (spread && gatherings_before(page, first, before - 1, h))
        return true;
    places = places && page_particle(page, before - 1, "from");
    unsigned kinds = KINDS_BEHIND | KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_ACTIVE);
    for (size_t i = n->from; places && i > first && n->from - i < HAPPENING_REACH; i--)
        if (event_before(&page->tokens, first, i, kinds, &h->event, &h->first)) {
            h->end = i;
            h->rule = RULE("places of the happening before");
            return true;
        }
    return false;
}

/* "the killing of A and B, N judges" */
static bool apposition(const struct page *page, const struct number *n, size_t first,
                       struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = n->from;
    if (i <= first + 1 || !(token_is_mark(t, i - 1, ',') || page_particle(page, i - 1, "comma")))
        return false;
    bool named = false;
    while (i > first && n->from - i < HAPPENING_REACH &&
           (page->name_of[i - 1] || t->at[i - 1].shape == SHAPE_MARK ||
            page_particle(page, i - 1, "and") || page_particle(page, i - 1, "comma"))) {
        named |= page->name_of[i - 1] > 0;
        i--;
    }
    bool of = i > first && page_particle(page, i - 1, "of");
    if (!named || !event_before(t, first, i - of, KINDS_OF(KIND_NOUN), &h->event, &h->first))
        return false;
    h->end = i;
    h->rule = RULE("it happened to those just named");
    return true;
}

/* attacks, closures: each that is counted was one, whomever it befell */
static bool happenings_counted(const struct page *page, const struct counted *c,
                               struct happening *h)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t end = 0;
    if (!c->population)
        return false;
    for (size_t i = c->first; i < c->end; i++) {
        if (!token_is_kind(t, i, WORD_POPULATION, KIND_CONTAINER, &entry, &end) ||
            str_equal(entry->value, STR("other:cases")))
            continue;
        *h = (struct happening){
            .event = entry, .first = i, .end = end, .rule = RULE("happenings are counted")};
        return true;
    }
    return false;
}

/* "340 violations against children": what the cases were */
static bool cases_named(const struct page *page, const struct counted *c, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t end = 0;
    for (size_t i = c->first; c->population && i < c->end; i++)
        if (token_is_kind(t, i, WORD_POPULATION, KIND_CONTAINER, NULL, NULL) &&
            event_at(t, i, c->end, KINDS_OF(KIND_NOUN), &h->event, &end)) {
            h->first = i;
            h->end = end;
            h->rule = RULE("cases that are named");
            return true;
        }
    return false;
}

/* "two explosions wounded 27": the explosions were not wounded */
static bool is_attack(const struct counted *c)
{
    return c->population && c->population->kind == KIND_CONTAINER &&
           !str_equal(c->population->value, STR("other:cases"));
}

static bool adjective(const struct counted *c, struct happening *h)
{
    if (!c->adjective)
        return false;
    *h = (struct happening){.event = c->adjective,
                            .first = c->adjective_at,
                            .end = c->adjective_at + 1,
                            .rule = RULE("participle beside the counted")};
    return true;
}

/* "deaths (at least 304)", "the arrested (about 90)" */
static bool before_bracket(const struct page *page, const struct number *n, const struct counted *c,
                           size_t first, struct happening *h)
{
    const struct tokens *t = &page->tokens;
    size_t i = n->from;
    while (i > first && n->from - i < 3 && token_has(t, i - 1, WORD_BOUND))
        i--;
    bool bare = !c->what.len && i > first + 1 && token_is_mark(t, i - 1, '(');
    if (!bare || !event_before(t, first, i - 1, KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_PARTICIPLE),
                               &h->event, &h->first))
        return false;
    h->end = i - 1;
    h->rule = RULE("noun before a bracket");
    h->firm = true;
    return true;
}

/* deaths of a sickness, not of a hand */
static bool of_epidemic(const struct page *page, size_t first, size_t end)
{
    const struct entry *unit = NULL;
    for (size_t i = first; i < end; i++)
        if (token_is(&page->tokens, i, WORD_UNIT, &unit, NULL) &&
            str_equal(unit->value, STR("epidemic")))
            return true;
    return false;
}

/* "N students had their phones seized": it did not befall the students */
static bool had_it_done(const struct page *page, const struct counted *c, const struct happening *h)
{
    if (event_is_other(h->event))
        return false;
    for (size_t i = c->end; i + 1 < h->first; i++)
        if (page_particle(page, i, "ordered") && page_particle(page, i + 1, "their"))
            return true;
    return false;
}

/* A verb that no table knows is taken when it governs the counted and no known one is joined to it.
 */
static bool main_verb(const struct page *page, const struct counted *c, size_t limit,
                      struct happening *h)
{
    struct happening open = {0};
    bool known = after_number(page, c, limit, h);
    if (known && had_it_done(page, c, h))
        return open_event(page, h->first, h->end, RULE("what befell something of theirs"), h);
    bool finite = known && (h->first > c->end || h->event->kind == KIND_INTRANSITIVE);
    if (finite && is_governed(page, c) && !page_particle(page, c->end, "relative"))
        return false;
    if (!open_verb(page, c, limit, &open))
        return known;
    bool passive = known && !event_is_other(h->event) && is_linked(page, c->end, h->first);
    bool near = known && h->first < open.end + (passive ? VERBS_APART : 6);
    for (size_t i = open.end; near && i < h->first; i++)
        near = page->tokens.at[i].shape != SHAPE_MARK && !page_particle(page, i, "relative");
    if (near || (known && h->first <= open.first))
        return true;
    *h = open;
    return true;
}

static bool is_harm(const struct entry *event)
{
    return str_equal(event->value, STR("killed")) || str_equal(event->value, STR("injured")) ||
           str_equal(event->value, STR("other:died"));
}

/* an earthquake's dead */
static bool of_disaster(const struct page *page, const struct passage *p, const struct entry *event)
{
    const struct entry *unit = NULL;
    for (size_t i = p->first; is_harm(event) && i < p->end; i++)
        if (token_is(&page->tokens, i, WORD_UNIT, &unit, NULL) &&
            str_equal(unit->value, STR("disaster")))
            return true;
    return false;
}

/* "a campaign against disappearances reported 40 cases took place": cases of what was named */
static void cases_of_before(const struct page *page, const struct number *n,
                            const struct counted *c, size_t first, struct happening *h)
{
    const struct entry *event = NULL;
    size_t begin = 0;
    if (!c->population || c->population->kind != KIND_CONTAINER)
        return;
    for (size_t i = n->from; i > first && n->from - i < HAPPENING_REACH; i--)
        if (event_before(&page->tokens, first, i, KINDS_OF(KIND_NOUN), &event, &begin)) {
            h->event = event;
            h->rule = RULE("cases of the happening before");
            return;
        }
}

/* "of the 20 people arrested in May 5 died": of the whole only this is said */
static bool right_behind(const struct page *page, const struct number *n, const struct counted *c,
                         size_t limit, struct happening *h)
{
    size_t i = c->end, end = 0;
    if (!n->whole)
        return false;
    while (i < limit && i < c->end + 4 &&
           (page_particle(page, i, "relative") ||
            token_is(&page->tokens, i, WORD_AUXILIARY, NULL, NULL)))
        i++;
    if (!event_at(&page->tokens, i, limit, KINDS_BEHIND, &h->event, &end))
        return false;
    h->first = i;
    h->end = end;
    h->rule = RULE("the whole and what befell it");
    return true;
}

/* "charged with crimes that carry the death penalty" */
static void charged_with_death(const struct page *page, size_t limit, struct happening *h)
{
    const struct entry *event = NULL;
    size_t end = 0;
    if (!str_equal(h->event->value, STR("charged")))
        return;
    for (size_t i = h->end; i < limit && i < h->end + PHRASE_WORDS; i++) {
        if (page->tokens.at[i].shape == SHAPE_MARK)
            return;
        if (event_at(&page->tokens, i, limit, KINDS_OF(KIND_NOUN) | KINDS_OF(KIND_PREDICATE),
                     &event, &end) &&
            str_equal(event->value, STR("facing_death_penalty"))) {
            h->event = event;
            h->end = end;
            return;
        }
    }
}

/* "the father of two executed students was jailed": what befell the two */
static bool of_kin(const struct page *page, const struct number *n, const struct counted *c,
                   size_t limit, struct happening *h)
{
    const struct entry *kin = NULL;
    const unsigned kinds = KINDS_OF(KIND_PARTICIPLE) | KINDS_OF(KIND_INTRANSITIVE);
    if (!token_is_before(&page->tokens, n->first, WORD_LABEL, &kin, NULL) ||
        !str_equal(kin->value, STR("kin")))
        return false;
    if (described_final(page, c, limit, h))
        return true;
    if (!event_before(&page->tokens, c->first, c->end, kinds, &h->event, &h->first))
        return false;
    h->end = c->end;
    h->rule = RULE("happenings are counted");
    return true;
}

/* "the charges of N of the executed" */
static bool charged_before(const struct page *page, const struct number *n, const struct counted *c,
                           const struct passage *p, struct happening *h)
{
    const struct entry *noun = NULL;
    size_t begin = 0;
    return event_before(&page->tokens, p->first, n->from, KINDS_OF(KIND_NOUN), &noun, &begin) &&
           str_equal(noun->value, STR("charged")) && from_those(page, c, p->end, h);
}

/* "X by three officers was killed": the count is of those who did it; what they signed or said is
 * another matter */
static bool is_done_by_them(const struct page *page, const struct number *n,
                            const struct counted *c, const struct happening *h)
{
    static const char *const own[] = {"endorsed", "voted", "testified", "identified"};
    size_t begin = 0;
    if (h->first < c->end || !page_particle_before(page, n->from, "agent", &begin))
        return false;
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (str_equal(h->event->value, str_of(own[i])))
            return false;
    return !event_is_other(h->event) || str_equal(h->event->value, STR("other:died"));
}

struct happening happening_to(const struct page *page, const struct number *n,
                              const struct counted *c)
{
    const struct passage *p = &page->passages[n->passage];
    struct happening h = {0};
    bool found = false;
    if (p->verb_final)
        found = of_kin(page, n, c, p->end, &h) || spread_over(page, n, c, p->first, &h) ||
                counted_itself(page, c, &h) || case_of(page, c, p->end, &h) ||
                endangered(page, n, c, p, &h) || charged_before(page, n, c, p, &h) ||
                noun_before(page, n, p->first, &h) || toll(page, n, c, p, &h) ||
                stands_among(page, c, p->end, &h) || issued_for(page, c, p->end, &h) ||
                issued_to(page, n, c, p, &h) || issuing_for(page, n, p->first, &h) ||
                attacked(page, n, c, p, &h) || condemned(page, c, p->end, &h) ||
                (headed(page, n, &h) && !event_is_other(h.event)) ||
                with_the_named_final(page, n, p->first, &h) || before_verb(page, c, p->end, &h) ||
                apposition(page, n, p->first, &h) || among_them(page, n, p->first, &h) ||
                from_those(page, c, p->end, &h) || described_final(page, c, p->end, &h) ||
                headed(page, n, &h) || open_verb_final(page, c, p->end, &h) ||
                happenings_counted(page, c, &h) || implied(c, &h);
    else
        found = right_behind(page, n, c, p->end, &h) || spread_over(page, n, c, p->first, &h) ||
                counted_itself(page, c, &h) || happenings_counted(page, c, &h) ||
                in_cases(page, n, c, p, &h) || inside_container(page, c, p->end, &h) ||
                cases_named(page, c, &h) || sentenced_to(page, n, c, p, &h) ||
                before_number(page, n, p->first, &h) ||
                with_the_named(page, n, c, p->first, true, &h) || included(page, n, p->first, &h) ||
                of_those(page, n, p->first, &h) || fronted(page, n, p->first, &h) ||
                toll(page, n, c, p, &h) || (c->those && adjective(c, &h)) ||
                given(page, c, p->end, &h) || suffered(page, c, p->end, &h) ||
                did(page, c, p->end, &h) || done_by(page, n, c, p->first, &h) ||
                main_verb(page, c, p->end, &h) || before_bracket(page, n, c, p->first, &h) ||
                adjective(c, &h) || headed(page, n, &h) || apposition(page, n, p->first, &h) ||
                with_the_named(page, n, c, p->first, false, &h) || governing(page, n, c, p, &h) ||
                implied(c, &h);
    if (found && str_equal(h.event->value, STR("other:held")))
        cases_of_before(page, n, c, p->first, &h);
    if (found)
        charged_with_death(page, p->end, &h);
    if (found)
        not_yet(page, n, c, p, &h);
    if (found && p->verb_final)
        carried_out(page, c->end, p->end, &h);
    found = found && !(p->verb_final && is_done_by_them(page, n, c, &h));
    bool closed = found && !event_is_other(h.event);
    if (closed && str_equal(c->what, STR("other:buildings")))
        found = false;
    if (closed && is_attack(c))
        happenings_counted(page, c, &h);
    size_t end = h.end > c->end ? h.end : c->end;
    size_t behind = end + 5 < p->end ? end + 5 : p->end;
    bool harm = found && (is_harm(h.event) || event_is_other(h.event));
    if (!found || of_disaster(page, p, h.event) ||
        (harm && of_epidemic(page, h.first < n->from ? h.first : n->from, behind)))
        h.event = NULL;
    return h;
}
