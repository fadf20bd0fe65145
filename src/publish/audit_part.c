#include "publish/audit_part_int.h"

#include "publish/figure_words_int.h"
#include "publish/part_int.h"

static const char *const shows[] = {"qualifies", "left-out", "untold"};

/* ---- what is asked ---- */

void audit_read_asked(struct page *page, struct audit_asked *out)
{
    int64_t from = 0;
    *out = (struct audit_asked){.verdict = AUDIT_VERDICTS};
    as_of_asked(page, &out->as_of);
    for (size_t i = 0; i < COUNT_OF(shows); i++)
        if (str_equal(page_field(page, "show"), str_of(shows[i])))
            out->verdict = i;
    if (str_to_int(page_field(page, "from"), &from) && from > 0 && from < INT32_MAX)
        out->from = (size_t)from;
}

static struct str audit_address(struct page *page, const struct audit_asked *asked, size_t verdict,
                                size_t from)
{
    struct str out = page->here;
    const char *before = "?";
    if (asked->as_of.asked.len) {
        out =
            arena_print(page->arena, "%.*s?as-of=%.*s", STR_ARG(out), STR_ARG(asked->as_of.asked));
        before = "&";
    }
    if (verdict < AUDIT_VERDICTS)
        out = arena_print(page->arena, "%.*s%sshow=%s", STR_ARG(out), before, shows[verdict]);
    return from ? arena_print(page->arena, "%.*s&from=%zu", STR_ARG(out), from) : out;
}

void audit_day_write(struct page *page, const struct audit_asked *asked, int64_t as_of)
{
    struct as_of day = asked->as_of;
    as_of_else(page, &day, as_of);
    OUT(page->out, "<form class=\"ask\" method=\"get\" action=\"{}\">", page->here);
    as_of_field(page, &day,
                SAY(&page->voice, "What came after, up to the day (Gregorian: 2022-11-15)"));
    out_raw(page->out, "</form>\n");
}

/* ---- the announced number beside the record ---- */

static void write_bar_row(struct page *page, struct str label, const struct figure *f,
                          int64_t largest, enum view_state state)
{
    OUT(page->out, "<tr><th scope=\"row\">{}</th><td class=\"value\"><bdi>{}</bdi></td><td>", label,
        voice_value(&page->voice, page->arena, f));
    if (f->high != 0)
        part_bar(page, f, largest, state, false);
    out_raw(page->out, "</td></tr>\n");
}

static void write_counted(struct page *page, struct str label, size_t count, int64_t largest)
{
    struct figure f = {.bound = BOUND_EXACT, .low = (int64_t)count, .high = (int64_t)count};
    write_bar_row(page, label, &f, largest, VIEW_ACCEPTED);
}

void audit_chart_write(struct page *page, const struct audit *a)
{
    const struct voice *v = &page->voice;
    const struct figure *announced = &a->amnesty->number;
    bool numbered = announced->low != COUNT_NONE || announced->high != COUNT_NONE;
    int64_t largest = (int64_t)a->count;
    largest = announced->low != COUNT_NONE && announced->low > largest ? announced->low : largest;
    largest =
        announced->high != COUNT_NONE && announced->high > largest ? announced->high : largest;
    if (!a->count && !numbered)
        return;
    OUT(page->out, "<table class=\"stacks audit\"><caption>{}</caption><tbody>\n",
        SAY(v, "The announced number beside what the record can show, to one scale"));
    if (numbered)
        write_bar_row(page, SAY(v, "Announced"), announced, largest, VIEW_PROPOSED);
    write_counted(page, SAY(v, "On record in prison on its eve"), a->count, largest);
    write_counted(page, SAY(v, "It could reach at most"),
                  a->verdicts[AUDIT_QUALIFIES] + a->verdicts[AUDIT_UNTOLD], largest);
    write_counted(page, SAY(v, "Qualifies"), a->verdicts[AUDIT_QUALIFIES], largest);
    write_counted(page, SAY(v, "Left out"), a->verdicts[AUDIT_EXCLUDED], largest);
    write_counted(page, SAY(v, "Left prison since"), a->out[0] + a->out[1] + a->out[2], largest);
    write_counted(page, SAY(v, "Taken again"), a->again, largest);
    out_raw(page->out, "</tbody></table>\n");
}

/* ---- turning ---- */

void audit_turn_write(struct page *page, const struct audit_asked *asked, size_t verdict,
                      size_t shown, size_t total)
{
    const struct voice *v = &page->voice;
    size_t from = asked->from;
    if (asked->verdict == AUDIT_VERDICTS) {
        if (shown >= total)
            return;
        OUT(page->out, "<p><a href=\"{}\">", audit_address(page, asked, verdict, 0));
        OUT_SENTENCE(page->out, SAY(v, "All {}"), voice_number(v, page->arena, (int64_t)total));
        out_raw(page->out, "</a></p>\n");
        return;
    }
    part_turns(page,
               &(struct turns){.from = from,
                               .count = shown,
                               .total = total,
                               .before = audit_address(page, asked, verdict,
                                                       turns_before(from, AUDIT_PAGE, total)),
                               .next = audit_address(page, asked, verdict, from + AUDIT_PAGE)});
    OUT(page->out, "<p><a href=\"{}\">{}</a></p>\n", audit_address(page, asked, AUDIT_VERDICTS, 0),
        SAY(v, "The whole audit"));
}
