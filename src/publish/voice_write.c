#include <inttypes.h>

#include "publish/voice_int.h"

enum { SENTENCE_LIMIT = 64 * 1024 };

_Static_assert(PATTERN_RANGE - PATTERN_EXACT == BOUND_RANGE - BOUND_EXACT,
               "patterns of counts in the order of bounds");

struct str pattern_fill(const struct voice *v, struct arena *arena, enum pattern pattern,
                        const struct str *texts, size_t count)
{
    struct str s = v->language->patterns[pattern];
    struct buf out;
    buf_init(&out, SENTENCE_LIMIT);
    for (size_t i = 0; i < s.len; i++) {
        bool place = i + 2 < s.len && s.at[i] == '{' && s.at[i + 2] == '}';
        size_t which = place ? (size_t)(s.at[i + 1] - '1') : SIZE_MAX;
        if (which < count) {
            buf_add(&out, texts[which]);
            i += 2;
        } else {
            buf_add_byte(&out, s.at[i]);
        }
    }
    struct str filled = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return filled;
}

/* ASCII digits into the language's, thousands set apart by `group` */
static struct str localise(const struct voice *v, struct arena *arena, const char *digits,
                           struct str group)
{
    struct buf out;
    size_t len = strlen(digits);
    buf_init(&out, SENTENCE_LIMIT);
    for (size_t i = 0; i < len; i++) {
        if (digits[i] == '-') {
            buf_add_text(&out, "−");
            continue;
        }
        if (i && digits[i - 1] != '-' && (len - i) % 3 == 0)
            buf_add(&out, group);
        buf_add(&out, v->language->digits[digits[i] - '0']);
    }
    struct str written = arena_copy(arena, buf_str(&out));
    buf_release(&out);
    return written;
}

struct str voice_number(const struct voice *v, struct arena *arena, int64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    return localise(v, arena, digits, v->language->group);
}

struct str digits_write(const struct voice *v, struct arena *arena, int64_t number, int width)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%0*" PRId64, width, number);
    return localise(v, arena, digits, STR_NONE);
}

struct str voice_value(const struct voice *v, struct arena *arena, const struct figure *f)
{
    struct str low = voice_number(v, arena, f->bound == BOUND_UP_TO ? f->high : f->low);
    struct str high = voice_number(v, arena, f->high);
    return FILL(v, arena, (enum pattern)(PATTERN_EXACT + (int)f->bound), low, high);
}

static struct str other_stripped(struct str label)
{
    struct str other = STR("other:");
    return str_starts(label, other) ? str_slice(label, other.len, label.len) : label;
}

/* the language's words for a label, or empty */
static struct str label_known(const struct language *l, struct str label)
{
    size_t low = 0, high = l->labels_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(label, l->labels[middle].key);
        if (order == 0)
            return l->labels[middle].words;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return STR_NONE;
}

struct str voice_label(const struct voice *v, struct arena *arena, struct str label)
{
    struct str known = label_known(v->language, other_stripped(label));
    return known.len ? known : label_words(arena, label);
}

/* the words of a label in a role of its own, "ROLE:LABEL", or the plain ones */
static struct str label_as(const struct voice *v, struct arena *arena, const char *role,
                           struct str label)
{
    struct str plain = other_stripped(label);
    struct str key = arena_print(arena, "%s:%.*s", role, STR_ARG(plain));
    struct str known = label_known(v->language, key);
    return known.len ? known : voice_label(v, arena, label);
}

struct str voice_counted(const struct voice *v, struct arena *arena, struct str label)
{
    return label_as(v, arena, "counted", label);
}

struct str voice_happened(const struct voice *v, struct arena *arena, struct str event)
{
    return label_as(v, arena, "of_whom", event);
}

struct str voice_list(const struct voice *v, struct arena *arena, const struct str *texts,
                      size_t count)
{
    struct str out = count ? texts[0] : STR_NONE;
    for (size_t i = 1; i < count; i++)
        out = FILL(v, arena, i + 1 < count ? PATTERN_LIST : PATTERN_LIST_END, out, texts[i]);
    return out;
}

static struct str duration_part(const struct voice *v, struct arena *arena, char unit,
                                int64_t count)
{
    static const char units[] = "YMWD";
    const char *at = strchr(units, unit);
    size_t which = at ? (size_t)(at - units) : 0;
    enum pattern first = count == 1 ? PATTERN_YEAR_ONE : PATTERN_YEARS;
    return FILL(v, arena, (enum pattern)((size_t)first + which), voice_number(v, arena, count));
}

/* "P10Y8M" in words; false when it is no duration of years, months, weeks and days */
static bool duration_words(const struct voice *v, struct arena *arena, struct str text,
                           struct str *out)
{
    struct str parts[4];
    size_t count = 0;
    if (!str_starts(text, STR("P")) || text.len < 3)
        return false;
    for (size_t from = 1; from < text.len;) {
        size_t to = from;
        int64_t number;
        while (to < text.len && text.at[to] >= '0' && text.at[to] <= '9')
            to++;
        if (to == text.len || !text.at[to] || !strchr("YMWD", text.at[to]) ||
            count == COUNT_OF(parts) || !str_to_int(str_slice(text, from, to), &number))
            return false;
        parts[count++] = duration_part(v, arena, text.at[to], number);
        from = to + 1;
    }
    *out = voice_list(v, arena, parts, count);
    return true;
}

struct str voice_detail(const struct voice *v, struct arena *arena, struct str value)
{
    struct str words, lashes = STR(" lashes");
    int64_t number;
    if (duration_words(v, arena, value, &words))
        return words;
    if (str_ends(value, lashes) && str_to_int(str_slice(value, 0, value.len - lashes.len), &number))
        return FILL(v, arena, PATTERN_LASHES, voice_number(v, arena, number));
    if (value.len <= 4 && str_to_int(value, &number) && number > 0)
        return digits_write(v, arena, number, (int)value.len);
    words = label_known(v->language, other_stripped(value));
    return words.len ? words : value;
}
