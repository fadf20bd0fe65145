#include "store/statement_row_int.h"

/* Numbers in groups of seven bits, the lowest first, the eighth set in all but the last; texts with
 * their length before them. */

static void put_number(struct buf *out, size_t number)
{
    for (; number >= 0x80; number >>= 7)
        buf_add_byte(out, (char)(number | 0x80));
    buf_add_byte(out, (char)number);
}

static void put_text(struct buf *out, struct str text)
{
    put_number(out, text.len);
    buf_add(out, text);
}

static void put_span(struct buf *out, struct span s)
{
    put_number(out, s.from);
    put_number(out, s.to);
}

static void put_life_event(struct buf *out, const struct life_event *e)
{
    const struct str texts[] = {e->person, e->event, e->date, e->place, e->body};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        put_text(out, texts[i]);
    put_span(out, e->person_at);
    put_number(out, e->details_count);
    for (size_t i = 0; i < e->details_count; i++) {
        put_text(out, e->details[i].name);
        put_text(out, e->details[i].value);
    }
}

static void put_fact(struct buf *out, const struct fact *f)
{
    const struct str texts[] = {f->subject, f->subject_kind, f->property,
                                f->value,   f->since,        f->until};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        put_text(out, texts[i]);
    put_span(out, f->subject_at);
}

struct str statement_fields(struct arena *arena, const struct statement *s)
{
    struct buf out;
    if (s->form == FORM_FIGURE)
        return STR_NONE;
    buf_init(&out, OBJECT_LIMIT);
    if (s->form == FORM_LIFE_EVENT)
        put_life_event(&out, &s->life_event);
    else
        put_fact(&out, &s->fact);
    struct str copy = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return copy;
}

/* ---- back ---- */

struct taking {
    struct str left;
    struct arena *arena;
    bool good;
};

static size_t take_number(struct taking *t)
{
    size_t number = 0, shift = 0, i = 0;
    bool more = true;
    for (; more && i < t->left.len && shift < 63; i++, shift += 7) {
        unsigned char byte = (unsigned char)t->left.at[i];
        number |= (size_t)(byte & 0x7F) << shift;
        more = byte & 0x80;
    }
    t->good = t->good && !more;
    t->left = str_slice(t->left, i, t->left.len);
    return t->good ? number : 0;
}

static struct str take_text(struct taking *t)
{
    size_t len = take_number(t);
    t->good = t->good && len <= t->left.len;
    if (!t->good || !len)
        return STR_NONE;
    struct str text = arena_copy(t->arena, str_slice(t->left, 0, len));
    t->left = str_slice(t->left, len, t->left.len);
    return text;
}

static struct span take_span(struct taking *t)
{
    size_t from = take_number(t);
    return (struct span){from, take_number(t)};
}

static void take_life_event(struct taking *t, struct life_event *e)
{
    struct str *texts[] = {&e->person, &e->event, &e->date, &e->place, &e->body};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        *texts[i] = take_text(t);
    e->person_at = take_span(t);
    e->details_count = take_number(t);
    if (e->details_count > DETAILS_LIMIT)
        t->good = false;
    if (!t->good)
        return;
    struct detail *details = arena_alloc(t->arena, (e->details_count + 1) * sizeof *details);
    for (size_t i = 0; i < e->details_count; i++) {
        details[i].name = take_text(t);
        details[i].value = take_text(t);
    }
    e->details = details;
}

static void take_fact(struct taking *t, struct fact *f)
{
    struct str *texts[] = {&f->subject, &f->subject_kind, &f->property,
                           &f->value,   &f->since,        &f->until};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        *texts[i] = take_text(t);
    f->subject_at = take_span(t);
}

enum outcome statement_of_fields(struct str fields, struct arena *arena, struct statement *s,
                                 struct fault *why)
{
    struct taking t = {fields, arena, true};
    if (s->form == FORM_LIFE_EVENT)
        take_life_event(&t, &s->life_event);
    else if (s->form == FORM_FACT)
        take_fact(&t, &s->fact);
    if (!t.good || t.left.len)
        return refuse(why, DAMAGED, "the fields of a statement cannot be read");
    return OK;
}
