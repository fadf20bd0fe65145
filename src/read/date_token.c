#include <unicode/uchar.h>

#include "read/date_int.h"
#include "read/letter.h"

enum { NUMBER_DIGITS_LIMIT = 8, WORD_LIMIT = 64 };

struct cutter {
    const struct date_lexicon *lexicon;
    const struct letter *letters;
    struct str text;
    struct arena *arena;
    struct date_token *at;
    size_t count, room;
    const struct tokens *words; /* of the whole text, or NULL */
    size_t word;                /* the first that may begin at or behind the byte looked at */
    unsigned char lines;
    bool glued;
};

/* A folded word, hashed in pieces where it is longer than any that is looked up. */
struct spelled {
    char bytes[WORD_LIMIT + FOLD_BYTES];
    size_t len;
    uint64_t before; /* of the pieces before, or 0 */
};

static void spell(struct spelled *s, const struct letter *l)
{
    memcpy(s->bytes + s->len, l->folded, sizeof l->folded);
    s->len += l->len;
    if (s->len <= WORD_LIMIT)
        return;
    s->before = date_hash_join(s->before, lexicon_word_hash((struct str){s->bytes, s->len}));
    s->len = 0;
}

static uint64_t spelled_hash(const struct spelled *s)
{
    uint64_t hash = lexicon_word_hash((struct str){s->bytes, s->len});
    return s->before ? date_hash_join(s->before, hash) : hash;
}

static struct date_token *add_token(struct cutter *c, size_t from, enum date_shape shape)
{
    c->at = arena_grow(c->arena, c->at, c->count, &c->room, sizeof *c->at);
    struct date_token *t = &c->at[c->count++];
    *t = (struct date_token){.from = from,
                             .to = from,
                             .hash = DATE_HASH_START,
                             .shape = shape,
                             .lines = c->lines,
                             .glued = c->glued,
                             .capital = true};
    c->lines = 0;
    c->glued = true;
    return t;
}

static size_t cut_word(struct cutter *c, size_t from)
{
    struct date_token *t = add_token(c, from, DATE_WORD);
    struct letter room;
    struct spelled word;
    word.len = 0;
    word.before = 0;
    t->latin = (unsigned char)c->text.at[from] < 0x80;
    t->capital = !(c->text.at[from] >= 'a' && c->text.at[from] <= 'z');
    for (size_t i = from; i < c->text.len;) {
        const struct letter *l = letter_at(c->letters, c->text, i, &room);
        i += l->size;
        if (l->sort == SORT_NOTHING)
            continue;
        if (l->sort != SORT_LETTER)
            break;
        spell(&word, l);
        t->to = i;
    }
    t->hash = spelled_hash(&word);
    return t->to;
}

static size_t cut_digits(struct cutter *c, size_t from)
{
    struct date_token *t = add_token(c, from, DATE_DIGITS);
    struct letter room;
    t->latin = (unsigned char)c->text.at[from] < 0x80;
    for (size_t i = from; i < c->text.len;) {
        const struct letter *l = letter_at(c->letters, c->text, i, &room);
        i += l->size;
        if (l->sort != SORT_DIGIT)
            break;
        t->digits++;
        if (t->digits <= NUMBER_DIGITS_LIMIT)
            t->number = t->number * 10 + u_charDigitValue((UChar32)l->character);
        t->to = i;
    }
    if (t->digits > NUMBER_DIGITS_LIMIT)
        t->number = -1;
    return t->to;
}

static bool is_address(struct str rest)
{
    return str_starts(rest, STR("http://")) || str_starts(rest, STR("https://")) ||
           str_starts(rest, STR("www."));
}

static size_t cut_address(struct cutter *c, size_t from)
{
    struct date_token *t = add_token(c, from, DATE_MARK);
    size_t i = from;
    while (i < c->text.len && (unsigned char)c->text.at[i] > ' ')
        i++;
    t->to = i;
    return i;
}

static size_t cut_mark(struct cutter *c, size_t from, const struct letter *l)
{
    struct date_token *t = add_token(c, from, DATE_MARK);
    uint32_t folded[4];
    char bytes[4];
    t->mark = fold_char(l->character, folded) ? folded[0] : l->character;
    t->hash = lexicon_word_hash((struct str){bytes, utf8_write(t->mark, bytes)});
    t->to = from + l->size;
    return t->to;
}

static bool is_ascii(struct str text, size_t at)
{
    return at >= text.len || (unsigned char)text.at[at] < 0x80;
}

/* Whether a word of the text, which nothing unseen begins or ends, is a word here too. */
static bool is_word_of_dates(struct str text, const struct token *t)
{
    enum { JOINER_SIZE = 3, UNSEEN = 0xE2 };
    size_t from = t->at.from, to = t->at.to;
    return t->plain && !t->possessive && t->word.len <= WORD_LIMIT && to <= text.len &&
           is_ascii(text, to) && (unsigned char)text.at[from] != UNSEEN &&
           (to - from < JOINER_SIZE || (unsigned char)text.at[to - JOINER_SIZE] != UNSEEN);
}

/* The word at the byte, as the text's tokens have it; the byte behind it, or 0 where it is to be
 * cut anew. */
static size_t take_word(struct cutter *c, size_t at)
{
    const struct tokens *words = c->words;
    while (c->word < words->count && words->at[c->word].at.from < at)
        c->word++;
    if (c->word == words->count || words->at[c->word].at.from != at ||
        !is_word_of_dates(c->text, &words->at[c->word]))
        return 0;
    const struct token *word = &words->at[c->word];
    struct date_token *t = add_token(c, at, DATE_WORD);
    t->latin = (unsigned char)c->text.at[at] < 0x80;
    t->capital = !(c->text.at[at] >= 'a' && c->text.at[at] <= 'z');
    t->hash = word->hash;
    c->word++;
    return t->to = word->at.to;
}

/* Whether the next word of the text begins at the byte, with a letter of ASCII. */
static bool is_next_word(const struct cutter *c, size_t at)
{
    char first = (char)(c->text.at[at] | 32);
    return first >= 'a' && first <= 'z' && c->words && c->word < c->words->count &&
           c->words->at[c->word].at.from == at;
}

static size_t cut_one(struct cutter *c, size_t at)
{
    size_t taken = is_next_word(c, at) ? take_word(c, at) : 0;
    if (taken)
        return taken;

    struct letter room;
    const struct letter *l = letter_at(c->letters, c->text, at, &room);
    size_t end;
    switch ((enum letter_sort)l->sort) {
    case SORT_LETTER:
        end = c->words ? take_word(c, at) : 0;
        if (end)
            return end;
        if ((l->character == 'h' || l->character == 'w') &&
            is_address(str_slice(c->text, at, c->text.len)))
            return cut_address(c, at);
        return cut_word(c, at);
    case SORT_DIGIT:
        return cut_digits(c, at);
    case SORT_MARK:
        return cut_mark(c, at, l);
    case SORT_SPACE:
        c->glued = false;
        c->lines = (unsigned char)(c->lines + (l->character == '\n' && c->lines < 255));
        break;
    case SORT_NOTHING:
        break;
    }
    return at + l->size;
}

/* The longest phrase from token i; how many tokens it takes. */
static size_t find_phrase(const struct cutter *c, size_t i, const struct date_phrase **out)
{
    uint64_t hash = DATE_HASH_START;
    size_t words = 0;
    *out = NULL;
    for (size_t k = i; k < c->count && (k == i || c->at[k].lines < 2); k++) {
        hash = date_hash_join(hash, c->at[k].hash);
        const struct date_phrase *phrase =
            c->at[k].shape == DATE_DIGITS ? NULL : date_phrase_find(c->lexicon, hash);
        if (!phrase)
            break;
        if (phrase->meanings) {
            *out = phrase;
            words = k + 1 - i;
        }
        if (!phrase->prefix)
            break;
    }
    return words;
}

static void join_phrases(struct cutter *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->count;) {
        const struct date_phrase *phrase;
        size_t words = find_phrase(c, i, &phrase);
        if (kept != i)
            c->at[kept] = c->at[i];
        c->at[kept].phrase = phrase;
        c->at[kept].kinds = phrase ? phrase->kinds : 0;
        if (words > 1)
            c->at[kept].to = c->at[i + words - 1].to;
        kept++;
        i += words ? words : 1;
    }
    c->count = kept;
}

/* the first token that begins at or behind the byte */
static size_t first_word(const struct tokens *words, size_t from)
{
    size_t low = 0, high = words ? words->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (words->at[middle].at.from < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void date_tokens_cut(const struct date_lexicon *lexicon, const struct tokens *words,
                     struct str text, size_t from, struct arena *arena, struct date_tokens *out)
{
    struct cutter c = {.lexicon = lexicon,
                       .letters = letters_table(),
                       .text = text,
                       .words = words,
                       .word = first_word(words, from),
                       .arena = arena,
                       .at = out->at,
                       .room = out->room};
    for (size_t at = from; at < text.len;) {
        bool blank = text.at[at] == ' ';
        c.glued &= !blank;
        at = blank ? at + 1 : cut_one(&c, at);
    }
    if (lexicon)
        join_phrases(&c);
    *out = (struct date_tokens){c.at, c.count, c.room};
}
