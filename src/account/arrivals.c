#include "account/arrivals.h"

#include <stdlib.h>

#include "account/labels.h"
#include "store/entries.h"
#include "text/fold.h"

struct meeting_record {
    struct archive *archive;
    struct arena *arena;
    const struct case_rules *rules;
    const struct labels *labels;
    struct hash text; /* the guest's */
    struct arrivals *out;
};

/* ---- the text as a guest ---- */

static size_t entry_of(const struct statement_view *v, const struct entry_book *book,
                       struct arena *arena)
{
    struct mention mention;
    struct str name;
    if (!mention_of_view(v, &mention, &name))
        return 0;
    return entry_of_mention(book, &mention.at, fold_text(arena, name));
}

static struct statement_view *views_of(const struct arriving *in, const struct hash *text,
                                       struct arena *arena)
{
    struct statement_view *out = arena_alloc(arena, (in->count + 1) * sizeof *out);
    struct entry_book book;
    entry_book_make(&book, in->text, in->entries, in->entries_count, arena);
    for (size_t i = 0; i < in->count; i++) {
        const struct proposal *p = &in->proposals[i];
        struct statement_view *v = &out[i];
        *v = (struct statement_view){.statement = p->statement,
                                     .state = VIEW_PROPOSED,
                                     .proposed = true,
                                     .confidence = p->confidence,
                                     .why = p->why,
                                     .document = *text,
                                     .document_title = in->facts->title,
                                     .document_name = in->name,
                                     .document_publisher = in->facts->publisher,
                                     .document_published = in->facts->published,
                                     .document_lang = in->facts->lang};
        v->statement.text = *text;
        v->id = statement_id(&v->statement);
        v->quote = str_slice(in->text, p->statement.quote.from, p->statement.quote.to);
        v->entry = entry_of(v, &book, arena);
    }
    return out;
}

/* ---- what cannot be true beside the record ---- */

struct sides {
    const struct statement_view **views;
    size_t count, room;
};

static void side_add(const struct meeting_record *m, struct sides *s, const struct bearer *b)
{
    for (size_t i = 0; i < b->named.views_count; i++) {
        s->views = arena_grow(m->arena, s->views, s->count, &s->room, sizeof *s->views);
        s->views[s->count++] = b->named.views[i];
    }
}

static bool is_ours(const struct meeting_record *m, const struct statement_view *v)
{
    return hash_equal(&v->statement.text, &m->text);
}

/* the first view of that side in an occurrence, or NULL */
static const struct statement_view *side_of(const struct meeting_record *m,
                                            const struct case_occurrence *o, bool ours)
{
    for (size_t i = 0; o && i < o->views_count; i++)
        if (is_ours(m, o->views[i]) == ours)
            return o->views[i];
    return NULL;
}

static void conflict_add(const struct meeting_record *m, struct arrival *a, size_t *room,
                         struct arrival_conflict c)
{
    a->conflicts = arena_grow(m->arena, a->conflicts, a->conflicts_count, room, sizeof c);
    a->conflicts[a->conflicts_count++] = c;
}

/* one side is told by the text alone, the other by the record */
static bool parts_sides(const struct meeting_record *m, const struct case_doubt *d,
                        struct arrival_conflict *out)
{
    const struct case_occurrence *ours = d->a, *theirs = d->b;
    *out = (struct arrival_conflict){.doubt = *d};
    if (side_of(m, ours, false)) {
        ours = d->b;
        theirs = d->a;
    }
    out->ours_view = side_of(m, ours, true);
    out->here_view = side_of(m, theirs, false);
    return case_doubt_contradicts(d->kind) && out->ours_view && out->here_view &&
           !side_of(m, ours, false);
}

static void histories_compare(const struct meeting_record *m, const struct sides *s,
                              struct arrival *a, size_t *room)
{
    struct case_history history;
    size_t count;
    case_history_make(m->rules, s->views, s->count, CASE_PROPOSED, m->arena, &history);
    const struct case_doubt *doubts = case_doubts(&history, m->arena, &count);
    for (size_t i = 0; i < count; i++) {
        struct arrival_conflict conflict;
        if (parts_sides(m, &doubts[i], &conflict))
            conflict_add(m, a, room, conflict);
    }
}

static bool facts_conflict(const struct meeting_record *m, const struct statement_view *ours,
                           const struct statement_view *theirs)
{
    const struct statement *left = &ours->statement, *right = &theirs->statement;
    return left->form == FORM_FACT && right->form == FORM_FACT &&
           str_equal(left->fact.property, right->fact.property) &&
           values_contradict(m->labels, left->fact.property, left->fact.value, right->fact.value);
}

static bool is_said(const struct arrival *a, const struct arrival_conflict *c)
{
    for (size_t i = 0; i < a->conflicts_count; i++)
        if (str_equal(a->conflicts[i].property, c->property) &&
            str_equal(a->conflicts[i].ours, c->ours) && str_equal(a->conflicts[i].here, c->here))
            return true;
    return false;
}

static void facts_compare(const struct meeting_record *m, const struct sides *s, struct arrival *a,
                          size_t *room)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct statement_view *ours = s->views[i];
        for (size_t k = 0; is_ours(m, ours) && k < s->count; k++) {
            const struct statement_view *theirs = s->views[k];
            if (is_ours(m, theirs) || !facts_conflict(m, ours, theirs))
                continue;
            struct arrival_conflict c = {.property = ours->statement.fact.property,
                                         .ours = ours->statement.fact.value,
                                         .here = theirs->statement.fact.value,
                                         .ours_view = ours,
                                         .here_view = theirs};
            if (!is_said(a, &c))
                conflict_add(m, a, room, c);
            break;
        }
    }
}

static void record_compare(const struct meeting_record *m, struct arrival *a)
{
    const struct likely *l = &m->out->likely;
    struct sides s = {0};
    size_t room = 0;
    side_add(m, &s, a->bearer);
    for (size_t i = 0; i < a->known_count; i++) {
        size_t count, person = a->known[i]->named.person;
        const struct bearer **same = person == SIZE_MAX ? NULL : likely_person(l, person, &count);
        if (!same)
            side_add(m, &s, a->known[i]);
        for (size_t k = 0; same && k < count; k++)
            side_add(m, &s, same[k]);
    }
    histories_compare(m, &s, a, &room);
    facts_compare(m, &s, a, &room);
}

/* ---- everybody in the text ---- */

/* those on record who are probably one with the bearer */
static void known_find(const struct meeting_record *m, struct arrival *a)
{
    size_t count;
    const struct bearer **others = likely_others(&m->out->likely, a->bearer, m->arena, &count);
    a->known = others;
    for (size_t i = 0; i < count; i++)
        if (!hash_equal(&others[i]->text, &m->text))
            a->known[a->known_count++] = others[i];
}

static int compare_arrivals(const void *left, const void *right)
{
    const struct arrival *a = left, *b = right;
    size_t x = a->bearer->named.mentions[0].at.from, y = b->bearer->named.mentions[0].at.from;
    return (x > y) - (x < y);
}

static void arrival_add(const struct meeting_record *m, const struct bearer *b)
{
    struct arrival *a = &m->out->at[m->out->count++];
    *a = (struct arrival){.bearer = b};
    known_find(m, a);
    if (a->known_count)
        record_compare(m, a);
    if (!a->known_count)
        m->out->new ++;
    else if (a->conflicts_count)
        m->out->conflicting++;
    else
        m->out->matched++;
}

enum outcome arrivals_read(struct archive *archive, const struct reader *reader,
                           const struct arriving *in, struct arena *arena, struct arrivals *out,
                           struct fault *why)
{
    struct bearer_guest guest = {.id = hash_of(in->text), .text = in->text, .count = in->count};
    struct meeting_record m = {
        .archive = archive, .arena = arena, .labels = labels_known(), .text = guest.id, .out = out};
    *out = (struct arrivals){0};
    guest.views = views_of(in, &guest.id, arena);
    enum outcome result = case_rules_new(arena, &m.rules, why);
    if (result == OK)
        result = likely_with(archive, reader, &guest, arena, &out->likely, why);
    if (result != OK)
        return result;
    out->at = arena_alloc(arena, (out->likely.count + 1) * sizeof *out->at);
    for (size_t i = 0; i < out->likely.count; i++) {
        const struct bearer *b = &out->likely.bearers[i];
        if (hash_equal(&b->text, &m.text) && b->named.views_count)
            arrival_add(&m, b);
    }
    if (out->count)
        qsort(out->at, out->count, sizeof *out->at, compare_arrivals);
    return OK;
}
