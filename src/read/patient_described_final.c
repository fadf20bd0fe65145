#include "read/patient_int.h"

enum { DESCRIPTION_REACH = 10, ADJECTIVES_REACH = 4 };

static const struct patients nobody;

/* "X, of the dead of January,": whoever's mother X comes in through */
struct patients patients_of_class(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t end = o->first;
    size_t beside = end > p->first ? person_over(page, end - 1) : SIZE_MAX;
    if (beside != SIZE_MAX && page_particle(page, o->first, "of"))
        return (struct patients){beside, beside + 1};
    if (end <= p->first + 1 || !page_particle(page, end - 1, "comma"))
        return nobody;
    end--;
    while (end > p->first && page_particle(page, end - 1, "unquote"))
        end--;
    size_t name = end > p->first ? person_over(page, end - 1) : SIZE_MAX;
    return name == SIZE_MAX ? nobody : (struct patients){name, name + 1};
}

/* "a girl 19 years old killed": back over the age and the adjectives behind the noun */
static size_t behind_noun(const struct page *page, size_t first, size_t i)
{
    size_t k = i;
    while (k > first + 1 && i - k < ADJECTIVES_REACH && !page->name_of[k - 1] &&
           !has_class(page, k - 1, WORD_POPULATION) && page->tokens.at[k - 1].shape != SHAPE_MARK &&
           !is_clause_verb(page, k - 1) && !has_class(page, k - 1, WORD_PREPOSITION))
        k--;
    bool aged = false;
    for (size_t n = k; n < i; n++)
        aged = aged || page_particle(page, n, "aged");
    return aged ? k : i;
}

/* "two killed boys", "a political prisoner held in" */
bool is_described_final(const struct page *page, const struct occurrence *o)
{
    size_t first = page->passages[o->passage].first, i = behind_noun(page, first, o->first);
    bool titled = str_equal(o->event->value, STR("other:imprisoned")) &&
                  (token_is_before(&page->tokens, i, WORD_TITLE, NULL, NULL) ||
                   token_is_before(&page->tokens, i, WORD_ROLE, NULL, NULL));
    return has_class(page, i - 1, WORD_POPULATION) || (titled && !page->name_of[i - 1]);
}

/* "the arrested student": the participle only describes */
bool is_attribute_final(const struct page *page, const struct occurrence *o, struct span verb)
{
    size_t before = o->first - 1;
    bool described = o->first > page->passages[o->passage].first && !page->name_of[before] &&
                     (has_class(page, before, WORD_POPULATION) ||
                      token_is_before(&page->tokens, o->first, WORD_TITLE, NULL, NULL));
    return described && verb.to == verb.from + 1 && page_particle(page, verb.from, "perfect") &&
           !page_particle(page, verb.to, "comma") && verb.to < page->passages[o->passage].end;
}

/* "to two years of exile sentenced", "sentenced three times to execution": what the sentence is,
 * which has befallen nobody yet */
bool is_penalty_final(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t before = o->first - 1;
    const struct entry *event = NULL;
    if (o->first == p->first || !has_class(page, before, WORD_UNIT) ||
        str_equal(o->event->value, STR("sentenced")))
        return false;
    for (size_t i = clause_verb_final(page, p, o->first); i < p->end; i++) {
        if (token_is(&page->tokens, i, WORD_LIFE, &event, NULL) &&
            str_equal(event->value, STR("sentenced")))
            return true;
        if (i >= o->first && (is_clause_verb(page, i) || is_clause_stop(page, i)))
            break;
    }
    return false;
}

/* "the names of the two killed (object) X and Y they gave" */
static struct patients of_identity(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    size_t clause = clause_verb_final(page, p, o->first), i = o->end;
    bool named = false;
    for (size_t k = clause; k < o->first; k++)
        named = named || page_particle(page, k, "identity");
    while (i < p->end && i < o->end + DESCRIPTION_REACH && !page_particle(page, i, "object"))
        i++;
    size_t name = named && i < p->end ? person_over(page, i + 1) : SIZE_MAX;
    return name == SIZE_MAX ? nobody : patients_listed(page, name);
}

/* "X and Y, two killed boys,": the participle describes those named before the comma */
struct patients patients_described_final(const struct page *page, const struct occurrence *o)
{
    const struct passage *p = &page->passages[o->passage];
    for (size_t i = o->first; i > p->first && o->first - i < DESCRIPTION_REACH; i--) {
        if (page_particle(page, i - 1, "comma")) {
            size_t name = name_ending_final(page, p, i - 1);
            return name == SIZE_MAX ? nobody : patients_listed(page, name);
        }
        if (is_clause_verb(page, i - 1) || page->name_of[i - 1])
            break;
    }
    return of_identity(page, o);
}
