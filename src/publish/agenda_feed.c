#include "publish/agenda_feed.h"

#include <libical/ical.h>
#include <stdlib.h>

#include "publish/agenda_words.h"
#include "text/edtf.h"

struct feed {
    const struct voice *voice;
    struct arena *arena;
    icalcomponent *calendar;
    struct icaltimetype stamp;
    bool whole; /* no property was lost for want of memory */
};

static void put(struct feed *f, icalcomponent *to, icalproperty *property)
{
    f->whole &= property != NULL;
    if (property)
        icalcomponent_add_property(to, property);
}

/* NUL-terminated, without the control characters that the format has no words for */
static const char *plain(struct feed *f, struct str text)
{
    char *out = arena_alloc(f->arena, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        out[i] = (c < ' ' && c != '\n') || c == 127 ? ' ' : text.at[i];
    }
    out[text.len] = 0;
    return out;
}

static struct icaltimetype date_of(int64_t days)
{
    struct day day = calendar_of_days(CALENDAR_GREGORIAN, days);
    struct icaltimetype t = icaltime_null_date();
    t.year = day.year;
    t.month = day.month;
    t.day = day.day;
    return t;
}

/* ---- what an event says ---- */

static struct str statement_said(struct feed *f, const struct statement_view *view)
{
    char id[HASH_DIGITS + 1], document[HASH_DIGITS + 1];
    struct str title = view->document_title.len ? view->document_title : view->document_name;
    hash_write(&view->id, id);
    hash_write(&view->document, document);
    return arena_print(f->arena, "\n\n%.*s\n%.*s: %s\n%.*s: %.*s, %s", STR_ARG(view->quote),
                       STR_ARG(SAY(f->voice, "Statement")), id, STR_ARG(SAY(f->voice, "Document")),
                       STR_ARG(title), document);
}

static struct str described(struct feed *f, const struct agenda_item *item)
{
    struct str basis = agenda_basis_said(f->voice, item);
    struct str out = arena_print(f->arena, "%.*s\n%.*s (%.*s)",
                                 STR_ARG(agenda_item_said(f->voice, f->arena, item)),
                                 STR_ARG(agenda_days_said(f->voice, f->arena, item)),
                                 STR_ARG(agenda_days_other_said(f->voice, f->arena, item)));
    if (basis.len)
        out = arena_print(f->arena, "%.*s\n%.*s", STR_ARG(out), STR_ARG(basis));
    if (item->proposed)
        out = arena_print(f->arena, "%.*s\n%.*s", STR_ARG(out),
                          STR_ARG(SAY(f->voice, "Nobody has decided about this yet.")));
    const struct case_occurrence *rests_on[] = {item->since,
                                                item->from == item->since ? NULL : item->from};
    for (size_t i = 0; i < COUNT_OF(rests_on); i++)
        for (size_t k = 0; rests_on[i] && k < rests_on[i]->views_count; k++)
            out = arena_print(f->arena, "%.*s%.*s", STR_ARG(out),
                              STR_ARG(statement_said(f, rests_on[i]->views[k])));
    return out;
}

static struct str uid_of(struct feed *f, const struct agenda_item *item)
{
    char id[HASH_DIGITS + 1];
    const struct agenda_rule *rule = item->rule;
    hash_write(&item->since->views[0]->id, id);
    return arena_print(f->arena, "%s-%.*s%s%.*s%s%.*s@govah", id, STR_ARG(rule->item),
                       rule->after.len ? "-" : "", STR_ARG(rule->after), item->from ? "-" : "",
                       STR_ARG(item->from ? item->from->event : STR_NONE));
}

static void put_item(struct feed *f, const struct agenda_item *item)
{
    icalcomponent *event = icalcomponent_new_vevent();
    f->whole &= event != NULL;
    if (!event)
        return;
    struct str summary = arena_print(f->arena, "%.*s: %.*s", STR_ARG(item->person->name),
                                     STR_ARG(agenda_item_said(f->voice, f->arena, item)));
    put(f, event, icalproperty_new_uid(plain(f, uid_of(f, item))));
    put(f, event, icalproperty_new_dtstamp(f->stamp));
    put(f, event, icalproperty_new_dtstart(date_of(item->first)));
    if (item->last != INT64_MAX)
        put(f, event, icalproperty_new_dtend(date_of(item->last + 1)));
    put(f, event, icalproperty_new_summary(plain(f, summary)));
    put(f, event, icalproperty_new_description(plain(f, described(f, item))));
    put(f, event, icalproperty_new_categories(plain(f, item->rule->item)));
    put(f, event,
        icalproperty_new_status(item->proposed ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED));
    put(f, event, icalproperty_new_class(ICAL_CLASS_CONFIDENTIAL));
    put(f, event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    icalcomponent_add_component(f->calendar, event);
}

enum outcome agenda_feed(const struct voice *voice, const struct agenda *calendar, int64_t as_of,
                         struct arena *arena, struct buf *out, struct fault *why)
{
    struct feed f = {.voice = voice,
                     .arena = arena,
                     .calendar = icalcomponent_new_vcalendar(),
                     .stamp = date_of(as_of),
                     .whole = true};
    if (!f.calendar)
        return refuse(why, FAILED, "no memory is left for a calendar");
    f.stamp.is_date = 0;
    f.stamp.hour = f.stamp.minute = f.stamp.second = 0;
    f.stamp.zone = icaltimezone_get_utc_timezone();
    put(&f, f.calendar, icalproperty_new_version("2.0"));
    put(&f, f.calendar, icalproperty_new_prodid("-//Govah//Govah " GOVAH_VERSION "//EN"));
    put(&f, f.calendar, icalproperty_new_calscale("GREGORIAN"));
    for (size_t i = 0; i < calendar->count; i++)
        put_item(&f, &calendar->items[i]);
    char *text = f.whole ? icalcomponent_as_ical_string_r(f.calendar) : NULL;
    bool written = text && buf_add_text(out, text);
    free(text);
    icalcomponent_free(f.calendar);
    return written ? OK : refuse(why, FAILED, "the calendar could not be written");
}
