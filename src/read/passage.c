#include "read/page_int.h"

/* a line at least this long that ends without a full stop was wrapped by its writer's program */
enum { WRAPPED_LINE = 55 };

/* tokens; what has no full stop for longer is no sentence, and must not cost a square of its length
 */
enum { LONGEST_PASSAGE = 300 };

struct splitter {
    struct page *page;
    size_t room;
    size_t first;     /* of the passage that is open */
    size_t line_from; /* byte at which the line began */
    bool double_spaced;
    bool wrapped; /* long lines go on in the next */
};

static bool is_terminal(const struct token *t)
{
    static const char *const marks[] = {"؟", "…", "۔"};
    if (t->shape != SHAPE_MARK)
        return false;
    if (t->word.len == 1)
        return t->word.at[0] == '.' || t->word.at[0] == '?' || t->word.at[0] == '!';
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_equal(t->word, str_of(marks[i])))
            return true;
    return false;
}

static bool is_closing(const struct token *t)
{
    return t->shape == SHAPE_MARK && !t->spaced && t->word.len == 1 &&
           strchr("\"')]", t->word.at[0]);
}

/* the full stop behind a word that is written with one */
static bool is_abbreviation(const struct tokens *t, size_t stop)
{
    if (!token_is_mark(t, stop, '.') || stop == 0 || t->at[stop].spaced)
        return false;
    const struct token *word = &t->at[stop - 1];
    bool initial = word->shape == SHAPE_CAPITAL && word->at.to - word->at.from == 1;
    return initial || token_is(t, stop - 1, WORD_ABBREVIATION, NULL, NULL);
}

/* the token before `i` ends a sentence, closing quotes and a glued footnote number aside */
static bool ends_before(const struct tokens *t, size_t i)
{
    size_t last = i - 1;
    if (last && t->at[last].shape == SHAPE_NUMBER && !t->at[last].spaced &&
        (is_terminal(&t->at[last - 1]) || is_closing(&t->at[last - 1])))
        last--;
    while (last && is_closing(&t->at[last]))
        last--;
    return is_terminal(&t->at[last]) && !is_abbreviation(t, last);
}

static bool is_bullet(const struct tokens *t, size_t i)
{
    static const char *const bullets[] = {"•", "-", "*", "·", "◦", "▪", "●", "–"};
    for (size_t k = 0; k < COUNT_OF(bullets) && t->at[i].shape == SHAPE_MARK; k++)
        if (str_equal(t->at[i].word, str_of(bullets[k])))
            return i + 1 < t->count && t->at[i + 1].spaced;
    return false;
}

static bool begins_small(const struct token *t)
{
    return t->shape == SHAPE_LOWER && t->cased;
}

/* a word that nothing ends with: "in", "the", "Cairo's" */
static bool leaves_open(const struct page *page, size_t i)
{
    static const uint64_t small =
        CLASS_BIT(WORD_PREPOSITION) | CLASS_BIT(WORD_DETERMINER) | CLASS_BIT(WORD_CONJUNCTION);
    const struct token *t = &page->tokens.at[i];
    if (t->shape == SHAPE_ARABIC)
        return page_particle(page, i, "and") || page_particle(page, i, "of") ||
               page_particle(page, i, "towards") || page_particle(page, i, "within");
    return t->possessive ||
           (begins_small(t) && (t->classes & small) && !(t->classes & CLASS_BIT(WORD_ADVERB)));
}

static bool breaks_at_line(const struct splitter *s, size_t i)
{
    const struct tokens *t = &s->page->tokens;
    const struct token *next = &t->at[i];
    size_t line = t->at[i - 1].at.to - s->line_from;
    if (ends_before(t, i) || is_bullet(t, i))
        return true;
    if (next->lines >= 2 && token_is_mark(t, i - 1, ':'))
        return true;
    if (next->lines == 1 && leaves_open(s->page, i - 1))
        return false;
    bool paragraph = next->lines >= (s->double_spaced ? 3 : 2);
    if (begins_small(next))
        return paragraph && line < WRAPPED_LINE;
    return paragraph || line < WRAPPED_LINE || (!s->wrapped && next->lines == 1);
}

static bool breaks_in_line(const struct tokens *t, size_t i)
{
    return t->at[i].spaced && !begins_small(&t->at[i]) && ends_before(t, i) &&
           !(t->at[i].shape == SHAPE_MARK && !strchr("\"'([", t->at[i].word.at[0]) &&
             t->at[i].word.len == 1);
}

/* blank lines inside sentences: the mark of text copied out of a PDF with wide lines */
static bool is_double_spaced(const struct tokens *t)
{
    size_t blank = 0, inside = 0;
    for (size_t i = 1; i < t->count; i++)
        if (t->at[i].lines >= 2) {
            blank++;
            inside += begins_small(&t->at[i]) && !ends_before(t, i);
        }
    return inside >= 3 && inside * 4 >= blank;
}

/* a line that begins with it goes on from the one before */
static bool begins_on(const struct tokens *t, size_t i)
{
    static const uint64_t small = CLASS_BIT(WORD_PREPOSITION) | CLASS_BIT(WORD_CONJUNCTION) |
                                  CLASS_BIT(WORD_VERB) | CLASS_BIT(WORD_AUXILIARY) |
                                  CLASS_BIT(WORD_SAY);
    return begins_small(&t->at[i]) || (t->at[i].shape == SHAPE_ARABIC && t->at[i].classes & small);
}

/* Rows of a list are as long as wrapped lines, but none goes on in the next; and no program wraps
 * some lines and leaves others as long as a paragraph. */
static bool is_wrapped(const struct tokens *t)
{
    enum { ROWS_LEAST = 3, WRAPPED_SHARE = 8, PARAGRAPH = 400 };
    size_t ends = 0, on = 0, from = 0;
    for (size_t i = 1; i < t->count; i++) {
        if (!t->at[i].lines)
            continue;
        if (t->at[i - 1].at.to - from >= PARAGRAPH)
            return false;
        bool open =
            t->at[i].lines == 1 && t->at[i - 1].at.to - from >= WRAPPED_LINE && !ends_before(t, i);
        ends += open;
        on += open && begins_on(t, i);
        from = t->at[i].at.from;
    }
    return ends < ROWS_LEAST || WRAPPED_SHARE * on >= ends;
}

/* which language of the lexicon the document says it is in */
static uint8_t language_stated(const struct page *page)
{
    size_t count = 0;
    const struct language *languages = lexicon_languages(page->lexicon, &count);
    struct str stated = page->facts ? page->facts->lang : STR_NONE, code;
    if (str_cut(&stated, '-', &code))
        for (size_t i = 0; i < count; i++)
            if (str_equal(languages[i].code, code))
                return (uint8_t)i;
    return LANGUAGE_NONE;
}

/* the language of most known words of the tokens; of several that which the document says it is in,
 * then that of the passage before */
static uint8_t language_of(const struct page *page, size_t first, size_t end)
{
    size_t counts[LANGUAGES_LIMIT] = {0}, languages = 0;
    uint8_t most = LANGUAGE_NONE, stated = language_stated(page);
    lexicon_languages(page->lexicon, &languages);
    for (size_t i = first; i < end; i++) {
        const struct phrase *phrase = page->tokens.at[i].phrase;
        uint32_t known = page->tokens.at[i].shape != SHAPE_MARK && phrase ? phrase->languages : 0;
        for (; known; known &= known - 1)
            counts[__builtin_ctz(known)]++;
    }
    for (size_t k = 0; k < languages; k++)
        if (counts[k] > (most == LANGUAGE_NONE ? 0 : counts[most]))
            most = (uint8_t)k;
    const uint8_t rather[] = {
        page->passages_count ? page->passages[page->passages_count - 1].language : LANGUAGE_NONE,
        stated};
    for (size_t i = 0; i < COUNT_OF(rather) && most != LANGUAGE_NONE; i++)
        if (rather[i] != LANGUAGE_NONE && counts[rather[i]] == counts[most])
            most = rather[i];
    return most;
}

/* what the words mean in other languages of the same script does not count; the classes left */
static uint64_t keep_within(struct page *page, size_t first, size_t end, uint8_t language)
{
    uint64_t classes = 0;
    for (size_t i = first; i < end; i++) {
        struct token *t = &page->tokens.at[i];
        const struct phrase *phrase = phrase_within(t->phrase, language);
        if (phrase != t->phrase) {
            t->phrase = phrase;
            t->classes = phrase ? phrase->classes : 0;
        }
        classes |= t->classes;
    }
    return classes;
}

static void passage_close(struct splitter *s, size_t end)
{
    struct page *page = s->page;
    size_t capitals = 0, small = 0, languages = 0, numbers = 0;
    for (size_t i = s->first; i < end; i++) {
        const struct token *t = &page->tokens.at[i];
        capitals += t->shape == SHAPE_CAPITAL || t->shape == SHAPE_UPPER;
        small += t->shape == SHAPE_LOWER && t->word.len > 3;
        numbers += t->shape == SHAPE_NUMBER;
    }
    bool headline = capitals >= 2 && capitals > 3 * small &&
                    !is_terminal(&page->tokens.at[end - 1]) &&
                    !token_is_mark(&page->tokens, end - 1, ':');
    page->passages = arena_grow(page->arena, page->passages, page->passages_count, &s->room,
                                sizeof *page->passages);
    uint8_t language = language_of(page, s->first, end);
    bool known = language != LANGUAGE_NONE;
    uint64_t classes = keep_within(page, s->first, end, language);
    page->passages[page->passages_count++] = (struct passage){
        .first = s->first,
        .end = end,
        .language = language,
        .verb_final = known && lexicon_languages(page->lexicon, &languages)[language].verb_final,
        .classes = classes,
        .digits = numbers > 0,
        .headline = headline,
    };
    s->first = end;
}

void passages_find(struct page *page)
{
    const struct tokens *t = &page->tokens;
    struct splitter s = {
        .page = page, .double_spaced = is_double_spaced(t), .wrapped = is_wrapped(t)};
    for (size_t i = 1; i < t->count; i++) {
        bool line = t->at[i].lines > 0;
        bool breaks = line ? breaks_at_line(&s, i) : breaks_in_line(t, i);
        if (breaks || i - s.first >= LONGEST_PASSAGE)
            passage_close(&s, i);
        if (line)
            s.line_from = t->at[i].at.from;
    }
    if (t->count)
        passage_close(&s, t->count);
}
