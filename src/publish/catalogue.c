#include "publish/catalogue.h"

#include "text/utf8.h"

#define MAGIC UINT32_C(0x950412de)

enum { HEADER_BYTES = 28, ENTRY_BYTES = 8 };

static uint32_t word_at(struct str bytes, size_t at)
{
    const unsigned char *b = (const unsigned char *)bytes.at + at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* a text of one of the two tables, whole, with the NULs between the forms of a plural */
static struct str text_at(const struct catalogue *c, size_t table, size_t i)
{
    size_t entry = table + i * ENTRY_BYTES;
    size_t len = word_at(c->bytes, entry), from = word_at(c->bytes, entry + 4);
    return str_slice(c->bytes, from, from + len);
}

static struct str original(const struct catalogue *c, size_t i)
{
    return text_at(c, c->originals, i);
}

static struct str translation(const struct catalogue *c, size_t i)
{
    return text_at(c, c->translations, i);
}

static struct str first_form(struct str text)
{
    struct str form;
    return str_cut(&text, '\0', &form) ? form : STR_NONE;
}

static size_t forms_of(struct str text)
{
    size_t forms = 1;
    for (size_t i = 0; i < text.len; i++)
        forms += text.at[i] == '\0';
    return forms;
}

static bool table_fits(const struct catalogue *c, size_t table)
{
    return table <= c->bytes.len && c->count <= (c->bytes.len - table) / ENTRY_BYTES;
}

static bool text_fits(const struct catalogue *c, size_t table, size_t i)
{
    size_t entry = table + i * ENTRY_BYTES;
    size_t len = word_at(c->bytes, entry), from = word_at(c->bytes, entry + 4);
    return from < c->bytes.len && len < c->bytes.len - from && c->bytes.at[from + len] == '\0' &&
           utf8_first_invalid(str_slice(c->bytes, from, from + len)) == SIZE_MAX;
}

static enum outcome check_texts(const struct catalogue *c, struct fault *why)
{
    for (size_t i = 0; i < c->count; i++) {
        if (!text_fits(c, c->originals, i) || !text_fits(c, c->translations, i))
            return refuse_at(why, DAMAGED, i, "text %zu of the catalogue is not in it", i);
        if (i && str_compare(first_form(original(c, i - 1)), first_form(original(c, i))) >= 0)
            return refuse_at(why, DAMAGED, i, "text %zu of the catalogue is out of order", i);
    }
    return OK;
}

/* the value of a line "Name: value" of the header, or empty */
static struct str header_line(struct str header, struct str name)
{
    struct str line;
    while (str_cut(&header, '\n', &line))
        if (str_starts(line, name))
            return str_trim(str_slice(line, name.len, line.len));
    return STR_NONE;
}

static struct str without_brackets(struct str expression)
{
    expression = str_trim(expression);
    if (str_starts(expression, STR("(")) && str_ends(expression, STR(")")))
        expression = str_trim(str_slice(expression, 1, expression.len - 1));
    return expression;
}

static bool rule_read(struct str forms, enum plural_rule *out)
{
    static const struct {
        const char *count, *expression;
        enum plural_rule rule;
    } rules[] = {
        {"nplurals=1", "0", PLURAL_NONE},
        {"nplurals=2", "n != 1", PLURAL_NOT_ONE},
        {"nplurals=2", "n > 1", PLURAL_ABOVE_ONE},
    };
    struct str count, expression, key = STR("plural=");
    if (!str_cut(&forms, ';', &count) || !str_cut(&forms, ';', &expression))
        return false;
    expression = str_trim(expression);
    if (!str_starts(expression, key))
        return false;
    expression = without_brackets(str_slice(expression, key.len, expression.len));
    for (size_t i = 0; i < COUNT_OF(rules); i++)
        if (str_equal(str_trim(count), str_of(rules[i].count)) &&
            str_equal(expression, str_of(rules[i].expression))) {
            *out = rules[i].rule;
            return true;
        }
    return false;
}

static enum outcome check_header(struct catalogue *c, struct fault *why)
{
    struct str header = c->count ? translation(c, 0) : STR_NONE;
    if (!c->count || original(c, 0).len)
        return refuse(why, DAMAGED, "the catalogue has no header");
    struct str type = header_line(header, STR("Content-Type:"));
    if (!str_ends(type, STR("charset=UTF-8")))
        return refuse(why, DAMAGED, "the catalogue is not in UTF-8");
    struct str forms = header_line(header, STR("Plural-Forms:"));
    if (!rule_read(forms, &c->rule))
        return refuse(why, DAMAGED, "the catalogue counts in a way that is not known: \"%.*s\"",
                      STR_ARG(forms));
    return OK;
}

static enum outcome check_plurals(const struct catalogue *c, struct fault *why)
{
    size_t forms = c->rule == PLURAL_NONE ? 1 : 2;
    for (size_t i = 1; i < c->count; i++) {
        size_t expected = forms_of(original(c, i)) == 1 ? 1 : forms;
        if (forms_of(original(c, i)) > 2 || forms_of(translation(c, i)) != expected)
            return refuse_at(why, DAMAGED, i, "text %zu of the catalogue lacks a form", i);
    }
    return OK;
}

enum outcome catalogue_open(struct str bytes, struct catalogue *c, struct fault *why)
{
    *c = (struct catalogue){.bytes = bytes};
    if (bytes.len < HEADER_BYTES || word_at(bytes, 0) != MAGIC || word_at(bytes, 4) >> 16 != 0)
        return refuse(why, DAMAGED, "not a catalogue in the .mo format");
    c->count = word_at(bytes, 8);
    c->originals = word_at(bytes, 12);
    c->translations = word_at(bytes, 16);
    if (!table_fits(c, c->originals) || !table_fits(c, c->translations))
        return refuse(why, DAMAGED, "the catalogue ends before its tables");
    enum outcome result = check_texts(c, why);
    if (result == OK)
        result = check_header(c, why);
    if (result == OK)
        result = check_plurals(c, why);
    return result;
}

static struct str find(const struct catalogue *c, struct str english)
{
    size_t low = 0, high = c->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(english, first_form(original(c, middle)));
        if (order == 0)
            return middle ? translation(c, middle) : STR_NONE;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return STR_NONE;
}

struct str catalogue_find(const struct catalogue *c, struct str english)
{
    return first_form(find(c, english));
}

struct str catalogue_find_count(const struct catalogue *c, struct str one, int64_t count)
{
    struct str forms = find(c, one), form;
    bool second =
        (c->rule == PLURAL_NOT_ONE && count != 1) || (c->rule == PLURAL_ABOVE_ONE && count > 1);
    if (!forms.len || !str_cut(&forms, '\0', &form))
        return STR_NONE;
    return second && forms.at ? forms : form;
}
