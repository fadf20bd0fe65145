#include "read/block_int.h"

/* ---- where ---- */

struct cutting {
    struct str text;
    struct arena *arena;
    struct block *at;
    size_t count, room;
};

static void block_add(struct cutting *c, struct span lead, size_t from)
{
    if (c->count)
        c->at[c->count - 1].body.to = from;
    c->at = arena_grow(c->arena, c->at, c->count, &c->room, sizeof *c->at);
    c->at[c->count++] = (struct block){lead, {from, c->text.len}};
}

/* the lines right above a table's rows, of its own part of the text */
static struct span lead_of(struct str text, const struct listed_table *t)
{
    size_t from = t->head > BLOCK_LEAD ? t->head - BLOCK_LEAD : 0;
    for (size_t i = t->head; i > from; i--)
        if (text.at[i - 1] == '\f')
            from = i;
    while (from && from < t->head && text.at[from - 1] != '\n' && text.at[from - 1] != '\f')
        from++;
    return (struct span){from, t->rows_begin};
}

static void table_cut(struct cutting *c, const struct listed_table *t)
{
    size_t at = t->rows_begin, line, rows = 0;
    while (t->named && t->rows > BLOCK_ROWS && table_row_next(t, c->text, &at, &line))
        if (rows++ == BLOCK_ROWS) {
            block_add(c, lead_of(c->text, t), line);
            rows = 1;
        }
}

struct block *blocks_cut(const struct lexicon *lexicon, struct str text, struct arena *arena,
                         size_t *count)
{
    struct cutting c = {.text = text, .arena = arena};
    struct listed_table *tables;
    size_t tables_count;
    block_add(&c, (struct span){0, 0}, 0);
    tables_find_by(lexicon, text, arena, &tables, &tables_count);
    for (size_t i = 0; i < tables_count; i++)
        table_cut(&c, &tables[i]);
    *count = c.count;
    return c.at;
}

static size_t lead_len(const struct block *b)
{
    return b->lead.to - b->lead.from;
}

struct str block_text(struct str text, const struct block *b, struct arena *arena)
{
    struct str lead = str_slice(text, b->lead.from, b->lead.to);
    struct str body = str_slice(text, b->body.from, b->body.to);
    if (!lead.len)
        return body;
    char *at = arena_room(arena, lead.len + body.len);
    memcpy(at, lead.at, lead.len);
    memcpy(at + lead.len, body.at, body.len);
    return (struct str){at, lead.len + body.len};
}

/* ---- what ---- */

static size_t place(const struct block_keeper *k, size_t at)
{
    size_t lead = lead_len(&k->block);
    return at < lead ? k->block.lead.from + at : k->block.body.from + (at - lead);
}

static struct span span_keep(const struct block_keeper *k, struct span s)
{
    return s.to ? (struct span){place(k, s.from), place(k, s.to - 1) + 1} : s;
}

static bool is_in_lead(const struct block_keeper *k, struct span s)
{
    return s.to <= lead_len(&k->block);
}

static struct str *recent_of(struct block_keeper *k, struct str s)
{
    size_t hash = s.len;
    for (size_t i = 0; i < s.len; i++)
        hash = hash * 31 + (unsigned char)s.at[i];
    return &k->recent[hash % BLOCK_RECENT];
}

/* words of the text stay words of the text */
static struct str str_keep(struct block_keeper *k, struct str s)
{
    uintptr_t at = (uintptr_t)s.at, first = (uintptr_t)k->part.at;
    if (!s.len)
        return STR_NONE;
    if (at >= first && at < first + k->part.len) {
        size_t from = place(k, at - first), to = place(k, at - first + s.len - 1) + 1;
        if (to - from == s.len)
            return str_slice(k->text, from, to);
    }
    struct str *recent = recent_of(k, s);
    if (!str_equal(*recent, s))
        *recent = arena_copy(k->arena, s);
    return *recent;
}

static void figure_keep(struct block_keeper *k, struct figure *f)
{
    struct str *const all[] = {&f->event, &f->what,  &f->since, &f->until,
                               &f->as_of, &f->place, &f->source};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        *all[i] = str_keep(k, *all[i]);
    f->subset_of = span_keep(k, f->subset_of);
}

static void life_event_keep(struct block_keeper *k, struct life_event *e)
{
    struct str *const all[] = {&e->person, &e->event, &e->date, &e->place, &e->body};
    struct detail *details = arena_alloc(k->arena, e->details_count * sizeof *details);
    for (size_t i = 0; i < COUNT_OF(all); i++)
        *all[i] = str_keep(k, *all[i]);
    for (size_t i = 0; i < e->details_count; i++)
        details[i] =
            (struct detail){str_keep(k, e->details[i].name), str_keep(k, e->details[i].value)};
    e->details = e->details_count ? details : NULL;
    e->person_at = span_keep(k, e->person_at);
}

static void fact_keep(struct block_keeper *k, struct fact *f)
{
    struct str *const all[] = {&f->subject, &f->subject_kind, &f->property,
                               &f->value,   &f->since,        &f->until};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        *all[i] = str_keep(k, *all[i]);
    f->subject_at = span_keep(k, f->subject_at);
}

static void statement_keep(struct block_keeper *k, struct statement *s)
{
    s->quote = span_keep(k, s->quote);
    if (s->form == FORM_FIGURE)
        figure_keep(k, &s->figure);
    else if (s->form == FORM_LIFE_EVENT)
        life_event_keep(k, &s->life_event);
    else
        fact_keep(k, &s->fact);
}

static struct explained *explained_keep(struct block_keeper *k, const struct explained *all)
{
    struct explained *first = NULL, **end = &first;
    for (const struct explained *e = all; e; e = e->next) {
        struct explained *copy = arena_alloc(k->arena, sizeof *copy);
        *copy = *e;
        copy->field = e->field ? arena_copy(k->arena, str_of(e->field)).at : NULL;
        copy->words = span_keep(k, e->words);
        copy->next = NULL;
        *end = copy;
        end = &copy->next;
    }
    return first;
}

static struct finding finding_keep(struct block_keeper *k, struct finding f)
{
    f.quote = span_keep(k, f.quote);
    f.other = span_keep(k, f.other);
    for (size_t i = 0; i < FINDING_PARTS; i++)
        f.parts[i] = str_keep(k, f.parts[i]);
    return f;
}

static struct date_mention date_keep(struct block_keeper *k, struct date_mention d)
{
    struct finding *findings = arena_alloc(k->arena, d.findings_count * sizeof *findings);
    for (size_t i = 0; i < d.findings_count; i++)
        findings[i] = finding_keep(k, d.findings[i]);
    d.findings = d.findings_count ? findings : NULL;
    d.quote = span_keep(k, d.quote);
    d.iso = str_keep(k, d.iso);
    d.calendar = str_keep(k, d.calendar);
    return d;
}

/* ---- all of a block ---- */

/* room for the whole text by what its first block has; pages that are never written cost nothing */
static void *room_for(const struct block_keeper *k, size_t count, size_t size, size_t *room)
{
    size_t body = k->block.body.to - k->block.body.from;
    *room = (size_t)((double)count * 1.25 * (double)k->text.len / (double)(body ? body : 1)) + 64;
    return arena_room(k->arena, *room * size);
}

static void rooms_make(struct block_keeper *k, const struct reading *r)
{
    struct reading *out = k->out;
    out->proposals = room_for(k, r->proposals_count, sizeof *out->proposals, &k->proposals_room);
    out->dates = room_for(k, r->dates_count, sizeof *out->dates, &k->dates_room);
    out->sentences = room_for(k, r->sentences_count, sizeof *out->sentences, &k->sentences_room);
    out->entries = room_for(k, r->entries_count, sizeof *out->entries, &k->entries_room);
    out->lang = str_keep(k, r->lang);
}

static void proposals_keep(struct block_keeper *k, const struct reading *r)
{
    struct reading *out = k->out;
    for (size_t i = 0; i < r->proposals_count; i++) {
        struct proposal p = r->proposals[i];
        if (is_in_lead(k, p.statement.quote))
            continue;
        statement_keep(k, &p.statement);
        p.why = str_keep(k, p.why);
        p.explained = explained_keep(k, p.explained);
        out->proposals = arena_grow(k->arena, out->proposals, out->proposals_count,
                                    &k->proposals_room, sizeof p);
        out->proposals[out->proposals_count++] = p;
    }
}

static void dates_keep(struct block_keeper *k, const struct reading *r)
{
    struct reading *out = k->out;
    for (size_t i = 0; i < r->dates_count; i++) {
        if (is_in_lead(k, r->dates[i].quote))
            continue;
        out->dates =
            arena_grow(k->arena, out->dates, out->dates_count, &k->dates_room, sizeof *out->dates);
        out->dates[out->dates_count++] = date_keep(k, r->dates[i]);
    }
}

/* one that begins in the lead is told where it stands */
static void entries_keep(struct block_keeper *k, const struct reading *r)
{
    struct reading *out = k->out;
    for (size_t i = 0; i < r->entries_count; i++) {
        const struct list_entry *e = &r->entries[i];
        if (e->at.from < lead_len(&k->block))
            continue;
        out->entries = arena_grow(k->arena, out->entries, out->entries_count, &k->entries_room,
                                  sizeof *out->entries);
        out->entries[out->entries_count++] =
            (struct list_entry){span_keep(k, e->at), span_keep(k, e->name)};
    }
}

void block_keep(struct block_keeper *k, const struct reading *r)
{
    struct reading *out = k->out;
    if (!out->sentences)
        rooms_make(k, r);
    proposals_keep(k, r);
    dates_keep(k, r);
    entries_keep(k, r);
    for (size_t i = 0; i < r->sentences_count; i++) {
        if (is_in_lead(k, r->sentences[i].at))
            continue;
        out->sentences = arena_grow(k->arena, out->sentences, out->sentences_count,
                                    &k->sentences_room, sizeof *out->sentences);
        out->sentences[out->sentences_count++].at = span_keep(k, r->sentences[i].at);
    }
}
