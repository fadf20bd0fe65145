#include "read/patient_int.h"

enum {
    LIST_LIMIT = 12,
    LISTED_APART = 7,
    APPOSED_APART = 16,
    SPEECH_REACH = 24,
    SEMICOLON_REACH = 24
};

static bool is_person(const struct page *page, size_t name)
{
    return !page->parties[page->names[name].party].organisation;
}

size_t person_over(const struct page *page, size_t i)
{
    uint32_t name = i < page->tokens.count ? page->name_of[i] : 0;
    return name && is_person(page, name - 1) ? name - 1 : SIZE_MAX;
}

bool is_say(const struct page *page, size_t i)
{
    size_t end = i;
    return has_class(page, i, WORD_SAY) &&
           !(i > 0 && token_is(&page->tokens, i - 1, WORD_PLACE, NULL, &end) && end > i);
}

bool is_happening(const struct page *page, size_t i)
{
    if (!has_class(page, i, WORD_LIFE))
        return false;
    for (const struct phrase *p = page->tokens.at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (e->class == WORD_LIFE && e->kind != KIND_OWNED && e->kind != KIND_PRESENT &&
                e->kind != KIND_ACTIVE)
                return true;
    return false;
}

bool is_kin_or_lawyer(struct str role)
{
    return str_equal(role, STR("family")) || str_equal(role, STR("lawyer"));
}

/* "X, lawyer-of Y": Y comes in through another */
static bool is_of_another(const struct page *page, size_t i)
{
    const struct entry *entry = NULL;
    bool verb_final = page->tokens.at[i].shape == SHAPE_ARABIC;
    return verb_final && !page_particle(page, i, "kin") &&
           token_is(&page->tokens, i, WORD_TITLE, &entry, NULL) && is_kin_or_lawyer(entry->value);
}

/* the token behind "(22)" and the like that open at `i`, or `i` */
static size_t skip_parenthesis(const struct tokens *t, size_t i, size_t end)
{
    if (!token_is_mark(t, i, '('))
        return i;
    for (size_t k = i; k < end; k++)
        if (token_is_mark(t, k, ')'))
            return k + 1;
    return i;
}

/* the comma that closes ", who is a citizen," where an "and" follows it, or `i` */
static size_t skip_clause(const struct page *page, size_t i, size_t end)
{
    const struct tokens *t = &page->tokens;
    if (!token_is_mark(t, i, ',') || !page_particle(page, i + 1, "relative") ||
        end - i > APPOSED_APART)
        return i;
    for (size_t k = i + 2; k + 1 < end; k++) {
        if (is_happening(page, k) || page->name_of[k])
            break;
        if (token_is_mark(t, k, ','))
            return page_particle(page, k + 1, "and") ? k : i;
    }
    return i;
}

static bool is_joint(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "and") ||
           page_particle(page, i, "comma") || page_particle(page, i, "with");
}

/* "X, a known activist, and Y": what stands between ends in a comma and an "and" */
static bool is_apposed_list(const struct page *page, size_t first, size_t end)
{
    bool opens = is_joint(page, first) &&
                 (has_class(page, first + 1, WORD_DETERMINER) ||
                  has_class(page, first + 1, WORD_TITLE) || has_class(page, first + 1, WORD_ROLE));
    bool closes = end > first + 3 && page_particle(page, end - 1, "and") &&
                  token_is_mark(&page->tokens, end - 2, ',');
    return opens && closes && end - first <= APPOSED_APART;
}

/* "X along with Y" */
static bool is_with(const struct page *page, size_t i)
{
    return page_particle(page, i, "with") || page_particle(page, i + 1, "with") ||
           (i > 0 && page_particle(page, i - 1, "with"));
}

/* "X; Y, a teacher; and Z were": a ';' before `i` is one of a list */
static bool is_list_of_semicolons(const struct page *page, size_t i)
{
    size_t end =
        i + SEMICOLON_REACH < page->tokens.count ? i + SEMICOLON_REACH : page->tokens.count;
    for (; i + 1 < end; i++) {
        if (has_class(page, i, WORD_AUXILIARY) || is_say(page, i) || is_happening(page, i))
            break;
        if (token_is_mark(&page->tokens, i, ';') && page_particle(page, i + 1, "and"))
            return true;
    }
    return false;
}

static bool is_listing(const struct page *page, size_t first, size_t end)
{
    const struct tokens *t = &page->tokens;
    bool joint = false;
    size_t behind = skip_clause(page, skip_parenthesis(t, first, end), end);
    if (end <= behind || t->at[behind - 1].possessive)
        return false;
    bool apposed = is_apposed_list(page, behind, end);
    if (!apposed && end - behind > LISTED_APART)
        return false;
    for (size_t i = behind; i < end; i++) {
        bool verb = is_say(page, i) || has_class(page, i, WORD_AUXILIARY) ||
                    has_class(page, i, WORD_VERB) || is_happening(page, i);
        if (verb || page_particle(page, i, "relative") || is_of_another(page, i) ||
            page_particle(page, i, "followers") ||
            (!apposed && has_class(page, i, WORD_PREPOSITION) && !is_with(page, i)))
            return false;
        joint = joint || is_joint(page, i) ||
                (token_is_mark(t, i, ';') && is_list_of_semicolons(page, end));
    }
    return joint;
}

static bool is_next(const struct page *page, size_t left, size_t right)
{
    const struct name *l = &page->names[left], *r = &page->names[right];
    struct str judge = STR("judge");
    if (page->tokens.at[r->end - 1].possessive) /* "X, a former Y's aide" */
        return false;
    if (str_equal(page->parties[l->party].role, judge) !=
        str_equal(page->parties[r->party].role, judge))
        return false;
    return is_person(page, left) && is_person(page, right) && l->passage == r->passage &&
           is_listing(page, l->end, r->first);
}

/* the name before, or the one before the organisation of an apposition; SIZE_MAX at the start */
static size_t listed_before(const struct page *page, size_t name)
{
    size_t i = name > 0 ? name - 1 : SIZE_MAX;
    if (i != SIZE_MAX && i > 0 && !is_person(page, i))
        i--;
    return i != SIZE_MAX && is_next(page, i, name) ? i : SIZE_MAX;
}

static size_t listed_behind(const struct page *page, size_t name)
{
    size_t i = name + 1;
    if (i + 1 < page->names_count && !is_person(page, i))
        i++;
    return i < page->names_count && is_next(page, name, i) ? i : SIZE_MAX;
}

struct patients patients_listed(const struct page *page, size_t name)
{
    struct patients who = {name, name + 1};
    size_t next = listed_before(page, who.from);
    for (; next != SIZE_MAX && who.to - who.from < LIST_LIMIT; next = listed_before(page, next))
        who.from = next;
    next = listed_behind(page, who.to - 1);
    for (; next != SIZE_MAX && who.to - who.from < LIST_LIMIT; next = listed_behind(page, next))
        who.to = next + 1;
    return who;
}

/* "not only", "is believed to be" */
static bool is_real_after_all(const struct page *page, size_t i)
{
    size_t end = i + 1;
    bool told = page_particle(page, i, "to") && i > 0 &&
                (is_say(page, i - 1) || page_particle(page, i - 1, "deemed"));
    return told || (token_is(&page->tokens, i, WORD_ADVERB, NULL, &end) && end > i + 1);
}

static bool is_unreal_at(const struct page *page, size_t i)
{
    return !page->date_of[i] && has_class(page, i, WORD_UNREAL) && !is_real_after_all(page, i);
}

bool is_unreal(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < page->tokens.count; i++)
        if (is_unreal_at(page, i))
            return true;
    return false;
}

bool is_unreal_of(const struct page *page, const struct occurrence *o, size_t from, size_t to)
{
    if (o->event->kind != KIND_DATED && !str_equal(o->event->value, STR("hearing")))
        return is_unreal(page, from, to);
    size_t end = 0;
    for (size_t i = from; i < to && i < page->tokens.count; i++) {
        if (page_particle_phrase(page, i, "announced", &end))
            i = end - 1;
        else if (is_unreal_at(page, i))
            return true;
    }
    return false;
}

static bool is_numeral(const struct page *page, size_t i)
{
    return !page->date_of[i] &&
           (page->tokens.at[i].shape == SHAPE_NUMBER || has_class(page, i, WORD_NUMBER) ||
            has_class(page, i, WORD_SCALE) || has_class(page, i, WORD_VAGUE));
}

/* "mother of two children" */
static bool is_of_kin(const struct page *page, size_t i)
{
    const struct entry *title = NULL;
    return token_is_before(&page->tokens, i, WORD_TITLE, &title, NULL) &&
           is_kin_or_lawyer(title->value);
}

bool is_counted(const struct page *page, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_numeral(page, i) && !is_of_kin(page, i) &&
            (has_class(page, i + 1, WORD_COUNTER) || has_class(page, i + 1, WORD_POPULATION)) &&
            !has_class(page, i + 1, WORD_UNIT))
            return true;
    return false;
}

bool person_speaks(const struct page *page, size_t name)
{
    const struct name *n = &page->names[name];
    const struct passage *p = &page->passages[n->passage];
    for (size_t i = n->end; i < p->end && i < n->end + SPEECH_REACH; i++) {
        if (has_class(page, i, WORD_ACCORDING))
            break;
        if (is_say(page, i))
            return true;
    }
    for (size_t i = n->first; i > p->first && n->first - i < 5; i--)
        if (is_say(page, i - 1) || has_class(page, i - 1, WORD_ACCORDING))
            return true;
    return false;
}
