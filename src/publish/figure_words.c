#include "publish/figure_words_int.h"

#include "publish/part_int.h"

static struct str open_ended(const struct voice *v, const struct count_range *range)
{
    if (range->low == range->high)
        return range->open_below && range->open_above ? SAY(v, "{1}, open at both ends")
               : range->open_above                    ? SAY(v, "{1} or more")
               : range->open_below                    ? SAY(v, "{1} or fewer")
                                                      : STR("{1}");
    return range->open_below && range->open_above ? SAY(v, "{1} to {2}, open at both ends")
           : range->open_above                    ? SAY(v, "{1} to {2}, no upper end")
           : range->open_below                    ? SAY(v, "{1} to {2}, no lower end")
                                                  : SAY(v, "{1} to {2}");
}

struct markup range_said(struct page *page, const struct count_range *range)
{
    const struct voice *v = &page->voice;
    return SENTENCE(page, open_ended(v, range),
                    MARKUP(page, "{}", voice_number(v, page->arena, range->low)),
                    MARKUP(page, "{}", voice_number(v, page->arena, range->high)));
}

static struct markup joined(struct page *page, struct markup a, struct markup b)
{
    return SENTENCE(page, SAY(&page->voice, "{1}, {2}"), a, b);
}

/* the period as one EDTF date */
static struct str period_of(const struct page *page, const struct series *s)
{
    if (str_equal(s->since, s->until))
        return s->since;
    struct str open = STR("..");
    struct str since = s->since.len ? s->since : open, until = s->until.len ? s->until : open;
    return arena_print(page->arena, "%.*s/%.*s", STR_ARG(since), STR_ARG(until));
}

struct markup series_said(struct page *page, const struct series *s)
{
    struct markup out = MARKUP(page, "{}", voice_counted(&page->voice, page->arena, s->what));
    if (s->part)
        out = SENTENCE(page, SAY(&page->voice, "{1}, in part"), out);
    if (s->place.len)
        out = joined(page, out, markup_text(page, s->place));
    if (s->since.len || s->until.len)
        out = joined(page, out, markup_date(page, period_of(page, s)));
    return out;
}

struct markup stand_said(struct page *page, const struct stand *stand)
{
    const struct voice *v = &page->voice;
    if (stand->from == STAND_UNKNOWN)
        return MARKUP(page, "{}", SAY(v, "no date"));
    struct markup date = markup_date(page, stand->date);
    switch (stand->from) {
    case STAND_UNTIL:
        return SENTENCE(page, SAY(v, "until {1}"), date);
    case STAND_PUBLISHED:
        return SENTENCE(page, SAY(v, "published {1}"), date);
    case STAND_AS_OF:
    case STAND_UNKNOWN:
        break;
    }
    return date;
}

struct markup value_said(struct page *page, const struct figure_view *view)
{
    return MARKUP(page, "<a class=\"value\" href=\"{}\"><bdi>{}</bdi></a>",
                  part_place(page, &view->document->id, &view->id),
                  voice_value(&page->voice, page->arena, &view->figure));
}

struct markup count_said(struct page *page, const struct count *c)
{
    return SENTENCE(page, SAY(&page->voice, "{1} ({2}, {3})"), value_said(page, c->figures[0]),
                    markup_text(page, c->source), stand_said(page, &c->stand));
}

static struct str reason_of(const struct voice *v, enum conflict_why why)
{
    switch (why) {
    case CONFLICT_SAME_TIME:
        return SAY(v, "{1} and {2} cannot both be true of {3}: they stand at the same time.");
    case CONFLICT_OVER:
        return SAY(v, "{1} and {2} cannot both be true of {3}: it was over when both were "
                      "counted.");
    case CONFLICT_FALLING:
        return SAY(v, "{1} and {2} cannot both be true of {3}: the earlier count is the greater "
                      "one, and such counts do not fall.");
    case CONFLICT_PART:
        return SAY(v, "{1} of {3} and {2} of {4} cannot both be true: those are a part of these.");
    }
    bug("a conflict without a reason");
}

struct markup conflict_said(struct page *page, const struct conflict *c)
{
    const struct voice *v = &page->voice;
    struct markup said =
        SENTENCE(page, reason_of(v, c->why), count_said(page, c->a), count_said(page, c->b),
                 series_said(page, c->a_series), series_said(page, c->b_series));
    if (!c->more)
        return said;
    struct str more = SAY_COUNT(v, "{} more such pair of theirs.", "{} more such pairs of theirs.",
                                (int64_t)c->more);
    struct markup number = MARKUP(page, "{}", voice_number(v, page->arena, (int64_t)c->more));
    return (struct markup){arena_print(page->arena, "%.*s <span class=\"soft\">%.*s</span>",
                                       STR_ARG(said.html),
                                       STR_ARG(SENTENCE(page, more, number).html))};
}
