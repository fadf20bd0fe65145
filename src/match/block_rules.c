#include "match/block_int.h"

#include "match/large_int.h"
#include "match/mix_int.h"

enum { LIMIT_LEAST = 60, LIMIT_MOST = 1000, PAIRS_WANTED = 20000000, LONG_LIST = 300000 };

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

static uint32_t atom_key(const struct list *l, const uint32_t *slots, uint8_t atom)
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

static uint32_t rule_key(const struct list *l, const uint32_t *slots, const struct block_rule *r)
{
    uint32_t a = atom_key(l, slots, r->first);
    uint32_t b = r->second ? atom_key(l, slots, r->second) : 1;
    uint32_t c = r->third ? atom_key(l, slots, r->third) : 1;
    if (!a || !b || !c)
        return 0;
    bool names = r->first == ATOM_GIVEN && r->second == ATOM_FAMILY;
    if (names && a > b) { /* whichever stands first */
        uint32_t kept = a;
        a = b;
        b = kept;
    }
    return key_of(mix((uint64_t)a << 32 | b) + c);
}

size_t record_word_keys(const struct list *l, const uint32_t *slots, uint32_t out[RECORD_WORDS])
{
    static const uint8_t parts[] = {FEATURE_GIVEN, FEATURE_FAMILY, FEATURE_OTHER};
    size_t count = 0;
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        uint32_t value = slots[parts[p]];
        size_t words = value ? l->names.all[value].words : 0;
        for (size_t i = 0; i < words && count < RECORD_WORDS; i++) {
            uint32_t key = key_of(value_word_sound(&l->names, value, i));
            bool again = false;
            for (size_t k = 0; k < count; k++)
                again = again || out[k] == key;
            if (!again)
                out[count++] = key;
        }
    }
    return count;
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

static void rule_add(struct blocking *b, uint8_t first, uint8_t second, uint8_t third)
{
    if (b->rules_count == BLOCK_RULES - 1)
        return;
    struct block_rule *r = &b->rules[b->rules_count++];
    *r = (struct block_rule){.first = first, .second = second, .third = third};
    snprintf(r->name, sizeof r->name, "%s%s%s%s%s", atom_name(b->list, first),
             second ? " and " : "", atom_name(b->list, second), third ? " and " : "",
             atom_name(b->list, third));
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
        if (m->father && m->birth)
            rule_add(b, names[i], ATOM_FATHER, ATOM_YEAR);
        if (m->father && near)
            rule_add(b, names[i], ATOM_FATHER, near);
    }
    if (m->birth && near)
        rule_add(b, ATOM_BIRTH, near, ATOM_NONE);
}

static void rules_choose(struct blocking *b)
{
    const struct list *l = b->list;
    struct makings m = {has_values(l, FEATURE_FATHER), has_values(l, FEATURE_BIRTH), {0}};
    localities(l, m.near);
    for (size_t f = FEATURE_REST; f < l->features_count; f++) {
        enum field field = l->features[f].field;
        if (field == FIELD_IDENTIFIER || field == FIELD_PHONE || field == FIELD_EMAIL)
            single_add(b, f, atom_of(f));
    }
    rule_add(b, ATOM_GIVEN, ATOM_FAMILY, ATOM_NONE);
    if (m.birth) {
        rule_add(b, ATOM_BIRTH, ATOM_GIVEN, ATOM_NONE);
        rule_add(b, ATOM_BIRTH, ATOM_FAMILY, ATOM_NONE);
    }
    if (l->records > LONG_LIST)
        rules_of_three(b, &m);
    else
        rules_of_two(b, &m);
    struct block_rule *words = &b->rules[b->rules_count++];
    *words = (struct block_rule){.words = true};
    snprintf(words->name, sizeof words->name, "a word of the name");
}

void blocking_init(struct blocking *b, const struct list *list, size_t threads)
{
    *b = (struct blocking){.list = list, .threads = threads};
    size_t records = list->records ? list->records : 1;
    b->limit = PAIRS_WANTED / records;
    b->limit = b->limit < LIMIT_LEAST ? LIMIT_LEAST : b->limit > LIMIT_MOST ? LIMIT_MOST : b->limit;
    rules_choose(b);
    b->keys = mem_resize_array(NULL, records * b->rules_count, sizeof *b->keys);
    large_pages(b->keys, records * b->rules_count * sizeof *b->keys);
    for (size_t i = 0; i < list->records; i++) {
        const uint32_t *slots = list_record(list, i);
        for (size_t r = 0; r < b->rules_count; r++)
            b->keys[i * b->rules_count + r] =
                b->rules[r].words ? 0 : rule_key(list, slots, &b->rules[r]);
    }
}

void blocking_release(struct blocking *b)
{
    mem_free(b->keys);
    b->keys = NULL;
}
