#include <unicode/uchar.h>

#include "read/date_int.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { NUMBER_DIGITS_LIMIT = 8 };

struct cutter {
    const struct date_lexicon *lexicon;
    struct str text;
    struct arena *arena;
    struct date_token *at;
    size_t count, room;
    unsigned char lines;
    bool glued;
};

enum sort { SORT_SPACE, SORT_LETTER, SORT_DIGIT, SORT_MARK, SORT_NOTHING };

static uint64_t hash_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(1099511628211);
}

static uint64_t hash_folded(uint64_t hash, uint32_t c)
{
    char bytes[4];
    for (size_t i = 0, size = utf8_write(c, bytes); i < size; i++)
        hash = hash_byte(hash, (unsigned char)bytes[i]);
    return hash;
}

static enum sort sort_of(uint32_t c)
{
    if (c < 0x80) {
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
            return SORT_LETTER;
        return c >= '0' && c <= '9' ? SORT_DIGIT : c <= ' ' ? SORT_SPACE : SORT_MARK;
    }
    if ((c >= 0x620 && c <= 0x65F) || (c >= 0x671 && c <= 0x6D3))
        return SORT_LETTER;
    uint32_t type = U_MASK(u_charType((UChar32)c));
    if (type & U_GC_ND_MASK)
        return SORT_DIGIT;
    if (type & (U_GC_L_MASK | U_GC_M_MASK))
        return SORT_LETTER;
    if (type & U_GC_CF_MASK)
        return SORT_NOTHING;
    return type & U_GC_Z_MASK ? SORT_SPACE : SORT_MARK;
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
    size_t i = from, size;
    t->latin = (unsigned char)c->text.at[from] < 0x80;
    t->capital = !(c->text.at[from] >= 'a' && c->text.at[from] <= 'z');
    for (; i < c->text.len; i += size) {
        unsigned char byte = (unsigned char)c->text.at[i];
        uint32_t folded[4];
        if (byte < 0x80) {
            size = 1;
            if (sort_of(byte) != SORT_LETTER)
                break;
            t->hash = hash_byte(t->hash, byte | 0x20);
        } else {
            uint32_t letter = utf8_at(c->text, i, &size);
            enum sort sort = sort_of(letter);
            if (sort == SORT_NOTHING)
                continue;
            if (sort != SORT_LETTER)
                break;
            for (size_t k = 0, count = fold_char(letter, folded); k < count; k++)
                t->hash = hash_folded(t->hash, folded[k]);
        }
        t->to = i + size;
    }
    return t->to;
}

static size_t cut_digits(struct cutter *c, size_t from)
{
    struct date_token *t = add_token(c, from, DATE_DIGITS);
    size_t i = from, size;
    t->latin = (unsigned char)c->text.at[from] < 0x80;
    for (; i < c->text.len; i += size) {
        uint32_t digit = utf8_at(c->text, i, &size);
        if (sort_of(digit) != SORT_DIGIT)
            break;
        t->digits++;
        if (t->digits <= NUMBER_DIGITS_LIMIT)
            t->number = t->number * 10 + u_charDigitValue((UChar32)digit);
        t->to = i + size;
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

static size_t cut_mark(struct cutter *c, size_t from, uint32_t mark, size_t size)
{
    struct date_token *t = add_token(c, from, DATE_MARK);
    uint32_t folded[4];
    size_t count = fold_char(mark, folded);
    t->mark = count ? folded[0] : mark;
    t->hash = hash_folded(t->hash, t->mark);
    t->to = from + size;
    return t->to;
}

static size_t cut_one(struct cutter *c, size_t at)
{
    size_t size;
    uint32_t character = utf8_at(c->text, at, &size);
    switch (sort_of(character)) {
    case SORT_LETTER:
        if ((character == 'h' || character == 'w') &&
            is_address(str_slice(c->text, at, c->text.len)))
            return cut_address(c, at);
        return cut_word(c, at);
    case SORT_DIGIT:
        return cut_digits(c, at);
    case SORT_MARK:
        return cut_mark(c, at, character, size);
    case SORT_SPACE:
        c->glued = false;
        c->lines = (unsigned char)(c->lines + (character == '\n' && c->lines < 255));
        break;
    case SORT_NOTHING:
        break;
    }
    return at + size;
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
        struct date_token t = c->at[i];
        t.phrase = phrase;
        if (words > 1)
            t.to = c->at[i + words - 1].to;
        c->at[kept++] = t;
        i += words ? words : 1;
    }
    c->count = kept;
}

void date_tokens_cut(const struct date_lexicon *lexicon, struct str text, size_t from,
                     struct arena *arena, struct date_tokens *out)
{
    struct cutter c = {
        .lexicon = lexicon, .text = text, .arena = arena, .at = out->at, .room = out->room};
    for (size_t at = from; at < text.len;)
        at = cut_one(&c, at);
    if (lexicon)
        join_phrases(&c);
    *out = (struct date_tokens){c.at, c.count, c.room};
}
