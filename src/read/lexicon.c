#include "read/lexicon.h"

#include "read/lexicon_int.h"
#include "read/token.h"
#include "text/fold.h"

static const char *const class_names[WORD_CLASSES] = {
    [WORD_NUMBER] = "number",
    [WORD_SCALE] = "scale",
    [WORD_VAGUE] = "vague",
    [WORD_BOUND] = "bound",
    [WORD_RANGE] = "range",
    [WORD_COUNTER] = "counter",
    [WORD_POPULATION] = "population",
    [WORD_EVENT] = "event",
    [WORD_LIFE] = "life",
    [WORD_UNIT] = "unit",
    [WORD_LABEL] = "label",
    [WORD_MONEY] = "money",
    [WORD_SAY] = "say",
    [WORD_UTTER] = "utter",
    [WORD_ACCORDING] = "according",
    [WORD_PART] = "part",
    [WORD_OPENS] = "opens",
    [WORD_CLAUSE] = "clause",
    [WORD_AUXILIARY] = "auxiliary",
    [WORD_DETERMINER] = "determiner",
    [WORD_PREPOSITION] = "preposition",
    [WORD_CONJUNCTION] = "conjunction",
    [WORD_PRONOUN] = "pronoun",
    [WORD_ADVERB] = "adverb",
    [WORD_NEGATION] = "negation",
    [WORD_UNREAL] = "unreal",
    [WORD_VERB] = "verb",
    [WORD_TITLE] = "title",
    [WORD_ROLE] = "role",
    [WORD_ORGANISATION] = "organisation",
    [WORD_ORGANISATION_TITLE] = "organisation_title",
    [WORD_INSTITUTION] = "institution",
    [WORD_PERSON] = "person",
    [WORD_GROUP] = "group",
    [WORD_GIVEN] = "given",
    [WORD_SURNAME] = "surname",
    [WORD_PLACE] = "place",
    [WORD_PLACE_HEAD] = "place_head",
    [WORD_COMMON] = "common",
    [WORD_LINK] = "link",
    [WORD_ABBREVIATION] = "abbreviation",
    [WORD_PARTICLE] = "particle",
    [WORD_ENDING] = "ending",
    [WORD_MEANT] = "meant",
    [WORD_TERM] = "term",
    [WORD_LIGHT] = "light",
    [WORD_COMPLETES] = "completes",
    [WORD_CHARGE] = "charge",
    [WORD_FIELD] = "field",
    [WORD_PENALTY] = "penalty",
};

static const char *const kind_names[KINDS] = {
    [KIND_NONE] = "",           [KIND_BEFORE] = "before",
    [KIND_AFTER] = "after",     [KIND_PARTICIPLE] = "participle",
    [KIND_ACTIVE] = "active",   [KIND_INTRANSITIVE] = "intransitive",
    [KIND_NOUN] = "noun",       [KIND_PREDICATE] = "predicate",
    [KIND_RESULT] = "result",   [KIND_CONTAINER] = "container",
    [KIND_HELD] = "held",       [KIND_CUSTODY] = "custody",
    [KIND_EVENT] = "event",     [KIND_GROUP] = "group",
    [KIND_BETWEEN] = "between", [KIND_PLACES] = "places",
    [KIND_COMMON] = "common",   [KIND_PERSON] = "person",
    [KIND_YEARS] = "years",     [KIND_MONTHS] = "months",
    [KIND_OUTCOME] = "outcome", [KIND_DATED] = "dated",
    [KIND_OWNED] = "owned",     [KIND_PRESENT] = "present",
};

enum { FILTER_BITS = 1 << 19, FIRST_ROOM = 8192 };

struct lexicon {
    struct arena arena;
    struct arena scratch; /* where forms are cut into words */
    struct phrase *fresh; /* phrases not yet taken that are in no table */
    size_t fresh_count;
    uint64_t filter[FILTER_BITS / 64]; /* a bit by hash: clear when there is no phrase */
    struct phrase *phrases;            /* open addressing, a power of two, at most half full */
    size_t room, count;
    size_t longest; /* phrase, in words */
    /* until they are linked, for each phrase with entries: how many words, and the hashes of the
     * first, of the first two, and so on */
    uint64_t *spelled;
    size_t spelled_count, spelled_room;
    struct str *written;
    size_t written_count, written_room;
    struct language languages[LANGUAGES_LIMIT];
    size_t languages_count;
    struct str *elisions;
    size_t elisions_count, elisions_room;
    struct str *fields;
    size_t fields_count, fields_room;
};

_Static_assert(sizeof(struct phrase) == 64, "a phrase is in one line of the cache");

static uint64_t mix(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t eight_bytes(const char *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

/* at most eight bytes as one number, each of them in it */
static uint64_t few_bytes(struct str s)
{
    uint32_t first, last;
    if (s.len >= sizeof first) {
        memcpy(&first, s.at, sizeof first);
        memcpy(&last, s.at + s.len - sizeof last, sizeof last);
        return (uint64_t)first << 32 | last;
    }
    if (s.len == 0)
        return 0;
    return (uint64_t)(unsigned char)s.at[0] << 16 | (uint64_t)(unsigned char)s.at[s.len / 2] << 8 |
           (unsigned char)s.at[s.len - 1];
}

/* after wyhash: https://github.com/wangyi-fudan/wyhash */
uint64_t lexicon_word_hash(struct str word)
{
    uint64_t hash = UINT64_C(0xA0761D6478BD642F), length = word.len;
    for (; word.len > 8; word = str_slice(word, 8, word.len))
        hash = mix(hash ^ eight_bytes(word.at), UINT64_C(0xE7037ED1A0B428DB));
    return mix(hash ^ few_bytes(word), UINT64_C(0x8EBC6AF09C88C6E3) ^ length << 32);
}

static size_t place_of(const struct lexicon *l, uint64_t hash)
{
    return (size_t)(hash ^ hash >> 29) & (l->room - 1);
}

static struct phrase *phrase_or_gap(const struct lexicon *l, size_t place, uint64_t hash)
{
    while (l->phrases[place].hash && l->phrases[place].hash != hash)
        place = (place + 1) & (l->room - 1);
    return &l->phrases[place];
}

static size_t bit_of(uint64_t hash)
{
    return hash >> 40 & (FILTER_BITS - 1);
}

const struct phrase *lexicon_expect(const struct lexicon *l, uint64_t hash)
{
    if (!(l->filter[bit_of(hash) / 64] >> bit_of(hash) % 64 & 1))
        return NULL;
    const struct phrase *where = &l->phrases[place_of(l, hash)];
    __builtin_prefetch(where);
    return where;
}

const struct phrase *lexicon_find_at(const struct lexicon *l, const struct phrase *where,
                                     uint64_t hash)
{
    const struct phrase *found =
        where->hash == hash ? where : phrase_or_gap(l, (size_t)(where - l->phrases), hash);
    return found->hash ? found : NULL;
}

const struct phrase *lexicon_find(const struct lexicon *l, uint64_t hash)
{
    if (!(l->filter[bit_of(hash) / 64] >> bit_of(hash) % 64 & 1))
        return NULL;
    return lexicon_find_at(l, &l->phrases[place_of(l, hash)], hash);
}

size_t lexicon_longest(const struct lexicon *l)
{
    return l->longest;
}

struct str lexicon_written(const struct lexicon *l, const struct entry *e)
{
    return l->written[e->written];
}

static void grow(struct lexicon *l)
{
    struct phrase *old = l->phrases;
    size_t count = l->room;
    l->room = count ? 4 * count : FIRST_ROOM;
    l->phrases = mem_alloc_table(l->room * sizeof *l->phrases);
    for (size_t i = 0; i < count; i++)
        if (old[i].hash)
            *phrase_or_gap(l, place_of(l, old[i].hash), old[i].hash) = old[i];
    mem_free(old);
}

/* one beside the table */
static struct phrase *phrase_new(struct lexicon *l)
{
    enum { TOGETHER = 512, LINE = sizeof(struct phrase) };
    if (!l->fresh_count) {
        char *room = arena_alloc(&l->arena, TOGETHER * sizeof *l->fresh + LINE);
        l->fresh = (struct phrase *)(room + (LINE - (uintptr_t)room % LINE) % LINE);
        l->fresh_count = TOGETHER;
    }
    l->fresh_count--;
    return l->fresh++;
}

/* it stays there until the next one is added */
static struct phrase *phrase_at(struct lexicon *l, uint64_t hash)
{
    if (2 * (l->count + 1) > l->room)
        grow(l);
    struct phrase *p = phrase_or_gap(l, place_of(l, hash), hash);
    if (!p->hash) {
        p->hash = hash;
        l->filter[bit_of(hash) / 64] |= UINT64_C(1) << bit_of(hash) % 64;
        l->count++;
    }
    return p;
}

static void add_spelled(struct lexicon *l, uint64_t number)
{
    l->spelled =
        arena_grow(&l->arena, l->spelled, l->spelled_count, &l->spelled_room, sizeof *l->spelled);
    l->spelled[l->spelled_count++] = number;
}

static uint32_t add_written(struct lexicon *l, struct str form)
{
    l->written =
        arena_grow(&l->arena, l->written, l->written_count, &l->written_room, sizeof *l->written);
    l->written[l->written_count] = form;
    return (uint32_t)l->written_count++;
}

static bool name_index(const char *const names[], size_t count, struct str name, size_t *out)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(name, str_of(names[i]))) {
            *out = i;
            return true;
        }
    return false;
}

static const struct entry *same_entry(const struct phrase *p, const struct entry *entry)
{
    for (const struct entry *e = p->entries; e; e = e->next)
        if (e->class == entry->class && e->kind == entry->kind && e->upper == entry->upper &&
            e->language == entry->language && str_equal(e->value, entry->value))
            return e;
    return NULL;
}

static void spell_phrase(struct lexicon *l, const struct tokens *words)
{
    uint64_t hash = LEXICON_HASH_START;
    add_spelled(l, words->count);
    for (size_t i = 0; i < words->count; i++)
        add_spelled(l, hash = lexicon_hash_join(hash, words->at[i].hash));
}

static enum outcome add_form(struct lexicon *l, const struct table *t, struct entry entry,
                             struct str form, struct fault *why)
{
    enum { SCRATCH_LIMIT = 256 * 1024 };
    struct tokens words;
    if (l->scratch.total > SCRATCH_LIMIT)
        arena_release(&l->scratch);
    tokens_cut_form(l, form, &l->scratch, &words);
    if (entry.language != LANGUAGE_NONE)
        l->languages[entry.language].scripts[script_of(form)]++;
    if (str_trim(form).len < form.len)
        return table_refuse(t, why, "a blank at an end of the form", form);
    uint64_t hash = LEXICON_HASH_START;
    struct phrase *phrase = NULL;
    for (size_t i = 0; i < words.count; i++) {
        if (phrase)
            phrase->prefix = true;
        hash = lexicon_hash_join(hash, words.at[i].hash);
        phrase = phrase_at(l, hash);
        phrase->words = (uint16_t)(i + 1);
        l->longest = i + 1 > l->longest ? i + 1 : l->longest;
    }
    if (!phrase)
        return table_refuse(t, why, "a form without a word:", form);
    entry.upper = words.count == 1 && words.at[0].shape == SHAPE_UPPER;
    const struct entry *same = same_entry(phrase, &entry);
    if (same) /* spellings that fold to one form are one */
        return str_equal(lexicon_written(l, same), form)
                   ? table_refuse(t, why, "with the same meaning twice:", form)
                   : OK;
    entry.written = add_written(l, form);
    if (!phrase->entries)
        spell_phrase(l, &words);
    struct entry *kept = arena_alloc(&l->arena, sizeof *kept);
    entry.next = phrase->entries;
    *kept = entry;
    phrase->entries = kept;
    return OK;
}

/* "lang/fa/words.tsv" is of "fa"; false when that is one too many */
static bool language_of_path(struct lexicon *l, const char *file, uint8_t *out)
{
    struct str path = str_of(file), code;
    *out = LANGUAGE_NONE;
    if (!str_cut(&path, '/', &code) || !str_equal(code, STR("lang")) || !str_cut(&path, '/', &code))
        return true;
    for (*out = 0; *out < l->languages_count; ++*out)
        if (str_equal(l->languages[*out].code, code))
            return true;
    if (l->languages_count == LANGUAGES_LIMIT)
        return false;
    l->languages[l->languages_count++] = (struct language){.code = code};
    return true;
}

static enum outcome language_of_table(struct lexicon *l, const struct table *t, uint8_t *out,
                                      struct fault *why)
{
    return language_of_path(l, t->file->path, out)
               ? OK
               : table_refuse(t, why, "one language too many:", str_of(t->file->path));
}

const struct language *lexicon_languages(const struct lexicon *l, size_t *count)
{
    *count = l->languages_count;
    return l->languages;
}

const struct str *lexicon_fields(const struct lexicon *l, size_t *count)
{
    *count = l->fields_count;
    return l->fields;
}

static void add_field(struct lexicon *l, struct str value)
{
    size_t at = 0;
    while (at < l->fields_count && str_compare(l->fields[at], value) < 0)
        at++;
    if (at < l->fields_count && str_equal(l->fields[at], value))
        return;
    l->fields =
        arena_grow(&l->arena, l->fields, l->fields_count, &l->fields_room, sizeof *l->fields);
    memmove(l->fields + at + 1, l->fields + at, (l->fields_count++ - at) * sizeof *l->fields);
    l->fields[at] = value;
}

static enum outcome add_row(struct lexicon *l, const struct table *t, const struct row *row,
                            uint8_t language, struct fault *why)
{
    struct entry entry = {.value = row->cells[2], .language = language};
    struct str forms = row->cells[3], form;
    size_t class = 0, kind = 0;
    if (!name_index(class_names, WORD_CLASSES, row->cells[0], &class))
        return table_refuse(t, why, "no class of words is called", row->cells[0]);
    if (!name_index(kind_names, KINDS, row->cells[1], &kind))
        return table_refuse(t, why, "no kind of words is called", row->cells[1]);
    if (!forms.len)
        return table_refuse(t, why, "a row without forms:", row->cells[0]);
    entry.class = (enum word_class) class;
    entry.kind = (enum word_kind)kind;
    enum outcome result = lexicon_check_entry(t, row->cells[1], &entry, why);
    if (entry.class == WORD_FIELD)
        add_field(l, entry.value);
    if (entry.class == WORD_VERB && language != LANGUAGE_NONE)
        l->languages[language].verb_final = true;
    while (result == OK && str_cut(&forms, '|', &form))
        result = form.len ? add_form(l, t, entry, form, why)
                          : table_refuse(t, why, "an empty form in", row->cells[3]);
    return result;
}

enum outcome lexicon_add_table(struct lexicon *l, const char *path, struct fault *why)
{
    struct table t;
    struct row row;
    uint8_t language = LANGUAGE_NONE;
    bool more = true;
    enum outcome result = table_open(&t, path, "class kind value forms", why);
    if (result == OK)
        result = language_of_table(l, &t, &language, why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more)
        result = add_row(l, &t, &row, language, why);
    return result;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool lexicon_elides(const struct lexicon *l, struct str word, bool before_capital)
{
    for (size_t i = 0; l && i < l->elisions_count; i++) {
        struct str elided = l->elisions[i];
        bool small = !before_capital && word.len && is_capital(word.at[0]) &&
                     (word.at[0] | 32) == elided.at[0] &&
                     str_equal(str_slice(word, 1, word.len), str_slice(elided, 1, elided.len));
        if (small || str_equal(word, elided))
            return true;
    }
    return false;
}

static enum outcome add_elisions(struct lexicon *l, const struct table *t, struct str words,
                                 struct fault *why)
{
    struct str word;
    while (str_cut(&words, '|', &word)) {
        if (word.len < 2 || word.at[word.len - 1] != '\'')
            return table_refuse(t, why, "no word before an apostrophe:", word);
        l->elisions = arena_grow(&l->arena, l->elisions, l->elisions_count, &l->elisions_room,
                                 sizeof *l->elisions);
        l->elisions[l->elisions_count++] = str_slice(word, 0, word.len - 1);
    }
    return OK;
}

static enum outcome add_trait(struct lexicon *l, const struct table *t, const struct row *row,
                              struct language *language, struct fault *why)
{
    struct str trait = row->cells[0], value = row->cells[1];
    if (str_equal(trait, STR("elision")))
        return add_elisions(l, t, value, why);
    if (str_equal(trait, STR("thousands")) && str_equal(value, STR("blank")))
        language->blank_groups = true;
    else if (str_equal(trait, STR("decimal")) && str_equal(value, STR("comma")))
        language->decimal_comma = true;
    else
        return table_refuse(t, why, "no trait, or no value of it:", trait);
    return OK;
}

/* Reads data/PATH, a traits.tsv: how a language writes, where it differs from others. Before the
 * language's other tables. */
static enum outcome add_traits(struct lexicon *l, const char *path, struct fault *why)
{
    struct table t;
    struct row row;
    uint8_t language = LANGUAGE_NONE;
    bool more = true;
    enum outcome result = table_open(&t, path, "trait value", why);
    if (result == OK)
        result = language_of_table(l, &t, &language, why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more)
        result = add_trait(l, &t, &row, &l->languages[language], why);
    return result;
}

static size_t script_of_language(const struct language *language)
{
    size_t most = 0;
    for (size_t i = 1; i < COUNT_OF(language->scripts); i++)
        if (language->scripts[i] > language->scripts[most])
            most = i;
    return most;
}

/* the languages that are written as `language` is, itself left out */
static uint32_t rivals_of(const struct lexicon *l, size_t language)
{
    uint32_t rivals = 0;
    for (size_t i = 0; i < l->languages_count; i++)
        if (i != language &&
            script_of_language(&l->languages[i]) == script_of_language(&l->languages[language]))
            rivals |= UINT32_C(1) << i;
    return rivals;
}

static bool is_foreign(const struct entry *e, uint32_t rivals)
{
    return e->language != LANGUAGE_NONE && rivals >> e->language & 1;
}

/* copies, in their order */
static const struct entry *entries_without(struct lexicon *l, const struct entry *e,
                                           uint32_t rivals)
{
    while (e && is_foreign(e, rivals))
        e = e->next;
    if (!e)
        return NULL;
    struct entry *copy = arena_alloc(&l->arena, sizeof *copy);
    *copy = *e;
    copy->next = entries_without(l, e->next, rivals);
    return copy;
}

/* the phrase without the entries of the rivals, which is that of the next shorter one when none is
 * left */
static const struct phrase *without(struct lexicon *l, const struct phrase *p, uint32_t rivals)
{
    if (!p || !(p->languages & rivals))
        return p;
    const struct phrase *shorter = without(l, p->shorter, rivals);
    const struct entry *entries = entries_without(l, p->entries, rivals);
    if (!entries)
        return shorter;
    struct phrase *made = phrase_new(l);
    *made = *p;
    made->entries = entries;
    made->shorter = shorter;
    made->classes = shorter ? shorter->classes : 0;
    for (const struct entry *e = entries; e; e = e->next)
        made->classes |= UINT64_C(1) << e->class;
    made->languages &= ~rivals;
    made->within = NULL;
    return made;
}

static void link_languages(struct lexicon *l)
{
    uint32_t rivals[LANGUAGES_LIMIT], all = 0;
    for (size_t i = 0; i < l->languages_count; i++)
        all |= rivals[i] = rivals_of(l, i);
    for (size_t i = 0; i < l->room && all; i++) {
        struct phrase *p = &l->phrases[i];
        if (!p->entries || !(p->languages & all))
            continue;
        const struct phrase **within =
            arena_alloc(&l->arena, l->languages_count * sizeof(const struct phrase *));
        for (size_t k = 0; k < l->languages_count; k++)
            within[k] = without(l, p, rivals[k]);
        p->within = within;
    }
}

const struct phrase *phrase_within(const struct phrase *p, uint8_t language)
{
    return p && p->within && language != LANGUAGE_NONE ? p->within[language] : p;
}

/* `begun` are the hashes of its first word, its first two, and so on to all of them */
static void link_phrase(struct lexicon *l, const uint64_t *begun, size_t words)
{
    struct phrase *p = phrase_at(l, begun[words - 1]);
    for (size_t i = 0; i < words; i++) {
        const struct phrase *part = lexicon_find(l, begun[i]);
        if (!part)
            bug("a phrase without its beginning");
        for (const struct entry *e = part->entries; e; e = e->next) {
            p->classes |= UINT64_C(1) << e->class;
            if (e->class == WORD_PARTICLE)
                p->particles |= phrase_particle_bit(e->value);
            if (e->language != LANGUAGE_NONE)
                p->languages |= UINT32_C(1) << e->language;
        }
        if (part != p && part->entries)
            p->shorter = part;
    }
}

void lexicon_link(struct lexicon *l)
{
    for (size_t i = 0; i < l->spelled_count; i += 1 + l->spelled[i])
        link_phrase(l, &l->spelled[i + 1], l->spelled[i]);
    link_languages(l);
    arena_release(&l->scratch);
}

static bool is_traits(const struct data_file *file)
{
    struct str path = str_of(file->path);
    return str_starts(path, STR("lang/")) && str_ends(path, STR("/traits.tsv"));
}

/* dates, incidents, charges, bodies, posts and the interface have tables of their own, with readers
 * of their own */
static bool is_lexicon(const struct data_file *file)
{
    struct str path = str_of(file->path);
    bool vocabulary = str_starts(path, STR("lang/")) || str_starts(path, STR("country/"));
    return vocabulary && !is_traits(file) && str_find(path, STR("/dates"), 0) == SIZE_MAX &&
           !str_ends(path, STR("/incidents.tsv")) && !str_ends(path, STR("/charges.tsv")) &&
           !str_ends(path, STR("/bodies.tsv")) && !str_ends(path, STR("/posts.tsv")) &&
           !str_ends(path, STR("/interface.tsv"));
}

struct lexicon *lexicon_empty(void)
{
    struct lexicon *l = mem_alloc(sizeof *l);
    arena_init(&l->arena);
    arena_init(&l->scratch);
    grow(l);
    (void)add_written(l, STR_NONE);
    return l;
}

enum outcome lexicon_new(struct lexicon **out, struct fault *why)
{
    struct lexicon *l = lexicon_empty();
    enum outcome result = OK;
    for (size_t i = 0; i < data_files_count; i++) {
        uint8_t in_order; /* of the files, and so of the codes */
        if (is_lexicon(&data_files[i]) || is_traits(&data_files[i]))
            (void)language_of_path(l, data_files[i].path, &in_order);
    }
    for (size_t i = 0; i < data_files_count && result == OK; i++)
        if (is_traits(&data_files[i]))
            result = add_traits(l, data_files[i].path, why);
    for (size_t i = 0; i < data_files_count && result == OK; i++)
        if (is_lexicon(&data_files[i]))
            result = lexicon_add_table(l, data_files[i].path, why);
    if (result != OK) {
        lexicon_free(l);
        return result;
    }
    lexicon_link(l);
    *out = l;
    return OK;
}

void lexicon_free(struct lexicon *l)
{
    if (!l)
        return;
    arena_release(&l->arena);
    arena_release(&l->scratch);
    mem_free(l->phrases);
    mem_free(l);
}
