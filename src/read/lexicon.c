#include "read/lexicon.h"

#include "base/table.h"
#include "read/lexicon_int.h"
#include "read/token.h"

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
    [WORD_CHARGE] = "charge",
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
};

/* The hash beside its phrase, so that a look into the table stays in one line of the cache. */
struct slot {
    uint64_t hash;
    struct phrase *phrase;
};

struct lexicon {
    struct arena arena;
    struct slot *slots; /* open addressing, a power of two, at most half full */
    size_t slots_count;
    size_t phrases;
    struct language languages[LANGUAGES_LIMIT];
    size_t languages_count;
};

const char *word_class_name(enum word_class class)
{
    return class_names[class];
}

uint64_t lexicon_hash(uint64_t hash, struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.at[i]) * UINT64_C(1099511628211);
    return (hash ^ ' ') * UINT64_C(1099511628211);
}

static size_t slot_of(const struct lexicon *l, uint64_t hash)
{
    size_t i = (size_t)(hash ^ hash >> 29) & (l->slots_count - 1);
    while (l->slots[i].phrase && l->slots[i].hash != hash)
        i = (i + 1) & (l->slots_count - 1);
    return i;
}

const struct phrase *lexicon_find(const struct lexicon *l, uint64_t hash)
{
    return l->slots[slot_of(l, hash)].phrase;
}

static void grow(struct lexicon *l)
{
    struct slot *old = l->slots;
    size_t count = l->slots_count;
    l->slots_count = count ? 2 * count : 8192;
    l->slots = mem_alloc(l->slots_count * sizeof *l->slots);
    for (size_t i = 0; i < count; i++)
        if (old[i].phrase)
            l->slots[slot_of(l, old[i].hash)] = old[i];
    mem_free(old);
}

static struct phrase *phrase_at(struct lexicon *l, uint64_t hash)
{
    if (2 * (l->phrases + 1) > l->slots_count)
        grow(l);
    size_t slot = slot_of(l, hash);
    if (!l->slots[slot].phrase) {
        struct phrase *made = arena_alloc(&l->arena, sizeof *made);
        made->hash = hash;
        l->slots[slot] = (struct slot){hash, made};
        l->phrases++;
    }
    return l->slots[slot].phrase;
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

static bool class_counts(enum word_class class)
{
    return class == WORD_NUMBER || class == WORD_SCALE || class == WORD_VAGUE;
}

static bool add_form(struct lexicon *l, struct entry entry, struct str form)
{
    struct tokens words;
    tokens_cut(NULL, form, &l->arena, &words);
    if (!words.count)
        return false;
    uint64_t hash = LEXICON_HASH_START;
    struct phrase *phrase = NULL;
    for (size_t i = 0; i < words.count; i++) {
        if (phrase)
            phrase->prefix = true;
        hash = lexicon_hash(hash, words.at[i].word);
        phrase = phrase_at(l, hash);
        phrase->words = (uint32_t)(i + 1);
        entry.form =
            i ? arena_print(&l->arena, "%.*s %.*s", STR_ARG(entry.form), STR_ARG(words.at[i].word))
              : words.at[i].word;
    }
    struct entry *kept = arena_alloc(&l->arena, sizeof *kept);
    entry.upper = words.count == 1 && words.at[0].shape == SHAPE_UPPER;
    entry.next = phrase->entries;
    *kept = entry;
    phrase->entries = kept;
    return true;
}

/* "lang/fa/words.tsv" is of "fa" */
static uint8_t language_of_path(struct lexicon *l, struct str path)
{
    struct str code;
    if (!str_cut(&path, '/', &code) || !str_equal(code, STR("lang")) || !str_cut(&path, '/', &code))
        return LANGUAGE_NONE;
    for (size_t i = 0; i < l->languages_count; i++)
        if (str_equal(l->languages[i].code, code))
            return (uint8_t)i;
    if (l->languages_count == LANGUAGES_LIMIT)
        return LANGUAGE_NONE;
    l->languages[l->languages_count] = (struct language){.code = code};
    return (uint8_t)l->languages_count++;
}

const struct language *lexicon_languages(const struct lexicon *l, size_t *count)
{
    *count = l->languages_count;
    return l->languages;
}

static enum outcome add_row(struct lexicon *l, const struct table *t, const struct row *row,
                            struct fault *why)
{
    struct entry entry = {.value = row->cells[2],
                          .language = language_of_path(l, str_of(t->file->path))};
    struct str forms = row->cells[3], form;
    size_t class = 0, kind = 0;
    if (!name_index(class_names, WORD_CLASSES, row->cells[0], &class))
        return table_refuse(t, why, "no class of words is called", row->cells[0]);
    if (!name_index(kind_names, KINDS, row->cells[1], &kind))
        return table_refuse(t, why, "no kind of words is called", row->cells[1]);
    entry.class = (enum word_class) class;
    entry.kind = (enum word_kind)kind;
    if (class_counts(entry.class) && !str_to_int(entry.value, &entry.number))
        return table_refuse(t, why, "not a number:", entry.value);
    if (entry.class == WORD_VERB && entry.language != LANGUAGE_NONE)
        l->languages[entry.language].verb_final = true;
    if (!forms.len)
        return table_refuse(t, why, "a row without forms:", row->cells[0]);
    while (str_cut(&forms, '|', &form))
        if (!add_form(l, entry, form))
            return table_refuse(t, why, "an empty form in", row->cells[3]);
    return OK;
}

enum outcome lexicon_add_table(struct lexicon *l, const char *path, struct fault *why)
{
    struct table t;
    struct row row;
    bool more = true;
    enum outcome result = table_open(&t, path, "class kind value forms", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more)
        result = add_row(l, &t, &row, why);
    return result;
}

void lexicon_link(struct lexicon *l)
{
    for (size_t i = 0; i < l->slots_count; i++) {
        struct phrase *p = l->slots[i].phrase;
        if (!p || !p->entries)
            continue;
        struct str rest = p->entries->form, word;
        uint64_t hash = LEXICON_HASH_START;
        while (str_cut(&rest, ' ', &word)) {
            hash = lexicon_hash(hash, word);
            const struct phrase *part = lexicon_find(l, hash);
            if (!part)
                bug("a phrase without its beginning");
            for (const struct entry *e = part->entries; e; e = e->next)
                p->classes |= UINT64_C(1) << e->class;
            if (part != p && part->entries)
                p->shorter = part;
        }
    }
}

/* dates, incidents and the interface have tables of their own, with readers of their own */
static bool is_lexicon(const struct data_file *file)
{
    struct str path = str_of(file->path);
    bool vocabulary = str_starts(path, STR("lang/")) || str_starts(path, STR("country/"));
    return vocabulary && str_find(path, STR("/dates"), 0) == SIZE_MAX &&
           !str_ends(path, STR("/incidents.tsv")) && !str_ends(path, STR("/interface.tsv"));
}

struct lexicon *lexicon_empty(void)
{
    struct lexicon *l = mem_alloc(sizeof *l);
    arena_init(&l->arena);
    grow(l);
    return l;
}

enum outcome lexicon_new(struct lexicon **out, struct fault *why)
{
    struct lexicon *l = lexicon_empty();
    enum outcome result = OK;
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
    mem_free(l->slots);
    mem_free(l);
}
