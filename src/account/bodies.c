#include <pthread.h>

#include "account/bodies_int.h"
#include "account/case_rules.h"
#include "base/table.h"
#include "text/fold.h"

struct joined_words words_join(struct str text, struct arena *arena)
{
    struct joined_words out = {.count = 0};
    struct str folded = fold_text(arena, text);
    char *joined = arena_alloc(arena, folded.len + 1);
    struct word word;
    size_t at = 0, len = 0;
    while (out.count < BODY_WORDS && word_next(folded, &at, &word)) {
        out.begin[out.count++] = len;
        memcpy(joined + len, folded.at + word.from, word.to - word.from);
        len += word.to - word.from;
    }
    out.begin[out.count] = len;
    out.joined = (struct str){joined, len};
    return out;
}

/* ---- rows ---- */

const struct body_row *body_row_of(const struct body_book *b, struct str id)
{
    for (size_t i = 0; i < b->rows_count; i++)
        if (str_equal(b->rows[i]->id, id))
            return b->rows[i];
    return NULL;
}

bool body_is_part(const struct body_row *row, const struct body_row *whole)
{
    while (row && row != whole)
        row = row->part_of;
    return row != NULL;
}

static void add_form(struct body_book *b, struct arena *arena, struct str form,
                     const struct body_row *row, bool within)
{
    struct str joined = words_join(form, arena).joined;
    b->forms = arena_grow(arena, b->forms, b->forms_count, &b->forms_room, sizeof *b->forms);
    b->forms[b->forms_count] = (struct body_form){{joined, b->forms_count}, row, within};
    b->forms_count++;
}

static bool read_yes(struct str cell, bool *out)
{
    *out = str_equal(cell, STR("yes"));
    return *out || str_equal(cell, STR("no"));
}

static enum outcome read_body(struct body_book *b, const struct table *t, const struct row *cells,
                              struct arena *arena, struct fault *why)
{
    struct body_row *row = arena_alloc(arena, sizeof *row);
    struct str rest = cells->cells[7], form;
    *row = (struct body_row){.id = cells->cells[0],
                             .kind = cells->cells[1],
                             .branch = cells->cells[4],
                             .also = cells->cells[5],
                             .place = cells->cells[6]};
    if (!row->id.len || !row->kind.len || body_row_of(b, row->id))
        return table_refuse(t, why,
                            "a body without a kind, or one that stands here twice:", row->id);
    if (!read_yes(cells->cells[9], &row->checked))
        return table_refuse(t, why, "\"checked\" is yes or no:", cells->cells[9]);
    for (size_t i = 0; str_cut(&rest, '|', &form); i++) {
        if (i < 2)
            *(i ? &row->persian : &row->name) = form;
        add_form(b, arena, form, row, false);
    }
    if (!row->name.len)
        return table_refuse(t, why, "a body without a name:", row->id);
    rest = cells->cells[8];
    while (rest.len && str_cut(&rest, '|', &form))
        add_form(b, arena, form, row, true);
    b->rows = arena_grow(arena, b->rows, b->rows_count, &b->rows_room, sizeof *b->rows);
    b->rows[b->rows_count++] = row;
    return OK;
}

static bool find_row(const struct body_book *b, struct str id, const struct body_row **out)
{
    *out = id.len ? body_row_of(b, id) : NULL;
    return !id.len || *out;
}

/* when all rows are there */
static enum outcome tie_body(struct body_book *b, const struct table *t, const struct row *cells,
                             struct fault *why)
{
    struct body_row *row = NULL;
    const struct body_row *whole, *court;
    for (size_t i = 0; i < b->rows_count; i++)
        if (str_equal(b->rows[i]->id, cells->cells[0]))
            row = b->rows[i];
    if (!find_row(b, cells->cells[2], &whole) || !find_row(b, cells->cells[3], &row->under) ||
        !find_row(b, cells->cells[5], &court))
        return table_refuse(t, why, "it names a body that is not there:", row->id);
    if (body_is_part(whole, row))
        return table_refuse(t, why, "a part of itself:", row->id);
    row->part_of = whole;
    return OK;
}

static enum outcome read_bodies(struct body_book *b, const struct data_file *file, bool tie,
                                struct arena *arena, struct fault *why)
{
    static const char header[] = "id kind part_of under branch also place forms within checked";
    struct table t;
    struct row row;
    bool more = true;
    enum outcome result = table_open_file(&t, file, header, why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more)
        result = tie ? tie_body(b, &t, &row, why) : read_body(b, &t, &row, arena, why);
    return result;
}

/* ---- officials ---- */

static enum outcome read_officials(struct body_book *b, const struct data_file *file,
                                   struct arena *arena, struct fault *why)
{
    struct table t;
    struct row row;
    bool more = true;
    enum outcome result = table_open_file(&t, file, "class kind value forms", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more) {
        struct str rest = row.cells[3], form, *names = NULL;
        size_t first = b->officials_count, room = 0, count = 0;
        while (str_cut(&rest, '|', &form)) {
            names = arena_grow(arena, names, count, &room, sizeof *names);
            names[count++] = form;
            struct joined_words words = words_join(form, arena);
            if (words.count < 2) /* a family name is not one person's */
                continue;
            b->officials = arena_grow(arena, b->officials, b->officials_count, &b->officials_room,
                                      sizeof *b->officials);
            b->officials[b->officials_count] =
                (struct official_form){{words.joined, b->officials_count}, STR_NONE, NULL, 0};
            b->officials_count++;
        }
        for (size_t i = first; i < b->officials_count; i++) {
            b->officials[i].official = fold_text(arena, names[0]);
            b->officials[i].names = names;
            b->officials[i].names_count = count;
        }
    }
    return result;
}

static enum outcome read_claim(struct body_book *b, const struct table *t, const struct row *row,
                               struct arena *arena, struct fault *why)
{
    struct body_claim claim = {.name = row->cells[0],
                               .key = official_key(b, row->cells[0], arena),
                               .post = row->cells[1],
                               .since = row->cells[3],
                               .until = row->cells[4],
                               .said_by = row->cells[5],
                               .post_fa = row->cells[7],
                               .said_by_fa = row->cells[8]};
    size_t known;
    (void)official_names(b, claim.key, &known);
    if (!known)
        return table_refuse(t, why, "an official who is in no table:", claim.name);
    if (!claim.post.len || !claim.said_by.len)
        return table_refuse(t, why, "a claim without a post, or that nobody makes:", claim.name);
    if (!find_row(b, row->cells[2], &claim.body))
        return table_refuse(t, why, "it names a body that is not there:", row->cells[2]);
    if (!read_yes(row->cells[6], &claim.checked))
        return table_refuse(t, why, "\"checked\" is yes or no:", row->cells[6]);
    b->claims = arena_grow(arena, b->claims, b->claims_count, &b->claims_room, sizeof *b->claims);
    b->claims[b->claims_count++] = claim;
    return OK;
}

static enum outcome read_claims(struct body_book *b, const struct data_file *file,
                                struct arena *arena, struct fault *why)
{
    struct table t;
    struct row row;
    bool more = true;
    enum outcome result = table_open_file(
        &t, file, "name post body since until said_by checked post_fa said_by_fa", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more)
        result = read_claim(b, &t, &row, arena, why);
    return result;
}

static enum outcome read_offices(struct body_book *b, const struct data_file *file,
                                 struct arena *arena, struct fault *why)
{
    struct table t;
    struct row row;
    bool more = true;
    enum outcome result = table_open_file(&t, file, "form label value said body", why);
    while (result == OK && (result = table_next(&t, &row, &more, why)) == OK && more) {
        struct office_rule rule = {.event = str_equal(row.cells[0], STR("event")),
                                   .label = row.cells[1],
                                   .value = row.cells[2]};
        rule.office = str_equal(row.cells[3], STR("post"))    ? OFFICE_POST
                      : str_equal(row.cells[3], STR("named")) ? OFFICE_NAMED
                      : str_equal(row.cells[3], STR("known")) ? OFFICE_NAMED
                                                              : OFFICE_NONE;
        rule.known = str_equal(row.cells[3], STR("known"));
        if (rule.office == OFFICE_NONE || (!rule.event && !str_equal(row.cells[0], STR("fact"))) ||
            !rule.label.len)
            return table_refuse(&t, why, "no rule about an office:", row.cells[1]);
        /* the body is a country's, and its tables may not be here */
        rule.body = row.cells[4].len ? body_row_of(b, row.cells[4]) : NULL;
        b->rules = arena_grow(arena, b->rules, b->rules_count, &b->rules_room, sizeof *b->rules);
        b->rules[b->rules_count++] = rule;
    }
    return result;
}

/* ---- the book ---- */

/* of rows that begin with their keys */
static int compare_forms(const void *left, const void *right)
{
    const struct form_key *a = left, *b = right;
    int order = str_compare(a->joined, b->joined);
    return order ? order : (a->at > b->at) - (a->at < b->at);
}

enum table_kind { TABLE_BODIES, TABLE_PARTS, TABLE_OFFICIALS, TABLE_CLAIMS, TABLE_OFFICES };

static bool is_table(const struct data_file *file, enum table_kind kind)
{
    static const char *const ends[] = {"/bodies.tsv", "/bodies.tsv", "/officials.tsv",
                                       "/posts.tsv"};
    struct str path = str_of(file->path);
    if (kind == TABLE_OFFICES)
        return str_equal(path, STR("account/offices.tsv"));
    return str_starts(path, STR("country/")) && !str_starts(path, STR("country/world/")) &&
           str_ends(path, str_of(ends[kind]));
}

static enum outcome read_table(struct body_book *b, const struct data_file *file,
                               enum table_kind kind, struct arena *arena, struct fault *why)
{
    switch (kind) {
    case TABLE_BODIES:
    case TABLE_PARTS:
        return read_bodies(b, file, kind == TABLE_PARTS, arena, why);
    case TABLE_OFFICIALS:
        return read_officials(b, file, arena, why);
    case TABLE_CLAIMS:
        return read_claims(b, file, arena, why);
    case TABLE_OFFICES:
        return read_offices(b, file, arena, why);
    }
    bug("a table that is none");
}

enum outcome body_book_read(const struct data_file *files, size_t count, struct arena *arena,
                            const struct body_book **out, struct fault *why)
{
    struct body_book *b = arena_alloc(arena, sizeof *b);
    enum outcome result = OK;
    *b = (struct body_book){.rows = NULL};
    for (int kind = TABLE_BODIES; kind <= TABLE_OFFICES && result == OK; kind++) {
        for (size_t i = 0; i < count && result == OK; i++)
            if (is_table(&files[i], (enum table_kind)kind))
                result = read_table(b, &files[i], (enum table_kind)kind, arena, why);
        if (kind == TABLE_OFFICIALS && b->officials_count)
            qsort(b->officials, b->officials_count, sizeof *b->officials, compare_forms);
    }
    if (b->forms_count)
        qsort(b->forms, b->forms_count, sizeof *b->forms, compare_forms);
    *out = b;
    return result;
}

static pthread_once_t book_read = PTHREAD_ONCE_INIT;
static struct arena book_arena;
static const struct body_book *book;

static void read_book(void)
{
    struct fault why;
    arena_init(&book_arena);
    if (body_book_read(data_files, data_files_count, &book_arena, &book, &why) != OK)
        bug(why.text);
}

const struct body_book *body_book(void)
{
    pthread_once(&book_read, read_book);
    return book;
}

const struct body_row *const *body_rows(const struct body_book *b, size_t *count)
{
    *count = b->rows_count;
    return (const struct body_row *const *)b->rows;
}

const struct body_claim *body_claims(const struct body_book *b, size_t *count)
{
    *count = b->claims_count;
    return b->claims;
}
