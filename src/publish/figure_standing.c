#include "publish/figure_standing_int.h"

#include "account/definitions.h"
#include "publish/figure_words_int.h"
#include "publish/part_int.h"

enum { FLAGS_SHOWN = 40 };

struct str class_said(const struct voice *v, enum source_class class)
{
    static const char *const names[SOURCE_CLASSES] = {
        [SOURCE_OFFICIAL] = SAID("official"),       [SOURCE_UN] = SAID("United Nations"),
        [SOURCE_INDEPENDENT] = SAID("independent"), [SOURCE_PRESS] = SAID("press"),
        [SOURCE_OTHER] = SAID("another state"),     [SOURCE_UNNAMED] = SAID("names nobody"),
    };
    return names[class] ? voice_say(v, names[class]) : STR("");
}

/* ---- one count ---- */

static struct str lead_of(const struct voice *v, enum lead_why why)
{
    switch (why) {
    case LEAD_CHAIN:
        return SAY(v, "passes on {1}: its own document names that source");
    case LEAD_SAME_TEXT:
        return SAY(v, "passes on {1}: its document says the same or copies one that does");
    case LEAD_UNNAMED:
        return SAY(v, "passes on {1}: it names nobody in particular");
    case LEAD_SAME_NUMBER:
        return SAY(v, "passes on {1}: it names no source and gives the same number");
    case LEAD_CIRCLE:
        return SAY(v, "passes on {1}: they name each other");
    case LEAD_NONE:
    case LEAD_WHYS:
        break;
    }
    bug("a lead without a reason");
}

static void note(struct page *page, struct markup words)
{
    out_raw(page->out, "<p class=\"note\">");
    markup_write(page, words);
    out_raw(page->out, "</p>");
}

void standing_write(struct page *page, const struct count *c)
{
    const struct voice *v = &page->voice;
    if (c->leads_to)
        note(page, SENTENCE(page, lead_of(v, c->why), value_said(page, c->leads_to)));
    if (c->said_by > 1 && !c->leads_to)
        note(page, SENTENCE(page,
                            SAY_COUNT(v, "given by {1} independent source",
                                      "given by {1} independent sources", (int64_t)c->said_by),
                            MARKUP(page, "{}", voice_number(v, page->arena, (int64_t)c->said_by))));
    if (count_weighing(c) != WEIGHED_NOT)
        note(page, markup_text(page, weighing_said(v, count_weighing(c))));
    if (c->disputed)
        note(page, MARKUP(page, "{}", SAY(v, "another count contradicts it")));
}

/* ---- what is strange ---- */

static struct markup definition_said(struct page *page, const struct definition *d)
{
    return MARKUP(page, "{}", voice_told(&page->voice, d->en, d->fa));
}

struct markup flag_said(struct page *page, const struct flag *flag)
{
    const struct voice *v = &page->voice;
    struct markup count = count_said(page, flag->count);
    if (flag->kind == FLAG_AHEAD)
        return SENTENCE(page, SAY(v, "{1} stands later than its document of {2}."), count,
                        markup_date(page, flag->count->figures[0]->document->published));
    struct markup other = count_said(page, flag->other);
    if (flag->kind == FLAG_FALLS)
        return SENTENCE(page,
                        SAY(v, "{1} is fewer than {2} before it by the same source, of what only "
                               "grows."),
                        count, other);
    if (flag->kind == FLAG_DEFINITION)
        return SENTENCE(page, SAY(v, "{1} {2}; {3} {4}. They cannot be compared."), count,
                        definition_said(page, flag->said), other,
                        definition_said(page, flag->other_said));
    return SENTENCE(page, SAY(v, "{1} is a part of {2}, and larger."), count, other);
}

void flags_write(struct page *page, const struct group *group)
{
    const struct voice *v = &page->voice;
    if (!group->flags_count)
        return;
    size_t shown = group->flags_count < FLAGS_SHOWN ? group->flags_count : FLAGS_SHOWN;
    OUT(page->out, "<section aria-labelledby=\"flags\"><h2 id=\"flags\">{}</h2>\n",
        SAY(v, "What is strange"));
    out_raw(page->out, "<ul class=\"conflicts\">\n");
    for (size_t i = 0; i < shown; i++) {
        out_raw(page->out, "<li>");
        markup_write(page, flag_said(page, &group->flags[i]));
        out_raw(page->out, "</li>\n");
    }
    out_raw(page->out, "</ul>\n");
    int64_t more = (int64_t)(group->flags_total - shown);
    if (more) {
        out_raw(page->out, "<p class=\"soft\">");
        OUT_SENTENCE(page->out, SAY_COUNT(v, "and {} more", "and {} more", more),
                     voice_number(v, page->arena, more));
        out_raw(page->out, "</p>\n");
    }
    out_raw(page->out, "</section>\n");
}

/* ---- classes beside each other ---- */

void classes_write(struct page *page, const struct series *s)
{
    static const enum source_class classes[] = {SOURCE_OFFICIAL, SOURCE_UN, SOURCE_INDEPENDENT,
                                                SOURCE_OTHER};
    struct count_range ranges[COUNT_OF(classes)];
    size_t said = 0;
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        ranges[i] = series_range(s, classes[i]);
        said += ranges[i].counts > 0;
    }
    if (said < 2)
        return;
    out_raw(page->out, "<ul class=\"classes\">\n");
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        if (!ranges[i].counts)
            continue;
        out_raw(page->out, "<li>");
        markup_write(page, SENTENCE(page, SAY(&page->voice, "{1}: {2}"),
                                    markup_text(page, class_said(&page->voice, classes[i])),
                                    range_said(page, &ranges[i])));
        out_raw(page->out, "</li>\n");
    }
    out_raw(page->out, "</ul>\n");
}
