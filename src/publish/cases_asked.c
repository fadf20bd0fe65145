#include "publish/cases_int.h"

#include "publish/asked_int.h"

enum { FROM_LIMIT = 10000000 };

static bool is_word_of_tables(struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '-' &&
            c != '/' && c != '.')
            return false;
    }
    return true;
}

static struct str sealed_field(struct page *page, const char *name)
{
    return arena_print(page->arena, "%s-sealed", name);
}

static enum outcome read_field(struct page *page, const char *name, struct str *out,
                               struct fault *why)
{
    *out = str_trim(page_field(page, name));
    return out->len ? OK : asked_words(page, sealed_field(page, name).at, out, why);
}

bool cases_are_asked(const struct page *page)
{
    bool any = str_equal(page_field(page, "kind"), STR("cases"));
    for (size_t i = 0; i < page->fields_count; i++)
        any |= facet_find(page->fields[i].name) != FACETS ||
               str_equal(page->fields[i].name, STR("as-of"));
    return any;
}

enum outcome cases_read(struct page *page, struct cases_asked *asked, struct fault *why)
{
    int64_t from = 0;
    enum outcome result = OK;
    *asked = (struct cases_asked){.from = 0};
    for (enum facet f = 0; f < FACETS && result == OK; f++)
        result = read_field(page, facet_name(f), &asked->question.of[f], why);
    if (result == OK)
        result = asked_words(page, "named", &asked->question.name, why);
    if (str_to_int(page_field(page, "from"), &from) && from > 0 && from < FROM_LIMIT)
        asked->from = (size_t)from;
    if (result == OK)
        result = as_of_read(page, &asked->as_of, why);
    asked->question.day = asked->as_of.known ? asked->as_of.day : INT64_MIN;
    return result;
}

static struct str add_field(struct page *page, struct str address, const char *name,
                            struct str value)
{
    if (!value.len)
        return address;
    bool plain = is_word_of_tables(value);
    struct str field = plain ? str_of(name) : sealed_field(page, name);
    return arena_print(page->arena, "%.*s&%.*s=%.*s", STR_ARG(address), STR_ARG(field),
                       STR_ARG(plain ? value : asked_sealed(page, value)));
}

struct str cases_address(struct page *page, const struct cases_asked *asked, enum facet facet,
                         struct str value, size_t from)
{
    struct str out = STR("/people?kind=cases");
    for (enum facet f = 0; f < FACETS; f++)
        out = add_field(page, out, facet_name(f), f == facet ? value : asked->question.of[f]);
    out = add_field(page, out, "as-of", asked->as_of.asked);
    if (asked->question.name.len)
        out = arena_print(page->arena, "%.*s&named=%.*s", STR_ARG(out),
                          STR_ARG(asked_sealed(page, asked->question.name)));
    return from ? arena_print(page->arena, "%.*s&from=%zu", STR_ARG(out), from) : out;
}

static void hide(struct page *page, struct str name, struct str value)
{
    if (value.len)
        OUT(page->out, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, value);
}

void cases_hidden(struct page *page, const struct cases_asked *asked, bool day, bool name)
{
    hide(page, STR("kind"), STR("cases"));
    for (enum facet f = 0; f < FACETS; f++) {
        struct str value = asked->question.of[f];
        if (is_word_of_tables(value))
            hide(page, str_of(facet_name(f)), value);
        else
            hide(page, sealed_field(page, facet_name(f)), asked_sealed(page, value));
    }
    if (day)
        hide(page, STR("as-of"), asked->as_of.asked);
    if (name && asked->question.name.len)
        hide(page, STR("named"), asked_sealed(page, asked->question.name));
}

/* ---- lists ---- */

struct kept_list cases_list(struct page *page, const struct cases_asked *asked, struct str name)
{
    struct kept_list list = {name, arena_alloc(page->arena, (FACETS + 2) * sizeof *list.fields), 0};
    for (enum facet f = 0; f < FACETS; f++)
        if (asked->question.of[f].len)
            list.fields[list.count++] =
                (struct list_field){str_of(facet_name(f)), asked->question.of[f]};
    if (asked->question.name.len)
        list.fields[list.count++] = (struct list_field){STR("name"), asked->question.name};
    if (asked->as_of.asked.len)
        list.fields[list.count++] = (struct list_field){STR("as-of"), asked->as_of.asked};
    return list;
}

enum outcome cases_of_list(const struct kept_list *list, struct cases_asked *out, struct fault *why)
{
    *out = (struct cases_asked){.from = 0};
    for (size_t i = 0; i < list->count; i++) {
        struct str name = list->fields[i].name, value = list->fields[i].value;
        enum facet facet = facet_find(name);
        if (facet != FACETS)
            out->question.of[facet] = value;
        else if (str_equal(name, STR("name")))
            out->question.name = value;
        else if (str_equal(name, STR("as-of")))
            out->as_of.asked = value;
        else
            return refuse(why, REFUSED, "a list asks for \"%.*s\", which this govah does not know",
                          STR_ARG(name));
    }
    return OK;
}
