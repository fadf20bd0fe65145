#include "intake/charset.h"

#include <ctype.h>
#include <strings.h>
#include <unicode/ucnv.h>

#include "base/buf.h"
#include "text/utf8.h"

#define BYTES(literal)                                                                             \
    {                                                                                              \
        ("" literal), sizeof(literal) - 1                                                          \
    }

enum { DECLARED_WINDOW = 4096, ARABIC_LETTERS_NEEDED = 4 };

static unsigned char byte_at(struct str s, size_t at)
{
    return at < s.len ? (unsigned char)s.at[at] : ' ';
}

static unsigned unit_at(struct str s, size_t at, bool big)
{
    unsigned first = byte_at(s, at), second = byte_at(s, at + 1);
    return big ? first << 8 | second : second << 8 | first;
}

static bool is_high_surrogate(unsigned unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low_surrogate(unsigned unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

static bool is_usual_unit(unsigned unit)
{
    return (unit >= 0x20 && unit < 0x250) || (unit >= 0x600 && unit < 0x780) ||
           (unit >= 0x2000 && unit < 0x2100) || (unit >= 0xFB50 && unit < 0xFEFF);
}

static bool looks_utf16(struct str s, bool big)
{
    size_t usual = 0, spaces = 0, units = s.len / 2;
    if (s.len % 2)
        return false;
    for (size_t at = 0; at < s.len; at += 2) {
        unsigned unit = unit_at(s, at, big);
        bool is_space = unit == ' ' || (unit >= '\t' && unit <= '\r');
        if (unit < 0x20 && !is_space)
            return false;
        if (is_high_surrogate(unit)) {
            at += 2;
            if (!is_low_surrogate(unit_at(s, at, big)))
                return false;
        } else if (is_low_surrogate(unit)) {
            return false;
        }
        spaces += is_space;
        usual += is_space || is_usual_unit(unit);
    }
    return spaces > 0 && usual >= units - units / 10;
}

/* What a byte is in Windows-1256. */
enum sort { OTHER, LETTER, COMMON_LETTER, MARK };

static enum sort sort_in_1256(unsigned char c)
{
    static const unsigned char common[] = "\xC7\xC8\xCA\xCF\xD1\xE1\xE3\xE4\xE5\xE6\xEC\xED";
    static const unsigned char letters[] = "\x81\x8A\x8D\x8E\x8F\x90\x98\x9A\x9F\xAA\xFF";
    static const unsigned char marks[] =
        "\x80\x85\x91\x92\x93\x94\x96\x97\x9D\x9E\xA0\xA1\xAB\xAD"
        "\xB7\xBA\xBB\xBF\xDC\xFD\xFE\xF0\xF1\xF2\xF3\xF5\xF6\xF8\xFA";
    if (memchr(common, c, sizeof common - 1))
        return COMMON_LETTER;
    if (memchr(marks, c, sizeof marks - 1))
        return MARK;
    if ((c >= 0xC0 && c <= 0xDF && c != 0xD7) || memchr(letters, c, sizeof letters - 1))
        return LETTER;
    return OTHER;
}

static bool joins_in_1256(unsigned char c)
{
    return c >= 0x80 && sort_in_1256(c) != OTHER;
}

static bool looks_1256(struct str s)
{
    enum { WA = 0xE6 };
    size_t high = 0, good = 0, letters = 0, common = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = byte_at(s, i);
        if (c < 0x80)
            continue;
        high++;
        enum sort sort = sort_in_1256(c);
        unsigned char before = i ? byte_at(s, i - 1) : ' ', after = byte_at(s, i + 1);
        letters += sort == LETTER || sort == COMMON_LETTER;
        common += sort == COMMON_LETTER;
        good += sort == MARK || c == WA ||
                (sort != OTHER && (joins_in_1256(before) || joins_in_1256(after)));
    }
    return letters >= ARABIC_LETTERS_NEEDED && good >= high - high / 10 && common * 2 >= letters;
}

static bool is_good_in_1252(struct str s, size_t at)
{
    static const unsigned char marks[] =
        "\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xA0\xA1\xA7"
        "\xA9\xAA\xAB\xAD\xAE\xB0\xB2\xB3\xB7\xBA\xBB\xBC\xBD\xBE\xBF";
    static const unsigned char rare[] = "\xD0\xD7\xDD\xDE\xF0\xF7\xFD\xFE\xFF";
    static const unsigned char letters_below[] = "\x8A\x8C\x8E\x9A\x9C\x9E\x9F";
    unsigned char c = byte_at(s, at);
    unsigned char before = at ? byte_at(s, at - 1) : ' ', after = byte_at(s, at + 1);
    if (memchr(marks, c, sizeof marks - 1))
        return true;
    if (c == 0x80 || c == 0xA3 || c == 0xA5)
        return isdigit(before) || isdigit(after) || (after == ' ' && isdigit(byte_at(s, at + 2))) ||
               (before == ' ' && at >= 2 && isdigit(byte_at(s, at - 2)));
    if (memchr(rare, c, sizeof rare - 1))
        return false;
    if (c < 0xC0 && !memchr(letters_below, c, sizeof letters_below - 1))
        return false;
    if (c == 0xE0 && before == ' ' && after == ' ')
        return true;
    bool capital = c < 0xDF && c != 0x9A && c != 0x9C && c != 0x9E;
    return capital ? isalpha(after) || isupper(before) : isalpha(after) || isalpha(before);
}

static bool looks_1252(struct str s)
{
    size_t high = 0, good = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (byte_at(s, i) < 0x80)
            continue;
        high++;
        good += is_good_in_1252(s, i);
    }
    return high > 0 && good >= high - high / 10;
}

static bool is_damaged_utf8(struct str s)
{
    size_t valid = 0, invalid = 0, size;
    for (size_t at = 0; at < s.len; at += size) {
        if (byte_at(s, at) < 0x80) {
            size = 1;
            continue;
        }
        utf8_at(s, at, &size);
        valid += size > 1;
        invalid += size == 1;
    }
    return valid > invalid;
}

static bool take_mark(struct str bytes, struct charset *out)
{
    static const struct {
        struct str mark, name;
    } marks[] = {{BYTES("\xEF\xBB\xBF"), BYTES("utf-8")},
                 {BYTES("\xFF\xFE"), BYTES("utf-16le")},
                 {BYTES("\xFE\xFF"), BYTES("utf-16be")}};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_starts(bytes, marks[i].mark)) {
            *out = (struct charset){.name = marks[i].name, .mark = marks[i].mark.len};
            return true;
        }
    return false;
}

static enum outcome found(struct charset *out, struct str name)
{
    *out = (struct charset){.name = name};
    return OK;
}

static bool has_nul(struct str bytes)
{
    return bytes.len && memchr(bytes.at, 0, bytes.len);
}

enum outcome charset_detect(struct str bytes, struct charset *out, struct fault *why)
{
    if (take_mark(bytes, out))
        return OK;
    if (has_nul(bytes)) {
        if (looks_utf16(bytes, false))
            return found(out, STR("utf-16le"));
        if (looks_utf16(bytes, true))
            return found(out, STR("utf-16be"));
        return refuse(why, REFUSED, "holds NUL bytes: binary data, not a document Govah reads");
    }
    size_t invalid = utf8_first_invalid(bytes);
    if (invalid == SIZE_MAX)
        return found(out, STR("utf-8"));
    if (is_damaged_utf8(bytes))
        return refuse_at(why, REFUSED, invalid, "damaged text: invalid UTF-8 at byte %zu", invalid);
    if (looks_1256(bytes))
        return found(out, STR("windows-1256"));
    if (looks_1252(bytes))
        return found(out, STR("windows-1252"));
    return refuse_at(why, REFUSED, invalid,
                     "not text in a known encoding: invalid UTF-8 at byte %zu", invalid);
}

static bool has_high(struct str bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        if (byte_at(bytes, i) >= 0x80)
            return true;
    return false;
}

static struct str attribute_value(struct str s)
{
    s = str_trim(s);
    while (s.len && (s.at[0] == '"' || s.at[0] == '\'' || s.at[0] == '='))
        s = str_trim(str_slice(s, 1, s.len));
    size_t end = 0;
    while (end < s.len && (isalnum((unsigned char)s.at[end]) || strchr("-_.:", s.at[end])))
        end++;
    return str_slice(s, 0, end);
}

static struct str lowered(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = (char)tolower((unsigned char)s.at[i]);
    return (struct str){copy, s.len};
}

/* The name a meta element gives, in small letters, or the empty slice. */
static struct str declared_name(struct arena *a, struct str bytes)
{
    struct str head = lowered(a, str_slice(bytes, 0, DECLARED_WINDOW));
    size_t at = 0;
    while ((at = str_find(head, STR("<meta"), at)) != SIZE_MAX) {
        size_t end = str_find(head, STR(">"), at);
        struct str element = str_slice(head, at, end);
        size_t key = str_find(element, STR("charset"), 0);
        if (key != SIZE_MAX)
            return attribute_value(str_slice(element, key + strlen("charset"), element.len));
        at += strlen("<meta");
    }
    return STR_NONE;
}

/* Labels that the web uses for another encoding than they name (WHATWG Encoding Standard). */
static struct str charset_of_label(struct arena *a, struct str label)
{
    static const struct {
        struct str label, name;
    } known[] = {{BYTES("utf8"), BYTES("utf-8")},
                 {BYTES("utf-16"), BYTES("utf-8")},
                 {BYTES("utf-16le"), BYTES("utf-8")},
                 {BYTES("utf-16be"), BYTES("utf-8")},
                 {BYTES("iso-8859-1"), BYTES("windows-1252")},
                 {BYTES("latin1"), BYTES("windows-1252")},
                 {BYTES("us-ascii"), BYTES("windows-1252")},
                 {BYTES("ascii"), BYTES("windows-1252")},
                 {BYTES("cp1252"), BYTES("windows-1252")},
                 {BYTES("cp1256"), BYTES("windows-1256")}};
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_equal(known[i].label, label))
            return known[i].name;
    return arena_copy(a, label);
}

static bool is_known_to_icu(struct str name)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name.at, &error);
    bool carries_ascii = U_SUCCESS(error) && ucnv_getMinCharSize(converter) == 1;
    ucnv_close(converter);
    return carries_ascii;
}

enum outcome charset_detect_html(struct arena *a, struct str bytes, struct charset *out,
                                 struct fault *why)
{
    if (take_mark(bytes, out) || has_nul(bytes)) {
        enum outcome result = charset_detect(bytes, out, why);
        out->damaged = result == OK && str_equal(out->name, STR("utf-8")) &&
                       utf8_first_invalid(bytes) != SIZE_MAX;
        return result;
    }
    bool is_utf8 = utf8_first_invalid(bytes) == SIZE_MAX;
    if (is_utf8 && has_high(bytes))
        return found(out, STR("utf-8"));
    struct str label = declared_name(a, bytes);
    if (label.len && !str_starts(label, STR("utf-7"))) {
        struct str name = charset_of_label(a, label);
        if (is_known_to_icu(name)) {
            *out = (struct charset){.name = name,
                                    .damaged = str_equal(name, STR("utf-8")) && !is_utf8};
            return OK;
        }
    }
    if (charset_detect(bytes, out, NULL) == OK)
        return OK;
    *out = (struct charset){.name = STR("utf-8"), .damaged = true};
    return OK;
}

static struct str mend_utf8(struct arena *a, struct str s)
{
    struct buf mended;
    buf_init(&mended, SIZE_MAX / 4);
    size_t size;
    for (size_t at = 0; at < s.len; at += size) {
        char out[4];
        uint32_t c = utf8_at(s, at, &size);
        buf_add(&mended, (struct str){out, utf8_write(c, out)});
    }
    struct str copy = arena_copy(a, buf_str(&mended));
    buf_release(&mended);
    return copy;
}

static enum outcome decode_utf16(struct arena *a, struct str s, bool big, struct str *text,
                                 struct fault *why)
{
    if (s.len % 2)
        return refuse_at(why, REFUSED, s.len,
                         "damaged text: UTF-16 with half a character at its end");
    char *out = arena_alloc(a, s.len / 2 * 3 + 1);
    size_t len = 0;
    for (size_t at = 0; at < s.len; at += 2) {
        uint32_t c = unit_at(s, at, big);
        if (is_high_surrogate(c) && at + 2 < s.len && is_low_surrogate(unit_at(s, at + 2, big))) {
            at += 2;
            c = 0x10000 + ((c - 0xD800) << 10) + (unit_at(s, at, big) - 0xDC00);
        } else if (is_high_surrogate(c) || is_low_surrogate(c)) {
            return refuse_at(why, REFUSED, at, "damaged text: invalid UTF-16 at byte %zu", at);
        }
        len += utf8_write(c, out + len);
    }
    *text = (struct str){out, len};
    return OK;
}

static enum outcome decode_with_icu(struct arena *a, struct str s, struct str name,
                                    struct str *text, struct fault *why)
{
    size_t room = s.len * 3 + 1;
    UErrorCode error = U_ZERO_ERROR;
    if (room > INT32_MAX)
        bug("a text longer than any file that is taken");
    char *out = mem_alloc(room);
    int32_t len = ucnv_convert("UTF-8", name.at, out, (int32_t)room, s.at, (int32_t)s.len, &error);
    enum outcome result = OK;
    if (U_FAILURE(error) || len < 0)
        result = refuse(why, REFUSED, "cannot be decoded as %s: %s", name.at, u_errorName(error));
    else
        *text = arena_copy(a, (struct str){out, (size_t)len});
    mem_free(out);
    return result;
}

enum outcome charset_decode(struct arena *a, struct str bytes, const struct charset *charset,
                            struct str *text, struct fault *why)
{
    struct str s = str_slice(bytes, charset->mark, bytes.len);
    if (str_equal(charset->name, STR("utf-16le")) || str_equal(charset->name, STR("utf-16be")))
        return decode_utf16(a, s, str_ends(charset->name, STR("be")), text, why);
    if (!str_equal(charset->name, STR("utf-8")))
        return decode_with_icu(a, s, charset->name, text, why);
    size_t invalid = utf8_first_invalid(s);
    if (invalid == SIZE_MAX)
        *text = s;
    else if (charset->damaged)
        *text = mend_utf8(a, s);
    else
        return refuse_at(why, REFUSED, invalid + charset->mark,
                         "damaged text: invalid UTF-8 at byte %zu", invalid + charset->mark);
    return OK;
}
