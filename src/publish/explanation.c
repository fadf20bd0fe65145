#include "publish/sheet_int.h"

static const struct {
    const char *field, *label;
} labels[] = {
    {"event", SAID("what happened")},
    {"what", SAID("who is counted")},
    {"low", SAID("lowest number")},
    {"high", SAID("highest number")},
    {"bound", SAID("how sure the number is")},
    {"source", SAID("according to")},
    {"since", SAID("counted from")},
    {"until", SAID("counted to")},
    {"as_of", SAID("as of")},
    {"place", SAID("place")},
    {"subset_of", SAID("part of")},
    {"person", SAID("who")},
    {"date", SAID("when")},
    {"body", SAID("by or at")},
    {"subject", SAID("who")},
    {"subject_kind", SAID("person or organisation")},
    {"property", SAID("property")},
    {"value", SAID("value")},
};

static struct str label_of(const struct page *page, const char *field)
{
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (strcmp(labels[i].field, field) == 0)
            return voice_say(&page->voice, labels[i].label);
    return voice_label(&page->voice, page->arena, str_of(field));
}

void sheet_explain(struct page *page, struct sheet *s, const struct statement_view *about)
{
    struct reading reading;
    reader_explain(page->site->reader, s->text, &s->document.facts, page->arena, &reading);
    s->explained = &about->id;
    for (size_t i = 0; i < reading.proposals_count && !s->explanation; i++) {
        struct proposal *p = &reading.proposals[i];
        if (p->statement.quote.from != about->statement.quote.from ||
            p->statement.form != about->statement.form)
            continue;
        p->statement.text = about->statement.text;
        struct hash id = statement_id(&p->statement);
        if (hash_equal(&id, &about->id))
            s->explanation = p->explained;
    }
}

static void write_step(struct page *page, const struct sheet *s, const struct explained *e)
{
    out_raw(page->out, "<dd>");
    if (e->words.to)
        OUT(page->out, "<q><bdi>{}</bdi></q> ", str_slice(s->text, e->words.from, e->words.to));
    out_text(page->out, voice_say(&page->voice, e->rule));
    if (e->table)
        OUT(page->out, " <code><bdi dir=\"ltr\">data/{}:{}</bdi></code>", str_of(e->table),
            arena_print(page->arena, "%zu", e->line));
    out_raw(page->out, "</dd>");
}

static bool explains(const struct page *page, const struct sheet *s,
                     const struct statement_view *view, const struct explained *e)
{
    return explained_value(page->arena, s->text, &view->statement, e->field).len > 0;
}

/* a field's steps stand together, where its first one does */
static bool is_first(const struct sheet *s, const struct explained *e)
{
    const struct explained *other = s->explanation;
    while (strcmp(other->field, e->field) != 0)
        other = other->next;
    return other == e;
}

void explanation_write(struct page *page, const struct sheet *s, const struct statement_view *view)
{
    if (!s->explanation) {
        OUT(page->out, "<p>{}</p>",
            SAY(&page->voice, "The reader does not propose this any more."));
        return;
    }
    out_raw(page->out, "<dl class=\"steps\">");
    for (const struct explained *e = s->explanation; e; e = e->next) {
        if (!explains(page, s, view, e) || !is_first(s, e))
            continue;
        OUT(page->out, "<div><dt>{}</dt>", label_of(page, e->field));
        for (const struct explained *step = e; step; step = step->next)
            if (strcmp(step->field, e->field) == 0)
                write_step(page, s, step);
        out_raw(page->out, "</div>");
    }
    out_raw(page->out, "</dl>");
}
