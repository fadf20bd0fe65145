#include "read/token.h"

#include <unicode/uchar.h>

#include "text/fold.h"
#include "text/utf8.h"

struct cutter {
    const struct lexicon *lexicon; /* or NULL */
    struct str text;
    struct arena *arena;
    struct token *at;
    size_t count, room;
};

enum { ZWNJ = 0x200C, ZWJ = 0x200D, LRM = 0x200E, RLM = 0x200F, RIGHT_QUOTE = 0x2019 };

static bool is_ascii_letter(uint32_t c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x660 && c <= 0x669);
}

static bool is_letter(uint32_t c)
{
    if (c < 128)
        return is_ascii_letter(c);
    return (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0 || c == ZWNJ || c == ZWJ;
}

static bool is_blank(uint32_t c)
{
    if (c < 128)
        return c <= ' ' || c == 127;
    return u_isUWhiteSpace((UChar32)c) || c == 0xFEFF || (c >= LRM && c <= RLM) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200B || c == 0xAD;
}

static bool is_arabic(uint32_t c)
{
    return (c >= 0x600 && c <= 0x6FF) || (c >= 0x750 && c <= 0x77F) ||
           (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE);
}

static uint32_t peek(struct str text, size_t at, size_t *size)
{
    *size = 0;
    if (at >= text.len)
        return 0;
    unsigned char byte = (unsigned char)text.at[at];
    if (byte < 128) {
        *size = 1;
        return byte;
    }
    return utf8_at(text, at, size);
}

/* digits, with one separator at a time between them */
static size_t digits_end(struct str text, size_t at)
{
    size_t size = 0;
    for (;;) {
        uint32_t c = peek(text, at, &size);
        if (is_digit(c)) {
            at += size;
            continue;
        }
        bool separates = c == ',' || c == '.' || c == 0x66C || c == 0x66B || c == 0x60C ||
                         c == 0x202F || c == 0xA0 || c == '\'' || c == RIGHT_QUOTE;
        size_t next_size = 0, run = 0, probe = at + size;
        while (separates && is_digit(peek(text, probe, &next_size))) {
            probe += next_size;
            run++;
        }
        bool decimal = c == '.' || c == 0x66B;
        if (!separates || run == 0 || (!decimal && run != 3) || run > 3)
            return at;
        at = probe;
    }
}

static size_t letters_end(struct str text, size_t at)
{
    size_t size = 0, next_size = 0;
    for (;;) {
        uint32_t c = peek(text, at, &size);
        if (is_letter(c) || is_digit(c)) {
            at += size;
            continue;
        }
        bool inside = c == '\'' || c == RIGHT_QUOTE;
        uint32_t next = inside ? peek(text, at + size, &next_size) : 0;
        if (!inside || !is_letter(next))
            return at;
        at += size;
    }
}

/* U.S., a.m.: single letters, each with its full stop */
static size_t initials_end(struct str text, size_t at)
{
    size_t letters = 0;
    while (at + 1 < text.len && is_ascii_letter((unsigned char)text.at[at]) &&
           text.at[at + 1] == '.') {
        at += 2;
        letters++;
    }
    bool whole = at >= text.len || !is_ascii_letter((unsigned char)text.at[at]);
    return letters >= 2 && whole ? at : SIZE_MAX;
}

static bool is_link_byte(unsigned char c)
{
    return c > ' ' && c < 127 && !strchr("<>\"'()[]{}|\\^`,;", c);
}

static size_t link_end(struct str text, size_t at)
{
    size_t end = at;
    struct str rest = str_slice(text, at, text.len);
    if (!str_starts(rest, STR("http://")) && !str_starts(rest, STR("https://")) &&
        !str_starts(rest, STR("www.")))
        return SIZE_MAX;
    while (end < text.len && is_link_byte((unsigned char)text.at[end]))
        end++;
    while (end > at && strchr(".:!?", text.at[end - 1]))
        end--;
    return end;
}

static struct str fold_word(struct arena *arena, struct str word)
{
    char small[96];
    size_t len = 0;
    bool same = true;
    for (size_t i = 0; i < word.len && same; i++) {
        char c = word.at[i];
        same = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    if (same)
        return word;
    if (word.len * 4 > sizeof small)
        return fold_text(arena, word);
    for (size_t at = 0, size = 0; at < word.len; at += size) {
        uint32_t c = peek(word, at, &size), out[4] = {0};
        if (c < 128) {
            small[len++] = (char)(is_ascii_letter(c) ? c | 32 : c);
            continue;
        }
        for (size_t i = 0, n = fold_char(c, out); i < n; i++)
            len += utf8_write(out[i], small + len);
    }
    return arena_copy(arena, (struct str){small, len});
}

static enum token_shape shape_of_word(struct str word, bool *cased)
{
    size_t size = 0, upper = 0, lower = 0, digits = 0, letters = 0;
    bool first_upper = false, arabic = false;
    for (size_t at = 0; at < word.len; at += size) {
        uint32_t c = peek(word, at, &size);
        if (is_digit(c)) {
            digits++;
            continue;
        }
        if (!is_letter(c))
            continue;
        arabic |= is_arabic(c);
        bool up = c < 128 ? c < 'a' : u_isupper((UChar32)c) != 0;
        first_upper |= letters == 0 && up;
        upper += up;
        lower += !up;
        letters++;
    }
    *cased = letters && !arabic;
    if (digits)
        return SHAPE_MIXED;
    if (arabic)
        return SHAPE_ARABIC;
    if (upper >= 2 && (lower == 0 || (upper > lower && lower <= 1)))
        return SHAPE_UPPER;
    return first_upper ? SHAPE_CAPITAL : SHAPE_LOWER;
}

static struct token *token_add(struct cutter *c, size_t from, size_t to, enum token_shape shape)
{
    c->at = arena_grow(c->arena, c->at, c->count, &c->room, sizeof *c->at);
    struct token *t = &c->at[c->count++];
    *t = (struct token){.at = {from, to}, .shape = shape};
    return t;
}

static size_t possessive_size(struct str text, size_t at)
{
    size_t size = 0, s_size = 0, next_size = 0;
    uint32_t c = peek(text, at, &size);
    if (c != '\'' && c != RIGHT_QUOTE)
        return 0;
    uint32_t s = peek(text, at + size, &s_size);
    uint32_t next = peek(text, at + size + s_size, &next_size);
    return (s | 32) == 's' && !is_letter(next) ? size + s_size : 0;
}

/* the end of the word's beginning that is a word of its own, or `end` */
static size_t elision_end(const struct cutter *c, size_t at, size_t end)
{
    enum { LONGEST = 10 };
    struct str word = str_slice(c->text, at, end + strlen("\u2019"));
    for (size_t i = 0; i < word.len && i < LONGEST; i++)
        if (word.at[i] == '\'' || word.at[i] == '\xE2') {
            size_t elided = lexicon_elided(c->lexicon, word);
            return elided ? at + elided : end;
        }
    return end;
}

/* the word without its possessive, which letters_end took along */
static size_t without_possessive(struct str text, size_t from, size_t to)
{
    static const size_t sizes[] = {2, 4};
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        if (to - from > sizes[i] && possessive_size(text, to - sizes[i]) == sizes[i])
            return to - sizes[i];
    return to;
}

static size_t cut_word(struct cutter *c, size_t at)
{
    size_t initials = initials_end(c->text, at);
    size_t end = initials != SIZE_MAX ? initials : letters_end(c->text, at);
    end = elision_end(c, at, end);
    size_t bare = without_possessive(c->text, at, end);
    struct token *t = token_add(c, at, bare, SHAPE_LOWER);
    struct str word = {c->text.at + at, bare - at};
    t->shape = initials != SIZE_MAX ? SHAPE_UPPER : shape_of_word(word, &t->cased);
    t->cased |= initials != SIZE_MAX;
    t->possessive = bare < end;
    t->word = fold_word(c->arena, word);
    return end;
}

static size_t cut_number(struct cutter *c, size_t at)
{
    size_t end = digits_end(c->text, at), size = 0;
    uint32_t next = peek(c->text, end, &size);
    bool joiner = next == ZWNJ || next == ZWJ;
    if (is_letter(next) && !joiner)
        return cut_word(c, at);
    struct token *t = token_add(c, at, end, SHAPE_NUMBER);
    t->word = fold_word(c->arena, (struct str){c->text.at + at, end - at});
    return joiner ? end + size : end;
}

static size_t cut_one(struct cutter *c, size_t at)
{
    size_t size = 0, link = link_end(c->text, at);
    uint32_t first = peek(c->text, at, &size);
    if (link != SIZE_MAX) {
        token_add(c, at, link, SHAPE_LINK)->word = str_slice(c->text, at, link);
        return link;
    }
    if (is_digit(first))
        return cut_number(c, at);
    if (is_letter(first))
        return cut_word(c, at);
    struct token *mark = token_add(c, at, at + size, SHAPE_MARK);
    mark->word = fold_word(c->arena, str_slice(c->text, at, at + size));
    return at + size;
}

static void look_up(const struct lexicon *lexicon, struct tokens *all, size_t i)
{
    struct token *t = &all->at[i];
    uint64_t hash = LEXICON_HASH_START;
    for (size_t j = i; j < all->count; j++) {
        hash = lexicon_hash(hash, all->at[j].word);
        const struct phrase *phrase = lexicon_find(lexicon, hash);
        if (!phrase)
            return;
        if (phrase->entries) {
            t->phrase = phrase;
            t->classes = phrase->classes;
        }
        if (!phrase->prefix)
            return;
    }
}

static void cut(const struct lexicon *lexicon, struct str text, struct arena *arena,
                struct tokens *out)
{
    enum { USUAL_BYTES = 5 }; /* a token and what separates it */
    struct cutter c = {.lexicon = lexicon, .text = text, .arena = arena};
    c.room = text.len / USUAL_BYTES + 2;
    c.at = arena_alloc(arena, c.room * sizeof *c.at);
    bool spaced = false;
    unsigned char lines = 0;
    for (size_t at = 0, size = 0; at < text.len;) {
        uint32_t first = peek(text, at, &size);
        if (is_blank(first)) {
            spaced = true;
            lines = (unsigned char)(lines + (first == '\n' && lines < 255));
            at += size;
            continue;
        }
        size_t before = c.count;
        at = cut_one(&c, at);
        c.at[before].behind = at;
        c.at[before].spaced = spaced;
        c.at[before].lines = lines;
        spaced = false;
        lines = 0;
    }
    *out = (struct tokens){c.at, c.count};
}

void tokens_cut_form(const struct lexicon *lexicon, struct str form, struct arena *arena,
                     struct tokens *out)
{
    cut(lexicon, form, arena, out);
}

void tokens_cut(const struct lexicon *lexicon, struct str text, struct arena *arena,
                struct tokens *out)
{
    cut(lexicon, text, arena, out);
    for (size_t i = 0; lexicon && i < out->count; i++)
        look_up(lexicon, out, i);
}

static bool fits(const struct entry *e, enum word_class class, enum word_kind kind)
{
    return e->class == class && (kind == KINDS || e->kind == kind);
}

static bool find(const struct tokens *t, size_t i, enum word_class class, enum word_kind kind,
                 const struct entry **entry, size_t *end)
{
    if (i >= t->count || !(t->at[i].classes >> class & 1))
        return false;
    for (const struct phrase *p = t->at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->entries; e; e = e->next)
            if (fits(e, class, kind)) {
                if (entry)
                    *entry = e;
                if (end)
                    *end = i + p->words;
                return true;
            }
    return false;
}

bool token_is(const struct tokens *t, size_t i, enum word_class class, const struct entry **entry,
              size_t *end)
{
    return find(t, i, class, KINDS, entry, end);
}

bool token_is_kind(const struct tokens *t, size_t i, enum word_class class, enum word_kind kind,
                   const struct entry **entry, size_t *end)
{
    return find(t, i, class, kind, entry, end);
}

enum { LONGEST_PHRASE = 6 };

static const struct entry *entry_of_length(const struct tokens *t, size_t i, enum word_class class,
                                           enum word_kind kind, size_t words)
{
    if (!(t->at[i].classes >> class & 1))
        return NULL;
    for (const struct phrase *p = t->at[i].phrase; p; p = p->shorter)
        for (const struct entry *e = p->words == words ? p->entries : NULL; e; e = e->next)
            if (fits(e, class, kind))
                return e;
    return NULL;
}

bool token_is_before(const struct tokens *t, size_t end, enum word_class class,
                     const struct entry **entry, size_t *begin)
{
    return token_is_before_kind(t, end, class, KINDS, entry, begin);
}

bool token_is_before_kind(const struct tokens *t, size_t end, enum word_class class,
                          enum word_kind kind, const struct entry **entry, size_t *begin)
{
    for (size_t words = end < LONGEST_PHRASE ? end : LONGEST_PHRASE; words > 0; words--) {
        const struct entry *e = entry_of_length(t, end - words, class, kind, words);
        if (!e)
            continue;
        if (entry)
            *entry = e;
        if (begin)
            *begin = end - words;
        return true;
    }
    return false;
}

bool token_is_mark(const struct tokens *t, size_t i, char mark)
{
    return i < t->count && t->at[i].shape == SHAPE_MARK && t->at[i].word.len == 1 &&
           t->at[i].word.at[0] == mark;
}

struct span tokens_span(const struct tokens *t, size_t first, size_t end)
{
    return (struct span){t->at[first].at.from, t->at[end - 1].at.to};
}
