#include "match/block_int.h"

#include "match/large_int.h"
#include "match/mix_int.h"
#include "match/share_int.h"

/* the bits of given and family name, which are the first two atoms */
enum { NAMES = 3 };

enum { LIMIT_LEAST = 60, PAIRS_WANTED = 20000000, LONG_LIST = 300000 };

/* In a long list, where names with something beside them make blocks, names alone do only where so
 * many fewer have them. */
enum { RARE = 4 };

static uint8_t atom_of(size_t feature)
{
    return (uint8_t)(ATOM_FEATURE + feature);
}

/* of a sound or of part of a date; never 0 */
static uint32_t key_of(uint64_t x)
{
    return (uint32_t)(mix(x) >> 32) | 1;
}

static uint32_t date_part(const struct list *l, uint32_t value, enum atom atom)
{
    uint32_t date = l->features[FEATURE_BIRTH].values->all[value].text;
    if (atom == ATOM_YEAR)
        return date >> 9;
    if (!(date & 31))
        return 0;
    return atom == ATOM_DAY ? date & 511 : date;
}

static uint32_t atom_of_record(const struct list *l, const uint32_t *slots, uint8_t atom)
{
    static const uint8_t features[ATOM_FEATURE] = {
        [ATOM_GIVEN] = FEATURE_GIVEN,   [ATOM_FAMILY] = FEATURE_FAMILY,
        [ATOM_FATHER] = FEATURE_FATHER, [ATOM_BIRTH] = FEATURE_BIRTH,
        [ATOM_YEAR] = FEATURE_BIRTH,    [ATOM_DAY] = FEATURE_BIRTH,
    };
    size_t feature = atom >= ATOM_FEATURE ? (size_t)(atom - ATOM_FEATURE) : features[atom];
    uint32_t value = slots[feature];
    if (!value)
        return 0;
    if (atom == ATOM_BIRTH || atom == ATOM_YEAR || atom == ATOM_DAY)
        return date_part(l, value, atom);
    const struct values *values = l->features[feature].values;
    return key_of(atom == ATOM_GIVEN ? value_word_sound(values, value, 0)
                                     : values->all[value].sound);
}

static size_t rule_key(const struct block_rule *r, const uint32_t *row, uint32_t out[RECORD_KEYS])
{
    uint32_t a = row[r->of[0]], b = row[r->of[1]], c = row[r->of[2]];
    if (!a || !b || !c)
        return 0;
    bool turn = r->of[0] == 0 && r->of[1] == 1 && a > b; /* whichever stands first */
    uint64_t both = turn ? (uint64_t)b << 32 | a : (uint64_t)a << 32 | b;
    out[0] = key_of(mix(both) + (r->of[2] == r->of[1] ? 0 : c));
    return 1;
}

static const uint8_t word_parts[] = {FEATURE_GIVEN, FEATURE_FAMILY, FEATURE_OTHER};

static size_t word_keys(const struct blocking *b, const uint32_t *slots, uint32_t out[RECORD_KEYS])
{
    const struct values *names = &b->list->names;
    size_t count = 0;
    for (size_t p = 0; p < COUNT_OF(word_parts); p++) {
        uint32_t value = slots[word_parts[p]];
        for (size_t rare = b->rare_words[value]; rare && count < RECORD_KEYS; rare &= rare - 1) {
            size_t word = (size_t)__builtin_ctzl(rare);
            uint32_t key = key_of(value_word_sound(names, value, word));
            bool again = false;
            for (size_t k = 0; k < count; k++)
                again = again || out[k] == key;
            if (!again)
                out[count++] = key;
        }
    }
    return count;
}

size_t record_keys(const struct blocking *b, size_t rule, size_t record, uint32_t out[RECORD_KEYS])
{
    return b->rules[rule].words ? word_keys(b, list_record(b->list, record), out)
                                : rule_key(&b->rules[rule], b->rows + record * b->atoms_count, out);
}

/* How many records have a word of each key; a hash table. */
struct word_counts {
    uint32_t *keys, *counts;
    size_t size;
};

static uint32_t *word_count(const struct word_counts *w, uint32_t key)
{
    size_t i = key & (w->size - 1);
    while (w->keys[i] && w->keys[i] != key)
        i = (i + 1) & (w->size - 1);
    w->keys[i] = key;
    return &w->counts[i];
}

/* A word that more records have than a block may hold, or only one, is left at once. */
static void rare_words_find(struct blocking *b)
{
    const struct list *l = b->list;
    const struct values *names = &l->names;
    struct word_counts w = {.size = 1024};
    size_t words = 0;
    uint32_t *records = mem_alloc(names->count * sizeof *records);
    for (size_t i = 0; i < l->records; i++)
        for (size_t p = 0; p < COUNT_OF(word_parts); p++)
            records[list_record(l, i)[word_parts[p]]]++;
    for (uint32_t v = 1; v < names->count; v++)
        words += names->all[v].words;
    while (w.size < 2 * words)
        w.size *= 2;
    w.keys = mem_alloc(w.size * sizeof *w.keys);
    w.counts = mem_alloc(w.size * sizeof *w.counts);
    for (uint32_t v = 1; v < names->count; v++)
        for (size_t i = 0; i < names->all[v].words; i++)
            *word_count(&w, key_of(value_word_sound(names, v, i))) += records[v];
    b->rare_words = mem_alloc(names->count);
    for (uint32_t v = 1; v < names->count; v++)
        for (size_t i = 0; i < names->all[v].words; i++) {
            uint32_t count = *word_count(&w, key_of(value_word_sound(names, v, i)));
            if (count > 1 && count <= b->rules[b->rules_count - 1].limit)
                b->rare_words[v] |= (uint8_t)(1u << i);
        }
    mem_free(records);
    mem_free(w.keys);
    mem_free(w.counts);
}

static bool has_values(const struct list *l, size_t feature)
{
    if (l->features[feature].measure != MEASURE_NAME)
        return l->features[feature].values->count > 1;
    for (size_t i = 0; i < l->records; i++)
        if (list_record(l, i)[feature])
            return true;
    return false;
}

static const char *atom_name(const struct list *l, uint8_t atom)
{
    static const char *const names[ATOM_FEATURE] = {
        "", "given name", "family name", "father's name", "birth", "year of birth", "day of birth",
    };
    return atom < ATOM_FEATURE ? names[atom] : l->features[atom - ATOM_FEATURE].name;
}

/* the atom's bit, new where no rule had it; 0 when there is no room */
static uint32_t atom_bit(struct blocking *b, uint8_t atom)
{
    for (size_t i = 0; i < b->atoms_count; i++)
        if (b->atoms[i] == atom)
            return 1u << i;
    if (b->atoms_count == BLOCK_ATOMS)
        return 0;
    b->atoms[b->atoms_count++] = atom;
    return 1u << (b->atoms_count - 1);
}

static void rule_add(struct blocking *b, uint8_t first, uint8_t second, uint8_t third)
{
    const uint8_t atoms[] = {first, second, third};
    struct block_rule *r = &b->rules[b->rules_count];
    if (b->rules_count == BLOCK_RULES - 1)
        return;
    *r = (struct block_rule){.limit = b->limit};
    for (size_t i = 0; i < COUNT_OF(atoms) && atoms[i]; i++) {
        uint32_t bit = atom_bit(b, atoms[i]);
        size_t len = strlen(r->name);
        if (!bit)
            return;
        r->atoms |= bit;
        for (size_t k = i; k < COUNT_OF(r->of); k++)
            r->of[k] = (uint8_t)__builtin_ctz(bit);
        snprintf(r->name + len, sizeof r->name - len, "%s%s", i ? " and " : "",
                 atom_name(b->list, atoms[i]));
    }
    b->rules_count++;
}

/* A rule of one feature whose usual block is far too large is not worth its sorting. */
static void single_add(struct blocking *b, size_t feature, uint8_t atom)
{
    const struct values *v = b->list->features[feature].values;
    if (v->count > 1 && b->list->records / (v->count - 1) <= 2 * b->limit)
        rule_add(b, atom, ATOM_NONE, ATOM_NONE);
}

/* The two features of a place that have most values. */
static void localities(const struct list *l, size_t out[2])
{
    out[0] = out[1] = 0;
    for (size_t f = FEATURE_REST; f < l->features_count; f++) {
        enum field field = l->features[f].field;
        if (field != FIELD_PLACE && field != FIELD_POSTCODE && field != FIELD_ADDRESS)
            continue;
        if (!out[0] || l->features[f].values->count > l->features[out[0]].values->count) {
            out[1] = out[0];
            out[0] = f;
        } else if (!out[1] || l->features[f].values->count > l->features[out[1]].values->count) {
            out[1] = f;
        }
    }
}

/* What a list has to make keys of. */
struct makings {
    bool father, birth;
    size_t near[2]; /* features of a place; 0 for none */
};

static void rules_of_two(struct blocking *b, const struct makings *m)
{
    for (size_t i = 0; i < 2 && m->near[i]; i++) {
        rule_add(b, ATOM_FAMILY, atom_of(m->near[i]), ATOM_NONE);
        rule_add(b, ATOM_GIVEN, atom_of(m->near[i]), ATOM_NONE);
        if (m->birth)
            rule_add(b, ATOM_BIRTH, atom_of(m->near[i]), ATOM_NONE);
    }
    if (m->father) {
        rule_add(b, ATOM_FATHER, ATOM_GIVEN, ATOM_NONE);
        rule_add(b, ATOM_FATHER, ATOM_FAMILY, ATOM_NONE);
    }
    if (m->birth) {
        rule_add(b, ATOM_FAMILY, ATOM_YEAR, ATOM_NONE);
        rule_add(b, ATOM_FAMILY, ATOM_DAY, ATOM_NONE);
        rule_add(b, ATOM_GIVEN, ATOM_DAY, ATOM_NONE);
        single_add(b, FEATURE_BIRTH, ATOM_BIRTH);
    }
    for (size_t i = 0; i < 2 && m->near[i]; i++)
        single_add(b, m->near[i], atom_of(m->near[i]));
}

static void rules_of_three(struct blocking *b, const struct makings *m)
{
    static const uint8_t names[] = {ATOM_GIVEN, ATOM_FAMILY};
    uint8_t near = m->near[0] ? atom_of(m->near[0]) : ATOM_NONE;
    if (m->birth)
        rule_add(b, ATOM_GIVEN, ATOM_FAMILY, ATOM_YEAR);
    if (near)
        rule_add(b, ATOM_GIVEN, ATOM_FAMILY, near);
    if (m->father)
        rule_add(b, ATOM_GIVEN, ATOM_FAMILY, ATOM_FATHER);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (m->birth && near)
            rule_add(b, names[i], ATOM_YEAR, near);
        if (m->father && near)
            rule_add(b, names[i], ATOM_FATHER, near);
        else if (m->father && m->birth)
            rule_add(b, names[i], ATOM_FATHER, ATOM_YEAR);
    }
    if (m->birth && near)
        rule_add(b, ATOM_BIRTH, near, ATOM_NONE);
}

/* Those that find least beside one person come first: who is connected already is not compared
 * again. */
static void rules_choose(struct blocking *b)
{
    const struct list *l = b->list;
    struct makings m = {has_values(l, FEATURE_FATHER), has_values(l, FEATURE_BIRTH), {0}};
    localities(l, m.near);
    atom_bit(b, ATOM_GIVEN);
    atom_bit(b, ATOM_FAMILY);
    for (size_t f = FEATURE_REST; f < l->features_count; f++) {
        enum field field = l->features[f].field;
        if (field == FIELD_IDENTIFIER || field == FIELD_PHONE || field == FIELD_EMAIL)
            single_add(b, f, atom_of(f));
    }
    if (m.birth) {
        rule_add(b, ATOM_BIRTH, ATOM_GIVEN, ATOM_NONE);
        rule_add(b, ATOM_BIRTH, ATOM_FAMILY, ATOM_NONE);
    }
    if (l->records > LONG_LIST)
        rules_of_three(b, &m);
    rule_add(b, ATOM_GIVEN, ATOM_FAMILY, ATOM_NONE);
    size_t limit = b->limit;
    if (l->records <= LONG_LIST)
        rules_of_two(b, &m);
    else if (m.birth || m.near[0] || m.father)
        b->rules[b->rules_count - 1].limit = limit = b->limit / RARE;
    struct block_rule *words = &b->rules[b->rules_count++];
    *words = (struct block_rule){.words = true, .limit = limit};
    snprintf(words->name, sizeof words->name, "a word of the name");
}

static bool rule_is_met(const struct block_rule *r, size_t set, size_t turned)
{
    if ((r->atoms & NAMES) == NAMES && set & turned)
        set |= NAMES;
    return !r->words && (r->atoms & ~set) == 0;
}

/* of every set of atoms, the rules that it satisfies; one more bit says that given and family name
 * are in each other's place */
static void found_fill(struct blocking *b)
{
    size_t turned = (size_t)1 << b->atoms_count;
    b->found = mem_alloc(2 * turned * sizeof *b->found);
    for (size_t set = 0; set < 2 * turned; set++)
        for (size_t r = 0; r < b->rules_count; r++)
            if (rule_is_met(&b->rules[r], set, turned))
                b->found[set] |= 1u << r;
}

static void rows_make(void *context, size_t mine, size_t of)
{
    struct blocking *b = context;
    size_t records = b->list->records, end = share_begin(records, mine + 1, of);
    for (size_t i = share_begin(records, mine, of); i < end; i++)
        for (size_t k = 0; k < b->atoms_count; k++)
            b->rows[i * b->atoms_count + k] =
                atom_of_record(b->list, list_record(b->list, i), b->atoms[k]);
}

void blocking_init(struct blocking *b, const struct list *list, size_t threads)
{
    *b = (struct blocking){.list = list, .threads = threads};
    size_t records = list->records ? list->records : 1;
    b->limit = PAIRS_WANTED / records;
    b->limit = b->limit < LIMIT_LEAST        ? LIMIT_LEAST
               : b->limit > BLOCK_LIMIT_MOST ? BLOCK_LIMIT_MOST
                                             : b->limit;
    rules_choose(b);
    found_fill(b);
    rare_words_find(b);
    b->rows = mem_resize_array(NULL, records * b->atoms_count, sizeof *b->rows);
    large_pages(b->rows, records * b->atoms_count * sizeof *b->rows);
    b->left_out = mem_alloc(records * sizeof *b->left_out);
    shares_run(threads, rows_make, b);
}

void blocking_release(struct blocking *b)
{
    mem_free(b->rows);
    mem_free(b->left_out);
    mem_free(b->found);
    mem_free(b->rare_words);
    b->rows = b->left_out = b->found = NULL;
    b->rare_words = NULL;
}
