#include "account/body_account_int.h"

#include "store/page.h"
#include "text/fold.h"

/* ---- which ---- */

struct str body_view_name(const struct body_book *book, const struct body_view *view, bool persian,
                          struct str *branch)
{
    *branch = STR_NONE;
    const struct body_row *row = view->official ? NULL : body_row_of(book, view->key);
    if (row)
        return persian && row->persian.len ? row->persian : row->name;
    if (view->official) {
        size_t count;
        const struct str *names = official_names(book, view->key, &count);
        if (count)
            return names[persian && count > 1];
    }
    if (!view->spellings_count)
        return STR_NONE;
    *branch = view->spellings[0].branch;
    size_t end = str_find(view->key, STR("/"), 0);
    row = end == SIZE_MAX ? NULL : body_row_of(book, str_slice(view->key, 0, end));
    if (row && branch->len)
        return persian && row->persian.len ? row->persian : row->name;
    return view->spellings[0].name;
}

struct str body_spelling_words(const struct body_spelling *s, struct arena *arena)
{
    if (!s->branch.len || !s->name.len)
        return s->branch.len ? s->branch : s->name;
    return arena_print(arena, "%.*s, %.*s", STR_ARG(s->name), STR_ARG(s->branch));
}

static struct body_view view_of_row(const struct body_row *row)
{
    return (struct body_view){.id = body_id(row->id, false), .key = row->id};
}

static bool begins_with(const struct hash *id, struct str digits)
{
    char text[HASH_DIGITS + 1];
    hash_write(id, text);
    return digits.len >= 4 && str_starts(str_of(text), digits);
}

/* One that is in the tables alone. */
static bool find_in_tables(const struct body_book *book, struct str digits, bool official,
                           struct body_view *out)
{
    size_t count;
    const struct body_claim *claims = body_claims(book, &count);
    for (size_t i = 0; i < count; i++) {
        const struct body_row *row = claims[i].body;
        struct hash id = body_id(claims[i].key, true);
        if (official && begins_with(&id, digits)) {
            *out = (struct body_view){.id = id, .official = true, .key = claims[i].key};
            return true;
        }
        for (; row && !official; row = row->part_of) {
            *out = view_of_row(row);
            if (begins_with(&out->id, digits))
                return true;
        }
    }
    return false;
}

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!((s.at[i] >= '0' && s.at[i] <= '9') || (s.at[i] >= 'a' && s.at[i] <= 'f')))
            return false;
    return s.len >= 4 && s.len <= HASH_DIGITS;
}

enum { ASKED_MOST = 50 };

/* On record, or else in the tables alone. */
static enum outcome views_of_digits(struct archive *a, const struct body_book *book,
                                    struct str digits, bool official, struct arena *arena,
                                    struct body_view **out, size_t *count, struct fault *why)
{
    enum outcome result =
        archive_bodies_like(a, official, digits, STR_NONE, ASKED_MOST, arena, out, count, why);
    if (result != OK || *count)
        return result;
    *out = arena_alloc(arena, sizeof **out);
    *count = find_in_tables(book, digits, official, *out);
    return OK;
}

enum outcome body_views_of_id(struct archive *a, const struct body_book *book,
                              const struct hash *id, struct arena *arena, struct body_view **out,
                              size_t *count, struct fault *why)
{
    char digits[HASH_DIGITS + 1];
    hash_write(id, digits);
    return views_of_digits(a, book, (struct str){digits, BODY_DIGITS}, body_id_is_official(id),
                           arena, out, count, why);
}

/* What the tables call so, whether on record or not. */
static bool key_of_name(const struct body_book *book, struct str name, bool official,
                        struct arena *arena, struct hash *out)
{
    struct body_named named;
    size_t known;
    if (official) {
        struct str key = official_key(book, name, arena);
        (void)official_names(book, key, &known);
        *out = body_id(key, true);
        return known > 0;
    }
    if (!body_find(book, name, arena, &named))
        return false;
    *out = body_id(named.key, false);
    return true;
}

static bool is_listed(const struct body_view *views, size_t count, const struct hash *id)
{
    for (size_t i = 0; i < count; i++)
        if (hash_equal(&views[i].id, id))
            return true;
    return false;
}

/* Institutions on record in whose name of the tables it stands. */
static enum outcome add_rows_like(struct archive *a, const struct body_book *book, struct str asked,
                                  struct arena *arena, struct body_view **out, size_t *count,
                                  struct fault *why)
{
    size_t rows, some_count, room = *count;
    const struct body_row *const *all = body_rows(book, &rows);
    struct str folded = fold_text(arena, asked);
    struct body_view *some;
    enum outcome result = OK;
    for (size_t i = 0; i < rows && *count < ASKED_MOST && result == OK; i++) {
        struct hash id = body_id(all[i]->id, false);
        if ((str_find(fold_text(arena, all[i]->name), folded, 0) == SIZE_MAX &&
             str_find(fold_text(arena, all[i]->persian), folded, 0) == SIZE_MAX) ||
            is_listed(*out, *count, &id))
            continue;
        result = body_views_of_id(a, book, &id, arena, &some, &some_count, why);
        if (result != OK || !some_count || !some[0].spellings_count)
            continue;
        *out = arena_grow(arena, *out, *count, &room, sizeof **out);
        (*out)[(*count)++] = some[0];
    }
    return result;
}

enum outcome bodies_asked(struct archive *a, const struct body_book *book, struct str asked,
                          bool official, struct arena *arena, struct body_view **out, size_t *count,
                          struct fault *why)
{
    struct hash id;
    enum outcome result = OK;
    *count = 0;
    if (key_of_name(book, asked, official, arena, &id)) {
        result = body_views_of_id(a, book, &id, arena, out, count, why);
        if (result == OK && !*count && !official) {
            struct body_named named;
            (void)body_find(book, asked, arena, &named);
            *out = arena_alloc(arena, sizeof **out);
            **out = view_of_row(named.row);
            *count = 1;
        }
        if (result != OK || *count)
            return result;
    }
    if (is_digits(asked))
        result = views_of_digits(a, book, str_slice(asked, 0, BODY_DIGITS), official, arena, out,
                                 count, why);
    if (result != OK || *count)
        return result;
    result = archive_bodies_like(a, official, STR_NONE, fold_text(arena, asked), ASKED_MOST, arena,
                                 out, count, why);
    return result == OK && !official ? add_rows_like(a, book, asked, arena, out, count, why)
                                     : result;
}

/* ---- cases ---- */

static int compare_passages(const void *left, const void *right)
{
    const struct passage_view *a = left, *b = right;
    if (a->first != b->first)
        return a->first > b->first ? -1 : 1;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    return hash_compare(&a->statement, &b->statement);
}

/* Of all ids together; somebody who is there under two of them stands in two rows. */
static enum outcome read_passages(struct accounting *c, const struct body_question *asked,
                                  struct passage_view **out, size_t *count)
{
    struct body_account *account = c->out;
    struct passage_view *all = NULL;
    size_t room = 0;
    enum outcome result = OK;
    *count = 0;
    for (size_t i = 0; i < c->ids_count && result == OK; i++) {
        bool alone = c->ids_count == 1, more;
        struct passage_choice choice = {&c->ids[i],
                                        PASSAGE_CASE,
                                        asked->dated,
                                        asked->since,
                                        asked->until,
                                        alone ? asked->from : 0,
                                        alone ? asked->limit : asked->from + asked->limit};
        struct passage_view *some;
        size_t some_count, total;
        result = archive_passages(c->archive, &choice, c->arena, &some, &some_count, &total, &more,
                                  c->why);
        for (size_t k = 0; k < some_count && result == OK; k++) {
            all = arena_grow(c->arena, all, *count, &room, sizeof *all);
            all[(*count)++] = some[k];
        }
        account->total += result == OK ? total : 0;
        account->more |= result == OK && more;
    }
    if (*count)
        qsort(all, *count, sizeof *all, compare_passages);
    size_t from = c->ids_count == 1 ? 0 : asked->from < *count ? asked->from : *count;
    *count = *count - from < asked->limit ? *count - from : asked->limit;
    *out = all ? all + from : NULL;
    return result;
}

static const struct case_person *person_who(const struct case_record *r, const struct hash *id,
                                            const struct statement_view **view)
{
    for (size_t i = 0; i < r->people_count; i++)
        for (size_t k = 0; k < r->people[i].views_count; k++)
            if (hash_equal(&r->people[i].views[k]->id, id)) {
                *view = r->people[i].views[k];
                return &r->people[i];
            }
    return NULL;
}

/* What a court decided, and what put an end to it. */
static bool is_outcome(const struct case_rules *rules, const struct case_occurrence *o)
{
    return o->sentence.len ||
           (o->rule && (o->rule->effect == EFFECT_TURNS ||
                        (o->rule->effect == EFFECT_BEGINS && rules->states[o->rule->state].final)));
}

static void find_outcomes(const struct accounting *c, struct body_case *one)
{
    struct case_history h;
    case_history_make(c->rules, one->person->views, one->person->views_count, CASE_PROPOSED,
                      c->arena, &h);
    one->outcomes = arena_alloc(c->arena, (h.count + 1) * sizeof *one->outcomes);
    for (size_t i = 0; i < h.count; i++)
        if (is_outcome(c->rules, &h.at[i]))
            one->outcomes[one->outcomes_count++] = &h.at[i];
}

static enum outcome account_cases(struct accounting *c, const struct body_question *asked)
{
    struct body_account *out = c->out;
    struct passage_view *passages;
    struct case_record record;
    size_t count;
    enum outcome result = read_passages(c, asked, &passages, &count);
    if (result != OK || !count)
        return result;
    struct hash *ids = arena_alloc(c->arena, count * sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = passages[i].statement;
    result =
        case_record_about(c->archive, &(struct hash_list){ids, count}, c->arena, &record, c->why);
    if (result != OK)
        return result;
    out->shown = arena_alloc(c->arena, count * sizeof *out->shown);
    for (size_t i = 0; i < count; i++) {
        struct body_case one = {.decided = passages[i].decided, .part = passages[i].part};
        one.person = person_who(&record, &passages[i].statement, &one.view);
        if (!one.person)
            continue;
        find_outcomes(c, &one);
        out->shown[out->shown_count++] = one;
    }
    return OK;
}

static int compare_years(const void *left, const void *right)
{
    const struct body_year *a = left, *b = right;
    return (a->year > b->year) - (a->year < b->year);
}

static enum outcome account_years(struct accounting *c)
{
    struct body_account *out = c->out;
    struct body_year *all = NULL;
    size_t room = 0, count = 0, kept = 0;
    for (size_t i = 0; i < c->ids_count; i++) {
        struct body_year *some;
        size_t some_count;
        enum outcome result =
            archive_body_years(c->archive, &c->ids[i], c->arena, &some, &some_count, c->why);
        if (result != OK)
            return result;
        for (size_t k = 0; k < some_count; k++) {
            all = arena_grow(c->arena, all, count, &room, sizeof *all);
            all[count++] = some[k];
        }
    }
    if (count)
        qsort(all, count, sizeof *all, compare_years);
    for (size_t i = 0; i < count; i++) {
        if (i && all[kept - 1].year == all[i].year) {
            all[kept - 1].cases.accepted += all[i].cases.accepted;
            all[kept - 1].cases.proposed += all[i].cases.proposed;
        } else {
            all[kept++] = all[i];
        }
    }
    out->years = all;
    out->years_count = kept;
    return OK;
}

/* ---- parts ---- */

static void add_parts(struct accounting *c, const struct body_view *some, size_t count,
                      size_t *room)
{
    struct body_account *out = c->out;
    for (size_t i = 0; i < count; i++) {
        out->parts = arena_grow(c->arena, out->parts, out->parts_count, room, sizeof *out->parts);
        out->parts[out->parts_count++] = some[i];
    }
}

static enum outcome account_parts(struct accounting *c)
{
    struct body_account *out = c->out;
    struct body_view *some;
    size_t count, rows, room = 0;
    const struct body_row *const *all = body_rows(c->book, &rows);
    enum outcome result = OK;
    for (size_t i = 0; out->row && i < rows && result == OK; i++) {
        struct hash id = body_id(all[i]->id, false);
        if (all[i]->part_of != out->row)
            continue;
        result = body_views_of_id(c->archive, c->book, &id, c->arena, &some, &count, c->why);
        if (result == OK && count && some[0].spellings_count)
            add_parts(c, some, count, &room);
    }
    struct str prefix = arena_print(c->arena, "%.*s/", STR_ARG(out->view.key));
    if (result == OK)
        result = archive_bodies_under(c->archive, prefix, BODY_PARTS_MOST, c->arena, &some, &count,
                                      c->why);
    if (result == OK)
        add_parts(c, some, count, &room);
    return result;
}

/* ---- all of it ---- */

static enum outcome find_view(struct accounting *c, const struct hash *id)
{
    struct body_view *views;
    size_t count;
    enum outcome result =
        body_views_of_id(c->archive, c->book, id, c->arena, &views, &count, c->why);
    if (result != OK)
        return result;
    if (!count)
        return refuse(c->why, NOT_FOUND, "nothing on record has this id");
    c->out->view = views[0];
    c->out->cases = views[0].cases;
    if (!views[0].official)
        c->out->row = body_row_of(c->book, views[0].key);
    return OK;
}

static enum outcome account_make(struct accounting *c, const struct body_question *asked)
{
    struct str branch;
    enum outcome result = find_view(c, &asked->id);
    if (result != OK)
        return result;
    c->out->name = body_view_name(c->book, &c->out->view, false, &branch);
    c->out->persian = body_view_name(c->book, &c->out->view, true, &branch);
    c->ids = arena_grow(c->arena, c->ids, c->ids_count, &c->ids_room, sizeof *c->ids);
    c->ids[c->ids_count++] = c->out->view.id;
    result = c->out->view.official ? account_official(c) : account_institution(c);
    if (result == OK)
        result = account_years(c);
    if (result == OK)
        result = account_cases(c, asked);
    if (result == OK)
        result = account_posts(c);
    return result == OK && !c->out->view.official ? account_parts(c) : result;
}

enum outcome body_account_read(struct archive *a, const struct body_book *book,
                               const struct case_rules *rules, const struct body_question *asked,
                               struct arena *arena, struct body_account *out, struct fault *why)
{
    struct accounting c = {
        .archive = a, .book = book, .rules = rules, .arena = arena, .out = out, .why = why};
    *out = (struct body_account){.total = 0};
    enum outcome result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    result = account_make(&c, asked);
    archive_snapshot_end(a);
    return result;
}
