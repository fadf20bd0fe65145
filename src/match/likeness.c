#include "match/likeness.h"

#include "base/table.h"
#include "match/align.h"
#include "match/mix_int.h"

enum {
    KNOWN = 1 << 13,
    SOUND_PRICE = 11,  /* tenths that two romanisations of one name may differ by */
    SCRIPT_LEAST = 10, /* tenths of a bit for one name in two scripts */
    SCRIPT_STRANGE = -40,
};

struct known {
    uint64_t hash; /* of the form; 0: free */
    uint16_t groups[6];
};

static struct known known[KNOWN];

static uint64_t word_hash(struct letters s)
{
    uint64_t h = s.count;
    for (size_t i = 0; i < s.count; i++)
        h = mix(h ^ s.at[i]);
    return h | 1;
}

static struct known *known_place(uint64_t hash)
{
    size_t i = hash % KNOWN;
    while (known[i].hash && known[i].hash != hash)
        i = (i + 1) % KNOWN;
    return &known[i];
}

static bool known_add(struct str text, uint16_t group)
{
    struct spelling s;
    spelling_of(text, SPELLING_CODE, &s);
    struct known *n = known_place(word_hash(spelling_whole(&s)));
    n->hash = word_hash(spelling_whole(&s));
    for (size_t i = 0; i < COUNT_OF(n->groups); i++)
        if (!n->groups[i] || n->groups[i] == group) {
            n->groups[i] = group;
            return s.count > 0;
        }
    return false;
}

static enum outcome groups_read(const char *path, uint16_t *groups, struct fault *why)
{
    struct table t;
    struct row row;
    bool more;
    enum outcome outcome = table_open(&t, path, "name forms", why);
    while (!outcome && !(outcome = table_next(&t, &row, &more, why)) && more) {
        struct str rest = row.cells[1], form;
        bool good = known_add(row.cells[0], ++*groups);
        while (str_cut(&rest, '|', &form))
            good = good && known_add(form, *groups);
        if (!good || *groups > KNOWN / 8)
            return table_refuse(&t, why, "a row that cannot be used:", row.cells[0]);
    }
    return outcome;
}

enum outcome likeness_start(struct fault *why)
{
    static uint16_t groups;
    if (groups)
        return OK;
    enum outcome outcome = align_start(why);
    if (!outcome)
        outcome = groups_read("names/nicknames.tsv", &groups, why);
    return outcome ? outcome : groups_read("names/known.tsv", &groups, why);
}

static bool are_one_name(struct letters a, struct letters b)
{
    const struct known *x = known_place(word_hash(a)), *y = known_place(word_hash(b));
    if (!x->hash || !y->hash)
        return false;
    for (size_t i = 0; i < COUNT_OF(x->groups) && x->groups[i]; i++)
        for (size_t k = 0; k < COUNT_OF(y->groups) && y->groups[k]; k++)
            if (x->groups[i] == y->groups[k])
                return true;
    return false;
}

bool letters_are_known(struct letters s)
{
    return known_place(word_hash(s))->hash != 0;
}

uint32_t letters_groups(struct letters s)
{
    const struct known *k = known_place(word_hash(s));
    uint32_t groups = 0;
    for (size_t i = 0; k->hash && i < COUNT_OF(k->groups) && k->groups[i]; i++)
        groups |= 1u << (mix(k->groups[i]) & 31);
    return groups;
}

static struct spoken spoken_of(struct letters s)
{
    return (struct spoken){s, letters_sound(s), letters_signature(s), letters_are_known(s)};
}

struct wording wording_of(const struct spelling *s)
{
    struct wording w = {.whole = spoken_of(spelling_whole(s)), .count = s->words};
    for (size_t i = 0; i < s->words; i++)
        w.words[i] = spoken_of(spelling_word(s, i));
    return w;
}

/* ---- letters ---- */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t letters_distance(struct letters a, struct letters b, size_t limit)
{
    uint8_t rows[3][SPELLING_LETTERS + 1];
    uint8_t *before = rows[0], *last = rows[1], *now = rows[2];
    size_t apart = a.count > b.count ? a.count - b.count : b.count - a.count;
    if (apart > limit)
        return limit + 1;
    for (size_t j = 0; j <= b.count; j++)
        last[j] = (uint8_t)j;
    for (size_t i = 1; i <= a.count; i++) {
        size_t best = now[0] = (uint8_t)i;
        for (size_t j = 1; j <= b.count; j++) {
            size_t d = least(last[j], now[j - 1]) + 1u;
            d = least(d, last[j - 1] + (size_t)(a.at[i - 1] != b.at[j - 1]));
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                d = least(d, before[j - 2] + 1u);
            now[j] = (uint8_t)d;
            best = least(best, d);
        }
        if (best > limit)
            return limit + 1;
        uint8_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[b.count] <= limit ? last[b.count] : limit + 1;
}

/* One Arabic letter of all that sound alike; 0 for those that are often left out. */
static uint16_t sound_of(uint16_t c)
{
    switch (c) {
    case 0x62B: /* se, sad -> sin */
    case 0x635:
        return 0x633;
    case 0x630: /* zal, zad, za -> ze */
    case 0x636:
    case 0x638:
        return 0x632;
    case 0x637: /* ta -> te */
        return 0x62A;
    case 0x62D: /* he */
        return 0x647;
    case 0x63A: /* ghain -> qaf */
        return 0x642;
    case 0x639: /* ain, hamza */
    case 0x621:
        return 0;
    default:
        return c;
    }
}

static bool sound_alike(struct letters a, struct letters b)
{
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a.count && !sound_of(a.at[i]))
            i++;
        while (j < b.count && !sound_of(b.at[j]))
            j++;
        if (i == a.count || j == b.count)
            return i == a.count && j == b.count;
        if (sound_of(a.at[i]) != sound_of(b.at[j]))
            return false;
    }
}

/* as many slips as still leave two words alike */
static size_t slips_allowed(size_t longer)
{
    return longer >= 8 ? 3 : longer >= 5 ? 2 : longer >= 4 ? 1 : 0;
}

static enum level slip_level(const struct spoken *x, const struct spoken *y)
{
    struct letters a = x->letters, b = y->letters;
    size_t longer = a.count > b.count ? a.count : b.count;
    size_t shorter = a.count + b.count - longer;
    size_t allowed = slips_allowed(longer);
    /* a slip adds and takes away at most one letter of those that occur */
    if ((size_t)__builtin_popcount(x->signature ^ y->signature) <= 2 * allowed) {
        size_t d = letters_distance(a, b, allowed);
        if (d <= allowed)
            return d == 1 || (d == 2 && longer >= 7) ? LEVEL_NEAR : LEVEL_PART;
    }
    size_t begin = shorter >= 3 || shorter == 1 ? shorter : 0;
    return begin && !memcmp(a.at, b.at, begin * sizeof *a.at) ? LEVEL_PART : LEVEL_OTHER;
}

/* At most one consonant more, less, other, or two neighbours exchanged. */
static bool sounds_are_near(uint64_t a, uint64_t b)
{
    const uint64_t vowels_alone = 1ull << 63;
    if (a & b & vowels_alone)
        return true;
    while (a && b && (a & 31) == (b & 31)) {
        a >>= 5;
        b >>= 5;
    }
    if (a >> 5 == b >> 5 || a >> 5 == b || a == b >> 5)
        return true;
    return a >> 10 == b >> 10 && (a & 31) == (b >> 5 & 31) && (b & 31) == (a >> 5 & 31);
}

/* Steps that no romanisation takes: a short vowel is one letter. */
static size_t strange_steps(const struct alignment *a)
{
    size_t count = 0;
    for (size_t i = 0; i < a->count; i++) {
        bool again = i && !a->steps[i].left && !a->steps[i - 1].left;
        count += again || a->steps[i].tenths < SCRIPT_STRANGE;
    }
    return count;
}

static enum level script_level(const struct spoken *a, const struct spoken *b)
{
    struct alignment steps;
    if (!sounds_are_near(a->sound, b->sound))
        return LEVEL_OTHER;
    bool turned = letters_are_arabic(b->letters);
    struct letters arabic = turned ? b->letters : a->letters;
    struct letters latin = turned ? a->letters : b->letters;
    if (!scripts_within(arabic, latin, SCRIPT_LEAST, &steps))
        return LEVEL_OTHER;
    size_t strange = strange_steps(&steps);
    if (strange > 1)
        return LEVEL_OTHER;
    return strange ? LEVEL_NEAR : LEVEL_SPELLING;
}

static bool same_spelling(const struct spoken *a, const struct spoken *b)
{
    if (!sounds_are_near(a->sound, b->sound))
        return false;
    if (letters_are_arabic(a->letters))
        return sound_alike(a->letters, b->letters);
    size_t x = a->letters.count, y = b->letters.count;
    return (x > y ? x - y : y - x) <= 4 && sounds_within(a->letters, b->letters, SOUND_PRICE);
}

bool words_are_far_apart(uint64_t sound_a, uint32_t signature_a, size_t letters_a, uint64_t sound_b,
                         uint32_t signature_b, size_t letters_b, bool one_script)
{
    if (sounds_are_near(sound_a, sound_b))
        return false;
    size_t longer = letters_a > letters_b ? letters_a : letters_b;
    size_t apart = (size_t)__builtin_popcount(signature_a ^ signature_b);
    /* where one begins the other, its letters are among the other's */
    bool begins = !(signature_a & ~signature_b) || !(signature_b & ~signature_a);
    return !one_script || (apart > 2 * slips_allowed(longer) && !begins);
}

enum level word_level(const struct spoken *a, const struct spoken *b)
{
    if (!a->letters.count || !b->letters.count)
        return LEVEL_MISSING;
    if (letters_equal(a->letters, b->letters))
        return LEVEL_SAME;
    if (a->known && b->known)
        return are_one_name(a->letters, b->letters) ? LEVEL_SPELLING : LEVEL_OTHER;
    if (letters_are_arabic(a->letters) != letters_are_arabic(b->letters))
        return script_level(a, b);
    return same_spelling(a, b) ? LEVEL_SPELLING : slip_level(a, b);
}

/* ---- several words ---- */

struct pairing {
    size_t paired, longer;
    enum level worst;
};

/* each word of `few` to the word of `many` most like it that is still free */
static struct pairing words_pair(const struct wording *few, const struct wording *many)
{
    struct pairing p = {.longer = many->count, .worst = LEVEL_SAME};
    bool taken[SPELLING_WORDS] = {false};
    for (size_t i = 0; i < few->count; i++) {
        enum level best = LEVEL_OTHER;
        size_t at = 0;
        for (size_t j = 0; j < many->count; j++) {
            if (taken[j])
                continue;
            enum level level = word_level(&few->words[i], &many->words[j]);
            if (level < best) {
                best = level;
                at = j;
            }
        }
        if (best > LEVEL_NEAR)
            continue;
        taken[at] = true;
        p.paired++;
        p.worst = best > p.worst ? best : p.worst;
    }
    return p;
}

static enum level words_level(const struct wording *a, const struct wording *b)
{
    const struct wording *few = a->count <= b->count ? a : b, *many = few == a ? b : a;
    struct pairing p = words_pair(few, many);
    if (a->count == b->count) {
        struct pairing back = words_pair(many, few);
        if (back.paired < p.paired || (back.paired == p.paired && back.worst > p.worst))
            p = back;
    }
    /* where both have a word that the other lacks, one in common is chance */
    if (!p.paired || (p.paired < 2 && p.paired < few->count))
        return LEVEL_OTHER;
    if (p.paired == p.longer)
        return p.worst > LEVEL_SPELLING ? p.worst : LEVEL_SPELLING;
    return LEVEL_PART;
}

static enum level better(enum level a, enum level b)
{
    return a < b ? a : b;
}

enum level name_level(const struct wording *a, const struct wording *b)
{
    if (!a->count || !b->count)
        return LEVEL_MISSING;
    enum level whole = word_level(&a->whole, &b->whole);
    if (whole <= LEVEL_SPELLING || (a->count == 1 && b->count == 1))
        return whole;
    /* several words are not alike because their letters, run together, are somewhat */
    return better(whole <= LEVEL_NEAR ? whole : LEVEL_OTHER, words_level(a, b));
}

enum level text_level(const struct wording *a, const struct wording *b)
{
    if (!a->count || !b->count)
        return LEVEL_MISSING;
    struct letters x = a->whole.letters, y = b->whole.letters;
    if (letters_equal(x, y))
        return LEVEL_SAME;
    if (letters_are_arabic(x) != letters_are_arabic(y))
        return name_level(a, b);
    if (a->whole.sound == b->whole.sound && same_spelling(&a->whole, &b->whole))
        return LEVEL_SPELLING;
    size_t longer = x.count > y.count ? x.count : y.count, allowed = longer / 5 + 1;
    if (longer >= 4 &&
        (size_t)__builtin_popcount(a->whole.signature ^ b->whole.signature) <= 2 * allowed &&
        letters_distance(x, y, allowed) <= allowed)
        return LEVEL_NEAR;
    for (size_t i = 0; i < a->count && a->count + b->count > 2; i++)
        for (size_t j = 0; j < b->count; j++)
            if (letters_equal(a->words[i].letters, b->words[j].letters))
                return LEVEL_PART;
    return LEVEL_OTHER;
}

/* ---- codes, dates, ages ---- */

enum level code_level(struct letters a, struct letters b)
{
    if (letters_equal(a, b))
        return LEVEL_SAME;
    size_t shorter = a.count < b.count ? a.count : b.count;
    if (shorter >= 3 && letters_distance(a, b, 1) == 1)
        return LEVEL_NEAR;
    size_t half = (shorter + 1) / 2;
    return half >= 2 && !memcmp(a.at, b.at, half * sizeof *a.at) ? LEVEL_PART : LEVEL_OTHER;
}

/* Eight digits, four bits each. */
static uint32_t digits_of(uint32_t date)
{
    uint32_t number = (date >> 9) * 10000 + (date >> 5 & 15) * 100 + (date & 31), digits = 0;
    for (unsigned shift = 0; shift < 32; shift += 4, number /= 10)
        digits |= number % 10 << shift;
    return digits;
}

/* one digit is another, or two neighbours are exchanged */
static bool digits_are_near(uint32_t a, uint32_t b)
{
    uint32_t apart = a ^ b;
    unsigned shift = (unsigned)__builtin_ctz(apart) & ~3u;
    uint32_t x = a >> shift, y = b >> shift;
    bool turned = (x & 15) == (y >> 4 & 15) && (y & 15) == (x >> 4 & 15);
    return apart >> shift < 16 || (apart >> shift < 256 && turned);
}

/* as far as both say: what is unknown on one side is taken out of both */
static void cut_to_common(uint32_t *a, uint32_t *b)
{
    uint32_t keep = ~0u;
    if (!(*a & 31) || !(*b & 31))
        keep &= ~31u;
    if (!(*a >> 5 & 15) || !(*b >> 5 & 15))
        keep &= ~511u;
    *a &= keep;
    *b &= keep;
}

enum level date_level(uint32_t a, uint32_t b)
{
    if (!a || !b)
        return LEVEL_MISSING;
    if (a == b)
        return LEVEL_SAME;
    cut_to_common(&a, &b);
    if (a == b)
        return LEVEL_SPELLING;
    bool whole = a & 31;
    bool turned =
        whole && a >> 9 == b >> 9 && (a & 31) == (b >> 5 & 15) && (b & 31) == (a >> 5 & 15);
    if (whole && (turned || digits_are_near(digits_of(a), digits_of(b))))
        return LEVEL_NEAR;
    int same = (a >> 9 == b >> 9) + ((a >> 5 & 15) == (b >> 5 & 15)) + ((a & 31) == (b & 31));
    uint32_t years = a >> 9 > b >> 9 ? (a >> 9) - (b >> 9) : (b >> 9) - (a >> 9);
    return whole ? (same == 2 ? LEVEL_PART : LEVEL_OTHER) : years <= 1 ? LEVEL_PART : LEVEL_OTHER;
}

float date_part_bits(uint32_t a, uint32_t b)
{
    /* of strangers, whose years are one of some seventy, months of 12 and days of 30 */
    static const float other_year = -0.9f, other_month = 1.7f, other_day = 0.3f;
    bool year = a >> 9 == b >> 9, month = (a >> 5 & 15) == (b >> 5 & 15);
    bool day = (a & 31) == (b & 31), whole = (a & 31) && (b & 31);
    if (!whole || year + month + day != 2)
        return 0;
    return !year ? other_year : !month ? other_month : other_day;
}

enum level age_level(uint32_t a, uint32_t b)
{
    uint32_t apart = a > b ? a - b : b - a;
    return apart == 0   ? LEVEL_SAME
           : apart == 1 ? LEVEL_NEAR
           : apart <= 3 ? LEVEL_PART
                        : LEVEL_OTHER;
}
