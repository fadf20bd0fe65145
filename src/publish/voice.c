#include "publish/voice_int.h"

static const struct data_file *catalogue_of(struct str code)
{
    for (size_t i = 0; i < catalogue_files_count; i++) {
        struct str path = str_of(catalogue_files[i].path);
        if (path.len == code.len + 3 && str_starts(path, code))
            return &catalogue_files[i];
    }
    return NULL;
}

/* the code between "lang/" and "/interface.tsv", or empty */
static struct str code_of(const struct data_file *file)
{
    struct str path = str_of(file->path), before = STR("lang/"), behind = STR("/interface.tsv");
    if (!str_starts(path, before) || !str_ends(path, behind))
        return STR_NONE;
    return str_slice(path, before.len, path.len - behind.len);
}

static enum outcome add_language(struct languages *all, struct str code, struct fault *why)
{
    struct language *l = &all->all[all->count++];
    const struct data_file *catalogue = catalogue_of(code);
    struct fault inner;
    l->code = code;
    enum outcome result = language_read(l, &all->arena, why);
    if (result != OK || !catalogue)
        return result;
    result = catalogue_open(catalogue->bytes, &l->catalogue, &inner);
    if (result != OK)
        return refuse_at(why, result, inner.at, "%s: %s", catalogue->path, inner.text);
    return OK;
}

enum outcome languages_new(struct languages **out, struct fault *why)
{
    struct languages *all = mem_alloc(sizeof *all);
    enum outcome result = OK;
    arena_init(&all->arena);
    all->all = arena_alloc(&all->arena, data_files_count * sizeof *all->all);
    for (size_t i = 0; result == OK && i < data_files_count; i++) {
        struct str code = code_of(&data_files[i]);
        if (code.len)
            result = add_language(all, code, why);
    }
    if (result == OK && !all->count)
        result = refuse(why, NOT_FOUND, "data/lang has no interface.tsv");
    if (result != OK) {
        languages_free(all);
        return result;
    }
    *out = all;
    return OK;
}

void languages_free(struct languages *all)
{
    if (!all)
        return;
    arena_release(&all->arena);
    mem_free(all);
}

size_t languages_count(const struct languages *all)
{
    return all->count;
}

const struct language *language_at(const struct languages *all, size_t at)
{
    return &all->all[at];
}

const struct language *language_find(const struct languages *all, struct str code)
{
    for (size_t i = 0; i < all->count; i++)
        if (str_equal(all->all[i].code, code))
            return &all->all[i];
    return NULL;
}

/* whether a range such as "fa" or "FA-IR" asks for the code: by its first subtag (RFC 4647) */
static bool range_fits(struct str range, struct str code)
{
    struct str subtag;
    if (!str_cut(&range, '-', &subtag) || subtag.len != code.len)
        return false;
    for (size_t i = 0; i < code.len; i++)
        if ((subtag.at[i] | 0x20) != (code.at[i] | 0x20))
            return false;
    return code.len > 0;
}

/* thousandths of a weight ("0.8" is 800); 1000 for one that is none (RFC 9110, 12.4.2) */
static int weight_of(struct str parameters)
{
    struct str one;
    while (str_cut(&parameters, ';', &one)) {
        one = str_trim(one);
        if (!str_starts(one, STR("q=")) && !str_starts(one, STR("Q=")))
            continue;
        int weight = 0, scale = 1000;
        for (size_t i = 2; i < one.len && scale; i++) {
            if (one.at[i] == '.' && i == 3)
                continue;
            if (one.at[i] < '0' || one.at[i] > '9')
                return 1000;
            weight += (one.at[i] - '0') * scale;
            scale /= 10;
        }
        return weight < 1000 ? weight : 1000;
    }
    return 1000;
}

const struct language *language_for(const struct languages *all, struct str accepted)
{
    const struct language *best = &all->all[0];
    struct str element, range;
    int best_weight = 0;
    while (str_cut(&accepted, ',', &element)) {
        if (!str_cut(&element, ';', &range))
            continue;
        int weight = weight_of(element);
        for (size_t i = 0; i < all->count; i++)
            if (weight > best_weight && range_fits(str_trim(range), all->all[i].code)) {
                best = &all->all[i];
                best_weight = weight;
            }
    }
    return best;
}

struct str language_code(const struct language *l)
{
    return l->code;
}

struct str language_own_name(const struct language *l)
{
    return l->own_name;
}

bool language_right_to_left(const struct language *l)
{
    return l->right_to_left;
}

enum calendar language_calendar(const struct language *l)
{
    return l->calendar;
}

struct str voice_say(const struct voice *v, const char *english)
{
    struct str said = catalogue_find(&v->language->catalogue, str_of(english));
    return said.len ? said : str_of(english);
}

struct str voice_told(const struct voice *v, struct str english, struct str persian)
{
    return persian.len && str_equal(v->language->code, STR("fa")) ? persian : english;
}

struct str voice_say_count(const struct voice *v, const char *one, const char *many, int64_t count)
{
    struct str said = catalogue_find_count(&v->language->catalogue, str_of(one), count);
    return said.len ? said : str_of(count == 1 ? one : many);
}
