#include "match/list_int.h"
#include "match/mix_int.h"
#include "text/utf8.h"

/* What is being made of one row. */
struct making {
    struct list_piece *piece;
    const struct list_plan *plan;
    struct cell *cells;
    struct spelling given, family, other, father;
    bool has_full;
    struct person_name full;
    struct str birth[3]; /* year, month, day in columns of their own */
};

static void cell_set_letters(struct list_piece *p, struct cell *to, const struct spelling *s)
{
    if (!s->count)
        return;
    size_t more = (size_t)s->count + s->words;
    if (p->letters_count + more > p->letters_room) {
        p->letters_room = (p->letters_room + more) * 2;
        p->letters = mem_resize_array(p->letters, p->letters_room, sizeof *p->letters);
    }
    uint16_t *at = p->letters + p->letters_count;
    memcpy(at, s->letters, s->count * sizeof *at);
    for (size_t i = 0; i < s->words; i++)
        at[s->count + i] = s->ends[i];
    *to = (struct cell){spelling_hash(s), (uint32_t)p->letters_count, s->count, s->words};
    p->letters_count += more;
}

static void cell_set_number(struct cell *to, uint32_t number)
{
    if (number)
        *to = (struct cell){mix(number) | 1, number, 0, 0};
}

/* the first whole number in it, below 200 */
static uint32_t age_of(struct str text)
{
    uint32_t age = 0;
    for (size_t i = 0; i < text.len && i < 3 && text.at[i] >= '0' && text.at[i] <= '9'; i++)
        age = age * 10 + (uint32_t)(text.at[i] - '0');
    return age < 200 ? age : 0;
}

static void spelling_join(struct spelling *to, const struct spelling *more)
{
    for (size_t i = 0; i < more->words; i++)
        spelling_add(to, more, i, false);
}

static void name_join(struct spelling *to, struct str raw)
{
    struct spelling part;
    name_part_of(raw, &part);
    spelling_join(to, &part);
}

static bool has_word(const struct spelling *s, struct letters word)
{
    for (size_t i = 0; i < s->words; i++)
        if (letters_equal(spelling_word(s, i), word))
            return true;
    return false;
}

static void words_beside(struct making *m, const struct spelling *from)
{
    for (size_t i = 0; i < from->words; i++) {
        struct letters word = spelling_word(from, i);
        if (!has_word(&m->given, word) && !has_word(&m->family, word) && !has_word(&m->other, word))
            spelling_append(&m->other, word, false);
    }
}

static void full_take(struct making *m, struct str text)
{
    struct person_name name;
    person_name_of(text, &name);
    if (!m->has_full) {
        m->full = name;
        m->has_full = true;
        return;
    }
    spelling_join(&m->full.other, &name.given);
    spelling_join(&m->full.other, &name.family);
    spelling_join(&m->full.other, &name.other);
}

static void names_end(struct making *m)
{
    if (m->has_full) {
        if (!m->given.count)
            m->given = m->full.given;
        if (!m->family.count)
            m->family = m->full.family;
        if (!m->father.count)
            m->father = m->full.father;
        words_beside(m, &m->full.given);
        words_beside(m, &m->full.other);
        words_beside(m, &m->full.family);
    }
    cell_set_letters(m->piece, &m->cells[FEATURE_GIVEN], &m->given);
    cell_set_letters(m->piece, &m->cells[FEATURE_FAMILY], &m->family);
    cell_set_letters(m->piece, &m->cells[FEATURE_OTHER], &m->other);
    cell_set_letters(m->piece, &m->cells[FEATURE_FATHER], &m->father);
}

static void birth_end(struct making *m, struct date_style style)
{
    struct arena arena;
    if (!m->birth[0].len || m->cells[FEATURE_BIRTH].hash)
        return;
    arena_init(&arena);
    struct str day = m->birth[1].len ? m->birth[2] : STR_NONE;
    struct str text = arena_print(&arena, "%.*s-%.*s-%.*s", STR_ARG(m->birth[0]),
                                  STR_ARG(m->birth[1]), STR_ARG(day));
    cell_set_number(&m->cells[FEATURE_BIRTH], date_of_text(text, style));
    arena_release(&arena);
}

static bool is_code(enum field field)
{
    return field == FIELD_POSTCODE || field == FIELD_NUMBER || field == FIELD_IDENTIFIER ||
           field == FIELD_PHONE || field == FIELD_EMAIL;
}

static void field_take(struct making *m, size_t column, struct str text)
{
    struct spelling s;
    enum field field = m->plan->fields[column];
    int feature = m->plan->features[column];
    struct cell *to = feature == NO_COLUMN ? NULL : &m->cells[feature];
    switch (field) {
    case FIELD_FULL_NAME:
        full_take(m, text);
        break;
    case FIELD_GIVEN_NAME:
        name_join(&m->given, text);
        break;
    case FIELD_FAMILY_NAME:
        name_join(&m->family, text);
        break;
    case FIELD_FATHER_NAME:
        name_join(&m->father, text);
        break;
    case FIELD_BIRTH_DATE:
        cell_set_number(&m->cells[FEATURE_BIRTH], date_of_text(text, m->plan->dates[column]));
        break;
    case FIELD_BIRTH_YEAR:
    case FIELD_BIRTH_MONTH:
    case FIELD_BIRTH_DAY:
        m->birth[field - FIELD_BIRTH_YEAR] = text;
        break;
    case FIELD_DATE:
        if (to)
            cell_set_number(to, date_of_text(text, m->plan->dates[column]));
        break;
    case FIELD_GENDER:
        if (to)
            cell_set_number(to, (unsigned char)gender_of(text));
        break;
    case FIELD_AGE:
        if (to)
            cell_set_number(to, age_of(text));
        break;
    default:
        spelling_of(text, is_code(field) ? SPELLING_CODE : SPELLING_TEXT, &s);
        if (to)
            cell_set_letters(m->piece, to, &s);
        break;
    }
}

static struct date_style birth_style(const struct list_plan *plan)
{
    for (size_t i = 0; i < plan->columns; i++)
        if (plan->fields[i] == FIELD_BIRTH_YEAR)
            return plan->dates[i];
    return (struct date_style){0};
}

static void row_make(struct list_piece *p, const struct csv_row *row)
{
    struct making m = {.piece = p, .plan = p->plan};
    size_t features = p->plan->features_count, needed = (p->rows + 1) * features;
    if (needed > p->cells_room) {
        p->cells_room = needed * 2;
        p->cells = mem_resize_array(p->cells, p->cells_room, sizeof *p->cells);
    }
    m.cells = p->cells + p->rows * features;
    memset(m.cells, 0, features * sizeof *m.cells);
    for (size_t i = 0; i < row->count && i < p->plan->columns; i++)
        if (p->plan->fields[i] != FIELD_NONE && !field_is_missing(row->fields[i]))
            field_take(&m, i, row->fields[i]);
    names_end(&m);
    birth_end(&m, birth_style(p->plan));
    if (p->plan->id != NO_COLUMN) {
        if ((size_t)p->plan->id < row->count)
            buf_add(&p->ids, row->fields[p->plan->id]);
        buf_add_byte(&p->ids, 0);
    }
    p->rows++;
}

static bool is_heading(const struct list_plan *plan, const struct csv_row *row)
{
    if (row->count != plan->columns)
        return false;
    for (size_t i = 0; i < row->count; i++)
        if (!str_equal(row->fields[i], plan->headings[i]))
            return false;
    return true;
}

/* columns behind the last heading may be there when they are empty */
static bool is_too_long(const struct list_plan *plan, const struct csv_row *row)
{
    for (size_t i = plan->columns; i < row->count; i++)
        if (row->fields[i].len)
            return true;
    return false;
}

static enum outcome row_take(struct list_piece *p, const struct csv_rows *rows,
                             const struct csv_row *row)
{
    if (is_too_long(p->plan, row)) {
        p->why.at = p->plan->columns + 1;
        return refuse_at(&p->why, REFUSED, p->why.at, "the row has %zu columns, the heading %zu",
                         row->count, p->plan->columns);
    }
    if (is_heading(p->plan, row)) {
        p->headings_again++;
        return OK;
    }
    if (row->count < p->plan->columns && !p->short_rows++)
        p->first_short = rows->row;
    row_make(p, row);
    return OK;
}

static enum outcome check_text(struct str field, struct fault *why)
{
    unsigned char high = 0;
    for (size_t i = 0; i < field.len; i++)
        high |= (unsigned char)field.at[i];
    size_t wrong = high < 0x80 ? SIZE_MAX : utf8_first_invalid(field);
    return wrong == SIZE_MAX
               ? OK
               : refuse(why, REFUSED, "not UTF-8 at its byte %zu, though the rest of the list is",
                        wrong + 1);
}

enum outcome list_row_next(struct csv_rows *rows, struct csv_row *row, bool *more,
                           struct fault *why)
{
    enum outcome outcome = csv_row_next(rows, row, more, why);
    for (size_t i = 0; !outcome && *more && i < row->count; i++) {
        outcome = check_text(row->fields[i], why);
        if (outcome && why)
            why->at = i + 1;
    }
    return outcome;
}

void list_piece_work(void *context, void *piece)
{
    struct list_piece *p = piece;
    (void)context;
    struct csv_rows rows = {
        .format = p->format, .at = p->bytes.at, .end = p->bytes.at + p->bytes.len};
    struct csv_row *row = mem_alloc(sizeof *row);
    bool more = true;
    while (!p->outcome && more) {
        p->outcome = list_row_next(&rows, row, &more, &p->why);
        if (!p->outcome && more)
            p->outcome = row_take(p, &rows, row);
    }
    p->physical_rows = rows.row;
    mem_free(row);
}
