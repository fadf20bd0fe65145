#include "publish/sentence_int.h"
#include "publish/sheet_int.h"

/* ---- what it says ---- */

static void write_field(struct page *page, struct str label, struct str value)
{
    if (value.len)
        OUT(page->out, "<div><dt>{}</dt><dd><bdi>{}</bdi></dd></div>", label, value);
}

static void write_date(struct page *page, struct str label, struct str edtf)
{
    if (!edtf.len)
        return;
    OUT(page->out, "<div><dt>{}</dt><dd>", label);
    part_date(page, edtf);
    out_raw(page->out, "</dd></div>");
}

static void write_incident(struct page *page, const struct statement_view *s,
                           const struct incident_facts *incidents, size_t count)
{
    struct str name = s->incident.id;
    for (size_t i = 0; i < count; i++)
        if (str_equal(incidents[i].id, s->incident.id))
            name = incidents[i].name;
    write_field(page, SAY(&page->voice, "incident"), name);
}

static void write_figure(struct page *page, const struct statement_view *s,
                         const struct incident_facts *incidents, size_t count)
{
    const struct voice *v = &page->voice;
    const struct figure *f = &s->statement.figure;
    OUT(page->out, "<p class=\"says\"><b class=\"value\"><bdi>{}</bdi></b> {} <span>{}</span></p>",
        voice_value(v, page->arena, f), voice_label(v, page->arena, f->what),
        voice_happened(v, page->arena, f->event));
    out_raw(page->out, "<dl class=\"fields\">");
    write_field(page, SAY(v, "according to"), f->source);
    write_date(page, SAY(v, "counted from"), f->since);
    write_date(page, SAY(v, "counted to"), f->until);
    write_date(page, SAY(v, "as of"), f->as_of);
    write_field(page, SAY(v, "place"), f->place);
    write_incident(page, s, incidents, count);
    out_raw(page->out, "</dl>");
}

static void write_life_event(struct page *page, const struct life_event *e)
{
    const struct voice *v = &page->voice;
    OUT(page->out, "<p class=\"says\"><b><bdi>{}</bdi></b> <span>{}</span></p>", e->person,
        voice_label(v, page->arena, e->event));
    out_raw(page->out, "<dl class=\"fields\">");
    write_date(page, SAY(v, "when"), e->date);
    write_field(page, SAY(v, "place"), e->place);
    write_field(page, SAY(v, "by or at"), e->body);
    for (size_t i = 0; i < e->details_count; i++)
        write_field(page, voice_label(v, page->arena, e->details[i].name),
                    voice_detail(v, page->arena, e->details[i].value));
    out_raw(page->out, "</dl>");
}

static void write_fact(struct page *page, const struct fact *f)
{
    const struct voice *v = &page->voice;
    OUT(page->out,
        "<p class=\"says\"><b><bdi>{}</bdi></b> <span class=\"soft\">{}</span> <bdi>{}</bdi></p>",
        f->subject, voice_label(v, page->arena, f->property),
        voice_detail(v, page->arena, f->value));
    out_raw(page->out, "<dl class=\"fields\">");
    write_date(page, SAY(v, "from"), f->since);
    write_date(page, SAY(v, "to"), f->until);
    out_raw(page->out, "</dl>");
}

void statement_part_write(struct page *page, const struct statement_view *s,
                          const struct incident_facts *incidents, size_t count)
{
    switch (s->statement.form) {
    case FORM_FIGURE:
        write_figure(page, s, incidents, count);
        return;
    case FORM_LIFE_EVENT:
        write_life_event(page, &s->statement.life_event);
        return;
    case FORM_FACT:
        write_fact(page, &s->statement.fact);
        return;
    }
}

/* ---- what was decided ---- */

static struct str verdict_said(const struct voice *v, const struct judgement_view *j)
{
    if (j->verdict == VERDICT_RETRACT)
        return SAY(v, "taken back by {}");
    if (j->verdict == VERDICT_CORROBORATED)
        return SAY(v, "verified by {}");
    if (j->verdict == VERDICT_DISPUTED)
        return SAY(v, "disputed by {}");
    if (j->verdict == VERDICT_REJECT)
        return SAY(v, "rejected by {}");
    return hash_is_none(&j->instead_of) ? SAY(v, "accepted by {}")
                                        : SAY(v, "accepted as an edit by {}");
}

static struct markup author_said(struct page *page, const struct public_key *author,
                                 struct str name)
{
    char key[2 * PUBLIC_KEY_SIZE + 1];
    if (name.len)
        return markup_text(page, name);
    public_key_write(author, key);
    return MARKUP(page, "<bdi dir=\"ltr\">{}</bdi>", arena_print(page->arena, "%.12s", key));
}

void rulings_write(struct page *page, const struct decision_view *all, size_t count)
{
    const struct voice *v = &page->voice;
    for (size_t i = 0; i < count; i++) {
        const struct decision_view *d = &all[i];
        char id[HASH_DIGITS + 1];
        hash_write(&d->id, id);
        out_raw(page->out, "<p class=\"meta\">");
        markup_write(page, SENTENCE(page, SAY(v, "decided by {}"),
                                    author_said(page, &d->author, d->author_name)));
        out_raw(page->out, " · ");
        part_moment(page, d->at);
        OUT(page->out, " · <code><bdi dir=\"ltr\">{}</bdi></code>",
            arena_print(page->arena, "%.8s", id));
        if (d->why.len)
            OUT(page->out, " <q class=\"reason\"><bdi>{}</bdi></q>", d->why);
        out_raw(page->out, "</p>");
    }
}

bool judgements_write(struct page *page, const struct judgement_view *judgements, size_t count,
                      bool active)
{
    const struct voice *v = &page->voice;
    bool any = false;
    for (size_t i = 0; i < count; i++)
        any = any || judgements[i].active == active;
    if (!any)
        return false;
    out_raw(page->out, "<ul class=\"judgements\">");
    for (size_t i = 0; i < count; i++) {
        const struct judgement_view *j = &judgements[i];
        if (j->active != active)
            continue;
        out_raw(page->out, "<li>");
        markup_write(page, SENTENCE(page, verdict_said(v, j),
                                    author_said(page, &j->author, j->author_name)));
        out_raw(page->out, " · ");
        part_moment(page, j->at);
        if (j->bulk)
            OUT(page->out, " · {}", SAY(v, "among many at once"));
        if (!j->active)
            OUT(page->out, " · {}", SAY(v, "no longer in force"));
        if (j->why.len)
            OUT(page->out, " <q class=\"reason\"><bdi>{}</bdi></q>", j->why);
        out_raw(page->out, "</li>");
    }
    out_raw(page->out, "</ul>");
    return true;
}
