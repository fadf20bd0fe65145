#include "account/people.h"

#include "account/named.h"
#include "account/people_int.h"
#include "text/edtf.h"
#include "text/fold.h"

struct texts {
    struct str *at;
    size_t count, room;
};

static bool mention_of(const struct statement_view *view, const struct people_filter *filter,
                       struct str *name)
{
    const struct statement *s = &view->statement;
    if (statement_is_rejected(view))
        return false;
    if (s->form == FORM_LIFE_EVENT) {
        *name = s->life_event.person;
        return !filter->organisations;
    }
    *name = s->form == FORM_FACT ? s->fact.subject : STR_NONE;
    struct str kind = filter->organisations ? STR("organisation") : STR("person");
    return s->form == FORM_FACT && str_equal(s->fact.property, STR("role")) &&
           str_equal(s->fact.subject_kind, kind);
}

static int compare_mentions(const void *left, const void *right)
{
    const struct person_mention *a = left, *b = right;
    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    int order = a->person == SIZE_MAX ? str_compare(a->key, b->key) : 0;
    return order ? order : hash_compare(&a->view->id, &b->view->id);
}

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static void texts_add(struct texts *t, struct arena *arena, struct str text)
{
    t->at = arena_grow(arena, t->at, t->count, &t->room, sizeof *t->at);
    t->at[t->count++] = text;
}

static void texts_once(struct texts *t)
{
    size_t kept = 0;
    if (t->count)
        qsort(t->at, t->count, sizeof *t->at, compare_texts);
    for (size_t i = 0; i < t->count; i++)
        if (!kept || !str_equal(t->at[kept - 1], t->at[i]))
            t->at[kept++] = t->at[i];
    t->count = kept;
}

static int64_t day_of(const struct statement_view *view)
{
    int64_t first, last;
    struct str date = view->statement.life_event.date;
    return date.len && edtf_range(date, &first, &last, NULL) == OK ? first : INT64_MAX;
}

static int compare_events(const void *left, const void *right)
{
    const struct statement_view *a = *(const struct statement_view *const *)left;
    const struct statement_view *b = *(const struct statement_view *const *)right;
    int64_t day_a = day_of(a), day_b = day_of(b);
    if (day_a != day_b)
        return day_a < day_b ? -1 : 1;
    int order = str_compare(a->statement.life_event.event, b->statement.life_event.event);
    return order ? order : hash_compare(&a->id, &b->id);
}

static int compare_hashes(const void *left, const void *right)
{
    return hash_compare(left, right);
}

static void documents_once(struct name_row *row)
{
    size_t kept = 0;
    qsort(row->documents, row->documents_count, sizeof *row->documents, compare_hashes);
    for (size_t i = 0; i < row->documents_count; i++)
        if (!kept || !hash_equal(&row->documents[kept - 1], &row->documents[i]))
            row->documents[kept++] = row->documents[i];
    row->documents_count = kept;
}

static struct name_row row_of(const struct person_mention *mentions, size_t count,
                              struct arena *arena)
{
    struct name_row row = {.events = arena_alloc(arena, count * sizeof(void *)),
                           .documents = arena_alloc(arena, count * sizeof *row.documents),
                           .documents_count = count};
    struct texts spellings = {0}, roles = {0};
    for (size_t i = 0; i < count; i++) {
        const struct statement_view *view = mentions[i].view;
        row.documents[i] = view->document;
        row.undecided |= view->undecided;
        if (statement_is_accepted(view))
            row.state = VIEW_ACCEPTED;
        texts_add(&spellings, arena, mentions[i].name);
        if (view->statement.form == FORM_LIFE_EVENT)
            row.events[row.events_count++] = view;
        else
            texts_add(&roles, arena, view->statement.fact.value);
    }
    texts_once(&spellings);
    texts_once(&roles);
    documents_once(&row);
    qsort(row.events, row.events_count, sizeof *row.events, compare_events);
    row.spellings = spellings.at;
    row.spellings_count = spellings.count;
    row.roles = roles.at;
    row.roles_count = roles.count;
    for (size_t i = 0; i < row.spellings_count; i++)
        if (row.spellings[i].len > row.name.len)
            row.name = row.spellings[i];
    return row;
}

struct row_order {
    struct name_row row;
    size_t at; /* in order of the folded name */
};

static int compare_rows(const void *left, const void *right)
{
    const struct row_order *a = left, *b = right;
    if (a->row.documents_count != b->row.documents_count)
        return a->row.documents_count > b->row.documents_count ? -1 : 1;
    return a->at < b->at ? -1 : 1;
}

static struct name_row *rows_sorted(struct row_order *rows, size_t count, struct arena *arena)
{
    struct name_row *out = arena_alloc(arena, (count + 1) * sizeof *out);
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++)
        out[i] = rows[i].row;
    return out;
}

/* of each view the person that its document's decided mentions make it */
static size_t *persons_of_views(const struct statement_view *views, size_t count,
                                const struct people_filter *filter, struct arena *arena)
{
    size_t *out = arena_alloc(arena, (count + 1) * sizeof *out), number = 0;
    struct named *named = NULL;
    for (size_t i = 0; i < count; i++)
        out[i] = SIZE_MAX;
    if (filter->persons && filter->persons->count && !filter->organisations)
        named_account(views, count, filter->persons, arena, &named, &number);
    for (size_t i = 0; i < number; i++)
        for (size_t k = 0; k < named[i].views_count; k++)
            out[named[i].views[k] - views] = named[i].person;
    return out;
}

bool person_mentions_meet(const struct person_mention *a, const struct person_mention *b)
{
    return a->person == b->person && (a->person != SIZE_MAX || str_equal(a->key, b->key));
}

static bool any_has(const struct person_mention *mentions, size_t count, struct str part)
{
    for (size_t i = 0; i < count; i++)
        if (str_find(mentions[i].key, part, 0) != SIZE_MAX)
            return true;
    return false;
}

static void row_decide(struct name_row *row, const struct person_mention *first,
                       const struct persons *persons)
{
    row->decided = first->person != SIZE_MAX;
    if (row->decided)
        row->person = mention_id(&persons->at[first->person].mention);
}

struct person_mention *person_mentions(const struct statement_view *views, size_t count,
                                       const struct people_filter *filter, struct arena *arena,
                                       size_t *number)
{
    struct person_mention *out = arena_alloc(arena, (count + 1) * sizeof *out);
    size_t *persons = persons_of_views(views, count, filter, arena);
    struct str name;
    *number = 0;
    for (size_t i = 0; i < count; i++)
        if (mention_of(&views[i], filter, &name))
            out[(*number)++] =
                (struct person_mention){&views[i], name, fold_text(arena, name), persons[i]};
    if (*number)
        qsort(out, *number, sizeof *out, compare_mentions);
    return out;
}

void people_account(const struct statement_view *views, size_t count,
                    const struct people_filter *filter, struct arena *arena, struct name_row **out,
                    size_t *out_count)
{
    size_t number, rows = 0, end;
    struct person_mention *mentions = person_mentions(views, count, filter, arena, &number);
    struct str wanted = fold_text(arena, filter->name);
    struct row_order *order = arena_alloc(arena, (number + 1) * sizeof *order);
    for (size_t i = 0; i < number; i = end) {
        for (end = i + 1; end < number && person_mentions_meet(&mentions[end], &mentions[i]);)
            end++;
        if (!any_has(mentions + i, end - i, wanted))
            continue;
        order[rows] = (struct row_order){row_of(mentions + i, end - i, arena), rows};
        order[rows].row.organisation = filter->organisations;
        row_decide(&order[rows].row, &mentions[i], filter->persons);
        rows++;
    }
    *out = rows_sorted(order, rows, arena);
    *out_count = rows;
}
