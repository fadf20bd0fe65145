#include "read/patient_int.h"

enum {
    PASSAGES_BACK = 3,
    GROUP_BACK = 20,
    NAMES_BACK = 30,
    COUNTED_MOST = 12,
    DESCRIBING_WORDS = 7,
    NOUN_WORDS = 3
};

static const struct patients nobody;

/* the number of names that begin before a token: page->names is in order of the text */
static size_t names_before(const struct page *page, size_t token)
{
    size_t low = 0, high = page->names_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->names[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* too far before the token, or of another entry of the list that it stands in */
static bool is_far(const struct page *page, size_t passage, size_t token, size_t name, size_t back)
{
    const struct name *n = &page->names[name];
    return passage - n->passage > back || n->first < scope_reach(page, token);
}

static bool is_someone(struct patients who)
{
    return who.to > who.from;
}

/* "the mother-of X said": it is she who speaks on */
static bool is_of_kin(const struct page *page, size_t name)
{
    const struct entry *title = NULL;
    const struct name *n = &page->names[name];
    return page->passages[n->passage].verb_final &&
           token_is_before(&page->tokens, n->first, WORD_TITLE, &title, NULL) &&
           is_kin_or_lawyer(title->value);
}

/* "X, brother of Y,": X is the one by whom Y is described */
static bool is_kin_of_named(const struct page *page, size_t name)
{
    size_t i = page->names[name].end, end = 0;
    const struct entry *title = NULL;
    if (!page_particle(page, i, "comma") && !token_is_mark(&page->tokens, i, ','))
        return false;
    i += has_class(page, i + 1, WORD_DETERMINER) ? 2 : 1;
    if (!page_particle(page, i, "kin_of") ||
        !token_is(&page->tokens, i, WORD_TITLE, &title, &end) || !is_kin_or_lawyer(title->value))
        return false;
    end += page_particle(page, end, "of") ? 1 : 0;
    return person_over(page, end) != SIZE_MAX;
}

/* who judges, speaks for others or is of somebody else's house is not whom the text goes on about
 */
static bool is_bystander(const struct page *page, size_t name, bool strict,
                         const struct earlier *before)
{
    const struct name *n = &page->names[name];
    size_t party = n->party;
    struct str role = page->parties[party].role;
    bool official = is_kin_or_lawyer(role) || str_equal(role, STR("official")) ||
                    str_equal(role, STR("expert"));
    bool touched = before->touched && before->touched[party];
    return str_equal(role, STR("judge")) || (strict && is_kin_of_named(page, name)) ||
           (strict && page->tokens.at[n->end - 1].possessive) ||
           (!touched &&
            ((official && strict) || (person_speaks(page, name) && !is_of_kin(page, name))));
}

struct found {
    size_t only; /* the one name, or the last of them */
    bool several;
    bool touched; /* the last one that something has happened to */
};

static void found_add(const struct page *page, struct found *f, size_t name,
                      const struct earlier *before)
{
    size_t party = page->names[name].party;
    bool touched = before->touched && before->touched[party];
    if (f->only == SIZE_MAX) {
        *f = (struct found){name, false, touched};
        return;
    }
    if (page->names[f->only].party == party)
        return;
    if (touched && !f->touched) {
        f->only = name;
        f->touched = true;
    }
    f->several = f->several || touched == f->touched;
}

/* "X and his wife": X is the one the text is about */
static bool is_with_kin(const struct page *page, struct patients who)
{
    if (who.to != who.from + 2)
        return false;
    for (size_t i = page->names[who.from].end; i < page->names[who.from + 1].first; i++)
        if (page_particle(page, i, "kin"))
            return true;
    return false;
}

/* of several persons of one passage: the one whom the last happening befell */
static struct patients chosen(const struct page *page, const struct found *f,
                              const struct earlier *before)
{
    struct patients who = before->who;
    if (f->only == SIZE_MAX)
        return nobody;
    size_t passage = page->names[f->only].passage;
    if (!f->several)
        return (struct patients){f->only, f->only + 1};
    if (who.to == who.from || page->names[who.from].passage != passage)
        return nobody;
    if (who.to == who.from + 1 || is_with_kin(page, who))
        return (struct patients){who.from, who.from + 1};
    return nobody;
}

static struct patients nearest(const struct page *page, size_t passage, size_t token, bool strict,
                               const struct earlier *before)
{
    struct found f = {SIZE_MAX, false, false};
    size_t where = SIZE_MAX, steps = 0;
    for (size_t name = names_before(page, token); name > 0 && steps < NAMES_BACK; name--, steps++) {
        const struct name *n = &page->names[name - 1];
        if (is_far(page, passage, token, name - 1, PASSAGES_BACK) ||
            (where != SIZE_MAX && n->passage != where))
            break;
        if (page->parties[n->party].organisation || is_bystander(page, name - 1, strict, before))
            continue;
        where = n->passage;
        found_add(page, &f, name - 1, before);
    }
    return chosen(page, &f, before);
}

struct patients speaker_meant(const struct page *page, size_t passage, size_t token)
{
    size_t only = SIZE_MAX, steps = 0;
    for (size_t name = names_before(page, token); name > 0 && steps < NAMES_BACK; name--, steps++) {
        const struct name *n = &page->names[name - 1];
        if (page->parties[n->party].organisation)
            continue;
        if (is_far(page, passage, token, name - 1, PASSAGES_BACK) ||
            (only != SIZE_MAX && n->passage != page->names[only].passage))
            break;
        if ((only != SIZE_MAX && page->names[only].party != n->party) || is_of_kin(page, name - 1))
            return nobody;
        only = name - 1;
    }
    return only == SIZE_MAX ? nobody : (struct patients){only, only + 1};
}

/* "X said she was beaten", where X speaks for nobody else */
static struct patients told_of_oneself(const struct page *page, size_t passage, size_t token)
{
    struct patients who = speaker_meant(page, passage, token);
    if (!is_someone(who) || page->names[who.from].passage != passage)
        return nobody;
    struct str role = page->parties[page->names[who.from].party].role;
    bool own = !role.len || str_equal(role, STR("other")) || str_equal(role, STR("prisoner")) ||
               str_equal(role, STR("journalist"));
    return own ? who : nobody;
}

struct patients one_meant(const struct page *page, size_t passage, size_t token,
                          const struct earlier *before)
{
    struct patients who = nearest(page, passage, token, true, before);
    if (!is_someone(who))
        who = nearest(page, passage, token, false, before);
    return is_someone(who) ? who : told_of_oneself(page, passage, token);
}

struct patients dead_meant(const struct page *page, size_t passage, size_t token,
                           const struct earlier *before)
{
    size_t steps = 0;
    for (size_t name = names_before(page, token); name > 0 && steps < NAMES_BACK; name--, steps++) {
        const struct name *n = &page->names[name - 1];
        if (is_far(page, passage, token, name - 1, PASSAGES_BACK))
            break;
        if (before->touched && before->touched[n->party] && !page->parties[n->party].organisation)
            return (struct patients){name - 1, name};
    }
    return nobody;
}

/* the names right before the token, where they are so many different people, to all of whom
 * something has happened, and no one else */
static struct patients last_named(const struct page *page, size_t passage, size_t token,
                                  size_t count, const struct earlier *before)
{
    size_t to = names_before(page, token), from = to, seen = 0;
    while (from > 0 && !is_far(page, passage, token, from - 1, PASSAGES_BACK)) {
        size_t party = page->names[from - 1].party;
        if (page->parties[party].organisation || !before->touched || !before->touched[party])
            break;
        bool again = false;
        for (size_t i = from; i < to; i++)
            again = again || page->names[i].party == party;
        if (!again && seen++ == count)
            break;
        from--;
    }
    return seen >= count ? (struct patients){from, to} : nobody;
}

/* the nearest list of so many before the token */
static struct patients listed_last(const struct page *page, size_t passage, size_t token,
                                   size_t count, const struct earlier *before)
{
    size_t steps = 0;
    for (size_t name = names_before(page, token); name > 0 && steps < NAMES_BACK; steps++) {
        if (is_far(page, passage, token, name - 1, GROUP_BACK))
            break;
        bool person = !page->parties[page->names[name - 1].party].organisation;
        struct patients who = person ? patients_listed(page, name - 1) : nobody;
        if (who.to - who.from == count && page->names[who.to - 1].end <= token)
            return who;
        name = person ? who.from : name - 1;
    }
    return last_named(page, passage, token, count, before);
}

struct patients several_meant(const struct page *page, size_t passage, const struct earlier *before)
{
    struct patients who = before->several;
    if (is_someone(who) && passage - page->names[who.from].passage <= PASSAGES_BACK)
        return who;
    for (size_t p = passage; p + PASSAGES_BACK >= passage; p--) {
        size_t name = names_before(page, page->passages[p].end);
        for (; name > 0 && page->names[name - 1].passage == p; name--) {
            bool person = !page->parties[page->names[name - 1].party].organisation;
            who = person ? patients_listed(page, name - 1) : nobody;
            if (who.to > who.from + 1 && page->names[who.to - 1].end <= page->passages[passage].end)
                return who;
        }
        if (p == 0)
            break;
    }
    return nobody;
}

/* "the three": how many, or 0 */
static size_t count_at(const struct page *page, size_t i)
{
    const struct entry *entry = NULL;
    bool number = token_is(&page->tokens, i, WORD_NUMBER, &entry, NULL) && entry->number > 1 &&
                  entry->number <= COUNTED_MOST;
    return number ? (size_t)entry->number : 0;
}

static struct patients described(const struct page *page, size_t passage, size_t token,
                                 const struct entry *entry, const struct earlier *before)
{
    bool told = is_someone(before->several) &&
                passage - page->names[before->several.from].passage <= GROUP_BACK;
    if (entry->kind == KIND_GROUP) {
        size_t behind = 0;
        bool pair = page_particle_phrase(page, token, "pair", &behind);
        if (pair)
            return listed_last(page, passage, token, 2, before);
        size_t count = count_at(page, token + 1);
        struct patients counted = count ? listed_last(page, passage, token, count, before) : nobody;
        if (is_someone(counted))
            return counted;
        struct patients near = several_meant(page, passage, before);
        return is_someone(near) || !told ? near : before->several;
    }
    struct patients who = one_meant(page, passage, token, before);
    if (!is_someone(who))
        return who;
    struct str role = page->parties[page->names[who.from].party].role;
    bool fits = !entry->value.len || !role.len || str_equal(role, entry->value) ||
                str_equal(role, STR("other")) || str_equal(role, STR("prisoner"));
    return fits ? who : nobody;
}

/* the phrase "the activist", between whose words an adjective stands in the text, or NULL */
static const struct entry *meant_without(const struct page *page, size_t article, size_t noun,
                                         size_t end)
{
    uint64_t hash = lexicon_hash_join(LEXICON_HASH_START, page->tokens.at[article].hash);
    for (size_t i = noun; i < end; i++)
        hash = lexicon_hash_join(hash, page->tokens.at[i].hash);
    const struct phrase *phrase = lexicon_find(page->lexicon, hash);
    for (const struct entry *e = phrase ? phrase->entries : NULL; e; e = e->next)
        if (e->class == WORD_MEANT)
            return e;
    return NULL;
}

/* "the three artists", "the young Kurdish activist", "the 34-year-old": what ends before `end` */
static bool meant_composed(const struct page *page, size_t passage, size_t end,
                           const struct earlier *before, struct patients *who)
{
    size_t first = page->passages[passage].first, count = 0;
    for (size_t i = end; i > first && end - i < DESCRIBING_WORDS; i--) {
        const struct token *t = &page->tokens.at[i - 1];
        bool article = page_particle(page, i - 1, "those") || page_particle(page, i - 1, "this");
        if (article && count) {
            *who = listed_last(page, passage, i - 1, count, before);
            return is_someone(*who);
        }
        if (article) {
            const struct entry *entry = NULL;
            bool final = page->passages[passage].verb_final;
            for (size_t noun = end - 1; !final && noun > i && !entry && end - noun <= NOUN_WORDS;
                 noun--)
                entry = meant_without(page, i - 1, noun, end);
            if (entry)
                *who = described(page, passage, i - 1, entry, before);
            if (!entry && page_particle(page, end - 1, "old"))
                *who = one_meant(page, passage, i - 1, before);
            return entry || is_someone(*who);
        }
        bool hyphen = token_is_mark(&page->tokens, i - 1, '-');
        if (count || page->name_of[i - 1] || (t->shape == SHAPE_MARK && !hyphen) ||
            page->date_of[i - 1] || has_class(page, i - 1, WORD_PREPOSITION) ||
            has_class(page, i - 1, WORD_AUXILIARY))
            return false;
        count = count_at(page, i - 1);
    }
    return false;
}

/* the same of what begins at the token */
static bool composed_at(const struct page *page, size_t passage, size_t token,
                        const struct earlier *before, struct patients *who)
{
    size_t last = page->passages[passage].end;
    if (!page_particle(page, token, "those") && !page_particle(page, token, "this"))
        return false;
    size_t count = count_at(page, token + 1);
    if (count) {
        *who = listed_last(page, passage, token, count, before);
        return is_someone(*who);
    }
    for (size_t end = token + 3; end <= last && end < token + DESCRIBING_WORDS; end++)
        if (meant_composed(page, passage, end, before, who))
            return true;
    return false;
}

bool meant_at(const struct page *page, size_t passage, size_t token, const struct earlier *before,
              struct patients *who)
{
    const struct entry *entry = NULL;
    size_t end = 0;
    *who = nobody;
    if (page_particle(page, token, "he"))
        *who = one_meant(page, passage, token, before);
    else if (page_particle(page, token, "they"))
        *who = several_meant(page, passage, before);
    else if (token_is(&page->tokens, token, WORD_MEANT, &entry, &end) &&
             !page->tokens.at[end - 1].possessive)
        *who = described(page, passage, token, entry, before);
    else
        return composed_at(page, passage, token, before, who);
    return true;
}

bool meant_before(const struct page *page, size_t passage, size_t end, const struct earlier *before,
                  struct patients *who)
{
    const struct entry *entry = NULL;
    size_t begin = end;
    *who = nobody;
    if (end > page->passages[passage].first &&
        (page_particle(page, end - 1, "he") || page_particle(page, end - 1, "they")))
        return meant_at(page, passage, end - 1, before, who);
    if (!token_is_before(&page->tokens, end, WORD_MEANT, &entry, &begin))
        return meant_composed(page, passage, end, before, who);
    bool some = begin > page->passages[passage].first && page_particle(page, begin - 1, "of");
    if (some || begin < page->passages[passage].first)
        return false;
    *who = described(page, passage, begin, entry, before);
    return true;
}
