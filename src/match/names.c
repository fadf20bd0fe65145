#include "match/names.h"

#include "base/buf.h"
#include "match/align.h"
#include "match/person_name.h"

/* What a level of one part leaves of the score. */
static const double worth[LEVELS] = {
    [LEVEL_MISSING] = 0.8, [LEVEL_SAME] = 1,    [LEVEL_SPELLING] = 0.97,
    [LEVEL_NEAR] = 0.6,    [LEVEL_PART] = 0.55, [LEVEL_OTHER] = 0.02,
};

/* Two words that are somewhat alike are less than a name with a word left out, or an initial. */
static const double worth_alike = 0.3;

struct parted {
    struct spelling given, family;
    struct wording given_wording, family_wording;
};

static void part_name(struct str raw, struct parted *out)
{
    struct person_name name;
    person_name_of(raw, &name);
    out->given = name.given;
    for (size_t i = 0; i < name.other.words; i++)
        spelling_add(&out->given, &name.other, i, false);
    out->family = name.family;
    out->given_wording = wording_of(&out->given);
    out->family_wording = wording_of(&out->family);
}

static bool begins(struct letters a, struct letters b)
{
    size_t shorter = a.count < b.count ? a.count : b.count;
    return !memcmp(a.at, b.at, shorter * sizeof *a.at);
}

static double worth_of(const struct wording *a, const struct wording *b, enum level level)
{
    bool alike =
        level == LEVEL_PART && a->count == b->count && !begins(a->whole.letters, b->whole.letters);
    return alike ? worth_alike : worth[level];
}

/* the whole names as one heap of words, for those that are cut in other places */
static enum level whole_level(const struct parted *a, const struct parted *b)
{
    struct spelling x = a->given, y = b->given;
    for (size_t i = 0; i < a->family.words; i++)
        spelling_add(&x, &a->family, i, false);
    for (size_t i = 0; i < b->family.words; i++)
        spelling_add(&y, &b->family, i, false);
    struct wording left = wording_of(&x), right = wording_of(&y);
    return name_level(&left, &right);
}

static void explain_part(struct arena *arena, struct buf *out, const char *what,
                         const struct spelling *a, const struct spelling *b, enum level level)
{
    static const char *const names[LEVELS] = {"missing", "same", "spelling",
                                              "near",    "part", "other"};
    struct letters x = spelling_whole(a), y = spelling_whole(b);
    struct alignment steps;
    if (level == LEVEL_MISSING)
        return;
    buf_print(out, "%s%s %.*s | %.*s: %s", out->len ? "; " : "", what,
              STR_ARG(spelling_text(arena, a)), STR_ARG(spelling_text(arena, b)), names[level]);
    if (level == LEVEL_SAME)
        return;
    bool left = letters_are_arabic(x), right = letters_are_arabic(y);
    if (left && !right)
        align_scripts(x, y, &steps);
    else if (right && !left)
        align_scripts(y, x, &steps);
    else
        align_sounds(x, y, &steps);
    struct str text =
        right && !left ? alignment_text(arena, y, x, &steps) : alignment_text(arena, x, y, &steps);
    if (text.len)
        buf_print(out, " (%.*s)", STR_ARG(text));
}

void names_compare(struct arena *arena, struct str left, struct str right,
                   struct name_likeness *out)
{
    struct parted a, b;
    struct buf text;
    part_name(left, &a);
    part_name(right, &b);
    *out = (struct name_likeness){0};
    out->given = name_level(&a.given_wording, &b.given_wording);
    out->family = name_level(&a.family_wording, &b.family_wording);
    out->score = worth_of(&a.given_wording, &b.given_wording, out->given) *
                 worth_of(&a.family_wording, &b.family_wording, out->family);
    enum level given = name_level(&a.given_wording, &b.family_wording);
    enum level family = name_level(&a.family_wording, &b.given_wording);
    double turned = 0.9 * worth_of(&a.given_wording, &b.family_wording, given) *
                    worth_of(&a.family_wording, &b.given_wording, family);
    if (turned > out->score && (given != LEVEL_MISSING || family != LEVEL_MISSING))
        *out = (struct name_likeness){
            .score = turned, .given = given, .family = family, .swapped = true};
    bool cut_apart = a.given.words + a.family.words != b.given.words + b.family.words;
    enum level whole = cut_apart ? whole_level(&a, &b) : LEVEL_MISSING;
    if (whole != LEVEL_MISSING && whole <= LEVEL_SPELLING && out->score < 0.9 * worth[whole])
        out->score = 0.9 * worth[whole];
    if (!a.given.count || !b.given.count)
        out->score = 0;
    buf_init(&text, 1 << 16);
    explain_part(arena, &text, "given", &a.given, out->swapped ? &b.family : &b.given, out->given);
    explain_part(arena, &text, "family", &a.family, out->swapped ? &b.given : &b.family,
                 out->family);
    out->explanation = arena_copy(arena, buf_str(&text));
    buf_release(&text);
}
