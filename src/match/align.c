#include "match/align.h"

#include "base/buf.h"
#include "base/table.h"
#include "text/utf8.h"

enum {
    SEGMENT = 6,
    ROWS_LIMIT = 1024,
    FIRST_LETTERS = 128,
    NO_LETTER = 0,
    OTHER_LETTER = -30,     /* Latin for Latin */
    LETTER_ALONE = -25,     /* a Latin letter more or less */
    OTHER_SCRIPT = -60,     /* a Latin letter that does not stand for the Arabic one */
    SCRIPT_ALONE = -50,     /* a letter of either script that nothing stands for */
    SCRIPT_HOPELESS = -100, /* no name in two scripts passes through less */
    IMPOSSIBLE = -1000000,
};

/* Where in the left word a row may be used. */
enum place { ANYWHERE, AT_START, INSIDE };

struct pair_row {
    uint16_t left[SEGMENT], right[SEGMENT];
    uint8_t left_count, right_count;
    uint8_t place;
    int16_t tenths;
};

/* Rows of one first letter on either side stand together; under NO_LETTER those with none. */
struct pair_table {
    struct pair_row rows[ROWS_LIMIT];
    size_t count;
    uint16_t begin[FIRST_LETTERS * FIRST_LETTERS + 1];
    int other, alone;
};

static struct pair_table sounds = {.other = OTHER_LETTER, .alone = LETTER_ALONE};
static struct pair_table scripts = {.other = OTHER_SCRIPT, .alone = SCRIPT_ALONE};

/* the Arabic block beside ASCII, in one small range */
static size_t first_of(const uint16_t *letters, size_t count)
{
    uint16_t c = count ? letters[0] : NO_LETTER;
    return c < FIRST_LETTERS ? c : c >= 0x600 && c < 0x700 ? 1 + (c & 0x7Fu) % 96 : 127;
}

static size_t row_first(const struct pair_row *r)
{
    return first_of(r->left, r->left_count) * FIRST_LETTERS + first_of(r->right, r->right_count);
}

static int row_order(const void *left, const void *right)
{
    const struct pair_row *a = left, *b = right;
    size_t x = row_first(a), y = row_first(b);
    if (x != y)
        return x < y ? -1 : 1;
    if (a->right_count + a->left_count != b->right_count + b->left_count)
        return a->right_count + a->left_count < b->right_count + b->left_count ? -1 : 1;
    int side = memcmp(a->left, b->left, sizeof a->left);
    return side ? side : memcmp(a->right, b->right, sizeof a->right);
}

static bool segment_read(struct str text, uint16_t out[SEGMENT], uint8_t *count)
{
    struct spelling s;
    *count = 0;
    if (str_equal(text, STR("-")))
        return true;
    spelling_of(text, SPELLING_CODE, &s);
    if (!s.count || s.count > SEGMENT)
        return false;
    memcpy(out, s.letters, s.count * sizeof *out);
    *count = s.count;
    return true;
}

static bool place_read(struct str name, uint8_t *out)
{
    *out = str_equal(name, STR("start"))    ? AT_START
           : str_equal(name, STR("inside")) ? INSIDE
                                            : ANYWHERE;
    return *out != ANYWHERE || !name.len || str_equal(name, STR("any"));
}

static void row_turned(struct pair_table *table, const struct pair_row *r)
{
    struct pair_row *other = &table->rows[table->count++];
    *other = (struct pair_row){.left_count = r->right_count,
                               .right_count = r->left_count,
                               .place = r->place,
                               .tenths = r->tenths};
    memcpy(other->left, r->right, sizeof r->right);
    memcpy(other->right, r->left, sizeof r->left);
}

static void table_index(struct pair_table *table)
{
    qsort(table->rows, table->count, sizeof table->rows[0], row_order);
    size_t next = 0;
    for (size_t c = 0; c <= FIRST_LETTERS * FIRST_LETTERS; c++) {
        table->begin[c] = (uint16_t)next;
        while (next < table->count && row_first(&table->rows[next]) == c)
            next++;
    }
}

/* `sign` -1: the file has prices, which are taken either way round */
static enum outcome table_read(struct pair_table *table, const char *path, const char *columns,
                               int sign, struct fault *why)
{
    struct table t;
    struct row row;
    bool more;
    enum outcome outcome = table_open(&t, path, columns, why);
    while (!outcome && !(outcome = table_next(&t, &row, &more, why)) && more) {
        int64_t tenths;
        struct pair_row r = {0};
        if (!segment_read(row.cells[0], r.left, &r.left_count) ||
            !segment_read(row.cells[1], r.right, &r.right_count) ||
            !place_read(row.cells[3], &r.place) || !str_to_int(row.cells[2], &tenths) ||
            tenths < -1000 || tenths > 1000 || r.left_count + r.right_count == 0 ||
            table->count + 2 > ROWS_LIMIT)
            return table_refuse(&t, why, "a row that cannot be used:", row.cells[0]);
        r.tenths = (int16_t)(sign * tenths);
        table->rows[table->count++] = r;
        if (sign < 0)
            row_turned(table, &r);
    }
    if (!outcome)
        table_index(table);
    return outcome;
}

enum outcome align_start(struct fault *why)
{
    static bool started;
    if (started)
        return OK;
    enum outcome outcome = table_read(&sounds, "names/sounds.tsv", "left right tenths", -1, why);
    if (!outcome)
        outcome = table_read(&scripts, "names/letters.tsv", "persian latin tenths place", 1, why);
    started = !outcome;
    return outcome;
}

/* ---- the best way through ---- */

struct cell {
    int tenths;
    struct align_step step; /* that led here */
};

struct grid {
    struct letters left, right;
    struct cell cells[(SPELLING_LETTERS + 1) * (SPELLING_LETTERS + 1)];
};

static struct cell *cell_at(struct grid *g, size_t i, size_t j)
{
    return &g->cells[i * (g->right.count + 1) + j];
}

static void step_try(struct grid *g, size_t i, size_t j, size_t left, size_t right, int tenths)
{
    if (i + left > g->left.count || j + right > g->right.count)
        return;
    int sum = cell_at(g, i, j)->tenths + tenths;
    struct cell *to = cell_at(g, i + left, j + right);
    if (sum > to->tenths)
        *to = (struct cell){sum, {(uint8_t)left, (uint8_t)right, (int16_t)tenths}};
}

static bool segment_fits(struct letters s, size_t at, const uint16_t *segment, size_t count)
{
    if (at + count > s.count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (s.at[at + i] != segment[i])
            return false;
    return true;
}

static void rows_try(struct grid *g, const struct pair_table *table, size_t first, size_t i,
                     size_t j)
{
    for (size_t k = table->begin[first]; k < table->begin[first + 1]; k++) {
        const struct pair_row *r = &table->rows[k];
        if (r->place != ANYWHERE && (r->place == AT_START) != (i == 0))
            continue;
        if (segment_fits(g->left, i, r->left, r->left_count) &&
            segment_fits(g->right, j, r->right, r->right_count))
            step_try(g, i, j, r->left_count, r->right_count, r->tenths);
    }
}

static void cell_leave(struct grid *g, const struct pair_table *table, size_t i, size_t j)
{
    bool left = i < g->left.count, right = j < g->right.count;
    size_t row = left ? first_of(g->left.at + i, 1) * FIRST_LETTERS : 0;
    size_t column = right ? first_of(g->right.at + j, 1) : 0;
    if (left && right) {
        step_try(g, i, j, 1, 1, g->left.at[i] == g->right.at[j] ? 0 : table->other);
        rows_try(g, table, row + column, i, j);
    }
    if (left) {
        step_try(g, i, j, 1, 0, table->alone);
        rows_try(g, table, row, i, j);
    }
    if (right) {
        step_try(g, i, j, 0, 1, table->alone);
        rows_try(g, table, column, i, j);
    }
}

static void grid_trace(struct grid *g, struct alignment *out)
{
    size_t i = g->left.count, j = g->right.count, count = 0;
    while (i || j) {
        struct align_step step = cell_at(g, i, j)->step;
        out->steps[count++] = step;
        i -= step.left;
        j -= step.right;
    }
    for (size_t k = 0; k < count / 2; k++) {
        struct align_step kept = out->steps[k];
        out->steps[k] = out->steps[count - 1 - k];
        out->steps[count - 1 - k] = kept;
    }
    out->count = count;
}

static int align(const struct pair_table *table, struct letters left, struct letters right,
                 int least, struct alignment *or_null)
{
    struct grid g;
    g.left = left;
    g.right = right;
    for (size_t i = 0; i < (left.count + 1) * (right.count + 1); i++)
        g.cells[i].tenths = IMPOSSIBLE;
    cell_at(&g, 0, 0)->tenths = 0;
    for (size_t i = 0; i <= left.count; i++)
        for (size_t j = 0; j <= right.count; j++)
            if (cell_at(&g, i, j)->tenths >= least)
                cell_leave(&g, table, i, j);
    int tenths = cell_at(&g, left.count, right.count)->tenths;
    if (or_null && tenths > IMPOSSIBLE) {
        or_null->tenths = tenths;
        grid_trace(&g, or_null);
    }
    return tenths;
}

int align_sounds(struct letters left, struct letters right, struct alignment *or_null)
{
    return align(&sounds, left, right, IMPOSSIBLE + 1, or_null);
}

bool sounds_within(struct letters left, struct letters right, int price)
{
    return align(&sounds, left, right, -price, NULL) >= -price;
}

int align_scripts(struct letters arabic, struct letters latin, struct alignment *or_null)
{
    return align(&scripts, arabic, latin, IMPOSSIBLE + 1, or_null);
}

bool scripts_within(struct letters arabic, struct letters latin, int least, struct alignment *out)
{
    return align(&scripts, arabic, latin, SCRIPT_HOPELESS, out) >= least;
}

static void add_letters(struct buf *out, const uint16_t *letters, size_t count)
{
    char bytes[4];
    if (!count)
        buf_add_text(out, "-");
    for (size_t i = 0; i < count; i++)
        buf_add(out, (struct str){bytes, utf8_write(letters[i], bytes)});
}

struct str alignment_text(struct arena *arena, struct letters left, struct letters right,
                          const struct alignment *a)
{
    struct buf out;
    size_t i = 0, j = 0;
    buf_init(&out, 64 * ALIGN_STEPS);
    for (size_t k = 0; k < a->count; k++) {
        struct align_step s = a->steps[k];
        if (s.tenths) {
            if (out.len)
                buf_add_text(&out, ", ");
            add_letters(&out, left.at + i, s.left);
            buf_add_text(&out, " ");
            add_letters(&out, right.at + j, s.right);
            buf_print(&out, " %.1f", s.tenths / 10.0);
        }
        i += s.left;
        j += s.right;
    }
    struct str text = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return text;
}
