#include "publish/voice.h"

struct language {
    const char *code, *own_name;
    bool right_to_left;
    enum calendar calendar;
};

struct languages {
    struct language all[1];
};

enum outcome languages_new(struct languages **out, struct fault *why)
{
    (void)why;
    *out = mem_alloc(sizeof **out);
    (*out)->all[0] = (struct language){"en", "English", false, CALENDAR_GREGORIAN};
    return OK;
}

void languages_free(struct languages *l)
{
    mem_free(l);
}

size_t languages_count(const struct languages *l)
{
    return sizeof l->all / sizeof *l->all;
}

const struct language *language_at(const struct languages *l, size_t at)
{
    return &l->all[at];
}

const struct language *language_find(const struct languages *l, struct str code)
{
    for (size_t i = 0; i < languages_count(l); i++)
        if (str_equal(str_of(l->all[i].code), code))
            return &l->all[i];
    return NULL;
}

const struct language *language_for(const struct languages *l, struct str accepted)
{
    (void)accepted;
    return &l->all[0];
}

struct str language_code(const struct language *l)
{
    return str_of(l->code);
}

struct str language_own_name(const struct language *l)
{
    return str_of(l->own_name);
}

bool language_right_to_left(const struct language *l)
{
    return l->right_to_left;
}

enum calendar language_calendar(const struct language *l)
{
    return l->calendar;
}

struct str voice_say(const struct voice *v, const char *english)
{
    (void)v;
    return str_of(english);
}

struct str voice_say_count(const struct voice *v, const char *one, const char *many, int64_t count)
{
    (void)v;
    return str_of(count == 1 ? one : many);
}

struct str voice_number(const struct voice *v, struct arena *arena, int64_t number)
{
    (void)v;
    return count_write(arena, number);
}

struct str voice_value(const struct voice *v, struct arena *arena, const struct figure *f)
{
    (void)v;
    return figure_value(arena, f);
}

struct str voice_date(const struct voice *v, struct arena *arena, struct str edtf)
{
    (void)v;
    return arena_copy(arena, edtf);
}

struct str voice_date_other(const struct voice *v, struct arena *arena, struct str edtf)
{
    return voice_date(v, arena, edtf);
}

struct str voice_moment(const struct voice *v, struct arena *arena, struct str utc)
{
    (void)v;
    return arena_copy(arena, utc);
}

struct str voice_label(const struct voice *v, struct arena *arena, struct str label)
{
    (void)v;
    return label_words(arena, label);
}
