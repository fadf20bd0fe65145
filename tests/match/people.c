#include "people.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "../base/random.h"
#include "match/likeness.h"

void tables_read(void)
{
    struct fault why;
    if (spelling_start(&why) || likeness_start(&why))
        fail_msg("%s", why.text);
}

struct portrait portrait_of(struct arena *arena, const char *name, uint64_t text, uint64_t id)
{
    struct portrait p;
    portrait_begin(&p, arena, text, id);
    portrait_name(&p, str_of(name));
    return p;
}

static const char *const given[][2] = {{"Mehran", "مهران"},    {"Nahid", "ناهید"},
                                       {"Hossein", "Hussein"}, {"Fatemeh", "Fatima"},
                                       {"Siamak", "سیامک"},    {"Elham", "الهام"}};
static const char *const family[][2] = {
    {"Raoof", "Raouf"},         {"Taghavi", "تقوی"},
    {"Norouzi", "Nouroozi"},    {"Pourmohammadi", "Pour-Mohammadi"},
    {"Zeinalzadeh", "Zeinali"}, {"Kargar", "کارگر"}};
static const char *const days[] = {"2020-10-16", "2020-10", "2021-05-28", "2019", "2022-09-16"};
static const char *const places[] = {"Tehran", "Sanandaj", "Zahedan", "Rasht"};

struct portrait *portraits_made(struct arena *arena, size_t count, uint64_t seed)
{
    struct portrait *out = arena_alloc(arena, (count + 1) * sizeof *out);
    struct random r = {seed};
    for (size_t i = 0; i < count; i++) {
        size_t g = random_below(&r, COUNT_OF(given)), f = random_below(&r, COUNT_OF(family));
        struct str first = str_of(given[g][random_below(&r, 2)]);
        struct str last = str_of(family[f][random_below(&r, 2)]);
        bool lone = random_below(&r, 6) == 0;
        struct str name =
            lone ? last : arena_print(arena, "%.*s %.*s", STR_ARG(first), STR_ARG(last));
        portrait_begin(&out[i], arena, random_below(&r, count / 2 + 1), 1000 + i * 7919 % 104729);
        portrait_name(&out[i], name);
        if (random_below(&r, 2))
            portrait_tell(&out[i], TRAIT_ARREST, str_of(days[(g + f) % COUNT_OF(days)]));
        if (random_below(&r, 3) == 0)
            portrait_tell(&out[i], TRAIT_ARREST, str_of(days[random_below(&r, COUNT_OF(days))]));
        if (random_below(&r, 2))
            portrait_tell(&out[i], TRAIT_PLACE, str_of(places[(g * f) % COUNT_OF(places)]));
        if (random_below(&r, 4) == 0)
            portrait_tell(&out[i], TRAIT_ROLE, STR("prisoner"));
        portrait_end(&out[i]);
    }
    return out;
}
