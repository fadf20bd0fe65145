#include "command/probable.h"

#include "command/list.h"
#include "store/page.h"
#include "text/fold.h"

void probable_take(struct session *s, const struct str *names, size_t count, struct arena *arena,
                   struct likely *out)
{
    struct fault why;
    struct str *keys = arena_alloc(arena, (count + 1) * sizeof *keys);
    *out = (struct likely){0};
    for (size_t i = 0; i < count; i++)
        keys[i] = fold_text(arena, names[i]);
    if (count && likely_around(s->archive, reader_of_store()->context, NULL, keys, count, arena,
                               out, &why) != OK)
        die(status_of(why.code), "%s", why.text);
}

const struct bearer **probable_bearers(const struct likely *l, const struct name_row *row,
                                       struct arena *arena, size_t *count)
{
    *count = 0;
    for (size_t i = 0; row->decided && i < l->persons.count; i++) {
        struct hash person = mention_id(&l->persons.at[i].mention);
        if (hash_equal(&person, &row->person))
            return likely_person(l, i, count);
    }
    return row->decided || !l->count ? NULL : likely_named(l, fold_text(arena, row->name), count);
}

/* those probably one with any of them, each name once */
static const struct bearer **others_of(const struct likely *l, const struct bearer **bearers,
                                       size_t count, struct arena *arena, size_t *found)
{
    const struct bearer **out = arena_alloc(arena, (l->count + 1) * sizeof *out);
    *found = 0;
    for (size_t i = 0; i < count; i++) {
        size_t more;
        const struct bearer **others = likely_others(l, bearers[i], arena, &more);
        for (size_t k = 0; k < more; k++) {
            bool known = false;
            for (size_t n = 0; n < *found; n++)
                known = known || str_equal(out[n]->named.key, others[k]->named.key);
            if (!known)
                out[(*found)++] = others[k];
        }
    }
    return out;
}

static bool is_among(const struct str *names, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (fold_equal(names[i], name))
            return true;
    return false;
}

struct str probable_words(const struct likely *l, const struct bearer **bearers, size_t count,
                          const struct str *but, size_t but_count, struct arena *arena)
{
    size_t found;
    const struct bearer **others = others_of(l, bearers, count, arena, &found);
    struct str out = STR_NONE;
    for (size_t i = 0; i < found; i++) {
        if (is_among(but, but_count, others[i]->named.name))
            continue;
        struct str before = out.len ? out : STR("○ probably also");
        out = arena_print(arena, "%.*s%s %.*s", STR_ARG(before), out.len ? "," : "",
                          STR_ARG(others[i]->named.name));
    }
    return out;
}

json_t *probable_json(const struct likely *l, const struct bearer **bearers, size_t count,
                      struct arena *arena)
{
    size_t found;
    const struct bearer **others = others_of(l, bearers, count, arena, &found);
    json_t *out = json_array();
    for (size_t i = 0; i < found; i++) {
        json_t *one = json_object();
        struct hash id = bearer_address(others[i]);
        list_json_id(one, "id", &id);
        json_put(one, "name", others[i]->named.name);
        list_json_id(one, "document", &others[i]->document);
        json_append(out, one);
    }
    return out;
}

/* ---- what came in ---- */

static struct hash_list texts_of(struct session *s, const struct hash *documents, size_t count,
                                 struct arena *arena)
{
    struct hash_list out = {.at = arena_alloc(arena, (count + 1) * sizeof *out.at)};
    struct document_view view;
    struct fault why;
    char digits[HASH_DIGITS + 1];
    for (size_t i = 0; i < count; i++) {
        hash_write(&documents[i], digits);
        if (archive_document(s->archive, str_of(digits), arena, &view, &why) == OK)
            out.at[out.count++] = view.text;
    }
    hash_list_sort(&out);
    return out;
}

static struct str *names_in(struct session *s, const struct hash_list *texts, struct arena *arena,
                            size_t *count)
{
    struct str *out = NULL;
    size_t room = 0, views_count;
    *count = 0;
    for (size_t i = 0; i < texts->count; i++) {
        struct statement_filter filter = {.text = &texts->at[i]};
        struct statement_view *views;
        struct mention mention;
        struct fault why;
        if (archive_statements(s->archive, &filter, arena, &views, &views_count, &why) != OK)
            return out;
        for (size_t k = 0; k < views_count; k++) {
            struct str name;
            if (!mention_of_view(&views[k], &mention, &name))
                continue;
            out = arena_grow(arena, out, *count, &room, sizeof *out);
            out[(*count)++] = fold_text(arena, name);
        }
    }
    return out;
}

size_t probable_in(struct session *s, const struct hash *documents, size_t count,
                   struct arena *arena)
{
    struct hash_list texts = texts_of(s, documents, count, arena);
    struct likely likely;
    struct fault why;
    size_t names_count, others, found = 0;
    struct str *keys = names_in(s, &texts, arena, &names_count);
    if (!names_count || likely_around(s->archive, reader_of_store()->context, NULL, keys,
                                      names_count, arena, &likely, &why) != OK)
        return 0;
    for (size_t i = 0; i < likely.count; i++) {
        const struct bearer *b = &likely.bearers[i];
        bool new = false;
        for (size_t k = 0; k < texts.count; k++)
            new = new || hash_equal(&b->text, &texts.at[k]);
        if (new)
            likely_others(&likely, b, arena, &others);
        found += new &&others;
    }
    return found;
}
