#include "read/number_int.h"

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
            if (number_is_decoy(page, &n))
                continue;
            page->numbers = arena_grow(page->arena, page->numbers, page->numbers_count, &f.room,
                                       sizeof *page->numbers);
            page->numbers[page->numbers_count++] = n;
        }
    }
}
