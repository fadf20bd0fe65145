#include "account/people_int.h"

#include "text/edtf.h"

struct texts {
    struct str *at;
    size_t count;
};

static int compare_texts(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
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

static int64_t day_of(struct str date)
{
    int64_t first, last;
    return date.len && edtf_range(date, &first, &last, NULL) == OK ? first : INT64_MAX;
}

static int state_rank(enum view_state state, bool undecided)
{
    return undecided ? 2 : state != VIEW_ACCEPTED;
}

/* The event, its date, then the statement to show first. */
static int compare_events(const void *left, const void *right)
{
    const struct mention_view *a = left, *b = right;
    int64_t day_a = day_of(a->date), day_b = day_of(b->date);
    if (day_a != day_b)
        return day_a < day_b ? -1 : 1;
    int order = str_compare(a->event, b->event);
    if (!order)
        order = str_compare(a->date, b->date);
    if (!order)
        order = state_rank(a->state, a->undecided) - state_rank(b->state, b->undecided);
    return order ? order : hash_compare(&a->statement, &b->statement);
}

static void events_of(struct mention_view *mentions, size_t count, struct arena *arena,
                      struct person_row *row)
{
    qsort(mentions, count, sizeof *mentions, compare_events);
    row->events = arena_alloc(arena, PERSON_EVENTS * sizeof *row->events);
    for (size_t i = 0; i < count; i++) {
        const struct mention_view *m = &mentions[i], *before = i ? &mentions[i - 1] : NULL;
        if (before && str_equal(before->event, m->event) && str_equal(before->date, m->date)) {
            if (row->events_total <= PERSON_EVENTS)
                row->events[row->events_total - 1].more += m->count;
            continue;
        }
        if (row->events_total++ >= PERSON_EVENTS)
            continue;
        row->events[row->events_count++] = (struct person_event){
            m->event, m->date, m->statement, m->document, m->state, m->undecided, m->count - 1};
    }
}

void person_row_fill(struct mention_view *mentions, size_t count, struct arena *arena,
                     struct person_row *row)
{
    struct texts spellings = {arena_alloc(arena, count * sizeof(struct str)), 0};
    struct texts roles = {arena_alloc(arena, count * sizeof(struct str)), 0};
    struct mention_view *events = arena_alloc(arena, count * sizeof *events);
    const struct mention_view *first = &mentions[0];
    size_t number = 0;
    for (size_t i = 0; i < count; i++) {
        const struct mention_view *m = &mentions[i];
        row->undecided |= m->undecided;
        if (m->state == VIEW_ACCEPTED && !m->undecided)
            row->state = VIEW_ACCEPTED;
        int order = state_rank(m->state, m->undecided) - state_rank(first->state, first->undecided);
        if (order < 0 || (!order && hash_compare(&m->statement, &first->statement) < 0))
            first = m;
        spellings.at[spellings.count++] = m->name;
        if (m->role.len)
            roles.at[roles.count++] = m->role;
        else
            events[number++] = *m;
    }
    texts_once(&spellings);
    texts_once(&roles);
    row->statement = first->statement;
    row->document = first->document;
    row->spellings = spellings.at;
    row->spellings_count = spellings.count;
    row->roles = roles.at;
    row->roles_count = roles.count;
    for (size_t i = 0; i < row->spellings_count; i++)
        if (row->spellings[i].len > row->name.len)
            row->name = row->spellings[i];
    events_of(events, number, arena, row);
}

static enum outcome page_read(struct archive *a, const struct name_choice *choice,
                              struct arena *arena, struct person_row **out, size_t *count,
                              size_t *total, struct fault *why)
{
    struct name_tally *names;
    *out = NULL;
    enum outcome result = archive_names(a, choice, arena, &names, count, total, why);
    if (result != OK)
        return result;
    *out = arena_alloc(arena, (*count + 1) * sizeof **out);
    for (size_t i = 0; i < *count && result == OK; i++) {
        struct mention_view *mentions;
        size_t number;
        struct person_row *row = &(*out)[i];
        *row = (struct person_row){.key = names[i].key,
                                   .organisation = choice->organisations,
                                   .documents = names[i].documents};
        result = archive_mentions(a, row->key, row->organisation, arena, &mentions, &number, why);
        if (result == OK && number)
            person_row_fill(mentions, number, arena, row);
    }
    return result;
}

enum outcome people_page(struct archive *a, const struct name_choice *choice, struct arena *arena,
                         struct person_row **out, size_t *count, size_t *total, struct fault *why)
{
    enum outcome result = archive_snapshot_begin(a, why);
    if (result != OK)
        return result;
    result = page_read(a, choice, arena, out, count, total, why);
    archive_snapshot_end(a);
    return result;
}
