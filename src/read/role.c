#include "read/patient_int.h"
#include "read/trace.h"

enum { APPOSITION_REACH = 8, OFFICE_REACH = 5, ORGANISATION_REACH = 9, WORD_REACH = 9 };

/* what a person is whose role nothing in the document tells */
#define ROLE_UNKNOWN STR("other")

/* "X, a journalist", "X is a journalist"; another's lawyer is "X's lawyer" and "X, whose lawyer" */
static struct str role_behind(const struct page *page, const struct name *n)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    const struct entry *entry = NULL;
    size_t i = n->end;
    bool apposed =
        i < p->end && (token_is_mark(t, i, ',') || token_is_mark(t, i, '(') ||
                       page_particle(page, i, "comma") || page_particle(page, i, "passive"));
    if (!apposed || t->at[n->end - 1].possessive)
        return STR_NONE;
    for (i++; i < p->end && i < n->end + APPOSITION_REACH; i++) {
        bool ends =
            page->name_of[i] || token_is_mark(t, i, ',') || page_particle(page, i, "comma") ||
            page_particle(page, i, "its") || token_is(t, i, WORD_SAY, NULL, NULL) ||
            token_is(t, i, WORD_PRONOUN, NULL, NULL) ||
            token_is(t, i, WORD_AUXILIARY, NULL, NULL) || token_is(t, i, WORD_LIFE, NULL, NULL);
        if (token_is(t, i, WORD_ROLE, &entry, NULL))
            return entry->value;
        if (ends)
            break;
    }
    return STR_NONE;
}

static bool is_of_another(struct str role)
{
    return str_equal(role, STR("family")) || str_equal(role, STR("lawyer"));
}

/* the role word right before the name, or an office a few words before it: "the head of the
 * judiciary, X"; where verbs end the clause, kin and lawyers are the name's */
static struct str role_before(const struct page *page, const struct name *n)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    const struct entry *entry = NULL;
    for (size_t i = n->first; i > p->first && n->first - i < OFFICE_REACH; i--) {
        bool near = i == n->first;
        if (token_is_before(t, i, WORD_ROLE, &entry, NULL)) {
            bool loose = is_of_another(entry->value) || str_equal(entry->value, STR("prisoner"));
            bool taken = near ? p->verb_final && is_of_another(entry->value) : loose;
            return taken ? STR_NONE : entry->value;
        }
        bool mark = t->at[i - 1].shape == SHAPE_MARK && !token_is_mark(t, i - 1, '(') &&
                    !token_is_mark(t, i - 1, ',');
        if (page->name_of[i - 1] || mark || token_is(t, i - 1, WORD_SAY, NULL, NULL) ||
            token_is(t, i - 1, WORD_AUXILIARY, NULL, NULL) ||
            token_is(t, i - 1, WORD_LIFE, NULL, NULL) || page_particle(page, i - 1, "and"))
            break;
    }
    return STR_NONE;
}

static const struct party *organisation_over(const struct page *page, size_t i)
{
    const struct party *party =
        page->name_of[i] ? &page->parties[page->names[page->name_of[i] - 1].party] : NULL;
    return party && party->organisation ? party : NULL;
}

/* who works for a group of advocates, a paper or an office does what it does */
static struct str role_within(const struct party *organisation)
{
    bool telling = str_equal(organisation->role, STR("advocate")) ||
                   str_equal(organisation->role, STR("journalist"));
    return telling ? organisation->role : STR_NONE;
}

/* "X from ORG", "X, a researcher at ORG", "ORG researcher X" */
static struct str role_of_organisation(const struct page *page, const struct name *n)
{
    const struct passage *p = &page->passages[n->passage];
    const struct party *found = NULL;
    bool joined = false;
    for (size_t i = n->end; i < p->end && i < n->end + ORGANISATION_REACH && !found; i++) {
        found = joined ? organisation_over(page, i) : NULL;
        bool ends = has_class(page, i, WORD_SAY) || has_class(page, i, WORD_AUXILIARY) ||
                    has_class(page, i, WORD_LIFE) || (page->name_of[i] && !found) ||
                    page_particle(page, i, "relative") || page_particle(page, i, "and") ||
                    (token_is_mark(&page->tokens, i, ',') && i > n->end);
        if (ends)
            break;
        joined = joined || page_particle(page, i, "from") || page_particle(page, i, "of");
    }
    for (size_t i = n->first; !found && i > p->first && n->first - i < 3; i--)
        found = organisation_over(page, i - 1);
    return found ? role_within(found) : STR_NONE;
}

/* "fellow journalists X, Y and Z" */
static struct str role_of_list(const struct page *page, size_t name)
{
    const struct name *first = &page->names[patients_listed(page, name).from];
    const struct passage *p = &page->passages[first->passage];
    const struct entry *entry = NULL;
    bool several = first->first > p->first && has_class(page, first->first - 1, WORD_POPULATION);
    bool told = several && token_is_before(&page->tokens, first->first, WORD_ROLE, &entry, NULL);
    return told && first != &page->names[name] ? entry->value : STR_NONE;
}

static struct str role_beside(const struct page *page, const struct name *n)
{
    struct str role = role_behind(page, n);
    if (!role.len)
        role = role_before(page, n);
    if (!role.len)
        role = role_of_list(page, (size_t)(n - page->names));
    return role.len || page->passages[n->passage].verb_final ? role : role_of_organisation(page, n);
}

static void complete_roles(struct page *page)
{
    for (size_t i = 0; i < page->names_count; i++) {
        struct party *p = &page->parties[page->names[i].party];
        bool vague = !p->role.len || str_equal(p->role, ROLE_UNKNOWN);
        struct str role = vague && !p->organisation ? role_beside(page, &page->names[i]) : STR_NONE;
        if (role.len)
            p->role = role;
    }
}

static bool is_any(struct str event, const char *const events[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(event, str_of(events[i])))
            return true;
    return false;
}

/* what happened to somebody is their part in the document, unless they have another */
static void role_of_event(struct party *p, const struct life_event *e)
{
    static const char *const deaths[] = {"killed", "executed"};
    static const char *const captivity[] = {
        "arrested", "charged",    "tried",          "sentenced",        "hunger_strike",
        "tortured", "furloughed", "medical_denied", "other:imprisoned", "released"};
    bool vague = !p->role.len || str_equal(p->role, ROLE_UNKNOWN) ||
                 str_equal(p->role, STR("family")) || str_equal(p->role, STR("advocate"));
    bool died = str_equal(e->event, STR("died")) && !str_equal(p->role, STR("official"));
    if (died || is_any(e->event, deaths, COUNT_OF(deaths)))
        p->role = STR("killed");
    else if (vague && str_equal(e->event, STR("died")))
        p->role = STR("killed");
    else if (vague && is_any(e->event, captivity, COUNT_OF(captivity)))
        p->role = STR("prisoner");
}

/* the name whose mention begins at the byte, or NULL; names stand in order of the text */
static const struct name *name_at_byte(const struct page *page, size_t byte)
{
    size_t low = 0, high = page->names_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->tokens.at[page->names[middle].first].at.from < byte)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < page->names_count && page->tokens.at[page->names[low].first].at.from == byte;
    return found ? &page->names[low] : NULL;
}

static void roles_of_events(struct page *page, const struct proposals *all)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct statement *s = &all->at[i].statement;
        if (s->form != FORM_LIFE_EVENT)
            continue;
        const struct name *name = name_at_byte(page, s->life_event.person_at.from);
        if (name)
            role_of_event(&page->parties[name->party], &s->life_event);
    }
}

/* the word that gave a party its role */
struct role_word {
    size_t token, end;
    const struct entry *entry; /* NULL: no word beside it did */
};

static struct role_word word_of_value(const struct tokens *t, size_t i, const char *value)
{
    for (const struct phrase *p = t->at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (e->value.at == value)
                return (struct role_word){i, i + p->words, e};
    return (struct role_word){0};
}

/* of each party; NULL without a trace */
static struct role_word *role_words(const struct page *page)
{
    if (!page->trace)
        return NULL;
    struct role_word *words = arena_alloc(page->arena, (page->parties_count + 1) * sizeof *words);
    for (size_t k = 0; k < page->names_count; k++) {
        const struct name *n = &page->names[k];
        const struct passage *p = &page->passages[n->passage];
        struct role_word *word = &words[n->party];
        const char *role = page->parties[n->party].role.at;
        size_t first = n->first > p->first + WORD_REACH ? n->first - WORD_REACH : p->first;
        for (size_t i = first; role && i < p->end && i < n->end + WORD_REACH && !word->entry; i++)
            *word = word_of_value(&page->tokens, i, role);
    }
    return words;
}

static void explain_role(const struct page *page, const struct party *party,
                         const struct role_word *word, struct proposal *p)
{
    struct str role = p->statement.fact.value;
    const char *name =
        party->organisation ? RULE("an organisation's name") : RULE("a person's name");
    trace_value(page, p, "subject", party->form, name);
    trace_value(page, p, "subject_kind", party->form, name);
    trace_value(page, p, "property", party->form, name);
    if (word->entry)
        trace_words(page, word->token, word->end, RULE("a word beside the name or in it"),
                    word->entry);
    else
        trace_words(page, 0, 0,
                    str_equal(role, ROLE_UNKNOWN) ? RULE("no word tells")
                                                  : RULE("what happened to this person"),
                    NULL);
    trace_field(page, p, "value");
}

void roles_find(struct page *page, struct proposals *out)
{
    complete_roles(page);
    roles_of_events(page, out);
    const struct role_word *words = role_words(page);
    for (size_t i = 0; i < page->parties_count; i++) {
        const struct party *party = &page->parties[i];
        struct proposal *p = proposal_add(page, out);
        p->statement.form = FORM_FACT;
        p->statement.quote = party->at;
        p->statement.fact = (struct fact){
            .subject = party->form,
            .subject_at = party->at,
            .subject_kind = party->organisation ? STR("organisation") : STR("person"),
            .property = STR("role"),
            .value = party->role.len ? party->role : ROLE_UNKNOWN,
        };
        if (words)
            explain_role(page, party, &words[i], p);
        p->confidence = party->role.len ? 700 : 500;
        p->why = arena_print(page->arena, "%s: \"%.*s\"",
                             party->organisation ? "an organisation's name" : "a person's name",
                             STR_ARG(party->form));
    }
}
