#include "record/explanation.h"

static struct str count_text(struct arena *arena, int64_t count)
{
    return count == COUNT_NONE ? STR_NONE : arena_print(arena, "%jd", (intmax_t)count);
}

static struct str figure_value(struct arena *arena, struct str text, const struct figure *f,
                               struct str field)
{
    if (str_equal(field, STR("low")))
        return count_text(arena, f->low);
    if (str_equal(field, STR("high")))
        return count_text(arena, f->high);
    if (str_equal(field, STR("bound")))
        return str_of(figure_bound_name(f->bound));
    if (str_equal(field, STR("subset_of")))
        return str_slice(text, f->subset_of.from, f->subset_of.to);
    const struct {
        struct str name, value;
    } texts[] = {{STR("event"), f->event},  {STR("what"), f->what},   {STR("since"), f->since},
                 {STR("until"), f->until},  {STR("as_of"), f->as_of}, {STR("place"), f->place},
                 {STR("source"), f->source}};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (str_equal(field, texts[i].name))
            return texts[i].value;
    return STR_NONE;
}

static struct str life_event_value(const struct life_event *e, struct str field)
{
    const struct {
        struct str name, value;
    } texts[] = {{STR("person"), e->person},
                 {STR("event"), e->event},
                 {STR("date"), e->date},
                 {STR("place"), e->place},
                 {STR("body"), e->body}};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (str_equal(field, texts[i].name))
            return texts[i].value;
    for (size_t i = 0; i < e->details_count; i++)
        if (str_equal(field, e->details[i].name))
            return e->details[i].value;
    return STR_NONE;
}

static struct str fact_value(const struct fact *f, struct str field)
{
    const struct {
        struct str name, value;
    } texts[] = {{STR("subject"), f->subject},   {STR("subject_kind"), f->subject_kind},
                 {STR("property"), f->property}, {STR("value"), f->value},
                 {STR("since"), f->since},       {STR("until"), f->until}};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (str_equal(field, texts[i].name))
            return texts[i].value;
    return STR_NONE;
}

struct str explained_value(struct arena *arena, struct str text, const struct statement *s,
                           const char *field)
{
    switch (s->form) {
    case FORM_FIGURE:
        return figure_value(arena, text, &s->figure, str_of(field));
    case FORM_LIFE_EVENT:
        return life_event_value(&s->life_event, str_of(field));
    case FORM_FACT:
        return fact_value(&s->fact, str_of(field));
    }
    bug("a statement of no form");
}

const char *const *explained_fields(enum statement_form form)
{
    static const char *const figure[] = {"event", "what",  "low",   "high",  "bound",     "source",
                                         "since", "until", "as_of", "place", "subset_of", NULL};
    static const char *const life_event[] = {"person", "event", "date", "place", "body", NULL};
    static const char *const fact[] = {"subject", "subject_kind", "property", "value",
                                       "since",   "until",        NULL};
    return form == FORM_FIGURE ? figure : form == FORM_LIFE_EVENT ? life_event : fact;
}
