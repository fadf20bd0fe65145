#include "read/date_check.h"

#include "text/edtf.h"

/* The tabular Islamic calendar and the sighted moon may be so many days apart. */
enum { MOON_DAYS = 2, BRACKET_BYTES = 4, FINDINGS_OF_ONE = 8 };

struct check {
    const struct date_question *question;
    struct arena *arena;
    struct date_mention *mention;
    struct finding found[FINDINGS_OF_ONE];
    size_t count;
};

static struct finding *found(struct check *c, enum finding_kind kind)
{
    struct finding *f = &c->found[c->count++];
    *f = (struct finding){.kind = kind, .quote = c->mention->quote};
    return f;
}

static struct str day_words(struct arena *arena, int64_t day)
{
    char out[16];
    edtf_write_day(day, out);
    return arena_copy(arena, str_of(out));
}

static struct str number_words(struct arena *arena, int number)
{
    return arena_print(arena, "%d", number);
}

/* of any year */
static int longest(enum calendar calendar, int month)
{
    int most = 0;
    for (int year = 1300; year < 1340; year++) {
        int days = calendar_month_days(calendar, year, month);
        most = days > most ? days : most;
    }
    return most;
}

static int days_in_month(const struct date_point *p)
{
    bool known = p->year && p->year_calendar == p->calendar;
    return known ? calendar_month_days(p->calendar, p->year, p->month)
                 : longest(p->calendar, p->month);
}

static void check_day_of_month(struct check *c, const struct date_point *p)
{
    int day = p->last_day ? p->last_day : p->day;
    if (!p->month || day < 29)
        return;
    int days = days_in_month(p);
    if (!days || day <= days)
        return;
    struct finding *f = found(c, FINDING_NO_SUCH_DAY);
    f->parts[0] = number_words(c->arena, day);
    f->parts[1] = number_words(c->arena, days);
}

static bool is_mixed(const struct date_point *p)
{
    return p->year && p->month && p->calendar != p->year_calendar;
}

/* In "Aban 2019" a month is counted out in the other calendar; "June 1400" is none of either. */
static void check_calendar(struct check *c, const struct date_point *p)
{
    if (!is_mixed(p) || (!p->day && p->calendar != CALENDAR_GREGORIAN))
        return;
    struct finding *f = found(c, FINDING_CALENDAR);
    f->parts[0] = date_calendar_name(p->calendar);
    f->parts[1] = date_calendar_name(p->year_calendar);
    f->parts[2] = c->mention->iso;
}

static void check_weekday(struct check *c, const struct date_point *p,
                          const struct date_range *meant)
{
    struct date_range range = is_mixed(p) ? date_range_written(p)
                              : p->year   ? date_range_said(p)
                                          : *meant;
    if (!p->day || date_range_fits(p, &range))
        return;
    struct finding *f = found(c, FINDING_WEEKDAY);
    f->parts[0] = finding_weekday(p->weekday);
    f->parts[1] = finding_weekday(calendar_weekday(range.first));
    f->parts[2] = day_words(c->arena, range.first);
}

static void check_point(struct check *c, const struct date_point *p, const struct date_range *meant)
{
    check_day_of_month(c, p);
    check_calendar(c, p);
    check_weekday(c, p, meant);
}

static void check_interval(struct check *c, const struct date_expression *e)
{
    if (!e->point.year || !e->last.year || e->point.decade || e->last.decade)
        return;
    struct date_range first = date_range_said(&e->point), last = date_range_said(&e->last);
    if (!first.known || !last.known || first.first <= last.last)
        return;
    struct finding *f = found(c, FINDING_BACKWARDS);
    f->parts[0] = date_range_write(c->arena, &first, &first);
    f->parts[1] = date_range_write(c->arena, &last, &last);
}

static bool is_day(const struct date_expression *e)
{
    return e->form == DATE_POINT && e->point.year && e->point.day && !e->point.last_day &&
           e->point.calendar == e->point.year_calendar;
}

static bool opens_bracket(struct str between)
{
    for (size_t i = 0; i < between.len; i++)
        if (between.at[i] == '(' || between.at[i] == '[' || between.at[i] == '=' ||
            between.at[i] == '/')
            return true;
    return false;
}

static void check_bracket(struct check *c, const struct date_expression *e,
                          const struct date_expression *next)
{
    if (!next || !is_day(e) || !is_day(next) || e->point.calendar == next->point.calendar ||
        next->from - e->to > BRACKET_BYTES ||
        !opens_bracket(str_slice(c->question->text, e->to, next->from)))
        return;
    struct date_range first = date_range_said(&e->point), second = date_range_said(&next->point);
    bool moon = e->point.calendar == CALENDAR_ISLAMIC || next->point.calendar == CALENDAR_ISLAMIC;
    int64_t apart = first.first - second.first, allowed = moon ? MOON_DAYS : 0;
    if (!first.known || !second.known || (apart <= allowed && apart >= -allowed))
        return;
    struct finding *f = found(c, FINDING_TWO_DATES);
    f->other = (struct span){next->from, next->to};
    f->parts[0] = day_words(c->arena, first.first);
    f->parts[1] = day_words(c->arena, second.first);
}

static void check_cited(struct check *c, const struct date_expression *e)
{
    const struct date_range *meant = &c->question->meant, *document = &c->question->document;
    bool plain = e->form == DATE_POINT && e->turn == TURN_NONE && !e->point.relative_year;
    if (!e->cited || e->future || !plain || !meant->known || !document->known ||
        meant->first <= document->last)
        return;
    struct finding *f = found(c, FINDING_AFTER_DOCUMENT);
    f->parts[0] = c->mention->iso;
    f->parts[1] = date_range_write(c->arena, document, document);
}

void date_check(const struct date_question *q, struct arena *arena, struct date_mention *mention)
{
    const struct date_expression *e = q->expression;
    struct check c = {.question = q, .arena = arena, .mention = mention};
    struct date_range none = date_range_unknown();
    if (e->form == DATE_POINT && e->turn == TURN_NONE)
        check_point(&c, &e->point, &q->meant);
    if (e->form == DATE_INTERVAL) {
        check_point(&c, &e->point, &none);
        check_point(&c, &e->last, &none);
        check_interval(&c, e);
    }
    check_bracket(&c, e, q->next);
    check_cited(&c, e);
    mention->findings_count = c.count;
    if (c.count) {
        struct finding *kept = arena_alloc(arena, c.count * sizeof *kept);
        memcpy(kept, c.found, c.count * sizeof *kept);
        mention->findings = kept;
    }
}
