#include "read/confidence.h"

#include "base/table.h"
#include "read/lexicon.h"

struct rated {
    uint64_t key;
    int confidence;
};

struct confidences {
    struct arena arena;
    struct rated *at; /* by key */
    size_t count, room;
};

enum { MOST = 1000, FEW = 10 };

static const struct str any = {"*", 1};

static uint64_t key_hash(const struct confidence_key *key)
{
    uint64_t hash = lexicon_hash_join(LEXICON_HASH_START, (uint64_t)key->form + 1);
    hash = lexicon_hash_join(hash, lexicon_word_hash(key->rule));
    return lexicon_hash_join(hash, lexicon_word_hash(key->evidence));
}

static struct str evidence_of_figure(const struct figure *f)
{
    int64_t value = f->low == COUNT_NONE ? f->high : f->low;
    if (f->subset_of.to)
        return STR("a part of another");
    if (f->bound != BOUND_EXACT)
        return STR("with a bound");
    if (value == 1)
        return STR("one");
    return value < FEW ? STR("less than ten") : STR("ten or more");
}

static struct str evidence_of_life(const struct statement *s)
{
    const struct life_event *e = &s->life_event;
    bool same = s->quote.from <= e->person_at.from && e->person_at.to <= s->quote.to;
    if (e->details_count)
        return same ? STR("with details") : STR("with details, of one named before");
    if (e->date.len)
        return same ? STR("with a date") : STR("with a date, of one named before");
    return same ? STR("no more") : STR("of one named before");
}

static bool is_acronym(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!(name.at[i] >= 'A' && name.at[i] <= 'Z'))
            return false;
    return true;
}

static struct str evidence_of_fact(const struct fact *f)
{
    bool told = !str_equal(f->value, STR("other"));
    if (is_acronym(f->subject))
        return told ? STR("an acronym") : STR("an acronym, no word tells");
    bool several = f->subject.len && memchr(f->subject.at, ' ', f->subject.len);
    if (several)
        return told ? STR("several words") : STR("several words, no word tells");
    return told ? STR("one word") : STR("one word, no word tells");
}

struct confidence_key confidence_key_of(const struct proposal *p, struct arena *arena)
{
    const struct statement *s = &p->statement;
    struct confidence_key key = {.form = s->form, .rule = any, .evidence = any};
    size_t colon;
    switch (s->form) {
    case FORM_FIGURE:
        colon = str_find(p->why, STR(":"), 0);
        key.rule = str_slice(p->why, 0, colon == SIZE_MAX ? p->why.len : colon);
        key.evidence = evidence_of_figure(&s->figure);
        break;
    case FORM_LIFE_EVENT:
        key.rule =
            str_starts(s->life_event.event, STR("other:")) ? STR("other") : s->life_event.event;
        key.evidence = evidence_of_life(s);
        break;
    case FORM_FACT:
        key.rule = arena_print(arena, "%.*s of %s %.*s", STR_ARG(s->fact.property),
                               str_starts(s->fact.subject_kind, STR("o")) ? "an" : "a",
                               STR_ARG(s->fact.subject_kind));
        key.evidence = evidence_of_fact(&s->fact);
        break;
    }
    return key;
}

static int rated_order(const void *a, const void *b)
{
    const struct rated *left = a, *right = b;
    return (left->key > right->key) - (left->key < right->key);
}

static const struct rated *find(const struct confidences *all, const struct confidence_key *key)
{
    struct rated sought = {.key = key_hash(key)};
    return all->count ? bsearch(&sought, all->at, all->count, sizeof *all->at, rated_order) : NULL;
}

int confidence_of(const struct confidences *all, const struct confidence_key *key, bool *found)
{
    const struct rated *rated = find(all, key);
    if (found)
        *found = rated != NULL;
    if (!rated)
        rated = find(all, &(struct confidence_key){key->form, any, any});
    if (!rated)
        bug("a form of statements without a confidence");
    return rated->confidence;
}

static bool form_of(struct str name, enum statement_form *out)
{
    static const enum statement_form forms[] = {FORM_FIGURE, FORM_LIFE_EVENT, FORM_FACT};
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        if (str_equal(name, str_of(statement_form_name(forms[i])))) {
            *out = forms[i];
            return true;
        }
    return false;
}

static enum outcome add_row(struct confidences *all, const struct table *t, const struct row *row,
                            struct fault *why)
{
    struct confidence_key key = {.rule = row->cells[1], .evidence = row->cells[2]};
    int64_t right, seen, confidence;
    if (!form_of(row->cells[0], &key.form))
        return table_refuse(t, why, "no form of statements is called", row->cells[0]);
    if (!key.rule.len || !key.evidence.len)
        return table_refuse(t, why, "a row without rule or evidence:", row->cells[0]);
    if (!str_to_int(row->cells[3], &right) || !str_to_int(row->cells[4], &seen) || right < 0 ||
        right > seen)
        return table_refuse(t, why, "not so many right of so many seen:", row->cells[3]);
    if (!str_to_int(row->cells[5], &confidence) || confidence < 0 || confidence > MOST)
        return table_refuse(t, why, "not a confidence from 0 to 1000:", row->cells[5]);
    struct rated rated = {key_hash(&key), (int)confidence};
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].key == rated.key)
            return table_refuse(t, why, "twice:", key.rule);
    all->at = arena_grow(&all->arena, all->at, all->count, &all->room, sizeof *all->at);
    all->at[all->count++] = rated;
    return OK;
}

static enum outcome check_whole(const struct confidences *all, const struct table *t,
                                struct fault *why)
{
    static const enum statement_form forms[] = {FORM_FIGURE, FORM_LIFE_EVENT, FORM_FACT};
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        if (!find(all, &(struct confidence_key){forms[i], any, any}))
            return table_refuse(t, why, "no row * * for", str_of(statement_form_name(forms[i])));
    return OK;
}

enum outcome confidences_new(struct confidences **out, struct fault *why)
{
    struct confidences *all = mem_alloc(sizeof *all);
    struct table t;
    struct row row;
    bool more = true;
    arena_init(&all->arena);
    enum outcome result =
        table_open(&t, "reader/confidence.tsv", "form rule evidence right seen confidence", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more)
        result = add_row(all, &t, &row, why);
    if (all->count)
        qsort(all->at, all->count, sizeof *all->at, rated_order);
    if (result == OK)
        result = check_whole(all, &t, why);
    if (result != OK) {
        confidences_free(all);
        return result;
    }
    *out = all;
    return OK;
}

void confidences_free(struct confidences *all)
{
    if (!all)
        return;
    arena_release(&all->arena);
    mem_free(all);
}
