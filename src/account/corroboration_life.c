#include "account/corroboration_int.h"

#include "account/case.h"
#include "account/labels.h"
#include "store/figures.h"
#include "text/edtf.h"
#include "text/fold.h"

/* Statements that say the same, of one person. */
struct chorus {
    struct archive *archive;
    struct arena *arena;
    const struct statement_view *view; /* the one that is asked about */
    const struct statement_view **all; /* it among them */
    size_t count, room;
    struct corroborated *out;
    size_t others_room;
};

static void chorus_add(struct chorus *c, const struct statement_view *view)
{
    if (view->state == VIEW_REJECTED && !view->undecided)
        return;
    c->all = arena_grow(c->arena, c->all, c->count, &c->room, sizeof *c->all);
    c->all[c->count++] = view;
}

static struct str says_of(const struct statement_view *view)
{
    const struct statement *s = &view->statement;
    return s->form == FORM_FACT ? s->fact.value : s->life_event.date;
}

static struct str source_of(const struct statement_view *v)
{
    return v->document_publisher.len ? v->document_publisher
           : v->document_title.len   ? v->document_title
                                     : v->document_name;
}

static struct other *other_add(struct chorus *c, enum other_relation relation,
                               const struct statement_view *v)
{
    struct corroborated *out = c->out;
    out->others =
        arena_grow(c->arena, out->others, out->count, &c->others_room, sizeof *out->others);
    struct other *other = &out->others[out->count++];
    *other = (struct other){.relation = relation,
                            .statement = v->id,
                            .document = v->document,
                            .document_title = v->document_title,
                            .document_name = v->document_name,
                            .publisher = v->document_publisher,
                            .published = v->document_published,
                            .source = source_of(v),
                            .says = says_of(v),
                            .state = v->state,
                            .undecided = statement_is_hatched(v)};
    return other;
}

/* ---- who says it ---- */

/* Of a publisher that nobody knows, the document alone. */
static struct str key_of(struct chorus *c, const struct statement_view *v, enum source_class *class)
{
    char digits[HASH_DIGITS + 1];
    struct str bare = source_bare_name(c->arena, v->document_publisher);
    *class = SOURCE_UNKNOWN;
    hash_write(&v->document, digits);
    if (!bare.len)
        return arena_print(c->arena, "document %s", digits);
    struct known_source known = source_book_find(source_book(), fold_text(c->arena, bare));
    *class = known.class;
    return known.key;
}

static enum outcome voicing_of(struct chorus *c, const struct statement_view *v, struct str key,
                               struct voicing *out, struct fault *why)
{
    struct sketch *sketch = arena_alloc(c->arena, sizeof *sketch);
    int64_t last;
    bool found = false;
    *out = (struct voicing){.publisher = key, .document = v->document, .own = true};
    if (!v->document_published.len ||
        edtf_range(v->document_published, &out->published, &last, NULL) != OK)
        out->published = INT64_MAX;
    enum outcome result = archive_sketch(c->archive, &v->document, sketch, &found, why);
    out->sketch = found ? sketch : NULL;
    return result;
}

static size_t teller_of(struct teller *tellers, size_t *count, struct str key,
                        enum source_class class)
{
    for (size_t i = 0; i < *count; i++)
        if (str_equal(tellers[i].key, key))
            return i;
    /* nobody names a source for what happened: whoever publishes it may know it */
    tellers[*count] = (struct teller){
        .key = key,
        .class = class == SOURCE_UNKNOWN || class == SOURCE_PRESS ? SOURCE_INDEPENDENT : class,
        .since = INT64_MAX};
    return (*count)++;
}

static void relate(struct chorus *c, const struct teller *tellers, const size_t *of, size_t self)
{
    for (size_t i = 0; i < c->count; i++) {
        if (i == self)
            continue;
        const struct teller *mine = &tellers[of[self]], *its = &tellers[of[i]];
        size_t my_root = mine->leads_to == NO_LEAD ? of[self] : mine->leads_to;
        size_t its_root = its->leads_to == NO_LEAD ? of[i] : its->leads_to;
        enum other_relation relation = mine == its           ? OTHER_REPEATS
                                       : my_root != its_root ? OTHER_SAME
                                       : my_root == of[i]    ? OTHER_ORIGIN
                                       : my_root == of[self] ? OTHER_PASSES_ON
                                                             : OTHER_REPEATS;
        struct other *other = other_add(c, relation, c->all[i]);
        other->lead = relation == OTHER_ORIGIN      ? mine->why
                      : relation == OTHER_PASSES_ON ? its->why
                                                    : LEAD_NONE;
    }
}

static enum outcome chorus_weigh(struct chorus *c, struct fault *why)
{
    struct teller *tellers = arena_alloc(c->arena, (c->count + 1) * sizeof *tellers);
    struct voicing *voicings = arena_alloc(c->arena, (c->count + 1) * sizeof *voicings);
    struct voicing *sorted = arena_alloc(c->arena, (c->count + 1) * sizeof *sorted);
    size_t *of = arena_alloc(c->arena, (c->count + 1) * sizeof *of);
    size_t count = 0, self = 0, at = 0;
    enum outcome result = OK;
    for (size_t i = 0; i < c->count && result == OK; i++) {
        enum source_class class;
        struct str key = key_of(c, c->all[i], &class);
        of[i] = teller_of(tellers, &count, key, class);
        self = c->all[i] == c->view ? i : self;
        result = voicing_of(c, c->all[i], key, &voicings[i], why);
    }
    for (size_t t = 0; t < count; t++) {
        tellers[t].voicings = &sorted[at];
        for (size_t i = 0; i < c->count; i++)
            if (of[i] == t)
                sorted[at++] = voicings[i];
        tellers[t].voicings_count = (size_t)(&sorted[at] - tellers[t].voicings);
    }
    if (result != OK)
        return result;
    c->out->said_by = tellers_weigh(tellers, count, c->arena);
    c->out->status = c->out->said_by > 1 ? CORROBORATION_SEVERAL : CORROBORATION_SINGLE;
    relate(c, tellers, of, self);
    return OK;
}

/* ---- what is the same, and what contradicts ---- */

static const struct case_occurrence *occurrence_of(const struct case_history *history,
                                                   const struct hash *statement)
{
    for (size_t i = 0; i < history->count; i++)
        for (size_t k = 0; k < history->at[i].views_count; k++)
            if (hash_equal(&history->at[i].views[k]->id, statement))
                return &history->at[i];
    return NULL;
}

static void contradict_all(struct chorus *c, const struct case_occurrence *o)
{
    for (size_t i = 0; i < o->views_count; i++)
        other_add(c, OTHER_CONTRADICTS, o->views[i]);
}

static void see_history(struct chorus *c, const struct case_rules *rules,
                        const struct case_person *person, struct case_history *history)
{
    size_t doubts_count;
    case_history_make(rules, person->views, person->views_count, CASE_PROPOSED, c->arena, history);
    const struct case_occurrence *o = occurrence_of(history, &c->view->id);
    if (!o)
        return;
    for (size_t i = 0; i < o->views_count; i++)
        chorus_add(c, o->views[i]);
    const struct case_doubt *doubts = case_doubts(history, c->arena, &doubts_count);
    for (size_t i = 0; i < doubts_count; i++) {
        const struct case_doubt *d = &doubts[i];
        const struct case_occurrence *other = d->a == o ? d->b : d->b == o ? d->a : NULL;
        if (other && other != o && case_doubt_contradicts(d->kind))
            contradict_all(c, other);
    }
}

static void see_facts(struct chorus *c, const struct case_person *person)
{
    const struct fact *fact = &c->view->statement.fact;
    for (size_t i = 0; i < person->views_count; i++) {
        const struct statement_view *v = person->views[i];
        if (v->statement.form != FORM_FACT ||
            !str_equal(v->statement.fact.property, fact->property))
            continue;
        if (fold_equal(v->statement.fact.value, fact->value))
            chorus_add(c, v);
        else if (values_contradict(labels_known(), fact->property, v->statement.fact.value,
                                   fact->value))
            other_add(c, OTHER_CONTRADICTS, v);
    }
}

static bool among(const struct chorus *c, const struct hash *id)
{
    for (size_t i = 0; i < c->count; i++)
        if (hash_equal(&c->all[i]->id, id))
            return true;
    return false;
}

enum outcome corroborate_life(struct archive *archive, const struct statement_view *view,
                              struct arena *arena, struct corroborated *out, struct fault *why)
{
    const struct hash_list asked = {&(struct hash){{0}}, 1};
    struct chorus c = {.archive = archive, .arena = arena, .out = out};
    struct case_record record;
    struct case_history history;
    const struct case_rules *rules;
    size_t place;
    *out = (struct corroborated){.status = CORROBORATION_UNKNOWN};
    asked.at[0] = view->id;
    enum outcome result = case_rules_known(&rules, why);
    if (result == OK)
        result = case_record_of(archive, rules, &asked, arena, &record, &place, why);
    if (result == NOT_FOUND)
        return OK;
    if (result != OK)
        return result;
    const struct case_person *person = &record.people[place];
    for (size_t i = 0; i < person->views_count; i++)
        if (hash_equal(&person->views[i]->id, &view->id))
            c.view = person->views[i];
    if (!c.view)
        return OK;
    if (view->statement.form == FORM_FACT)
        see_facts(&c, person);
    else
        see_history(&c, rules, person, &history);
    if (!among(&c, &view->id))
        return OK;
    size_t contradicted = out->count;
    result = chorus_weigh(&c, why);
    if (contradicted)
        out->status = CORROBORATION_DISPUTED;
    return result;
}

enum outcome corroborate_occurrence(struct archive *archive, const struct case_occurrence *o,
                                    struct arena *arena, size_t *said_by, struct fault *why)
{
    struct corroborated out = {.status = CORROBORATION_UNKNOWN};
    struct chorus c = {.archive = archive, .arena = arena, .view = o->views[0], .out = &out};
    for (size_t i = 0; i < o->views_count; i++)
        chorus_add(&c, o->views[i]);
    enum outcome result = chorus_weigh(&c, why);
    *said_by = out.said_by;
    return result;
}
