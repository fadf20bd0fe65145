#include "account/describe.h"

#include "account/value.h"

static void add_field(struct buf *out, const char *label, struct str value)
{
    if (value.len)
        buf_print(out, " · %s%.*s", label, STR_ARG(value));
}

void statement_describe(struct buf *out, const struct statement *s)
{
    const struct figure *f = &s->figure;
    const struct life_event *e = &s->life_event;
    struct arena arena;
    switch (s->form) {
    case FORM_FIGURE:
        arena_init(&arena);
        buf_print(out, "%.*s %.*s %.*s", STR_ARG(figure_value(&arena, f)), STR_ARG(f->what),
                  STR_ARG(f->event));
        arena_release(&arena);
        add_field(out, "source ", f->source);
        add_field(out, "since ", f->since);
        add_field(out, "until ", f->until);
        add_field(out, "as of ", f->as_of);
        add_field(out, "", f->place);
        return;
    case FORM_LIFE_EVENT:
        buf_print(out, "%.*s: %.*s", STR_ARG(e->person), STR_ARG(e->event));
        add_field(out, "", e->date);
        add_field(out, "", e->place);
        add_field(out, "", e->body);
        for (size_t i = 0; i < e->details_count; i++)
            buf_print(out, " · %.*s %.*s", STR_ARG(e->details[i].name),
                      STR_ARG(e->details[i].value));
        return;
    case FORM_FACT:
        buf_print(out, "%.*s: %.*s %.*s", STR_ARG(s->fact.subject), STR_ARG(s->fact.property),
                  STR_ARG(s->fact.value));
        return;
    }
}
