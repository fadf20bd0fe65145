#include "record/statement.h"

/* Members in the order of RFC 8785: of their keys' bytes. */

static void put_text(struct buf *out, struct str key, struct str text)
{
    if (!text.len)
        return;
    buf_add(out, key);
    json_write_text(out, text);
}

static void put_int(struct buf *out, struct str key, int64_t value)
{
    buf_add(out, key);
    json_write_int(out, value);
}

static void put_span(struct buf *out, struct str key, struct span span)
{
    if (!span.to)
        return;
    put_int(out, key, (int64_t)span.from);
    put_int(out, STR(","), (int64_t)span.to);
    buf_add_byte(out, ']');
}

static void put_id(struct buf *out, const struct hash *text)
{
    char digits[HASH_DIGITS + 1];
    hash_write(text, digits);
    put_text(out, STR(",\"text\":"), (struct str){digits, HASH_DIGITS});
}

static void write_figure(struct buf *out, const struct statement *s)
{
    const struct figure *f = &s->figure;
    put_text(out, STR("\"as_of\":"), f->as_of);
    put_text(out, f->as_of.len ? STR(",\"bound\":") : STR("\"bound\":"),
             str_of(figure_bound_name(f->bound)));
    put_text(out, STR(",\"event\":"), f->event);
    buf_add(out, STR(",\"form\":\"figure\""));
    put_int(out, STR(",\"from\":"), (int64_t)s->quote.from);
    if (f->high != COUNT_NONE)
        put_int(out, STR(",\"high\":"), f->high);
    buf_add(out, STR(",\"kind\":\"statement\""));
    if (f->low != COUNT_NONE)
        put_int(out, STR(",\"low\":"), f->low);
    put_text(out, STR(",\"place\":"), f->place);
    put_text(out, STR(",\"since\":"), f->since);
    put_text(out, STR(",\"source\":"), f->source);
    put_span(out, STR(",\"subset_of\":["), f->subset_of);
    put_id(out, &s->text);
    put_int(out, STR(",\"to\":"), (int64_t)s->quote.to);
    put_text(out, STR(",\"until\":"), f->until);
    put_text(out, STR(",\"what\":"), f->what);
}

static void write_details(struct buf *out, const struct life_event *e)
{
    for (size_t i = 0; i < e->details_count; i++) {
        buf_add(out, i ? STR(",") : STR("\"details\":{"));
        json_write_text(out, e->details[i].name);
        put_text(out, STR(":"), e->details[i].value);
    }
    if (e->details_count)
        buf_add(out, STR("},"));
}

static void write_life_event(struct buf *out, const struct statement *s)
{
    const struct life_event *e = &s->life_event;
    put_text(out, STR("\"body\":"), e->body);
    if (e->body.len)
        buf_add_byte(out, ',');
    put_text(out, STR("\"date\":"), e->date);
    if (e->date.len)
        buf_add_byte(out, ',');
    write_details(out, e);
    put_text(out, STR("\"event\":"), e->event);
    buf_add(out, STR(",\"form\":\"life_event\""));
    put_int(out, STR(",\"from\":"), (int64_t)s->quote.from);
    buf_add(out, STR(",\"kind\":\"statement\""));
    put_text(out, STR(",\"person\":"), e->person);
    put_span(out, STR(",\"person_at\":["), e->person_at);
    put_text(out, STR(",\"place\":"), e->place);
    put_id(out, &s->text);
    put_int(out, STR(",\"to\":"), (int64_t)s->quote.to);
}

static void write_fact(struct buf *out, const struct statement *s)
{
    const struct fact *f = &s->fact;
    buf_add(out, STR("\"form\":\"fact\""));
    put_int(out, STR(",\"from\":"), (int64_t)s->quote.from);
    buf_add(out, STR(",\"kind\":\"statement\""));
    put_text(out, STR(",\"property\":"), f->property);
    put_text(out, STR(",\"since\":"), f->since);
    put_text(out, STR(",\"subject\":"), f->subject);
    put_span(out, STR(",\"subject_at\":["), f->subject_at);
    put_text(out, STR(",\"subject_kind\":"), f->subject_kind);
    put_id(out, &s->text);
    put_int(out, STR(",\"to\":"), (int64_t)s->quote.to);
    put_text(out, STR(",\"until\":"), f->until);
    put_text(out, STR(",\"value\":"), f->value);
}

enum outcome statement_write(struct buf *out, const struct statement *s, struct fault *why)
{
    buf_add_byte(out, '{');
    switch (s->form) {
    case FORM_FIGURE:
        write_figure(out, s);
        break;
    case FORM_LIFE_EVENT:
        write_life_event(out, s);
        break;
    case FORM_FACT:
        write_fact(out, s);
        break;
    }
    buf_add_byte(out, '}');
    return out->full ? refuse(why, REFUSED, "an object of more than %zu bytes", out->limit) : OK;
}

struct hash statement_id(const struct statement *s)
{
    struct buf bytes;
    struct fault why;
    buf_init(&bytes, SIZE_MAX / 2);
    if (statement_write(&bytes, s, &why) != OK)
        bug(why.text);
    struct hash id = hash_of(buf_str(&bytes));
    buf_release(&bytes);
    return id;
}
