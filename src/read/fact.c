#include "read/trace.h"

enum {
    BEFORE_REACH = 7, /* tokens before a name that may describe it */
    APPOSITION_REACH = 12,
    HEALTH_REACH = 14,
    BIRTH_REACH = 8,
    HEALTH_WORDS = 6,
    OLDEST = 115,
    TENURE_REACH = 12,
    OFFICE_WORDS = 8,
};

struct teller {
    struct page *page;
    struct proposals *out;
    const struct passage *passage;
    const struct name *name;
    size_t end; /* of the name, or of "son of Y" behind it */
};

static bool is_comma(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "comma");
}

static bool is_mark(const struct page *page, size_t i)
{
    return i < page->tokens.count && page->tokens.at[i].shape == SHAPE_MARK;
}

static struct proposal *tell(struct teller *f, const char *property, struct str value, size_t first,
                             size_t end)
{
    struct page *page = f->page;
    const struct name *n = f->name;
    if (!value.len)
        return NULL;
    struct proposal *p = proposal_add(page, f->out);
    p->statement.form = FORM_FACT;
    p->statement.quote = tokens_span(&page->tokens, first < n->first ? first : n->first,
                                     end > n->end ? end : n->end);
    p->statement.fact = (struct fact){
        .subject = page->parties[n->party].form,
        .subject_at = tokens_span(&page->tokens, n->first, n->end),
        .subject_kind = STR("person"),
        .property = str_of(property),
        .value = value,
    };
    trace_made(page, p, "subject", n->first, n->end, RULE("a person's name"), NULL);
    trace_made(page, p, "subject_kind", n->first, n->end, RULE("a person's name"), NULL);
    trace_made(page, p, "property", first, end, RULE("words beside the name"), NULL);
    trace_made(page, p, "value", first, end, RULE("words beside the name"), NULL);
    p->why = arena_print(page->arena, "%s: \"%.*s\" beside the name", property,
                         STR_ARG(page_words(page, first, end)));
    return p;
}

static bool years_at(const struct page *page, size_t i, struct str *years)
{
    int64_t count = 0;
    if (i >= page->tokens.count || page->date_of[i] || page->tokens.at[i].shape != SHAPE_NUMBER ||
        !str_to_int(page->tokens.at[i].word, &count) || count < 1 || count > OLDEST)
        return false;
    *years = arena_print(page->arena, "%jd", (intmax_t)count);
    return true;
}

/* X, 36, / X (36) / X, aged 36 / X, 36 years old; where verbs end the clause, X 36-aged */
static bool age_behind(struct teller *f)
{
    const struct page *page = f->page;
    struct str years;
    size_t i = f->end;
    bool opened = is_comma(page, i) || token_is_mark(&page->tokens, i, '(');
    i += opened;
    bool worded = page_particle(page, i, "aged");
    if (worded && !years_at(page, i, &years))
        i++;
    if (i + 1 >= page->tokens.count || i >= f->passage->end || !years_at(page, i, &years))
        return false;
    bool said = page_particle(page, i + 1, "aged");
    bool bare = opened && !f->passage->verb_final &&
                (is_comma(page, i + 1) || token_is_mark(&page->tokens, i + 1, ')') ||
                 token_is(&page->tokens, i + 1, WORD_AUXILIARY, NULL, NULL));
    if (!worded && !said && !bare)
        return false;
    tell(f, "age", years, i, i + 1 + said);
    return true;
}

static bool stops_before(const struct page *page, size_t i)
{
    const struct tokens *t = &page->tokens;
    bool mark = is_mark(page, i) && !token_is_mark(t, i, '-');
    return mark || page->name_of[i] || page->date_of[i] || token_is(t, i, WORD_SAY, NULL, NULL) ||
           token_is(t, i, WORD_AUXILIARY, NULL, NULL) || token_is(t, i, WORD_VERB, NULL, NULL) ||
           page_particle(page, i, "and") || token_is(t, i, WORD_PRONOUN, NULL, NULL) ||
           page_particle(page, i, "of");
}

/* the first token of what describes the name before it */
static size_t description_begin(const struct teller *f)
{
    size_t i = f->name->first;
    while (i > f->passage->first && f->name->first - i < BEFORE_REACH &&
           !stops_before(f->page, i - 1))
        i--;
    return i;
}

/* 36-year-old X; a 36-aged man by the name X */
static void age_before(struct teller *f, size_t begin)
{
    const struct page *page = f->page;
    struct str years;
    for (size_t i = begin; i < f->name->first; i++) {
        if (!years_at(page, i, &years))
            continue;
        for (size_t k = i + 1; k < f->name->first && k < i + 5; k++)
            if (page_particle(page, k, f->passage->verb_final ? "aged" : "old")) {
                tell(f, "age", years, i, k + 1);
                return;
            }
    }
}

/* Franco-Belgian: the words of that kind joined by hyphens */
static size_t compound_end(const struct page *page, size_t i, const char *kind)
{
    size_t end = i + 1;
    while (token_is_mark(&page->tokens, end, '-') && page_particle(page, end + 1, kind))
        end += 2;
    return end;
}

static bool has_trade(const struct page *page, size_t first, size_t end)
{
    const struct entry *entry = NULL;
    for (size_t i = first; i < end; i++)
        if (page_particle(page, i, "citizen") || page_particle(page, i, "old") ||
            (token_is(&page->tokens, i, WORD_TITLE, &entry, NULL) &&
             !str_equal(entry->value, STR("official")) && !str_equal(entry->value, STR("judge"))))
            return true;
    return false;
}

static void tell_particle(struct teller *f, size_t first, size_t end, const char *particle,
                          const char *property)
{
    const struct page *page = f->page;
    for (size_t i = first; i < end; i++) {
        size_t last = 0;
        if (!page_particle_phrase(page, i, particle, &last))
            continue;
        size_t joined = compound_end(page, i, particle);
        last = joined > last ? joined : last;
        if (last <= end)
            tell(f, property, page_words(page, i, last), i, last);
        break;
    }
}

static void belonging_of(struct teller *f, size_t first, size_t end)
{
    tell_particle(f, first, end, "nation", "nationality");
    tell_particle(f, first, end, "group", "group");
}

static bool is_occupation(const struct entry *e)
{
    static const char *const others[] = {"family", "prisoner", "official", "judge"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (str_equal(e->value, str_of(others[i])))
            return false;
    return e->kind != KIND_PERSON;
}

static void trade_before(struct teller *f)
{
    const struct page *page = f->page;
    const struct entry *entry = NULL;
    size_t begin = 0, alias = 0;
    if (page_particle_before(page, f->name->first, "alias", &alias) ||
        !token_is_before(&page->tokens, f->name->first, WORD_TITLE, &entry, &begin) ||
        !is_occupation(entry) || begin < f->passage->first)
        return;
    tell(f, "occupation", page_words(page, begin, f->name->first), begin, f->name->first);
}

/* behind the comma, or behind an age and its comma */
static size_t apposition_begin(const struct teller *f)
{
    struct str years;
    size_t i = f->name->end + 1;
    bool aged = i + 1 < f->passage->end && years_at(f->page, i, &years) && is_comma(f->page, i + 1);
    return aged ? i + 2 : i;
}

static size_t apposition_end(const struct teller *f)
{
    const struct page *page = f->page;
    size_t i = apposition_begin(f);
    while (i < f->passage->end && i < f->name->end + APPOSITION_REACH && !is_mark(page, i) &&
           !token_is(&page->tokens, i, WORD_SAY, NULL, NULL) &&
           !token_is(&page->tokens, i, WORD_AUXILIARY, NULL, NULL) &&
           !page_particle(page, i, "relative"))
        i++;
    return i;
}

/* X, a German citizen; X, a teacher */
static void told_behind(struct teller *f)
{
    const struct page *page = f->page;
    size_t first = apposition_begin(f), end = apposition_end(f);
    bool verb_final = f->passage->verb_final;
    if (!is_comma(page, f->name->end) || first >= end ||
        (!verb_final && !token_is(&page->tokens, first, WORD_DETERMINER, NULL, NULL)))
        return;
    if (page->name_of[first])
        return;
    bool trade = has_trade(page, first, end);
    for (size_t i = first; i < end; i++)
        if (page->name_of[i])
            end = i;
    if (trade)
        belonging_of(f, first, end);
    for (size_t i = first; i < end && i < first + 4; i++) {
        const struct entry *entry = NULL;
        size_t last = 0;
        if (page_particle(page, i, "kin_of") || page_particle(page, i, "its"))
            return;
        if (token_is(&page->tokens, i, WORD_TITLE, &entry, &last) && last <= end &&
            is_occupation(entry)) {
            tell(f, "occupation", page_words(page, i, last), i, last);
            return;
        }
    }
}

static const struct name *person_at(const struct page *page, size_t i)
{
    const struct name *n =
        i < page->tokens.count && page->name_of[i] ? &page->names[page->name_of[i] - 1] : NULL;
    return n && !page->parties[n->party].organisation ? n : NULL;
}

/* X, son of Y; X child-of Y */
static void kin_behind(struct teller *f)
{
    f->end = f->name->end;
    const struct page *page = f->page;
    size_t i = f->name->end, to = f->passage->end;
    i += is_comma(page, i);
    i += i < to && token_is(&page->tokens, i, WORD_DETERMINER, NULL, NULL);
    if (i + 1 >= to || !page_particle(page, i, "kin_of"))
        return;
    size_t other = i + 1;
    if (!f->passage->verb_final) {
        if (!page_particle(page, other, "of"))
            return;
        other++;
    }
    const struct name *kin = other < to ? person_at(page, other) : NULL;
    size_t end = kin ? kin->end : other;
    if (!kin && f->passage->verb_final && token_is(&page->tokens, other, WORD_GIVEN, NULL, NULL))
        end = other + 1;
    if (end == other)
        return;
    tell(f, "relation", page_words(page, i, end), i, end);
    f->end = end;
}

/* Y's wife, X; the wife of Y, X; wife-of Y, X */
static void kin_before(struct teller *f)
{
    const struct page *page = f->page;
    size_t i = f->name->first;
    if (i > f->passage->first && is_comma(page, i - 1))
        i--;
    if (i <= f->passage->first + 1)
        return;
    const struct name *other = person_at(page, i - 1);
    bool of = page_particle(page, i - 1, "kin_of") && !f->passage->verb_final;
    if (of) {
        other = i >= 2 ? person_at(page, i - 2) : NULL;
        if (other && page->tokens.at[other->end - 1].possessive && other->end == i - 1)
            tell(f, "relation", page_words(page, other->first, i), other->first, i);
        return;
    }
    if (!other || other == f->name || i == f->name->first || other->first == 0)
        return;
    size_t kin = other->first - 1;
    bool far = !f->passage->verb_final;
    if (far && (kin == 0 || !page_particle(page, kin, "of")))
        return;
    kin -= far;
    if (kin >= f->passage->first && page_particle(page, kin, "kin_of"))
        tell(f, "relation", page_words(page, kin, other->end), kin, other->end);
}

static void health_of(struct teller *f)
{
    const struct page *page = f->page;
    const struct tokens *t = &page->tokens;
    size_t end = 0;
    for (size_t i = f->name->end; i < f->passage->end && i < f->name->end + HEALTH_REACH; i++) {
        if (page->name_of[i])
            return;
        if (!page_particle_phrase(page, i, "suffers", &end))
            continue;
        size_t last = end;
        while (last < f->passage->end && last < end + HEALTH_WORDS && !is_mark(page, last) &&
               !token_is(t, last, WORD_CLAUSE, NULL, NULL) && !page_particle(page, last, "and") &&
               !token_is(t, last, WORD_VERB, NULL, NULL) &&
               !token_is(t, last, WORD_AUXILIARY, NULL, NULL) && !page->name_of[last])
            last++;
        if (last > end)
            tell(f, "health", page_words(page, end, last), i, last);
        return;
    }
}

static void birth_of(struct teller *f)
{
    const struct page *page = f->page;
    size_t end = 0;
    for (size_t i = f->end; i < f->passage->end && i < f->end + BIRTH_REACH; i++) {
        if (page->name_of[i])
            return;
        if (!page_particle_phrase(page, i, "born", &end))
            continue;
        for (size_t k = end; k < f->passage->end && k < end + 2; k++) {
            const struct date_mention *d =
                page->date_of[k] ? &page->dates[page->date_of[k] - 1] : NULL;
            if (!d || str_equal(d->iso, STR("unresolved")))
                continue;
            size_t last = k;
            while (last < f->passage->end && page->date_of[last] == page->date_of[k])
                last++;
            tell(f, "birth_date", d->iso, i, last);
            return;
        }
        return;
    }
}

/* X (also known as Y): the name before is also called what this one is */
static void other_name(struct teller *f)
{
    enum { ALIAS_REACH = 6 };
    const struct page *page = f->page;
    const struct name *alias = f->name;
    size_t begin = 0;
    if (!page_particle_before(page, alias->first, "alias", &begin))
        return;
    for (size_t i = begin; i > f->passage->first && begin - i < ALIAS_REACH; i--) {
        const struct name *n = person_at(page, i - 1);
        if (!n)
            continue;
        f->name = n;
        if (n->party != alias->party)
            tell(f, "also_called", page->parties[alias->party].form, begin, alias->end);
        f->name = alias;
        return;
    }
}

/* the name is but whose child or kin the one before it is: what follows is that one's */
static bool is_of_kin(const struct teller *f)
{
    const struct page *page = f->page;
    size_t i = f->name->first;
    if (i < f->passage->first + 2)
        return false;
    size_t kin = f->passage->verb_final ? i - 1 : i - 2;
    return (f->passage->verb_final || page_particle(page, i - 1, "of")) &&
           page_particle(page, kin, "kin_of") && kin > f->passage->first &&
           (person_at(page, kin - 1) || (kin > f->passage->first + 1 && person_at(page, kin - 2)));
}

static bool is_office(const struct entry *e)
{
    return str_equal(e->value, STR("official")) || str_equal(e->value, STR("judge"));
}

/* the token of the office behind the name, or its passage's end: "X, minister", "X served as
 * mayor", "X was a judge" */
static size_t office_behind(const struct teller *f)
{
    const struct page *page = f->page;
    const struct entry *entry = NULL;
    size_t end = f->passage->end;
    for (size_t i = f->name->end; i < end && i < f->name->end + APPOSITION_REACH; i++) {
        bool title = token_is(&page->tokens, i, WORD_TITLE, &entry, NULL) && is_office(entry);
        bool role = token_is(&page->tokens, i, WORD_ROLE, &entry, NULL) && is_office(entry);
        if (title || role)
            return i;
        bool happens =
            token_is(&page->tokens, i, WORD_LIFE, NULL, NULL) && !page_particle(page, i, "served");
        if (page->name_of[i] || (page->date_of[i] && !f->passage->verb_final) || happens ||
            token_is(&page->tokens, i, WORD_SAY, NULL, NULL) ||
            token_is_mark(&page->tokens, i, '.'))
            break;
    }
    return end;
}

static const struct date_mention *date_over(const struct page *page, size_t i)
{
    const struct date_mention *d = page->date_of[i] ? &page->dates[page->date_of[i] - 1] : NULL;
    return d && !str_equal(d->iso, STR("unresolved")) ? d : NULL;
}

static bool opens_until(const struct page *page, size_t i)
{
    const struct phrase *p =
        token_has(&page->tokens, i, WORD_OPENS) ? page->tokens.at[i].phrase : NULL;
    for (; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (e->class == WORD_OPENS && str_equal(e->value, STR("until")))
                return true;
    return false;
}

/* a year of another calendar, given in days */
static bool is_one_year(struct str first, struct str last)
{
    int64_t from = 0, to = 0;
    return first.len >= 4 && last.len >= 4 && str_to_int(str_slice(first, 0, 4), &from) &&
           str_to_int(str_slice(last, 0, 4), &to) && to - from <= 1;
}

/* Dates from token `i` on, up to the clause's end: from and until when. *last is behind them. */
static bool tenure_at(const struct teller *f, size_t i, struct str *since, struct str *until,
                      size_t *last)
{
    const struct page *page = f->page;
    bool closing = false;
    const struct date_mention *before = NULL;
    for (size_t end = i + TENURE_REACH; i < f->passage->end && i < end; i++) {
        if (token_is(&page->tokens, i, WORD_LIFE, NULL, NULL) ||
            token_is(&page->tokens, i, WORD_SAY, NULL, NULL) || (is_comma(page, i) && !before) ||
            (page->name_of[i] && page->name_of[i] == page->name_of[f->name->first]))
            break;
        closing = opens_until(page, i) || (closing && !token_has(&page->tokens, i, WORD_OPENS));
        const struct date_mention *d = date_over(page, i);
        if (!d || d == before)
            continue;
        struct str rest = d->iso, from = STR_NONE;
        bool parted = memchr(d->iso.at, '/', d->iso.len) && str_cut(&rest, '/', &from);
        bool whole = parted && !is_one_year(from, rest);
        bool ends = before || closing;
        if (whole || !ends)
            *since = parted ? from : d->iso;
        if (whole || ends)
            *until = rest;
        *last = i + 1;
        if (whole || before)
            return true;
        before = d;
    }
    return since->len > 0 || until->len > 0;
}

/* a date, or "from" and the like before one */
static bool opens_date(const struct page *page, size_t i)
{
    return page->date_of[i] || ((token_is(&page->tokens, i, WORD_OPENS, NULL, NULL) ||
                                 token_is(&page->tokens, i, WORD_PREPOSITION, NULL, NULL)) &&
                                i + 1 < page->tokens.count && page->date_of[i + 1]);
}

/* X, minister of justice from 2004 to 2009 */
static void post_of(struct teller *f)
{
    const struct page *page = f->page;
    size_t first = office_behind(f), end = first, last = 0;
    struct str since = STR_NONE, until = STR_NONE;
    while (end < f->passage->end && !is_mark(page, end) && !opens_date(page, end) &&
           !token_is(&page->tokens, end, WORD_AUXILIARY, NULL, NULL) &&
           !token_is(&page->tokens, end, WORD_VERB, NULL, NULL) && end < first + OFFICE_WORDS)
        end++;
    size_t from = f->passage->verb_final ? f->name->end + 1 : end;
    if (end == first || !tenure_at(f, from, &since, &until, &last))
        return;
    struct proposal *p =
        tell(f, "post", page_words(page, first, end), first, last > end ? last : end);
    if (!p)
        return;
    p->statement.fact.since = since;
    p->statement.fact.until = until;
    trace_value(page, p, "since", since, RULE("the dates behind the office"));
    trace_value(page, p, "until", until, RULE("the dates behind the office"));
}

static void tell_of(struct teller *f)
{
    size_t begin = description_begin(f);
    kin_behind(f);
    bool kin = is_of_kin(f);
    if (!kin && !age_behind(f))
        age_before(f, begin);
    if (has_trade(f->page, begin, f->name->first))
        belonging_of(f, begin, f->name->first);
    trade_before(f);
    kin_before(f);
    if (!kin) {
        told_behind(f);
        health_of(f);
        birth_of(f);
        post_of(f);
    }
    other_name(f);
}

void facts_find(struct page *page, struct proposals *out)
{
    for (size_t i = 0; i < page->names_count; i++) {
        struct teller f = {.page = page, .out = out, .name = &page->names[i]};
        if (page->parties[f.name->party].organisation)
            continue;
        f.passage = &page->passages[f.name->passage];
        tell_of(&f);
    }
}
