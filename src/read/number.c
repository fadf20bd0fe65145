#include "read/page_int.h"

enum { WHOLE_REACH = 12, WHOLE_WORDS = 5 };

struct finder {
    struct page *page;
    size_t room;
    size_t passage;
    size_t end; /* of the passage */
};

/* the value of a token of digits; false when it is too long or has a stray decimal part */
static bool digits_value(struct str word, int64_t *whole, int64_t *thousandths)
{
    int64_t value = 0, fraction = 0;
    size_t decimals = 0, digits = 0, groups = 0;
    bool point = false;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.at[i];
        bool decimal =
            c == '.' || (c == 0xD9 && i + 1 < word.len && (unsigned char)word.at[i + 1] == 0xAB);
        if (decimal) {
            size_t left = word.len - i - (c == '.' ? 1 : 2);
            point = !(c == '.' && left == 3 && digits <= 3);
            groups++;
            continue;
        }
        if (c < '0' || c > '9')
            continue;
        digits++;
        if (point && decimals < 3) {
            fraction = fraction * 10 + (c - '0');
            decimals++;
        } else if (!point) {
            value = value * 10 + (c - '0');
        }
        if (digits > 15 || groups > 5)
            return false;
    }
    for (; decimals < 3; decimals++)
        fraction *= 10;
    *whole = value;
    *thousandths = fraction;
    return true;
}

struct value {
    int64_t total, current, thousandths;
    int64_t last;   /* the smallest step so far, to refuse "two three" */
    bool joined;    /* ۸۲ هزار و: digits may follow the scale and the "and" */
    int64_t scale;  /* the last thousand, million */
    bool any, word; /* word: made of number words only */
};

static bool value_scale(struct value *v, int64_t factor)
{
    if (factor == 100 ? v->current >= 100 : v->scale && v->scale <= factor)
        return false;
    int64_t base = v->current || v->thousandths ? v->current : 1;
    if (base > INT64_C(1000000000))
        return false;
    int64_t scaled = base * factor + v->thousandths * factor / 1000;
    v->thousandths = 0;
    if (factor == 100) {
        v->current = scaled;
        v->last = 100;
    } else {
        v->total += scaled;
        v->current = 0;
        v->last = v->scale = factor;
    }
    v->any = true;
    return true;
}

static bool value_unit(struct value *v, int64_t unit)
{
    int64_t step = unit >= 100 ? 100 : unit >= 20 ? 10 : 1;
    if (v->any && v->current && v->last <= step)
        return false;
    if (v->any && !v->current && v->last <= unit)
        return false;
    v->current += unit;
    v->last = step;
    v->any = true;
    return true;
}

static bool joins(const struct page *page, size_t i)
{
    return page_particle(page, i, "and") ||
           (token_is_mark(&page->tokens, i, '-') && !page->tokens.at[i].spaced);
}

static bool is_digits(const struct token *t, size_t digits)
{
    for (size_t i = 0; i < t->word.len; i++)
        if (t->word.at[i] < '0' || t->word.at[i] > '9')
            return false;
    return t->shape == SHAPE_NUMBER && (digits ? t->word.len == digits : t->word.len <= 3);
}

/* digits, and what the language of the passage writes as one number with them: 12 000, 2,5 */
static size_t digits_at(const struct finder *f, size_t i, int64_t *whole, int64_t *thousandths)
{
    const struct tokens *t = &f->page->tokens;
    size_t languages = 0, end = i + 1;
    uint8_t index = f->page->passages[f->passage].language;
    if (!digits_value(t->at[i].word, whole, thousandths))
        return i;
    if (index == LANGUAGE_NONE || !is_digits(&t->at[i], 0))
        return end;
    const struct language *language = &lexicon_languages(f->page->lexicon, &languages)[index];
    int64_t part = 0, unused = 0;
    for (; language->blank_groups && end < f->end && t->at[end].spaced && !t->at[end].lines &&
           is_digits(&t->at[end], 3) && end < i + 4;
         end++)
        if (digits_value(t->at[end].word, &part, &unused))
            *whole = *whole * 1000 + part;
    bool comma = language->decimal_comma && end + 1 < f->end && token_is_mark(t, end, ',') &&
                 !t->at[end].spaced && !t->at[end + 1].spaced && is_digits(&t->at[end + 1], 0);
    if (!comma || !digits_value(t->at[end + 1].word, &part, &unused))
        return end;
    static const int64_t factors[] = {1000, 100, 10, 1};
    *thousandths = part * factors[t->at[end + 1].word.len];
    return end + 2;
}

/* one word of a number at i; the token behind it, or i when it adds nothing */
static size_t value_step(const struct finder *f, struct value *v, size_t i)
{
    const struct tokens *t = &f->page->tokens;
    const struct entry *entry = NULL;
    size_t end = i;
    if (i >= f->end)
        return i;
    if (t->at[i].shape == SHAPE_NUMBER) {
        int64_t whole = 0, part = 0;
        bool fresh = !v->any || ((v->word || v->joined) && v->last >= 1000 && !v->current);
        size_t behind = fresh ? digits_at(f, i, &whole, &part) : i;
        if (behind == i || (v->any && whole >= v->last))
            return i;
        v->current = whole;
        v->thousandths = part;
        v->last = 1;
        v->any = true;
        v->word = false;
        return behind;
    }
    if (token_is(t, i, WORD_SCALE, &entry, &end) && end <= f->end)
        return value_scale(v, entry->number) ? end : i;
    if (token_is(t, i, WORD_NUMBER, &entry, &end) && end <= f->end)
        return value_unit(v, entry->number) ? end : i;
    return i;
}

static bool is_verb_final(const struct finder *f)
{
    return f->page->passages[f->passage].verb_final;
}

static size_t read_value(const struct finder *f, size_t i, struct value *v)
{
    *v = (struct value){.word = true};
    size_t end = value_step(f, v, i);
    while (end > i) {
        size_t next = value_step(f, v, end);
        v->joined = !v->word && v->last >= 1000 && !v->current && is_verb_final(f);
        if (next == end && (v->word || v->joined) && joins(f->page, end)) {
            size_t behind = value_step(f, v, end + 1);
            next = behind > end + 1 ? behind : end;
        }
        if (next == end)
            break;
        end = next;
    }
    return end;
}

static int64_t value_of(const struct value *v)
{
    return v->total + v->current;
}

static size_t number_read(const struct finder *f, size_t i, struct number *out)
{
    const struct tokens *t = &f->page->tokens;
    const struct entry *vague = NULL;
    size_t end = i;
    *out = (struct number){.first = i, .from = i, .passage = f->passage};
    if (token_is(t, i, WORD_VAGUE, &vague, &end) && end <= f->end) {
        out->low = out->high = vague->number;
        out->vague = true;
        return out->end = out->to = end;
    }
    struct value v;
    size_t stop = read_value(f, i, &v);
    if (stop == i)
        return i;
    if (v.thousandths)
        return stop;
    out->low = out->high = value_of(&v);
    out->small = v.word && out->low < 20 && stop == i + 1;
    return out->end = out->to = stop;
}

/* "fifteen (15)": the same once more, in digits */
static size_t skip_repeated(const struct finder *f, const struct number *n)
{
    const struct tokens *t = &f->page->tokens;
    size_t end = n->end;
    int64_t whole = 0, part = 0;
    bool repeated = !n->vague && end + 2 < f->end && t->at[n->first].shape != SHAPE_NUMBER &&
                    token_is_mark(t, end, '(') && t->at[end + 1].shape == SHAPE_NUMBER &&
                    digits_value(t->at[end + 1].word, &whole, &part) && whole == n->low &&
                    token_is_mark(t, end + 2, ')');
    return repeated ? end + 3 : end;
}

/* "rose from 20 to 50": two counts, no range */
static bool is_change(const struct page *page, size_t first, size_t from)
{
    enum { CHANGE_REACH = 10 };
    for (size_t i = from; i > first && from - i < CHANGE_REACH; i--) {
        if (page_particle(page, i - 1, "changed"))
            return true;
        if (token_is(&page->tokens, i - 1, WORD_CLAUSE, NULL, NULL))
            return false;
    }
    return false;
}

static void read_range(const struct finder *f, struct number *n)
{
    const struct tokens *t = &f->page->tokens;
    const struct entry *joint = NULL, *opening = NULL;
    struct value v;
    size_t end = 0, begin = 0;
    size_t at = n->end + (is_verb_final(f) && token_is(t, n->end, WORD_COUNTER, NULL, NULL));
    if (n->vague || !token_is(t, at, WORD_RANGE, &joint, &end) || joint->kind == KIND_BETWEEN ||
        (at > n->end && joint->kind != KIND_AFTER))
        return;
    bool between =
        token_is_before(t, n->from, WORD_RANGE, &opening, &begin) && opening->kind == KIND_BETWEEN;
    bool plain = joint->kind == KIND_AFTER;
    size_t stop = read_value(f, end, &v);
    bool changed = between && is_change(f->page, f->page->passages[f->passage].first, begin);
    if (stop == end || (!plain && !between) || v.thousandths || changed)
        return;
    int64_t high = value_of(&v);
    bool thousands = high >= 1000 && n->high < 100 && high % 1000 == 0 && stop > end + 1;
    int64_t scale = thousands ? 1000 : 1;
    if (high <= n->low * scale)
        return;
    n->low *= scale;
    n->high = high;
    n->bound = BOUND_RANGE;
    n->end = n->to = stop;
    if (between)
        n->from = begin;
}

/* where verbs end the clause: "from N persons passed" */
static bool is_exceeded(const struct finder *f, const struct number *n)
{
    if (!is_verb_final(f) || n->first == 0 || !page_particle(f->page, n->first - 1, "of"))
        return false;
    for (size_t i = n->end; i < f->end && i < n->end + 3; i++)
        if (page_particle(f->page, i, "exceeded"))
            return true;
    return false;
}

static void read_bound(const struct finder *f, struct number *n)
{
    const struct tokens *t = &f->page->tokens;
    const struct entry *before = NULL, *after = NULL;
    size_t begin = n->from, end = n->to;
    enum figure_bound bound = BOUND_EXACT;
    if (token_is_before_kind(t, n->from, WORD_BOUND, KIND_BEFORE, &before, &begin) &&
        begin >= f->page->passages[f->passage].first) {
        if (figure_bound_read(before->value, &bound))
            n->from = begin;
    } else if (token_is_kind(t, n->end, WORD_BOUND, KIND_AFTER, &after, &end) && end <= f->end &&
               figure_bound_read(after->value, &bound)) {
        n->to = end;
    }
    if (token_is_mark(t, n->end, '+') && !t->at[n->end].spaced) {
        bound = BOUND_AT_LEAST;
        n->to = n->end + 1;
    }
    if (bound == BOUND_EXACT && is_exceeded(f, n))
        bound = BOUND_MORE_THAN;
    if (n->bound != BOUND_RANGE)
        n->bound = n->vague ? BOUND_AT_LEAST : bound;
}

static bool is_year(const struct page *page, const struct number *n)
{
    const struct token *t = &page->tokens.at[n->first];
    bool plain = n->end == n->first + 1 && t->shape == SHAPE_NUMBER && t->word.len == 4;
    return plain && ((n->low >= 1300 && n->low <= 1420) || (n->low >= 1900 && n->low <= 2100));
}

/* "2,024 persons" may be 2024 of them; "the 2020 protests" are of that year */
static bool counts_persons(const struct page *page, const struct number *n)
{
    const struct entry *counted = NULL;
    bool of_late = n->bound == BOUND_EXACT &&
                   ((n->low >= 1357 && n->low <= 1410) || (n->low >= 1970 && n->low <= 2030));
    return token_is(&page->tokens, n->end, WORD_POPULATION, &counted, NULL) &&
           counted->kind != KIND_CONTAINER && !(of_late && counted->kind == KIND_EVENT) &&
           !str_equal(counted->value, STR("gatherings"));
}

static bool is_glued(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    const struct token *first = &t->at[n->first];
    if (first->shape != SHAPE_NUMBER || first->spaced || n->first == 0 || first->lines)
        return false;
    const struct token *before = &t->at[n->first - 1];
    bool mistyped = token_is_mark(t, n->first - 1, ',') && n->first > 1 &&
                    t->at[n->first - 2].shape != SHAPE_NUMBER &&
                    token_is(t, n->end, WORD_POPULATION, NULL, NULL);
    if (mistyped)
        return false;
    return before->shape != SHAPE_MARK ||
           (before->word.len == 1 && strchr(".,;:\"')]!?#/-$+", before->word.at[0]) &&
            !before->spaced);
}

static bool follows_unit(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    size_t next = n->end;
    if (token_is_mark(t, next, '-') && !t->at[next].spaced)
        next++;
    size_t unit_end = 0, counted_end = 0;
    if (!token_is(t, next, WORD_UNIT, NULL, &unit_end) &&
        !token_is(t, n->end, WORD_UNIT, NULL, &unit_end))
        return false;
    return !token_is(t, next, WORD_POPULATION, NULL, &counted_end) || counted_end < unit_end;
}

/* "the mother of two protesters who were killed": what befell them is said, too */
static bool are_kin_of_theirs(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    const struct entry *kin = NULL;
    size_t limit = page->passages[n->passage].end, end = n->end;
    bool of =
        token_is_before(t, n->first, WORD_LABEL, &kin, NULL) && str_equal(kin->value, STR("kin"));
    for (size_t i = n->end; of && i < limit && i < n->end + WHOLE_WORDS; i++) {
        if (token_is(t, i, WORD_EVENT, NULL, &end))
            return i > n->end || token_is(t, i, WORD_POPULATION, NULL, NULL);
        if (t->at[i].shape == SHAPE_MARK || token_is(t, i, WORD_VERB, NULL, NULL))
            return false;
    }
    return false;
}

static bool names_something(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    if (are_kin_of_theirs(page, n))
        return false;
    size_t before = n->first;
    if (before && token_is_mark(t, before - 1, '.'))
        before--;
    if (before && page->date_of[before - 1] && !n->vague && token_has(t, n->first, WORD_NUMBER))
        return false;
    bool definite = before > 1 && token_has(t, before - 2, WORD_DETERMINER) &&
                    token_is(t, n->end, WORD_POPULATION, NULL, NULL) &&
                    (token_has(t, before - 1, WORD_UNIT) || t->at[before - 1].shape == SHAPE_LOWER);
    if (definite)
        return false;
    return token_is_before(t, n->first, WORD_LABEL, NULL, NULL) ||
           token_is_before(t, before, WORD_LABEL, NULL, NULL) ||
           token_is_before(t, n->from, WORD_LABEL, NULL, NULL);
}

static bool is_money(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    return token_is_before(t, n->first, WORD_MONEY, NULL, NULL) ||
           token_is(t, n->end, WORD_MONEY, NULL, NULL);
}

/* "of 290 members" behind another number: only the whole */
static bool is_whole(const struct page *page, const struct number *n)
{
    size_t i = n->from;
    size_t first = page->passages[n->passage].first;
    while (i > first && n->from - i < 3) {
        if (i > first + 1 && page_particle(page, i - 1, "of")) {
            const struct token *before = &page->tokens.at[i - 2];
            if (i > first + 2 && token_is(&page->tokens, i - 2, WORD_COUNTER, NULL, NULL))
                before--;
            if (token_is_before(&page->tokens, i, WORD_LABEL, NULL, NULL) ||
                token_is(&page->tokens, i - 2, WORD_NEGATION, NULL, NULL))
                return true;
            const struct entry *unit = NULL;
            size_t at = (size_t)(before - page->tokens.at);
            bool share = token_is(&page->tokens, at, WORD_UNIT, &unit, NULL) &&
                         str_equal(unit->value, STR("share"));
            return share || before->shape == SHAPE_NUMBER ||
                   token_has(&page->tokens, at, WORD_NUMBER);
        }
        if (!page->tokens.at[i - 1].possessive &&
            !token_is(&page->tokens, i - 1, WORD_DETERMINER, NULL, NULL))
            break;
        i--;
    }
    return false;
}

/* "of 120 students, 45", "among the 59 accused, 23": the sentence opens with the whole */
static bool opens_with_whole(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    size_t opened = p->first;
    bool opens = page_particle(page, p->first, "of") ||
                 page_particle_phrase(page, p->first, "among", &opened);
    if (!opens || n->from > (opened > p->first ? opened : p->first + 1) + 1)
        return false;
    bool comma = false;
    for (size_t i = n->end; i < p->end && i < n->end + WHOLE_REACH; i++) {
        comma |= page_particle(page, i, "comma") || token_is_mark(t, i, ',');
        if (comma && !page->date_of[i] &&
            (t->at[i].shape == SHAPE_NUMBER || token_is(t, i, WORD_NUMBER, NULL, NULL)))
            return true;
        if (token_is(t, i, WORD_VERB, NULL, NULL) || page_particle(page, i, "relative") ||
            (!p->verb_final && !comma && token_has(t, i, WORD_EVENT)))
            return false;
    }
    return false;
}

static bool is_clock(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    return (token_is_mark(t, n->end, ':') || token_is_mark(t, n->end, '/')) &&
           n->end + 1 < t->count && !t->at[n->end].spaced && !t->at[n->end + 1].spaced &&
           t->at[n->end + 1].shape == SHAPE_NUMBER;
}

/* "#no_to_N": part of a tag */
static bool is_tag(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    bool before = n->first > 0 && !t->at[n->first].spaced &&
                  (token_is_mark(t, n->first - 1, '#') || token_is_mark(t, n->first - 1, '_'));
    return before || (n->end < t->count && token_is_mark(t, n->end, '_') && !t->at[n->end].spaced);
}

/* "the Kashgar 9": a number that belongs to a name and counts nobody else */
static bool is_in_name(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    const struct passage *p = &page->passages[n->passage];
    size_t first = n->first;
    while (first > p->first && t->at[first - 1].shape == SHAPE_CAPITAL &&
           !token_is(t, first - 1, WORD_DETERMINER, NULL, NULL))
        first--;
    bool named = n->from == n->first && first < n->first && !p->headline &&
                 n->end == n->first + 1 && t->at[n->first].shape == SHAPE_NUMBER &&
                 !token_is(t, n->end, WORD_POPULATION, NULL, NULL) &&
                 !token_is(t, n->end, WORD_EVENT, NULL, NULL);
    bool closed = n->end == p->end || t->at[n->end].shape == SHAPE_MARK;
    return named &&
           (closed || first == p->first || token_is(t, first, WORD_DETERMINER, NULL, NULL) ||
            token_is(t, first - 1, WORD_DETERMINER, NULL, NULL));
}

/* groups of digits side by side: a telephone or case number */
static bool is_code(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    if (t->at[n->first].shape != SHAPE_NUMBER)
        return false;
    bool before =
        n->first > 0 && t->at[n->first - 1].shape == SHAPE_NUMBER && !page->date_of[n->first - 1];
    bool behind = n->end < t->count && t->at[n->end].shape == SHAPE_NUMBER &&
                  !t->at[n->end].lines && !page->date_of[n->end];
    return before || behind;
}

static bool is_comma(const struct page *page, size_t i)
{
    return token_is_mark(&page->tokens, i, ',') || page_particle(page, i, "comma");
}

/* "between five and nine years", "sentences of nine, seven and eight years" */
static bool shares_unit(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    size_t i = n->end, limit = page->passages[n->passage].end;
    for (size_t joined = 0; i + 1 < limit && i < n->end + WHOLE_REACH; joined++) {
        bool joint = is_comma(page, i) || page_particle(page, i, "and") ||
                     token_is(t, i, WORD_RANGE, NULL, NULL) || page_particle(page, i, "or");
        i += is_comma(page, i) && page_particle(page, i + 1, "and");
        bool number = i + 1 < limit &&
                      (t->at[i + 1].shape == SHAPE_NUMBER || token_has(t, i + 1, WORD_NUMBER));
        if (!joint || !number)
            return joined && token_is(t, i, WORD_UNIT, NULL, NULL) &&
                   !token_is(t, i, WORD_POPULATION, NULL, NULL);
        i += 2;
    }
    return false;
}

/* "four in ten prisoners": a share */
static bool is_ratio(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    bool round = n->high == 3 || n->high == 4 || n->high == 5 || n->high == 10 || n->high == 100;
    return round && n->from > 1 && n->from == n->first &&
           page_particle(page, n->first - 1, "within") && token_has(t, n->first - 2, WORD_NUMBER) &&
           token_has(t, n->first, WORD_NUMBER);
}

/* "between May 18 and 22": a day beside a date */
static bool is_day(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    size_t i = n->from;
    if (n->high > 31 || n->bound != BOUND_EXACT || t->at[n->first].shape != SHAPE_NUMBER ||
        token_is(t, n->end, WORD_POPULATION, NULL, NULL) ||
        token_is(t, n->end, WORD_EVENT, NULL, NULL) || i < 2)
        return false;
    return page->date_of[i - 2] && t->at[i - 2].shape == SHAPE_NUMBER &&
           page_particle(page, i - 1, "and") && !token_is(t, n->end, WORD_AUXILIARY, NULL, NULL);
}

/* "Ayse Demir, 23, was", "Ayse Demir (23)": a bare number set off behind a person's name */
static bool is_age(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    if (n->from != n->first || n->low > 120 || n->first < page->passages[n->passage].first + 2)
        return false;
    uint32_t name = page->name_of[n->first - 2];
    if (!name || page->parties[page->names[name - 1].party].organisation)
        return false;
    if (token_is_mark(t, n->first - 1, '('))
        return token_is_mark(t, n->end, ')');
    return is_comma(page, n->first - 1) &&
           (n->end == page->passages[n->passage].end || is_comma(page, n->end) ||
            token_is_mark(t, n->end, '.') || token_is_mark(t, n->end, ';'));
}

/* "of the 20 people arrested", "one of five activists who were": the whole, with what befell it */
static bool is_described(const struct page *page, const struct number *n)
{
    const struct tokens *t = &page->tokens;
    size_t end = 0, behind = 0, limit = page->passages[n->passage].end;
    for (size_t i = n->end; i < limit && i < n->end + WHOLE_WORDS; i++) {
        if (t->at[i].shape == SHAPE_MARK || t->at[i].shape == SHAPE_NUMBER)
            return false;
        if (!token_is(t, i, WORD_POPULATION, NULL, &end))
            continue;
        if (token_is(t, end, WORD_POPULATION, NULL, NULL))
            continue;
        if (page_particle(page, end, "relative"))
            return token_is(t, end + 1, WORD_AUXILIARY, NULL, NULL);
        return token_is_kind(t, end, WORD_EVENT, KIND_PARTICIPLE, NULL, &behind) &&
               token_is(t, behind, WORD_PREPOSITION, NULL, NULL);
    }
    return false;
}

static bool is_decoy(const struct page *page, struct number *n)
{
    for (size_t i = n->first; i < n->end; i++)
        if (page->date_of[i])
            return true;
    const struct tokens *t = &page->tokens;
    bool compound = token_is_mark(t, n->end, '-') && !t->at[n->end].spaced &&
                    n->end + 1 < t->count && !t->at[n->end + 1].spaced;
    bool described = !page->passages[n->passage].verb_final && is_described(page, n);
    n->whole = described && (is_whole(page, n) || names_something(page, n));
    return compound || n->low <= 0 || n->low > INT64_C(100000000) || is_glued(page, n) ||
           follows_unit(page, n) || (!n->vague && !n->whole && names_something(page, n)) ||
           is_money(page, n) || is_age(page, n) || is_day(page, n) || is_ratio(page, n) ||
           shares_unit(page, n) || is_in_name(page, n) || is_tag(page, n) || is_code(page, n) ||
           (!n->whole && is_whole(page, n)) || opens_with_whole(page, n) || is_clock(page, n) ||
           (is_year(page, n) && !counts_persons(page, n));
}

static const uint64_t number_words =
    CLASS_BIT(WORD_NUMBER) | CLASS_BIT(WORD_SCALE) | CLASS_BIT(WORD_VAGUE);

static bool may_begin(const struct token *t)
{
    return t->shape == SHAPE_NUMBER || t->classes & number_words;
}

void numbers_find(struct page *page)
{
    struct finder f = {.page = page};
    for (f.passage = 0; f.passage < page->passages_count; f.passage++) {
        const struct passage *p = &page->passages[f.passage];
        f.end = p->end;
        for (size_t i = p->digits || p->classes & number_words ? p->first : p->end; i < f.end;) {
            struct number n;
            if (!may_begin(&page->tokens.at[i])) {
                i++;
                continue;
            }
            size_t end = number_read(&f, i, &n);
            if (end == i || !n.end) {
                i = end == i ? i + 1 : end;
                continue;
            }
            n.end = n.to = skip_repeated(&f, &n);
            n.small = n.small && n.end == end;
            read_range(&f, &n);
            read_bound(&f, &n);
            i = n.to;
            if (is_decoy(page, &n))
                continue;
            page->numbers = arena_grow(page->arena, page->numbers, page->numbers_count, &f.room,
                                       sizeof *page->numbers);
            page->numbers[page->numbers_count++] = n;
        }
    }
}
