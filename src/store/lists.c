#include "store/lists.h"

#include "store/store_int.h"
#include "text/fold.h"

enum { BYTES = 1 << 20 };

/* ---- own_setting "lists" (docs/format.md) ---- */

static void list_of_json(const json_t *object, struct arena *arena, struct kept_list *out)
{
    const char *key;
    json_t *value, *asks = json_object_get(object, "asks");
    *out = (struct kept_list){.name = arena_copy(arena, json_text(object, "name"))};
    out->fields = arena_alloc(arena, (json_object_size(asks) + 1) * sizeof *out->fields);
    json_object_foreach(asks, key, value) out->fields[out->count++] = (struct list_field){
        arena_copy(arena, str_of(key)), arena_copy(arena, json_text(asks, key))};
    (void)value;
}

static json_t *list_to_json(const struct kept_list *list)
{
    json_t *out = json_object(), *asks = json_object();
    char name[64];
    json_put(out, "name", list->name);
    for (size_t i = 0; i < list->count; i++) {
        const struct list_field *f = &list->fields[i];
        if (f->name.len >= sizeof name)
            bug("a field of that name");
        memcpy(name, f->name.at, f->name.len);
        name[f->name.len] = '\0';
        json_put(asks, name, f->value);
    }
    json_put_new(out, "asks", asks);
    return out;
}

static int compare_lists(const void *left, const void *right)
{
    const struct kept_list *a = left, *b = right;
    struct arena arena;
    arena_init(&arena);
    int order = str_compare(fold_text(&arena, a->name), fold_text(&arena, b->name));
    arena_release(&arena);
    return order;
}

enum outcome archive_lists(struct archive *a, struct arena *arena, struct kept_list **out,
                           size_t *count, struct fault *why)
{
    json_t *all = NULL;
    *out = NULL;
    *count = 0;
    struct query q = query_begin(a, "SELECT value FROM own_setting WHERE name = 'lists'");
    struct str text = query_step(&q) ? arena_copy(arena, query_str(&q, 0)) : STR_NONE;
    enum outcome result = query_end(&q, why);
    if (result == OK && text.len)
        result = json_read(text, &all, why);
    if (result != OK || !text.len)
        return result;
    *out = arena_alloc(arena, (json_array_size(all) + 1) * sizeof **out);
    for (size_t i = 0; i < json_array_size(all); i++)
        list_of_json(json_array_get(all, i), arena, &(*out)[(*count)++]);
    if (*count)
        qsort(*out, *count, sizeof **out, compare_lists);
    json_decref(all);
    return OK;
}

static enum outcome put_lists(struct archive *a, const struct kept_list *lists, size_t count,
                              struct fault *why)
{
    struct buf text;
    json_t *all = json_array();
    buf_init(&text, BYTES);
    for (size_t i = 0; i < count; i++)
        json_append(all, list_to_json(&lists[i]));
    enum outcome result = json_write(&text, all, why);
    if (result == OK)
        result = setting_put(a, "lists", text.at, text.len, why);
    json_decref(all);
    buf_release(&text);
    return result;
}

/* ---- by name ---- */

static size_t find_list(const struct kept_list *lists, size_t count, struct str name)
{
    struct kept_list wanted = {.name = str_trim(name)};
    size_t i = 0;
    while (i < count && compare_lists(&lists[i], &wanted) != 0)
        i++;
    return i;
}

static enum outcome refuse_unknown(struct str name, const struct kept_list *lists, size_t count,
                                   struct fault *why)
{
    struct buf names;
    buf_init(&names, 100);
    for (size_t i = 0; i < count && !names.full; i++)
        buf_print(&names, "%s\"%.*s\"", i ? ", " : "; there are ", STR_ARG(lists[i].name));
    enum outcome result = refuse(why, NOT_FOUND, "no list is called \"%.*s\"%.*s", STR_ARG(name),
                                 STR_ARG(buf_str(&names)));
    buf_release(&names);
    return result;
}

enum outcome archive_list(struct archive *a, struct str name, struct arena *arena,
                          struct kept_list *out, struct fault *why)
{
    struct kept_list *all;
    size_t count;
    enum outcome result = archive_lists(a, arena, &all, &count, why);
    size_t at = result == OK ? find_list(all, count, name) : 0;
    if (result == OK && at == count)
        return refuse_unknown(name, all, count, why);
    if (result == OK)
        *out = all[at];
    return result;
}

static bool has_control(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7f)
            return true;
    return false;
}

static enum outcome check_list(const struct kept_list *list, const struct kept_list *all,
                               size_t count, struct fault *why)
{
    if (!list->name.len)
        return refuse(why, REFUSED, "a list needs a name");
    if (list->name.len > LIST_NAME_LIMIT)
        return refuse(why, REFUSED, "the name of a list is at most %d bytes long", LIST_NAME_LIMIT);
    if (has_control(list->name) || !json_is_text(list->name))
        return refuse(why, REFUSED, "the name of a list is one line of text");
    if (!list->count)
        return refuse(why, REFUSED, "a list asks something, such as --state detained");
    size_t at = find_list(all, count, list->name);
    if (at < count)
        return refuse(why, REFUSED, "a list is called \"%.*s\" already; forget that first",
                      STR_ARG(all[at].name));
    if (count >= LISTS_LIMIT)
        return refuse(why, REFUSED, "more than %d lists", LISTS_LIMIT);
    return OK;
}

enum outcome archive_list_keep(struct archive *a, const struct kept_list *list, struct fault *why)
{
    struct arena arena;
    struct kept_list *all, kept = *list;
    size_t count;
    arena_init(&arena);
    kept.name = str_trim(list->name);
    enum outcome result = archive_lists(a, &arena, &all, &count, why);
    if (result == OK)
        result = check_list(&kept, all, count, why);
    if (result == OK) {
        struct kept_list *more = arena_alloc(&arena, (count + 1) * sizeof *more);
        if (count)
            memcpy(more, all, count * sizeof *more);
        more[count] = kept;
        result = put_lists(a, more, count + 1, why);
    }
    arena_release(&arena);
    return result;
}

enum outcome archive_list_forget(struct archive *a, struct str name, struct fault *why)
{
    struct arena arena;
    struct kept_list *all;
    size_t count;
    arena_init(&arena);
    enum outcome result = archive_lists(a, &arena, &all, &count, why);
    size_t at = result == OK ? find_list(all, count, name) : 0;
    if (result == OK && at == count)
        result = refuse_unknown(name, all, count, why);
    if (result == OK) {
        memmove(all + at, all + at + 1, (count - at - 1) * sizeof *all);
        result = put_lists(a, all, count - 1, why);
    }
    arena_release(&arena);
    return result;
}
