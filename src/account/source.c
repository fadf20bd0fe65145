#include "account/source.h"

#include "text/fold.h"

struct abbreviation {
    struct str letters, key;
    bool ambiguous;
};

struct source_names {
    struct arena *arena;
    struct terms *terms;
    struct abbreviation *at;
    size_t count, room;
    struct term **keys;
    size_t keys_count, keys_room;
    const struct figure_document *document; /* the last that speaks for itself, and it as source */
    const struct source *itself;
};

struct source_names *source_names_new(struct arena *arena, struct terms *terms)
{
    struct source_names *names = arena_alloc(arena, sizeof *names);
    *names = (struct source_names){.arena = arena, .terms = terms};
    return names;
}

static struct str key_of(struct arena *arena, struct str written)
{
    struct str bare = source_bare_name(arena, written);
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
    struct term *term = term_of(names->terms, written);
    if (term->seen)
        return;
    term->seen = true;
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

static struct term *key_term(struct source_names *names, struct str key)
{
    struct term *term = term_of(names->terms, key);
    if (!term->is_key) {
        term->is_key = true;
        names->keys = arena_grow(names->arena, names->keys, names->keys_count, &names->keys_room,
                                 sizeof(struct term *));
        names->keys[names->keys_count++] = term;
    }
    return term;
}

static struct source *source_new(struct source_names *names, struct str name, struct str key,
                                 bool own_voice)
{
    struct source *source = arena_alloc(names->arena, sizeof *source);
    *source = (struct source){.name = name, .key = key_term(names, key), .own_voice = own_voice};
    return source;
}

/* By the abbreviations that were seen, then by the book. */
static struct known_source known_of(struct source_names *names, struct str name)
{
    struct str key = key_of(names->arena, name);
    const struct abbreviation *known = find(names, key);
    return source_book_find(source_book(), known && !known->ambiguous ? known->key : key);
}

/* "A; B" */
static void join(struct source_names *names, struct source *source)
{
    struct str rest = source->name, part;
    size_t room = 0;
    enum source_class class = SOURCE_UNKNOWN;
    if (str_find(rest, STR(";"), 0) == SIZE_MAX)
        return;
    while (str_cut(&rest, ';', &part)) {
        struct known_source known = known_of(names, part);
        const struct term *key = key_term(names, known.key);
        bool there = !str_trim(part).len;
        for (size_t i = 0; i < source->joint_count; i++)
            there |= source->joint[i] == key;
        if (there)
            continue;
        class = source->joint_count && known.class != class ? SOURCE_UNKNOWN : known.class;
        source->joint = arena_grow(names->arena, source->joint, source->joint_count, &room,
                                   sizeof *source->joint);
        source->joint[source->joint_count++] = key;
    }
    source->class = class;
    if (source->joint_count == 1)
        source->key = source->joint[0];
    source->joint_count *= source->joint_count > 1;
}

static const struct source *source_named(struct source_names *names, struct str name,
                                         bool own_voice)
{
    struct known_source known = known_of(names, name);
    struct source *source = source_new(names, name, known.key, own_voice);
    source->class = known.class;
    join(names, source);
    return source;
}

static const struct source *document_itself(struct source_names *names,
                                            const struct figure_document *document)
{
    char digits[HASH_DIGITS + 1];
    if (names->document == document)
        return names->itself;
    hash_write(&document->id, digits);
    names->document = document;
    names->itself = source_new(names, document->title.len ? document->title : document->name,
                               arena_print(names->arena, "document %s", digits), true);
    return names->itself;
}

const struct source *source_of_figure(struct source_names *names, const struct figure_view *view)
{
    struct term *named = term_of(names->terms, view->figure.source);
    struct term *publisher = term_of(names->terms, view->document->publisher);
    if (!named->text.len && !publisher->text.len)
        return document_itself(names, view->document);
    if (named->text.len && !named->named)
        named->named = source_named(names, named->text, false);
    else if (!named->text.len && !publisher->own)
        publisher->own = source_named(names, publisher->text, true);
    return named->text.len ? named->named : publisher->own;
}

const struct term *source_of_publisher(struct source_names *names, const struct figure_view *view)
{
    struct term *publisher = term_of(names->terms, view->document->publisher);
    if (!publisher->text.len)
        return NULL;
    if (!publisher->own)
        publisher->own = source_named(names, publisher->text, true);
    return publisher->own->key;
}

static int compare_keys(const void *left, const void *right)
{
    return str_compare((*(struct term *const *)left)->text, (*(struct term *const *)right)->text);
}

void source_names_rank(struct source_names *names)
{
    if (names->keys_count)
        qsort(names->keys, names->keys_count, sizeof *names->keys, compare_keys);
    for (size_t i = 0; i < names->keys_count; i++)
        names->keys[i]->rank = (uint32_t)i;
}
