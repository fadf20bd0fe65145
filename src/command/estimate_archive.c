#include "command/estimate_archive.h"

#include "estimate/overlap.h"
#include "text/edtf.h"
#include "text/fold.h"

struct life {
    struct str source, key, person; /* the publisher, folded too, and the folded name */
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

static bool is_asked(const struct lives_question *q, const struct statement_view *view,
                     struct str place, struct arena *arena)
{
    const struct life_event *e = &view->statement.life_event;
    bool decided = view->state == VIEW_ACCEPTED || (q->proposed && view->state == VIEW_PROPOSED);
    return decided && str_equal(e->event, q->event) && is_within(q, e->date) &&
           (!place.len || str_find(fold_text(arena, e->place), place, 0) != SIZE_MAX);
}

static struct str without_brackets(struct str name)
{
    size_t bracket = str_find(name, STR(" ("), 0);
    return str_trim(bracket == SIZE_MAX ? name : str_slice(name, 0, bracket));
}

static int compare_lives(const void *a, const void *b)
{
    const struct life *left = a, *right = b;
    int order = str_compare(left->key, right->key);
    order = order ? order : str_compare(left->person, right->person);
    return order ? order : str_compare(left->source, right->source);
}

static void collect(const struct statement_view *views, size_t count,
                    const struct lives_question *q, struct arena *arena, struct lives *lives,
                    struct lives_table *table)
{
    struct str place = fold_text(arena, q->place);
    for (size_t i = 0; i < count; i++) {
        if (!is_asked(q, &views[i], place, arena))
            continue;
        struct str source = without_brackets(views[i].document_publisher);
        struct str person = fold_text(arena, views[i].statement.life_event.person);
        table->without_source += !source.len;
        if (!source.len || !person.len)
            continue;
        lives->all = arena_grow(arena, lives->all, lives->count, &lives->room, sizeof *lives->all);
        lives->all[lives->count++] = (struct life){source, fold_text(arena, source), person};
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

static void write_table(const struct lives *lives, struct arena *arena, struct lives_table *table)
{
    size_t count;
    struct str name = STR("");
    struct count_of_source *sources = rank(lives, arena, &count);
    table->sources = count < OVERLAP_LISTS_LIMIT ? count : OVERLAP_LISTS_LIMIT;
    table->others = count - table->sources;
    buf_add_text(&table->csv, "list,person\n");
    for (size_t i = 0; i < lives->count; i++) {
        const struct life *life = &lives->all[i];
        if (i == 0 || !str_equal(life->key, lives->all[i - 1].key))
            name = life->source;
        if (!is_new(lives, i) || !is_taken(sources, table->sources, life->key))
            continue;
        write_cell(&table->csv, name);
        buf_add_byte(&table->csv, ',');
        write_cell(&table->csv, life->person);
        buf_add_byte(&table->csv, '\n');
    }
}

void lives_table(struct archive *archive, const struct lives_question *q, struct lives_table *table)
{
    struct statement_filter filter = {.by_form = true, .form = FORM_LIFE_EVENT};
    struct statement_view *views;
    struct lives lives = {0};
    struct arena arena;
    struct fault why;
    size_t count;
    *table = (struct lives_table){0};
    buf_init(&table->csv, 256 * 1024 * 1024);
    arena_init(&arena);
    if (archive_statements(archive, &filter, &arena, &views, &count, &why) != OK)
        die(status_of(why.code), "%s", why.text);
    collect(views, count, q, &arena, &lives, table);
    write_table(&lives, &arena, table);
    arena_release(&arena);
}
