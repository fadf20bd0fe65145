/* The whole reader over any text: numbers, names, figures, life events, dates, sentences. */
#include <unicode/uchar.h>

#include "fuzz.h"
#include "read/read.h"
#include "text/utf8.h"

static const struct reader *reader(void)
{
    static struct reader *made;
    struct fault why;
    if (!made)
        MUST(reader_new(&made, &why) == OK);
    return made;
}

static void must_be_statement(struct str text, const struct statement *s)
{
    struct fault why;
    must_be_quote(text, s->quote);
    MUST(statement_check(s, &why) == OK);
    if (s->form == FORM_FIGURE && s->figure.subset_of.to)
        must_be_quote(text, s->figure.subset_of);
    if (s->form == FORM_LIFE_EVENT)
        must_be_quote(text, s->life_event.person_at);
    if (s->form == FORM_FACT)
        must_be_quote(text, s->fact.subject_at);
}

static void must_be_finding(struct str text, const struct finding *f)
{
    must_be_quote(text, f->quote);
    if (f->other.to)
        must_be_quote(text, f->other);
    for (size_t i = 0; finding_part_name(f->kind, i); i++) {
        MUST(f->parts[i].len > 0);
        must_be_plain(f->parts[i]);
    }
}

static void must_be_explained(struct str text, const struct proposal *p, struct arena *arena)
{
    for (const struct explained *e = p->explained; e; e = e->next) {
        MUST(e->field && e->rule && (!e->table || e->line));
        if (e->words.to)
            must_be_quote(text, e->words);
        must_be_text(explained_value(arena, text, &p->statement, e->field));
    }
}

/* nothing in it that is seen */
static bool is_blank(struct str s)
{
    size_t size;
    for (size_t at = 0; at < s.len; at += size)
        if (u_isgraph((UChar32)utf8_at(s, at, &size)))
            return false;
    return true;
}

static void must_cover(struct str text, const struct reading *r)
{
    size_t at = 0;
    for (size_t i = 0; i < r->sentences_count; i++) {
        must_be_quote(text, r->sentences[i].at);
        MUST(r->sentences[i].at.from >= at);
        MUST(is_blank(str_slice(text, at, r->sentences[i].at.from)));
        at = r->sentences[i].at.to;
    }
    MUST(is_blank(str_slice(text, at, text.len)));
}

static void must_be_entries(struct str text, const struct reading *r)
{
    for (size_t i = 0, at = 0; i < r->entries_count; i++) {
        must_be_quote(text, r->entries[i].at);
        MUST(r->entries[i].at.from >= at);
        if (r->entries[i].name.to)
            must_be_quote(text, r->entries[i].name);
        at = r->entries[i].at.to;
    }
}

static void must_be_same(const struct reading *a, const struct reading *b)
{
    MUST(a->proposals_count == b->proposals_count);
    MUST(a->findings_count == b->findings_count);
    for (size_t i = 0; i < a->proposals_count; i++) {
        struct hash left = statement_id(&a->proposals[i].statement);
        struct hash right = statement_id(&b->proposals[i].statement);
        MUST(hash_equal(&left, &right));
    }
}

void fuzz_one(struct str bytes, struct arena *arena)
{
    struct document_facts facts = {.published = STR("2022-11-25")};
    struct str text = text_of_bytes(arena, bytes);
    struct reading r, again, explained;
    reader_read(reader(), text, &facts, arena, &r);
    for (size_t i = 0; i < r.proposals_count; i++) {
        const struct proposal *p = &r.proposals[i];
        must_be_statement(text, &p->statement);
        MUST(p->confidence >= 0 && p->confidence <= 1000);
        must_be_text(p->why);
        MUST(p->why.len > 0);
        MUST(!i || r.proposals[i - 1].statement.quote.from <= p->statement.quote.from);
    }
    for (size_t i = 0; i < r.dates_count; i++)
        must_be_quote(text, r.dates[i].quote);
    for (size_t i = 0; i < r.findings_count; i++)
        must_be_finding(text, &r.findings[i]);
    must_cover(text, &r);
    must_be_entries(text, &r);
    reader_read(reader(), text, &facts, arena, &again);
    must_be_same(&r, &again);
    reader_explain(reader(), text, &facts, arena, &explained);
    must_be_same(&r, &explained);
    for (size_t i = 0; i < explained.proposals_count; i++)
        must_be_explained(text, &explained.proposals[i], arena);
}
