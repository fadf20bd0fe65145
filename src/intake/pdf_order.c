#include "intake/pdf_order_int.h"

#include <unicode/ubidi.h>
#include <unicode/uchar.h>

#include "base/mem.h"
#include "text/utf8.h"

enum { LEFT_TO_RIGHT = 0x202A, RIGHT_TO_LEFT = 0x202B, POP = 0x202C };
enum { DEEPEST = 2 };

/* what stands for the letters of either direction (an Arabic letter, not a Hebrew one: the numbers
 * behind it behave differently) */
enum { LETTER = 'a', LETTER_LEFTWARD = 0x0627 };

struct glyph {
    uint32_t c;
    bool turned; /* read from right to left */
};

struct page {
    struct glyph *read; /* in the order of reading */
    size_t len;
    uint32_t *seen; /* the line at hand, from left to right */
    UChar *class;   /* for each of them, a character that behaves as it does */
    UBiDi *bidi;
};

struct line {
    size_t len;
    bool wrapped; /* the page reads from right to left */
    bool hyphen;  /* pdftotext dropped a hyphen at the right end and the line's end */
};

static bool has_marks(struct str page)
{
    for (size_t at = 0; at + 2 < page.len; at++) {
        const uint8_t *b = (const uint8_t *)page.at + at;
        if (b[0] == 0xE2 && b[1] == 0x80 && b[2] >= 0xAA && b[2] <= 0xAC)
            return true;
    }
    return false;
}

static void reverse(uint32_t *from, uint32_t *end)
{
    for (; from + 1 < end; from++) {
        uint32_t c = *--end;
        *end = *from;
        *from = c;
    }
}

/* Takes one line off `rest`, its glyphs from left to right in page->seen. */
static struct line line_take(struct page *page, struct str *rest)
{
    struct line line = {0};
    size_t begin[DEEPEST], size;
    int depth = 0;
    uint32_t before = 0;
    for (; rest->len; *rest = str_slice(*rest, size, rest->len)) {
        uint32_t c = utf8_at(*rest, 0, &size);
        bool opens = c == LEFT_TO_RIGHT || c == RIGHT_TO_LEFT;
        line.hyphen = c == RIGHT_TO_LEFT && before == POP && !depth;
        if (c == '\n' || line.hyphen)
            break;
        if (!before)
            line.wrapped = c == RIGHT_TO_LEFT;
        else if (!depth && c != POP)
            line.wrapped = false;
        if (opens && depth < DEEPEST)
            begin[depth++] = line.len;
        else if (c == POP && depth)
            reverse(page->seen + begin[--depth], page->seen + line.len);
        else if (!opens && c != POP)
            page->seen[line.len++] = c;
        before = c;
    }
    while (depth)
        reverse(page->seen + begin[--depth], page->seen + line.len);
    return line;
}

static bool is_rightward(UCharDirection d)
{
    return d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC;
}

static bool reads_leftward(const struct page *page, struct line line)
{
    size_t latin = 0, other = 0;
    bool first_latin = false, last_latin = false;
    for (size_t i = 0; i < line.len; i++) {
        UCharDirection d = u_charDirection((UChar32)page->seen[i]);
        if (d != U_LEFT_TO_RIGHT && !is_rightward(d))
            continue;
        last_latin = d == U_LEFT_TO_RIGHT;
        if (!latin && !other)
            first_latin = last_latin;
        latin += last_latin;
        other += !last_latin;
    }
    if (line.wrapped)
        return latin <= other || !first_latin || !last_latin;
    return other > latin && !(first_latin && last_latin);
}

static UChar class_of(uint32_t c)
{
    UCharDirection d = u_charDirection((UChar32)c);
    switch (d) {
    case U_LEFT_TO_RIGHT:
        return LETTER;
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC:
        return LETTER_LEFTWARD;
    case U_EUROPEAN_NUMBER:
        return '0';
    case U_ARABIC_NUMBER:
        return 0x0660;
    case U_BLOCK_SEPARATOR:
    case U_LEFT_TO_RIGHT_ISOLATE:
    case U_RIGHT_TO_LEFT_ISOLATE:
    case U_FIRST_STRONG_ISOLATE:
    case U_POP_DIRECTIONAL_ISOLATE:
    case U_LEFT_TO_RIGHT_OVERRIDE:
    case U_RIGHT_TO_LEFT_OVERRIDE:
        return ' ';
    default:
        return c > 0xFFFF ? 0x2020 : (UChar)c;
    }
}

static bool is_connector(uint32_t c)
{
    return c < 0x80 && u_ispunct((UChar32)c) && !u_isMirrored((UChar32)c);
}

/* The inverse algorithm takes a number beside a Latin word for one that stands by itself. */
static void bind_numbers(struct page *page, size_t len)
{
    enum { APART, BEHIND_WORD, BEHIND_SPACE, IN_NUMBER } state = APART;
    for (size_t i = 0; i < len; i++) {
        uint32_t c = page->seen[i];
        UCharDirection d = u_charDirection((UChar32)c);
        if (d == U_LEFT_TO_RIGHT) {
            state = BEHIND_WORD;
        } else if (state != APART && d == U_EUROPEAN_NUMBER) {
            page->class[i] = LETTER;
            state = IN_NUMBER;
        } else if (c == ' ') {
            state = state == BEHIND_WORD ? BEHIND_SPACE : APART;
        } else if (state == BEHIND_SPACE) {
            state = c == '(' || c == '[' ? BEHIND_WORD : APART;
        } else if (!is_connector(c)) {
            state = APART;
        }
    }
}

static void page_add(struct page *page, uint32_t c, bool turned)
{
    page->read[page->len++] = (struct glyph){c, turned};
}

static bool is_mark(uint32_t c)
{
    return u_charType((UChar32)c) == U_NON_SPACING_MARK;
}

static void add_turned(struct page *page, size_t from, size_t end)
{
    while (end > from) {
        size_t base = end - 1;
        while (base > from && is_mark(page->seen[base]))
            base--;
        if (!u_isalpha((UChar32)page->seen[base]))
            base = end - 1;
        for (size_t i = base; i < end; i++)
            page_add(page, page->seen[i], true);
        end = base;
    }
}

static void add_leftward(struct page *page, size_t from, size_t end)
{
    UErrorCode status = U_ZERO_ERROR;
    ubidi_setPara(page->bidi, page->class + from, (int32_t)(end - from), 1, NULL, &status);
    int32_t runs = ubidi_countRuns(page->bidi, &status);
    if (U_FAILURE(status))
        bug("no memory for the order of a line");
    for (int32_t i = 0; i < runs; i++) {
        int32_t start, len;
        bool turned = ubidi_getVisualRun(page->bidi, i, &start, &len) == UBIDI_RTL;
        size_t at = from + (size_t)start, behind = at + (size_t)len;
        if (turned)
            add_turned(page, at, behind);
        for (; !turned && at < behind; at++)
            page_add(page, page->seen[at], false);
    }
}

/* Where the number begins that ends before `end`, or `end`. */
static size_t number_before(const struct page *page, size_t from, size_t end)
{
    size_t at = end;
    while (at > from && u_isdigit((UChar32)page->seen[at - 1]))
        at--;
    return at;
}

/* Of two numbers to the left of a phrase ("۲۲ ۱۴۰۱ شهریور") the second one is read behind it. */
static size_t phrase_begin(const struct page *page, size_t from, size_t first)
{
    if (first < from + 2 || page->seen[first - 1] != ' ')
        return first;
    size_t near = number_before(page, from, first - 1);
    if (near == first - 1 || near < from + 2 || page->seen[near - 1] != ' ')
        return first;
    return number_before(page, from, near - 1) < near - 1 ? near : first;
}

/* A line read from left to right, with phrases that are read the other way. */
static void add_rightward(struct page *page, size_t len)
{
    size_t at = 0, first, end;
    while (at < len) {
        for (first = at; first < len && page->class[first] != LETTER_LEFTWARD; first++)
            continue;
        end = first;
        for (size_t i = first; i < len && page->class[i] != LETTER; i++)
            if (page->class[i] == LETTER_LEFTWARD || (i == end && is_mark(page->seen[i])))
                end = i + 1;
        size_t begin = first < len ? phrase_begin(page, at, first) : len;
        for (; at < begin; at++)
            page_add(page, page->seen[at], false);
        if (begin < end)
            add_leftward(page, begin, end);
        at = end;
    }
}

static void add_line(struct page *page, struct line line)
{
    bool leftward = reads_leftward(page, line);
    if (line.hyphen && leftward)
        page->seen[line.len++] = '-';
    for (size_t i = 0; i < line.len; i++)
        page->class[i] = class_of(page->seen[i]);
    if (!leftward) {
        add_rightward(page, line.len);
        return;
    }
    bind_numbers(page, line.len);
    add_leftward(page, 0, line.len);
    if (line.hyphen)
        page_add(page, '\n', false);
}

static bool opens_bracket(uint32_t c)
{
    int8_t type = u_charType((UChar32)c);
    return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION;
}

static void face_brackets(struct page *page)
{
    size_t right = 0, wrong = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < page->len; i++) {
        uint32_t c = page->read[i].c;
        if (!page->read[i].turned || !u_isMirrored((UChar32)c))
            continue;
        bool pair = before && (uint32_t)u_charMirror((UChar32)c) == before;
        right += pair && opens_bracket(before);
        wrong += pair && opens_bracket(c);
        before = c;
    }
    for (size_t i = 0; i < page->len && wrong > right; i++)
        if (page->read[i].turned)
            page->read[i].c = (uint32_t)u_charMirror((UChar32)page->read[i].c);
}

static struct str page_write(struct arena *a, const struct page *page)
{
    char *out = arena_alloc(a, page->len * 4 + 1);
    size_t len = 0;
    for (size_t i = 0; i < page->len; i++)
        len += utf8_write(page->read[i].c, out + len);
    return (struct str){out, len};
}

struct str pdf_page_order(struct arena *a, struct str written)
{
    if (!has_marks(written))
        return written;
    struct arena drafts;
    arena_init(&drafts);
    struct page page = {
        .read = arena_alloc(&drafts, (written.len + 1) * sizeof *page.read),
        .seen = arena_alloc(&drafts, (written.len + 1) * sizeof *page.seen),
        .class = arena_alloc(&drafts, (written.len + 1) * sizeof *page.class),
        .bidi = ubidi_open(),
    };
    if (!page.bidi)
        bug("no memory for the order of a page");
    ubidi_setReorderingMode(page.bidi, UBIDI_REORDER_INVERSE_LIKE_DIRECT);
    while (written.len) {
        struct line line = line_take(&page, &written);
        add_line(&page, line);
        if (str_starts(written, STR("\n"))) {
            page_add(&page, '\n', false);
            written = str_slice(written, 1, written.len);
        }
    }
    ubidi_close(page.bidi);
    face_brackets(&page);
    struct str ordered = page_write(a, &page);
    arena_release(&drafts);
    return ordered;
}
