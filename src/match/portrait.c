#include "match/portrait.h"

#include <stdlib.h>
#include <unicode/uchar.h>

#include "match/mix_int.h"
#include "text/edtf.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { NAME_WORDS = 5 };

static const struct {
    const char *name;
    enum trait_measure measure;
} traits[TRAITS] = {
    [TRAIT_GIVEN] = {"given name", TRAIT_AS_NAME},
    [TRAIT_FAMILY] = {"family name", TRAIT_AS_NAME},
    [TRAIT_LONE] = {"name", TRAIT_AS_NAME},
    [TRAIT_FATHER] = {"father", TRAIT_AS_NAME},
    [TRAIT_BIRTH] = {"born", TRAIT_AS_DAYS},
    [TRAIT_DEATH] = {"died", TRAIT_AS_DAYS},
    [TRAIT_ARREST] = {"arrested", TRAIT_AS_DAYS},
    [TRAIT_TRIAL] = {"trial", TRAIT_AS_DAYS},
    [TRAIT_PLACE] = {"place", TRAIT_AS_TEXT},
    [TRAIT_PRISON] = {"prison", TRAIT_AS_TEXT},
    [TRAIT_COURT] = {"court", TRAIT_AS_TEXT},
    [TRAIT_BRANCH] = {"branch", TRAIT_AS_LABEL},
    [TRAIT_JUDGE] = {"judge", TRAIT_AS_NAME},
    [TRAIT_CHARGE] = {"charge", TRAIT_AS_TEXT},
    [TRAIT_SENTENCE] = {"sentence", TRAIT_AS_LABEL},
    [TRAIT_OCCUPATION] = {"occupation", TRAIT_AS_TEXT},
    [TRAIT_NATIONALITY] = {"nationality", TRAIT_AS_TEXT},
    [TRAIT_POST] = {"title", TRAIT_AS_TEXT},
    [TRAIT_ROLE] = {"role", TRAIT_AS_LABEL},
    [TRAIT_RELATIVE] = {"relative", TRAIT_AS_TEXT},
    [TRAIT_COMPANION] = {"named with", TRAIT_AS_NAME},
    [TRAIT_TEXT] = {"one text", TRAIT_AS_LABEL},
    [TRAIT_TOGETHER] = {"named together", TRAIT_AS_LABEL},
};

const char *trait_name(enum trait trait)
{
    return traits[trait].name;
}

enum trait_measure trait_measure(enum trait trait)
{
    return traits[trait].measure;
}

void portrait_begin(struct portrait *p, struct arena *arena, uint64_t text, uint64_t id)
{
    *p = (struct portrait){.arena = arena, .text = text, .id = id};
}

static uint64_t sound_of(const struct spelling *s)
{
    return s->count ? letters_sound(spelling_whole(s)) : 0;
}

static void words_join(struct spelling *to, const struct spelling *from)
{
    for (size_t i = 0; i < from->words; i++)
        spelling_add(to, from, i, false);
}

/* A father's name is told as such. */
void portrait_name(struct portrait *p, struct str written)
{
    struct person_name name;
    person_name_of(written, &name);
    if (!name.given.count || p->names_count == PORTRAIT_NAMES)
        return;
    if (!p->names_room) { /* most have one */
        p->names = arena_alloc(p->arena, sizeof *p->names);
        p->names_room = 1;
    }
    p->names = arena_grow(p->arena, p->names, p->names_count, &p->names_room, sizeof *p->names);
    struct portrait_name *n = &p->names[p->names_count++];
    *n = (struct portrait_name){.written = written, .given = name.given, .family = name.family};
    words_join(&n->given, &name.other);
    n->given_text = spelling_text(p->arena, &n->given);
    n->family_text = spelling_text(p->arena, &n->family);
    struct spelling whole = n->given;
    words_join(&whole, &n->family);
    n->given_sound = sound_of(&n->given);
    n->family_sound = sound_of(&n->family);
    n->whole_sound = sound_of(&whole);
    n->given_signature = letters_signature(spelling_whole(&n->given));
    n->family_signature = letters_signature(spelling_whole(&n->family));
    n->given_known = letters_are_known(spelling_whole(&n->given));
    n->family_known = n->family.count && letters_are_known(spelling_whole(&n->family));
    if (name.father.count)
        portrait_tell(p, TRAIT_FATHER, spelling_text(p->arena, &name.father));
}

static struct trait_value *value_add(struct portrait *p, enum trait trait, struct str text)
{
    p->values =
        arena_grow(p->arena, p->values, p->values_count, &p->values_room, sizeof *p->values);
    struct trait_value *v = &p->values[p->values_count++];
    *v = (struct trait_value){.trait = trait, .text = text};
    return v;
}

void portrait_tell_days(struct portrait *p, enum trait trait, struct str text, int64_t first,
                        int64_t last)
{
    if (first < INT32_MIN || last > INT32_MAX || last < first || last - first > PORTRAIT_DAYS)
        return;
    struct trait_value *v = value_add(p, trait, text);
    v->first = (int32_t)first;
    v->last = (int32_t)last;
    v->hash = mix((uint64_t)(uint32_t)v->first << 32 | (uint32_t)v->last);
}

static void tell_words(struct portrait *p, enum trait trait, struct str value)
{
    struct spelling spelt;
    enum trait_measure measure = trait_measure(trait);
    if (measure == TRAIT_AS_NAME)
        name_part_of(value, &spelt);
    else
        spelling_of(value, measure == TRAIT_AS_LABEL ? SPELLING_CODE : SPELLING_TEXT, &spelt);
    if (!spelt.count)
        return;
    struct trait_value *v = value_add(p, trait, value);
    v->hash = spelling_hash(&spelt);
    v->sound = measure == TRAIT_AS_LABEL ? v->hash : sound_of(&spelt);
}

void portrait_tell(struct portrait *p, enum trait trait, struct str value)
{
    int64_t first, last;
    struct fault why;
    if (trait_measure(trait) != TRAIT_AS_DAYS)
        tell_words(p, trait, value);
    else if (value.len && edtf_range(value, &first, &last, &why) == OK)
        portrait_tell_days(p, trait, value, first, last);
}

static int compare_values(const void *left, const void *right)
{
    const struct trait_value *a = left, *b = right;
    if (a->trait != b->trait)
        return a->trait < b->trait ? -1 : 1;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return str_compare(a->text, b->text);
}

static int compare_names(const void *left, const void *right)
{
    const struct portrait_name *a = left, *b = right;
    return str_compare(a->written, b->written);
}

void portrait_end(struct portrait *p)
{
    size_t kept = 0;
    if (p->names_count)
        qsort(p->names, p->names_count, sizeof *p->names, compare_names);
    if (p->values_count)
        qsort(p->values, p->values_count, sizeof *p->values, compare_values);
    for (size_t i = 0; i < p->values_count; i++) {
        const struct trait_value *last = kept ? &p->values[kept - 1] : NULL;
        if (!last || last->trait != p->values[i].trait || last->hash != p->values[i].hash)
            p->values[kept++] = p->values[i];
    }
    p->values_count = kept;
}

bool portrait_is_lone(const struct portrait *p)
{
    for (size_t i = 0; i < p->names_count; i++)
        if (p->names[i].family.count)
            return false;
    return true;
}

const struct trait_value *portrait_values(const struct portrait *p, enum trait trait, size_t *count)
{
    size_t from = 0;
    while (from < p->values_count && p->values[from].trait < trait)
        from++;
    for (*count = 0; from + *count < p->values_count && p->values[from + *count].trait == trait;)
        ++*count;
    return p->values + from;
}

/* ---- whose name it is ---- */

static bool is_particle(struct str word)
{
    struct spelling s;
    spelling_of(word, SPELLING_NAME, &s);
    return s.words && s.particles[0] != PARTICLE_NONE;
}

static bool is_capitals(struct str word)
{
    size_t size, letters = 0;
    for (size_t at = 0; at < word.len; at += size) {
        UChar32 c = (UChar32)utf8_at(word, at, &size);
        letters += u_isalpha(c) != 0;
        if (u_isalpha(c) && !u_isupper(c))
            return false;
    }
    return letters > 1;
}

bool name_is_personal(struct str name)
{
    size_t at = 0, words = 0, capitals = 0, size;
    struct word w;
    while (word_next(name, &at, &w)) {
        struct str word = str_slice(name, w.from, w.to);
        words++;
        capitals += is_capitals(word);
        if (u_islower((UChar32)utf8_at(word, 0, &size)) && !is_particle(word))
            return false;
    }
    return words && words <= NAME_WORDS && capitals < words;
}
