#include "account/lives.h"

#include "account/person_key.h"
#include "account/source_book.h"
#include "store/pairs.h"
#include "text/edtf.h"
#include "text/fold.h"
#include "text/gazetteer.h"

enum { CSV_LIMIT = 256 * 1024 * 1024 };

struct life {
    struct str source, key, person; /* the publisher, its key (source_book.h), and who it is */
};

struct lives {
    struct life *all;
    size_t count, room;
};

struct count_of_source {
    struct str key;
    size_t people;
};

/* ---- which events ---- */

static bool is_within(const struct lives_question *q, struct str date)
{
    int64_t first, last;
    struct fault why;
    if (!q->dated)
        return true;
    if (!date.len || edtf_range(date, &first, &last, &why) != OK)
        return false;
    return first <= q->until && last >= q->since;
}

static bool is_decided(const struct lives_question *q, const struct statement_view *view)
{
    return view->state == VIEW_ACCEPTED || (q->proposed && view->state == VIEW_PROPOSED);
}

static bool holds(struct str text, struct str folded_part, struct arena *arena)
{
    return !folded_part.len || str_find(fold_text(arena, text), folded_part, 0) != SIZE_MAX;
}

/* the place asked for, whatever it is called, or a part of its name as written */
static bool is_there(struct str place, const struct lives_question *q, struct str folded,
                     struct arena *arena)
{
    const struct known_place *asked = q->place.len ? gazetteer_find(q->place) : NULL;
    return holds(place, folded, arena) || (asked && gazetteer_find(place) == asked);
}

static bool is_asked(const struct lives_question *q, const struct statement_view *view,
                     struct str place, struct arena *arena)
{
    const struct life_event *e = &view->statement.life_event;
    return view->statement.form == FORM_LIFE_EVENT && is_decided(q, view) &&
           str_equal(e->event, q->event) && is_within(q, e->date) &&
           is_there(e->place, q, place, arena);
}

static struct str key_of_source(struct str name, struct arena *arena)
{
    return source_book_find(source_book(), fold_text(arena, name)).key;
}

static int compare_lives(const void *a, const void *b)
{
    const struct life *left = a, *right = b;
    int order = str_compare(left->key, right->key);
    order = order ? order : str_compare(left->person, right->person);
    return order ? order : str_compare(left->source, right->source);
}

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* the keys of those in the group asked for, sorted */
static struct str *members_of(const struct statement_view *views, size_t count,
                              const struct lives_question *q, const struct str *keys,
                              struct arena *arena, size_t *members_count)
{
    static const char *const properties[] = {"group", "occupation", "nationality"};
    struct str *members = arena_alloc(arena, (count + 1) * sizeof *members);
    struct str group = fold_text(arena, q->group);
    *members_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct fact *fact = &views[i].statement.fact;
        bool says = views[i].statement.form == FORM_FACT && is_decided(q, &views[i]) &&
                    holds(fact->value, group, arena);
        for (size_t k = 0; k < COUNT_OF(properties) && says; k++)
            if (str_equal(fact->property, str_of(properties[k])))
                members[(*members_count)++] = keys[i];
    }
    if (*members_count)
        qsort(members, *members_count, sizeof *members, compare_texts);
    return members;
}

static void collect(const struct statement_view *views, size_t count, const struct persons *persons,
                    const struct lives_question *q, struct arena *arena, struct lives *lives,
                    struct lives_table *table)
{
    size_t members_count;
    struct str place = fold_text(arena, q->place);
    struct str *keys = person_keys(views, count, persons, arena);
    struct str *members = members_of(views, count, q, keys, arena, &members_count);
    for (size_t i = 0; i < count; i++) {
        if (!is_asked(q, &views[i], place, arena) ||
            (q->group.len &&
             !bsearch(&keys[i], members, members_count, sizeof *members, compare_texts)))
            continue;
        struct str source = source_bare_name(arena, views[i].document_publisher);
        table->without_source += !source.len;
        if (!source.len || !keys[i].len)
            continue;
        lives->all = arena_grow(arena, lives->all, lives->count, &lives->room, sizeof *lives->all);
        lives->all[lives->count++] = (struct life){source, key_of_source(source, arena), keys[i]};
        table->statements++;
    }
    if (lives->count)
        qsort(lives->all, lives->count, sizeof *lives->all, compare_lives);
}

/* ---- sources into lists ---- */

static bool is_new(const struct lives *lives, size_t i)
{
    const struct life *life = &lives->all[i], *before = life - 1;
    return i == 0 || !str_equal(life->key, before->key) || !str_equal(life->person, before->person);
}

static int compare_sources(const void *a, const void *b)
{
    const struct count_of_source *left = a, *right = b;
    if (left->people != right->people)
        return left->people > right->people ? -1 : 1;
    return str_compare(left->key, right->key);
}

/* by how many people each names, the most first */
static struct count_of_source *rank(const struct lives *lives, struct arena *arena, size_t *count)
{
    struct count_of_source *all = arena_alloc(arena, (lives->count + 1) * sizeof *all);
    *count = 0;
    for (size_t i = 0; i < lives->count; i++) {
        if (i == 0 || !str_equal(lives->all[i].key, lives->all[i - 1].key))
            all[(*count)++].key = lives->all[i].key;
        all[*count - 1].people += is_new(lives, i);
    }
    qsort(all, *count, sizeof *all, compare_sources);
    return all;
}

static void write_cell(struct buf *csv, struct str text)
{
    buf_add_byte(csv, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            buf_add_byte(csv, '"');
        buf_add_byte(csv, text.at[i]);
    }
    buf_add_byte(csv, '"');
}

static bool is_taken(const struct count_of_source *sources, size_t count, struct str key)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(sources[i].key, key))
            return true;
    return false;
}

static void write_table(const struct lives *lives, size_t most, struct arena *arena,
                        struct lives_table *table)
{
    size_t count;
    struct buf csv;
    struct str name = STR("");
    struct count_of_source *sources = rank(lives, arena, &count);
    table->sources = count < most ? count : most;
    table->others = count - table->sources;
    buf_init(&csv, CSV_LIMIT);
    buf_add_text(&csv, "list,person\n");
    for (size_t i = 0; i < lives->count; i++) {
        const struct life *life = &lives->all[i];
        if (i == 0 || !str_equal(life->key, lives->all[i - 1].key))
            name = life->source;
        if (!is_new(lives, i) || !is_taken(sources, table->sources, life->key))
            continue;
        write_cell(&csv, name);
        buf_add_byte(&csv, ',');
        write_cell(&csv, life->person);
        buf_add_byte(&csv, '\n');
    }
    table->csv = arena_copy(arena, buf_str(&csv));
    buf_release(&csv);
}

void lives_table(const struct statement_view *views, size_t count, const struct persons *persons,
                 const struct lives_question *q, size_t most, struct arena *arena,
                 struct lives_table *table)
{
    struct lives lives = {0};
    *table = (struct lives_table){0};
    collect(views, count, persons, q, arena, &lives, table);
    write_table(&lives, most, arena, table);
}

enum outcome lives_read(struct archive *archive, struct arena *arena, struct statement_view **views,
                        size_t *count, struct persons *persons, struct fault *why)
{
    const struct statement_filter filter = {.lives = true};
    enum outcome result = archive_statements(archive, &filter, arena, views, count, why);
    return result == OK ? archive_persons(archive, arena, persons, why) : result;
}
