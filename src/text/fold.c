#include "text/fold.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unicode/uclean.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "text/utf8.h"

enum { FOLDED_LIMIT = 4 };

/* What Unicode does not decompose, and writers exchange nevertheless. */
struct exchange {
    uint32_t from;
    uint32_t to[3];
};

static const struct exchange exchanges[] = {
    {0x00C6, {'a', 'e'}}, {0x00D0, {'d'}},      {0x00D8, {'o'}},      {0x00DE, {'t', 'h'}},
    {0x00DF, {'s', 's'}}, {0x00E6, {'a', 'e'}}, {0x00F0, {'d'}},      {0x00F8, {'o'}},
    {0x00FE, {'t', 'h'}}, {0x0110, {'d'}},      {0x0111, {'d'}},      {0x0126, {'h'}},
    {0x0127, {'h'}},      {0x0131, {'i'}},      {0x0141, {'l'}},      {0x0142, {'l'}},
    {0x0152, {'o', 'e'}}, {0x0153, {'o', 'e'}}, {0x02B9, {'\''}},     {0x02BB, {'\''}},
    {0x02BC, {'\''}},     {0x02BD, {'\''}},     {0x02BE, {'\''}},     {0x02BF, {'\''}},
    {0x0629, {0x0647}},   {0x0643, {0x06A9}},   {0x0649, {0x06CC}},   {0x064A, {0x06CC}},
    {0x0671, {0x0627}},   {0x06BE, {0x0647}},   {0x06C1, {0x0647}},   {0x06C3, {0x0647}},
    {0x06D2, {0x06CC}},   {0x06D5, {0x0647}},   {0x1E9E, {'s', 's'}}, {0x00AB, {'"'}},
    {0x00BB, {'"'}},      {0x00B4, {'\''}},     {0x0060, {'\''}},     {0x2018, {'\''}},
    {0x2019, {'\''}},     {0x201A, {'\''}},     {0x201B, {'\''}},     {0x201C, {'"'}},
    {0x201D, {'"'}},      {0x201E, {'"'}},      {0x201F, {'"'}},      {0x2032, {'\''}},
    {0x2033, {'"'}},      {0x2039, {'\''}},     {0x203A, {'\''}},     {0x2212, {'-'}},
};

struct folded {
    uint8_t count;
    uint32_t to[FOLDED_LIMIT];
};

/* What is looked up instead of asked of ICU: the alphabets up to Arabic, the punctuation and
 * joiners of all languages, and the letters that PDFs write as glyphs. Indexed by place_of. */
enum {
    LETTERS_END = 0x800,
    MARKS = 0x2000,
    MARKS_END = 0x2100,
    GLYPHS = 0xFB00,
    GLYPHS_END = 0xFF00,
    TABLE_SIZE = LETTERS_END + MARKS_END - MARKS + GLYPHS_END - GLYPHS
};

/* A character and, in UTF-8, what it folds to. */
struct known {
    char bytes[FOLD_BYTES - 1];
    uint8_t len;
};

static struct known table[TABLE_SIZE];
static pthread_once_t table_once = PTHREAD_ONCE_INIT;
static atomic_bool table_made;

static const struct exchange *exchange_find(uint32_t c)
{
    for (size_t i = 0; i < COUNT_OF(exchanges); i++)
        if (exchanges[i].from == c)
            return &exchanges[i];
    return NULL;
}

/* The scripts whose marks are spelling, not letters: a Devanagari or Burmese vowel sign is one. */
static bool marks_fold(UScriptCode script)
{
    switch (script) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
        return true;
    default:
        return false;
    }
}

static bool is_kana_mark(uint32_t c)
{
    return c == 0x3099 || c == 0x309A;
}

/* Letters as glyphs, which PDFs are full of: ligatures, Arabic presentation forms, full width. */
static bool is_presentation_form(uint32_t c)
{
    return (c >= 0xFB00 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) ||
           (c >= 0xFF01 && c <= 0xFF5E);
}

static size_t decompose(uint32_t c, UChar32 *out, size_t room)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[32];
    int32_t length = 0;
    const UNormalizer2 *form =
        is_presentation_form(c) ? unorm2_getNFKDInstance(&status) : unorm2_getNFDInstance(&status);
    if (U_FAILURE(status))
        bug("ICU has no normalisation data");
    int32_t count = unorm2_getDecomposition(form, (UChar32)c, units, COUNT_OF(units), &status);
    if (U_FAILURE(status) || count < 0)
        return 0;
    u_strToUTF32(out, (int32_t)room, &length, units, count, &status);
    return U_FAILURE(status) ? 0 : (size_t)length;
}

static void folded_add(struct folded *f, uint32_t c)
{
    if (f->count < FOLDED_LIMIT)
        f->to[f->count++] = c;
}

/* One character that no longer decomposes. */
static void fold_simple(uint32_t c, struct folded *out)
{
    int type = u_charType((UChar32)c);
    int digit = u_charDigitValue((UChar32)c);
    const struct exchange *other = exchange_find(c);
    if (other) {
        for (size_t i = 0; i < COUNT_OF(other->to) && other->to[i]; i++)
            folded_add(out, other->to[i]);
    } else if (type == U_FORMAT_CHAR || c == 0x0640) {
        return;
    } else if ((type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) && !is_kana_mark(c)) {
        UErrorCode status = U_ZERO_ERROR;
        if (!marks_fold(uscript_getScript((UChar32)c, &status)))
            folded_add(out, c);
    } else if (digit >= 0) {
        folded_add(out, (uint32_t)('0' + digit));
    } else if (type == U_SPACE_SEPARATOR) {
        folded_add(out, ' ');
    } else if (type == U_DASH_PUNCTUATION) {
        folded_add(out, '-');
    } else {
        UChar32 lower = u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT);
        other = (uint32_t)lower == c ? NULL : exchange_find((uint32_t)lower);
        if (other)
            fold_simple((uint32_t)lower, out);
        else
            folded_add(out, (uint32_t)lower);
    }
}

static void fold_by_icu(uint32_t c, struct folded *out)
{
    UChar32 parts[32];
    UErrorCode status = U_ZERO_ERROR;
    *out = (struct folded){0};
    if (exchange_find(c) || !marks_fold(uscript_getScript((UChar32)c, &status))) {
        fold_simple(c, out);
        return;
    }
    size_t count = decompose(c, parts, COUNT_OF(parts));
    if (count == 0)
        fold_simple(c, out);
    for (size_t i = 0; i < count; i++)
        fold_simple((uint32_t)parts[i], out);
}

/* its place in the table, or TABLE_SIZE */
static size_t place_of(uint32_t c)
{
    if (c < LETTERS_END)
        return c;
    if (c >= MARKS && c < MARKS_END)
        return c - MARKS + LETTERS_END;
    return c >= GLYPHS && c < GLYPHS_END ? c - GLYPHS + LETTERS_END + MARKS_END - MARKS
                                         : TABLE_SIZE;
}

static void table_add(uint32_t c)
{
    struct known *known = &table[place_of(c)];
    struct folded folded;
    char bytes[4];
    fold_by_icu(c, &folded);
    for (size_t i = 0; i < folded.count; i++) {
        size_t size = utf8_write(folded.to[i], bytes);
        if (known->len + size > sizeof known->bytes)
            bug("a character that folds to more than the table holds");
        memcpy(known->bytes + known->len, bytes, size);
        known->len = (uint8_t)(known->len + size);
    }
}

static void make_table(void)
{
    for (uint32_t c = 0; c < LETTERS_END; c++)
        table_add(c);
    for (uint32_t c = MARKS; c < MARKS_END; c++)
        table_add(c);
    for (uint32_t c = GLYPHS; c < GLYPHS_END; c++)
        table_add(c);
    atomic_store_explicit(&table_made, true, memory_order_release);
}

static const struct known *known_of(uint32_t c)
{
    size_t place = place_of(c);
    if (place == TABLE_SIZE)
        return NULL;
    if (!atomic_load_explicit(&table_made, memory_order_acquire))
        pthread_once(&table_once, make_table);
    return &table[place];
}

static void fold_unknown(uint32_t c, struct folded *out)
{
    bool itself = (c >= 0x4E00 && c <= 0xD7FF) || c > 0x10FFFF;
    *out = (struct folded){1, {c}};
    if (!itself)
        fold_by_icu(c, out);
}

static size_t fold_wide(uint32_t c, uint32_t out[4])
{
    const struct known *known = known_of(c);
    struct folded folded = {0};
    if (!known)
        fold_unknown(c, &folded);
    for (size_t at = 0, size; known && at < known->len; at += size)
        folded.to[folded.count++] = utf8_at((struct str){known->bytes, known->len}, at, &size);
    memcpy(out, folded.to, sizeof folded.to);
    return folded.count;
}

static bool is_plain(uint32_t c)
{
    return c < 0x80 && c != '`';
}

static uint32_t fold_plain(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

size_t fold_char(uint32_t c, uint32_t out[4])
{
    if (!is_plain(c))
        return fold_wide(c, out);
    out[0] = fold_plain(c);
    return 1;
}

size_t fold_bytes(uint32_t c, char out[FOLD_BYTES])
{
    const struct known *known = known_of(c);
    struct folded folded;
    size_t len = 0;
    if (known) {
        memcpy(out, known->bytes, sizeof known->bytes);
        return known->len;
    }
    fold_unknown(c, &folded);
    for (size_t i = 0; i < folded.count; i++)
        len += utf8_write(folded.to[i], out + len);
    return len;
}

/* The bytes of the characters from `at` on that are plain, folded to `out`; how many. */
static size_t fold_plain_run(struct str s, size_t at, char *out)
{
    size_t i = 0;
    while (at + i < s.len && is_plain((unsigned char)s.at[at + i])) {
        out[i] = (char)fold_plain((unsigned char)s.at[at + i]);
        i++;
    }
    return i;
}

/* Folds from *at on to out[*len] for as long as what comes next must fit into `room` bytes. */
static void fold_on(struct str s, size_t *at, char *out, size_t *len, size_t room)
{
    while (*at < s.len && room - *len >= FOLD_BYTES) {
        size_t size = fold_plain_run(str_slice(s, 0, *at + room - *len), *at, out + *len);
        *at += size;
        *len += size;
        if (*at == s.len || room - *len < FOLD_BYTES)
            break;
        *len += fold_bytes(utf8_at(s, *at, &size), out + *len);
        *at += size;
    }
}

struct str fold_text(struct arena *arena, struct str s)
{
    enum { SMALL = 512 };
    char small[SMALL], *out = small;
    size_t at = 0, len = 0, room = SMALL;
    for (;;) {
        fold_on(s, &at, out, &len, room);
        if (at == s.len)
            break;
        room = 2 * len + (s.len - at) + (s.len - at) / 8;
        char *longer = arena_alloc(arena, room);
        memcpy(longer, out, len);
        out = longer;
    }
    if (out != small && len < room)
        out[len] = 0;
    return out == small || len == room ? arena_copy(arena, (struct str){out, len})
                                       : (struct str){out, len};
}

/* The folded characters of a text, one after another. */
struct fold_walk {
    struct str rest;
    uint32_t folded[4];
    size_t count, next;
};

static bool fold_walk_next(struct fold_walk *w, uint32_t *out)
{
    while (w->next == w->count) {
        size_t size;
        if (w->rest.len == 0)
            return false;
        w->count = fold_char(utf8_at(w->rest, 0, &size), w->folded);
        w->next = 0;
        w->rest = str_slice(w->rest, size, w->rest.len);
    }
    *out = w->folded[w->next++];
    return true;
}

bool fold_equal(struct str a, struct str b)
{
    struct fold_walk left = {.rest = a}, right = {.rest = b};
    for (;;) {
        uint32_t x = 0, y = 0;
        bool more_left = fold_walk_next(&left, &x), more_right = fold_walk_next(&right, &y);
        if (more_left != more_right)
            return false;
        if (!more_left)
            return true;
        if (x != y)
            return false;
    }
}

enum part { PART_NONE, PART_LETTER, PART_JOINER, PART_APOSTROPHE };

static enum part part_of(uint32_t c)
{
    if (c < 0x80) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return letter ? PART_LETTER : c == '\'' ? PART_APOSTROPHE : PART_NONE;
    }
    if (c == 0x2019 || c == 0x02BC)
        return PART_APOSTROPHE;
    if (c == 0xFFFD)
        return PART_NONE;
    uint32_t type = U_MASK(u_charType((UChar32)c));
    if (type & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK))
        return PART_LETTER;
    return type & U_GC_CF_MASK ? PART_JOINER : PART_NONE;
}

bool word_next(struct str text, size_t *at, struct word *out)
{
    size_t i = *at, size;
    while (i < text.len && part_of(utf8_at(text, i, &size)) != PART_LETTER)
        i += size;
    if (i >= text.len) {
        *at = text.len;
        return false;
    }
    out->from = out->to = i;
    bool apostrophe = false;
    for (; i < text.len; i += size) {
        enum part part = part_of(utf8_at(text, i, &size));
        if (part == PART_LETTER)
            out->to = i + size;
        else if (part == PART_NONE || (part == PART_APOSTROPHE && apostrophe && out->to < i))
            break;
        apostrophe = part == PART_APOSTROPHE;
    }
    *at = out->to;
    return true;
}

static enum script script_of_letter(uint32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript((UChar32)c, &status)) {
    case USCRIPT_LATIN:
        return SCRIPT_LATIN;
    case USCRIPT_ARABIC:
        return SCRIPT_ARABIC;
    case USCRIPT_CYRILLIC:
        return SCRIPT_CYRILLIC;
    default:
        return SCRIPT_OTHER;
    }
}

enum script script_of(struct str s)
{
    size_t size;
    for (size_t i = 0; i < s.len; i += size) {
        uint32_t c = utf8_at(s, i, &size);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return SCRIPT_LATIN;
        if (c >= 0x80 && u_isalpha((UChar32)c))
            return script_of_letter(c);
    }
    return SCRIPT_OTHER;
}

static void *icu_alloc(const void *context, size_t size)
{
    (void)context;
    return mem_alloc(size);
}

static void *icu_resize(const void *context, void *old, size_t size)
{
    (void)context;
    return mem_resize(old, size);
}

static void icu_free(const void *context, void *old)
{
    (void)context;
    mem_free(old);
}

void text_use_memory(void)
{
    UErrorCode status = U_ZERO_ERROR;
    u_setMemoryFunctions(NULL, icu_alloc, icu_resize, icu_free, &status);
    if (U_FAILURE(status))
        bug("ICU was used before it got its memory");
}
