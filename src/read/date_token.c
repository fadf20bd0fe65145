#include <unicode/uchar.h>

#include "read/date_int.h"
#include "read/letter.h"

enum { NUMBER_DIGITS_LIMIT = 8 };

struct cutter {
    const struct date_lexicon *lexicon;
    const struct letter *letters;
    struct str text;
    struct arena *arena;
    struct date_token *at;
    size_t count, room;
    unsigned char lines;
    bool glued;
};

static uint64_t hash_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(1099511628211);
}

static uint64_t hash_folded(uint64_t hash, const struct letter *l)
{
    for (size_t i = 0; i < l->len; i++)
        hash = hash_byte(hash, (unsigned char)l->folded[i]);
    return hash;
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
    uint64_t hash = t->hash;
    t->latin = (unsigned char)c->text.at[from] < 0x80;
    t->capital = !(c->text.at[from] >= 'a' && c->text.at[from] <= 'z');
    for (size_t i = from; i < c->text.len;) {
        const struct letter *l = letter_at(c->letters, c->text, i, &room);
        i += l->size;
        if (l->sort == SORT_NOTHING)
            continue;
        if (l->sort != SORT_LETTER)
            break;
        hash = hash_folded(hash, l);
        t->to = i;
    }
    t->hash = hash;
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
    for (size_t i = 0, size = utf8_write(t->mark, bytes); i < size; i++)
        t->hash = hash_byte(t->hash, (unsigned char)bytes[i]);
    t->to = from + l->size;
    return t->to;
}

static size_t cut_one(struct cutter *c, size_t at)
{
    struct letter room;
    const struct letter *l = letter_at(c->letters, c->text, at, &room);
    switch ((enum letter_sort)l->sort) {
    case SORT_LETTER:
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

void date_tokens_cut(const struct date_lexicon *lexicon, struct str text, size_t from,
                     struct arena *arena, struct date_tokens *out)
{
    struct cutter c = {.lexicon = lexicon,
                       .letters = letters_table(),
                       .text = text,
                       .arena = arena,
                       .at = out->at,
                       .room = out->room};
    for (size_t at = from; at < text.len;)
        at = cut_one(&c, at);
    if (lexicon)
        join_phrases(&c);
    *out = (struct date_tokens){c.at, c.count, c.room};
}
