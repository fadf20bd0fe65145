#include "read/patient_int.h"
#include "read/role_int.h"
#include "read/trace.h"

enum { WORD_REACH = 9 };

static bool is_vague(struct str role)
{
    return !role.len || str_equal(role, ROLE_UNKNOWN);
}

static void complete_roles(struct page *page)
{
    for (size_t i = 0; i < page->names_count; i++) {
        const struct name *n = &page->names[i];
        struct party *p = &page->parties[n->party];
        struct str role = p->organisation     ? role_of_apposed_organisation(page, n)
                          : is_vague(p->role) ? role_beside(page, n)
                                              : role_over_title(page, n);
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

static bool is_custody(struct str event)
{
    static const char *const events[] = {"arrested",
                                         "charged",
                                         "tried",
                                         "sentenced",
                                         "pardoned",
                                         "furloughed",
                                         "other:imprisoned",
                                         "other:detained",
                                         "other:convicted",
                                         "other:disappeared",
                                         "other:house_arrest",
                                         "other:solitary_confinement"};
    return is_any(event, events, COUNT_OF(events));
}

static bool is_suffered(struct str event)
{
    static const char *const events[] = {
        "hunger_strike", "tortured", "medical_denied",         "released",
        "transferred",   "hearing",  "other:forced_confession"};
    return is_any(event, events, COUNT_OF(events));
}

/* what happened to somebody is their part in the document, unless they have another */
static void role_of_event(struct party *p, const struct life_event *e)
{
    static const char *const deaths[] = {"killed", "executed"};
    bool open = is_vague(p->role) || str_equal(p->role, STR("advocate"));
    bool kin = str_equal(p->role, STR("family")) || str_equal(p->role, STR("expert"));
    bool died = str_equal(e->event, STR("died")) && !str_equal(p->role, STR("official"));
    if (died || is_any(e->event, deaths, COUNT_OF(deaths)))
        p->role = STR("killed");
    else if (((open || kin) && is_custody(e->event)) || (open && is_suffered(e->event)))
        p->role = STR("prisoner");
}

/* the name whose mention begins at the byte, or NULL; names stand in order of the text */
const struct name *name_beginning_at(const struct page *page, size_t byte)
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
        const struct name *name = name_beginning_at(page, s->life_event.person_at.from);
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
        p->why = arena_print(page->arena, "%s: \"%.*s\"",
                             party->organisation ? "an organisation's name" : "a person's name",
                             STR_ARG(party->form));
    }
}
