#include "read/columns_int.h"
#include "read/listing_int.h"
#include "text/calendar.h"
#include "text/edtf.h"

enum { CELLS_LEAST = 3, YEAR_DIGITS = 4, GREGORIAN_YEARS = 1700, MONTH_BYTES = 7, DAYS = 16 };

static bool begins_line(const struct page *page, size_t i)
{
    return i == 0 || page->tokens.at[i].lines > 0;
}

static bool is_bar(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, '|');
}

static size_t line_end(const struct page *page, size_t i)
{
    for (i++; i < page->tokens.count && !begins_line(page, i);)
        i++;
    return i;
}

/* The next cell of a line from *at on, which moves behind its bar; false at the line's end. */
static bool next_cell(const struct page *page, size_t *at, size_t end, struct stretch *cell)
{
    if (*at > end)
        return false;
    *cell = (struct stretch){*at, *at};
    while (cell->end < end && !is_bar(page, cell->end))
        cell->end++;
    *at = cell->end + 1;
    return true;
}

/* the field of a head's cell, when its words are a field's and nothing else, or when somebody said
 * which it is */
static struct str field_of(const struct page *page, const struct stretch *cell)
{
    const struct entry *field = NULL;
    size_t end = 0;
    struct str head, said;
    if (cell->end > cell->first &&
        column_said_in(page->lexicon, page_words(page, cell->first, cell->end), &head, &said))
        return said;
    bool known = cell->end > cell->first &&
                 token_is(&page->tokens, cell->first, WORD_FIELD, &field, &end) && end == cell->end;
    return known ? field->value : STR_NONE;
}

static size_t line_begin(const struct page *page, size_t i)
{
    while (!begins_line(page, i))
        i--;
    return i;
}

bool cells_find(struct lister *l, size_t line)
{
    const struct page *page = l->page;
    struct stretch cell;
    bool named = false;
    line = line_begin(page, line);
    if (line == 0)
        return false;
    size_t at = line_begin(page, line - 1);
    l->cells_count = 0;
    while (l->cells_count < CELLS_LIMIT && next_cell(page, &at, line, &cell)) {
        struct str field = field_of(page, &cell);
        named |= str_equal(field, STR("name"));
        l->cells[l->cells_count++] = field;
    }
    if (l->cells_count < CELLS_LEAST || !named)
        l->cells_count = 0;
    return l->cells_count > 0;
}

static size_t bars_in(const struct page *page, size_t first, size_t end)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        count += is_bar(page, i);
    return count;
}

bool table_line(const struct page *page, size_t line, struct table_head *head, struct stretch *name)
{
    size_t end = line_end(page, line), bars = bars_in(page, line, end), at = line;
    struct stretch cell;
    *name = (struct stretch){0};
    if (bars + 1 < CELLS_LEAST || bars >= CELLS_LIMIT) {
        head->bars = 0;
        return false;
    }
    for (size_t i = 0; next_cell(page, &at, end, &cell); i++) {
        if (head->bars == bars && i == head->name)
            *name = cell;
        if (str_equal(field_of(page, &cell), STR("name"))) {
            *head = (struct table_head){bars, i};
            *name = (struct stretch){0};
            return true;
        }
    }
    return head->bars == bars;
}

/* "1401", "2023-01" alone in a cell that dates something: the calendar by the year's size, as
 * nobody writes of the one in years of the other there */
static struct str year_alone(const struct page *page, struct stretch cell)
{
    struct str words = page_words(page, cell.first, cell.end);
    char first[DAYS], last[DAYS];
    int64_t year = 0, from, to;
    const struct token *t = &page->tokens.at[cell.first];
    if (words.len == MONTH_BYTES && words.at[0] > '1' && edtf_range(words, &from, &to, NULL) == OK)
        return words;
    if (cell.end != cell.first + 1 || t->shape != SHAPE_NUMBER || t->word.len != YEAR_DIGITS ||
        !str_to_int(t->word, &year))
        return STR_NONE;
    if (year >= GREGORIAN_YEARS)
        return t->word;
    if (!calendar_to_days(CALENDAR_JALALI, (struct day){(int)year, 1, 1}, &from) ||
        !calendar_to_days(CALENDAR_JALALI, (struct day){(int)year + 1, 1, 1}, &to))
        return STR_NONE;
    edtf_write_day(from, first);
    edtf_write_day(to - 1, last);
    return arena_print(page->arena, "%s/%s", first, last);
}

/* nothing, or a dash that stands for it */
static bool is_blank(const struct page *page, const struct stretch *cell)
{
    for (size_t i = cell->first; i < cell->end; i++)
        if (page->tokens.at[i].shape != SHAPE_MARK)
            return false;
    return true;
}

bool cells_read(struct lister *l, struct dossier *d, size_t line)
{
    struct page *page = l->page;
    struct stretch cell;
    size_t at = line_begin(page, line), end = line_end(page, line);
    if (!l->cells_count || bars_in(page, at, end) + 1 != l->cells_count)
        return false;
    for (size_t i = 0; i < l->cells_count && next_cell(page, &at, end, &cell); i++) {
        if (!l->cells[i].len || is_blank(page, &cell))
            continue;
        struct str year = field_is_dated(l->cells[i]) ? year_alone(page, cell) : STR_NONE;
        if (year.len)
            field_date(l, d, l->cells[i], year, cell);
        else
            field_take(l, d, l->cells[i], (struct stretch){cell.first, cell.first}, cell);
    }
    return true;
}
