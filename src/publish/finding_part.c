#include "publish/finding_part_int.h"

#include "publish/part_int.h"

static const char *const words[] = {
    SAID("Monday"),   SAID("Tuesday"), SAID("Wednesday"), SAID("Thursday"), SAID("Friday"),
    SAID("Saturday"), SAID("Sunday"),  SAID("Gregorian"), SAID("Jalali"),   SAID("Islamic")};
static const char *const labels[COUNT_OF(words)] = {"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday",    "gregorian",
                                                    "jalali", "islamic"};

static struct str name_said(const struct voice *v, struct str label)
{
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (str_equal(label, str_of(labels[i])))
            return voice_say(v, words[i]);
    return label;
}

static struct markup part_said(struct page *page, const struct finding *f, size_t i)
{
    const struct voice *v = &page->voice;
    int64_t count = 0;
    switch (finding_part_value(f->kind, i)) {
    case FINDING_DATE:
        return markup_date(page, f->parts[i]);
    case FINDING_DAY_OF_WEEK:
    case FINDING_CALENDAR_NAME:
        return MARKUP(page, "{}", name_said(v, f->parts[i]));
    case FINDING_NUMBER:
        if (str_to_int(f->parts[i], &count))
            return MARKUP(page, "<b>{}</b>", voice_number(v, page->arena, count));
        break;
    case FINDING_TEXT:
        return MARKUP(page, "<q><bdi>{}</bdi></q>", f->parts[i]);
    case FINDING_NOTHING:
        break;
    }
    return MARKUP(page, "{}", f->parts[i]);
}

static struct str reason_of(const struct voice *v, enum finding_kind kind)
{
    switch (kind) {
    case FINDING_WEEKDAY:
        return SAY(v, "{3} is a {2}, not a {1}.");
    case FINDING_CALENDAR:
        return SAY(v, "A month of the {1} calendar stands with a year of the {2} one. It was read "
                      "as {3}.");
    case FINDING_NO_SUCH_DAY:
        return SAY(v, "There is no day {1} in a month of {2} days.");
    case FINDING_BACKWARDS:
        return SAY(v, "It begins on {1} and ends before that, on {2}.");
    case FINDING_TWO_DATES:
        return SAY(v, "The two calendars do not say one day: {1} and {2}.");
    case FINDING_AFTER_DOCUMENT:
        return SAY(v, "{1} is later than the document, which is of {2}.");
    case FINDING_PART_LARGER:
        return SAY(v, "{1} cannot be a part of {2}.");
    case FINDING_COUNT_FALLING:
        return SAY(v, "{1} on {2}, though the same source counted {3} before, on {4}: such counts "
                      "do not fall.");
    case FINDING_DEFAULT:
        return SAY(v, "{1} stands in {2} of {3} rows ({4} per cent), where others differ: it may "
                      "stand for “unknown”.");
    case FINDING_FIRST_OF_YEAR:
        return SAY(v, "{2} of {3} days ({4} per cent) are the first of a year, such as {1}: they "
                      "may stand for “unknown”.");
    case FINDING_KINDS:
        break;
    }
    bug("a finding of no kind");
}

struct markup finding_said(struct page *page, const struct finding *f)
{
    return SENTENCE(page, reason_of(&page->voice, f->kind), part_said(page, f, 0),
                    part_said(page, f, 1), part_said(page, f, 2), part_said(page, f, 3));
}

struct str finding_anchor(const struct page *page, const struct finding *f)
{
    return arena_print(page->arena, "f-%zu-%zu-%s", f->quote.from, f->quote.to,
                       finding_kind_name(f->kind));
}

static void write_quotes(struct page *page, const struct finding_view *f)
{
    OUT(page->out, "<q><bdi>{}</bdi></q>", f->quote);
    if (f->other.len)
        OUT(page->out, " <span aria-hidden=\"true\">≠</span> <q><bdi>{}</bdi></q>", f->other);
}

void findings_write(struct page *page, const struct finding_view *all, size_t count)
{
    OUT(page->out, "<p class=\"soft\">{}</p><ul class=\"findings\">",
        SAY(&page->voice, "What is wrong or doubtful as it is written"));
    for (size_t i = 0; i < count; i++) {
        OUT(page->out, "<li id=\"{}\" tabindex=\"-1\"><p>", finding_anchor(page, &all[i].finding));
        write_quotes(page, &all[i]);
        out_raw(page->out, "</p><p>");
        markup_write(page, finding_said(page, &all[i].finding));
        out_raw(page->out, "</p></li>");
    }
    out_raw(page->out, "</ul>");
}

void findings_write_listed(struct page *page, const struct finding_view *all, size_t count)
{
    out_raw(page->out, "<ul class=\"findings listed\">\n");
    for (size_t i = 0; i < count; i++) {
        const struct finding_view *f = &all[i];
        OUT(page->out, "<li><p><a href=\"{}#{}\">", page_link(page, "/documents/", &f->document),
            finding_anchor(page, &f->finding));
        write_quotes(page, f);
        out_raw(page->out, "</a></p><p>");
        markup_write(page, finding_said(page, &f->finding));
        OUT(page->out, "</p><p class=\"parts\"><span><bdi>{}</bdi></span>",
            part_document_name(page, f->document_title, f->document_name));
        if (f->document_publisher.len)
            OUT(page->out, "<span><bdi>{}</bdi></span>", f->document_publisher);
        out_raw(page->out, "</p></li>\n");
    }
    out_raw(page->out, "</ul>");
}
