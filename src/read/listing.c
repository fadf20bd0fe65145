#include "read/listing.h"
#include "read/listing_int.h"
#include "read/name_int.h"

enum {
    ENTRIES_LEAST = 3,
    CELL_LIMIT = 8,
    NAME_WORDS = 5,
    NUMBER_DIGITS = 5,
    CELL_GAP = 2,
    FORMS = 3
};

struct finder {
    struct page *page;
    size_t room;
    size_t passage;  /* that holds the line, or the next */
    int64_t number;  /* of the entry before */
    int64_t counted; /* at the beginning of this line, or 0 */
    size_t entries[FORMS], people[FORMS];
    struct table_head head;
    bool has_bars; /* somewhere in the text */
};

static bool begins_line(const struct page *page, size_t i)
{
    return i == 0 || page->tokens.at[i].lines > 0;
}

static bool is_among(const struct token *t, const char *const marks[], size_t count)
{
    for (size_t i = 0; i < count && t->shape == SHAPE_MARK; i++)
        if (str_equal(t->word, str_of(marks[i])))
            return true;
    return false;
}

static bool is_comma(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "comma");
}

static bool is_gap(const struct page *page, size_t i)
{
    size_t from = page->tokens.at[i].at.from, behind = page->tokens.at[i - 1].behind;
    return from >= behind + CELL_GAP || (from > behind && page->text.at[behind] == '\t');
}

static bool ends_cell(const struct page *page, size_t i)
{
    static const char *const marks[] = {"(", "-", "–", "—", ":", ";", "|", "[", ".", "•"};
    const struct token *t = &page->tokens.at[i];
    bool apart = t->spaced || t->word.len > 1 || t->word.at[0] != '-';
    return is_comma(page, i) || t->shape == SHAPE_NUMBER || page_particle(page, i, "semicolon") ||
           (is_among(t, marks, COUNT_OF(marks)) && apart) || is_gap(page, i);
}

static bool begins_passage(const struct finder *f, size_t i)
{
    const struct page *page = f->page;
    for (size_t s = f->passage; s < page->passages_count && page->passages[s].first <= i; s++)
        if (page->passages[s].first == i)
            return true;
    return false;
}

/* a name of which a narrow column broke off the second word */
static bool is_broken_off(const struct finder *f, size_t first, size_t i)
{
    const struct page *page = f->page;
    const struct token *t = &page->tokens.at[i];
    bool letters = name_is_capital(t) || t->shape == SHAPE_ARABIC;
    bool ends = i + 1 == page->tokens.count || t[1].lines > 1 || t[1].shape == SHAPE_NUMBER ||
                is_gap(page, i + 1);
    return i == first + 1 && t->lines == 1 && letters && ends && name_may_be(page, i, i + 1);
}

static size_t cell_end(const struct finder *f, size_t first)
{
    const struct page *page = f->page;
    size_t i = first + 1;
    for (; i < page->tokens.count && i - first <= CELL_LIMIT; i++) {
        bool line = begins_line(page, i) && begins_passage(f, i) && !is_broken_off(f, first, i);
        if (line || (!begins_line(page, i) && ends_cell(page, i)) ||
            (begins_line(page, i) && page->tokens.at[i].lines > 1))
            break;
    }
    return i;
}

/* 12 behind entry 11 */
static bool goes_on(struct finder *f, const struct token *t)
{
    return str_to_int(t->word, &f->counted) && (f->counted == 1 || f->counted == f->number + 1);
}

/* the token behind the number or bullet that begins the line, or 0 */
static size_t marker_end(struct finder *f, size_t i)
{
    static const char *const bullets[] = {"•", "-", "*", "·", "▪", "●", "–", "🔸", "🔹"};
    static const char *const stops[] = {".", ")", "-", "–", "_", ":"};
    const struct page *page = f->page;
    const struct token *t = page->tokens.at;
    f->counted = 0;
    bool cells = i + 2 < page->tokens.count && token_is_mark(&page->tokens, i + 1, '|');
    if (i + 2 >= page->tokens.count)
        return 0;
    if (is_among(&t[i], bullets, COUNT_OF(bullets)) && t[i + 1].spaced)
        return i + 1;
    if (is_among(&t[i], (const char *const[]){"-"}, 1) && t[i + 1].shape == SHAPE_NUMBER)
        return !begins_line(page, i + 2) ? i + 2 : 0;
    if (t[i].shape != SHAPE_NUMBER || t[i].word.len > NUMBER_DIGITS)
        return 0;
    bool on = goes_on(f, &t[i]);
    if (cells)
        return i + 2;
    if (is_among(&t[i + 1], stops, COUNT_OF(stops)) && !begins_line(page, i + 2))
        return i + 2;
    bool letters = name_is_capital(&t[i + 1]) || t[i + 1].shape == SHAPE_ARABIC;
    bool column = !begins_line(page, i + 1) && is_gap(page, i + 1);
    return column || (on && letters && !page->date_of[i]) ? i + 1 : 0;
}

/* NAME, COUNTRY */
static bool ends_with_place(const struct page *page, size_t comma)
{
    const struct tokens *t = &page->tokens;
    size_t end = comma + 1;
    return token_is(t, comma + 1, WORD_PLACE, NULL, &end) &&
           (end == t->count || t->at[end].lines > 0);
}

/* the line goes on behind the name as entries do: an age, a place, a dash, a gap */
static bool leads_on(const struct page *page, size_t end)
{
    static const char *const marks[] = {"(", "–", "—", "|", "-"};
    const struct token *t = &page->tokens.at[end];
    return is_among(t, marks, COUNT_OF(marks)) || is_gap(page, end) ||
           (is_comma(page, end) && end + 1 < page->tokens.count &&
            (t[1].shape == SHAPE_NUMBER || ends_with_place(page, end)));
}

static bool holds_name(const struct page *page, size_t i, size_t end)
{
    const struct tokens *t = &page->tokens;
    bool letters = name_is_capital(&t->at[i]) || t->at[i].shape == SHAPE_ARABIC;
    for (; letters && i < end; i++)
        if (name_is_any_given(t, i) || token_has(t, i, WORD_SURNAME))
            return true;
    return false;
}

static void entry_add(struct finder *f, const struct listing_entry *e)
{
    struct page *page = f->page;
    page->entries = arena_grow(page->arena, page->entries, page->entries_count, &f->room,
                               sizeof *page->entries);
    page->entries[page->entries_count++] = *e;
    f->entries[e->form]++;
    f->people[e->form] += e->end > e->first + 1 && holds_name(page, e->first, e->end);
}

/* the name's cell, whatever name stands in it */
static bool read_row(struct finder *f, size_t line)
{
    struct page *page = f->page;
    struct stretch name;
    if (!f->has_bars || !table_line(page, line, &f->head, &name))
        return false;
    if (name.end == name.first)
        return true;
    page->entries = arena_grow(page->arena, page->entries, page->entries_count, &f->room,
                               sizeof *page->entries);
    page->entries[page->entries_count++] = (struct listing_entry){
        .line = line, .first = name.first, .end = name.end, .form = ENTRY_MARKED, .named = true};
    return true;
}

/* the number in the marker, or 0 */
static int64_t number_of(const struct page *page, size_t i, size_t end)
{
    int64_t number;
    for (; i < end; i++)
        if (page->tokens.at[i].shape == SHAPE_NUMBER &&
            str_to_int(page->tokens.at[i].word, &number))
            return number;
    return 0;
}

static void read_line(struct finder *f, size_t line)
{
    const struct page *page = f->page;
    line += token_is_mark(&page->tokens, line, '|') && line + 1 < page->tokens.count;
    size_t marked = marker_end(f, line);
    struct listing_entry e = {
        .line = line, .first = marked ? marked : line, .number = number_of(page, line, marked)};
    e.end = cell_end(f, e.first);
    if (marked) {
        if (e.end - e.first <= CELL_LIMIT)
            entry_add(f, &e);
        if (f->counted && e.end > e.first + 1 && name_may_be(page, e.first, e.end))
            f->number = f->counted;
        return;
    }
    size_t words = e.end - e.first;
    bool names = words >= 2 && words <= NAME_WORDS && begins_passage(f, line) &&
                 !page->date_of[line] && name_may_be(page, e.first, e.end);
    bool alone = e.end == page->tokens.count || begins_line(page, e.end);
    e.form = alone ? ENTRY_HEADING : ENTRY_LED;
    if (names && (alone || leads_on(page, e.end)))
        entry_add(f, &e);
}

/* most entries of the form begin with a name; what is marked leaves the lines between as its cells
 */
static bool is_of_people(const struct finder *f, enum entry_form form)
{
    if (form != ENTRY_MARKED && is_of_people(f, ENTRY_MARKED))
        return false;
    return f->entries[form] >= ENTRIES_LEAST && 2 * f->people[form] >= f->entries[form];
}

void listing_find(struct page *page)
{
    struct finder f = {.page = page,
                       .has_bars = memchr(page->text.at, '|', page->text.len) != NULL};
    size_t kept = 0;
    for (size_t i = 0; i < page->tokens.count; i++) {
        if (!begins_line(page, i))
            continue;
        while (f.passage < page->passages_count && page->passages[f.passage].end <= i)
            f.passage++;
        if (!read_row(&f, i))
            read_line(&f, i);
    }
    for (size_t i = 0; i < page->entries_count; i++) {
        if (page->entries[i].named || is_of_people(&f, page->entries[i].form))
            page->entries[kept++] = page->entries[i];
    }
    page->entries_count = kept;
}
