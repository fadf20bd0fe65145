#include "views.h"

#include "account/value.h"

static const struct {
    const char *sign;
    enum figure_bound bound;
} signs[] = {
    {"≥ ", BOUND_AT_LEAST}, {"> ", BOUND_MORE_THAN}, {"~ ", BOUND_ABOUT},
    {"≲ ", BOUND_NEARLY},   {"≤ ", BOUND_UP_TO},
};

struct hash hash_number(size_t number)
{
    struct hash hash = {{0}};
    for (size_t i = 0; i < sizeof number; i++)
        hash.bytes[i] = (uint8_t)(number >> 8 * (sizeof number - 1 - i));
    return hash;
}

static int64_t number_of(struct str text)
{
    int64_t number = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != ',')
            number = number * 10 + (text.at[i] - '0');
    return number;
}

static void value_read(struct figure *f, struct str text)
{
    f->bound = BOUND_EXACT;
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        if (str_starts(text, str_of(signs[i].sign))) {
            f->bound = signs[i].bound;
            text = str_slice(text, strlen(signs[i].sign), text.len);
        }
    size_t dash = str_find(text, STR("–"), 0);
    f->low = number_of(str_slice(text, 0, dash));
    f->high = f->low;
    if (dash != SIZE_MAX) {
        f->bound = BOUND_RANGE;
        f->high = number_of(str_slice(text, dash + strlen("–"), text.len));
    } else if (f->bound == BOUND_UP_TO) {
        f->low = COUNT_NONE;
    } else if (f->bound == BOUND_AT_LEAST || f->bound == BOUND_MORE_THAN) {
        f->high = COUNT_NONE;
    }
}

static const struct figure_whole *whole_of(struct arena *arena, const struct figure_row *rows,
                                           size_t number)
{
    struct figure_whole *whole = arena_alloc(arena, sizeof *whole);
    const char *what = rows[number - 1].what;
    *whole = (struct figure_whole){hash_number(number), str_of(what ? what : "people")};
    return whole;
}

struct figure_view *views_of(struct arena *arena, const struct figure_row *rows, size_t count)
{
    struct figure_view *views = arena_alloc(arena, (count + 1) * sizeof *views);
    for (size_t i = 0; i < count; i++) {
        const struct figure_row *r = &rows[i];
        struct figure_view *v = &views[i];
        struct figure *f = &v->figure;
        struct figure_document *document = arena_alloc(arena, sizeof *document);
        v->document = document;
        v->id = document->id = hash_number(i + 1);
        f->event = str_of(r->event ? r->event : "killed");
        f->what = str_of(r->what ? r->what : "people");
        f->source = str_of(r->source);
        f->as_of = str_of(r->as_of);
        f->since = str_of(r->since);
        f->until = str_of(r->until);
        f->place = str_of(r->place);
        f->subset_of.to = r->part_of;
        if (r->part_of && r->part_of <= count)
            v->whole = whole_of(arena, rows, r->part_of);
        value_read(f, str_of(r->value));
        document->publisher = str_of(r->publisher);
        document->published = str_of(r->published);
        document->name = arena_print(arena, "report %zu", i + 1);
        const char *incident = r->incident ? r->incident : "uprising";
        v->incident = strcmp(incident, NOWHERE) == 0 ? STR_NONE : str_of(incident);
        v->state = r->state;
        v->undecided = r->undecided;
    }
    return views;
}
