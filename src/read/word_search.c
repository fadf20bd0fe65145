#include "read/word_search.h"

#include <string.h>

static uint32_t head_of_bytes(uint32_t first, uint32_t second, uint32_t third, uint32_t fourth)
{
    return first | second << 8 | third << 16 | fourth << 24;
}

static uint32_t head_of(struct str word)
{
    unsigned char bytes[HEAD_SIZE] = {0};
    memcpy(bytes, word.at, word.len < HEAD_SIZE ? word.len : HEAD_SIZE);
    return head_of_bytes(bytes[0], bytes[1], bytes[2], bytes[3]);
}

static size_t shelf_of(uint32_t head)
{
    return (head * UINT32_C(0x9E3779B1)) >> 22;
}

static size_t head_bit(uint32_t head)
{
    return (head * UINT32_C(0x9E3779B1)) >> 19;
}

_Static_assert(HEAD_BITS == 1 << (32 - 19), "head_bit gives a bit");
_Static_assert(SHELVES == 1 << (32 - 22), "shelf_of gives a shelf");

static bool is_word_byte(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 128 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

static void shelve(struct word_search *all)
{
    for (size_t i = 0; i < all->count; i++) {
        struct sought *w = &all->words[i];
        all->heads[head_bit(w->head) / 64] |= UINT64_C(1) << head_bit(w->head) % 64;
        all->begins[(unsigned char)w->word.at[0]] = true;
        const struct sought **shelf =
            w->mask == UINT32_MAX ? &all->shelves[shelf_of(w->head)] : &all->brief;
        w->next = *shelf;
        *shelf = w;
    }
}

static void sort_letters(struct word_search *all)
{
    all->letters = letters_table();
    for (size_t byte = 0; byte < COUNT_OF(all->within); byte++)
        all->within[byte] = is_word_byte((char)byte);
    for (uint32_t c = 0; c < 128; c++) {
        char folded[FOLD_BYTES];
        if (fold_bytes(c, folded) != 1)
            bug("ASCII that does not fold to one byte");
        all->ascii[c] = (unsigned char)folded[0];
        all->plain[c] = all->within[all->ascii[c]];
    }
    for (uint32_t c = 128; c < LETTERS_END; c++)
        if (all->letters[c].bits & LETTER_SAME)
            all->same[c >> 6] |= UINT64_C(1) << (c & 0x3F);
}

void word_search_add(struct word_search *all, struct arena *arena, struct str word)
{
    uint32_t mask = word.len < HEAD_SIZE ? (UINT32_C(1) << 8 * word.len) - 1 : UINT32_MAX;
    all->words = arena_grow(arena, all->words, all->count, &all->room, sizeof *all->words);
    all->words[all->count++] = (struct sought){word, head_of(word), mask, NULL};
}

void word_search_finish(struct word_search *all)
{
    shelve(all);
    sort_letters(all);
}

/* Goes through a text as it is folded, byte by byte. */
struct cursor {
    const struct word_search *all;
    struct str text;
    size_t at, behind; /* the letter that the last byte is of, and the text behind it */
    size_t left;       /* bytes of it that are still to come */
    struct letter letter;
};

static struct cursor cursor_at(const struct word_search *all, struct str text, size_t at)
{
    return (struct cursor){.all = all, .text = text, .at = at, .behind = at};
}

/* false at the end of the text */
static bool cursor_next(struct cursor *c, unsigned char *out)
{
    struct letter unknown;
    while (!c->left) {
        if (c->behind >= c->text.len)
            return false;
        c->at = c->behind;
        c->letter = *letter_at(c->all->letters, c->text, c->at, &unknown);
        c->behind += c->letter.size;
        c->left = c->letter.len;
    }
    *out = (unsigned char)c->letter.folded[c->letter.len - c->left--];
    if (*out < 128 && c->letter.character < 128)
        *out = c->all->ascii[c->letter.character];
    return true;
}

/* As stands_at, wherever the word begins and whatever its letters fold to. */
static bool stands_folded(const struct word_search *all, struct str text, size_t at, size_t skipped,
                          const struct sought *w, size_t *end)
{
    struct cursor c = cursor_at(all, text, at);
    unsigned char byte;
    for (size_t i = 0; i < skipped + w->word.len; i++)
        if (!cursor_next(&c, &byte) ||
            (i >= skipped && byte != (unsigned char)w->word.at[i - skipped]))
            return false;
    size_t last = c.at;
    bool more = cursor_next(&c, &byte);
    if (more && all->within[byte])
        return false;
    while (more && c.at == last)
        more = cursor_next(&c, &byte);
    *end = more ? c.at : text.len;
    return true;
}

/* a letter of two bytes that folds to itself */
static bool is_same(const struct word_search *all, struct str text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.at + at;
    return at + 1 < text.len && p[0] >= 0xC2 && p[0] <= 0xDF &&
           all->same[p[0] & 0x1F] >> (p[1] & 0x3F) & 1;
}

/* Whether the word begins at the folded byte `skipped` behind the text's byte `at`, as a whole word
 * but for its beginning; the byte behind it in *end. */
static bool stands_at(const struct word_search *all, struct str text, size_t at, size_t skipped,
                      const struct sought *w, size_t *end)
{
    const unsigned char *p = (const unsigned char *)text.at;
    const unsigned char *word = (const unsigned char *)w->word.at;
    size_t i = at, k = 0;
    while (!skipped && k < w->word.len && i < text.len) {
        bool ascii = p[i] < 128;
        if (!ascii && !is_same(all, text, i))
            break;
        if (ascii ? all->ascii[p[i]] != word[k]
                  : k + 1 == w->word.len || p[i] != word[k] || p[i + 1] != word[k + 1])
            return false;
        i += ascii ? 1 : 2;
        k += ascii ? 1 : 2;
    }
    *end = i;
    if (k == w->word.len && (i == text.len || p[i] < 128))
        return i == text.len || !all->within[all->ascii[p[i]]];
    return stands_folded(all, text, at, skipped, w, end);
}

/* The HEAD_SIZE bytes that the place begins with, where they are as many letters of ASCII or half
 * as many of two bytes that fold to themselves. */
static inline bool read_head(const struct word_search *all, struct str text, size_t at,
                             uint32_t *head)
{
    const unsigned char *p = (const unsigned char *)text.at + at;
    if (text.len - at < HEAD_SIZE)
        return false;
    if ((p[0] | p[1] | p[2] | p[3]) < 128) {
        *head =
            head_of_bytes(all->ascii[p[0]], all->ascii[p[1]], all->ascii[p[2]], all->ascii[p[3]]);
        return true;
    }
    *head = head_of_bytes(p[0], p[1], p[2], p[3]);
    return is_same(all, text, at) && is_same(all, text, at + 2);
}

/* the same of any place, with zeros behind the end of the text */
static uint32_t fold_head(const struct word_search *all, struct str text, size_t at, size_t skipped)
{
    unsigned char byte, head[HEAD_SIZE] = {0};
    struct cursor c = cursor_at(all, text, at);
    for (size_t i = 0; i < skipped + HEAD_SIZE && cursor_next(&c, &byte); i++)
        if (i >= skipped)
            head[i - skipped] = byte;
    return head_of_bytes(head[0], head[1], head[2], head[3]);
}

struct looker {
    const struct word_search *all;
    struct str text;
    struct arena *arena;
    struct sightings seen;
};

static void see_words(struct looker *l, size_t at, size_t skipped, uint32_t head)
{
    struct sightings *seen = &l->seen;
    const struct sought *shelves[] = {l->all->shelves[shelf_of(head)], l->all->brief};
    for (size_t i = 0; i < COUNT_OF(shelves); i++)
        for (const struct sought *w = shelves[i]; w; w = w->next) {
            size_t end;
            if ((head & w->mask) != w->head || !stands_at(l->all, l->text, at, skipped, w, &end))
                continue;
            seen->at = arena_grow(l->arena, seen->at, seen->count, &seen->room, sizeof *seen->at);
            seen->at[seen->count++] = (struct sighting){at, end, (size_t)(w - l->all->words)};
        }
}

static inline void look_at(struct looker *l, size_t at, size_t skipped)
{
    uint32_t head;
    if (skipped || !read_head(l->all, l->text, at, &head))
        head = fold_head(l->all, l->text, at, skipped);
    if (l->all->brief || l->all->heads[head_bit(head) / 64] >> head_bit(head) % 64 & 1)
        see_words(l, at, skipped, head);
}

/* the byte behind the letters from `at` on that surely stand within a word */
static size_t skip_within(const struct word_search *all, struct str text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.at;
    for (;;) {
        while (at < text.len && all->plain[p[at]])
            at++;
        if (!is_same(all, text, at))
            return at;
        at += 2;
    }
}

/* Looks where the letter at the byte may begin a word; whether a word goes on behind it. */
static bool look_at_letter(struct looker *l, size_t at, bool before, size_t *size)
{
    struct letter unknown;
    const struct letter *letter = letter_at(l->all->letters, l->text, at, &unknown);
    for (size_t i = 0; i < letter->len; i++) {
        unsigned char folded = (unsigned char)letter->folded[i];
        if (!before && l->all->begins[folded])
            look_at(l, at, i);
        before = l->all->within[folded];
    }
    *size = letter->size;
    return before;
}

struct sightings word_search_text(const struct word_search *all, struct str text,
                                  struct arena *arena)
{
    struct looker l = {.all = all, .text = text, .arena = arena};
    bool before = false;
    for (size_t at = 0; at < text.len;) {
        unsigned char byte = (unsigned char)text.at[at];
        size_t size = 1;
        if (byte < 128) {
            if (!before && all->begins[all->ascii[byte]])
                look_at(&l, at, 0);
            before = all->plain[byte];
        } else {
            before = look_at_letter(&l, at, before, &size);
        }
        at = before ? skip_within(all, text, at + size) : at + size;
    }
    return l.seen;
}

struct sightings word_search_beginning(const struct word_search *all, struct str text,
                                       struct arena *arena)
{
    struct looker l = {.all = all, .text = text, .arena = arena};
    struct cursor c = cursor_at(all, text, 0);
    unsigned char byte;
    if (cursor_next(&c, &byte))
        look_at(&l, c.at, 0);
    return l.seen;
}
