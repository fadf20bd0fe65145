#include "publish/alert_part_int.h"

enum outcome alerts_read(struct page *page, const struct alert_choice *choice,
                         struct alert_board *out, struct fault *why)
{
    const struct case_rules *rules;
    struct alert_rules alerts;
    enum outcome result = case_rules_new(page->arena, &rules, why);
    if (result == OK)
        result = alert_rules_new(rules, page->arena, &alerts, why);
    return result == OK
               ? alert_board_read(page->archive, rules, &alerts, choice, page->arena, out, why)
               : result;
}

static struct markup number_said(struct page *page, int64_t number)
{
    return MARKUP(page, "{}", voice_number(&page->voice, page->arena, number));
}

struct markup alert_day_said(struct page *page, const struct alert *a)
{
    const struct voice *v = &page->voice;
    if (!a->dated)
        return MARKUP(page, "{}", SAY(v, "nothing on record says since when"));
    if (a->low < 0)
        return SENTENCE(page, SAY_COUNT(v, "in {} day", "in {} days", -a->low),
                        number_said(page, -a->low));
    if (a->rule->least < 0)
        return MARKUP(page, "{}", SAY(v, "on this day"));
    if (a->low == a->high)
        return SENTENCE(page, SAY(v, "day {}"), number_said(page, a->low));
    return SENTENCE(page, SAY(v, "day {1} to {2}"), number_said(page, a->low),
                    number_said(page, a->high));
}

struct markup alert_sources_said(struct page *page, const struct alert_row *row)
{
    int64_t count = (int64_t)row->said_by;
    return SENTENCE(
        page, SAY_COUNT(&page->voice, "{} independent source", "{} independent sources", count),
        number_said(page, count));
}

struct str alerts_address(struct page *page, struct str alert, struct str as_of)
{
    struct str out = STR("/alerts");
    if (alert.len)
        out = arena_print(page->arena, "%.*s?alert=%.*s", STR_ARG(out), STR_ARG(alert));
    if (as_of.len)
        out = arena_print(page->arena, "%.*s%sas-of=%.*s", STR_ARG(out), alert.len ? "&" : "?",
                          STR_ARG(as_of));
    return out;
}
