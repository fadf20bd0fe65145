#include "match/meeting.h"

#include <math.h>

enum { TURNED = -20, COMPANIONS = 3, NEAR_DAYS = 3, NEXT_DAYS = 366 };

const char *meeting_grade(enum level level)
{
    static const char *const names[LEVELS] = {"missing", "same", "compatible",
                                              "near",    "part", "conflicting"};
    return names[level];
}

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

/* ---- names ---- */

/* How one part of two names agrees. */
struct agreement {
    enum level level;
    int tenths;
};

/* Two names in their best fit. */
struct name_meeting {
    struct agreement given, family, lone;
    const struct portrait_name *left, *right;
    int tenths;
    bool is_lone, turned;
};

struct part {
    const struct spelling *spelling;
    uint64_t sound;
};

static enum level parts_level(struct part a, struct part b)
{
    if (!a.spelling->count || !b.spelling->count)
        return LEVEL_MISSING;
    if (letters_equal(spelling_whole(a.spelling), spelling_whole(b.spelling)))
        return LEVEL_SAME;
    struct wording x = wording_of(a.spelling), y = wording_of(b.spelling);
    enum level level = name_level(&x, &y);
    return level == LEVEL_SAME ? LEVEL_SPELLING : level;
}

static struct agreement weighed(const struct weights *w, enum trait trait, enum level level,
                                int rarity)
{
    int tenths = level == LEVEL_MISSING ? 0 : w->levels[trait][level];
    return (struct agreement){level, level && level <= LEVEL_NEAR ? tenths + rarity : tenths};
}

static struct agreement parts_meet(const struct weights *w, enum trait trait, struct part a,
                                   struct part b)
{
    int rarity = lesser(weights_rarity(w, trait, a.sound), weights_rarity(w, trait, b.sound));
    return weighed(w, trait, parts_level(a, b), rarity);
}

static struct part given_of(const struct portrait_name *n)
{
    return (struct part){&n->given, n->given_sound};
}

static struct part family_of(const struct portrait_name *n)
{
    return (struct part){&n->family, n->family_sound};
}

static void take_better(struct name_meeting *best, const struct name_meeting *next)
{
    if (!best->left || next->tenths > best->tenths)
        *best = *next;
}

/* one of them, or both, of one word, which may be any part of the other's name */
static void lone_meet(const struct weights *w, const struct portrait_name *a,
                      const struct portrait_name *b, struct name_meeting *best)
{
    const struct part left[] = {family_of(a), given_of(a)}, right[] = {family_of(b), given_of(b)};
    for (size_t i = 0; i < COUNT_OF(left); i++)
        for (size_t k = 0; k < COUNT_OF(right); k++) {
            struct name_meeting m = {.left = a, .right = b, .is_lone = true};
            m.lone = parts_meet(w, TRAIT_LONE, left[i], right[k]);
            m.tenths = m.lone.tenths;
            if (m.lone.level != LEVEL_MISSING)
                take_better(best, &m);
        }
}

static void join_parts(struct spelling *out, const struct portrait_name *n)
{
    *out = n->given;
    for (size_t i = 0; i < n->family.words; i++)
        spelling_add(out, &n->family, i, false);
}

/* the words of one are the other's, cut or ordered in another way */
static bool wholes_agree(const struct portrait_name *a, const struct portrait_name *b)
{
    struct spelling x, y;
    if (a->given.words + a->family.words == b->given.words + b->family.words)
        return false;
    join_parts(&x, a);
    join_parts(&y, b);
    struct wording left = wording_of(&x), right = wording_of(&y);
    enum level level = name_level(&left, &right);
    return level == LEVEL_SAME || level == LEVEL_SPELLING;
}

static void full_meet(const struct weights *w, const struct portrait_name *a,
                      const struct portrait_name *b, struct name_meeting *best)
{
    struct name_meeting m = {.left = a, .right = b};
    m.given = parts_meet(w, TRAIT_GIVEN, given_of(a), given_of(b));
    m.family = parts_meet(w, TRAIT_FAMILY, family_of(a), family_of(b));
    m.tenths = m.given.tenths + m.family.tenths;
    take_better(best, &m);
    if (m.given.level <= LEVEL_SPELLING && m.family.level <= LEVEL_SPELLING)
        return;
    struct name_meeting turned = {.left = a, .right = b, .turned = true};
    turned.given = parts_meet(w, TRAIT_GIVEN, given_of(a), family_of(b));
    turned.family = parts_meet(w, TRAIT_FAMILY, family_of(a), given_of(b));
    turned.tenths = turned.given.tenths + turned.family.tenths + TURNED;
    if (turned.given.level <= LEVEL_SPELLING && turned.family.level <= LEVEL_SPELLING)
        take_better(best, &turned);
    if (!wholes_agree(a, b))
        return;
    int given = lesser(weights_rarity(w, TRAIT_GIVEN, a->given_sound),
                       weights_rarity(w, TRAIT_GIVEN, b->given_sound));
    int family = lesser(weights_rarity(w, TRAIT_FAMILY, a->family_sound),
                        weights_rarity(w, TRAIT_FAMILY, b->family_sound));
    m.given = weighed(w, TRAIT_GIVEN, LEVEL_SPELLING, given);
    m.family = weighed(w, TRAIT_FAMILY, LEVEL_SPELLING, family);
    m.tenths = m.given.tenths + m.family.tenths;
    take_better(best, &m);
}

static void names_meet(const struct weights *w, const struct portrait *a, const struct portrait *b,
                       struct name_meeting *best)
{
    *best = (struct name_meeting){0};
    for (size_t i = 0; i < a->names_count; i++)
        for (size_t k = 0; k < b->names_count; k++) {
            const struct portrait_name *x = &a->names[i], *y = &b->names[k];
            if (x->family.count && y->family.count)
                full_meet(w, x, y, best);
            else
                lone_meet(w, x, y, best);
        }
}

/* ---- other traits ---- */

static enum level days_level(const struct trait_value *a, const struct trait_value *b)
{
    if (a->first == b->first && a->last == b->last)
        return LEVEL_SAME;
    if (a->first <= b->last && b->first <= a->last)
        return LEVEL_SPELLING;
    int apart = a->first > b->last ? a->first - b->last : b->first - a->last;
    bool days = a->first == a->last && b->first == b->last;
    if (days)
        return apart <= NEAR_DAYS ? LEVEL_NEAR : LEVEL_OTHER;
    return apart <= NEXT_DAYS ? LEVEL_PART : LEVEL_OTHER;
}

static enum level words_level(enum trait_measure measure, const struct trait_value *a,
                              const struct trait_value *b)
{
    struct spelling left, right;
    if (a->hash == b->hash)
        return LEVEL_SAME;
    if (measure == TRAIT_AS_LABEL)
        return LEVEL_OTHER;
    if (measure == TRAIT_AS_NAME) {
        name_part_of(a->text, &left);
        name_part_of(b->text, &right);
    } else {
        spelling_of(a->text, SPELLING_TEXT, &left);
        spelling_of(b->text, SPELLING_TEXT, &right);
    }
    struct wording x = wording_of(&left), y = wording_of(&right);
    enum level level = measure == TRAIT_AS_NAME ? name_level(&x, &y) : text_level(&x, &y);
    return level == LEVEL_SAME ? LEVEL_SPELLING : level;
}

static struct agreement values_meet(const struct weights *w, const struct trait_value *a,
                                    const struct trait_value *b)
{
    enum trait_measure measure = trait_measure(a->trait);
    enum level level = measure == TRAIT_AS_DAYS ? days_level(a, b) : words_level(measure, a, b);
    int rarity = lesser(weights_rarity_of(w, a), weights_rarity_of(w, b));
    struct agreement out = weighed(w, a->trait, level, rarity);
    if (level <= LEVEL_NEAR && out.tenths < 0 && level < LEVEL_NEAR)
        out.tenths = 0;
    return out;
}

static void reason_add(struct meeting *m, enum trait trait, struct agreement how, struct str left,
                       struct str right)
{
    if (how.level == LEVEL_MISSING)
        return;
    m->reasons[m->reasons_count++] =
        (struct meeting_reason){trait, how.level, how.tenths, left, right};
}

/* the best of all pairs of values; several companions in common weigh more than one */
static void trait_meet(const struct weights *w, const struct portrait *a, const struct portrait *b,
                       enum trait trait, struct meeting *out)
{
    size_t left_count, right_count, agreeing = 0;
    const struct trait_value *left = portrait_values(a, trait, &left_count);
    const struct trait_value *right = portrait_values(b, trait, &right_count);
    struct agreement best = {0};
    struct str texts[2] = {STR_NONE, STR_NONE};
    int sum = 0;
    for (size_t i = 0; i < left_count; i++)
        for (size_t k = 0; k < right_count; k++) {
            struct agreement how = values_meet(w, &left[i], &right[k]);
            if (how.level <= LEVEL_SPELLING && agreeing < COMPANIONS) {
                sum += how.tenths;
                agreeing++;
            }
            if (best.level != LEVEL_MISSING && how.tenths <= best.tenths)
                continue;
            best = how;
            texts[0] = left[i].text;
            texts[1] = right[k].text;
        }
    if (trait == TRAIT_COMPANION && best.level >= LEVEL_NEAR)
        return;
    if (trait == TRAIT_COMPANION)
        best.tenths = sum;
    reason_add(out, trait, best, texts[0], texts[1]);
}

/* Whether a text names the other beside them. */
static bool is_beside(const struct portrait *a, const struct portrait *b)
{
    size_t count;
    const struct trait_value *values = portrait_values(a, TRAIT_COMPANION, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < b->names_count; k++)
            if (str_equal(values[i].text, b->names[k].written))
                return true;
    return false;
}

static void texts_meet(const struct weights *w, const struct portrait *a, const struct portrait *b,
                       const struct name_meeting *names, struct meeting *out)
{
    struct str left = names->left->written, right = names->right->written;
    bool agrees = names->is_lone && names->lone.level <= LEVEL_SPELLING &&
                  (names->left->family.count || names->right->family.count);
    if (a->text != b->text)
        return;
    if (is_beside(a, b) || is_beside(b, a))
        reason_add(out, TRAIT_TOGETHER, weighed(w, TRAIT_TOGETHER, LEVEL_OTHER, 0), left, right);
    else if (agrees)
        reason_add(out, TRAIT_TEXT, weighed(w, TRAIT_TEXT, LEVEL_SAME, 0), left, right);
}

/* ---- all of it ---- */

static void names_tell(struct meeting *out, const struct name_meeting *names)
{
    const struct portrait_name *a = names->left, *b = names->right;
    bool turned = names->turned;
    if (names->is_lone) {
        reason_add(out, TRAIT_LONE, names->lone, a->written, b->written);
        return;
    }
    reason_add(out, TRAIT_GIVEN, names->given, a->given_text,
               turned ? b->family_text : b->given_text);
    reason_add(out, TRAIT_FAMILY, names->family, a->family_text,
               turned ? b->given_text : b->family_text);
}

static bool is_event(const struct weights *w, enum trait trait)
{
    return w->kin[trait] && trait > TRAIT_FATHER;
}

/* log2(2^bits + 1) in tenths */
static int against(int tenths)
{
    return (int)lround(10 * log2(exp2(fmin(fmax(tenths / 10.0, -60), 60)) + 1));
}

static void odds_set(const struct weights *w, const struct name_meeting *names, struct meeting *out)
{
    int person = w->person + (names->turned ? TURNED : 0), kin = w->relatives, event = 0;
    bool beside = false, contradicted = false;
    for (size_t i = 0; i < out->reasons_count; i++) {
        const struct meeting_reason *r = &out->reasons[i];
        if (is_event(w, r->trait) && r->tenths > 0) {
            event += r->tenths;
        } else {
            person += r->tenths;
            kin += w->kin[r->trait] ? r->tenths : 0;
        }
        beside = beside || (w->beside[r->trait] && r->level <= LEVEL_SPELLING && r->tenths >= 10);
        contradicted = contradicted || r->tenths <= MEETING_CONTRADICTION;
    }
    event = lesser(event, w->event);
    out->contradicted = contradicted;
    out->evidence = person + event - against(kin + event);
    bool free = beside && !contradicted;
    out->odds = free ? out->evidence : lesser(out->evidence, MEETING_NAME_ALONE);
    if (names->is_lone)
        out->odds = lesser(out->odds, MEETING_LONE);
}

void traits_meet(const struct weights *w, const struct portrait *a, const struct portrait *b,
                 struct meeting *out)
{
    bool turned = a->id > b->id;
    out->reasons_count = 0;
    for (size_t t = TRAIT_FATHER; t < TRAIT_TEXT; t++)
        trait_meet(w, turned ? b : a, turned ? a : b, (enum trait)t, out);
}

bool portraits_meet(const struct weights *w, const struct portrait *a, const struct portrait *b,
                    struct meeting *out)
{
    struct name_meeting names;
    bool turned = a->id > b->id;
    const struct portrait *left = turned ? b : a, *right = turned ? a : b;
    names_meet(w, left, right, &names);
    out->reasons_count = 0;
    if (!names.left || names.tenths <= 0)
        return false;
    names_tell(out, &names);
    for (size_t t = TRAIT_FATHER; t < TRAIT_TEXT; t++)
        trait_meet(w, left, right, (enum trait)t, out);
    texts_meet(w, left, right, &names, out);
    odds_set(w, &names, out);
    for (size_t i = 0; turned && i < out->reasons_count; i++) {
        struct str text = out->reasons[i].left;
        out->reasons[i].left = out->reasons[i].right;
        out->reasons[i].right = text;
    }
    return out->odds >= MEETING_SHOWN;
}
