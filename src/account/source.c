#include "account/source.h"

#include "text/fold.h"

struct abbreviation {
    struct str letters, key;
    bool ambiguous;
};

struct source_names {
    struct arena *arena;
    struct abbreviation *at;
    size_t count, room;
};

struct source_names *source_names_new(struct arena *arena)
{
    struct source_names *names = arena_alloc(arena, sizeof *names);
    *names = (struct source_names){.arena = arena};
    return names;
}

static struct str without_brackets(struct arena *arena, struct str s)
{
    char *out = arena_alloc(arena, s.len + 1);
    size_t len = 0, depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '(')
            depth++;
        else if (s.at[i] == ')' && depth)
            depth--;
        else if (!depth && !(s.at[i] == ' ' && (len == 0 || out[len - 1] == ' ')))
            out[len++] = s.at[i];
    }
    return str_trim((struct str){out, len});
}

static struct str key_of(struct arena *arena, struct str written)
{
    struct str bare = without_brackets(arena, written);
    return fold_text(arena, bare.len ? bare : str_trim(written));
}

static struct abbreviation *find(struct source_names *names, struct str letters)
{
    for (size_t i = 0; i < names->count; i++)
        if (str_equal(names->at[i].letters, letters))
            return &names->at[i];
    return NULL;
}

void source_names_see(struct source_names *names, struct str written)
{
    size_t open = str_find(written, STR("("), 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(written, STR(")"), open);
    if (close == SIZE_MAX)
        return;
    struct str letters = str_trim(str_slice(written, open + 1, close));
    struct str key = key_of(names->arena, written);
    letters = fold_text(names->arena, letters);
    if (!letters.len || !key.len || str_find(letters, STR(" "), 0) != SIZE_MAX ||
        str_equal(letters, key))
        return;
    struct abbreviation *known = find(names, letters);
    if (known) {
        known->ambiguous |= !str_equal(known->key, key);
        return;
    }
    names->at = arena_grow(names->arena, names->at, names->count, &names->room, sizeof *names->at);
    names->at[names->count++] = (struct abbreviation){letters, key, false};
}

struct source source_of_figure(struct source_names *names, const struct figure_view *view)
{
    struct source source = {.name = view->figure.source};
    source.own_voice = source.name.len == 0;
    if (source.own_voice)
        source.name = view->document->publisher.len ? view->document->publisher
                      : view->document->title.len   ? view->document->title
                                                    : view->document->name;
    source.key = key_of(names->arena, source.name);
    const struct abbreviation *known = find(names, source.key);
    if (known && !known->ambiguous)
        source.key = known->key;
    if (source.own_voice && !view->document->publisher.len) {
        char digits[HASH_DIGITS + 1];
        hash_write(&view->document->id, digits);
        source.key = arena_print(names->arena, "document %s", digits);
    }
    return source;
}
