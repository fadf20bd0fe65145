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

/* ---- reasons ---- */

static const char *const phrases[] = {
    SAID("with"),
    SAID("beside the name"),
    SAID("a person's name"),
    SAID("an organisation's name"),
    SAID("the sentence says"),
    SAID("in a text of its time"),
};

/* with the place of a date */
static const char *const dated_phrases[] = {
    SAID("the period counted, from {}, lies in it"),
    SAID("in a text whose dates reach to {}"),
};

enum { PIECES_LIMIT = 9 };

static struct str dated_phrase_said(const struct page *page, struct str phrase)
{
    const struct voice *v = &page->voice;
    struct str place = STR("{}");
    for (size_t i = 0; i < COUNT_OF(dated_phrases); i++) {
        struct str key = str_of(dated_phrases[i]), said = voice_say(v, dated_phrases[i]);
        size_t at = str_find(key, place, 0), put = str_find(said, place, 0);
        struct str before = str_slice(key, 0, at), behind = str_slice(key, at + 2, key.len);
        if (put == SIZE_MAX || phrase.len <= before.len + behind.len ||
            !str_starts(phrase, before) || !str_ends(phrase, behind))
            continue;
        struct str date = str_slice(phrase, before.len, phrase.len - behind.len);
        return arena_print(page->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(said, 0, put)),
                           STR_ARG(voice_date(v, page->arena, date)),
                           STR_ARG(str_slice(said, put + 2, said.len)));
    }
    return STR_NONE;
}

/* what a phrase is in the voice's language; empty when it has no words for it */
static struct str phrase_said(const struct page *page, struct str phrase)
{
    const struct voice *v = &page->voice;
    for (size_t i = 0; i < COUNT_OF(phrases); i++)
        if (str_equal(phrase, str_of(phrases[i])))
            return voice_say(v, phrases[i]);
    struct str key = arena_copy(page->arena, phrase), rule = voice_say(v, key.at);
    if (!str_equal(rule, phrase))
        return rule;
    struct str dated = dated_phrase_said(page, phrase);
    if (dated.len)
        return dated;
    struct str label = voice_label(v, page->arena, phrase);
    return str_equal(label, phrase) ? STR_NONE : label;
}

/* without blanks and a colon at its end */
static struct str bare(struct str phrase)
{
    phrase = str_trim(phrase);
    return str_ends(phrase, STR(":")) ? str_slice(phrase, 0, phrase.len - 1) : phrase;
}

/* every other piece is words of the text */
static size_t pieces_of(struct str reason, struct str pieces[PIECES_LIMIT])
{
    struct str rest = reason;
    size_t count = 0;
    while (count < PIECES_LIMIT && str_cut(&rest, '"', &pieces[count]))
        count++;
    return rest.len ? 0 : count;
}

static bool translate(const struct page *page, struct str reason, struct str pieces[PIECES_LIMIT],
                      size_t *count)
{
    *count = pieces_of(reason, pieces);
    for (size_t i = 0; i < *count; i += 2) {
        struct str phrase = bare(pieces[i]);
        if (!phrase.len)
            continue;
        bool colon = phrase.len < str_trim(pieces[i]).len;
        struct str said = phrase_said(page, phrase);
        if (!said.len)
            return false;
        pieces[i] = colon ? arena_print(page->arena, "%.*s:", STR_ARG(said)) : said;
    }
    return *count > 0;
}

void reason_write(struct page *page, struct str text, struct str reason)
{
    struct str pieces[PIECES_LIMIT];
    size_t count = 0;
    bool english = str_equal(language_code(page->voice.language), STR("en"));
    if (english || !translate(page, reason, pieces, &count)) {
        OUT(page->out, "<bdi lang=\"en\">{}</bdi>", reason);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (i % 2 && str_find(text, pieces[i], 0) == SIZE_MAX)
            OUT(page->out, " {} ", voice_label(&page->voice, page->arena, pieces[i]));
        else if (i % 2)
            OUT(page->out, " <q><bdi>{}</bdi></q> ", pieces[i]);
        else
            out_text(page->out, str_trim(pieces[i]));
}
