#include "command/rulings.h"

#include "command/list.h"

struct rulings rulings_read(struct archive *a, const struct hash *subject, bool weighing,
                            struct arena *arena)
{
    struct rulings r;
    struct fault why;
    if (archive_rulings(a, subject, weighing, arena, &r.all, &r.count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    return r;
}

static void add_author(struct buf *line, const struct decision_view *d)
{
    char key[2 * PUBLIC_KEY_SIZE + 1];
    public_key_write(&d->author, key);
    if (d->author_name.len)
        list_text(line, d->author_name);
    else
        buf_add(line, (struct str){key, LIST_ID_DIGITS});
}

void rulings_print(const struct rulings *r)
{
    struct buf line;
    buf_init(&line, SIZE_MAX / 4);
    for (size_t i = 0; i < r->count; i++) {
        const struct decision_view *d = &r->all[i];
        char id[HASH_DIGITS + 1];
        hash_write(&d->id, id);
        buf_clear(&line);
        add_author(&line, d);
        printf("  still rules: %s, by %.*s, %.*s (%.*s)", verdict_name(d->verdict),
               STR_ARG(buf_str(&line)), STR_ARG(d->at), LIST_ID_DIGITS, id);
        buf_clear(&line);
        list_text(&line, d->why);
        printf("%s%.*s\n", d->why.len ? ": " : "", STR_ARG(buf_str(&line)));
    }
    buf_release(&line);
}

json_t *rulings_json(const struct rulings *r)
{
    json_t *out = json_array();
    for (size_t i = 0; i < r->count; i++) {
        const struct decision_view *d = &r->all[i];
        json_t *one = json_object();
        list_json_id(one, "id", &d->id);
        list_json_text(one, "verdict", str_of(verdict_name(d->verdict)));
        json_put_public_key(one, "author", &d->author);
        list_json_text(one, "author_name", d->author_name);
        list_json_text(one, "at", d->at);
        list_json_text(one, "why", d->why);
        json_append(out, one);
    }
    return out;
}

void rulings_of_print(struct archive *a, const struct statement_view *views, size_t count,
                      bool weighing, struct arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        struct rulings still = rulings_read(a, &views[i].id, weighing, arena);
        if (still.count)
            printf("An earlier decision about %.*s rules again:\n",
                   STR_ARG(list_id(arena, &views[i].id, LIST_ID_DIGITS)));
        rulings_print(&still);
    }
}

json_t *rulings_of_json(struct archive *a, const struct statement_view *views, size_t count,
                        bool weighing, struct arena *arena)
{
    json_t *out = json_array();
    for (size_t i = 0; i < count; i++) {
        struct rulings still = rulings_read(a, &views[i].id, weighing, arena);
        if (!still.count)
            continue;
        json_t *one = json_object();
        list_json_id(one, "statement", &views[i].id);
        json_put_new(one, "rulings", rulings_json(&still));
        json_append(out, one);
    }
    return out;
}
