#include "read/speaker_int.h"
#include "read/trace.h"

enum { HEADING_WORDS = 6, NAME_WORDS = 4, JUDGED_WORDS = 7, BY_WORDS = 10 };

/* its, این سازمان */
static bool stands_for_speaker(const struct page *page, size_t i)
{
    size_t end = i;
    if (page_particle(page, i, "its") || page_particle(page, i, "he"))
        return true;
    if (!token_is_kind(&page->tokens, i, WORD_PRONOUN, KIND_GROUP, NULL, &end))
        return false;
    uint32_t last = page->name_of[end - 1];
    enum token_shape next = end < page->tokens.count ? page->tokens.at[end].shape : SHAPE_MARK;
    if (next == SHAPE_CAPITAL || next == SHAPE_UPPER)
        return false;
    return !last || page->names[last - 1].end <= end;
}

/* "UN: 300 civilians killed", "The prosecutor of Khash: three persons arrested" */
static struct str before_colon(const struct page *page, const struct passage *p)
{
    const struct tokens *t = &page->tokens;
    size_t i = p->first;
    while (i < p->end && t->at[i].shape == SHAPE_MARK)
        i++;
    i += i < p->end && page_particle(page, i, "claim");
    size_t opened = i;
    while (i + 1 < p->end && i < opened + 4 && !page->name_of[i] &&
           (token_has(t, i, WORD_TITLE) || token_has(t, i, WORD_ROLE) ||
            t->at[i].shape == SHAPE_CAPITAL))
        i++;
    i = page->name_of[i] ? i : opened;
    uint32_t name = i < p->end ? page->name_of[i] : 0;
    if (name)
        return token_is_mark(t, page->names[name - 1].end, ':') &&
                       page->names[name - 1].end + 3 < p->end
                   ? party_form(page, name - 1)
                   : STR_NONE;
    size_t end = i;
    while (end < p->end && end < i + HEADING_WORDS && t->at[end].shape != SHAPE_MARK)
        end++;
    bool known = token_is(t, i, WORD_GROUP, NULL, NULL) ||
                 (p->verb_final && (token_has(t, i, WORD_TITLE) || token_has(t, i, WORD_ROLE) ||
                                    token_has(t, i, WORD_ORGANISATION)));
    bool group = end > i && end + 3 < p->end && token_is_mark(t, end, ':') && known;
    return group ? page_words(page, i, end) : STR_NONE;
}

/* where there are no capitals: the words up to the next that opens a phrase, when none of them is
 * known */
static struct str unknown_behind(const struct page *page, const struct passage *p, size_t first)
{
    size_t end = first;
    while (p->verb_final && end < p->end && end < first + NAME_WORDS &&
           page->tokens.at[end].shape == SHAPE_ARABIC && !opens_phrase(page, end)) {
        if (page->name_of[end] || token_is(&page->tokens, end, WORD_GROUP, NULL, NULL) ||
            token_has(&page->tokens, end, WORD_ADVERB))
            return STR_NONE;
        end++;
    }
    bool verbal = end < p->end && token_is(&page->tokens, end, WORD_VERB, NULL, NULL);
    return end > first && !verbal && end < first + NAME_WORDS ? page_words(page, first, end)
                                                              : STR_NONE;
}

/* "on the basis of figures collected by X": behind the "by" */
static size_t behind_collected(const struct page *page, const struct passage *p, size_t i)
{
    for (size_t k = i; k < p->end && k < i + NAME_WORDS; k++) {
        if (page->name_of[k] || page->tokens.at[k].shape == SHAPE_MARK ||
            page_particle(page, k, "comma"))
            return i;
        if (page_particle(page, k, "by"))
            return k + 1;
    }
    return i;
}

static struct str according(const struct page *page, const struct passage *p,
                            const struct hearing *heard)
{
    const struct tokens *t = &page->tokens;
    size_t first = p->classes & CLASS_BIT(WORD_ACCORDING) ? p->first : p->end;
    for (size_t i = first; i < p->end; i++) {
        size_t end = i;
        const struct entry *entry = NULL;
        if (!token_is(t, i, WORD_ACCORDING, &entry, &end))
            continue;
        if (p->verb_final && page_particle(page, i, "within") && !page->name_of[end])
            continue;
        trace_clear(page);
        trace_words(page, i, end, RULE("a source named by words such as \"according to\""), entry);
        bool bare = p->verb_final && page_particle(page, end, "comma");
        bool named = end < p->end && page->name_of[end] && !p->verb_final;
        if ((entry->kind == KIND_AFTER && !named) || bare)
            return heard->speaker.len ? heard->speaker : meant_by(heard);
        end = behind_collected(page, p, end);
        struct str who =
            stands_for_speaker(page, end) ? meant_by(heard) : unknown_behind(page, p, end);
        if (!who.len && !stands_for_speaker(page, end))
            who = speakers_from(page, end, p->end, 10);
        if (!who.len)
            who = capitals_behind(page, p, end);
        if (who.len)
            return who;
    }
    trace_clear(page);
    return STR_NONE;
}

/* a verb of saying, not "the reported killing" */
static bool says(const struct page *page, size_t i, const struct entry **entry, size_t *end)
{
    const struct tokens *t = &page->tokens;
    if (!token_is(t, i, WORD_SAY, entry, end))
        return false;
    bool described = i > 0 && token_has(t, i - 1, WORD_DETERMINER) &&
                     !token_has(t, i - 1, WORD_PRONOUN) && token_has(t, i + 1, WORD_EVENT);
    if (described)
        return false;
    bool deed = page_particle_phrase(page, i, "not_said", &(size_t){0});
    bool anyone = i > 1 && page_particle(page, i - 1, "relative") &&
                  page_particle(page, i - 2, "those") && token_has(t, i - 2, WORD_DETERMINER);
    bool judged = false;
    for (size_t k = *end + 1; page_particle(page, *end, "by") && k < *end + JUDGED_WORDS; k++)
        judged |= page_particle(page, k, "considered_as");
    return !deed && !anyone && !judged;
}

/* where verbs end the clause, a comma behind the verb of saying ends what is said */
static bool is_over(const struct page *page, const struct passage *p, size_t end)
{
    return p->verb_final && page_particle(page, end, "comma");
}

static bool says_before(const struct page *page, const struct passage *p, size_t i)
{
    for (size_t k = p->first; k < i; k++)
        if (token_is(&page->tokens, k, WORD_SAY, NULL, NULL))
            return true;
    return false;
}

/* "was put", "were estimated" */
static bool is_passive(const struct page *page, const struct passage *p, size_t say)
{
    return !p->verb_final && (token_has(&page->tokens, say, WORD_AUXILIARY) ||
                              (say > p->first && page_particle(page, say - 1, "passive")));
}

/* "was put at 7,000 by the ministry" */
static struct str said_by(const struct page *page, const struct passage *p, size_t from)
{
    for (size_t i = from; i < p->end && i < from + BY_WORDS; i++) {
        if (page_particle(page, i, "by"))
            return speakers_from(page, i + 1, p->end, NAME_WORDS);
        if (page->tokens.at[i].shape == SHAPE_MARK || token_has(&page->tokens, i, WORD_CLAUSE))
            break;
    }
    return STR_NONE;
}

/* `open`: only what has not ended yet */
static struct str said_before(const struct page *page, const struct passage *p, size_t first,
                              bool open, const struct hearing *heard)
{
    size_t last = p->classes & CLASS_BIT(WORD_SAY) ? first : p->first;
    for (size_t i = last; i > p->first; i--) {
        size_t behind = i;
        const struct entry *entry = NULL;
        if (!says(page, i - 1, &entry, &behind) || (open && is_over(page, p, behind)))
            continue;
        if (!p->verb_final && i > p->first + 1 && page_particle(page, i - 2, "he") &&
            says_before(page, p, i - 2))
            continue;
        struct str who = is_passive(page, p, i - 1) ? said_by(page, p, behind)
                                                    : speaker_before(page, p, i - 1, i - 1, heard);
        if (!who.len)
            continue;
        trace_words(page, i - 1, behind, RULE("a verb of saying before it"), entry);
        return who;
    }
    return STR_NONE;
}

static struct str said_behind(const struct page *page, const struct passage *p, size_t first,
                              size_t end, const struct hearing *heard)
{
    const struct tokens *t = &page->tokens;
    for (size_t i = p->classes & CLASS_BIT(WORD_SAY) ? end : p->end; i < p->end; i++) {
        size_t behind = i;
        if (!p->verb_final && (page_particle(page, i, "but") || token_is_mark(t, i, ';')))
            break;
        const struct entry *entry = NULL;
        bool passive = !p->verb_final && page_particle(page, i - 1, "passive");
        if (passive || !says(page, i, &entry, &behind))
            continue;
        trace_clear(page);
        trace_words(page, i, behind, RULE("a verb of saying behind it"), entry);
        if (p->verb_final)
            return speaker_before(page, p, first, i, heard);
        struct passage tail = {.first = end, .end = p->end};
        struct str who = speaker_before(page, &tail, i, i, heard);
        return who.len ? who : speakers_from(page, behind, p->end, 4);
    }
    return STR_NONE;
}

/* "the Movement for Change (MC)": the parenthesis holds the name's own short form */
static bool is_abbreviated(const struct page *page, size_t parenthesis)
{
    const struct tokens *t = &page->tokens;
    uint32_t name = parenthesis ? page->name_of[parenthesis - 1] : 0;
    return name && token_is_mark(t, parenthesis + 2, ')') &&
           t->at[parenthesis + 1].shape == SHAPE_UPPER;
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
                if (token_is_mark(t, k - 1, '(') && i - 1 > p->first + 3 &&
                    page->names[page->name_of[i - 1] - 1].first >= k &&
                    !is_abbreviated(page, k - 1)) {
                    struct str form = party_form(page, page->name_of[i - 1] - 1);
                    return form;
                }
    return STR_NONE;
}

/* a passage that opens with a quotation mark, not closed before token `first` */
static bool stands_in_quotation(const struct page *page, const struct passage *p, size_t first)
{
    const struct tokens *t = &page->tokens;
    bool single = token_is_mark(t, p->first, '\'');
    if (!single && !token_is_mark(t, p->first, '"'))
        return false;
    for (size_t i = p->first + 1; i < first; i++)
        if (token_is_mark(t, i, '"') || (single && token_is_mark(t, i, '\'')))
            return false;
    return first > p->first;
}

/* no verb says it */
static struct str otherwise(const struct page *page, size_t passage, size_t first,
                            const struct hearing *heard)
{
    struct str who = before_colon(page, &page->passages[passage]);
    trace_rule(page, RULE("a name and a colon open the sentence"));
    bool block = heard->block && page->tokens.at[page->passages[passage].first].lines < 2;
    if (!who.len && block) {
        who = heard->speaker;
        trace_rule(page, RULE("a name and a colon open the paragraph"));
    }
    if (!who.len && heard->open) {
        who = heard->speaker;
        trace_rule(page, RULE("a quotation or a colon is still open: who spoke last"));
    }
    if (!who.len && stands_in_quotation(page, &page->passages[passage], first)) {
        who = heard->speaker;
        trace_rule(page, RULE("a quotation opens: who spoke last"));
    }
    if (!who.len) {
        who = in_parentheses(page, passage);
        trace_rule(page, RULE("an organisation in parentheses"));
    }
    if (who.len)
        trace_words(page, 0, 0, NULL, NULL);
    return who;
}

struct str source_of(const struct page *page, size_t passage, size_t first, size_t end,
                     const struct hearing *heard)
{
    const struct passage *p = &page->passages[passage];
    struct str who = according(page, p, heard);
    if (!who.len)
        who = said_before(page, p, first, true, heard);
    if (!who.len)
        who = said_behind(page, p, first, end, heard);
    if (!who.len) {
        trace_clear(page);
        who = said_before(page, p, first, false, heard);
    }
    if (!who.len)
        who = otherwise(page, passage, first, heard);
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
        who = said_before(page, p, p->end, false, heard);
    if (!who.len)
        who = said_behind(page, p, p->first, p->first, heard);
    bool colon = ends_with_colon(page, p);
    struct str head = before_colon(page, p);
    heard->block &= !who.len && page->tokens.at[p->first].lines < 2;
    if (head.len && !who.len) {
        who = head;
        heard->block = true;
    }
    bool quoted = leaves_quotation_open(page, p, heard->open && !heard->colon);
    struct str organisation = first_organisation(page, p);
    if (organisation.len)
        heard->organisation = organisation;
    heard->person = first_person(page, p);
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
