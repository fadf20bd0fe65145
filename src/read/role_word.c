#include "read/name_int.h"
#include "read/patient_int.h"
#include "read/role_int.h"

enum { APPOSITION_REACH = 10, OFFICE_REACH = 5, ORGANISATION_REACH = 8, OWNER_REACH = 3 };

/* A word for what somebody is. */
struct calling {
    struct str role;
    size_t first, end;
    bool several; /* journalists, prisoners */
};

static bool is_comma(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "comma");
}

static bool is_of_another(struct str role)
{
    return str_equal(role, STR("family")) || str_equal(role, STR("lawyer"));
}

/* prisoners, journalists: what several are called, as what one of them is */
static struct str role_of_population(const struct entry *e)
{
    static const char *const roles[][2] = {{"prisoners", "prisoner"},
                                           {"political_prisoners", "prisoner"},
                                           {"journalists", "journalist"},
                                           {"lawyers", "lawyer"},
                                           {"officials", "official"}};
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (str_equal(e->value, str_of(roles[i][0])))
            return str_of(roles[i][1]);
    return STR_NONE;
}

static bool is_telling_title(const struct entry *e)
{
    return e->kind != KIND_PERSON && !str_equal(e->value, ROLE_UNKNOWN);
}

static bool role_word_at(const struct page *page, size_t i, struct calling *out)
{
    const struct tokens *t = &page->tokens;
    const struct entry *entry = NULL;
    size_t end = i;
    *out = (struct calling){.first = i};
    if (token_is(t, i, WORD_TITLE, &entry, &end) && is_telling_title(entry))
        *out = (struct calling){entry->value, i, end, false};
    if (token_is(t, i, WORD_ROLE, &entry, &end) && end > out->end)
        *out = (struct calling){entry->value, i, end, false};
    if (token_is(t, i, WORD_POPULATION, &entry, &end) && end > out->end &&
        role_of_population(entry).len)
        *out = (struct calling){role_of_population(entry), i, end, true};
    /* the opposition's leader is no leader of the state */
    if (out->role.len && token_is(t, i, WORD_TITLE, &entry, &end) && end > out->end &&
        entry->kind != KIND_PERSON) {
        out->role = entry->value;
        out->end = end;
    }
    return out->role.len > 0;
}

static bool role_word_before(const struct page *page, size_t end, struct calling *out)
{
    enum { PHRASE_LIMIT = 5 };
    for (size_t words = end < PHRASE_LIMIT ? end : PHRASE_LIMIT; words > 0; words--)
        if (role_word_at(page, end - words, out) && out->end == end)
            return true;
    return false;
}

static bool opens_clause(const struct page *page, size_t i)
{
    return has_class(page, i, WORD_SAY) || has_class(page, i, WORD_AUXILIARY) ||
           has_class(page, i, WORD_LIFE) || page_particle(page, i, "relative");
}

static const struct party *organisation_over(const struct page *page, size_t i)
{
    const struct party *party = i < page->tokens.count && page->name_of[i]
                                    ? &page->parties[page->names[page->name_of[i] - 1].party]
                                    : NULL;
    return party && party->organisation ? party : NULL;
}

static bool is_person_over(const struct page *page, size_t i)
{
    return page->name_of[i] && !organisation_over(page, i);
}

/* "rapporteur on the independence of judges and lawyers": an expert's field, however long */
static void climb(const struct page *page, const struct passage *p, struct calling *word)
{
    enum { FIELD_REACH = 9 };
    struct calling head;
    for (size_t i = word->first, steps = 0; i > p->first && steps < FIELD_REACH; i--, steps++) {
        if (role_word_before(page, i, &head) && head.first >= p->first &&
            str_equal(head.role, STR("expert"))) {
            *word = head;
            return;
        }
        const struct token *t = &page->tokens.at[i - 1];
        bool small = has_class(page, i - 1, WORD_PREPOSITION) ||
                     has_class(page, i - 1, WORD_DETERMINER) || page_particle(page, i - 1, "and") ||
                     page_particle(page, i - 1, "of");
        if (!small && t->shape != SHAPE_CAPITAL && t->shape != SHAPE_LOWER)
            return;
        if (opens_clause(page, i - 1) || page->name_of[i - 1])
            return;
    }
}

/* "rapporteur on rights defenders": the head of what the word completes; "journalist and rights
 * defender": what comes first, where it is the trade */
static void to_head(const struct page *page, const struct passage *p, bool apposed,
                    struct calling *word)
{
    struct calling head;
    if (p->verb_final || word->first < p->first + 2)
        return;
    bool completes = has_class(page, word->first - 1, WORD_PREPOSITION);
    bool joined = page_particle(page, word->first - 1, "and");
    if (!(completes || joined) || !role_word_before(page, word->first - 1, &head) ||
        head.first < p->first)
        return;
    bool expert = str_equal(head.role, STR("expert"));
    bool trade = str_equal(head.role, STR("journalist")) || str_equal(head.role, STR("lawyer"));
    if (expert || (completes && apposed && !is_of_another(head.role)) || (joined && trade))
        *word = head;
    else if (joined && apposed)
        climb(page, p, word);
}

/* his, her, their */
static bool is_possessive(const struct page *page, size_t i)
{
    return page_particle(page, i, "its") || page_particle(page, i, "his") ||
           page_particle(page, i, "their");
}

/* whose the office is: of, at or for an organisation behind the word */
static const struct party *organisation_behind(const struct page *page, size_t i, size_t limit)
{
    for (size_t end = i + ORGANISATION_REACH; i < limit && i < end; i++) {
        if (organisation_over(page, i))
            return organisation_over(page, i);
        if (page->name_of[i] || is_comma(page, i) || opens_clause(page, i) ||
            page_particle(page, i, "and"))
            break;
    }
    return NULL;
}

/* "ORG leader", "ORG's main leader" */
static const struct party *organisation_before(const struct page *page, size_t i, size_t floor)
{
    for (size_t steps = 0; i > floor && steps < OWNER_REACH; i--, steps++) {
        if (organisation_over(page, i - 1))
            return organisation_over(page, i - 1);
        if (page->name_of[i - 1] || page->tokens.at[i - 1].shape == SHAPE_MARK ||
            opens_clause(page, i - 1))
            break;
    }
    return NULL;
}

/* of those who lead, speak for or work for an organisation: what it does; an activist stays one */
static struct str role_in(const struct party *organisation, struct str role, bool of)
{
    bool office = str_equal(role, STR("official")), leads = str_equal(role, STR("advocate"));
    if (!organisation || !organisation->role.len || !(office || leads))
        return role;
    bool party = str_equal(organisation->role, ROLE_UNKNOWN);
    return leads && party && !of ? role : organisation->role;
}

/* the opposition's leader or deputy holds no office of the state */
static bool is_opposed(const struct page *page, size_t i, size_t floor)
{
    for (size_t steps = 0; i > floor && steps < OWNER_REACH; i--, steps++)
        if (page_particle(page, i - 1, "opposition"))
            return true;
    return false;
}

static struct str role_as_told(const struct page *page, const struct calling *w,
                               const struct passage *p)
{
    if (is_of_another(w->role) || str_equal(w->role, STR("prisoner")))
        return w->role;
    if (str_equal(w->role, STR("official")) && is_opposed(page, w->first + 1, p->first))
        return ROLE_UNKNOWN;
    const struct party *organisation = organisation_before(page, w->first, p->first);
    if (!organisation)
        organisation = organisation_behind(page, w->end, p->end);
    return role_in(organisation, w->role, page_particle(page, w->end, "of"));
}

/* 34 | aged 34 | from Minsk: not yet what somebody is */
static bool is_aside(const struct page *page, size_t first, size_t end)
{
    bool number = false, word = false;
    for (size_t i = first; i < end; i++) {
        number |= page->tokens.at[i].shape == SHAPE_NUMBER;
        word |= has_class(page, i, WORD_LIFE) || has_class(page, i, WORD_SAY);
    }
    return !word && (number || page_particle(page, first, "from"));
}

/* the head of the phrase that begins at i: its first role word where heads stand first, else the
 * last before a preposition, "and" or the end */
static bool head_of_apposition(const struct page *page, size_t i, const struct passage *p,
                               struct calling *head)
{
    bool found = false;
    for (size_t end = i + APPOSITION_REACH; i < p->end && i < end;) {
        struct calling word;
        if (role_word_at(page, i, &word) && !(found && is_of_another(word.role))) {
            *head = word;
            if (p->verb_final)
                return true;
            found = true;
            i = word.end;
            continue;
        }
        bool owner = page->tokens.at[i].possessive || organisation_over(page, i);
        bool ends = is_comma(page, i) || (page->name_of[i] && !owner) || opens_clause(page, i) ||
                    token_is_mark(&page->tokens, i, ')') ||
                    (has_class(page, i, WORD_PRONOUN) && !is_possessive(page, i));
        if (ends || (found && (has_class(page, i, WORD_PREPOSITION) ||
                               page_particle(page, i, "of") || page_particle(page, i, "and"))))
            break;
        i++;
    }
    return found;
}

/* "X, a journalist", "X is a journalist", "X (a lawyer)"; where heads stand first, "X minister" */
static bool word_behind(const struct page *page, const struct name *n, struct calling *word)
{
    const struct passage *p = &page->passages[n->passage];
    size_t i = n->end + (n->end < p->end && name_closes(&page->tokens, n->end));
    if (i >= p->end || page->tokens.at[n->end - 1].possessive)
        return false;
    bool opened = is_comma(page, i) || token_is_mark(&page->tokens, i, '(') ||
                  page_particle(page, i, "passive");
    if (!opened)
        return p->verb_final && role_word_at(page, i, word) && !is_of_another(word->role) &&
               !(word->end < p->end && is_person_over(page, word->end));
    size_t next = i + 1;
    for (size_t k = next; k < p->end && k < next + OFFICE_REACH; k++)
        if (is_comma(page, k)) {
            next = is_aside(page, next, k) ? k + 1 : next;
            break;
        }
    return next < p->end && !is_person_over(page, next) ? head_of_apposition(page, next, p, word)
           : next < p->end && page->tokens.at[next].shape != SHAPE_MARK
               ? head_of_apposition(page, next, p, word) && is_of_another(word->role)
               : false;
}

/* "her lawyer, X" and "Y's lawyer, X" are lawyers; "the lawyer of X" is not X */
static bool is_whose(const struct page *page, const struct calling *w, size_t floor)
{
    for (size_t i = w->first, steps = 0; i > floor && steps < OWNER_REACH; i--, steps++)
        if (page->tokens.at[i - 1].possessive || is_possessive(page, i - 1))
            return true;
    return false;
}

/* Dr. in "a professor of medicine, Dr. X", and what opens quotes about the name */
static size_t honorific_begin(const struct page *page, const struct name *n, size_t floor)
{
    size_t first = n->first, begin = 0;
    first -= first > floor && name_opens(&page->tokens, first - 1);
    return token_is_before_kind(&page->tokens, first, WORD_TITLE, KIND_PERSON, NULL, &begin) &&
                   begin >= floor
               ? begin
               : first;
}

/* the role word right before the name, or an office a few words before it: "the head of the
 * judiciary, X"; where verbs end the clause, kin and lawyers are the name's */
static bool word_before(const struct page *page, const struct name *n, struct calling *word)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    size_t from = honorific_begin(page, n, p->first);
    for (size_t i = from; i > p->first && from - i < OFFICE_REACH; i--) {
        bool near = i == from, apposed = i + 1 == from && is_comma(page, i);
        bool own = apposed && p->verb_final && has_class(page, i - 1, WORD_PRONOUN);
        if (own && role_word_before(page, i - 1, word) && word->first >= p->first &&
            is_of_another(word->role))
            return true;
        if (role_word_before(page, i, word) && word->first >= p->first) {
            to_head(page, p, apposed, word);
            bool loose = is_of_another(word->role) || str_equal(word->role, STR("prisoner"));
            if (apposed && is_of_another(word->role) && !p->verb_final)
                return is_whose(page, word, p->first);
            bool office = apposed || has_class(page, word->first, WORD_ROLE);
            return near ? !(p->verb_final && is_of_another(word->role))
                        : office && !loose && !word->several;
        }
        bool mark = t->at[i - 1].shape == SHAPE_MARK && !token_is_mark(t, i - 1, '(') &&
                    !is_comma(page, i - 1);
        struct calling other;
        bool joined = page_particle(page, i - 1, "and") && !role_word_before(page, i - 1, &other);
        if (is_person_over(page, i - 1) || mark || joined || has_class(page, i - 1, WORD_SAY) ||
            has_class(page, i - 1, WORD_AUXILIARY) || has_class(page, i - 1, WORD_LIFE))
            break;
    }
    return false;
}

static bool is_counted_here(const struct page *page, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (has_class(page, i, WORD_NUMBER) || page->tokens.at[i].shape == SHAPE_NUMBER ||
            has_class(page, i, WORD_POPULATION))
            return true;
    return false;
}

/* who puts their name under an appeal speaks for its cause */
static bool is_signed(const struct page *page, const struct passage *p)
{
    const struct entry *entry = NULL;
    for (size_t i = p->first; i < p->end; i++)
        if ((token_is(&page->tokens, i, WORD_EVENT, &entry, NULL) &&
             str_equal(entry->value, STR("endorsed"))) ||
            (token_is(&page->tokens, i, WORD_POPULATION, &entry, NULL) &&
             str_equal(entry->value, STR("signatories"))))
            return true;
    return false;
}

/* "four other defendants of the case, namely X, Y": a word for several, counted, before the list */
static bool word_for_several(const struct page *page, size_t before, const struct passage *p,
                             struct calling *word)
{
    enum { SEVERAL_REACH = 9, COUNT_REACH = 3 };
    bool colon = token_is_mark(&page->tokens, before, ':') && p->verb_final;
    for (size_t i = before, steps = 0; i > p->first && steps < SEVERAL_REACH; i--, steps++) {
        bool verb = opens_clause(page, i - 1) || has_class(page, i - 1, WORD_VERB);
        bool told = role_word_before(page, i, word) && word->first >= p->first;
        if (page->name_of[i - 1] ||
            (verb && !told && !colon && !page_particle(page, i - 1, "namely")))
            return false;
        if (!told)
            continue;
        size_t from = word->first > p->first + COUNT_REACH ? word->first - COUNT_REACH : p->first;
        return steps == 0 ? has_class(page, i - 1, WORD_POPULATION)
                          : is_counted_here(page, from, word->first);
    }
    return false;
}

/* "fellow journalists X, Y and Z", "16 prisoners: X, Y and Z", "X, Y and Z, three editors" */
static struct str role_of_list(const struct page *page, size_t name)
{
    struct patients list = patients_listed(page, name);
    if (list.to < list.from + 2)
        return STR_NONE;
    const struct name *first = &page->names[list.from], *last = &page->names[list.to - 1];
    const struct passage *p = &page->passages[first->passage];
    struct calling word;
    size_t before = first->first;
    before -= before > p->first && name_opens(&page->tokens, before - 1);
    before -= before > p->first && token_is_mark(&page->tokens, before - 1, ':');
    if (word_for_several(page, before, p, &word))
        return word.role;
    if (word_behind(page, last, &word) && is_counted_here(page, last->end, word.end))
        return role_as_told(page, &word, p);
    return is_signed(page, p) ? STR("advocate") : STR_NONE;
}

/* "X from ORG", "X of ORG", "ORG's X" */
static struct str role_of_organisation(const struct page *page, const struct name *n)
{
    const struct passage *p = &page->passages[n->passage];
    const struct party *found = NULL;
    bool joined = false;
    for (size_t i = n->end; i < p->end && i < n->end + ORGANISATION_REACH && !found; i++) {
        found = joined ? organisation_over(page, i) : NULL;
        bool ends = opens_clause(page, i) || (page->name_of[i] && !found) ||
                    page_particle(page, i, "and") || (is_comma(page, i) && i > n->end);
        if (ends)
            break;
        joined = joined || page_particle(page, i, "from") || page_particle(page, i, "of");
    }
    for (size_t i = n->first; !found && i > p->first && n->first - i < 3; i--)
        found = organisation_over(page, i - 1);
    if (!found && n->first > p->first && is_comma(page, n->first - 1))
        found = organisation_before(page, n->first - 1, p->first);
    bool telling = found && (str_equal(found->role, STR("advocate")) ||
                             str_equal(found->role, STR("journalist")));
    return telling ? found->role : STR_NONE;
}

/* the release of X, which somebody asks for */
static bool is_to_be_freed(const struct page *page, size_t first, const struct passage *p)
{
    const struct entry *event = NULL;
    size_t end = first - (!p->verb_final && first > 0 && page_particle(page, first - 1, "of"));
    size_t begin = 0;
    return (p->verb_final || end < first) &&
           token_is_before_kind(&page->tokens, end, WORD_LIFE, KIND_NOUN, &event, &begin) &&
           begin >= p->first && str_equal(event->value, STR("released"));
}

/* By X | */
static bool signs(const struct page *page, const struct name *n)
{
    const struct passage *p = &page->passages[n->passage];
    size_t begin = 0;
    return page_particle_before(page, n->first, "byline", &begin) && begin == p->first &&
           (n->end == p->end || page->tokens.at[n->end].shape == SHAPE_MARK ||
            page->date_of[n->end]);
}

struct str role_beside(const struct page *page, const struct name *n)
{
    const struct passage *p = &page->passages[n->passage];
    struct calling word;
    if (word_behind(page, n, &word) || word_before(page, n, &word))
        return role_as_told(page, &word, p);
    struct str role = role_of_list(page, (size_t)(n - page->names));
    if (!role.len && signs(page, n))
        role = STR("journalist");
    const struct name *first = &page->names[patients_listed(page, (size_t)(n - page->names)).from];
    if (!role.len && is_to_be_freed(page, first->first, p))
        role = STR("prisoner");
    return role.len || p->verb_final ? role : role_of_organisation(page, n);
}

struct str role_over_title(const struct page *page, const struct name *n)
{
    const struct passage *p = &page->passages[n->passage];
    struct calling title;
    if (!role_word_before(page, n->first, &title) || title.first < p->first)
        return STR_NONE;
    /* the sister of X */
    if (p->verb_final && page_particle(page, title.first, "kin_of"))
        return ROLE_UNKNOWN;
    size_t first = title.first;
    to_head(page, p, false, &title);
    if (title.first != first)
        return title.role;
    return str_equal(title.role, STR("official")) || str_equal(title.role, STR("advocate"))
               ? role_as_told(page, &title, p)
               : STR_NONE;
}

struct str role_of_apposed_organisation(const struct page *page, const struct name *n)
{
    const struct passage *p = &page->passages[n->passage];
    const struct entry *entry = NULL;
    struct str role = STR_NONE;
    size_t i = n->end;
    if (token_is_mark(&page->tokens, i, '('))
        while (i < p->end && i < n->end + OWNER_REACH && !is_comma(page, i))
            i++;
    if (i + 1 >= p->end || !is_comma(page, i) || !has_class(page, i + 1, WORD_DETERMINER))
        return STR_NONE;
    for (size_t end = ++i + ORGANISATION_REACH; i < p->end && i < end; i++) {
        if (is_comma(page, i) || page->name_of[i] || opens_clause(page, i) ||
            (role.len && has_class(page, i, WORD_PREPOSITION)))
            break;
        if (page->tokens.at[i].shape == SHAPE_LOWER || page->tokens.at[i].shape == SHAPE_UPPER)
            if (token_is(&page->tokens, i, WORD_ORGANISATION_TITLE, &entry, NULL) &&
                entry->kind != KIND_BEFORE)
                role = entry->value;
    }
    return role;
}

struct str role_of_several(const struct page *page, const struct passage *p)
{
    struct calling word;
    for (size_t i = p->first; i < p->end; i++)
        if (role_word_at(page, i, &word) && word.several)
            return word.role;
    return STR_NONE;
}
