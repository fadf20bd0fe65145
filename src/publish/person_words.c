#include "publish/person_words_int.h"

#include "publish/part_int.h"
#include "text/edtf.h"
#include "case/decided.h"

struct str state_said(struct page *page, const struct case_state *state)
{
    struct str label = arena_print(page->arena, "state:%.*s", STR_ARG(state->name));
    struct str said = voice_label(&page->voice, page->arena, label);
    return str_equal(said, label_words(page->arena, label))
               ? voice_label(&page->voice, page->arena, state->name)
               : said;
}

struct markup standing_said(struct page *page, const struct case_rules *rules,
                            const struct case_standing *s)
{
    const struct voice *v = &page->voice;
    struct markup out = {STR_NONE};
    for (size_t i = 0; i < s->count; i++) {
        struct markup one = MARKUP(page, "{}", state_said(page, &rules->states[s->at[i].state]));
        out = i ? SENTENCE(page, SAY(v, "{1} or {2}"), out, one) : one;
    }
    return out;
}

struct markup occurrence_said(struct page *page, const struct case_occurrence *o)
{
    const struct voice *v = &page->voice;
    const struct statement_view *view = o->views[0];
    struct markup event =
        MARKUP(page, "<a href=\"{}\">{}</a>", part_place(page, &view->document, &view->id),
               voice_label(v, page->arena, o->event));
    struct markup date =
        o->date.len ? markup_date(page, o->date) : MARKUP(page, "{}", SAY(v, "no date"));
    return SENTENCE(page, SAY(v, "{1} ({2})"), event, date);
}

struct markup day_said(struct page *page, int64_t day)
{
    char text[16];
    edtf_write_day(day, text);
    return markup_date(page, arena_copy(page->arena, str_of(text)));
}

struct markup days_between_said(struct page *page, int64_t first, int64_t last)
{
    const struct voice *v = &page->voice;
    if (last == INT64_MAX)
        return SENTENCE(page, SAY(v, "not before {}"), day_said(page, first));
    if (first == last)
        return day_said(page, first);
    return SENTENCE(page, SAY(v, "between {1} and {2}"), day_said(page, first),
                    day_said(page, last));
}

struct markup doubt_said(struct page *page, const struct case_doubt *d)
{
    const struct voice *v = &page->voice;
    struct markup a = occurrence_said(page, d->a);
    struct markup b = d->b ? occurrence_said(page, d->b) : a;
    switch (d->kind) {
    case DOUBT_TWICE:
        return SENTENCE(page, SAY(v, "{1}, and again {2}: nothing on record lies between them."), a,
                        b);
    case DOUBT_DIFFER:
        return SENTENCE(page, SAY(v, "{1} says {2}, and {3} says {4}."), a,
                        MARKUP(page, "{}", voice_detail(v, page->arena, d->a->sentence)), b,
                        MARKUP(page, "{}", voice_detail(v, page->arena, d->b->sentence)));
    case DOUBT_AFTER_END:
    case DOUBT_STILL:
        return SENTENCE(page, SAY(v, "{1}, and yet {2}."), a, b);
    case DOUBT_BEFORE:
        return SENTENCE(page, SAY(v, "{1} stands before {2}."), a, b);
    case DOUBT_STEP:
        return SENTENCE(page, SAY(v, "Between {1} and {2} a step is not on record."), a, b);
    case DOUBT_UNTOLD:
        return SENTENCE(page, SAY(v, "Nothing on record says how it came to {}."), a);
    case DOUBT_UNBORN:
        return SENTENCE(page, SAY(v, "{1} lies before the birth, {2}."), a,
                        markup_date(page, d->born->statement.fact.value));
    case DOUBT_DATE:
        return SENTENCE(page, SAY(v, "{}: there is no such date."), a);
    }
    bug("a doubt of no kind");
}

static struct markup number_said(struct page *page, int64_t number)
{
    return MARKUP(page, "{}", voice_number(&page->voice, page->arena, number));
}

static struct markup days_said(struct page *page, const struct case_spell *s)
{
    const struct voice *v = &page->voice;
    if (s->high == DAYS_NONE && !s->low)
        return MARKUP(page, "{}", SAY(v, "for a time that nothing on record tells"));
    if (s->high == DAYS_NONE)
        return SENTENCE(page, SAY_COUNT(v, "for at least {} day", "for at least {} days", s->low),
                        number_said(page, s->low));
    if (s->low == s->high)
        return SENTENCE(page, SAY_COUNT(v, "for {} day", "for {} days", s->low),
                        number_said(page, s->low));
    if (!s->low)
        return SENTENCE(page, SAY_COUNT(v, "for up to {} day", "for up to {} days", s->high),
                        number_said(page, s->high));
    return SENTENCE(page, SAY(v, "for {1} to {2} days"), number_said(page, s->low),
                    number_said(page, s->high));
}

struct markup spell_said(struct page *page, const struct case_spell *s)
{
    const struct voice *v = &page->voice;
    struct markup days = days_said(page, s), begin = occurrence_said(page, s->begin);
    if (s->end)
        return SENTENCE(page, SAY(v, "Held {1}: from {2} to {3}."), days, begin,
                        occurrence_said(page, s->end));
    return SENTENCE(page, SAY(v, "Held {1}: from {2}, and no end is on record."), days, begin);
}

struct markup term_said(struct page *page, const struct case_term *t)
{
    const struct voice *v = &page->voice;
    struct markup sentence =
        MARKUP(page, "{}", voice_detail(v, page->arena, t->sentence->sentence));
    struct markup end = days_between_said(page, t->first, t->last);
    return SENTENCE(page, SAY(v, "{1}, reckoned from {2}, would end: {3}."), sentence,
                    occurrence_said(page, t->from), end);
}

struct markup running_said(struct page *page, const struct case_running *r)
{
    const struct voice *v = &page->voice;
    struct markup since = occurrence_said(page, r->since);
    if (r->high == DAYS_NONE)
        return SENTENCE(page, SAY(v, "{}: nothing on record ends it."), since);
    if (r->low == r->high)
        return SENTENCE(page, SAY(v, "{1}: day {2}. Nothing on record ends it."), since,
                        number_said(page, r->low));
    return SENTENCE(page, SAY(v, "{1}: day {2} to {3}. Nothing on record ends it."), since,
                    number_said(page, r->low), number_said(page, r->high));
}
