#include "intake/pdf_turn_int.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/mem.h"

enum { LONGEST = 256 }; /* UTF-16 units of one string */
enum { DICTIONARY_WINDOW = 2048, CHUNK = 65536 };
enum { STREAM_LIMIT = 64 << 20, DOCUMENT_LIMIT = 256 << 20 };

enum work { LOOK, TURN };

struct table {
    enum work work;
    bool turned_already;
    size_t turned;
};

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* How many UTF-16 units the digits are; 0 when they are none, or too many. */
static size_t units_parse(const char *hex, size_t len, UChar units[static LONGEST])
{
    if (len % 4 || len / 4 > LONGEST)
        return 0;
    for (size_t i = 0; i < len; i++) {
        int digit = digit_of(hex[i]);
        if (digit < 0)
            return 0;
        units[i / 4] = (UChar)((i % 4 ? units[i / 4] << 4 : 0) | digit);
    }
    return len / 4;
}

static UChar32 point_at(const UChar *units, size_t count, size_t at, size_t *size)
{
    bool pair = at + 1 < count && U16_IS_LEAD(units[at]) && U16_IS_TRAIL(units[at + 1]);
    *size = pair ? 2 : 1;
    return pair ? U16_GET_SUPPLEMENTARY(units[at], units[at + 1]) : units[at];
}

static bool reads_leftward(const UChar *units, size_t count)
{
    size_t letters = 0;
    for (size_t at = 0; at < count;) {
        size_t size;
        UChar32 c = point_at(units, count, at, &size);
        at += size;
        switch (u_charDirection(c)) {
        case U_RIGHT_TO_LEFT:
        case U_RIGHT_TO_LEFT_ARABIC:
            letters++;
            break;
        case U_LEFT_TO_RIGHT:
        case U_EUROPEAN_NUMBER:
        case U_ARABIC_NUMBER:
            return false;
        default:
            break;
        }
    }
    return letters > 1;
}

static bool is_alef_lam(const UChar *units, size_t count)
{
    return count == 2 && u_getIntPropertyValue(units[0], UCHAR_JOINING_GROUP) == U_JG_ALEF &&
           u_getIntPropertyValue(units[1], UCHAR_JOINING_GROUP) == U_JG_LAM;
}

/* Where the letter begins whose marks end before `end`. */
static size_t letter_before(const UChar *units, size_t end)
{
    size_t at = end, size;
    do
        at -= at > 1 && U16_IS_TRAIL(units[at - 1]) && U16_IS_LEAD(units[at - 2]) ? 2 : 1;
    while (at && u_charType(point_at(units, end, at, &size)) == U_NON_SPACING_MARK);
    return at;
}

static bool string_turn(char *hex, size_t len)
{
    UChar units[LONGEST];
    char turned[LONGEST * 4];
    size_t count = units_parse(hex, len, units), put = 0;
    if (!reads_leftward(units, count))
        return false;
    for (size_t end = count, begin; end; end = begin) {
        begin = letter_before(units, end);
        memcpy(turned + put, hex + begin * 4, (end - begin) * 4);
        put += (end - begin) * 4;
    }
    memcpy(hex, turned, len);
    return true;
}

static void table_visit(struct table *table, char *hex, size_t len)
{
    UChar units[LONGEST];
    if (table->work == TURN)
        table->turned += string_turn(hex, len);
    else if (is_alef_lam(units, units_parse(hex, len, units)))
        table->turned_already = true;
}

static size_t find_byte(const char *at, size_t len, size_t from, char c)
{
    const char *found = memchr(at + from, c, len - from);
    return found ? (size_t)(found - at) : len;
}

/* bfchar: <code> <letters>; bfrange: <first> <last> <letters> or <first> <last> [<letters> ...].
 * The letters of a range of several codes are counted up at their end, and stay. */
static void walk_section(struct table *table, char *at, size_t len, bool range)
{
    struct str codes[2] = {STR_NONE, STR_NONE};
    size_t place = 0, letters_at = range ? 2 : 1;
    bool list = false;
    for (size_t i = 0; i < len && at[i] != 'e'; i++) {
        if (at[i] == '[') {
            list = place == letters_at;
        } else if (at[i] == ']') {
            list = false;
            place = 0;
        }
        if (at[i] != '<')
            continue;
        size_t begin = i + 1;
        i = find_byte(at, len, begin, '>');
        if (place < letters_at) {
            codes[place++] = (struct str){at + begin, i - begin};
            continue;
        }
        if (list || !range || str_equal(codes[0], codes[1]))
            table_visit(table, at + begin, i - begin);
        if (!list)
            place = 0;
    }
}

static void walk_table(struct table *table, char *at, size_t len)
{
    static const char begin_char[] = "beginbfchar", begin_range[] = "beginbfrange";
    struct str text = {at, len};
    for (size_t from = 0; (from = str_find(text, STR("beginbf"), from)) != SIZE_MAX;) {
        struct str rest = str_slice(text, from, len);
        bool range = str_starts(rest, str_of(begin_range));
        from += range ? sizeof begin_range - 1 : sizeof begin_char - 1;
        if (from > len)
            return;
        walk_section(table, at + from, len - from, range);
    }
}

static size_t turn_table(char *at, size_t len)
{
    struct table table = {.work = LOOK};
    walk_table(&table, at, len);
    if (table.turned_already)
        return 0;
    table.work = TURN;
    walk_table(&table, at, len);
    return table.turned;
}

static size_t turn_actual(char *at, size_t len)
{
    const struct str key = STR("/ActualText");
    size_t turned = 0;
    for (size_t i = 0; (i = str_find((struct str){at, len}, key, i)) != SIZE_MAX;) {
        for (i += key.len; i < len && (at[i] == ' ' || at[i] == '\n' || at[i] == '\r'); i++)
            continue;
        if (i + 5 > len || at[i] != '<' || strncasecmp(at + i + 1, "feff", 4))
            continue;
        size_t begin = i + 5;
        i = find_byte(at, len, begin, '>');
        turned += string_turn(at + begin, i - begin);
    }
    return turned;
}

static size_t turn_text(char *at, size_t len)
{
    return turn_table(at, len) + turn_actual(at, len);
}

static bool is_packed(const char *at, size_t len)
{
    const uint8_t *b = (const uint8_t *)at;
    return len > 2 && (b[0] & 0x0F) == Z_DEFLATED && (b[0] * 256U + b[1]) % 31 == 0;
}

/* The packed length, or 0 when it does not unpack to its end within the limit. */
static size_t unpack(const char *at, size_t len, struct buf *out)
{
    char chunk[CHUNK];
    z_stream z = {.next_in = (Bytef *)at, .avail_in = (uInt)len};
    if (inflateInit(&z) != Z_OK)
        bug("zlib cannot begin");
    int result;
    do {
        z.next_out = (Bytef *)chunk;
        z.avail_out = CHUNK;
        result = inflate(&z, Z_NO_FLUSH);
        if (!buf_add(out, (struct str){chunk, CHUNK - z.avail_out}))
            result = Z_BUF_ERROR;
    } while (result == Z_OK);
    size_t packed = z.total_in;
    inflateEnd(&z);
    return result == Z_STREAM_END ? packed : 0;
}

/* Packs it into exactly the room there was; what remains behind the end is not read. */
static bool pack(struct str text, char *at, size_t room)
{
    char *packed = mem_alloc(room);
    z_stream z = {.next_in = (Bytef *)text.at,
                  .avail_in = (uInt)text.len,
                  .next_out = (Bytef *)packed,
                  .avail_out = (uInt)room};
    if (deflateInit2(&z, 9, Z_DEFLATED, 15, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        bug("zlib cannot begin");
    bool fits = deflate(&z, Z_FINISH) == Z_STREAM_END;
    if (fits) {
        memset(packed + z.total_out, '\n', room - z.total_out);
        memcpy(at, packed, room);
    }
    deflateEnd(&z);
    mem_free(packed);
    return fits;
}

/* A table without what stands before its first section says the same to pdftotext, which looks for
 * a section only behind another word. */
static bool pack_shorter(struct buf *table, char *at, size_t room)
{
    struct str text = buf_str(table);
    size_t first = str_find(text, STR("beginbf"), 0);
    if (first == SIZE_MAX || first < 2 || str_find(text, STR("/ActualText"), 0) != SIZE_MAX)
        return false;
    memcpy(table->at + first - 2, "0 ", 2);
    return pack(str_slice(text, first - 2, text.len), at, room);
}

static bool holds_letters(struct str dictionary)
{
    static const char *const others[] = {"/Subtype/Image", "/Subtype /Image", "/Length1", "/ObjStm",
                                         "/XRef"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (str_find(dictionary, str_of(others[i]), 0) != SIZE_MAX)
            return false;
    return true;
}

static struct str dictionary_before(struct str pdf, size_t end)
{
    struct str window = str_slice(pdf, end > DICTIONARY_WINDOW ? end - DICTIONARY_WINDOW : 0, end);
    for (size_t at; (at = str_find(window, STR(" obj"), 0)) != SIZE_MAX;)
        window = str_slice(window, at + 4, window.len);
    return window;
}

/* Adds what it unpacked to *spent; the length of the stream as far as it is known. */
static size_t turn_stream(char *at, size_t len, bool filtered, size_t *spent,
                          struct pdf_turned *turned)
{
    if (!is_packed(at, len)) {
        size_t end = str_find((struct str){at, len}, STR("endstream"), 0);
        if (filtered || end == SIZE_MAX)
            return 0;
        turned->strings += turn_text(at, end);
        return end;
    }
    struct buf text;
    buf_init(&text, STREAM_LIMIT);
    size_t packed = unpack(at, len, &text);
    *spent += text.len;
    size_t found = packed && text.len ? turn_text(text.at, text.len) : 0;
    bool fits = found && (pack(buf_str(&text), at, packed) || pack_shorter(&text, at, packed));
    *(fits ? &turned->strings : &turned->left) += found;
    buf_release(&text);
    return packed;
}

struct pdf_turned pdf_turn(char *bytes, size_t len)
{
    const struct str key = STR("stream");
    struct str pdf = {bytes, len};
    struct pdf_turned turned = {0};
    size_t spent = 0;
    for (size_t at = 0; spent < DOCUMENT_LIMIT;) {
        size_t found = str_find(pdf, key, at);
        if (found == SIZE_MAX)
            break;
        at = found + key.len;
        struct str dictionary = dictionary_before(pdf, found);
        if (at < len && bytes[at] == '\r')
            at++;
        if (at == len || bytes[at] != '\n' || !str_ends(str_trim(dictionary), STR(">>")) ||
            !holds_letters(dictionary))
            continue;
        at++;
        bool filtered = str_find(dictionary, STR("/Filter"), 0) != SIZE_MAX;
        at += turn_stream(bytes + at, len - at, filtered, &spent, &turned);
    }
    return turned;
}
