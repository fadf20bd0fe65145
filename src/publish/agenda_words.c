#include "publish/agenda_words.h"

#include "publish/out.h"
#include "text/edtf.h"

/* a sentence of the interface, as plain text */
static struct str filled(struct arena *arena, struct str sentence, const struct str *texts,
                         size_t count)
{
    struct str out = STR("");
    for (size_t i = 0; i < sentence.len; i++) {
        struct str rest = str_slice(sentence, i, sentence.len);
        size_t number = 0, length = str_starts(rest, STR("{}")) ? 2 : 0;
        if (rest.len > 2 && rest.at[0] == '{' && rest.at[2] == '}') {
            number = (size_t)(rest.at[1] - '1');
            length = 3;
        }
        if (!length || number >= count) {
            out = arena_print(arena, "%.*s%c", STR_ARG(out), rest.at[0]);
            continue;
        }
        out = arena_print(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(texts[number]));
        i += length - 1;
    }
    return out;
}

#define FILLED(arena, sentence, ...)                                                               \
    filled(arena, sentence, (const struct str[]){__VA_ARGS__},                                     \
           sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

struct str agenda_item_said(const struct voice *v, struct arena *arena,
                            const struct agenda_item *item)
{
    const struct agenda_rule *rule = item->rule;
    struct str event = voice_label(v, arena, item->since->event);
    switch (rule->kind) {
    case EXPECTED_ON:
    case EXPECTED_DUE:
    case EXPECTED_UNTIL:
        return voice_label(v, arena, rule->item);
    case EXPECTED_DAY:
        return FILLED(arena, SAY(v, "day {1}: {2}"),
                      voice_number(v, arena, agenda_item_number(item)), event);
    case EXPECTED_ANNIVERSARY:
        return FILLED(arena, SAY(v, "{1} since: {2}"), voice_detail(v, arena, rule->after), event);
    case EXPECTED_TERM:
        return FILLED(arena, SAY(v, "{1} end, reckoned from: {2}"),
                      voice_detail(v, arena, item->since->sentence),
                      voice_label(v, arena, item->from->event));
    }
    bug("something expected of no kind");
}

static struct str day_said(const struct voice *v, struct arena *arena, int64_t day)
{
    char text[16];
    edtf_write_day(day, text);
    return voice_date(v, arena, str_of(text));
}

struct str agenda_days_said(const struct voice *v, struct arena *arena,
                            const struct agenda_item *item)
{
    struct str first = day_said(v, arena, item->first);
    if (item->last == INT64_MAX)
        return FILLED(arena, SAY(v, "not before {}"), first);
    if (item->first == item->last)
        return first;
    return FILLED(arena, SAY(v, "between {1} and {2}"), first, day_said(v, arena, item->last));
}

struct str agenda_days_other_said(const struct voice *v, struct arena *arena,
                                  const struct agenda_item *item)
{
    struct voice other = *v;
    other.calendar = v->calendar == CALENDAR_JALALI ? CALENDAR_GREGORIAN : CALENDAR_JALALI;
    return agenda_days_said(&other, arena, item);
}

struct str agenda_basis_said(const struct voice *v, const struct agenda_item *item)
{
    const struct agenda_basis *basis = item->rule->basis;
    if (!basis)
        return STR_NONE;
    return str_equal(language_code(v->language), STR("fa")) && basis->persian.len ? basis->persian
                                                                                  : basis->english;
}
