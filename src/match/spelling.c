#include "match/spelling.h"

#include <unicode/uchar.h>

#include "base/table.h"
#include "match/mix_int.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { ROMANISED_END = 0x2000, PARTICLES = 512, ROMAN_BYTES = 4 };

enum { ROMAN_ALWAYS = 1, ROMAN_TURKIC = 2, ROMAN_MARK = 4, ROMAN_INSIDE = 8 };

struct roman {
    char to[ROMAN_BYTES];
    uint8_t when; /* 0: there is no row */
};

struct particle_row {
    uint64_t hash; /* 0: free */
    uint8_t what;
};

static struct roman romans[ROMANISED_END];
static struct particle_row particles[PARTICLES];
static uint16_t folded[ROMANISED_END]; /* one letter to one letter; 0 where it is not so */

static uint64_t hash_letters(struct letters s)
{
    uint64_t h = s.count;
    for (size_t i = 0; i < s.count; i++)
        h = mix(h ^ s.at[i]);
    return h | 1;
}

static const struct particle_row *particle_place(uint64_t hash)
{
    size_t i = hash % PARTICLES;
    while (particles[i].hash && particles[i].hash != hash)
        i = (i + 1) % PARTICLES;
    return &particles[i];
}

/* how the rows name what a word is */
static bool particle_named(struct str name, uint8_t *out)
{
    static const char *const names[] = {
        [PARTICLE_DROP] = "drop", [PARTICLE_NEXT] = "next", [PARTICLE_LAST] = "last",
        [PARTICLE_SON] = "son",   [PARTICLE_JOIN] = "join",
    };
    for (uint8_t i = PARTICLE_DROP; i < COUNT_OF(names); i++)
        if (str_equal(name, str_of(names[i]))) {
            *out = i;
            return true;
        }
    return false;
}

static enum outcome read_particles(struct fault *why)
{
    struct table t;
    struct row row;
    struct spelling word;
    bool more;
    size_t count = 0;
    enum outcome outcome = table_open(&t, "names/particles.tsv", "word what", why);
    while (!outcome && !(outcome = table_next(&t, &row, &more, why)) && more) {
        uint8_t what;
        spelling_of(row.cells[0], SPELLING_CODE, &word);
        if (!word.count || !particle_named(row.cells[1], &what) || ++count > PARTICLES / 2)
            return table_refuse(&t, why, "a row that cannot be used:", row.cells[0]);
        struct particle_row *place =
            (struct particle_row *)particle_place(hash_letters(spelling_whole(&word)));
        *place = (struct particle_row){hash_letters(spelling_whole(&word)), what};
    }
    return outcome;
}

static enum outcome read_romans(struct fault *why)
{
    struct table t;
    struct row row;
    bool more;
    enum outcome outcome = table_open(&t, "names/romanise.tsv", "from to when", why);
    while (!outcome && !(outcome = table_next(&t, &row, &more, why)) && more) {
        size_t size;
        uint32_t from = utf8_at(row.cells[0], 0, &size);
        struct str to = row.cells[1], when = row.cells[2];
        if (size != row.cells[0].len || from >= ROMANISED_END || to.len > ROMAN_BYTES || !to.len)
            return table_refuse(&t, why, "a row that cannot be used:", row.cells[0]);
        struct roman *r = &romans[from];
        memcpy(r->to, to.at, to.len);
        r->when = str_equal(when, STR("any"))      ? ROMAN_ALWAYS
                  : str_equal(when, STR("turkic")) ? ROMAN_TURKIC
                  : str_equal(when, STR("inside")) ? ROMAN_INSIDE
                  : str_equal(when, STR("mark"))   ? ROMAN_ALWAYS | ROMAN_MARK
                                                   : 0;
        if (!r->when)
            return table_refuse(&t, why, "not any, turkic, inside or mark:", when);
    }
    return outcome;
}

static uint32_t lower(uint32_t c)
{
    return (uint32_t)u_tolower((UChar32)c);
}

static void fill_folded(void)
{
    uint32_t out[4];
    for (uint32_t c = 0; c < ROMANISED_END; c++)
        folded[c] = fold_char(c, out) == 1 ? (uint16_t)out[0] : 0;
}

enum outcome spelling_start(struct fault *why)
{
    static bool started;
    if (started)
        return OK;
    fill_folded();
    enum outcome outcome = read_romans(why);
    if (!outcome)
        outcome = read_particles(why);
    started = !outcome;
    return outcome;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') ||
           (c > 0x7F && !(c >= 0x2000 && c < 0x2C00) && c != 0x60C && c != 0x61B && c != 0x61F &&
            c != 0x66A && c != 0xA0 && c != 0xB7 && c != 0x6D4 && !(c >= 0x3000 && c < 0x3003));
}

/* ---- reading a text ---- */

struct speller {
    struct spelling *out;
    enum spelling_kind kind;
    bool turkic, open; /* a word is being spelt */
    bool hyphen, tied; /* a hyphen came last; one stood before the open word */
    bool hanging;      /* that hyphen stood right behind a word: a line may end behind it */
};

static void word_close(struct speller *s)
{
    struct spelling *out = s->out;
    if (!s->open || s->kind == SPELLING_CODE)
        return;
    s->open = false;
    size_t from = out->words ? out->ends[out->words - 1] : 0;
    if (out->words == SPELLING_WORDS) {
        out->ends[out->words - 1] = out->count;
        return;
    }
    if (out->count == from)
        return;
    out->ends[out->words] = out->count;
    out->bound[out->words] = s->tied;
    if (s->kind == SPELLING_NAME)
        out->particles[out->words] =
            particle_place(hash_letters((struct letters){out->letters + from, out->count - from}))
                ->what;
    out->words++;
}

static void letter_add(struct speller *s, uint32_t c)
{
    if (c == '\'')
        return;
    if (!is_letter(c) && !(is_digit(c) && s->kind != SPELLING_NAME)) {
        bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        s->hanging = c == '-' ? s->open : s->hanging && blank;
        s->hyphen = c == '-' || s->hanging;
        word_close(s);
        return;
    }
    if (!s->open)
        s->tied = s->hyphen;
    s->open = true;
    s->hanging = false;
    if (s->out->count < SPELLING_LETTERS)
        s->out->letters[s->out->count++] = (uint16_t)c;
}

static void fold_add(struct speller *s, uint32_t c)
{
    uint32_t out[4];
    if (c < ROMANISED_END && folded[c]) {
        letter_add(s, folded[c]);
        return;
    }
    size_t count = fold_char(c, out);
    for (size_t i = 0; i < count; i++)
        letter_add(s, out[i]);
}

/* `inside`: a letter follows */
static bool roman_add(struct speller *s, uint32_t c, bool inside)
{
    if (c >= ROMANISED_END)
        return false;
    const struct roman *r = &romans[c];
    bool wanted = (r->when & ROMAN_ALWAYS) || (r->when & ROMAN_TURKIC && s->turkic) ||
                  (r->when & ROMAN_INSIDE && inside);
    if (!wanted)
        return false;
    struct str to = {r->to, strnlen(r->to, ROMAN_BYTES)};
    size_t size;
    for (size_t at = 0; at < to.len; at += size) {
        uint32_t letter = utf8_at(to, at, &size);
        if (letter != '-')
            letter_add(s, letter);
    }
    return true;
}

static bool has_mark(struct str raw)
{
    size_t size;
    for (size_t at = 0; at < raw.len; at += size) {
        uint32_t c = lower(utf8_at(raw, at, &size));
        if (c > 0x7F && c < ROMANISED_END && romans[c].when & ROMAN_MARK)
            return true;
    }
    return false;
}

static bool is_ascii(struct str raw)
{
    unsigned char seen = 0;
    for (size_t i = 0; i < raw.len; i++)
        seen |= (unsigned char)raw.at[i];
    return seen < 0x80;
}

static void spell_ascii(struct speller *s, struct str raw)
{
    for (size_t at = 0; at < raw.len; at++) {
        unsigned char c = (unsigned char)raw.at[at];
        letter_add(s, c >= 'A' && c <= 'Z' ? c + 32u : c == '`' ? '\'' : c);
        if (c == ',' && !s->out->comma)
            s->out->comma = s->out->words;
    }
}

static void spell(struct speller *s, struct str raw)
{
    size_t size;
    s->turkic = has_mark(raw);
    for (size_t at = 0; at < raw.len; at += size) {
        uint32_t c = utf8_at(raw, at, &size);
        bool inside = at + size < raw.len && (raw.at[at + size] & 0x80);
        if (!roman_add(s, lower(c), inside))
            fold_add(s, c);
        if ((c == ',' || c == 0x60C) && !s->out->comma)
            s->out->comma = s->out->words;
    }
}

void spelling_of(struct str raw, enum spelling_kind kind, struct spelling *out)
{
    struct speller s = {.out = out, .kind = kind};
    out->count = out->words = out->comma = 0;
    memset(out->particles, 0, sizeof out->particles);
    if (is_ascii(raw))
        spell_ascii(&s, raw);
    else
        spell(&s, raw);
    if (kind == SPELLING_CODE && out->count) {
        out->words = 1;
        out->ends[0] = out->count;
    }
    word_close(&s);
}

/* ---- parts ---- */

struct letters spelling_word(const struct spelling *s, size_t i)
{
    size_t from = i ? s->ends[i - 1] : 0;
    return (struct letters){s->letters + from, s->ends[i] - from};
}

struct letters spelling_whole(const struct spelling *s)
{
    return (struct letters){s->letters, s->count};
}

void spelling_append(struct spelling *to, struct letters word, bool joined)
{
    if (!word.count || to->count + word.count > SPELLING_LETTERS)
        return;
    memcpy(to->letters + to->count, word.at, word.count * sizeof *word.at);
    to->count = (uint8_t)(to->count + word.count);
    if (!to->words || (!joined && to->words < SPELLING_WORDS)) {
        to->particles[to->words] = PARTICLE_NONE;
        to->words++;
    }
    to->ends[to->words - 1] = to->count;
}

void spelling_add(struct spelling *to, const struct spelling *from, size_t i, bool joined)
{
    spelling_append(to, spelling_word(from, i), joined);
}

uint64_t spelling_hash(const struct spelling *s)
{
    uint64_t h = hash_letters(spelling_whole(s));
    for (size_t i = 0; i + 1 < s->words; i++)
        h = mix(h ^ s->ends[i]);
    return h | 1;
}

static size_t letters_write(struct letters s, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < s.count; i++)
        len += utf8_write(s.at[i], out + len);
    return len;
}

struct str spelling_text(struct arena *arena, const struct spelling *s)
{
    char bytes[SPELLING_LETTERS * 4 + SPELLING_WORDS];
    size_t len = 0;
    for (size_t i = 0; i < s->words; i++) {
        if (i)
            bytes[len++] = ' ';
        len += letters_write(spelling_word(s, i), bytes + len);
    }
    return arena_copy(arena, (struct str){bytes, len});
}

uint64_t letters_sound(struct letters s)
{
    char bytes[SPELLING_LETTERS * 4];
    struct arena arena;
    uint64_t sound = 0;
    arena_init(&arena);
    struct str skeleton = skeleton_of(&arena, (struct str){bytes, letters_write(s, bytes)});
    for (size_t i = skeleton.len < SOUND_LETTERS ? skeleton.len : SOUND_LETTERS; i-- > 0;)
        sound = sound << 5 | (uint64_t)(skeleton.at[i] - 'a' + 1);
    arena_release(&arena);
    return sound ? sound : hash_letters(s) | 1ull << 63;
}

uint32_t letters_signature(struct letters s)
{
    uint32_t signature = 0;
    for (size_t i = 0; i < s.count; i++)
        signature |= 1u << (s.at[i] & 31);
    return signature;
}

bool letters_equal(struct letters a, struct letters b)
{
    return a.count == b.count && !memcmp(a.at, b.at, a.count * sizeof *a.at);
}

bool letters_are_arabic(struct letters s)
{
    return s.count && s.at[0] >= 0x600 && s.at[0] < 0x780;
}
