#include "read/token.h"

#include "read/letter.h"

/* Bytes of folded words that differ from what the text has, in pieces of the arena. */
struct copies {
    char *at;
    size_t used, room;
};

struct cutter {
    const struct lexicon *lexicon; /* or NULL */
    const struct letter *letters;
    struct str text;
    struct arena *arena;
    struct copies copies;
    struct token *at;
    size_t count, room;
    size_t looked_up; /* tokens, until then `phrase` is only where to look */
};

enum { ZWNJ = 0x200C, ZWJ = 0x200D, RIGHT_QUOTE = 0x2019 };

static bool is_ascii_letter(uint32_t c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x660 && c <= 0x669);
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

/* Makes room for `more` bytes behind `len` that are not yet taken. */
static char *copies_reserve(struct cutter *c, size_t len, size_t more)
{
    enum { PIECE = 4096 };
    struct copies *k = &c->copies;
    if (k->room - k->used < len + more) {
        size_t usual = c->text.len < PIECE ? c->text.len : PIECE;
        size_t room = usual + 2 * (len + more);
        char *piece = arena_room(c->arena, room);
        if (len)
            memcpy(piece, k->at + k->used, len);
        *k = (struct copies){piece, 0, room};
    }
    return k->at + k->used + len;
}

static struct str copies_take(struct cutter *c, size_t len)
{
    struct str taken = {c->copies.at + c->copies.used, len};
    c->copies.used += len;
    return taken;
}

static struct str fold_slice(struct cutter *c, size_t from, size_t to)
{
    struct str slice = str_slice(c->text, from, to);
    struct letter room;
    size_t len = 0;
    bool same = true;
    for (size_t at = 0; at < slice.len;) {
        const struct letter *l = letter_at(c->letters, slice, at, &room);
        memcpy(copies_reserve(c, len, FOLD_BYTES), l->folded, sizeof l->folded);
        len += l->len;
        same &= (l->bits & LETTER_SAME) != 0;
        at += l->size;
    }
    return same ? slice : copies_take(c, len);
}

/* What the letters of a word add up to. It is copied from the first letter that is folded on. */
struct spelling {
    size_t letters, digits, upper;
    size_t from;   /* byte of the text */
    size_t folded; /* bytes */
    bool first_upper, arabic, same;
    bool plain; /* letters alone */
};

static void spell(struct cutter *c, const struct letter *l, struct spelling *s)
{
    if (s->same && !(l->bits & LETTER_SAME)) {
        if (s->folded)
            memcpy(copies_reserve(c, 0, s->folded), c->text.at + s->from, s->folded);
        s->same = false;
    }
    if (!s->same)
        memcpy(copies_reserve(c, s->folded, FOLD_BYTES), l->folded, sizeof l->folded);
    s->folded += l->len;
    if (l->bits & LETTER_DIGIT) {
        s->digits++;
        s->plain = false;
    } else if (l->bits & LETTER_WORD) {
        bool upper = (l->bits & LETTER_UPPER) != 0;
        s->arabic |= (l->bits & LETTER_ARABIC) != 0;
        s->first_upper |= s->letters == 0 && upper;
        s->upper += upper;
        s->letters++;
    } else {
        s->plain = false;
    }
}

/* the letter at the byte, or NULL */
static const struct letter *letter_behind(const struct cutter *c, size_t at, struct letter *room)
{
    const struct letter *l = at < c->text.len ? letter_at(c->letters, c->text, at, room) : NULL;
    return l && l->bits & LETTER_WORD ? l : NULL;
}

/* letters and digits, and apostrophes before a letter; the byte behind them. A word that is elided
 * ends with its apostrophe. */
static size_t spell_word(struct cutter *c, size_t from, struct spelling *s)
{
    struct letter room, next_room;
    size_t at = from;
    *s = (struct spelling){.from = from, .same = true, .plain = true};
    while (at < c->text.len) {
        const struct letter *l = letter_at(c->letters, c->text, at, &room);
        if (!(l->bits & (LETTER_WORD | LETTER_DIGIT))) {
            if (l->character != '\'' && l->character != RIGHT_QUOTE)
                break;
            const struct letter *next = letter_behind(c, at + l->size, &next_room);
            bool elided = lexicon_elides(c->lexicon, str_slice(c->text, from, at),
                                         next && next->bits & LETTER_UPPER);
            if (elided)
                spell(c, l, s);
            if (elided || !next)
                return elided ? at + l->size : at;
        }
        spell(c, l, s);
        at += l->size;
    }
    return at;
}

static enum token_shape shape_of(const struct spelling *s)
{
    size_t lower = s->letters - s->upper;
    if (s->digits)
        return SHAPE_MIXED;
    if (s->arabic)
        return SHAPE_ARABIC;
    if (s->upper >= 2 && (lower == 0 || (s->upper > lower && lower <= 1)))
        return SHAPE_UPPER;
    return s->first_upper ? SHAPE_CAPITAL : SHAPE_LOWER;
}

static struct token *token_add(struct cutter *c, size_t from, size_t to, enum token_shape shape)
{
    c->at = arena_grow(c->arena, c->at, c->count, &c->room, sizeof *c->at);
    struct token *t = &c->at[c->count++];
    *t = (struct token){.at = {(uint32_t)from, (uint32_t)to}, .shape = shape};
    return t;
}

/* the bytes of 's or ’s at the end of a word */
static size_t possessive_size(struct str word)
{
    if (word.len <= 2 || (word.at[word.len - 1] | 32) != 's')
        return 0;
    if (word.at[word.len - 2] == '\'')
        return 2;
    return word.len > 4 && str_ends(str_slice(word, 0, word.len - 1), STR("’")) ? 4 : 0;
}

/* the letter of the possessive counts no more, nor do the two bytes that it folds to */
static void unspell_possessive(struct spelling *s, bool upper)
{
    s->letters--;
    s->upper -= upper;
    s->folded -= 2;
}

static size_t cut_initials(struct cutter *c, size_t at, size_t end)
{
    struct token *t = token_add(c, at, end, SHAPE_UPPER);
    t->cased = true;
    t->word = fold_slice(c, at, end);
    return end;
}

static bool is_small_letter(unsigned char byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* A word of ASCII, small but perhaps for the first letter, behind which it surely ends; the byte
 * behind it, or 0. */
static size_t cut_common_word(struct cutter *c, size_t at)
{
    const unsigned char *text = (const unsigned char *)c->text.at;
    bool capital = !is_small_letter(text[at]) && is_ascii_letter(text[at]);
    size_t end = at + capital;
    while (end < c->text.len && is_small_letter(text[end]))
        end++;
    if (end == at || end == c->text.len || end - at < 2)
        return 0;
    if (text[end] >= 0x80 || text[end] == '\'' || is_digit(text[end]) || is_ascii_letter(text[end]))
        return 0;
    struct token *t = token_add(c, at, end, capital ? SHAPE_CAPITAL : SHAPE_LOWER);
    t->cased = t->plain = true;
    t->word = str_slice(c->text, at, end);
    if (capital) {
        char *copy = copies_reserve(c, 0, end - at);
        memcpy(copy, text + at, end - at);
        copy[0] = (char)(text[at] | 32);
        t->word = copies_take(c, end - at);
    }
    return end;
}

/* A word of the Arabic script that folds to itself, behind which it surely ends; the byte behind
 * it, or 0. */
static size_t cut_arabic_word(struct cutter *c, size_t at)
{
    enum { PLAIN = LETTER_WORD | LETTER_ARABIC | LETTER_SAME };
    const unsigned char *text = (const unsigned char *)c->text.at;
    size_t end = at;
    while (end + 1 < c->text.len && text[end] >= 0xD8 && text[end] <= 0xDB &&
           (text[end + 1] & 0xC0) == 0x80) {
        unsigned place = (unsigned)(text[end] & 0x1F) << 6 | (text[end + 1] & 0x3F);
        if ((c->letters[place].bits & (PLAIN | LETTER_DIGIT)) != PLAIN)
            return 0;
        end += 2;
    }
    bool ends = end > at && end < c->text.len && text[end] < 0x80 && text[end] != '\'' &&
                !is_digit(text[end]) && !is_ascii_letter(text[end]);
    if (!ends)
        return 0;
    struct token *t = token_add(c, at, end, SHAPE_ARABIC);
    t->plain = true;
    t->word = str_slice(c->text, at, end);
    return end;
}

static size_t cut_word(struct cutter *c, size_t at)
{
    struct spelling s;
    bool ascii = (unsigned char)c->text.at[at] < 0x80;
    size_t common = ascii ? cut_common_word(c, at) : cut_arabic_word(c, at);
    if (common)
        return common;
    size_t initials = initials_end(c->text, at);
    if (initials != SIZE_MAX)
        return cut_initials(c, at, initials);
    size_t end = spell_word(c, at, &s);
    size_t possessive = possessive_size(str_slice(c->text, at, end)), bare = end - possessive;
    if (possessive) {
        unspell_possessive(&s, c->text.at[end - 1] == 'S');
    }
    struct token *t = token_add(c, at, bare, shape_of(&s));
    t->cased = s.letters && !s.arabic;
    t->possessive = possessive > 0;
    t->plain = s.plain;
    t->word = s.same ? str_slice(c->text, at, bare) : copies_take(c, s.folded);
    return end;
}

/* "39prisoners" without the blank, not "80th": whether the letters at the byte are what numbers
 * count */
static bool begins_counted_word(struct cutter *c, size_t at)
{
    struct spelling s;
    size_t end = spell_word(c, at, &s);
    if (!c->lexicon)
        return false;
    uint64_t hash = lexicon_word_hash(fold_slice(c, at, end));
    const struct phrase *p = lexicon_find(c->lexicon, lexicon_hash_join(LEXICON_HASH_START, hash));
    const uint64_t counted = UINT64_C(1) << WORD_POPULATION | UINT64_C(1) << WORD_COUNTER |
                             UINT64_C(1) << WORD_UNIT | UINT64_C(1) << WORD_SCALE;
    return p && p->classes & counted;
}

static size_t cut_number(struct cutter *c, size_t at)
{
    size_t end = digits_end(c->text, at), size = 0;
    uint32_t next = peek(c->text, end, &size);
    struct letter room;
    bool joiner = next == ZWNJ || next == ZWJ;
    unsigned bits = end < c->text.len ? letter_at(c->letters, c->text, end, &room)->bits : 0;
    bool letter = bits & LETTER_WORD;
    if (letter && !joiner && !(bits & LETTER_ARABIC && begins_counted_word(c, end)))
        return cut_word(c, at);
    struct token *t = token_add(c, at, end, SHAPE_NUMBER);
    t->word = fold_slice(c, at, end);
    return joiner ? end + size : end;
}

static size_t cut_one(struct cutter *c, size_t at, const struct letter *first)
{
    bool may_be_link = first->character == 'h' || first->character == 'w';
    size_t link = may_be_link ? link_end(c->text, at) : SIZE_MAX;
    if (link != SIZE_MAX) {
        token_add(c, at, link, SHAPE_LINK)->word = str_slice(c->text, at, link);
        return link;
    }
    if (first->bits & LETTER_DIGIT)
        return cut_number(c, at);
    if (first->bits & LETTER_WORD)
        return cut_word(c, at);
    struct token *mark = token_add(c, at, at + first->size, SHAPE_MARK);
    mark->word = fold_slice(c, at, at + first->size);
    return at + first->size;
}

/* The longest phrase that begins at the token; its first word was asked for when it was cut. */
static void look_up_phrase(struct cutter *c, size_t i)
{
    struct token *t = &c->at[i];
    if (!t->phrase)
        return;
    uint64_t hash = lexicon_hash_join(LEXICON_HASH_START, t->hash);
    const struct phrase *phrase = lexicon_find_at(c->lexicon, t->phrase, hash), *longest = NULL;
    for (size_t j = i + 1; phrase; j++) {
        longest = phrase->entries ? phrase : longest;
        if (!phrase->prefix || j >= c->count)
            break;
        hash = lexicon_hash_join(hash, c->at[j].hash);
        phrase = lexicon_find(c->lexicon, hash);
    }
    t->phrase = longest;
    t->classes = longest ? longest->classes : 0;
    for (const struct phrase *p = longest; p; p = p->shorter)
        if (i + p->words < c->count)
            c->at[i + p->words].ended |= p->classes;
    if (longest)
        __builtin_prefetch(longest->entries);
}

/* Looks up what was cut long enough ago, or at the end all of it. */
static void look_up(struct cutter *c, bool all)
{
    enum { EXPECTED_AHEAD = 16 };
    size_t ahead = all ? 0 : EXPECTED_AHEAD + lexicon_longest(c->lexicon);
    while (c->looked_up + ahead < c->count)
        look_up_phrase(c, c->looked_up++);
}

static void cut(const struct lexicon *lexicon, bool looks, struct str text, struct arena *arena,
                struct tokens *out)
{
    enum { USUAL_BYTES = 4 }; /* of a token and what separates it */
    struct cutter c = {
        .lexicon = lexicon, .letters = letters_table(), .text = text, .arena = arena};
    struct letter room;
    if (text.len > UINT32_MAX)
        bug("a text of more than 4 GiB");
    c.room = text.len / USUAL_BYTES + 2;
    c.at = arena_room(arena, c.room * sizeof *c.at);
    bool spaced = false;
    unsigned lines = 0;
    for (size_t at = 0; at < text.len;) {
        const struct letter *first = letter_at(c.letters, text, at, &room);
        if (first->bits & LETTER_BLANK) {
            spaced = true;
            lines += first->character == '\n' && lines < 255;
            at += first->size;
            continue;
        }
        size_t before = c.count;
        at = cut_one(&c, at, first);
        struct token *t = &c.at[before];
        t->hash = lexicon_word_hash(t->word);
        t->behind = (uint32_t)at;
        t->spaced = spaced;
        t->lines = lines & 0xFF;
        spaced = false;
        lines = 0;
        if (looks) {
            t->phrase = lexicon_expect(lexicon, lexicon_hash_join(LEXICON_HASH_START, t->hash));
            look_up(&c, false);
        }
    }
    if (looks)
        look_up(&c, true);
    *out = (struct tokens){c.at, c.count};
}

void tokens_cut_form(const struct lexicon *lexicon, struct str form, struct arena *arena,
                     struct tokens *out)
{
    cut(lexicon, false, form, arena, out);
}

void tokens_cut(const struct lexicon *lexicon, struct str text, struct arena *arena,
                struct tokens *out)
{
    cut(lexicon, lexicon != NULL, text, arena, out);
}

static bool fits(const struct entry *e, enum word_class class, enum word_kind kind)
{
    return e->class == class && (kind == KINDS || e->kind == kind);
}

bool token_phrase(const struct tokens *t, size_t i, enum word_class class, enum word_kind kind,
                  const struct entry **entry, size_t *end)
{
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

bool token_phrase_before(const struct tokens *t, size_t end, enum word_class class,
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

struct span tokens_span(const struct tokens *t, size_t first, size_t end)
{
    return (struct span){t->at[first].at.from, t->at[end - 1].at.to};
}
