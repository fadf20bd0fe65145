#include "read/page_int.h"

enum { SUBJECT_REACH = 18 };

static struct str party_form(const struct page *page, size_t name)
{
    const struct party *p = &page->parties[page->names[name].party];
    if (!p->abbreviation.len)
        return p->form;
    return arena_print(page->arena, "%.*s (%.*s)", STR_ARG(p->form), STR_ARG(p->abbreviation));
}

/* a named party or an unnamed group at token i; *end behind it */
static struct str speaker_at(const struct page *page, size_t i, size_t *end)
{
    const struct tokens *t = &page->tokens;
    uint32_t name = i < t->count ? page->name_of[i] : 0;
    if (name && page->names[name - 1].first <= i) {
        *end = page->names[name - 1].end;
        return party_form(page, name - 1);
    }
    if (i < t->count && token_is(t, i, WORD_GROUP, NULL, end))
        return page_words(page, i, *end);
    return STR_NONE;
}

static bool joins_speakers(const struct page *page, size_t i)
{
    return page_particle(page, i, "and");
}

/* from i on: the first speaker within reach, and one more behind "and" */
static struct str speakers_from(const struct page *page, size_t i, size_t limit, size_t reach)
{
    size_t end = i;
    for (size_t k = i; k < limit && k < i + reach; k++) {
        struct str first = speaker_at(page, k, &end);
        if (!first.len) {
            if (k > i && token_is(&page->tokens, k, WORD_SAY, NULL, NULL))
                return STR_NONE;
            continue;
        }
        size_t next = end + 1;
        bool more = joins_speakers(page, end);
        while (more && next < limit && next < end + 3 && !page->name_of[next])
            next++;
        struct str second =
            more && next < limit && page->name_of[next] ? speaker_at(page, next, &end) : STR_NONE;
        bool twice = second.len && !str_equal(first, second);
        return twice ? arena_print(page->arena, "%.*s; %.*s", STR_ARG(first), STR_ARG(second))
                     : first;
    }
    return STR_NONE;
}

static struct str first_organisation(const struct page *page, const struct passage *p)
{
    for (size_t i = p->first; i < p->end; i++)
        if (page->name_of[i] && page->parties[page->names[page->name_of[i] - 1].party].organisation)
            return party_form(page, page->name_of[i] - 1);
    return STR_NONE;
}

/* whom "the group", "its" stand for */
static struct str meant_by(const struct hearing *heard)
{
    return heard->recent || !heard->organisation.len ? heard->speaker : heard->organisation;
}

static struct str according(const struct page *page, const struct passage *p,
                            const struct hearing *heard)
{
    const struct tokens *t = &page->tokens;
    for (size_t i = p->first; i < p->end; i++) {
        size_t end = i;
        if (!token_is(t, i, WORD_ACCORDING, NULL, &end))
            continue;
        struct str who = page_particle(page, end, "its") ? meant_by(heard)
                                                         : speakers_from(page, end, p->end, 10);
        if (who.len)
            return who;
    }
    return STR_NONE;
}

/* "A and B said": who stands before the "and" that ends at token `first`, or empty */
static struct str joint_speaker(const struct page *page, const struct passage *p, size_t first,
                                struct str who)
{
    size_t i = first;
    while (i > p->first && first - i < 4 && !joins_speakers(page, i - 1))
        i--;
    bool joined = i > p->first + 1 && joins_speakers(page, i - 1) && page->name_of[i - 2];
    if (!joined)
        return STR_NONE;
    struct str other = party_form(page, page->name_of[i - 2] - 1);
    return str_equal(other, who) ? STR_NONE : other;
}

/* the subject of the verb of saying at `say`: the nearest speaker before it */
static struct str subject_before(const struct page *page, const struct passage *p, size_t say,
                                 const struct hearing *heard)
{
    const struct tokens *t = &page->tokens;
    size_t least = say - p->first < SUBJECT_REACH ? p->first : say - SUBJECT_REACH;
    bool anaphor = false;
    for (size_t i = say; i > least; i--) {
        size_t end = i;
        uint32_t name = page->name_of[i - 1];
        if (name) {
            struct str who = party_form(page, name - 1);
            struct str other = joint_speaker(page, p, page->names[name - 1].first, who);
            return other.len ? arena_print(page->arena, "%.*s; %.*s", STR_ARG(other), STR_ARG(who))
                             : who;
        }
        if (token_is(t, i - 1, WORD_GROUP, NULL, &end) && end <= say) {
            size_t begin = i - 1;
            return token_is_before(t, end, WORD_GROUP, NULL, &begin) && begin >= p->first
                       ? page_words(page, begin, end)
                       : page_words(page, i - 1, end);
        }
        const struct entry *place = NULL;
        if (say - i < 3 && token_is(t, i - 1, WORD_PLACE, &place, &end) && end <= say &&
            str_equal(place->value, STR("country")))
            return page_words(page, i - 1, end);
        anaphor |= token_is_kind(t, i - 1, WORD_PRONOUN, KIND_GROUP, NULL, &end) && end <= say;
    }
    struct str meant = meant_by(heard);
    return !anaphor ? STR_NONE : meant.len ? meant : first_organisation(page, p);
}

static struct str said_before(const struct page *page, const struct passage *p, size_t first,
                              const struct hearing *heard)
{
    const struct tokens *t = &page->tokens;
    for (size_t i = first; i > p->first; i--) {
        if (!token_is(t, i - 1, WORD_SAY, NULL, NULL))
            continue;
        struct str who = subject_before(page, p, i - 1, heard);
        if (who.len)
            return who;
    }
    return STR_NONE;
}

static struct str said_behind(const struct page *page, const struct passage *p, size_t first,
                              size_t end, const struct hearing *heard)
{
    const struct tokens *t = &page->tokens;
    for (size_t i = end; i < p->end; i++) {
        size_t behind = i;
        if (!token_is(t, i, WORD_SAY, NULL, &behind))
            continue;
        if (p->verb_final)
            return subject_before(page, p, first, heard);
        struct passage tail = {.first = end, .end = p->end};
        struct str who = subject_before(page, &tail, i, heard);
        return who.len ? who : speakers_from(page, behind, p->end, 4);
    }
    return STR_NONE;
}

/* a citation in parentheses, when nobody else is named */
static struct str in_parentheses(const struct page *page, size_t passage)
{
    const struct passage *p = &page->passages[passage];
    const struct tokens *t = &page->tokens;
    for (size_t i = p->end; i > p->first + 1; i--)
        if (page->name_of[i - 1] &&
            page->parties[page->names[page->name_of[i - 1] - 1].party].organisation)
            for (size_t k = i - 1; k > p->first && i - k < 8; k--)
                if (token_is_mark(t, k - 1, '(') && i - 1 > p->first + 3) {
                    struct str form = party_form(page, page->name_of[i - 1] - 1);
                    return form;
                }
    return STR_NONE;
}

struct str source_of(const struct page *page, size_t passage, size_t first, size_t end,
                     const struct hearing *heard)
{
    const struct passage *p = &page->passages[passage];
    struct str who = according(page, p, heard);
    if (!who.len)
        who = said_before(page, p, first, heard);
    if (!who.len)
        who = said_behind(page, p, first, end, heard);
    if (!who.len && heard->open)
        who = heard->speaker;
    if (!who.len)
        who = in_parentheses(page, passage);
    return who;
}

static bool ends_with_colon(const struct page *page, const struct passage *p)
{
    return p->end > p->first && token_is_mark(&page->tokens, p->end - 1, ':');
}

/* quotation marks that open and close, over the passage; an odd number leaves one open */
static bool leaves_quotation_open(const struct page *page, const struct passage *p, bool open)
{
    for (size_t i = p->first; i < p->end; i++) {
        const struct token *t = &page->tokens.at[i];
        if (!token_is_mark(&page->tokens, i, '"'))
            continue;
        struct str mark = str_slice(page->text, t->at.from, t->at.to);
        if (str_equal(mark, STR("“")) || str_equal(mark, STR("«")))
            open = true;
        else if (str_equal(mark, STR("”")) || str_equal(mark, STR("»")))
            open = false;
        else
            open = !open;
    }
    return open;
}

void source_pass(const struct page *page, size_t passage, struct hearing *heard)
{
    const struct passage *p = &page->passages[passage];
    struct str who = according(page, p, heard);
    if (!who.len)
        who = said_before(page, p, p->end, heard);
    if (!who.len)
        who = said_behind(page, p, p->first, p->first, heard);
    bool colon = ends_with_colon(page, p);
    bool quoted = leaves_quotation_open(page, p, heard->open && !heard->colon);
    struct str organisation = first_organisation(page, p);
    if (organisation.len)
        heard->organisation = organisation;
    heard->recent = who.len > 0;
    if (who.len)
        heard->speaker = who;
    if (colon && who.len) {
        heard->open = true;
        heard->colon = true;
    } else if (heard->colon && heard->open) {
        heard->colon = false;
        heard->open = quoted;
    } else {
        heard->open = quoted && heard->speaker.len;
    }
}
