#include "case/case_history_int.h"
#include "text/calendar.h"

/* ---- times held ---- */

static bool is_kept(const struct case_history *h, const struct case_occurrence *o)
{
    return h->rules->states[o->rule->state].kept != KEPT_NOT;
}

static int64_t at_least_none(int64_t days)
{
    return days > 0 ? days : 0;
}

static void count_days(const struct case_history *h, int64_t day, struct case_spell *s)
{
    bool over = s->end && occurrence_happened(s->end, day) == HAPPENED;
    int64_t end_low = day, end_high = day;
    struct case_standing now;
    if (over && s->end->dated == DATED_STATED) {
        end_low = s->end->first;
        end_high = s->end->last;
    } else if (over) {
        end_low = INT64_MIN;
    } else {
        case_standing_on(h, day, &now);
        end_low = now.confirmed && now.at[0].by ? now.confirmed_on : INT64_MIN;
    }
    bool begun = s->begin->dated == DATED_STATED;
    s->low = begun && s->begin->last != INT64_MAX && end_low != INT64_MIN
                 ? at_least_none(end_low - s->begin->last)
                 : 0;
    s->high = begun && s->begin->first != INT64_MIN && end_high != INT64_MAX
                  ? at_least_none(end_high - s->begin->first)
                  : DAYS_NONE;
}

struct case_spell *case_spells(const struct case_history *h, int64_t day, struct arena *arena,
                               size_t *count)
{
    size_t steps_count, room = 0;
    const struct case_occurrence **steps = case_steps(h, arena, &steps_count), *begin = NULL;
    struct case_spell *spells = NULL;
    *count = 0;
    for (size_t i = 0; i <= steps_count; i++) {
        const struct case_occurrence *o = i < steps_count ? steps[i] : NULL;
        if (o && occurrence_happened(o, day) == HAPPENED_NOT)
            continue;
        if (o && is_kept(h, o) && !begin)
            begin = o;
        if (!begin || (o && is_kept(h, o)))
            continue;
        spells = arena_grow(arena, spells, *count, &room, sizeof *spells);
        spells[*count] = (struct case_spell){.begin = begin, .end = o};
        count_days(h, day, &spells[(*count)++]);
        begin = NULL;
    }
    return spells;
}

/* ---- the end of a sentence ---- */

enum { DURATION_LIMIT = 100000 }; /* of one part */

static bool read_part(struct str *rest, char unit, int64_t *out)
{
    size_t digits = 0;
    *out = 0;
    while (digits < rest->len && rest->at[digits] >= '0' && rest->at[digits] <= '9')
        digits++;
    if (digits == rest->len || rest->at[digits] != unit)
        return true;
    if (!digits || !str_to_int(str_slice(*rest, 0, digits), out) || *out > DURATION_LIMIT)
        return false;
    *rest = str_slice(*rest, digits + 1, rest->len);
    return true;
}

bool case_duration_add(struct str duration, int64_t day, int64_t *out)
{
    static const char units[] = "YMWD";
    int64_t parts[4], days;
    struct str rest = str_slice(duration, 1, duration.len);
    if (duration.len < 3 || duration.at[0] != 'P')
        return false;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (!read_part(&rest, units[i], &parts[i]))
            return false;
    if (rest.len)
        return false;
    struct day at = calendar_of_days(CALENDAR_GREGORIAN, day);
    int64_t months = (int64_t)at.year * 12 + at.month - 1 + parts[0] * 12 + parts[1];
    at.year = (int)(months / 12);
    at.month = (int)(months % 12) + 1;
    int length = calendar_month_days(CALENDAR_GREGORIAN, at.year, at.month);
    at.day = at.day < length ? at.day : length;
    if (!calendar_to_days(CALENDAR_GREGORIAN, at, &days))
        return false;
    *out = days + parts[2] * 7 + parts[3];
    return true;
}

/* the beginning of the time held in which the sentence fell, or which came after it */
static const struct case_occurrence *held_since(const struct case_history *h,
                                                const struct case_occurrence *sentence,
                                                const struct case_spell *spells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!spells[i].end || !occurrence_precedes(h, spells[i].end, sentence))
            return spells[i].begin;
    return NULL;
}

static bool term_of(const struct case_occurrence *sentence, const struct case_occurrence *from,
                    struct case_term *out)
{
    *out = (struct case_term){.sentence = sentence, .from = from, .last = INT64_MAX};
    return from && from->dated == DATED_STATED && from->first != INT64_MIN &&
           case_duration_add(sentence->sentence, from->first, &out->first) &&
           (from->last == INT64_MAX ||
            case_duration_add(sentence->sentence, from->last, &out->last));
}

struct case_term *case_terms(const struct case_history *h, struct arena *arena, size_t *count)
{
    size_t spells_count, room = 0;
    const struct case_spell *spells = case_spells(h, INT64_MAX - 1, arena, &spells_count);
    struct case_term *terms = NULL, term;
    *count = 0;
    for (size_t i = 0; i < h->count; i++) {
        const struct case_occurrence *o = &h->at[i];
        const struct case_occurrence *since = held_since(h, o, spells, spells_count);
        const struct case_occurrence *from[] = {since, since == o ? NULL : o};
        for (size_t k = 0; o->sentence.len && k < COUNT_OF(from); k++) {
            if (!term_of(o, from[k], &term))
                continue;
            terms = arena_grow(arena, terms, *count, &room, sizeof *terms);
            terms[(*count)++] = term;
        }
    }
    return terms;
}

/* ---- what goes on ---- */

static bool has_ended(const struct case_history *h, const struct case_occurrence *o, int64_t day)
{
    for (size_t i = 0; i < h->count; i++) {
        const struct case_occurrence *end = &h->at[i];
        if (end->acts && !is_kept(h, end) && occurrence_happened(end, day) == HAPPENED &&
            occurrence_precedes(h, o, end))
            return true;
    }
    return false;
}

struct case_running *case_running(const struct case_history *h, int64_t day, struct arena *arena,
                                  size_t *count)
{
    struct case_running *running = NULL;
    size_t room = 0;
    *count = 0;
    for (size_t i = 0; i < h->count; i++) {
        const struct case_occurrence *o = &h->at[i];
        if (!o->rule || !o->rule->runs || occurrence_happened(o, day) == HAPPENED_NOT ||
            has_ended(h, o, day))
            continue;
        running = arena_grow(arena, running, *count, &room, sizeof *running);
        bool dated = o->dated == DATED_STATED && o->first != INT64_MIN;
        running[(*count)++] =
            (struct case_running){o, dated && o->last <= day ? day - o->last + 1 : 1,
                                  dated ? day - o->first + 1 : DAYS_NONE};
    }
    return running;
}
